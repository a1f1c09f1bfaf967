"""Generate `docs/schema.md` from a database that was just made.

What each table is for stands here; a table without an entry fails the test of the docs.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from db import Store

TABLES = {
    "sources": "Where documents come from: a folder, a feed, a host.",
    "releases": "One row a release: headline, dateline, text, and how it was read.",
    "sections": "Parts of a release: headline, body, boilerplate, contacts.",
    "entities": "People, organisations, places, venues and events, one row each.",
    "aliases": "Every name an entity goes by. `count` is of mentions with these words, "
    "`release_count` of releases whose full name it is.",
    "mentions": "Every occurrence of a name. `name` is the full name in that release.",
    "appearances": "A thing named in a release: all mentions with one kind and full name.",
    "identities": "Ways of naming a thing; an entity has one or more (resolution.md).",
    "merges": "Why two identities are one entity.",
    "acronyms": "Short forms that a release spells out.",
    "judgements": "Human decisions. `left` and `right` name identities.",
    "dates": "Date expressions with the days they denote, both ends inclusive.",
    "events": "One row a real occasion, however many releases announce it.",
    "announcements": "An event as one release tells it; `events` holds what most say.",
    "event_parties": "Who hosts, organises, sponsors, speaks at an event.",
    "event_evidence": "The words that prove a field of an event.",
    "roles": "Who holds which title where.",
    "quotes": "Direct quotations with their speakers.",
    "contacts": "Press contacts.",
    "figures": "Counted facts.",
    "clusters": "Copies of one release.",
    "fingerprints": "MinHash signatures of releases.",
    "fingerprint_bands": "Their bands, by which copies find each other.",
    "versions": "What a release said before it was changed.",
    "documents": "The bytes as they came, compressed with zlib.",
    "witnesses": "What metadata says of a document.",
    "problems": "What went wrong, with what to do.",
    "runs": "The log of commands.",
    "feeds": "What `dateline watch` remembers of a feed.",
    "forgotten": "Hashes of addresses that must not be stored again.",
    "name_grams": "Characters and pairs of Chinese, Japanese and Korean names.",
    "releases_fts": "Full text of releases (porter stemming).",
    "quotes_fts": "Full text of quotations (porter stemming).",
    "entities_fts": "Names by any three letters.",
    "event_calendar": "View: events with venue, place, hosts and sponsors.",
    "people_directory": "View: people with their latest title.",
    "titles_over_time": "View: who held which title when.",
    "quotations": "View: quotations with speaker and release.",
    "press_contacts": "View: distinct press contacts.",
    "places_map": "View: places with coordinates.",
}
INTERNAL = ("sqlite_", "_")
SHADOWS = ("_data", "_idx", "_docsize", "_config", "_content")


def page() -> str:
    """The page as Markdown."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "schema.db") as store:
        return "\n".join(_page(store.conn)) + "\n"


def _page(conn: sqlite3.Connection) -> list[str]:
    lines = [
        "# Tables and columns",
        "",
        "Generated from the migrations by `make docs`. Offsets are 0-based, end-exclusive code "
        "points into `releases.text`; days are ISO dates, times UTC.",
    ]
    names = [
        name
        for (name,) in conn.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY type, name"
        )
        if not name.startswith(INTERNAL) and not ("_fts_" in name and name.endswith(SHADOWS))
    ]
    undocumented = set(names) - TABLES.keys()
    if undocumented:
        raise LookupError(f"say what these tables are for in tests/tools/schema.py: {undocumented}")
    for name in sorted(names, key=list(TABLES).index):
        lines += [
            "",
            f"## {name}",
            "",
            TABLES[name],
            "",
            "| column | type | refers to |",
            "|---|---|---|",
        ]
        references = {
            row[3]: f"[{row[2]}](#{row[2]})"
            for row in conn.execute(f"PRAGMA foreign_key_list({name})")
        }
        for _, column, kind, *_ in conn.execute(f"PRAGMA table_info({name})"):
            lines.append(f"| `{column}` | {kind.lower()} | {references.get(column, '')} |")
    return lines
