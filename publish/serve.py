"""Start Datasette on a database file, as a site.

    path --application--> Datasette (database `dateline`, plugin, metadata, templates) --serve-->

Everything is passed explicitly: Datasette's config-directory mode would want the database in the
same folder as the metadata.
"""

from __future__ import annotations

import logging
import socket
import sqlite3
import sys
from pathlib import Path
from typing import Any

from . import metadata
from .answers import STALE_SECONDS
from .errors import PortBusy, PublishError
from .page import STATIC, TEMPLATES
from .site import SITES, Site

SETTINGS: dict[str, Any] = {
    # Guessing facets costs a second on a large table; the metadata names the useful ones.
    "suggest_facets": False,
    "allow_csv_stream": True,
    "allow_download": False,
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "truncate_cells_html": 140,
    "facet_time_limit_ms": 400,
    "sql_time_limit_ms": 2000,
    "num_sql_threads": 3,
    "default_cache_ttl": 0,  # headers.py decides
}
PUBLIC_SETTINGS: dict[str, Any] = {
    "default_allow_sql": False,
    "sql_time_limit_ms": 1000,
    "max_csv_mb": 50,
}


def application(
    path: Path,
    *,
    public: bool = False,
    password: str | None = None,
    contacts: bool = True,
    stale_seconds: float = STALE_SECONDS,
) -> Any:
    """Return a Datasette that serves the file at `path`. PublishError when it cannot.

    With `public` it serves a copy, made now, that holds only what strangers may see; what is
    ingested later shows after the next start. Without `contacts` it has no press contacts.
    `stale_seconds` is how old an answer may be while something is being stored.
    """
    from datasette.app import Datasette, DatasetteClient
    from datasette.database import Database
    from datasette.plugins import pm

    from . import plugin

    _check(path)
    if public:
        path = _public_copy(path, contacts=contacts)
    # The entry point registers the plugin in an installation; a bare checkout has none.
    if not pm.is_registered(plugin):
        pm.register(plugin, name="dateline")
    datasette = Datasette(
        files=[],
        cors=True,
        metadata=metadata.metadata(public=public),
        template_dir=str(TEMPLATES),
        static_mounts=[("static", str(STATIC))],
        settings={**SETTINGS, **(PUBLIC_SETTINGS if public else {})},
    )
    datasette.remove_database("_memory")
    datasette.add_database(
        Database(datasette, path=str(path), is_mutable=True), name=metadata.DATABASE
    )
    SITES[datasette] = Site(path, public=public, password=password, stale_seconds=stale_seconds)
    _quiet()
    # The client made by the constructor does not know the site's routes yet.
    datasette.client = DatasetteClient(datasette)
    return datasette


def _public_copy(path: Path, *, contacts: bool) -> Path:
    """Write what strangers may see to a file beside the database: `news.db` to `news.public.db`.

    No filter over the whole file could be as sure: tables, views, indexes, counts and names that
    only an embargoed release mentions all have to agree that it does not exist.
    """
    from db import public_copy

    target = path.with_name(f"{path.stem}.public{path.suffix or '.db'}")
    public_copy(path, target, contacts=contacts)
    return target


def _quiet() -> None:
    """One line for what goes wrong, not a picture of all local variables."""
    from datasette import handle_exception

    # With rich installed, Datasette prints every value in reach of any error, a mistyped address
    # included; without it, the traceback of real errors only.
    handle_exception.rich = None
    for name in ("httpx", "mcp"):  # datasette-mcp switches their chatter on
        logging.getLogger(name).setLevel(logging.WARNING)


def _check(path: Path) -> None:
    if not path.is_file():
        raise PublishError(
            f"{path}: no such database. Make one with `dateline ingest SOURCE --db {path}`."
        )
    try:
        conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            names = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
        finally:
            conn.close()
    except sqlite3.Error as error:
        raise PublishError(f"{path}: {error}. Give another file with --db.") from error
    if "releases" not in names:
        raise PublishError(f"{path}: not a database of Dateline. Give another file with --db.")


def serve(
    path: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    public: bool = False,
    password: str | None = None,
    contacts: bool = True,
) -> None:
    """Serve `path` until Ctrl-C. Port 0 takes a free one; the address is printed."""
    import uvicorn

    listener = _listener(host, port)
    if public:
        print("Copying what strangers may see …", file=sys.stderr, flush=True)
    datasette = application(path, public=public, password=password, contacts=contacts)
    shown = f"[{host}]" if ":" in host else host
    mode = " (public mode)" if public else ""
    print(
        f"Dateline is at http://{shown}:{listener.getsockname()[1]}/{mode}. Ctrl-C ends it.",
        file=sys.stderr,
        flush=True,
    )
    config = uvicorn.Config(
        datasette.app(), log_level="warning", lifespan="on", timeout_graceful_shutdown=3
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        # Uvicorn shuts down in order, then raises the signal again.
        pass
    finally:
        listener.close()


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortBusy(
            f"Cannot listen on {host} port {port}: {error.strerror}. "
            "End what listens there, or take another port with --port (0 finds a free one)."
        ) from error
    listener.listen(128)
    return listener
