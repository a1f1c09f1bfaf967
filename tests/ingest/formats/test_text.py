"""Plain text and Markdown: lines joined where a program broke them, kept where a person did."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.formats import text
from ingest.formats.text import text_draft
from ingest.limits import DEFAULT_LIMITS
from ingest.types import Draft, RawDocument

WRAPPED = (
    "The ferry left the harbour at nine and came back with three hundred\n"
    "guests on board, of whom most had never seen the fjord from the sea\n"
    "before."
)


def raw(content: bytes, uri: str = "a.txt", media_type: str | None = None) -> RawDocument:
    return RawDocument(uri, media_type, content, "0" * 64, datetime(2025, 1, 1, tzinfo=UTC), "test")


@pytest.mark.parametrize(
    ("given", "blocks"),
    [
        ("One.\n\nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("One.\r\n\r\nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
        (WRAPPED, [("paragraph", WRAPPED.replace("\n", " "))]),
        ("Ida Moe\nKestrel Line\n+47 55 55 01 23",
         [("preformatted", "Ida Moe\nKestrel Line\n+47 55 55 01 23")]),
        ("x" * 130 + "\n" + "y" * 300, [("paragraph", "x" * 130), ("paragraph", "y" * 300)]),
        ("- one\n- two", [("list_item", "one"), ("list_item", "two")]),
        ("* one\n  goes on\n* two", [("list_item", "one goes on"), ("list_item", "two")]),
        ("1. one\n2) two", [("list_item", "1. one"), ("list_item", "2) two")]),
        ("# Title\n\nText.", [("heading", "Title"), ("paragraph", "Text.")]),
        ("Title\n=====\n\nText.", [("heading", "Title"), ("paragraph", "Text.")]),
        ("# # #", [("paragraph", "# # #")]),
        ("###", [("paragraph", "###")]),
        ("One.\n\n-----\n\nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", [("table_row", "a | b"), ("table_row", "1 | 2")]),
        ("**Bold** and [a link](https://kestrel.example) ![](x.png)",
         [("paragraph", "Bold and a link")]),
        ("2 * 3 * 4 = 24", [("paragraph", "2 * 3 * 4 = 24")]),
        ("snake_case and __init__ stay", [("paragraph", "snake_case and init stay")]),
        ("", []),
        (" \n\t\n", []),
    ],
)  # fmt: skip
def test_blocks(given: str, blocks: list[tuple[str, str]]) -> None:
    (draft,) = text.parse(raw(given.encode()), DEFAULT_LIMITS)
    assert isinstance(draft, Draft)
    assert [(block.kind, block.text) for block in draft.blocks] == blocks


def test_front_matter_of_markdown_states_what_it_says() -> None:
    given = "---\ntitle: 'Ferry'\ndate: 2024-05-03\nlang: en\nlayout: post\n---\n\nText."
    draft = text_draft(given, markdown=True)
    assert [(w.field, w.origin, w.value) for w in draft.witnesses] == [
        ("title", "front-matter:title", "Ferry"),
        ("published", "front-matter:date", "2024-05-03"),
        ("language", "front-matter:lang", "en"),
    ]
    assert [block.text for block in draft.blocks] == ["Text."]


@pytest.mark.parametrize(
    ("content", "uri", "is_text"),
    [
        (b"Plain words.", "a.txt", True),
        (b"Plain words.", "a", True),
        ("Grüße aus Köln".encode("latin-1"), "a", True),
        ("Plain words.".encode("utf-16"), "a", True),
        (bytes(range(256)) * 4, "a.bin", False),
        (b"", "a.txt", False),
        (b" \n ", "a.txt", False),
    ],
)
def test_sniff(content: bytes, uri: str, is_text: bool) -> None:
    assert (text.sniff(raw(content, uri)) > 0) is is_text


def test_a_very_long_line_is_one_block() -> None:
    (draft,) = text.parse(raw(b"ab. " * 250_000), DEFAULT_LIMITS)
    assert isinstance(draft, Draft)
    assert len(draft.blocks) == 1
