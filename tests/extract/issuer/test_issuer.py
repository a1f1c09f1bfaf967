"""The organisation that issues a release."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.components.issuer import issuer
from extract.components.issuer.component import POINTS, is_wire
from extract.components.issuer.signs import signs
from extract.components.quotes import quotes
from ingest.types import Release
from tests.extract.marked import marked, tokenizer

CASES: list[tuple[str, str | None]] = [
    ("[Acme|ORG] Opens Plant\n\nHalden, 3 May – [Acme|ORG] today announced a plant.", "Acme"),
    (
        "Plant Opens\n\n[Acme|ORG] announced that [Borealis|ORG] will build its plant.",
        "Acme",
    ),
    (
        "New Plant\n\nHalden (PRWire) – [Acme|ORG] is pleased to present it with [Borealis|ORG].",
        "Acme",
    ),
    ("A Plant\n\n[Borealis|ORG] helped.\n\nAbout [Acme|ORG]\n\n[Acme|ORG] bakes.", "Acme"),
    ("A Plant\n\nIt is big, says [Acme|ORG] (NASDAQ: ACM). [Borealis|ORG] agrees.", "Acme"),
    ("A Plant\n\n[GlobeNewswire|ORG] – [Acme|ORG] unveiled a plant.", "Acme"),
    ("A Plant\n\n[GlobeNewswire|ORG]", None),
    ("[Acme|ORG] and [Borealis|ORG] Merge\n\nThe two will be one.", "Acme"),
    ("[Halden Bread Fair|EVENT] Returns\n\nIt is back.", "Halden Bread Fair"),
    ("[Halden Museum|FAC] Reopens\n\nIt is back.", "Halden Museum"),
    ("[Acme Inc.|ORG] Grows\n\n[Acme|ORG=Acme Inc.] hosts a fair.", "Acme Inc."),
    ("Nothing at all.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_case(text: str, expected: str | None) -> None:
    assert issuer(marked(text)) == expected


def release(text: str, stated: str | None) -> Release:
    return Release(
        "u", "u.html", "test", "", None, date(2024, 5, 3), "en", stated, None, text, (), "0"
    )


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Borealis", "Borealis"),
        ("Borealis AG", "Borealis"),
        ("Someone Else", "Acme"),
        (None, "Acme"),
    ],
)
def test_what_the_page_states_counts(stated: str | None, expected: str) -> None:
    doc = marked("[Acme|ORG] Grows\n\nSo does [Borealis|ORG], and its bakers cheer.")
    doc._.dateline_release = release(doc.text, stated)
    assert issuer(doc) == expected


SIGNS: list[tuple[str, str, set[str]]] = [
    ("[Acme|ORG] Opens Plant\n\nIt is big.", "Acme", {"headline", "headline_first", "announces"}),
    ("Plant Opens with [Acme|ORG]\n\nIt is big.", "Acme", {"headline", "headline_behind"}),
    ("A Plant\n\nNow [Acme|ORG] proudly announces it.", "Acme", {"lead", "first", "announces"}),
    (
        "A Plant\n\n[Acme|ORG] (NYSE: ACM) opens it.",
        "Acme",
        {"lead", "first", "ticker", "announces"},
    ),
    ("A Plant\n\nAbout [Acme|ORG]\n\nIt bakes.", "Acme", {"first", "about", "boilerplate"}),
    ("A Plant\n\nIt bakes. About [Acme|ORG]", "Acme", {"first", "about_inside"}),
    ("A Fair\n\nIt is hosted by [Acme|ORG].", "Acme", {"first", "hosted_by"}),
    (
        "A Plant\n\n[Harbour Office|ORG] Minister [Ana Ruiz|PERSON] came.",
        "Harbour Office",
        {"first", "officer"},
    ),
    ("A Plant\n\nBy [Ana Ruiz|PERSON], [Acme|ORG]\n\nIt is big.", "Acme", {"first", "byline"}),
    (
        "A Plant\n\nAsk [Acme Bread, Inc.|ORG]: www.acmebread.example",
        "Acme Bread, Inc.",
        {"domain", "first"},
    ),
    (
        "A Plant\n\n“It is our plant,” said [Ana Ruiz|PERSON] of [Acme|ORG].",
        "Acme",
        {"first", "voice"},
    ),
]


@pytest.mark.parametrize(("text", "name", "expected"), SIGNS)
def test_signs(text: str, name: str, expected: set[str]) -> None:
    doc = marked(text)
    doc._.dateline_quotes = tuple(quotes(doc))
    assert set(signs(doc)[name]) == expected | {"share", "count"}


def test_every_sign_has_points_and_every_point_a_sign() -> None:
    told = {sign for _, _, expected in SIGNS for sign in expected}
    sections_and_page = {"contact", "stated", "stated_like", "share", "count"}
    assert set(POINTS) == told | sections_and_page


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("PR Newswire", True),
        ("Business Wire", True),
        ("OTC", True),
        ("Acme Wireless", False),
        ("Acme", False),
    ],
)
def test_wires_carry_news_of_others(name: str, wire: bool) -> None:
    assert is_wire(name) is wire


@given(st.text(max_size=60))
def test_any_text_survives(text: str) -> None:
    assert issuer(tokenizer()(text)) is None
