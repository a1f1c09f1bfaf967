"""Completion in the shell, as the tutorial sets it up."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATELINE = Path(sys.executable).with_name("dateline")

pytestmark = pytest.mark.skipif(not DATELINE.exists(), reason="the command is not installed")


def answer(words: str, **variables: str) -> str:
    """What the command says to a shell that asks with these variables."""
    done = subprocess.run(
        [str(DATELINE)],
        env={**os.environ, "COMP_WORDS": words, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(
    ("words", "at", "offered"),
    [
        ("dateline in", "1", "ingest"),
        ("dateline re", "1", "review"),
        ("dateline export --format a", "3", "atom"),
        ("dateline ingest --sche", "2", "--scheduler"),
        ("dateline kind Acme v", "3", "venue"),
    ],
)
def test_what_is_offered(words: str, at: str, offered: str) -> None:
    told = answer(words, COMP_CWORD=at, _DATELINE_COMPLETE="bash_complete")
    assert f"plain,{offered}" in told.splitlines()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_lines_of_the_tutorial(shell: str) -> None:
    """Each shell's line asks for a script that the shell can read."""
    tutorial = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    (line,) = re.findall(rf"(?m)^    (.*_DATELINE_COMPLETE={shell}_source.*)$", tutorial)
    assert "dateline" in line
    script = answer("", _DATELINE_COMPLETE=f"{shell}_source")
    assert "_DATELINE_COMPLETE" in script
    if found := shutil.which(shell):
        read = subprocess.run([found, "-n"], input=script, text=True, timeout=30, check=False)
        assert read.returncode == 0
