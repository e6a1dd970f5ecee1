"""What firms and facilities have to give, and who it would help: arrays in, proposals out. Axes: (offer, want)."""
