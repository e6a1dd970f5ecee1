"""Which desk looks after a town, by when it has promised an answer, and what waits for it."""
