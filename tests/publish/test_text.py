"""Small conversions: the examples in their docstrings, and odd values."""

from __future__ import annotations

import doctest
from datetime import date
from types import ModuleType

import pytest

import publish.highlight
import publish.page
import publish.pages.api
import publish.text
from publish.memo import Memo
from publish.page import Asked


@pytest.mark.parametrize("module", [publish.text, publish.highlight, publish.pages.api])
def test_examples_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        ("2023-09-25", None, "25 September 2023"),
        (None, "2023-09-25", "25 September 2023"),
        ("2023-09-28", "2023-09-25", "28 September 2023"),
        ("9999-12-01", "9999-12-31", "1–31 December 9999"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("soon", "later", "soon"),
    ],
)
def test_intervals(starts_on: str | None, ends_on: str | None, words: str) -> None:
    assert publish.text.days(starts_on, ends_on) == words


def asked(**args: str) -> Asked:
    return Asked(parts={}, args=args, today=date(2024, 1, 1), memo=Memo(publish.page.STATIC))


@pytest.mark.parametrize(
    ("given", "number"),
    [("5", 5), ("-5", 1), ("", 1), ("x", 1), ("٣", 1), ("999999", 200), ("9" * 30, 1)],
)
def test_a_page_number_stays_in_bounds(given: str, number: int) -> None:
    assert asked(page=given).page == number


@pytest.mark.parametrize(
    ("given", "words"), [(" a\x00b ", "a b"), ("\ud800x", "x"), ("y" * 999, "y" * 300)]
)
def test_words_are_made_safe_to_bind(given: str, words: str) -> None:
    assert asked(q=given).text("q") == words
