"""Find the organisation whose news a release is.

Reads words, names and the release's own statement; writes `doc._.dateline_issuer`.

Every organisation of the text gets points for where it stands: whom the page or the "About"
paragraph names, who announces in the lead, who opens the headline. The best wins.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from rapidfuzz import fuzz
from spacy.language import Language
from spacy.tokens import Doc

from ...extensions import register
from ..reading import Name, Reading, load_words, reading

_DATA = load_words(Path(__file__).with_name("issuer.yml"))
ANNOUNCING = frozenset(_DATA["announcing"].split())
WIRES = tuple(_DATA["wires"])
POINTS: dict[str, float] = _DATA["points"]
#: Likeness (0..100) above which the page's statement is an organisation of the text.
ALIKE = 88


@Language.factory("dateline_issuer", requires=["doc.ents"], assigns=["doc._.dateline_issuer"])
class Issuer:
    """Write the issuer of a document."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.dateline_issuer`."""
        doc._.dateline_issuer = issuer(doc)
        return doc


def issuer(doc: Doc) -> str | None:
    """Return the full name of the organisation that issues the release; None when none is named."""
    read = reading(doc)
    points: dict[str, float] = defaultdict(float)
    release = doc._.dateline_release
    organisations = [n for n in read.names if n.kind == "organisation" and not is_wire(n.name)]
    if release is not None and release.issuer:
        stated = _same(release.issuer, organisations)
        if stated is not None:
            points[stated] += POINTS["stated"]
    for name in organisations:
        points[name.name] += POINTS["mention"] + _place_points(read, name)
    for name in _leads(read):
        points[name.name] += POINTS["lead"]
    if not points:
        for name in read.names:
            if name.kind in ("event", "venue") and read.paragraph[name.first] == 0:
                return name.name
        return None
    return max(points, key=lambda name: points[name])


def is_wire(name: str) -> bool:
    """Say whether an organisation is a newswire or a platform: it carries news of others."""
    low = name.lower()
    return any(wire in low for wire in WIRES)


def _same(stated: str, organisations: list[Name]) -> str | None:
    best, score = None, float(ALIKE)
    for name in organisations:
        likeness = fuzz.token_set_ratio(stated.lower(), name.name.lower())
        if likeness > score or (likeness == score and best is None):
            best, score = name.name, likeness
    return best


def _place_points(read: Reading, name: Name) -> float:
    """Points for one mention: in the headline, in "About X", beside "media contact"."""
    points = 0.0
    if read.paragraph[name.first] == 0:
        points += POINTS["headline"]
        if name.first <= 1:
            points += POINTS["headline_first"]
    before = name.first - 1
    if before >= 0 and read.low[before] == "the":
        before -= 1
    if before >= 0 and read.words[before] in ("About", "ABOUT"):
        at_start = read.paragraph_start(before) == before
        points += POINTS["about"] if at_start else POINTS["about_inside"]
    if name.last < len(read) and read.words[name.last] == "(" and name.last + 1 < len(read):
        exchange = read.low[name.last + 1]
        if exchange in (
            "nasdaq",
            "nyse",
            "tsx",
            "tsxv",
            "otc",
            "otcqb",
            "otcqx",
            "lse",
            "asx",
            "cse",
        ):
            points += POINTS["ticker"]
    return points


def _leads(read: Reading) -> list[Name]:
    """Return the subjects of the lead: the first organisation after the dateline that announces."""
    found: list[Name] = []
    last = -1
    for i, low in enumerate(read.low):
        if len(found) >= 2 or read.paragraph[i] > 14:
            break
        if low in ANNOUNCING and read.name_at[i] == -1 and read.paragraph[i] > 0:
            start = read.sentence_start(i)
            if start == last:
                continue
            last = start
            subject = _first_organisation(read, start, i)
            if subject is not None:
                found.append(subject)
    return found[:1]


def _first_organisation(read: Reading, start: int, end: int) -> Name | None:
    for i in range(start, end):
        name = read.name_of(i)
        if name is not None and name.kind == "organisation" and not is_wire(name.name):
            return name
    return None
