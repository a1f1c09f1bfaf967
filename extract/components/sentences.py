"""Mark where sentences start: after a paragraph break, or after an end mark.

    Doc  ->  token.is_sent_start on every token

No sentence crosses a paragraph, so that no name found later does. Costs a hundredth of a parser.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from ..recogniser.words import outline


@Language.factory("dateline_sentences", assigns=["token.is_sent_start", "doc.sents"])
class Sentences:
    """Set sentence starts from line breaks and punctuation."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Write `token.is_sent_start`; white space belongs to the sentence before it."""
        opens = [False] * len(doc)
        words = outline(doc)
        for i, starts in zip(words.tokens, words.starts, strict=True):
            opens[i] = starts
        for token in doc:
            token.is_sent_start = opens[token.i] or token.i == 0
        return doc
