"""Commands that answer in the terminal: search, entity, show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from .options import as_json, database, entity_id, iso_day, print_json, read_only

#: Names shown above the releases of a search.
NAMES_SHOWN = 10


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


@click.command(short_help="Find names and releases.")
@click.argument("query", nargs=-1, required=True)
@click.option("--kind", help="Only releases of this kind: event, appointment, product …")
@click.option("--place", help="Only releases that name this place.")
@click.option("--issuer", help="Only releases of this organisation.")
@click.option("--source", help="Only releases from this source.")
@click.option("--since", metavar="DAY", callback=iso_day, help="Published on this day or later.")
@click.option("--until", metavar="DAY", callback=iso_day, help="Published on this day or earlier.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Hits.")
@database(exists=True)
@as_json
def search(
    query: tuple[str, ...],
    kind: str | None,
    place: str | None,
    issuer: str | None,
    source: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    db: Path,
    json_: bool,
) -> None:
    """Find names, then releases with all the words, best first.

    Words in quotation marks stay together; a word after "-" must not occur.

    \b
    dateline search harbour robots
    dateline search '"survey vessel" -tender' --since 2025-01-01
    """
    from db import search as find

    from .. import terminal

    words = " ".join(query)
    connection = read_only(db)
    filters = find.Filters(
        kind=kind, place=place, issuer=issuer, source=source, since=since, until=until
    )
    names = find.names(connection, words, limit=NAMES_SHOWN)
    page = find.releases(connection, words, filters, limit=limit)
    if json_:
        print_json({"names": [asdict(n) for n in names], **asdict(page)})
        return
    if not names and not page.hits:
        click.echo("Nothing found. Fewer words find more; names may be spelt differently.")
        return
    if names:
        click.echo(click.style("Names", bold=True) + "   (dateline entity NUMBER)")
        _echo(terminal.name_line(asdict(name)) for name in names)
    if page.hits:
        click.echo(terminal.heading("Releases") + "   (dateline show NUMBER)")
        for hit in page.hits:
            click.echo(terminal.release_line(asdict(hit)))
            click.echo(terminal.highlighted(hit.snippet))
        if page.more:
            click.echo(f"{page.total - len(page.hits)} more; --limit shows them.")


@click.command(short_help="Print the dossier of a name.")
@click.argument("name")
@click.option("--kind", help="person, organisation, place, venue or event, if names are shared.")
@database(exists=True)
@as_json
def entity(name: str, kind: str | None, db: Path, json_: bool) -> None:
    """Print everything known of a person, organisation, place, venue or event.

    NAME is a name or the number that a search shows.

    \b
    dateline entity "Ingrid Solbakken"
    dateline entity 12 --json
    """
    from db.queries import entities, events

    from .. import terminal

    connection = read_only(db)
    ident = entity_id(connection, name, kind)
    value = entities.dossier(connection, ident)
    event_id = events.id_of_entity(connection, ident)
    record = events.event(connection, event_id) if event_id else None
    if json_:
        print_json({"dossier": value, "event": record})
        return
    if record:
        _echo(terminal.event(record))
        click.echo()
    if value:
        _echo(terminal.dossier(value))


@click.command(short_help="Print a release and what was read from it.")
@click.argument("release", metavar="ID")
@database(exists=True)
@as_json
def show(release: str, db: Path, json_: bool) -> None:
    """Print a release: what was read from it, then its text. ID is its number or uid.

    \b
    dateline show 3
    dateline show 3 --json
    """
    from db.queries import releases

    from .. import terminal

    value = releases.release(read_only(db), release)
    if value is None:
        raise click.ClickException(
            f"No release has the number or uid {release!r}. Find one: dateline search WORDS"
        )
    if json_:
        print_json(value)
    else:
        _echo(terminal.release(value))


COMMANDS: list[click.Command] = [search, entity, show]
