"""One release: its words as published, marked; every fact beside them."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator
from difflib import unified_diff
from typing import Any

from markupsafe import Markup

from db.exports import schema_org
from db.queries import releases

from ..highlight import Span, highlight
from ..page import Asked, Data, NotFound, Page

#: Sections a reader can do without; the others have no label of their own.
LABELS = {
    "boilerplate": "About",
    "contact": "Contact",
    "notice": "Notice",
    "caption": "Caption",
}
#: Things of one kind listed beside the text; the others fold out.
SHOWN = 12
KINDS = ("person", "organisation", "place", "venue", "event")


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """One release with everything that was read from it."""
    found = releases.release(conn, asked.part("ref"))
    if found is None:
        raise NotFound("There is no such release.")
    other = asked.number("compare")
    if any(copy["id"] == other for copy in found["copies"]):
        found["difference"] = _difference(found["text"], releases.text_of(conn, other) or "")
    return found


def _difference(text: str, other: str) -> list[str]:
    """Lines of a unified difference, a paragraph a line; none when only spaces differ."""
    ours, theirs = ([" ".join(p.split()) for p in t.split("\n")] for t in (text, other))
    return list(unified_diff(ours, theirs, "this release", "the copy", n=1, lineterm=""))


def view(data: Data, asked: Asked) -> Data:
    """The text in marked sections, and the things named in it, each once."""
    marked = [*_spans(data), *_evidence_spans(data), *_lit(asked)]
    return {
        "sections": [
            {"kind": kind, "label": _label(kind, organisation, p), "paragraphs": p}
            for kind, organisation, p in _sections(data, sorted(marked, key=lambda s: s.start_char))
        ],
        "things": _things(data),
        "kinds": KINDS,
        "shown": SHOWN,
        "marked": {span.kind for span in marked},
        "versions": [v | {"lines": v["difference"].splitlines()} for v in data["versions"]],
    }


def _label(kind: str, organisation: str | None, paragraphs: list[tuple[int, Markup]]) -> str | None:
    """What stands over a section; nothing when its own first words say the same."""
    label = LABELS.get(kind)
    if label is None:
        return None
    opening = paragraphs[0][1].striptags().casefold() if paragraphs else ""
    if opening.startswith(label.casefold()):
        return None
    return f"{label} {organisation}" if organisation else label


def _spans(data: Data) -> Iterator[Span]:
    for mention in data["mentions"]:
        href = f"/entity/{mention['entity_id']}" if not mention["hidden"] else None
        yield Span(
            mention["start_char"], mention["end_char"], f"m{mention['id']}", mention["kind"], href
        )
    for name, kind in (("dates", "date"), ("quotes", "quote")):
        for fact in data[name]:
            yield Span(fact["start_char"], fact["end_char"], f"{kind[0]}{fact['id']}", kind)


def _evidence_spans(data: Data) -> Iterator[Span]:
    """Words that prove a fact; they show only when the fact is pointed at."""
    facts = [fact for name in ("roles", "figures", "contacts") for fact in data[name]]
    for event in data["events"]:
        facts += event["parties"] + event["evidence"]
    for start, end in sorted({(fact["start_char"], fact["end_char"]) for fact in facts}):
        yield Span(start, end, f"w{start}-{end}", "fact")


def _lit(asked: Asked) -> Iterator[Span]:
    """The words a link from another page asks for: `?at=120-145`."""
    start, _, end = asked.args.get("at", "").partition("-")
    if start.isdigit() and end.isdigit() and len(start) < 9 and len(end) < 9:
        yield Span(int(start), int(end), "lit", "lit")


def _sections(
    data: Data, marked: list[Span]
) -> Iterator[tuple[str, str | None, list[tuple[int, Markup]]]]:
    """(kind, organisation, paragraphs), covering the whole text, also what is in no section."""
    text = data["text"]
    position = 0
    for section in data["sections"]:
        start, end = max(section["start_char"], position), section["end_char"]
        if start > position:
            yield "body", None, list(_paragraphs(text, position, start, marked))
        if end > start:
            paragraphs = list(_paragraphs(text, start, end, marked))
            yield section["kind"], section["organisation"], paragraphs
            position = end
    if position < len(text):
        yield "body", None, list(_paragraphs(text, position, len(text), marked))


def _paragraphs(
    text: str, start: int, end: int, marked: list[Span]
) -> Iterator[tuple[int, Markup]]:
    position = start
    for words in text[start:end].split("\n\n"):
        if words.strip():
            last = position + len(words)
            # Spans are in order of their start: those that begin behind the paragraph are skipped.
            before = bisect_left(marked, last, key=lambda s: s.start_char)
            inside = [span for span in marked[:before] if span.end_char > position]
            yield position, highlight(words, inside, position)
        position += len(words) + 2


def _things(data: Data) -> dict[str, list[dict[str, Any]]]:
    """Entities by kind, each once, with the keys of all its mentions."""
    things: dict[str, dict[int, dict[str, Any]]] = {kind: {} for kind in KINDS}
    titles = {role["person_id"]: role for role in reversed(data["roles"]) if not role["former"]}
    for mention in data["mentions"]:
        if mention["hidden"] or mention["kind"] not in things:
            continue
        thing = things[mention["kind"]].setdefault(
            mention["entity_id"],
            {
                "id": mention["entity_id"],
                "name": mention["name"],
                "role": titles.get(mention["entity_id"]),
                "keys": [],
            },
        )
        thing["keys"].append(f"m{mention['id']}")
    return {kind: list(found.values()) for kind, found in things.items()}


def jsonld(data: Data, asked: Asked) -> Any:
    """The release as schema.org data."""
    return schema_org.release(data, asked.base)


PAGE = Page(
    name="release",
    address="/release/(?P<ref>.+?)",
    example="/release/1.json",
    summary="One release by id or uid: text, sections, every fact with its offsets.",
    load=load,
    template="release.html",
    parameters={
        "at": "offsets of words to point out, “120-145” (HTML only)",
        "compare": "id of a copy: `difference` has the lines in which it differs",
    },
    rows=lambda data: data["mentions"],
    jsonld=jsonld,
    view=view,
)
