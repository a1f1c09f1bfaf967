"""The command that writes what is known in formats other programs read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO, cast

import click

from .options import database, entity_id, iso_day, read_only

FORMATS = ("csv", "jsonl", "parquet", "ics", "atom", "jsonld", "ftm")


@click.command(short_help="Write tables, calendars, feeds and linked data.")
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    required=True,
    help="What to write: rows (csv, jsonl, parquet), events (ics), releases (atom), linked data.",
)
@click.option("--table", help="Which rows: releases, entities, mentions, events, parties, roles …")
@click.option("--entity", help="Only what concerns this name or entity id (ics, atom, jsonld).")
@click.option("--query", help="Only releases with these words (atom).")
@click.option("--since", callback=iso_day, metavar="DAY", help="First day, such as 2025-01-01.")
@click.option("--until", callback=iso_day, metavar="DAY", help="Last day.")
@click.option(
    "--base",
    default="http://127.0.0.1:8001",
    show_default=True,
    help="Address of the site, for links and ids.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; standard output unless given.",
)
@database(exists=True)
def export(
    format_: str,
    db: Path,
    output: Path | None,
    entity: str | None,
    table: str | None,
    query: str | None,
    since: str | None,
    until: str | None,
    base: str,
) -> None:
    """Write what the database knows in a format that other programs read.

    \b
    dateline export --format csv --table roles > roles.csv
    dateline export --format ics --since 2025-01-01 -o events.ics
    dateline export --format atom --query "offshore wind" -o wind.atom
    dateline export --format ftm | gzip > entities.ftm.json.gz
    """
    from db.exports import Selection
    from db.exports import export as write

    if output is None and format_ == "parquet" and sys.stdout.isatty():
        raise click.UsageError("Parquet is binary; name a file with -o FILE.")
    connection = read_only(db)
    selection = Selection(
        table=table,
        entity=entity_id(connection, entity) if entity else None,
        query=query,
        since=since,
        until=until,
        base=base.rstrip("/"),
    )
    with click.open_file(str(output or "-"), "wb") as out:
        count = write(connection, format_, cast(BinaryIO, out), selection)
    if output:
        click.echo(f"Wrote {count:,} to {output}.", err=True)


COMMANDS: list[click.Command] = [export]
