"""Headlines in capitals, for cased models."""

import pytest
import spacy

from extract.components.truecase import is_shouted, paragraphs, usual_cases


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("ACME OPENS NEW PLANT IN OHIO", True),
        ("ACME Opens New Plant in Ohio", False),
        ("IBM AND SAP", True),
        ("IBM", False),
        ("", False),
    ],
)
def test_is_shouted(text, shouted):
    doc = spacy.blank("en")(text)
    assert is_shouted(doc[:]) is shouted


def test_words_take_the_case_of_the_body():
    doc = spacy.blank("en")("ACME OPENS PLANT\n\nAcme opens the plant of eBay.")
    lines = list(paragraphs(doc))
    cases = usual_cases(doc, lines[:1])
    assert [cases.get(t.lower_) for t in doc[:3]] == ["Acme", "opens", "plant"]
    assert cases["ebay"] == "eBay"


def test_the_fast_pipeline_finds_names_in_a_shouted_headline(fast):
    doc = fast(
        "PRIYA RAMAN JOINS HARBOUR ROBOTICS IN OHIO\n\n"
        "COLUMBUS, Ohio – Harbour Robotics Inc. said that Priya Raman joined the company."
    )
    title = doc.text.index("\n")
    names = {m.name for m in doc._.dateline_mentions if m.end_char <= title}
    assert {"Priya Raman", "Ohio"} <= names
