"""Commands that look after the database and the installation: evaluate, backup, doctor."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from .options import as_json, print_json, read_only

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


COMMANDS: list[click.Command] = [evaluate]
