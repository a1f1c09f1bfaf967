"""The extensions that the components write, registered once.

Each Doc extension holds a tuple of the values of `extract.types` (see docs/architecture.md); the
release that a Doc was made from is `doc._.dateline_release`, None for a bare text.
`span._.dateline_score` is how sure the recogniser is of a name, None when it does not say.
"""

from __future__ import annotations

EXTENSIONS: dict[str, object] = {
    "dateline_release": None,
    "dateline_mentions": (),
    "dateline_dates": (),
    "dateline_figures": (),
    "dateline_quotes": (),
    "dateline_roles": (),
    "dateline_contacts": (),
    "dateline_issuer": None,
    "dateline_events": (),
    "dateline_kind": ("other", ""),
}


def register() -> None:
    """Make every extension known to spaCy; harmless when called again."""
    from spacy.tokens import Doc, Span

    from . import serialise

    serialise.register()
    if not Span.has_extension("dateline_score"):
        Span.set_extension("dateline_score", default=None)
    for name, default in EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
