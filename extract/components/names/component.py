"""The spaCy component `dateline_names`: names of a document, repaired and made consistent.

    doc.ents (OntoNotes or WikiNER labels)  ->  doc.ents (repaired), doc._.dateline_mentions

Works behind any recogniser. Each rule has a name, which a mention that it made or changed keeps
as its `method`; `rules` in the configuration says which are used, in which order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from ...extensions import register
from ...types import LABEL_KINDS, Mention
from . import consistency, edges, gazetteer, heads, linking, occasions
from .calibration import calibrated
from .candidates import KIND_LABELS, Candidate, Text, candidates, settled

Rule = Callable[[Text, list[Candidate]], list[Candidate]]

RULES: dict[str, Rule] = {
    "paragraph": edges.paragraphs,
    "bracket": edges.brackets,
    "split": edges.splits,
    "list": edges.lists,
    "contact-line": edges.labels,
    "edge": edges.edges,
    "extend": edges.repairs,
    "doubtful": edges.doubtful,
    "occasion": occasions.occasions,
    "gazetteer": gazetteer.gazetteer,
    "demonym": gazetteer.demonyms,
    "head": heads.heads,
    "acronym": consistency.acronyms,
    "one-kind": consistency.one_kind,
    "whole-name": consistency.whole_names,
    "propagation": consistency.propagated,
    "known-name": gazetteer.known_names,
    "linking": linking.linked,
}


@Language.factory(
    "dateline_names",
    requires=["doc.ents"],
    assigns=["doc.ents", "doc._.dateline_mentions"],
    default_config={"rules": list(RULES)},
)
class Names:
    """Apply the rules; write `doc.ents` and `doc._.dateline_mentions`."""

    def __init__(self, nlp: Language, name: str, rules: Sequence[str] = tuple(RULES)) -> None:
        register()
        unknown = set(rules) - set(RULES)
        if unknown:
            raise ValueError(f"{name}: no such rules: {sorted(unknown)}; there are {list(RULES)}")
        self.name = name
        self.rules = tuple(rules)

    def __call__(self, doc: Doc) -> Doc:
        """Repair the names of one document."""
        text = Text(doc)
        found = candidates(doc, "recogniser")
        for rule in self.rules:
            found = settled(RULES[rule](text, found), text)
        others = [e for e in doc.ents if e.label_ not in LABEL_KINDS]
        spans = [Span(doc, c.start, c.end, label=KIND_LABELS[c.kind]) for c in found]
        for span, c in zip(spans, found, strict=True):
            span._.dateline_score = c.score
        doc.ents = [*others, *spans]
        doc._.dateline_mentions = tuple(
            _mention(span, c) for span, c in zip(spans, found, strict=True)
        )
        return doc


def _mention(span: Span, c: Candidate) -> Mention:
    name = c.name or " ".join(span.text.split())
    score = calibrated(c.method, c.score)
    return Mention(c.kind, span.start_char, span.end_char, span.text, name, c.method, score)
