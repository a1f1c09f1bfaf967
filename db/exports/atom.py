"""Releases as an Atom feed (RFC 4287): follow an entity or a query in any reader.

Characters that XML cannot carry are left out. Ids are addresses of the thing itself, so that a
reader recognises an entry whose feed has moved.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET

from .selection import Row, Selection, between, stream

SELECTS = frozenset({"entity", "query", "since", "until"})

NAMESPACE = "http://www.w3.org/2005/Atom"

#: Control characters and lone halves of pairs, which no XML document may hold.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: The date of a feed without entries, and of an entry without a date.
NO_DATE = "1970-01-01"

#: Code points of a release's text that stand in for a summary.
SUMMARY_CHARS = 280

RELEASES = """SELECT r.id, r.title, r.published, coalesce(i.name, r.issuer) AS issuer,
  substr(r.text, length(r.title) + 1, :summary) AS summary
FROM releases r LEFT JOIN entities i ON i.id = r.issuer_id AND i.hidden = 0"""


def write(conn: sqlite3.Connection, out: BinaryIO, selection: Selection) -> int:
    """Write the feed to `out`; return the number of entries."""
    condition, days = between("r.published", selection)
    values: dict[str, Any] = {**days, "summary": SUMMARY_CHARS}
    title = "releases"
    if selection.entity:
        condition += " AND r.id IN (SELECT release_id FROM appearances WHERE entity_id = :entity)"
        values["entity"] = selection.entity
        named = conn.execute(
            "SELECT name FROM entities WHERE id = ? AND hidden = 0", (selection.entity,)
        ).fetchone()
        title = named[0] if named else title
    if selection.query:
        condition += " AND r.id IN (SELECT rowid FROM releases_fts WHERE releases_fts MATCH :query)"
        values["query"] = _expression(selection.query)
        title = selection.query
    sql = f"{RELEASES} WHERE {condition} ORDER BY r.published DESC, r.id DESC"
    entries = (
        {
            "path": f"/release/{row['id']}",
            "title": row["title"],
            "updated": row["published"],
            "author": row["issuer"],
            "summary": " ".join(row["summary"].split()),
        }
        for row in stream(conn, sql, values)
    )
    count = 0
    for piece in feed(f"Dateline: {title}", selection.base + "/", entries, selection.base):
        out.write(piece)
        count += piece.startswith(b"<entry>")
    return count


def _expression(words: str) -> str:
    """Quote each word, so that none of them is an operator of the full-text search."""
    return " ".join('"' + word.replace('"', '""') + '"' for word in words.split()) or '""'


def feed(
    title: str, ident: str, entries: Iterable[Row], base: str, self_link: str | None = None
) -> Iterator[bytes]:
    """Yield the pieces of a feed, newest entry first.

    Each entry has `path` (below `base`), `title`, `updated` (ISO), `summary`, maybe `author`.
    """
    frame = ET.Element("feed", {"xmlns": NAMESPACE})
    _add(frame, "title", title)
    _add(frame, "id", ident)
    ET.SubElement(frame, "link", {"rel": "alternate", "href": ident})
    if self_link:
        ET.SubElement(frame, "link", {"rel": "self", "href": self_link})
    listed = iter(entries)
    newest = next(listed, None)
    # Entries come newest first, so the feed's own date is known before the rest is read.
    _add(frame, "updated", _moment(newest["updated"] if newest else None))
    _add(ET.SubElement(frame, "author"), "name", "Dateline")
    ET.indent(frame)
    head, _, tail = ET.tostring(frame, encoding="utf-8", xml_declaration=True).rpartition(
        b"</feed>"
    )
    yield head
    if newest:
        yield _entry(newest, base)
        for entry in listed:
            yield _entry(entry, base)
    yield b"</feed>" + tail + b"\n"


def _entry(entry: Row, base: str) -> bytes:
    element = ET.Element("entry")
    _add(element, "title", entry["title"] or "Untitled")
    _add(element, "id", base + entry["path"])
    ET.SubElement(element, "link", {"href": base + entry["path"]})
    _add(element, "updated", _moment(entry["updated"]))
    _add(element, "summary", entry["summary"])
    if entry.get("author"):
        _add(ET.SubElement(element, "author"), "name", entry["author"])
    ET.indent(element)
    written: bytes = ET.tostring(element, encoding="utf-8")
    return written + b"\n"


def _add(parent: ET.Element, name: str, words: object) -> None:
    ET.SubElement(parent, name).text = NOT_XML.sub("", str(words or ""))


def _moment(day: object) -> str:
    """Return an ISO day or moment as Atom writes it, in UTC where no zone is given."""
    try:
        moment = datetime.fromisoformat(str(day or NO_DATE))
    except ValueError:
        moment = datetime.fromisoformat(NO_DATE)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat(timespec="seconds")
