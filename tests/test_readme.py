"""What the README and the tutorial tell a newcomer to type works, in the order they tell it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow

#: Lines that set up an environment or go on until Ctrl-C; they have tests of their own.
ELSEWHERE = (
    "make ",
    "git ",
    "cd ",
    "pip ",
    "export PATH",
    "dateline demo",
    "dateline serve",
    "curl",
    "eval",
)


def commands(page: str) -> list[str]:
    """Return the shell commands of a page: indented lines, continued while quotes are open."""
    found: list[str] = []
    unfinished = ""
    for line in (ROOT / page).read_text(encoding="utf-8").splitlines():
        if not line.startswith("    ") and not unfinished:
            continue
        unfinished += line.strip() + "\n"
        if unfinished.count('"') % 2 == 0:
            found.append(unfinished.strip())
            unfinished = ""
    return [command for command in found if not command.startswith(ELSEWHERE)]


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a newcomer has it: samples, and releases of their own."""
    folder = tmp_path_factory.mktemp("newcomer")
    shutil.copytree(ROOT / "samples", folder / "samples")
    shutil.copytree(ROOT / "samples", folder / "releases")
    return folder


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": path, "DATELINE_DB": "news.db"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_commands_work_in_order(newcomer: Path, page: str) -> None:
    typed = commands(page)
    assert typed
    for command in typed:
        done = shell(command, newcomer)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, command


@pytest.fixture(scope="module")
def site(newcomer: Path) -> Iterator[str]:
    """The site that `dateline serve` starts; ended by Ctrl-C as a person does."""
    shell("dateline ingest releases/ --quiet", newcomer)
    process = subprocess.Popen(
        [sys.executable, "-m", "dateline", "serve", "--db", "news.db", "--port", "0"],
        cwd=newcomer,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    timer = threading.Timer(60, process.kill)
    timer.start()
    address = ""
    for line in process.stdout:
        if told := re.search(r"http://[\w.:]+", line):
            address = told.group()
            break
    timer.cancel()
    assert address, "the address is printed"
    yield address
    process.send_signal(2)
    rest, _ = process.communicate(timeout=30)
    assert "Traceback" not in rest
    assert process.returncode in (0, 130)


def test_the_same_question_from_a_script(site: str) -> None:
    """The curl line of the README, against the site of the tutorial's database."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (address,) = re.findall(r'curl -s "http://127\.0\.0\.1:8001([^"]+)"', text)
    with urlopen(site + address, timeout=30) as answer:
        found = json.load(answer)
    assert "Beijing Microelectronics" in json.dumps(found)
