"""Atom feeds and calendars of what a page lists.

Ids are tag-like addresses of the thing itself, so that a reader program recognises an entry whose
feed has moved. Characters that XML cannot carry are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

from .page import Asked, Data
from .text import days

ATOM = "http://www.w3.org/2005/Atom"
#: Control characters and lone halves of pairs, which no XML document may hold.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: The date of a feed without entries, and of an entry without a date.
NO_DATE = "1970-01-01"


def _clean(words: object) -> str:
    return NOT_XML.sub("", str(words or ""))


def _moment(day: object) -> str:
    """An ISO day or moment as Atom writes it."""
    text = str(day or NO_DATE)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.fromisoformat(NO_DATE)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat(timespec="seconds")


def atom(title: str, path: str, entries: Iterable[Data], asked: Asked) -> bytes:
    """Write a feed. Each entry has `path`, `title`, `updated` and `summary`, maybe `author`."""
    listed = list(entries)
    feed = ET.Element("feed", {"xmlns": ATOM})
    ET.SubElement(feed, "title").text = _clean(f"Dateline: {title}")
    ET.SubElement(feed, "id").text = asked.base + path
    ET.SubElement(feed, "link", {"rel": "alternate", "href": asked.base + path})
    ET.SubElement(feed, "link", {"rel": "self", "href": f"{asked.base}{path}.atom"})
    ET.SubElement(feed, "updated").text = _moment(
        max((entry["updated"] or NO_DATE for entry in listed), default=NO_DATE)
    )
    author = ET.SubElement(feed, "author")
    ET.SubElement(author, "name").text = "Dateline"
    for entry in listed:
        element = ET.SubElement(feed, "entry")
        ET.SubElement(element, "title").text = _clean(entry["title"]) or "Untitled"
        ET.SubElement(element, "id").text = asked.base + entry["path"]
        ET.SubElement(element, "link", {"href": asked.base + entry["path"]})
        ET.SubElement(element, "updated").text = _moment(entry["updated"])
        ET.SubElement(element, "summary").text = _clean(entry["summary"])
        if entry.get("author"):
            author = ET.SubElement(element, "author")
            ET.SubElement(author, "name").text = _clean(entry["author"])
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def releases(title: str, path: str, found: Iterable[Data], asked: Asked) -> bytes:
    """Write a feed of releases; the summary is the sentence looked for, if any."""
    return atom(
        title,
        path,
        (
            {
                "path": f"/release/{release['id']}",
                "title": release["title"],
                "updated": release["published"],
                "author": release["issuer"],
                "summary": _summary(release),
            }
            for release in found
        ),
        asked,
    )


def _summary(release: Data) -> str:
    passage = release.get("passage")
    if passage:
        return str(passage["before"] + passage["words"] + passage["after"])
    return str(release.get("snippet", "")).replace("\x02", "").replace("\x03", "")


def events(title: str, path: str, found: Iterable[Data], asked: Asked) -> bytes:
    """Write a feed of events."""
    return atom(
        title,
        path,
        (
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
        ),
        asked,
    )


def quotes(title: str, path: str, found: Iterable[Data], asked: Asked) -> bytes:
    """Write a feed of quotations."""
    return atom(
        title,
        path,
        (
            {
                "path": f"/release/{q['release_id']}?at={q['start_char']}-{q['end_char']}#lit",
                "title": f"{q['speaker'] or 'Unnamed'}: {q['text'][:80]}",
                "updated": q["published"],
                "author": q["speaker"],
                "summary": q["text"],
            }
            for q in found
        ),
        asked,
    )


def calendar(title: str, found: Iterable[Data], asked: Asked) -> bytes:
    """Write events as iCalendar; an event without a day is left out."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dateline//Dateline//EN",
        f"X-WR-CALNAME:{_escaped(f'Dateline: {title}')}",
    ]
    for event in found:
        lines += _vevent(event, asked)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _vevent(event: Data, asked: Asked) -> list[str]:
    try:
        first = date.fromisoformat(event["starts_on"])
        last = date.fromisoformat(event["ends_on"] or event["starts_on"])
        after = max(first, last) + timedelta(days=1)  # DTEND is exclusive
    except (TypeError, ValueError, OverflowError):
        return []
    place = ", ".join(part for part in (event.get("venue"), event.get("place")) if part)
    host = asked.base.partition("//")[2] or "dateline"
    lines = [
        "BEGIN:VEVENT",
        f"UID:event-{event['id']}@{host}",
        f"DTSTAMP:{first:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{_escaped(event['name'])}",
        f"URL:{asked.base}/event/{event['id']}",
    ]
    if place:
        lines.append(f"LOCATION:{_escaped(place)}")
    return [*lines, "END:VEVENT"]


def _escaped(words: object) -> str:
    text = _clean(words).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, as RFC 5545 asks."""
    pieces, piece = [], ""
    for character in line:
        if len((piece + character).encode()) > 74:
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join([*pieces, piece])
