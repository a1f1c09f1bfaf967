"""The four components of facts stand in one pipeline and say what they need and write."""

from __future__ import annotations

import time

import spacy

from extract.components import events, issuer, quotes, roles, sentences
from extract.extensions import register
from extract.types import Mention
from tests.extract.marked import marked


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


def test_an_endless_sentence_is_read_in_pieces() -> None:
    """Once quadratic: 1½ minutes for this text instead of a fraction of a second."""
    unit = (
        "CEO [Ana Ruiz|PERSON] of [Acme|ORG] said “we do like the bread very much,” at the"
        " [Bread Fair|EVENT] on [May 3|DATE=2024-05-03] hosted by [Acme|ORG] in [Halden|GPE] "
    )
    doc = marked(unit * 600)
    started = time.process_time()
    assert len(list(quotes.quotes(doc))) == 600
    assert [r.title for r in roles.roles(doc)] == ["CEO"]
    assert [e.name for e in events.events(doc)] == ["Bread Fair"]
    assert time.process_time() - started < 20  # seconds; takes well under one
