"""Counts over the whole database: what the home page and the dashboard show.

These look at every row of an index, so the site keeps their answers for a while.
"""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from .rows import Row, rows, value

COUNTED = ("releases", "entities", "events", "mentions", "quotes", "roles", "sources")


def counts(conn: sqlite3.Connection) -> dict[str, int]:
    """Rows of the main tables, and entities by kind."""
    found = {table: int(value(conn, f"SELECT count(*) FROM {table}")) for table in COUNTED}
    kinds = rows(conn, "SELECT kind, count(*) AS n FROM entities GROUP BY kind")
    return found | {entry["kind"]: entry["n"] for entry in kinds}


def by_month(conn: sqlite3.Connection) -> dict[str, int]:
    """Releases by month of publication ("YYYY-MM")."""
    return _counted(
        conn,
        """SELECT published_month AS key, count(*) AS n FROM releases
        WHERE published_month IS NOT NULL GROUP BY 1 ORDER BY 1""",
    )


def by_kind(conn: sqlite3.Connection) -> dict[str, int]:
    """Releases by kind, most frequent first."""
    return _counted(
        conn, "SELECT kind AS key, count(*) AS n FROM releases GROUP BY 1 ORDER BY n DESC, 1"
    )


def by_source(conn: sqlite3.Connection, *, limit: int = 20) -> dict[str, int]:
    """Releases by source, most frequent first."""
    return _counted(
        conn,
        """SELECT sources.name AS key, counted.n FROM (
          SELECT source_id, count(*) AS n FROM releases GROUP BY 1 ORDER BY n DESC LIMIT ?
        ) AS counted JOIN sources ON sources.id = counted.source_id ORDER BY n DESC, 1""",
        limit,
    )


def by_language(conn: sqlite3.Connection) -> dict[str, int]:
    """Releases by language, most frequent first."""
    return _counted(
        conn,
        """SELECT language AS key, count(*) AS n FROM releases WHERE language IS NOT NULL
        GROUP BY 1 ORDER BY n DESC, 1 LIMIT 20""",
    )


def events_by_month(conn: sqlite3.Connection) -> dict[str, int]:
    """Events by the month in which they begin."""
    return _counted(
        conn,
        """SELECT substr(starts_on, 1, 7) AS key, count(*) AS n FROM events
        WHERE starts_on IS NOT NULL GROUP BY 1 ORDER BY 1""",
    )


def _counted(conn: sqlite3.Connection, sql: str, *parameters: object) -> dict[str, int]:
    return {entry["key"]: entry["n"] for entry in rows(conn, sql, parameters)}


def top(conn: sqlite3.Connection, kind: str, *, limit: int = 12) -> list[Row]:
    """The most often named entities of a kind."""
    return rows(
        conn,
        """SELECT id, kind, name, release_count FROM entities
        WHERE kind = ? AND hidden = 0 ORDER BY release_count DESC, id LIMIT ?""",
        (kind, limit),
    )


def rising(conn: sqlite3.Connection, *, days: int = 30, limit: int = 10) -> list[Row]:
    """People, organisations and events named more in the newest `days` than in the `days` before.

    Counted back from the newest release, so that a finished collection has risers, too.
    `now` and `before` are numbers of releases.
    """
    newest = value(conn, "SELECT max(published) FROM releases WHERE published <= ?", (_soon(),))
    if not newest:
        return []
    last = date.fromisoformat(newest[:10])
    return rows(
        conn,
        """WITH named AS (
          SELECT appearances.entity_id, releases.published > :middle AS recent,
            count(DISTINCT appearances.release_id) AS n
          FROM releases JOIN appearances ON appearances.release_id = releases.id
          WHERE releases.published > :start AND releases.published <= :newest
            AND appearances.kind IN ('person', 'organisation', 'event')
          GROUP BY 1, 2
        ), compared AS (
          SELECT entity_id, sum(n * recent) AS now, sum(n * (1 - recent)) AS before
          FROM named GROUP BY 1
        )
        SELECT entities.id, entities.kind, entities.name, compared.now, compared.before
        FROM compared JOIN entities ON entities.id = compared.entity_id
        WHERE entities.hidden = 0 AND compared.now > compared.before
        ORDER BY compared.now - compared.before DESC, compared.now DESC, entities.id
        LIMIT :limit""",
        {
            "newest": newest,
            "middle": (last - timedelta(days=days)).isoformat(),
            "start": (last - timedelta(days=2 * days)).isoformat(),
            "limit": limit,
        },
    )


def _soon() -> str:
    """Tomorrow: a release dated far ahead by mistake must not move the window."""
    return (date.today() + timedelta(days=1)).isoformat()
