"""What may be asked for on the command line of a benchmark."""

from __future__ import annotations

import argparse


def at_least_one(text: str) -> int:
    """Return the number that *text* says.

    Raises
    ------
    argparse.ArgumentTypeError
        Where it is below 1: of nobody, and of nothing, nothing can be measured.
    """
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number
