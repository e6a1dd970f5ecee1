"""Texts as vectors, each on its own: whose words are near in meaning, those have a large product."""

from matching.engine.text.model import DIMS, LENGTH, TextModel, Vectors, load

__all__ = ["DIMS", "LENGTH", "TextModel", "Vectors", "load"]
