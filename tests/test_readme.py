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
from typing import Any
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
    text = re.sub(r"(?ms)^```.*?^```$", "", (ROOT / page).read_text(encoding="utf-8"))
    for line in text.splitlines():
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


QUESTION = "## One question, three ways"


def shown(language: str) -> str:
    """What the README shows as the answer to its question, as `language`."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition(QUESTION)[2]
    return section.partition(f"```{language}\n")[2].partition("```")[0]


def without_number(line: str) -> str:
    """The line without the event's number, which depends on what was read before."""
    return re.sub(r"^event \d+", "event N", line)


def includes(found: Any, wanted: Any) -> bool:
    """Whether `found` holds all that `wanted` does; lists are of one length and order."""
    if isinstance(wanted, dict):
        return all(key in found and includes(found[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(includes, found, wanted))
    return bool(found == wanted)


def test_the_answer_on_the_command_line(newcomer: Path, site: str) -> None:
    (command,) = [c for c in commands("README.md") if c.startswith("dateline entity")]
    printed = iter(map(without_number, shell(command, newcomer).stdout.splitlines()))
    wanted = [without_number(line) for line in shown("text").splitlines() if line]
    assert len(wanted) > 5
    assert [line for line in wanted if line not in printed] == []


def test_the_answer_for_a_script_and_on_the_page(site: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (address,) = re.findall(r'curl -s "http://127\.0\.0\.1:8001([^"]+)"', text)
    with urlopen(site + "/events.json?q=microelectronics", timeout=30) as answer:
        (event,) = json.load(answer)["data"]["events"]
    address = re.sub(r"\d+", str(event["id"]), address)
    wanted = json.loads(shown("json"))
    with urlopen(site + address, timeout=30) as answer:
        found = json.load(answer)
    assert includes(found, wanted), found
    with urlopen(site + address.removesuffix(".json"), timeout=30) as answer:
        page = answer.read().decode()
    for party in wanted["data"]["parties"]["sponsor"]:
        assert party["name"] in page
