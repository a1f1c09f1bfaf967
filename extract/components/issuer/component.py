"""Find the organisation whose news a release is.

Reads words, names, quotations and the release's own statement; writes `doc._.dateline_issuer`.

Every organisation of the text gets points for its signs: whom the page or the "About" paragraph
names, who announces in the lead, who opens the headline, who speaks. The most points win.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from ...extensions import register
from ..reading import reading
from .signs import DATA, is_wire, signs

__all__ = ["POINTS", "Issuer", "is_wire", "issuer", "points"]

POINTS: dict[str, float] = DATA["points"]


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
    found = signs(doc)
    if found:
        return max(found, key=lambda name: points(found[name]))
    read = reading(doc)
    for name in read.names:
        if name.kind in ("event", "venue") and read.paragraph[name.first] == 0:
            return name.name
    return None


def points(seen: dict[str, float]) -> float:
    """Return the points of an organisation's signs."""
    return sum(POINTS[sign] * value for sign, value in seen.items())
