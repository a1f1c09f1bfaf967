"""Commands that show the site: serve, demo."""

from __future__ import annotations

from pathlib import Path

import click

from .options import database

PORT = 8001


def site_options(function: click.decorators.FC) -> click.decorators.FC:
    """Add where the site listens."""
    function = click.option(
        "--host", default="127.0.0.1", show_default=True, help="Address to listen on."
    )(function)
    return click.option(
        "-p",
        "--port",
        type=click.IntRange(0, 65535),
        default=PORT,
        show_default=True,
        help="Port to listen on; 0 takes a free one.",
    )(function)


@click.command(short_help="Publish the database as a site.")
@database(exists=True)
@site_options
@click.option(
    "--public",
    is_flag=True,
    help="For strangers: no SQL, no writing, no raw documents, nothing under embargo.",
)
@click.option(
    "--password",
    envvar="DATELINE_PASSWORD",
    help="Allow decisions in the review queue to whoever knows it.",
)
@click.option("--no-contacts", is_flag=True, help="With --public: leave press contacts out.")
def serve(
    db: Path, host: str, port: int, public: bool, password: str | None, no_contacts: bool
) -> None:
    """Publish the database with Datasette. Ctrl-C ends it.

    \b
    dateline serve --db news.db
    dateline serve --db news.db --public --host 0.0.0.0
    """
    from publish.serve import serve as run

    if no_contacts and not public:
        raise click.UsageError("--no-contacts goes with --public; without it everything is shown.")
    run(db, host, port, public=public, password=password, contacts=not no_contacts)


@click.command(short_help="Read the samples, then serve them.")
@database()
@site_options
@click.option("--no-serve", is_flag=True, help="Stop after the ingest.")
@click.pass_context
def demo(ctx: click.Context, db: Path, host: str, port: int, no_serve: bool) -> None:
    """Read the samples that come with Dateline, then serve them.

    \b
    dateline demo
    dateline demo --no-serve --db demo.db
    """
    from ..resources import samples
    from .ingest import ingest

    click.echo(f"Reading the samples into {db} …")
    ctx.invoke(ingest, sources=(str(samples()),), db=db, quiet=False, json_=False, **DEFAULTS)
    if not no_serve:
        ctx.invoke(
            serve, db=db, host=host, port=port, public=False, password=None, no_contacts=False
        )


#: What `ingest` takes when `demo` calls it.
DEFAULTS = {
    "workers": None,
    "scheduler": None,
    "fast": False,
    "model": None,
    "time_limit": 60.0,
    "strict": False,
    "force": False,
    "allow_host": (),
    "no_contacts": False,
}

COMMANDS: list[click.Command] = [serve, demo]
