"""A company's people: the places held for them and taken one by one, and what they did."""
