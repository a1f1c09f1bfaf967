"""The Datasette plugin: which hooks the site uses. What they do stands in the other modules.

It is quiet in any Datasette that was not started by `publish.serve`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl

from . import headers, routes, rowpage
from .site import SITES, template_values


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """The pages, before Datasette's own and those of other plugins."""
    site = SITES.get(datasette)
    return routes.routes(site) if site else []


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """No value may outgrow what a page can show: `randomblob(900000000)` passes any time limit."""
    site = SITES.get(datasette)
    if site:
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, site.max_value_bytes)


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Datasette's own pages wear the site's head and foot."""
    site = SITES.get(datasette)
    if site:
        site.dress(env)


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(
    datasette: Any, request: Any, view_name: str, table: str | None
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """What the head and foot need on Datasette's own pages, and what a row leads to."""

    async def values() -> dict[str, Any]:
        site = SITES.get(datasette)
        if not site:
            return {}
        found = template_values(site, request)
        if view_name == "row" and table:
            found |= await rowpage.values(datasette, table, request.url_vars["pks"])
        return found

    return values


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Security and caching headers on every answer; the closed doors of public mode."""
    return lambda app: headers.wrapped(app, SITES.get(datasette))
