"""A release full of markup, script and marks of direction is shown as the text it is."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from db import Stored
from extract.types import Extraction, Mention, Quote
from publish.serve import application
from publish.text import safe_url

from . import world
from .client import get
from .payloads import ADDRESSES, PAYLOADS

#: Elements that the pages themselves have.
OWN = {"script": 3, "style": 0, "iframe": 0, "object": 0, "embed": 0, "base": 0, "img": 0}


class Page(HTMLParser):
    """Counts elements, collects text, attributes and links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: dict[str, int] = {}
        self.handlers: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] = self.elements.get(tag, 0) + 1
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        self.text += data


def stored(number: int, payload: str, address: str | None) -> Stored:
    text = f"{payload} opens\n\nNINGBO, May 3, 2024 – Said {payload} again, “{payload}”."
    name = Mention("organisation", 0, len(payload), payload, payload, "test", 1.0)
    start = text.rindex(payload)
    quote = Quote(start, start + len(payload), payload, payload, "said")
    uid = f"payload-{number}"
    return Stored(
        world.release(uid, text, date(2024, 5, 3), url=address, issuer=payload, source=payload),
        Extraction(
            release_uid=uid, extractor="test", mentions=(name,), quotes=(quote,), issuer=payload
        ),
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Any:
    releases = [stored(i, payload, None) for i, payload in enumerate(PAYLOADS)]
    releases += [
        stored(len(PAYLOADS) + i, "plain words", address) for i, address in enumerate(ADDRESSES)
    ]
    path: Path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    return application(world.database(path, releases))


def test_the_table_is_long_enough() -> None:
    assert len(PAYLOADS) + len(ADDRESSES) >= 60


@pytest.mark.parametrize("number", range(len(PAYLOADS) + len(ADDRESSES)))
def test_a_release_is_shown_as_text(hostile: Any, number: int) -> None:
    answer = get(hostile, f"/release/payload-{number}")
    assert answer.status_code == 200
    page = Page()
    page.feed(answer.text)
    assert page.handlers == []
    for element, most in OWN.items():
        assert page.elements.get(element, 0) <= most, element
    for link in page.links:
        assert link.startswith(("/", "?", "#", "https://datasette.io/")) or safe_url(link), link
    if number < len(PAYLOADS):
        assert PAYLOADS[number] in page.text


LISTS = [
    "/",
    "/-/search?q=opens",
    "/quotes",
    "/people",
    "/dashboard",
    "/dateline/releases",
    "/dateline/entities",
    "/dateline/quotes",
    "/entity/1",
]


@pytest.mark.parametrize("address", LISTS)
def test_lists_of_them_hold_no_foreign_element(hostile: Any, address: str) -> None:
    answer = get(hostile, address)
    page = Page()
    page.feed(answer.text)
    assert page.handlers == []
    for element in ("iframe", "object", "embed", "base", "img", "marquee", "math", "video"):
        assert element not in page.elements
    assert not [link for link in page.links if link.lower().lstrip().startswith("javascript")]


@pytest.mark.parametrize("query", PAYLOADS)
def test_a_search_for_it_shows_it_as_text(hostile: Any, query: str) -> None:
    answer = get(hostile, "/-/search", params={"q": query})
    assert answer.status_code == 200
    page = Page()
    page.feed(answer.text)
    assert page.handlers == []
    assert page.elements.get("script", 0) == 2


@pytest.mark.parametrize(
    "address", ["/-/search.atom?q=opens", "/quotes.atom", "/entity/1.atom", "/entity/1.ics"]
)
def test_feeds_stay_well_formed(hostile: Any, address: str) -> None:
    answer = get(hostile, address)
    assert answer.status_code == 200
    if address.endswith("atom"):
        ElementTree.fromstring(answer.content)


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_web_addresses_become_links(address: str) -> None:
    found = safe_url(address)
    assert found is None or found.startswith(("http://", "https://"))
