"""What docs/add-an-extractor.md and docs/add-a-page.md add, added."""

from __future__ import annotations

import re
import sys
import textwrap
import types
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from spacy.tokens import Span

import db
import extract.types
from extract import extensions
from publish import metadata
from publish.serve import application

from .publish import world
from .publish.client import get

DOCS = Path(__file__).parent.parent / "docs"


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a page of the documentation, without their indent."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.findall(rf"(?ms)^ *```{language}\n(.*?)^ *```$", text)
    return [textwrap.dedent(block) for block in found]


@pytest.fixture(scope="module")
def awards() -> Iterator[types.ModuleType]:
    """The component of the page, in the place where the page puts it."""
    value, component = blocks("add-an-extractor.md", "python")
    namespace: dict[str, Any] = {"__name__": "extract.types"}
    exec(f"from dataclasses import dataclass\n{value}", namespace)
    package = types.ModuleType("extract.components.awards")
    package.__path__ = []
    module = types.ModuleType("extract.components.awards.component")
    module.__package__ = package.__name__
    module.__file__ = str(DOCS / "add-an-extractor.md")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extract.types, "Award", namespace["Award"], raising=False)
        patch.setitem(extensions.EXTENSIONS, "dateline_awards", ())
        patch.setitem(sys.modules, package.__name__, package)
        patch.setitem(sys.modules, module.__name__, module)
        exec(component, module.__dict__)
        yield module


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Acme won the Harbour Prize.", ["Harbour Prize"]),
        ("Acme receives the Harbour Prize in May.", ["Harbour Prize"]),
        ("The Harbour Prize goes to Acme.", []),
        ("Acme won in May.", []),
    ],
)
def test_the_extractor_of_the_page_works(
    awards: types.ModuleType, text: str, found: list[str]
) -> None:
    nlp = spacy.blank("en")
    doc = nlp(text)
    start = text.find("Harbour Prize")
    if start >= 0:
        span = doc.char_span(start, start + len("Harbour Prize"), label="event")
        assert isinstance(span, Span)
        doc.ents = [span]
    component = nlp.create_pipe("dateline_awards")
    assert [award.text for award in component(doc)._.dateline_awards] == found


def test_the_query_of_the_page_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = world.database(tmp_path / "news.db", world.small())
    (added,) = (yaml.safe_load(block) for block in blocks("add-a-page.md", "yaml"))
    whole = metadata.metadata

    def with_query(**options: Any) -> dict[str, Any]:
        known = whole(**options)
        known["databases"]["dateline"]["queries"] |= added
        return known

    monkeypatch.setattr(metadata, "metadata", with_query)
    site = application(path)
    ((name, query),) = added.items()
    place = site_place(path)
    address = query["example"].partition("?")[0]
    answer = get(site, f"{address}.json?place={place}&_shape=array")
    assert answer.status_code == 200
    assert answer.json()[0]["events"] >= 1
    assert get(site, f"{address}.json?place=Nowhere&_shape=array").json() == []
    assert query["title"] in get(site, f"{address}?place={place}").text
    assert name in address


def site_place(path: Path) -> str:
    """A place of the small world where an event has a venue."""
    with closing(db.connect(path)) as connection:
        (name,) = connection.execute(
            "SELECT entities.name FROM events JOIN entities ON entities.id = place_id "
            "WHERE venue_id IS NOT NULL LIMIT 1"
        ).fetchone()
    return str(name)
