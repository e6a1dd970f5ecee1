"""Readings over the Chinese characters of a page, for whoever asked for them."""
