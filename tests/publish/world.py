"""A small made-up world for the tests of the site: a few releases and what was read from them.

Facts are given by their words; offsets are looked up in the text, so that the texts stay readable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from db import Store, Stored
from extract.types import (
    Contact,
    DateMention,
    Event,
    Evidence,
    Extraction,
    Figure,
    Mention,
    MentionKind,
    Party,
    Quote,
    Role,
)
from ingest.types import Dateline, Release, Section

VENUE = "Yongjiang Exhibition Centre"

OPENING = """Harbour Light Week opens in Ningbo with 140 exhibitors

NINGBO, September 26, 2023 – Harbour Light Week 2023 will open on October 9 at the Yongjiang \
Exhibition Centre, Deputy Mayor Lin Qiaoyun said on Tuesday.

“Lighting a harbour is a promise to everyone who comes home at night,” said Lin Qiaoyun, Deputy \
Mayor of Ningbo. The week, which ends on October 12, is hosted by the Ningbo Port Bureau and \
sponsored by Fenwick Lanterns Ltd. and the Baltic Quay Society.

“We expect our best year,” said Tobias Fenwick, chief executive of Fenwick Lanterns. Lin Qiaoyun\
 will give the opening speech.

About Fenwick Lanterns
Fenwick Lanterns Ltd. has made signal lamps in Whitby since 1921.

Contact: Agnes Holloway, Fenwick Lanterns, press@fenwick.example, +44 1947 555 010
"""

APPOINTMENT = """Fenwick Lanterns names Ingrid Solheim finance chief

WHITBY, England, November 3, 2023 – Fenwick Lanterns Ltd. today named Ingrid Solheim as chief \
financial officer. She succeeds Tobias Fenwick, who held the office as well.

“Ingrid Solheim knows every lamp in the house,” said Tobias Fenwick, chief executive of Fenwick \
Lanterns.
"""

NEXT = """Baltic Quay Society to host spring forum in Gdańsk

GDAŃSK, January 15, 2024 – The Baltic Quay Society will hold its Quay Forum in Gdańsk on 14 \
March 2024. Lin Qiaoyun, Deputy Mayor of Ningbo, will speak online.
"""

KINDS: dict[MentionKind, tuple[str, ...]] = {
    "person": ("Lin Qiaoyun", "Tobias Fenwick", "Ingrid Solheim", "Agnes Holloway"),
    "organisation": (
        "Ningbo Port Bureau",
        "Fenwick Lanterns Ltd.",
        "Fenwick Lanterns",
        "Baltic Quay Society",
    ),
    "place": ("Ningbo", "NINGBO", "Whitby", "WHITBY", "England", "Gdańsk", "GDAŃSK"),
    "venue": ("Yongjiang Exhibition Centre",),
    "event": ("Harbour Light Week 2023", "Harbour Light Week", "Quay Forum"),
}
FULL = {
    "NINGBO": "Ningbo",
    "WHITBY": "Whitby",
    "GDAŃSK": "Gdańsk",
    "Fenwick Lanterns": "Fenwick Lanterns Ltd.",
    "Harbour Light Week": "Harbour Light Week 2023",
}


def span(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    """Offsets of the nth occurrence of `words`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def mentions(text: str) -> Iterable[Mention]:
    """Every occurrence of a known name; of two that overlap the longer."""
    taken: list[tuple[int, int]] = []
    names = sorted(
        ((name, kind) for kind, found in KINDS.items() for name in found), key=lambda n: -len(n[0])
    )
    for name, kind in names:
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
                yield Mention(kind, start, end, name, FULL.get(name, name), "test", 0.9)
            start = text.find(name, end)


def sections(text: str) -> tuple[Section, ...]:
    """Headline first, then body; paragraphs that open with About or Contact are what they say."""
    found, position = [], 0
    for number, paragraph in enumerate(text.rstrip().split("\n\n")):
        end = position + len(paragraph)
        kind = "headline" if number == 0 else "body"
        organisation = None
        if paragraph.startswith("About "):
            kind, organisation = "boilerplate", paragraph.partition("\n")[0].removeprefix("About ")
        if paragraph.startswith("Contact"):
            kind = "contact"
        found.append(Section(kind, position, end, organisation))  # type: ignore[arg-type]
        position = end + 2
    return tuple(found)


def release(
    uid: str,
    text: str,
    published: date | None,
    *,
    url: str | None = None,
    source: str = "Harbour Wire",
    issuer: str | None = None,
    title: str | None = None,
    place: str | None = None,
    embargo_until: datetime | None = None,
) -> Release:
    """A release as `ingest` would give it."""
    text = text.rstrip()
    dateline = Dateline(place, published, None, *span(text, place.upper())) if place else None
    return Release(
        uid=uid,
        uri=f"{uid}.html",
        source=source,
        title=title if title is not None else text.partition("\n")[0],
        subtitle=None,
        published=published,
        language="en",
        issuer=issuer,
        dateline=dateline,
        text=text,
        sections=sections(text),
        sha256=uid.ljust(64, "0"),
        url=url,
        embargo_until=embargo_until,
    )


def quote(text: str, words: str, speaker: str | None) -> Quote:
    return Quote(*span(text, words), words, speaker, "said" if speaker else None)


def role(text: str, words: str, person: str, title: str, organisation: str | None) -> Role:
    return Role(person, title, organisation, False, *span(text, words))


def day(text: str, words: str, value: date) -> DateMention:
    return DateMention(*span(text, words), words, value, value, "day")


def _opening() -> Stored:
    text = OPENING.rstrip()
    week = Event(
        name="Harbour Light Week 2023",
        starts_on=date(2023, 10, 9),
        ends_on=date(2023, 10, 12),
        venue="Yongjiang Exhibition Centre",
        place="Ningbo",
        parties=(
            Party("Ningbo Port Bureau", "organisation", "host", *span(text, "Ningbo Port Bureau")),
            Party(
                "Fenwick Lanterns Ltd.",
                "organisation",
                "sponsor",
                *span(text, "Fenwick Lanterns Ltd."),
            ),
            Party(
                "Baltic Quay Society", "organisation", "sponsor", *span(text, "Baltic Quay Society")
            ),
            Party("Lin Qiaoyun", "person", "speaker", *span(text, "Lin Qiaoyun", 2)),
        ),
        evidence=(
            Evidence("starts_on", "2023-10-09", *span(text, "October 9")),
            Evidence("ends_on", "2023-10-12", *span(text, "October 12")),
            Evidence(
                "venue", "Yongjiang Exhibition Centre", *span(text, "Yongjiang Exhibition Centre")
            ),
        ),
        mode="in person",
    )
    return Stored(
        release(
            "opening",
            text,
            date(2023, 9, 26),
            url="https://harbour.example/opening",
            issuer="Fenwick Lanterns Ltd.",
            place="Ningbo",
        ),
        Extraction(
            release_uid="opening",
            extractor="test",
            mentions=tuple(mentions(text)),
            dates=(
                day(text, "September 26, 2023", date(2023, 9, 26)),
                day(text, "October 9", date(2023, 10, 9)),
                day(text, "October 12", date(2023, 10, 12)),
            ),
            roles=(
                role(text, "Deputy Mayor Lin Qiaoyun", "Lin Qiaoyun", "Deputy Mayor", "Ningbo"),
                role(
                    text,
                    "Tobias Fenwick, chief executive of Fenwick Lanterns",
                    "Tobias Fenwick",
                    "chief executive",
                    "Fenwick Lanterns Ltd.",
                ),
            ),
            quotes=(
                quote(
                    text,
                    "Lighting a harbour is a promise to everyone who comes home at night,",
                    "Lin Qiaoyun",
                ),
                quote(text, "We expect our best year,", "Tobias Fenwick"),
            ),
            events=(week,),
            contacts=(
                Contact(
                    "Agnes Holloway",
                    "Fenwick Lanterns",
                    "press@fenwick.example",
                    "+44 1947 555 010",
                    *span(text, "Agnes Holloway, Fenwick Lanterns, press@fenwick.example"),
                ),
            ),
            figures=(Figure(140, "exhibitors", "140 exhibitors", *span(text, "140 exhibitors")),),
            issuer="Fenwick Lanterns Ltd.",
            kind="event",
            kind_reason="will open",
        ),
    )


def _appointment() -> Stored:
    text = APPOINTMENT.rstrip()
    return Stored(
        release("appointment", text, date(2023, 11, 3), issuer="Fenwick Lanterns Ltd."),
        Extraction(
            release_uid="appointment",
            extractor="test",
            mentions=tuple(mentions(text)),
            dates=(day(text, "November 3, 2023", date(2023, 11, 3)),),
            roles=(
                role(
                    text,
                    "Ingrid Solheim as chief financial officer",
                    "Ingrid Solheim",
                    "chief financial officer",
                    "Fenwick Lanterns Ltd.",
                ),
            ),
            quotes=(
                quote(text, "Ingrid Solheim knows every lamp in the house,", "Tobias Fenwick"),
            ),
            issuer="Fenwick Lanterns Ltd.",
            kind="appointment",
            kind_reason="named",
        ),
    )


def _next() -> Stored:
    text = NEXT.rstrip()
    forum = Event(
        name="Quay Forum",
        starts_on=date(2024, 3, 14),
        ends_on=date(2024, 3, 14),
        venue=None,
        place="Gdańsk",
        parties=(
            Party(
                "Baltic Quay Society", "organisation", "host", *span(text, "Baltic Quay Society", 1)
            ),
            Party("Lin Qiaoyun", "person", "speaker", *span(text, "Lin Qiaoyun")),
        ),
        evidence=(Evidence("starts_on", "2024-03-14", *span(text, "14 March 2024")),),
        mode="hybrid",
    )
    return Stored(
        release("next", text, date(2024, 1, 15), source="Quay News", place="Gdańsk"),
        Extraction(
            release_uid="next",
            extractor="test",
            mentions=tuple(mentions(text)),
            dates=(day(text, "14 March 2024", date(2024, 3, 14)),),
            events=(forum,),
            issuer="Baltic Quay Society",
            kind="event",
        ),
    )


def small() -> Sequence[Stored]:
    """Three releases that share people and organisations."""
    return (_opening(), _appointment(), _next())


#: Numbers in a database of `small()`: the same every time, as the store promises.
EVENT, PERSON, ORGANISATION = 2, 8, 3


def database(path: Path, stored: Sequence[Stored] = ()) -> Path:
    """Make a database with the given releases (none: empty)."""
    with Store(path) as store, store.run("test"):
        if stored:
            store.save(list(stored))
    return path
