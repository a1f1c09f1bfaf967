"""Datasette's page of one row, for people: its keys lead to pages and carry names.

table, key -> extra_template_vars of templates/row.html
"""

from __future__ import annotations

import sqlite3
from typing import Any

from db.queries import catalogue

from . import metadata

#: Tables whose rows have a page of this site.
PAGES = {"releases": "/release/{}", "entities": "/entity/{}", "events": "/event/{}"}


async def values(datasette: Any, table: str, key: str) -> dict[str, Any]:
    """`row_links` (column -> address and words), `row_page` and `row_words` (addresses)."""
    nothing: dict[str, Any] = {"row_links": {}, "row_page": None, "row_words": None}
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return nothing  # a key of words is that of a small table without others

    def ask(conn: sqlite3.Connection) -> dict[str, Any]:
        number = int(key)
        words = catalogue.words_of(conn, table, number)
        led = catalogue.references(conn, table, number, _labels())
        return {
            "row_links": {column: _link(other) for column, other in led.items()},
            "row_page": PAGES[table].format(number) if table in PAGES else None,
            "row_words": "/release/{release_id}?at={start_char}-{end_char}#lit".format(**words)
            if words
            else None,
        }

    try:
        found: dict[str, Any] = await datasette.get_database(metadata.DATABASE).execute_fn(ask)
    except sqlite3.OperationalError:
        return nothing  # a table without row numbers
    return found


def _labels() -> dict[str, str]:
    described = metadata.tables().items()
    return {name: table["label_column"] for name, table in described if "label_column" in table}


def _link(other: dict[str, Any]) -> dict[str, Any]:
    table, number = other["table"], other["id"]
    href = PAGES.get(table, f"/{metadata.DATABASE}/{table}/{{}}").format(number)
    return {"href": href, "label": other["label"] or f"{table} {number}"}
