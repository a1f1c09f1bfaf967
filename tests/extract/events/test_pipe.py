"""The four components of facts stand in one pipeline and say what they need and write."""

from __future__ import annotations

import spacy

from extract.components import events, issuer, quotes, roles, sentences
from extract.extensions import register
from extract.types import Mention


def test_pipeline_has_no_problems_and_writes_every_fact() -> None:
    assert all((events, issuer, quotes, roles, sentences))
    register()
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    nlp.add_pipe("dateline_sentences", first=True)
    for name in ("quotes", "roles", "issuer", "events"):
        nlp.add_pipe(f"dateline_{name}")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "PERSON", "pattern": "Ana Ruiz"},
            {"label": "ORG", "pattern": "Acme"},
            {"label": "EVENT", "pattern": "Bread Fair"},
            {"label": "FAC", "pattern": "Grain Hall"},
        ]
    )
    assert not any(nlp.analyze_pipes()["problems"].values())
    doc = nlp("The Bread Fair is held at Grain Hall. “Come all,” said Ana Ruiz, CEO of Acme.")
    assert [q.speaker for q in doc._.dateline_quotes] == ["Ana Ruiz"]
    assert [(r.title, r.organisation) for r in doc._.dateline_roles] == [("CEO", "Acme")]
    assert doc._.dateline_issuer == "Acme"
    assert [e.venue for e in doc._.dateline_events] == ["Grain Hall"]


def test_mentions_give_the_full_names_when_they_are_there() -> None:
    register()
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline_sentences")
    doc = nlp("“Come all,” said Ruiz.")
    doc._.dateline_mentions = (Mention("person", 17, 21, "Ruiz", "Ana Ruiz", "test", 1.0),)
    assert [q.speaker for q in quotes.quotes(doc)] == ["Ana Ruiz"]
