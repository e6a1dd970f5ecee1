"""Somebody's own days, laid out on a page and given to their own calendar."""
