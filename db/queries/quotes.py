"""Quotations: newest first, by speaker, or with given words."""

from __future__ import annotations

import sqlite3

from .rows import Row, page_of, rows

SUMMARY = """
  quotes.id, quotes.text, quotes.cue, quotes.speaker_id,
  coalesce(speakers.name, quotes.speaker) AS speaker, quotes.release_id, quotes.start_char,
  quotes.end_char, releases.published, releases.title AS release
"""
#: Releases looked through for words that no index of quotations knows.
CANDIDATES = 400


def listing(
    conn: sqlite3.Connection,
    *,
    query: str = "",
    speaker_id: int | None = None,
    limit: int = 30,
    offset: int = 0,
) -> tuple[list[Row], bool]:
    """Quotations, newest first; `query` words must all stand in the quotation."""
    words = query.split()
    if words:
        source, order = _with_words(conn)
    elif speaker_id is not None:
        source, order = "quotes JOIN releases ON releases.id = quotes.release_id", NEWEST
    else:
        # The index on the publication day gives the newest releases without sorting all quotations.
        source, order = (
            "releases INDEXED BY releases_published JOIN quotes ON quotes.release_id = releases.id",
            NEWEST,
        )
    condition = "quotes.speaker_id = :speaker" if speaker_id is not None else "1"
    found = rows(
        conn,
        f"""SELECT {SUMMARY} FROM {source}
        LEFT JOIN entities AS speakers ON speakers.id = quotes.speaker_id AND speakers.hidden = 0
        WHERE {condition} ORDER BY {order} LIMIT :limit OFFSET :offset""",
        {
            "match": " ".join('"' + word.replace('"', '""') + '"' for word in words),
            "speaker": speaker_id,
            "limit": limit + 1,
            "offset": offset,
        },
    )
    return page_of(found, limit)


NEWEST = "releases.published DESC, releases.id DESC, quotes.start_char"


def _with_words(conn: sqlite3.Connection) -> tuple[str, str]:
    return (
        """(SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH :match ORDER BY rowid DESC
            LIMIT 1000) AS found
        JOIN quotes ON quotes.id = found.rowid JOIN releases ON releases.id = quotes.release_id""",
        NEWEST,
    )
