"""The compiled heart: 64 people a word, near roles only, a heap per person."""
