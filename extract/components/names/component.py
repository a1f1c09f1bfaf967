"""Turn what the recogniser found into mentions that share one name for one thing.

doc.ents  ->  doc.ents (repaired), doc._.dateline_mentions
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from ...extensions import register
from ...types import LABEL_KINDS, Mention


@Language.factory(
    "dateline_names",
    requires=["doc.ents"],
    assigns=["doc.ents", "doc._.dateline_mentions"],
    default_config={},
)
class Names:
    """Apply the rules and write the mentions."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.dateline_mentions`."""
        doc._.dateline_mentions = tuple(
            Mention(
                LABEL_KINDS[ent.label_],
                ent.start_char,
                ent.end_char,
                ent.text,
                ent.text,
                "recogniser",
                0.8,
            )
            for ent in doc.ents
            if ent.label_ in LABEL_KINDS
        )
        return doc
