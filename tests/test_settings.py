"""What the environment says reaches the settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

ASK = """
import json
from config.settings import CONTENT_SECURITY_POLICY
print(json.dumps(CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"]))
"""


@pytest.mark.parametrize(
    ("tiles", "hosts"),
    [
        ("", []),
        ("https://tile.example:8443/{z}/{x}/{y}.png?key=k", ["https://tile.example:8443"]),
        ("https://{s}.tile.example/{z}/{x}/{y}.png", ["https://*.tile.example"]),
    ],
)
def test_the_browser_may_ask_the_host_of_the_map_and_no_other(tiles: str, hosts: list[str]) -> None:
    env = {**os.environ, "MAP_TILES": tiles}
    answer = subprocess.run([sys.executable, "-c", ASK], env=env, capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout) == ["'self'", "data:", *hosts]
