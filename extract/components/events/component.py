"""Read the occasions that a release announces, reports or invites to.

Reads words, names, dates; writes `doc._.dateline_events`: one record an occasion, each field with
the words that prove it. Only occasions with a day, a venue or a place in the text are recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from ...extensions import register
from ...types import Event, Evidence
from ..dates.component import reference_day
from ..reading import Reading, reading
from .data import CEREMONIES, HYBRID, IN_PERSON, ONLINE
from .naming import edition, is_weak, series
from .parties import parties
from .parts import day_of, is_part
from .period import holiday, year_of_name
from .places import place
from .spans import Days, Line
from .topics import LISTED, NEARBY, Occasion, occasions
from .unnamed import unnamed
from .venues import venue
from .when import dateline_dates, days
from .where import Spot, address

_CLOSED = ("boilerplate", "contact", "notice")
_THEME = re.compile(
    r"\btheme[d]?\b[^“\"‘'«\n.]{0,40}?[“\"‘«']\s*([^”\"»\n]{3,160}?)[,.]?\s*[”\"»]|"
    r"\btheme[d]?\b[^“\"‘'«\n.]{0,40}?[‘']([^\n]{3,160}?)[,.]?[’'](?!\w)"
)


@Language.factory(
    "dateline_events",
    requires=["doc.ents", "token.is_sent_start"],
    assigns=["doc._.dateline_events"],
)
class Events:
    """Write the occasions of a document."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.dateline_events`."""
        doc._.dateline_events = tuple(events(doc))
        return doc


@dataclass(frozen=True, slots=True)
class _Facts:
    """What was found for one occasion."""

    occasion: Occasion
    days: Days | None
    venue: Spot | None
    place: Spot | None


def events(doc: Doc) -> Iterator[Event]:
    """Yield the occasions of `doc`, the main one among them first in the order of the text."""
    read = reading(doc)
    line = dateline_of(doc, read)
    themes = [(m.start(), m) for m in _THEME.finditer(read.text)] if "theme" in read.low else []
    closed = closed_sections(doc)
    facts = _all_facts(read, occasions(read, (), closed), line)
    if not any(one.days for one in facts):
        more = unnamed(read)
        wider = _all_facts(read, occasions(read, more, closed), line) if more else []
        facts = wider if any(one.days for one in wider) else facts
    if not facts:
        return
    ceremony = not CEREMONIES.isdisjoint(read.low)
    main = next(f for f in facts if f.occasion.is_main)
    for one in facts:
        whole = one if one is main else _inherited(read, one, main)
        if is_recorded(whole, main, ceremony):
            yield _event(read, replace(whole, days=_dated_by_name(read, whole, line.day)), themes)


def dateline_of(doc: Doc, read: Reading) -> Line:
    """Return what the dateline of a release tells."""
    release = doc._.dateline_release
    line = release.dateline if release is not None else None
    if line is None:
        day = release.published if release is not None else None
        return Line(None, day, frozenset(dateline_dates(read, None, None)))
    places = frozenset(dateline_dates(read, line.start_char, line.end_char))
    return Line(line.place, reference_day(release), places)


def _dated_by_name(read: Reading, one: _Facts, spoken: date | None) -> Days | None:
    """Return the days; without any, the holiday or the year that the name says."""
    if one.days is not None and not one.days.is_long:
        return one.days
    said = holiday(read, one.occasion, spoken) or one.days
    return said or year_of_name(read, one.occasion)


def closed_sections(doc: Doc) -> list[tuple[int, int]]:
    """Return where a release speaks of its issuer rather than of its news."""
    release = doc._.dateline_release
    sections = release.sections if release is not None else ()
    return [(s.start_char, s.end_char) for s in sections if s.kind in _CLOSED]


def _all_facts(read: Reading, found: list[Occasion], line: Line) -> list[_Facts]:
    return [_facts(read, occasion, found, line) for occasion in found]


def _facts(
    read: Reading,
    occasion: Occasion,
    found: list[Occasion],
    line: Line,
) -> _Facts:
    others = first_words_of_others(occasion, found)
    spot = venue(read, occasion, others)
    return _Facts(
        occasion,
        days(read, occasion, line, others),
        spot,
        place(read, occasion, spot, others, line.place),
    )


def first_words_of_others(occasion: Occasion, found: list[Occasion]) -> set[int]:
    """Return where the other occasions of a release are named."""
    return {m.first for o in found if o is not occasion for m in o.mentions}


def _inherited(read: Reading, one: _Facts, main: _Facts) -> _Facts:
    """A part of the main occasion, by its days or its venue, is held where that is."""
    if main.days is None:
        return replace(one, place=one.place or main.place)
    if one.days is None or one.days.is_long or one.days == main.days:
        day = day_of(read, one.occasion, main.days)
        part = not main.days.is_long and is_part(read, one.occasion, main.occasion)
        if day is None and one.days is None and not part:
            return replace(one, place=one.place or main.place)
        one = replace(one, days=day or (main.days if part else one.days))
    if not _during(one.days, main.days):
        return one
    if one.venue is None and (one.place is None or main.place is None):
        return replace(one, venue=main.venue, place=one.place or main.place)
    return replace(one, place=one.place or main.place)


def _during(part: Days | None, whole: Days) -> bool:
    last = whole.ends_on or whole.starts_on
    return part is not None and whole.starts_on <= part.starts_on <= last


def is_recorded(one: _Facts, main: _Facts, ceremony: bool) -> bool:
    """Say whether the text makes an occasion of the name: a day, a venue or a place.

    `ceremony` when the text speaks of one: a prize alone is none.
    """
    if is_weak(one.occasion.name):
        if ceremony and one.occasion.is_main and one.occasion.is_attended:
            return one.days is not None or one.venue is not None or one.place is not None
        return one.days is not None and (one.venue is not None or one.occasion.is_main)
    if one.days is None and not (one.occasion.is_gathering or one.occasion.is_attended):
        return False
    if one is main:
        named = one.place is not None and one.occasion.speaks_at(one.place.word)
        return one.days is not None or one.venue is not None or named
    return one.days is not None or one.venue is not None


def _event(read: Reading, facts: _Facts, themes: list[tuple[int, re.Match[str]]]) -> Event:
    occasion, when = facts.occasion, facts.days
    name = max(occasion.mentions, key=lambda m: m.end_char - m.start_char)
    evidence = [Evidence("name", occasion.name, name.start_char, name.end_char)]
    if when is not None:
        evidence.append(_dated("starts_on", when.starts_on, when))
        if when.ends_on is not None:
            evidence.append(_dated("ends_on", when.ends_on, when))
    mode = _mode(read, occasion)
    facts = _without_dateline(facts, mode)
    street = address(read, occasion) if facts.venue or occasion.is_main else None
    for label, spot in (("venue", facts.venue), ("place", facts.place), ("address", street)):
        if spot is not None:
            evidence.append(Evidence(label, spot.value, spot.start_char, spot.end_char))
    theme = _theme(occasion, read, themes)
    clock = _clock(read, occasion, when)
    evidence.extend(found for found in (theme, mode, clock) if found is not None)
    return Event(
        name=occasion.name,
        starts_on=when.starts_on if when else None,
        ends_on=when.ends_on if when else None,
        venue=facts.venue.value if facts.venue else None,
        place=facts.place.value if facts.place else None,
        parties=tuple(parties(read, occasion)),
        evidence=tuple(evidence),
        start_time=clock.value if clock else None,
        timezone=_timezone(read, clock),
        address=street.value if street else None,
        edition=edition(occasion.name),
        series=series(occasion.name),
        theme=theme.value if theme else None,
        mode=mode.value if mode else None,
    )


def _without_dateline(facts: _Facts, mode: Evidence | None) -> _Facts:
    """What is held online is not held in the town from which it is announced."""
    online = mode is not None and mode.value == "online" and facts.venue is None
    if facts.place is None or facts.days is None or not online:
        return facts
    said = facts.occasion.speaks_at(facts.place.word)
    return facts if said else replace(facts, place=None)


def _dated(label: str, day: date, when: Days) -> Evidence:
    mention = when.until if label == "ends_on" and when.until is not None else when.mention
    return Evidence(label, day.isoformat(), mention.start_char, mention.end_char)


def _theme(
    occasion: Occasion, read: Reading, themes: list[tuple[int, re.Match[str]]]
) -> Evidence | None:
    """The words in quotation marks after "theme" in a sentence about the occasion."""
    for start, match in themes:
        word = read.word_from(start)
        if any(
            p.first <= word < p.last and (p.weight > NEARBY or occasion.is_main)
            for p in occasion.passages
        ):
            group = 1 if match[1] else 2
            return Evidence("theme", match[group], match.start(group), match.end(group))
    return None


def _mode(read: Reading, occasion: Occasion) -> Evidence | None:
    """How one can attend; both ways make it hybrid."""
    online = person = None
    for passage in occasion.passages:
        if passage.weight < LISTED:
            continue
        for i in range(passage.first, passage.last):
            low = read.low[i]
            if low in HYBRID:
                return Evidence("mode", "hybrid", *read.span(i, i + 1))
            if low in ONLINE:
                online = online if online is not None else i
            elif low in IN_PERSON or (
                low == "person" and i >= 1 and read.low[i - 1] in ("-", "in")
            ):
                person = person if person is not None else i
    if online is not None and person is not None:
        return Evidence("mode", "hybrid", *read.span(min(online, person), max(online, person) + 1))
    if online is not None:
        return Evidence("mode", "online", *read.span(online, online + 1))
    if person is not None:
        return Evidence("mode", "in person", *read.span(person, person + 1))
    return None


def _clock(read: Reading, occasion: Occasion, when: Days | None) -> Evidence | None:
    """The time of day given with the first day, wherever that day is repeated."""
    if when is None:
        return None
    for mention in (when.mention, *read.dates):
        if mention.time is not None and mention.starts_on == when.starts_on:
            word = read.word_from(mention.start_char)
            inside = any(p.first <= word < p.last and p.weight >= LISTED for p in occasion.passages)
            if inside or mention is when.mention:
                return Evidence("start_time", mention.time, mention.start_char, mention.end_char)
    return None


def _timezone(read: Reading, clock: Evidence | None) -> str | None:
    if clock is None:
        return None
    for mention in read.dates:
        if mention.start_char == clock.start_char:
            return mention.timezone
    return None
