"""Mark where sentences start: after a paragraph break, or after an end mark.

    Doc  ->  token.is_sent_start on every token

No sentence crosses a paragraph, so that no name found later does. Costs a hundredth of a parser.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from ..recogniser.words import outline

#: spaCy's values of SENT_START: opens a sentence, does not.
OPENS, WITHIN = np.int64(1), np.int64(-1)


@Language.factory("dateline_sentences", assigns=["token.is_sent_start", "doc.sents"])
class Sentences:
    """Set sentence starts from line breaks and punctuation."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Write `token.is_sent_start`; white space belongs to the sentence before it."""
        opens = np.full((len(doc), 1), WITHIN)
        words = outline(doc)
        opens[words.tokens, 0] = np.where(words.starts, OPENS, WITHIN)
        opens[:1] = OPENS
        # In one go: setting token by token asks the whole document for a parse each time.
        values: Any = opens.astype(np.uint64)
        doc.from_array([SENT_START], values)
        return doc
