"""Counted facts: value, unit, qualifier, and what is none."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extract.components.dates import dates
from extract.components.figures import Figures, figures
from extract.types import Figure

NLP = spacy.blank("en")


def read(text: str) -> list[Figure]:
    doc = NLP.make_doc(text)
    return list(figures(doc, dates(doc, date(2025, 9, 10))))


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier", "words"),
    [
        ("It has eleven special sub-forums.", 11, "sub-forums", None, "eleven special sub-forums"),
        ("It has over 130 exhibitors.", 130, "exhibitors", "over", "over 130 exhibitors"),
        ("It drew more than 20,000 visitors.", 20000, "visitors", "more than", None),
        ("on more than 20,000 square metres", 20000, "square metres", "more than", None),
        ("raised $1.2 billion in cash", 1.2e9, "USD", None, "$1.2 billion"),
        ("raised €3.4m in cash", 3.4e6, "EUR", None, "€3.4m"),
        ("raised $4.6M in cash", 4.6e6, "USD", None, "$4.6M"),
        ("raised RMB 5 billion in cash", 5e9, "CNY", None, "RMB 5 billion"),
        ("raised US$32 million in cash", 32e6, "USD", None, "US$32 million"),
        ("raised HK$1,200 in cash", 1200, "HKD", None, "HK$1,200"),
        ("raised EUR 1.73 billion in cash", 1.73e9, "EUR", None, None),
        ("raised 11.4 billion yuan", 11.4e9, "CNY", None, "11.4 billion yuan"),
        ("raised two million dollars", 2e6, "USD", None, "two million dollars"),
        ("a share of 70 %", 70, "%", None, "70 %"),
        ("a share of 70%", 70, "%", None, "70%"),
        ("a share of 70 percent", 70, "%", None, "70 percent"),
        ("a share of 70 per cent", 70, "%", None, "70 per cent"),
        ("up to 12.5 percentage points", 12.5, "%", "up to", None),
        ("nearly 50 dedicated employees", 50, "employees", "nearly", None),
        ("an estimated 2.7 million people", 2.7e6, "people", "an estimated", None),
        ("over 1.7 million market participants", 1.7e6, "participants", "over", None),
        ("It is one of 60+ brands.", 60, "brands", "over", "60+ brands"),
        ("twenty-five local writers", 25, "writers", None, None),
        ("one hundred and twenty rooms", 120, "rooms", None, "one hundred and twenty rooms"),
        ("half a million users", 500000, "users", None, None),
        ("a dozen speakers came", 12, "speakers", None, "a dozen speakers"),
        ("two 18-hole golf courses", 2, "courses", None, "two 18-hole golf courses"),
        ("signals within a 15km range", 15, "km", None, "15km"),
        ("approximately 75 media came", 75, "media", "approximately", None),
        ("12 women and 3 children", 12, "women", None, "12 women"),
        ("at least 300 of them; 40 guests", 40, "guests", None, "40 guests"),
        (
            "Over 130 entities, including firms and universities, are participating in the "
            "exhibition.",
            130,
            "exhibiting entities",
            "over",
            "Over 130 entities",
        ),
        ("The 240 companies attended the gala.", 240, "attending companies", None, None),
        ("Acme Gives Grants to Five Nonprofits\n\nMore.", 5, "nonprofits", None, None),
    ],
)
def test_figures(
    text: str, value: float, unit: str, qualifier: str | None, words: str | None
) -> None:
    found = read(text)[0]
    assert (found.value, found.unit, found.qualifier) == (value, unit, qualifier)
    if words is not None:
        assert found.text == words


@pytest.mark.parametrize(
    "text",
    [
        "On September 25-28, 2025 in Lyon",
        "Founded in 1987 and the 2025 honorees",
        "for three years, 24 months, 90 minutes",
        "she is 25 years old, aged 14",
        "call +44 1204 876536 or (212) 555-0100",
        "at 100 Broadway, Suite 801, San Diego, CA 92127 Phone: none",
        "the 16th Annual Gala",
        "version 2.2 of 5G and 3D",
        "Section 27 applies, Form 10 too",
        "a four-day fair, a 24/7 service",
        "at 9:30 am and 10 a.m.",
        "the Fortune 500 companies",
        "the top 10 brands",
        "1. Seminars: learn",
        "https://acme.example/130 pages",
        "won 3-2 games",
        "No. 5 seeds",
    ],
)
def test_no_figures(text: str) -> None:
    assert [f.text for f in read(text)] == []


def test_the_component_leaves_dates_out() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline_dates")
    nlp.add_pipe("dateline_figures")
    doc = nlp("From 2021 to 2024 it grew by 40% to 300 members.")
    assert [(f.value, f.unit) for f in doc._.dateline_figures] == [(40, "%"), (300, "members")]
    assert isinstance(nlp.get_pipe("dateline_figures"), Figures)
    assert not nlp.analyze_pipes()["problems"]["dateline_figures"]


WORDS = st.sampled_from([
    "over", "130", "1.2", "billion", "$", "€", "%", "rooms", "eleven", "-", "twenty", "one", "and",
    "hundred", "million", ",", "20,000", "people", "half", "a", "dozen", "US", "RMB", "per", "cent",
    "of", "square", "metres", "\n\n", "+", "m", "k", "No", ".", "2024", "special", "sub-forums",
])  # fmt: skip


@given(st.lists(WORDS, max_size=25), st.sampled_from([" ", ""]))
def test_every_span_slices_back(words: list[str], glue: str) -> None:
    _invariants(glue.join(words))


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    _invariants(text)


def _invariants(text: str) -> None:
    end = 0
    for figure in read(text):
        assert text[figure.start_char : figure.end_char] == figure.text
        assert end <= figure.start_char < figure.end_char
        assert figure.unit
        end = figure.end_char
