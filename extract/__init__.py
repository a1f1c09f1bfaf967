"""From `Release` to `Extraction`, with spaCy.

    nlp = extract.load()
    for extraction in extract.extract(releases, nlp): ...

Importing this package is cheap; spaCy is imported by `load`.
"""

from .errors import ExtractError, ModelMissing
from .pipeline import extract, load, load_for

__all__ = ["ExtractError", "ModelMissing", "extract", "load", "load_for"]
