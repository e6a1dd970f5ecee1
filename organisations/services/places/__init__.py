"""Where: points inside Japan, addresses, what a map shows, and how far a place has moved."""
