"""Quotations: what was said, by whom, in which release."""

from __future__ import annotations

import sqlite3

from db.queries import entities, quotes

from ..page import Asked, Data, Page

SIZE = 30


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """Quotations, newest first, with given words or of one speaker."""
    query, speaker = asked.text("q"), asked.number("speaker") or None
    found, more = quotes.listing(
        conn, query=query, speaker_id=speaker, limit=SIZE, offset=(asked.page - 1) * SIZE
    )
    return {
        "query": query,
        "speaker": entities.entity(conn, speaker) if speaker else None,
        "page": asked.page,
        "quotes": found,
        "more": more,
    }


def feed(data: Data, asked: Asked) -> bytes:
    """These quotations as a feed."""
    from .. import feeds

    return feeds.quotes("Quotes", "/quotes", data["quotes"], asked)


PAGE = Page(
    name="quotes",
    address="/quotes",
    example="/quotes.json?q=growth",
    summary="Quotations with speaker and reporting word, newest first.",
    load=load,
    template="quotes.html",
    parameters={
        "q": "words that all stand in the quotation",
        "speaker": "id of a person",
        "page": f"page of {SIZE} quotations, from 1",
    },
    rows=lambda data: data["quotes"],
    atom=feed,
)
