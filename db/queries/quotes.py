"""Quotations: newest first, by speaker, or with given words; one that is copied stands once."""

from __future__ import annotations

import sqlite3

from ..lookup import marks
from .rows import Row, rows

#: Quotations with given words that are put in order: the newest in the index.
CANDIDATES = 400
NEWEST = "releases.published DESC, releases.id DESC, quotes.start_char"
#: A copy of a release repeats its quotations; of those with the same words the first release's
#: stands for all. Looked at only for releases that have copies.
FIRST = """(releases.cluster_id IS NULL OR NOT EXISTS (
  SELECT 1 FROM releases AS others JOIN quotes AS same ON same.release_id = others.id
  WHERE others.cluster_id = releases.cluster_id AND others.id < releases.id
    AND same.text = quotes.text))"""
# CROSS JOIN keeps the order of the tables: with it, rows come sorted and reading ends at the limit.
SOURCES = {
    "words": """(SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH :match ORDER BY rowid DESC
        LIMIT :candidates) AS found
      CROSS JOIN quotes ON quotes.id = found.rowid
      CROSS JOIN releases ON releases.id = quotes.release_id""",
    "speaker": """quotes INDEXED BY quotes_speaker_id
      CROSS JOIN releases ON releases.id = quotes.release_id""",
    "newest": """releases INDEXED BY releases_published
      CROSS JOIN quotes ON quotes.release_id = releases.id""",
}


def listing(
    conn: sqlite3.Connection,
    *,
    query: str = "",
    speaker_id: int | None = None,
    limit: int = 30,
    offset: int = 0,
) -> tuple[list[Row], bool]:
    """Quotations, newest first; `query` words must all stand in the quotation.

    `copy_count` is the number of further releases with the same words.
    """
    words = query.split()
    source = "words" if words else "newest" if speaker_id is None else "speaker"
    condition = "quotes.speaker_id = :speaker" if speaker_id is not None else "1"
    chosen = [
        number
        for (number,) in conn.execute(
            f"""SELECT quotes.id FROM {SOURCES[source]} WHERE {condition} AND {FIRST}
            ORDER BY {NEWEST} LIMIT :limit OFFSET :offset""",
            {
                "match": " ".join('"' + word.replace('"', '""') + '"' for word in words),
                "candidates": CANDIDATES,
                "speaker": speaker_id,
                "limit": limit + 1,
                "offset": offset,
            },
        )
    ]
    numbers, more = chosen[:limit], len(chosen) > limit
    return _described(conn, numbers), more


def _described(conn: sqlite3.Connection, numbers: list[int]) -> list[Row]:
    """The quotations with these numbers, in this order."""
    found = rows(
        conn,
        f"""SELECT quotes.id, quotes.text, quotes.cue,
          CASE WHEN speakers.hidden THEN NULL ELSE quotes.speaker_id END AS speaker_id,
          CASE WHEN speakers.hidden THEN NULL ELSE coalesce(speakers.name, quotes.speaker) END
            AS speaker, quotes.release_id,
          quotes.start_char, quotes.end_char, releases.published, releases.title AS release,
          CASE WHEN releases.cluster_id IS NULL THEN 0 ELSE (
            SELECT count(DISTINCT others.id) - 1 FROM releases AS others
            JOIN quotes AS same ON same.release_id = others.id AND same.text = quotes.text
            WHERE others.cluster_id = releases.cluster_id) END AS copy_count
        FROM quotes JOIN releases ON releases.id = quotes.release_id
        LEFT JOIN entities AS speakers ON speakers.id = quotes.speaker_id
        WHERE quotes.id IN ({marks(numbers)})""",
        numbers,
    )
    known = {entry["id"]: entry for entry in found}
    return [known[number] for number in numbers]
