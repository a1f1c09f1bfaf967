"""Search: names first, then releases with their words marked; facets narrow the releases."""

from __future__ import annotations

import sqlite3

from db.queries import found

from ..page import Asked, Data, Page
from ..text import PLURALS

SIZE = 15
NAMES = 10
MAX_RESULTS_PAGE = 100


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """Entities and releases for `q`, narrowed by the facets given."""
    query = asked.text("q")
    page = min(asked.page, MAX_RESULTS_PAGE)
    filters = {name: asked.text(name) for name in found.FACETS if asked.text(name)}
    releases = found.releases(conn, query, filters, limit=SIZE, offset=(page - 1) * SIZE)
    # Words that releases use are hardly a misspelt name, and looking for one takes its time.
    kind = asked.choice("names", tuple(PLURALS))
    named = found.names(conn, query, kind=kind or None, limit=NAMES, spelling=not releases["total"])
    return {
        "query": query,
        "filters": filters,
        "names": kind,
        "page": page,
        "entities": found.with_context(conn, named) if page == 1 else [],
        **releases,
    }


def suggest(conn: sqlite3.Connection, asked: Asked) -> Data:
    """Names for what has been typed so far."""
    return {"query": asked.text("q"), "names": found.names(conn, asked.text("q"))}


def feed(data: Data, asked: Asked) -> bytes:
    """The releases found, as a feed."""
    from .. import feeds

    title = f"“{data['query']}”" if data["query"] else "Releases"
    return feeds.releases(title, "/-/search", data["releases"], asked)


PAGE = Page(
    name="search",
    address="/-/search",
    example="/-/search.json?q=conference",
    summary="Names and releases for some words; facets narrow the releases.",
    load=load,
    template="search.html",
    parameters={
        "q": "words; “quoted ones” stay together; without them the newest releases",
        "page": f"page of {SIZE} releases, from 1",
        "names": f"only names of this kind: {', '.join(PLURALS)}",
        **dict.fromkeys(found.FACETS, "narrow to this value"),
    },
    rows=lambda data: data["releases"],
    atom=feed,
    view=lambda data, asked: {"candidates": found.CANDIDATES, "kinds": tuple(PLURALS)},
)

SUGGESTIONS = Page(
    name="suggest",
    address="/-/suggest",
    example="/-/suggest.json?q=be",
    summary="Names that begin with, then names that contain, what has been typed.",
    load=suggest,
    parameters={"q": "the first letters of a name"},
)
