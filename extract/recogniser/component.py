"""The spaCy component `dateline_encoder`: names by a small transformer, without torch.

Doc with sentence starts  ->  doc.ents (OntoNotes labels: PERSON, ORG, GPE, FAC, EVENT, DATE)
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from .fast import load_fast
from .words import LABELS


@Language.factory("dateline_encoder", assigns=["doc.ents"])
class EncoderComponent:
    """Set `doc.ents`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.version = "0"
        self._fast = load_fast()

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents` of one document."""
        words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
        found = self._fast(Doc(self._fast.vocab, words=words, spaces=spaces))
        doc.ents = [
            Span(doc, e.start, e.end, label=e.label_) for e in found.ents if e.label_ in LABELS
        ]
        return doc
