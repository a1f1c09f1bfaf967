"""Commands that look after the database and the installation: evaluate, backup, doctor."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from .options import as_json, database, print_json, read_only

#: Mistakes printed by `--errors` unless `--limit` says otherwise.
MISTAKES_SHOWN = 200


@click.command(short_help="Compare with annotated releases: precision, recall, F1.")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--db",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Score this database; without it, GOLD's pages are read into a temporary one.",
)
@click.option("--fast", is_flag=True, help="Read the pages with the fast recogniser.")
@click.option("--model", metavar="NAME", help="Read the pages with this spaCy pipeline.")
@click.option("--errors", metavar="KIND", help="List mistakes of this kind, or all.")
@click.option("--limit", default=MISTAKES_SHOWN, show_default=True, help="Mistakes to list.")
@as_json
def evaluate(
    gold: Path,
    db: Path | None,
    fast: bool,
    model: str | None,
    errors: str | None,
    limit: int,
    json_: bool,
) -> None:
    """Compare with releases annotated by hand: precision, recall, F1 per kind.

    GOLD is a folder of ID.json (annotation) and ID.html (page), see docs/accuracy.md.

    \b
    dateline evaluate gold/dev
    dateline evaluate gold/dev --db news.db --errors organisation
    """
    from ..evaluate import evaluate as score
    from ..evaluate import lines

    with tempfile.TemporaryDirectory() as folder:
        path = db or _read_pages(gold, Path(folder) / "gold.db", fast=fast, model=model)
        connection = read_only(path)
        report = score(connection, gold)
        connection.close()
    if errors:
        chosen = [m for m in report.mistakes if errors in ("all", m.kind)]
        for mistake in chosen[:limit]:
            click.echo("\t".join((mistake.release, mistake.kind, mistake.what, mistake.words)))
    elif json_:
        print_json(report.figures())
    else:
        for line in lines(report.figures()):
            click.echo(line)


def _read_pages(gold: Path, path: Path, *, fast: bool, model: str | None) -> Path:
    from .. import engine
    from .progress import display

    pages = sorted(str(p) for p in gold.iterdir() if p.suffix in {".html", ".txt"})
    with display(quiet=False) as progress:
        engine.ingest(pages, engine.Options(db=path, fast=fast, model=model), progress)
    return path


@click.command(short_help="Make a consistent copy while work goes on.")
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@database(exists=True)
def backup(target: Path, db: Path) -> None:
    """Copy the database to FILE, consistent even while an ingest writes and people read.

    \b
    dateline backup news-backup.db --db news.db
    """
    from db import backup as copy

    if not target.parent.is_dir():
        raise click.BadParameter(
            f"the folder {target.parent} does not exist; make it first.", param_hint="FILE"
        )
    copy(db, target)
    click.echo(f"Copied {db} to {target} ({target.stat().st_size / 1e6:.1f} MB).")


@click.command(short_help="Remove a release for good.")
@click.argument("address", metavar="URI")
@database(exists=True)
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def forget(address: str, db: Path, yes: bool) -> None:
    """Remove the release with this URI or uid, everything read from it, and its raw document.

    Only a hash of the address stays, so that a later ingest does not bring it back.

    \b
    dateline forget https://example.org/news/17 --yes
    """
    from db import Store

    title = (
        read_only(db)
        .execute("SELECT title FROM releases WHERE uid = ? OR uri = ?", (address, address))
        .fetchone()
    )
    if title is None:
        raise click.ClickException(
            f"No release has the address {address!r}; `dateline show ID` prints addresses."
        )
    if not yes:
        click.confirm(f"Remove “{title[0]}” with everything read from it?", abort=True)
    with Store(db) as store:
        store.forget(address)
    click.echo("Removed. Copies and backups of the file still hold it.")


#: How a finding is marked, by whether it is all right.
MARKS = {True: ("ok     ", "green"), False: ("PROBLEM", "red"), None: ("-      ", "yellow")}


@click.command(short_help="Say what is installed and whether the database is sound.")
@database()
@click.option("--repair", is_flag=True, help="Rebuild full-text indexes and counts first.")
@as_json
def doctor(db: Path, repair: bool, json_: bool) -> None:
    """Say what is installed, which recognisers there are, and whether the database is sound.

    Exit status 1 when something is wrong; each line says what to do about it.

    \b
    dateline doctor --db news.db
    dateline doctor --db news.db --repair
    """
    from ..installation import Finding, findings

    found = list(findings())
    if db.is_file():
        from db import checks

        if repair:
            checks.repair(db)
        found += [Finding(c.name, c.ok, c.message) for c in checks.doctor(db)]
    else:
        found.append(Finding("file", None, f"{db} does not exist; dateline ingest SOURCE makes it"))
    if json_:
        print_json([{"name": f.name, "ok": f.ok, "message": f.message} for f in found])
    else:
        for finding in found:
            mark, colour = MARKS[finding.ok]
            click.echo(f"{click.style(mark, fg=colour)}  {finding.name}: {finding.message}")
    if any(finding.ok is False for finding in found):
        raise click.exceptions.Exit(1)


COMMANDS: list[click.Command] = [evaluate, backup, forget, doctor]
