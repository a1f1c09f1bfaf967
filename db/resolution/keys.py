"""The things one release names, each with the key that identifies it.

    Release + Extraction  ->  {(kind, name): Thing}

Pure: nothing but the release decides, so keys do not depend on what was stored before. Two things
with one `Identity` are the same in every release; which identities belong together beyond that is
decided by `rules`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extract.types import Event, Extraction, Mention, MentionKind
from ingest.types import Release

from .gazetteer import Context, Place, areas, choose, named_areas, places
from .names import (
    PERIOD_DAYS,
    event_name,
    fold,
    is_acronym_of,
    is_corporate_title,
    is_generic_event,
    organisation_block,
)
from .names import person_name as parse_person

#: A place this close behind a venue says where the venue is ("the Lyric Hall in Leeds").
MAX_VENUE_GAP = 30
#: An organisation this many characters from a person, in one paragraph, may be theirs.
MAX_BESIDE = 60

_BESIDE = re.compile(r",\s*\(?|\s\(")
Key = tuple[MentionKind, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """`block` is what the thing is looked up by, `evidence` what tells it from its namesakes.

    Degrees and ISO country of places and, the country only, of venues; None for the rest.
    """

    kind: MentionKind
    block: str
    evidence: str
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """All that a release says under one kind and full name.

    `surfaces` are the distinct wordings with their number of mentions; `reason` says how the name
    was read; `acronyms` are short forms that the release spells out.
    """

    kind: MentionKind
    name: str
    identity: Identity
    reason: str
    surfaces: tuple[tuple[str, int], ...]
    acronyms: tuple[str, ...] = ()


def things(release: Release, extraction: Extraction) -> dict[Key, Thing]:
    """Every thing named in a release, in order of first appearance."""
    surfaces = _surfaces(extraction, issuer_name(release, extraction))
    read = _Places(release, extraction.mentions, [n for k, n in surfaces if k == "place"])
    support = _person_support(release, extraction, surfaces)
    found: dict[Key, Thing] = {}
    for (kind, name), words in surfaces.items():
        acronyms: tuple[str, ...] = ()
        reason = "the name"
        if kind == "organisation":
            identity = Identity(kind, _key(organisation_block(name), name), fold(name))
            acronyms = tuple(sorted({fold(word) for word in words if is_acronym_of(word, name)}))
        elif kind == "person":
            person = parse_person(name)
            tokens = sorted(support.get(name, ()))
            identity = Identity(kind, _key(person.block, name), "|".join([person.form, *tokens]))
            reason = f"the name, with {', '.join(tokens)}" if tokens else "the name alone"
        elif kind == "place":
            identity, reason = read.identity(name)
        elif kind == "venue":
            identity, reason = _venue(name, read, extraction)
        else:
            identity, reason = _event(name, release, extraction)
        found[kind, name] = Thing(kind, name, identity, reason, tuple(words.items()), acronyms)
    return found


def _key(folded: str, name: str) -> str:
    """A block; a name of punctuation only folds to nothing and stays as it is, on one line."""
    return folded or " ".join(name.split())


def issuer_name(release: Release, extraction: Extraction) -> str | None:
    """Who issues the release: as extraction found it, else as the page says."""
    return extraction.issuer or release.issuer


def _surfaces(extraction: Extraction, issuer: str | None) -> dict[Key, Counter[str]]:
    """Names and their wordings; names that only roles, quotes or events use have no wordings."""
    found: dict[Key, Counter[str]] = {}
    for mention in extraction.mentions:
        found.setdefault((mention.kind, mention.name), Counter())[mention.text] += 1
    for key in _names_of_facts(extraction, found, issuer):
        found.setdefault(key, Counter())
    return found


def _names_of_facts(
    extraction: Extraction, known: Mapping[Key, object], issuer: str | None
) -> Iterator[Key]:
    for role in extraction.roles:
        yield "person", role.person
        if role.organisation:
            yield "organisation", role.organisation
    for quote in extraction.quotes:
        if quote.speaker:
            yield speaker_key(quote.speaker, known)
    for event in extraction.events:
        yield "event", event.name
        if event.venue:
            yield "venue", event.venue
        if event.place:
            yield "place", event.place
        for party in event.parties:
            yield party.kind, party.name
    if issuer:
        yield issuer_key(issuer, known)


def speaker_key(name: str, known: Mapping[Key, object]) -> Key:
    """Who speaks: a person unless the release knows the name only as an organisation."""
    if ("person", name) not in known and ("organisation", name) in known:
        return "organisation", name
    return "person", name


def issuer_key(name: str, known: Mapping[Key, object]) -> Key:
    """Who issues: an organisation unless the release knows the name only as something else."""
    kinds: tuple[MentionKind, ...] = ("organisation", "person", "venue", "event", "place")
    return next(((kind, name) for kind in kinds if (kind, name) in known), ("organisation", name))


def _person_support(
    release: Release, extraction: Extraction, surfaces: Mapping[Key, Counter[str]]
) -> dict[str, set[str]]:
    """What ties a person to namesakes in other releases.

    `at ORGANISATION` and `as TITLE` come from roles; a corporate title without an organisation is
    held at the issuer ("CEO Jane Doe said"). A person may have a role that this release does not
    tell, or tells wrongly: `near ORGANISATION` names the organisations beside the name, the one
    most spoken of, and the issuer.
    """
    name = issuer_name(release, extraction)
    issuer = organisation_block(name) if name else ""
    support: dict[str, set[str]] = {n: set() for kind, n in surfaces if kind == "person"}
    for role in extraction.roles:
        tokens = support[role.person]
        title = fold(role.title)
        if role.organisation:
            tokens.add(f"at {organisation_block(role.organisation)}")
            if title and not is_corporate_title(role.title):
                tokens.add(f"as {title}")
        elif is_corporate_title(role.title):
            if issuer:
                tokens.add(f"at {issuer}")
        elif title:
            tokens.add(f"as {title}")
    nearby = _nearby(release, extraction.mentions)
    for person, tokens in support.items():
        blocks = nearby[person] | ({issuer} if issuer and f"at {issuer}" not in tokens else set())
        tokens |= {f"near {block}" for block in blocks if f"at {block}" not in tokens}
    return support


def _nearby(release: Release, mentions: tuple[Mention, ...]) -> dict[str, set[str]]:
    """The organisations beside each person: in the same words, and the one most spoken of."""
    firms = [(m.start_char, m.end_char, m.name) for m in mentions if m.kind == "organisation"]
    counts = Counter(name for _, _, name in firms)
    most = sorted(counts, key=lambda name: (-counts[name], name))[:1]
    found: dict[str, set[str]] = defaultdict(lambda: {organisation_block(name) for name in most})
    for person in mentions:
        if person.kind != "person":
            continue
        for start, end, name in firms:
            first, last = min(end, person.end_char), max(start, person.start_char)
            if last - first <= MAX_BESIDE and "\n" not in release.text[first:last]:
                found[person.name].add(organisation_block(name))
    return found


class _Places:
    """The place names of one release, read in the light of each other."""

    def __init__(self, release: Release, mentions: tuple[Mention, ...], names: list[str]) -> None:
        self.text = release.text
        self.spans = sorted(
            (m.start_char, m.end_char, m.name) for m in mentions if m.kind == "place"
        )
        self.beside: dict[str, set[str]] = defaultdict(set)
        self.within: dict[str, set[str]] = defaultdict(set)
        for (_, end, name), (start, _, following) in zip(self.spans, self.spans[1:], strict=False):
            if 0 < start - end <= 4 and _BESIDE.fullmatch(self.text[end:start]):
                self.beside[name] |= _areas_of(following)
                self.within[following].update(*(areas(p) for p in places(name)))
        self.named = {name: _areas_of(name) for name in names}
        self.dateline = _dateline_areas(release.dateline.place if release.dateline else None)
        self.read: dict[str, tuple[Place, str] | None] = {}

    def place(self, name: str) -> tuple[Place, str] | None:
        if name not in self.read:
            others = (found for other, found in self.named.items() if other != name)
            self.read[name] = choose(
                name,
                Context(
                    frozenset(self.beside.get(name, ())),
                    frozenset(self.within.get(name, ())),
                    self.dateline,
                    frozenset().union(*others),
                ),
            )
        return self.read[name]

    def identity(self, name: str) -> tuple[Identity, str]:
        found = self.place(name)
        if found is None:
            block = f"name:{_key(fold(name), name)}"
            return Identity("place", block, fold(name)), "not in the gazetteer"
        place, reason = found
        return (
            Identity(
                "place", place.key, fold(name), place.latitude, place.longitude, place.country
            ),
            f"{place.name}, {place.region or place.country}: {reason}",
        )

    def after(self, end: int) -> str | None:
        """The place named right behind an offset, in the same sentence."""
        for start, _, name in self.spans:
            if end <= start <= end + MAX_VENUE_GAP and not re.search(
                r"[.!?]\s|\n", self.text[end:start]
            ):
                return name
        return None


@lru_cache(maxsize=16_384)
def _areas_of(name: str) -> frozenset[str]:
    return named_areas([name])


@lru_cache(maxsize=16_384)
def _dateline_areas(place: str | None) -> frozenset[str]:
    """Country and state of a dateline's place: "COLUMBUS, Ohio" gives {"US", "US-OH"}."""
    if not place:
        return frozenset()
    first, *rest = [part.strip() for part in place.split(",")]
    outer = named_areas(rest)
    found = choose(first, Context(beside=outer))
    return outer | (areas(found[0]) if found else frozenset())


def _venue(name: str, read: _Places, extraction: Extraction) -> tuple[Identity, str]:
    """A venue is told from its namesakes by its city; without one it has the name alone."""
    towns = [event.place for event in extraction.events if event.venue == name and event.place]
    if not towns:
        spans = (m for m in extraction.mentions if m.kind == "venue" and m.name == name)
        towns = [town for m in spans if (town := read.after(m.end_char))]
    for town in towns:
        found = read.place(town)
        if found and found[0].level == "city":
            place = found[0]
            block = _key(fold(name), name)
            identity = Identity("venue", block, place.key, country=place.country)
            return identity, f"the name, in {place.name}"
    return Identity("venue", _key(fold(name), name), ""), "the name alone"


def _event(name: str, release: Release, extraction: Extraction) -> tuple[Identity, str]:
    """An event is told from others of its series by edition, year and first day.

    One that has none of them is taken to be of the year in which it is spoken of; a month or a
    longer period says the year alone. A name that anyone's event may have ("Grand Opening") is
    that of the issuer's.
    """
    parsed = event_name(name)
    told = next((event for event in extraction.events if event.name == name), None)
    edition = (told.edition if told else None) or parsed.edition
    starts_on = told.starts_on if told else None
    spoken = release.published or (release.dateline.date if release.dateline else None)
    if told is not None and starts_on is not None and _is_period(told):
        spoken, starts_on = starts_on, None
    weak = f"~{spoken.year}" if spoken and not (edition or parsed.year or starts_on) else ""
    parts = [
        str(edition or ""),
        str(parsed.year or ""),
        starts_on.isoformat() if starts_on else "",
        weak,
    ]
    said = [part for part in parts if part]
    block = _key(parsed.series, name)
    reason = f"the series, with {', '.join(said)}" if said else "the name alone"
    issuer = issuer_name(release, extraction)
    if issuer and is_generic_event(parsed.series):
        block = f"{block} of {organisation_block(issuer)}"
        reason += f", of {issuer}"
    return Identity("event", block, "|".join(parts)), reason


def _is_period(event: Event) -> bool:
    """Whether the days are a month or more in which it is, not the days on which it is."""
    starts_on, ends_on = event.starts_on, event.ends_on
    return bool(starts_on and ends_on and (ends_on - starts_on).days >= PERIOD_DAYS)
