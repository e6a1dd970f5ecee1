"""What was done: who came and for how long, whoever has not written it down asked for it, and thanks."""
