"""How a run shows itself: a bar on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import json
import sys
from collections import Counter
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

import click

from ..engine import Progress
from ..terminal import count

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

    from ..engine import Summary

#: Without a terminal, one line is printed after this many documents.
LINE_EVERY = 100

#: Problems listed one by one in a summary; the rest is counted.
PROBLEMS_SHOWN = 20


class Display(Progress, Protocol):
    """Progress of a run, used as a context manager."""

    def __enter__(self) -> Display: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Silent:
    """Shows nothing: `--quiet`, `--json`."""

    def total(self, documents: int | None) -> None:
        """Ignore the number."""

    def done(self, uri: str, outcome: str) -> None:
        """Ignore the document."""

    def message(self, text: str) -> None:
        """Ignore the message."""

    def __enter__(self) -> Silent:
        return self

    def __exit__(self, *_: object) -> None: ...


class Lines(Silent):
    """A line after every hundred documents, for logs."""

    def __init__(self) -> None:
        self._outcomes: Counter[str] = Counter()
        self._total: int | None = None

    def total(self, documents: int | None) -> None:
        """Remember how many there will be."""
        self._total = documents

    def done(self, uri: str, outcome: str) -> None:
        """Print a line now and then."""
        self._outcomes[outcome] += 1
        count = self._outcomes.total()
        if count % LINE_EVERY == 0:
            of = f" of {self._total}" if self._total else ""
            told = ", ".join(f"{n} {name}" for name, n in sorted(self._outcomes.items()))
            click.echo(f"{count}{of} documents: {told}", err=True)

    def message(self, text: str) -> None:
        """Print the message."""
        click.echo(text, err=True)


class Bar:
    """A progress bar with speed and remaining time."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeRemainingColumn,
        )

        self._progress: RichProgress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[problems]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("Reading releases", total=None, problems="")
        self._problems = 0

    def total(self, documents: int | None) -> None:
        """Set the length of the bar."""
        self._progress.update(self._task, total=documents)

    def done(self, uri: str, outcome: str) -> None:
        """Move the bar by one."""
        if outcome == "problem":
            self._problems += 1
            self._progress.update(self._task, problems=f"[yellow]{self._problems} problems")
        self._progress.advance(self._task)

    def message(self, text: str) -> None:
        """Print the message above the bar."""
        self._progress.console.print(text, highlight=False)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()


def display(quiet: bool) -> Display:
    """Choose how to show a run on this standard error."""
    if quiet:
        return Silent()
    return Bar() if sys.stderr.isatty() else Lines()


def print_summary(summary: Summary, db: str, *, quiet: bool) -> None:
    """Print what a run did, problems first, and the next step."""
    for problem in summary.problems[:PROBLEMS_SHOWN]:
        click.echo(f"Problem: {problem.uri}: {problem.message}", err=True)
    left = len(summary.problems) - PROBLEMS_SHOWN
    if left > 0:
        click.echo(
            f"… and {count(left, 'more problem')}: all are in the table problems of {db}", err=True
        )
    if quiet:
        return
    parts = [
        count(summary.stored, "release") + " stored",
        *([f"{summary.updated:,} updated"] if summary.updated else []),
        *([f"{summary.unchanged:,} unchanged"] if summary.unchanged else []),
        *([count(len(summary.problems), "problem")] if summary.problems else []),
    ]
    click.echo(
        f"{', '.join(parts)} in {summary.seconds:.1f} s; "
        f"{count(summary.mentions, 'mention')}, {db} now holds "
        f"{count(summary.entities, 'entity', 'entities')}."
    )
    if summary.stored:
        click.echo(f"Browse it: dateline serve --db {db}")


def summary_json(summary: Summary) -> str:
    """Return a summary as one line of JSON."""
    return json.dumps(
        {
            "summary": {
                "documents": summary.documents,
                "stored": summary.stored,
                "updated": summary.updated,
                "unchanged": summary.unchanged,
                "mentions": summary.mentions,
                "entities": summary.entities,
                "characters": summary.characters,
                "seconds": round(summary.seconds, 3),
                "problems": [
                    {"uri": p.uri, "stage": p.stage, "code": p.code, "message": p.message}
                    for p in summary.problems
                ],
            }
        },
        ensure_ascii=False,
    )
