"""Say what kind of release it is, and which words decided.

    "Acme Appoints Jane Doe as Chief Financial Officer"  ->  ("appointment", "headline: appoints")

Weighted cue words (cues.yml) over the headline and the first paragraphs. Reads the text and
`doc._.dateline_release`; writes `doc._.dateline_kind: (kind, reason)`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

import yaml
from spacy.language import Language

from ...extensions import register
from ...types import ReleaseKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: A cue in the headline counts this many times.
HEADLINE_FACTOR = 3
#: How much of the text after the headline is read, in code points.
LEAD_CHARS = 700
#: Fewer points than this decide nothing.
THRESHOLD = 3
#: How many of the deciding words the reason names.
REASON_WORDS = 3

_DATELINE = re.compile(r"^.{0,160}?(?:--|—|–|\s-\s)\s*", re.DOTALL)


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[ReleaseKind, re.Pattern[str], tuple[int, ...]], ...]:
    """Per kind one pattern with a group for each cue, and the weight of each group."""
    raw = yaml.safe_load((files(__package__) / "cues.yml").read_text(encoding="utf-8"))
    table = []
    for kind, weights in raw.items():
        pattern = "|".join(f"({cue})" for cue in map(_without_groups, weights))
        table.append((kind, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), tuple(weights.values())))
    return tuple(table)


def _without_groups(cue: str) -> str:
    """A cue's own groups must not shift the numbering."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", cue)


def kind(headline: str, lead: str) -> tuple[ReleaseKind, str]:
    """The kind of a release with this headline and beginning, and the words that decided.

    >>> kind("Acme Reports Third Quarter Results", "")
    ('results', 'headline: third quarter')
    """
    headline, lead = headline.casefold(), lead.casefold()
    best: tuple[int, ReleaseKind, str] = (0, "other", "")
    for name, pattern, weights in _cues():
        in_headline = _score(pattern, weights, headline)
        in_lead = _score(pattern, weights, lead)
        points = HEADLINE_FACTOR * in_headline[0] + in_lead[0]
        if points > best[0]:
            best = points, name, _reason(in_headline[1], in_lead[1])
    return (best[1], best[2]) if best[0] >= THRESHOLD else ("other", "")


def _score(pattern: re.Pattern[str], weights: tuple[int, ...], text: str) -> tuple[int, list[str]]:
    """Points of the cues found in `text`, each cue once, and their words."""
    points, words, seen = 0, [], set()
    for match in pattern.finditer(text):
        cue = match.lastindex or 1
        if cue not in seen:
            seen.add(cue)
            points += weights[cue - 1]
            words.append(match.group())
    return points, words


def _reason(headline: list[str], lead: list[str]) -> str:
    parts = []
    if headline:
        parts.append("headline: " + ", ".join(headline[:REASON_WORDS]))
    if lead:
        parts.append("lead: " + ", ".join(lead[:REASON_WORDS]))
    return "; ".join(parts)


def headline_and_lead(doc: Doc) -> tuple[str, str]:
    """The headline and what follows it, without the dateline."""
    text = doc.text
    release = doc._.dateline_release
    headline, _, rest = text.partition("\n\n")
    if release is not None and release.title:
        headline = release.title
        rest = text[len(headline) :] if text.startswith(headline) else text
    lead = rest.strip()
    if release is not None and release.dateline is not None:
        lead = text[release.dateline.end_char :].strip()
    else:
        lead = _DATELINE.sub("", lead, count=1) if _DATELINE.match(lead[:160]) else lead
    return headline, lead[:LEAD_CHARS]


@Language.factory("dateline_kind", assigns=["doc._.dateline_kind"])
class Kind:
    """Store the kind of a release in `doc._.dateline_kind`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        register()

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.dateline_kind: tuple[str, str]`."""
        doc._.dateline_kind = cast("tuple[str, str]", kind(*headline_and_lead(doc)))
        return doc
