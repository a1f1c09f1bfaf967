"""Options that several commands share, and what they have in common around a run."""

from __future__ import annotations

import json
import logging
import re
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

#: Modules that define the errors meant for people: their text is printed without a traceback.
ERROR_MODULES = {
    "ingest.errors",
    "extract.errors",
    "db.errors",
    "publish.errors",
    "dateline.errors",
}


#: Where a dask scheduler listens.
SCHEDULER = re.compile(r"[a-z]+://[^\s/]+:\d{1,5}")

#: What every log record has; the rest is what the caller added.
STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


def is_expected(error: BaseException) -> bool:
    """Tell whether `error` is one of the project's own, whose message says what to do next."""
    return any(base.__module__ in ERROR_MODULES for base in type(error).__mro__)


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC, ISO 8601), level, logger, message and extra fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, object] = {
            "time": f"{moment}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {k: v for k, v in record.__dict__.items() if k not in STANDARD and k not in line}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


@dataclass(frozen=True, slots=True)
class Context:
    """What the group's own options say."""

    verbose: bool = False
    log_format: str = "text"

    def start_logging(self) -> None:
        """Send the project's log lines to standard error: warnings, and all when verbose."""
        handler = logging.StreamHandler()
        handler.setFormatter(
            JsonLines()
            if self.log_format == "json"
            else logging.Formatter("%(relativeCreated)7.0f ms  %(message)s")
        )
        level = logging.INFO if self.verbose else logging.WARNING
        for name in ("ingest", "extract", "db", "publish", "dateline"):
            logger = logging.getLogger(name)
            logger.handlers[:] = [handler]
            logger.setLevel(level)
            logger.propagate = False


def database(*, exists: bool = False) -> Callable[[Function], Function]:
    """Add `--db FILE`; with `exists`, refuse a file that is not there and say how to make one."""

    def check(ctx: click.Context, param: click.Parameter, value: Path) -> Path:
        if exists and not value.is_file():
            raise click.BadParameter(
                f"{value} does not exist. Make it with: dateline ingest SOURCE --db {value}",
                ctx,
                param,
            )
        return value

    return click.option(
        "--db",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path("dateline.db"),
        show_default=True,
        envvar="DATELINE_DB",
        callback=check,
        help="The database file.",
    )


def read_only(path: Path) -> sqlite3.Connection:
    """Open `path` for reading through the store's own checks (schema version, WAL)."""
    import db

    return db.connect(path)


def as_json(function: Function) -> Function:
    """Add `--json`, which prints one JSON document to standard output."""
    return click.option("--json", "json_", is_flag=True, help="Print JSON.")(function)


def print_json(value: object) -> None:
    """Print `value` as indented JSON; dates and paths as text."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def entity_id(connection: sqlite3.Connection, given: str, kind: str | None = None) -> int:
    """Return the entity that a number or a name stands for.

    A name that no entity has exactly may be part of one, if of one only. Otherwise the error lists
    what is close.
    """
    from db import search

    found = search.entities_named(
        connection, int(given) if given.isascii() and given.isdigit() else given, kind
    )
    if len(found) == 1:
        return found[0]
    close = search.names(connection, given, kind=kind, limit=8)
    if not close:
        raise click.ClickException(f"No name is like {given!r}. Try: dateline search {given!r}")
    if not found and len(close) == 1 and close[0].way != "spelling":
        click.echo(f"Taking {close[0].name} ({close[0].kind}).", err=True)
        return close[0].id
    listed = "\n".join(f"  {hit.id:>7}  {hit.name} ({hit.kind})" for hit in close)
    what = "Several entities have that name" if found else f"No name is exactly {given!r}"
    raise click.ClickException(f"{what}. Give the number of one of these:\n{listed}")


def scheduler_address(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return a scheduler's address as it was given, or say how one is written."""
    if value is not None and not SCHEDULER.fullmatch(value):
        raise click.BadParameter(
            f"{value!r} is no scheduler's address; write it as tcp://10.0.0.5:8786.", ctx, param
        )
    return value


def iso_day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return an ISO date as it was given, or say how one is written."""
    from datetime import date

    try:
        return value and date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is no day; write it as 2025-03-04.", ctx, param
        ) from None
