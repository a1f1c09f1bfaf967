"""Who issues the release, as far as its text and page tell.

A first guess on the words alone; the extractor's `dateline_issuer` refines it with recognised
names. None rather than a wire: a wire carries the news, it does not make it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..types import Witness
from .parts import Part
from .words import is_wire

_SOURCE = re.compile(r"(?:SOURCE|Source)\s?:?\s+(?P<name>[^\W\d_][^\n]{1,80}?)\s*$", re.MULTILINE)
_NAME = re.compile(
    r"(?:The |the )?(?P<name>[A-Z0-9][\w&.’'®™-]*(?:,? (?:(?:of|for|and|the|de|&|in|on|at) ){0,2}[A-Z0-9(&][\w&.’'®™-]*){0,9})"
)


def guess(
    parts: Sequence[Part], title: str, witnesses: Sequence[Witness], sender: str | None
) -> str | None:
    """The issuing organisation's name as written, or None."""
    for witness in witnesses:
        if witness.field == "issuer" and not is_wire(witness.value):
            return witness.value
    if sender:
        return sender
    for part in parts[-12:]:
        match = _SOURCE.match(part.text)
        if match and not is_wire(match["name"]):
            return match["name"]
    abouts = [
        part.organisation for part in parts if part.kind == "boilerplate" and part.organisation
    ]
    lead = " ".join(part.text for part in parts if part.kind == "body")[:600]
    for name in abouts:
        if name.casefold() in title.casefold():
            return name
    for name in abouts:
        if name.casefold() in lead.casefold():
            return name
    return abouts[0] if abouts else None
