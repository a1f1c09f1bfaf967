"""Docs travel between processes with what was found in them."""

from datetime import date

import pytest
import spacy
from spacy.tokens import Doc

from extract.extensions import register
from extract.types import DateMention, Event, Evidence, Mention

VALUES = [
    Mention("person", 0, 3, "Ana", "Ana Cruz", "recogniser", 0.9),
    DateMention(0, 3, "May", date(2025, 5, 1), date(2025, 5, 31), "month"),
    Event("Fair", date(2025, 5, 1), None, None, None, (), (Evidence("name", "Fair", 0, 4),)),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda v: type(v).__name__)
def test_a_value_survives(value):
    register()
    nlp = spacy.blank("en")
    doc = nlp("Ana")
    doc._.dateline_mentions = (value,)
    copy = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert list(copy._.dateline_mentions) == [value]


def test_two_processes_find_what_one_finds(nlp):
    texts = ["Priya Raman moved to Lyon on May 3, 2025.", "Tomas Lindqvist stayed in Ohio."] * 3
    alone = [doc._.dateline_mentions for doc in nlp.pipe(texts)]
    together = [tuple(d._.dateline_mentions) for d in nlp.pipe(texts, n_process=2, batch_size=2)]
    assert together == alone
