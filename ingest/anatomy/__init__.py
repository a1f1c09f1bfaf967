"""The anatomy of a press release: from a draft's blocks and witnesses to a `Release`.

Draft  ->  title, dateline, sections, publication date, issuer, language  ->  Release
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlsplit

from .. import repair
from ..charset import clean
from ..language import language
from ..types import Block, Dateline, Draft, RawDocument, Release, Section, Witness
from . import abouts, embargo, headline, issuer, published
from .days import stated_moment
from .parts import Part, Read
from .parts import read as read_parts
from .words import words_of

__all__ = ["read"]

#: A paragraph longer than this (characters) is no prose and stays as it is.
MAX_REPAIRED_CHARS = 100_000

_BYLINE = re.compile(r"(?:[Pp]osted|[Pp]ublished|[Ww]ritten|[Uu]pdated)\b|(?:By|BY) [A-Z]")
_YEAR = re.compile(r"(?<![\d.,$€£#-])(?:19|20)\d\d(?![\d%]|[.,]\d)")


def read(raw: RawDocument, draft: Draft) -> Release:
    """Read a draft as a press release. Never fails: what is not found is absent."""
    blocks = _repaired(draft.blocks)
    witnesses = draft.witnesses
    url = _url(raw, witnesses)
    title, rest = _headline(witnesses, blocks, _host(url))
    found = read_parts(rest)
    if title:
        found.parts.insert(0, Part("headline", title))
    text, sections, offsets = _assembled(found)
    fetched = raw.fetched_at.date()
    by_metadata = published.stated(witnesses, fetched)
    line = _dateline(found, offsets, title or "", text, by_metadata)
    of_file = published.is_of_the_file(witnesses)
    day = published.chosen(by_metadata, line.date if line else None, fetched, of_file=of_file)
    sender = found.dateline.sender if found.dateline else None
    return Release(
        uid=url or raw.uri,
        uri=raw.uri,
        source=raw.source,
        title=title or "",
        subtitle=_subtitle(found.parts, witnesses),
        published=day,
        language=language(text, _first(witnesses, "language")),
        issuer=issuer.guess(
            found.parts, title or "", witnesses, sender, line.place if line else None
        ),
        dateline=line,
        text=text,
        sections=sections,
        sha256=raw.sha256,
        problems=draft.problems,
        url=url,
        embargo_until=_embargo(found.parts, witnesses, day),
        witnesses=_with_dateline(witnesses, line),
    )


def _with_dateline(witnesses: tuple[Witness, ...], line: Dateline | None) -> tuple[Witness, ...]:
    """All that speaks for a publication day: the dateline too, when it says one."""
    if line is None or line.date is None:
        return witnesses
    return (Witness("published", "dateline", line.date.isoformat()), *witnesses)


def _repaired(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their text repaired; a paragraph with an "About X" run in is two."""
    whole = [replace(block, text=repair.plain(clean(block.text))) for block in blocks]
    words = repair.vocabulary(block.text for block in whole)
    brands = words_of("brands.txt")
    repaired: list[Block] = []
    for block in whole:
        if len(block.text) > MAX_REPAIRED_CHARS:
            repaired.append(block)
            continue
        text = repair.unglued(repair.separated(block.text), words, brands).strip()
        pieces = abouts.split(text) if "bout" in text[8:].casefold() else [text]
        repaired.extend(replace(block, text=piece) for piece in pieces if piece)
    return repaired


def _headline(
    witnesses: Sequence[Witness], blocks: list[Block], host: str
) -> tuple[str | None, list[Block]]:
    """The title, and the blocks without the one that shows it."""
    title = repair.plain(clean(headline.title(witnesses, blocks, host) or "")).strip()
    if not title:
        index = headline.first_line(blocks)
        if index is None:
            return None, blocks
        return " ".join(blocks[index].text.split()), blocks[:index] + blocks[index + 1 :]
    wanted = headline.key(title)
    for index, block in enumerate(blocks[:8]):
        if headline.key(block.text) == wanted:
            return title, blocks[:index] + blocks[index + 1 :]
    return title, blocks


def _assembled(found: Read) -> tuple[str, tuple[Section, ...], tuple[int, int]]:
    """The release's text, its sections, and where its dateline stands."""
    pieces: list[str] = []
    sections: list[Section] = []
    line = (0, 0)
    at = 0
    for part in found.parts:
        join = part.join if pieces else ""
        start = at + len(join)
        at = start + len(part.text)
        pieces += (join, part.text)
        if part is found.dateline_part:
            line = (start, at)
        last = sections[-1] if sections else None
        if (
            last
            and last.kind == part.kind
            and part.kind in _RUNNING
            and last.organisation == part.organisation
        ):
            sections[-1] = replace(last, end_char=at)
        else:
            sections.append(Section(part.kind, start, at, part.organisation))
    return "".join(pieces), tuple(sections), line


#: Kinds whose neighbouring paragraphs are one section.
_RUNNING = frozenset({"body", "list", "table", "boilerplate", "contact", "notice"})


def _dateline(
    found: Read, offsets: tuple[int, int], title: str, text: str, by_metadata: date | None
) -> Dateline | None:
    line = found.dateline
    if line is None:
        return None
    day, year_from = None, None
    if line.day is not None:
        swapped = line.day.swapped
        if line.day.year:
            day, year_from = line.day.on(line.day.year), "dateline"
            if swapped and swapped == by_metadata:
                day = swapped
        elif by_metadata is not None:
            # New Year's neighbours: the year that brings the two days closest.
            years = (by_metadata.year, by_metadata.year - 1, by_metadata.year + 1)
            near = [candidate for year in years if (candidate := line.day.on(year))]
            day = min(near, key=lambda candidate: abs(candidate - by_metadata), default=None)
            year_from = "metadata" if day else None
        else:
            day, year_from = _with_year_close_by(line.day.on, title, text)
    return Dateline(line.place, day, line.wire, *offsets, year_from)


def _with_year_close_by(
    on: Callable[[int], date | None], title: str, text: str
) -> tuple[date | None, str | None]:
    """The day in the year that the headline names, or the text's beginning; and which of them."""
    for words, origin in ((title, "headline"), (text[:3_000], "text")):
        year = _YEAR.search(words)
        if year and (day := on(int(year[0]))):
            return day, origin
    return None, None


def _url(raw: RawDocument, witnesses: Sequence[Witness]) -> str | None:
    stated = [
        w for w in witnesses if w.field == "url" and w.value.startswith(("http://", "https://"))
    ]
    for origin in ("link:canonical", "meta:og:url"):
        for witness in stated:
            if witness.origin == origin:
                return witness.value
    if stated:
        return stated[0].value
    return raw.uri if raw.uri.startswith(("http://", "https://")) else None


def _host(url: str | None) -> str:
    """The host of an address without "www." ("news.acme.example"); empty when it has none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:  # "http://[broken"
        return ""


def _subtitle(parts: Sequence[Part], witnesses: Sequence[Witness]) -> str | None:
    stated = _first(witnesses, "subtitle")
    if stated:
        return stated
    shown = [
        part.text
        for part in parts[:6]
        if part.kind == "subhead" and not part.text.endswith(":") and not _BYLINE.match(part.text)
    ]
    return " ".join(shown[0].split()) if shown else None


def _embargo(
    parts: Sequence[Part], witnesses: Sequence[Witness], day: date | None
) -> datetime | None:
    """Until when the release may not be published; a missing year is that of `day`."""
    for witness in witnesses:
        if witness.field == "embargo":
            moment = stated_moment(witness.value) or embargo.until("embargo " + witness.value)
            if moment:
                return moment
    for part in parts:
        if part.kind in ("release_line", "subhead", "notice"):
            moment = embargo.until(part.text, day.year if day else None)
            if moment:
                return moment
    return None


def _first(witnesses: Sequence[Witness], field: str) -> str | None:
    return next((w.value for w in witnesses if w.field == field and w.value.strip()), None)
