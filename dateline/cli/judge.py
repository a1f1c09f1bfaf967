"""Human decisions: merge, split, rename, kind, hide, undo, review; and forget.

Each is kept with its note, survives everything that is read later, and can be undone by its number.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..terminal import count
from .options import as_json, database, entity_id, print_json, read_only

if TYPE_CHECKING:
    from db.judgements import Judgement
    from db.review import Pair, Side
    from db.store import Store

KINDS = ("person", "organisation", "place", "venue", "event")


def note_option(function: click.decorators.FC) -> click.decorators.FC:
    """Add `--note`, the reason that is kept with a decision."""
    return click.option("--note", default="", help="Why; kept with the decision.")(function)


def _decide(db: Path, decide: Callable[[Store], Judgement]) -> None:
    from db import Store

    with Store(db) as store:
        judgement = decide(store)
    click.echo(f"{judgement}".capitalize())
    if judgement.deleted_at is None:
        click.echo(f"Take it back: dateline undo {judgement.id} --db {db}")


def _number(store: Store, name: str, kind: str | None = None) -> int:
    return entity_id(store.conn, name, kind)


@click.command(short_help="Say that two entities are one.")
@click.argument("left")
@click.argument("right")
@note_option
@database(exists=True)
def merge(left: str, right: str, note: str, db: Path) -> None:
    """Say that LEFT and RIGHT, names or numbers, are one thing.

    \b
    dateline merge "HMR" "Halden Marine Robotics"
    dateline merge 12 40 --note "same office, see release 7"
    """
    from db import judgements

    _decide(
        db,
        lambda store: judgements.merge(store, _number(store, left), _number(store, right), note),
    )


@click.command(short_help="Say that a name is another thing.")
@click.argument("entity")
@click.argument("name")
@note_option
@database(exists=True)
def split(entity: str, name: str, note: str, db: Path) -> None:
    """Take NAME, one of ENTITY's names, out of it: it is another thing.

    \b
    dateline split "Halden Marine Robotics" "HMR"
    """
    from db import judgements

    _decide(db, lambda store: judgements.split(store, _number(store, entity), name, note))


@click.command(short_help="Give an entity another name.")
@click.argument("entity")
@click.argument("name")
@note_option
@database(exists=True)
def rename(entity: str, name: str, note: str, db: Path) -> None:
    """Show ENTITY under NAME from now on.

    \b
    dateline rename 12 "Port of Skagervik Authority"
    """
    from db import judgements

    _decide(db, lambda store: judgements.rename(store, _number(store, entity), name, note))


@click.command(short_help="Say what kind of thing an entity is.")
@click.argument("entity")
@click.argument("kind", type=click.Choice(KINDS))
@note_option
@database(exists=True)
def kind(entity: str, kind: str, note: str, db: Path) -> None:
    """Say that ENTITY is of another KIND than was read.

    \b
    dateline kind "Skagervik Harbour Hall" venue
    """
    from db import judgements

    _decide(db, lambda store: judgements.set_kind(store, _number(store, entity), kind, note))


@click.command(short_help="Take an entity out of sight.")
@click.argument("entity")
@note_option
@database(exists=True)
def hide(entity: str, note: str, db: Path) -> None:
    """Leave ENTITY out of search, lists, dossiers, feeds and exports, now and later.

    \b
    dateline hide "Register Now" --note "not a name"
    """
    from db import judgements

    _decide(db, lambda store: judgements.hide(store, _number(store, entity), note))


@click.command(short_help="Take a decision back.")
@click.argument("judgement", type=int)
@database(exists=True)
def undo(judgement: int, db: Path) -> None:
    """Take the decision with number JUDGEMENT back. The history keeps both.

    \b
    dateline undo 3
    """
    from db import judgements

    _decide(db, lambda store: judgements.undo(store, judgement))
    click.echo("Undone.")


@click.command(short_help="Show likely pairs, best first.")
@click.option("--kind", type=click.Choice(KINDS), help="Only pairs of this kind.")
@click.option("--limit", type=click.IntRange(1, 500), default=10, show_default=True, help="Pairs.")
@click.option("-i", "--interactive", is_flag=True, help="Ask about each pair and store the answer.")
@click.option("--history", is_flag=True, help="List the decisions instead, newest first.")
@database(exists=True)
@as_json
def review(
    kind: str | None, limit: int, interactive: bool, history: bool, db: Path, json_: bool
) -> None:
    """Show pairs of entities that may be one, best first, with the evidence side by side.

    \b
    dateline review --kind person
    dateline review --interactive
    dateline review --history
    """
    from dataclasses import asdict

    from db.review import queue

    if history:
        _print_history(db, limit, json_)
        return
    pairs = queue(read_only(db), kind=kind, limit=limit)
    if json_:
        print_json([asdict(pair) for pair in pairs])
        return
    if not pairs:
        click.echo("Nothing to review: no two names are close enough.")
    for pair in pairs:
        _print_pair(pair)
        if interactive and not _ask(db, pair):
            return
        if not interactive:
            click.echo(f"  same: dateline merge {pair.left.id} {pair.right.id} --db {db}\n")


def _print_history(db: Path, limit: int, json_: bool) -> None:
    from dataclasses import asdict

    from db import judgements

    made = judgements.history(read_only(db))[:limit]
    if json_:
        print_json([asdict(judgement) for judgement in made])
    elif not made:
        click.echo("No decisions yet.")
    else:
        for judgement in made:
            note = f": {judgement.note}" if judgement.note else ""
            undone = f", undone on {judgement.deleted_at[:10]}" if judgement.deleted_at else ""
            click.echo(f"{judgement}{note}{undone}")


def _print_pair(pair: Pair) -> None:
    click.echo(click.style(f"{pair.left.name}  |  {pair.right.name}", bold=True))
    click.echo(f"  likeness {pair.likeness:.0f} of 100: {pair.reason}")
    for side in (pair.left, pair.right):
        _print_side(side)


def _print_side(side: Side) -> None:
    click.echo(f"  {side.id:>7}  {side.name}, {side.kind}, {count(side.release_count, 'release')}")
    if side.titles:
        click.echo(f"           {'; '.join(side.titles)}")
    for _, published, title in side.releases:
        click.echo(f"           {published or 'no date   '}  {title}")


def _ask(db: Path, pair: Pair) -> bool:
    """Ask for a decision on a pair; tell whether to go on."""
    from db import Store, judgements

    answer = click.prompt(
        "  Same thing? (y)es, (n)o, (s)kip, (q)uit",
        type=click.Choice(["y", "n", "s", "q"]),
        show_choices=False,
    )
    decisions: dict[str, Any] = {"y": judgements.merge, "n": judgements.distinguish}
    if answer in decisions:
        with Store(db) as store:
            click.echo(f"  {decisions[answer](store, pair.left.id, pair.right.id)}")
    return bool(answer != "q")


COMMANDS: list[click.Command] = [merge, split, rename, kind, hide, undo, review]
