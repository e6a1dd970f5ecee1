"""A database for one measurement, gone afterwards: nobody's rows are touched, whatever the environment names."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from config import embedded


def measure(module: str, arguments: Sequence[str]) -> int:
    """Run *module* as a program beside a new and empty database; return its exit code."""
    with (
        tempfile.TemporaryDirectory(prefix="yaritai-bench-") as folder,
        embedded.postgres(Path(folder), throwaway=True) as url,
    ):
        environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
        for command in (["django", "migrate", "--verbosity", "0"], [module, *arguments]):
            code = subprocess.run([sys.executable, "-m", *command], env=environment, check=False).returncode
            if code:
                return code
    return 0
