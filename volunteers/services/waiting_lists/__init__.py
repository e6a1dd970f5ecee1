"""A slot is full: waiting for a place, and what becomes free offered to one after the other."""
