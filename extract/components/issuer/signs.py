"""What speaks for each organisation of a release as the one whose news it is.

    Doc  ->  {"Acme": {"lead": 1.0, "headline": 2.0, "share": 1.0}, "Borealis": {"share": 0.5}}

A sign is a place or a wording; `issuer.yml` says how much each weighs. Nothing here decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from spacy.tokens import Doc

from ..reading import Name, Reading, after_bracket, load_words, reading

DATA: dict[str, Any] = load_words(Path(__file__).with_name("issuer.yml"))
ANNOUNCING = frozenset(DATA["announcing"].split())
WIRES, EXCHANGES = tuple(DATA["wires"]), frozenset(DATA["exchanges"].split())
_LIGHT = frozenset(DATA["light"].split())
_HOSTING = frozenset(DATA["hosting"].split())
_BEHIND_WORDS = frozenset(DATA["behind"].split())
#: Likeness (0..100) above which the page's statement is an organisation of the text.
ALIKE, SAME = 88, 90
#: Mentions that count, in the headline and in all.
MAX_HEADLINE, MAX_COUNT = 2, 8
#: Paragraphs in which the lead is looked for.
MAX_LEAD = 14
#: Words behind a quotation in which its speaker's organisation stands.
MAX_VOICE = 25
#: Words between an organisation and its officer: "Harbour Office Minister, Jane Doe".
MAX_OFFICE = 4
#: Characters of a text in which addresses are looked for.
MAX_DOMAIN_CHARS = 60_000
_DOMAIN = re.compile(
    r"(?:@|https?://(?:www\.)?|\bwww\.)(?:[\w-]{2,40}\.){0,2}([\w-]{2,40})\.[a-z]{2,10}\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(r"(?:inc|llc|ltd|corp|corporation|limited|plc|company)$")

Signs = dict[str, dict[str, float]]


def is_wire(name: str) -> bool:
    """Say whether an organisation is a newswire, platform or exchange: it carries others' news."""
    low = name.lower()
    return low in EXCHANGES or any(wire in low for wire in WIRES)


def signs(doc: Doc) -> Signs:
    """Return the signs of every organisation of `doc`, in the order of the text."""
    read, release = reading(doc), doc._.dateline_release
    names = [n for n in read.names if n.kind == "organisation" and not is_wire(n.name)]
    found: Signs = {name.name: {} for name in names}
    for name in names:
        seen = found[name.name]
        for sign in _signs_of(read, name):
            seen[sign] = 1.0
        if read.paragraph[name.first] == 0:
            seen["headline"] = min(seen.get("headline", 0.0) + 1, MAX_HEADLINE)
    for sign, who in _document_signs(read, names, doc):
        if who is not None:
            found[who][sign] = 1.0
    counts = Counter(name.name for name in names)
    most = max(counts.values(), default=1)
    hosts = _hosts(read.text)
    for who, seen in found.items():
        seen["share"] = counts[who] / most
        seen["count"] = min(counts[who], MAX_COUNT) / MAX_COUNT
        if _is_host(who, hosts):
            seen["domain"] = 1.0
        if release is not None and release.issuer:
            seen.update(_stated(release.issuer, who))
    return found


def _signs_of(read: Reading, name: Name) -> Iterator[str]:
    """Yield what one mention says: its words before and after."""
    yield from _before(read, name)
    yield from _behind(read, name)
    if _has_officer(read, name):
        yield "officer"
    start = read.paragraph_start(name.first)
    if read.words[start] == "By" and name.last - start < 2 * MAX_OFFICE:
        yield "byline"


def _before(read: Reading, name: Name) -> Iterator[str]:
    before = name.first - 1
    if before >= 0 and read.low[before] == "the":
        before -= 1
    if before >= 0 and read.words[before] in ("About", "ABOUT"):
        if read.paragraph_start(before) == before:
            yield from ("about", "boilerplate")
        else:
            yield "about_inside"
    if before > 0 and read.low[before] == "by" and read.low[before - 1] in _HOSTING:
        yield "hosted_by"
    if read.paragraph[name.first] == 0:
        if name.first <= 1:
            yield "headline_first"
        elif read.low[before] in _BEHIND_WORDS:
            yield "headline_behind"


def _behind(read: Reading, name: Name) -> Iterator[str]:
    """Acme (NASDAQ: ACM) today announced"""
    i = name.last
    if i + 1 < len(read) and read.words[i] == "(":
        if re.split(r"[:\-]", read.low[i + 1])[0] in EXCHANGES:
            yield "ticker"
        i = after_bracket(read, i)
    while i < len(read) and read.low[i] in _LIGHT:
        i += 1
    same = i < len(read) and read.paragraph[i] == read.paragraph[name.first]
    if same and read.low[i] in ANNOUNCING:
        yield "announces"


def _has_officer(read: Reading, name: Name) -> bool:
    """Harbour Office Minister Jane Doe; Acme CEO, Jane Doe"""
    for i in range(name.last, min(name.last + MAX_OFFICE, len(read))):
        other = read.name_of(i)
        if other is not None:
            return other.kind == "person" and i > name.last
        if not (read.words[i][0].isupper() or read.words[i] == ","):
            return False
    return False


def _document_signs(read: Reading, names: list[Name], doc: Doc) -> Iterator[tuple[str, str | None]]:
    """Yield signs that one place of the document gives, each with the organisation."""
    yield "lead", _lead(read)
    yield "first", next((n.name for n in names if read.paragraph[n.first] > 0), None)
    for quote in doc._.dateline_quotes:
        start = read.word_from(quote.end_char)
        yield "voice", _first_organisation(read, start, min(start + MAX_VOICE, len(read)))
    release = doc._.dateline_release
    if release is None:
        return
    for section in release.sections:
        if section.kind in ("contact", "boilerplate"):
            for name in names:
                if section.start_char <= name.start_char < section.end_char:
                    yield section.kind, name.name


def _lead(read: Reading) -> str | None:
    """Return the subject of the lead: the first organisation that announces after the headline."""
    last = -1
    for i, low in enumerate(read.low):
        if read.paragraph[i] > MAX_LEAD:
            break
        if low in ANNOUNCING and read.name_at[i] == -1 and read.paragraph[i] > 0:
            start = read.sentence_start(i)
            if start == last:
                continue
            last = start
            subject = _first_organisation(read, start, i)
            if subject is not None:
                return subject
    return None


def _first_organisation(read: Reading, start: int, end: int) -> str | None:
    names = read.names_in(start, end)
    return next((n.name for n in names if n.kind == "organisation" and not is_wire(n.name)), None)


def _stated(stated: str, name: str) -> dict[str, float]:
    """What the page or the reading of its anatomy names."""
    if fuzz.ratio(stated.lower(), name.lower()) >= SAME:
        return {"stated": 1.0}
    if fuzz.token_set_ratio(stated.lower(), name.lower()) >= ALIKE:
        return {"stated_like": 1.0}
    return {}


def _hosts(text: str) -> frozenset[str]:
    found = _DOMAIN.finditer(text[:MAX_DOMAIN_CHARS])
    return frozenset(re.sub(r"[^a-z0-9]", "", match[1].lower()) for match in found)


def _is_host(name: str, hosts: frozenset[str]) -> bool:
    """ "Acme Robotics, Inc." spells the host of acmerobotics.example, or its beginning."""
    whole = re.sub(r"[^a-z0-9]", "", name.lower())
    short = _LEGAL.sub("", whole)
    if {whole, short} & hosts:
        return len(short) > 2
    return len(short) > 4 and any(
        len(host) > 4 and (whole.startswith(host) or host.startswith(short)) for host in hosts
    )
