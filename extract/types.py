"""The values that leave `extract/`: facts with the words that prove them.

Offsets are 0-based, end-exclusive code points into `Release.text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingest.types import Problem

MentionKind = Literal["person", "organisation", "place", "venue", "event"]
Precision = Literal["day", "month", "quarter", "season", "half", "year", "decade", "range"]
PartyRole = Literal[
    "host",
    "organiser",
    "co-organiser",
    "sponsor",
    "supporter",
    "speaker",
    "exhibitor",
    "participant",
]
ReleaseKind = Literal[
    "event",
    "appointment",
    "product",
    "partnership",
    "results",
    "award",
    "research",
    "policy",
    "other",
]

#: Labels of spaCy models (OntoNotes scheme and the WikiNER scheme) and the kind each stands for.
#: DATE is not here: dates become `DateMention`s.
LABEL_KINDS: dict[str, MentionKind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "venue",
    "EVENT": "event",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a name. `text` is the words; `name` the document-level full name.

    All mentions of one thing in a release share `kind` and `name`. `method` names the recogniser
    or rule that made or last changed the span; `score` is a calibrated probability in 0..1.
    """

    kind: MentionKind
    start_char: int
    end_char: int
    text: str
    name: str
    method: str
    score: float


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression and the days it denotes, both ends inclusive.

    `starts_on`/`ends_on` are None when the expression has no reference to resolve against.
    `time` is the local time of day given beside it ("09:30"), `timezone` its zone as written
    ("EDT", "GMT+8"); None when absent.
    """

    start_char: int
    end_char: int
    text: str
    starts_on: date | None
    ends_on: date | None
    precision: Precision
    time: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """`person` and `organisation` are document-level full names (`Mention.name`).

    The span is the evidence: the words from which the three were read.
    """

    person: str
    title: str
    organisation: str | None
    former: bool
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A direct quotation; the span is the words inside the marks.

    `speaker` is a document-level full name or None; `cue` the reporting word ("said"), None when
    the shape has none.
    """

    start_char: int
    end_char: int
    text: str
    speaker: str | None
    cue: str | None


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part in an event, in which role, and where the text says so."""

    name: str
    kind: MentionKind
    role: PartyRole
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that prove one field of an event: `field` (name, starts_on, venue, …), `value`."""

    field: str
    value: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Event:
    """One announced occasion. Names are document-level full names.

    `mode` is "in person", "online", "hybrid" or None. `edition` is the ordinal as a number
    ("16th Annual" -> 16), `series` the name without edition and year.
    """

    name: str
    starts_on: date | None
    ends_on: date | None
    venue: str | None
    place: str | None
    parties: tuple[Party, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    start_time: str | None = None
    timezone: str | None = None
    address: str | None = None
    edition: int | None = None
    series: str | None = None
    theme: str | None = None
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A press contact from a contact block. Absent parts are None."""

    name: str | None
    organisation: str | None
    email: str | None
    phone: str | None
    start_char: int
    end_char: int
    web: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted fact: "over 130 exhibitors" -> value 130, unit "exhibitors", qualifier "over"."""

    value: float
    unit: str
    text: str
    start_char: int
    end_char: int
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one release. `extractor` names pipeline and version.

    `issuer` is the document-level full name of the issuing organisation or None;
    `kind_reason` the words or rule that decided `kind`.
    """

    release_uid: str
    extractor: str
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    roles: tuple[Role, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    contacts: tuple[Contact, ...] = ()
    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = ()
    issuer: str | None = None
    kind: ReleaseKind = "other"
    kind_reason: str = ""
