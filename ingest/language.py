"""Which language a text is in, as an ISO 639-1 code, or None when that is not sure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

#: Less text than this (characters) is too little to tell.
MIN_CHARS = 40
#: More adds nothing but time.
MAX_CHARS = 2_000
#: The best language must be this sure by itself, or this sure with a witness that agrees.
MIN_PROBABILITY = 0.9
MIN_WITH_WITNESS = 0.2

_CODE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{2,8})*$")
_NOISE = re.compile(r"https?://\S{1,500}|\S{1,100}@\S{1,100}|\d+")


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language(text: str, witness: str | None = None) -> str | None:
    """Return the language of `text`; `witness` is what the document says of itself ("en-GB").

    The text decides; the witness settles doubt, and speaks alone for texts too short to tell.

    >>> language("Der Vorstand hat heute die Zahlen für das dritte Quartal vorgestellt.")
    'de'
    >>> language("Acme", "en-GB"), language("Acme")
    ('en', None)
    """
    said = code(witness)
    sample = _NOISE.sub(" ", text[: 2 * MAX_CHARS])[:MAX_CHARS]
    if sum(map(str.isalpha, sample)) < MIN_CHARS:
        return said
    ranked = _identifier().rank(sample)
    best, probability = ranked[0]
    if probability >= MIN_PROBABILITY and len(best) == 2:
        return str(best)
    if said and dict(ranked).get(said, 0.0) >= MIN_WITH_WITNESS:
        return said
    return None


def code(witness: str | None) -> str | None:
    """
    >>> code("en_US"), code("deu"), code("x-default")
    ('en', None, None)
    """
    found = _CODE.match((witness or "").strip())
    return found[1].lower() if found else None
