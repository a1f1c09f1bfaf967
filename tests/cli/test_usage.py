"""What the command line answers: help, wrong usage, bad input, plain words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.cli.options import is_expected
from dateline.errors import DatelineError

ROOT = Path(__file__).parent.parent.parent

#: The command line of DESIGN.md; other programs rely on it.
CONTRACT = [
    "ingest",
    "serve",
    "demo",
    "watch",
    "extract",
    "search",
    "entity",
    "show",
    "export",
    "evaluate",
    "merge",
    "split",
    "rename",
    "kind",
    "hide",
    "undo",
    "review",
    "backup",
    "doctor",
]


def run(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dateline", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("name", CONTRACT)
def test_command_of_the_contract(name: str) -> None:
    command = cli.commands[name]
    help_text = CliRunner().invoke(cli, [name, "--help"]).output
    assert command.help
    assert f"dateline {name}" in help_text.split("\n", 1)[1], "the help carries a worked example"


def test_short_helps_are_whole_sentences() -> None:
    cut = [n for n, c in cli.commands.items() if c.get_short_help_str(60).endswith("...")]
    assert cut == []


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ([], "Usage: dateline"),
        (["ingset", "x"], "No such command"),
        (["ingest"], "Missing argument 'SOURCE...'"),
        (["ingest", "x", "--workers", "0"], "--workers"),
        (["ingest", "x", "--fast", "--model", "m"], "exclude each other"),
        (["serve", "--db", "none.db"], "dateline ingest SOURCE --db none.db"),
        (["export", "--format", "xls"], "xls"),
        (["evaluate", "nowhere"], "nowhere"),
    ],
)
def test_wrong_usage(arguments: list[str], hint: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert hint in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_expected_errors_are_the_projects_own() -> None:
    assert is_expected(DatelineError("x"))
    assert not is_expected(ValueError("x"))


def test_every_option_is_explained() -> None:
    silent = [
        f"{name} {option.name}"
        for name, command in cli.commands.items()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert silent == []


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys, dateline.cli; heavy = {'spacy', 'lxml', 'bs4', 'trafilatura', 'datasette',"
        " 'onnxruntime', 'sqlite_utils', 'numpy', 'httpx', 'rich'} & set(sys.modules);"
        " sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m dateline --help | head -1",
        shell=True,  # a pipe is what is tested
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
