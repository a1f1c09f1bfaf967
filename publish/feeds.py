"""Atom feeds and calendars of what a page lists, written by `db.exports`."""

from __future__ import annotations

from collections.abc import Iterable

from db.exports import atom
from db.exports.calendar import calendar as icalendar

from .page import Asked, Data
from .text import days


def _feed(title: str, path: str, entries: Iterable[Data], asked: Asked) -> bytes:
    """Newest first, as Atom readers and the feed's own date expect."""
    newest_first = sorted(entries, key=lambda entry: entry["updated"] or "", reverse=True)
    pieces = atom.feed(
        f"Dateline: {title}",
        asked.base + path,
        newest_first,
        asked.base,
        f"{asked.base}{'/index' if path == '/' else path}.atom",
    )
    return b"".join(pieces)


def releases(title: str, path: str, found: Iterable[Data], asked: Asked) -> bytes:
    """Write a feed of releases; the summary is the sentence looked for, if any."""
    entries = (
        {
            "path": f"/release/{release['id']}",
            "title": release["title"],
            "updated": release["published"],
            "author": release["issuer"],
            "summary": _summary(release),
        }
        for release in found
    )
    return _feed(title, path, entries, asked)


def _summary(release: Data) -> str:
    passage = release.get("passage")
    if passage:
        return str(passage["before"] + passage["words"] + passage["after"])
    return str(release.get("snippet", "")).replace("\x02", "").replace("\x03", "")


def events(title: str, path: str, found: Iterable[Data], asked: Asked) -> bytes:
    """Write a feed of events; the summary says when and where."""
    entries = (
        {
            "path": f"/event/{event['id']}",
            "title": event["name"],
            "updated": event["starts_on"],
            "summary": ", ".join(
                part
                for part in (
                    days(event["starts_on"], event["ends_on"]),
                    event["venue"],
                    event["place"],
                )
                if part
            ),
        }
        for event in found
    )
    return _feed(title, path, entries, asked)


def quotes(title: str, path: str, found: Iterable[Data], asked: Asked) -> bytes:
    """Write a feed of quotations, each linked to its words."""
    entries = (
        {
            "path": f"/release/{q['release_id']}?at={q['start_char']}-{q['end_char']}#lit",
            "title": f"{q['speaker'] or 'Unnamed'}: {q['text'][:80]}",
            "updated": q["published"],
            "author": q["speaker"],
            "summary": q["text"],
        }
        for q in found
    )
    return _feed(title, path, entries, asked)


def calendar(title: str, found: Iterable[Data], asked: Asked) -> bytes:
    """Write events as iCalendar; an event without a day is left out."""
    return b"".join(icalendar(f"Dateline: {title}", found, asked.base))
