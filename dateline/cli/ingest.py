"""Commands that bring releases in: ingest, watch, extract, worker."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import database, scheduler_address
from .progress import display, print_summary, summary_json

if TYPE_CHECKING:
    from extract.types import Extraction
    from ingest.types import Release

    from ..engine import Options, Summary


def engine_options(function: Any) -> Any:
    """Add the options that every extracting command has."""
    for option in reversed(
        [
            click.option(
                "--workers",
                type=click.IntRange(min=1),
                help="Processes that read and extract; all cores unless given.",
            ),
            click.option(
                "--scheduler",
                metavar="tcp://HOST:PORT",
                callback=scheduler_address,
                help="Extract on a dask.distributed cluster.",
            ),
            click.option(
                "--fast", is_flag=True, help="Use the fast recogniser: a little less right."
            ),
            click.option(
                "--model",
                metavar="NAME",
                help="Recognise names with this installed spaCy pipeline.",
            ),
            click.option(
                "--time-limit",
                type=click.FloatRange(min=0.1),
                default=60.0,
                show_default=True,
                help="Seconds one document may take.",
            ),
            click.option("-q", "--quiet", is_flag=True, help="Print problems only."),
            click.option("--json", "json_", is_flag=True, help="Print JSON lines."),
        ]
    ):
        function = option(function)
    return function


def _options(db: Path, workers: int | None, scheduler: str | None, **rest: Any) -> Options:
    from ..engine import Options

    if rest["fast"] and rest["model"]:
        raise click.UsageError("--fast and --model exclude each other; leave one out.")
    return Options(
        db=db,
        workers=workers,
        scheduler=scheduler,
        model=rest["model"],
        fast=rest["fast"],
        document_seconds=rest["time_limit"],
        strict=rest.get("strict", False),
        force=rest.get("force", False),
        allow_hosts=tuple(rest.get("allow_host", ())),
        contacts=not rest.get("no_contacts", False),
    )


def _finish(summary: Summary, db: Path, *, quiet: bool, json_: bool) -> None:
    if json_:
        click.echo(summary_json(summary))
    else:
        print_summary(summary, str(db), quiet=quiet)
    if summary.problems:
        raise click.exceptions.Exit(1)


def _print_release(release: Release, extraction: Extraction | None) -> None:
    line = asdict(release)
    line["extraction"] = asdict(extraction) if extraction else None
    click.echo(json.dumps(line, ensure_ascii=False, default=str))


def source_options(function: Any) -> Any:
    """Add the options of commands that bring in new documents."""
    function = click.option(
        "--no-contacts", is_flag=True, help="Do not store names and numbers of press contacts."
    )(function)
    return click.option(
        "--allow-host",
        multiple=True,
        metavar="HOST",
        help="Fetch from this private or loopback host too (repeatable).",
    )(function)


@click.command(short_help="Read releases into the database.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@database()
@engine_options
@source_options
@click.option("--strict", is_flag=True, help="Stop at the first problem.")
@click.option("--force", is_flag=True, help="Read documents again although nothing changed.")
def ingest(sources: tuple[str, ...], db: Path, quiet: bool, json_: bool, **options: Any) -> None:
    """Read releases into the database.

    SOURCE is a file, a folder, a glob, "-" for standard input, a URL or a feed.
    Formats are recognised by content: HTML, text, Markdown, feeds, mail, PDF, DOCX,
    WARC, archives, NewsML-G2, NITF, ninjs, JSON Lines, sitemaps.
    Reading the same input again changes nothing.

    \b
    dateline ingest releases/ --db news.db
    dateline ingest 'inbox/*.eml' https://example.org/news/feed.xml
    curl -s https://example.org/release.html | dateline ingest -
    """
    from .. import engine

    with display(quiet or json_) as progress:
        summary = engine.ingest(
            sources, _options(db, **options), progress, _print_release if json_ else None
        )
    _finish(summary, db, quiet=quiet, json_=json_)


@click.command(short_help="Poll feeds politely and read what is new.")
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@database()
@engine_options
@source_options
@click.option("--once", is_flag=True, help="Poll each feed once and end; for cron.")
@click.option(
    "--interval",
    type=click.FloatRange(min=60),
    help="Seconds between two polls of a feed; a quarter of an hour unless given.",
)
def watch(
    feeds: tuple[str, ...],
    db: Path,
    once: bool,
    interval: float | None,
    quiet: bool,
    json_: bool,
    **options: Any,
) -> None:
    """Poll feeds politely and read what is new, until Ctrl-C.

    Asks with conditional requests, obeys robots.txt and Retry-After, waits between
    requests to one host, and remembers in the database how far each feed was read.

    \b
    dateline watch https://example.org/news/feed.xml --db news.db
    dateline watch --once https://example.org/a.xml https://example.org/b.xml
    """
    from .. import engine

    def told(feed: str, summary: Summary) -> None:
        if json_:
            click.echo(summary_json(summary))
        elif not quiet and (summary.stored or summary.updated or summary.problems):
            click.echo(f"{feed}: {summary.stored} new, {summary.updated} updated")

    summary = engine.watch(
        feeds, _options(db, **options), once=once, interval=interval, on_poll=told
    )
    _finish(summary, db, quiet=quiet, json_=json_)


@click.command(short_help="Extract again after an upgrade.")
@database(exists=True)
@engine_options
@click.option("--force", is_flag=True, help="Extract everything again, whatever the version.")
def extract(db: Path, quiet: bool, json_: bool, **options: Any) -> None:
    """Extract again after an upgrade, only where the extractor changed.

    Texts come from the database; nothing is fetched. Human decisions stay.

    \b
    dateline extract --db news.db
    """
    from .. import engine

    with display(quiet or json_) as progress:
        summary = engine.reextract(_options(db, **options), progress)
    _finish(summary, db, quiet=quiet, json_=json_)


@click.command(short_help="Extract for a cluster's scheduler.")
@click.argument("address", metavar="tcp://HOST:PORT", callback=scheduler_address)
@click.option("--workers", type=click.IntRange(min=1), help="Processes; all cores unless given.")
def worker(address: str, workers: int | None) -> None:
    """Work for the dask.distributed scheduler at this address until it ends.

    Start the scheduler with `dask scheduler`, workers on as many machines as you like,
    then ingest with --scheduler; the database is written only by the ingesting process.

    \b
    dateline worker tcp://10.0.0.5:8786
    dateline ingest releases/ --scheduler tcp://10.0.0.5:8786
    """
    from ..engine.cluster import work

    work(address, workers)


COMMANDS: list[click.Command] = [ingest, watch, extract, worker]
