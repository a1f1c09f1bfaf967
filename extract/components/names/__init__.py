"""Names of a document, made consistent: `doc.ents` in, `doc._.dateline_mentions` out."""

from .component import Names

__all__ = ["Names"]
