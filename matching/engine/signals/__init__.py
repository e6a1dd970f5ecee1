"""One file is one scoring signal."""
