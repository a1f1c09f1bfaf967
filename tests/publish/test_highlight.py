"""Highlighting escapes first, whatever the spans."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from publish.highlight import Span, highlight

TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
SPANS = st.lists(
    st.builds(
        Span,
        st.integers(-3, 70),
        st.integers(-3, 70),
        st.sampled_from(["m1", "m2", 'x"><script>']),
        st.sampled_from(["person", "quote"]),
        st.sampled_from([None, "/entity/1", "/entity/2?<"]),
    ),
    max_size=8,
)


@given(TEXT, SPANS)
def test_without_its_tags_the_result_is_the_escaped_text(text: str, spans: list[Span]) -> None:
    assert re.sub(r"<[^>]*>", "", highlight(text, spans)) == str(escape(text))


@given(TEXT, SPANS)
def test_only_our_own_elements_appear(text: str, spans: list[Span]) -> None:
    tags = set(re.findall(r"</?([^\s>]*)", highlight(text, spans)))
    assert tags <= {"a", "span", "i"}


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([], "a &lt; b &amp; c", id="nothing"),
        pytest.param(
            [Span(0, 1, "m", "person")],
            '<span class="hl k-person" id="m" data-keys="m">a</span> &lt; b &amp; c',
            id="one",
        ),
        pytest.param(
            [Span(0, 5, "q", "quote"), Span(4, 9, "d", "date")],
            '<span class="hl k-quote" id="q" data-keys="q">a &lt; </span>'
            '<span class="hl k-quote k-date" id="d" data-keys="q d">b</span>'
            '<span class="hl k-date" data-keys="d"> &amp; c</span>',
            id="crossing",
        ),
        pytest.param(
            [Span(0, 9, "q", "quote", "/quotes"), Span(0, 1, "m", "person", "/entity/1")],
            '<i id="m"></i><a class="hl k-quote k-person" id="q" href="/entity/1" '
            'data-keys="q m">a</a>'
            '<a class="hl k-quote" href="/quotes" data-keys="q"> &lt; b &amp; c</a>',
            id="the shorter link wins",
        ),
        pytest.param(
            [Span(3, 3, "m", "person"), Span(50, 60, "n", "x")], "a &lt; b &amp; c", id="empty"
        ),
    ],
)
def test_cases(spans: list[Span], expected: str) -> None:
    assert highlight("a < b & c", spans) == expected


def test_offsets_count_from_where_the_paragraph_stands() -> None:
    marked = highlight("Lin spoke", [Span(100, 103, "m", "person")], 100)
    assert marked == '<span class="hl k-person" id="m" data-keys="m">Lin</span> spoke'
