"""What a language model is told of the site is there, and offers nothing that is closed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from publish import llms, metadata
from publish.pages import PAGES
from publish.serve import application

from . import world
from .client import get

LINK = re.compile(r"\]\((/[^)]*)\)")
NUMBERS = {"/event/{id}": world.EVENT, "/release/{ref}": 1, "/entity/{id}": world.PERSON}


@pytest.fixture(scope="module")
def public(small_db: Path) -> Any:
    return application(small_db, public=True)


def addresses(text: str) -> list[str]:
    """The links of the file, numbers put in."""
    found = LINK.findall(text)
    for braces, number in NUMBERS.items():
        found = [a.replace(braces, re.sub(r"\{.*\}", str(number), braces)) for a in found]
    return found


@pytest.mark.parametrize("mode", ["local", "public"])
def test_every_link_of_llms_txt_answers(
    mode: str, site: Any, request: pytest.FixtureRequest
) -> None:
    served = site if mode == "local" else request.getfixturevalue("public")
    text = get(served, "/llms.txt").text
    assert text.startswith("# Dateline\n\n> ")
    found = addresses(text)
    assert len(found) > len(PAGES)
    for address in found:
        if address != "/-/mcp":  # takes POST only
            assert get(served, address).status_code == 200, address


def test_public_mode_does_not_offer_what_is_closed(public: Any) -> None:
    text = get(public, "/llms.txt").text
    assert "sql=" not in text
    assert "/review" not in text


def test_every_page_and_query_is_named() -> None:
    text = llms.text(public=False)
    missing = [page.name for page in PAGES if f"[{page.name}]" not in text]
    assert missing == ["openapi"]
    assert all(f"[{q['title']}]" in text for q in metadata.canned_queries().values())
