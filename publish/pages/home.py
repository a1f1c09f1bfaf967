"""The first page: what came in, what is coming up, who is rising."""

from __future__ import annotations

import sqlite3

from db.queries import events, releases, summary

from ..page import Asked, Data, Page


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """The newest releases, the next and last events, rising names and counts."""
    return {
        "counts": asked.memo("counts", summary.counts, conn),
        "latest": releases.latest(conn, limit=12),
        "upcoming": events.upcoming(conn, asked.today, limit=6),
        "recent": events.recent(conn, asked.today, limit=6),
        "rising": asked.memo("rising", summary.rising, conn),
    }


def feed(data: Data, asked: Asked) -> bytes:
    """The newest releases, as a feed."""
    from .. import feeds

    return feeds.releases("Releases", "/", data["latest"], asked)


PAGE = Page(
    name="home",
    address="/(?:index(?=\\.))?",
    example="/index.json",
    summary="What came in lately, the next and the last events, rising names, counts.",
    load=load,
    template="home.html",
    rows=lambda data: data["latest"],
    atom=feed,
)
