"""What copies of a release repeat stands once, and says how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from publish.serve import application

from . import world
from .client import get

#: Each further copy adds a paragraph of its own, as a second publisher would.
NOTES = ("", "\n\nCirculated by the Whitby Gazette.", "\n\nCirculated by the Humber Mirror.")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Any:
    first = world.small()[0]
    copies = []
    for number, note in enumerate(NOTES):
        release = replace(
            first.release,
            uid=f"copy-{number}",
            uri=f"copy-{number}.html",
            url=None,
            sha256=f"{number}".ljust(64, "0"),
            published=date(2023, 9, 26 + number),
            text=first.release.text + note,
        )
        extraction = first.extraction and replace(first.extraction, release_uid=release.uid)
        copies.append(replace(first, release=release, extraction=extraction))
    path: Path = tmp_path_factory.mktemp("copies") / "copies.db"
    return application(world.database(path, copies))


def data(site: Any, path: str) -> Any:
    return get(site, path).json()["data"]


def dossier(site: Any, name: str) -> Any:
    (found,) = [n for n in data(site, f"/-/suggest.json?q={name}")["names"] if n["name"] == name]
    return data(site, f"/entity/{found['id']}.json")


def test_a_dossier_lists_a_quotation_and_a_release_once(copied: Any) -> None:
    found = dossier(copied, "Lin Qiaoyun")
    assert [(q["copy_count"], q["release_id"]) for q in found["quotes"]] == [(2, 1)]
    assert [(p["copy_count"], p["id"]) for p in found["passages"]] == [(2, 1)]


@pytest.mark.parametrize("query", ["", "?q=harbour", "?q=year"])
def test_the_page_of_quotes_lists_a_quotation_once(copied: Any, query: str) -> None:
    found = data(copied, f"/quotes.json{query}")["quotes"]
    assert {q["copy_count"] for q in found} == {2}
    assert len({q["text"] for q in found}) == len(found)


def test_a_copy_is_compared_with_another(copied: Any) -> None:
    release = data(copied, "/release/2.json?compare=3")
    assert [line for line in release["difference"] if line[:1] in "+-"][2:] == [
        "-Circulated by the Whitby Gazette.",
        "+Circulated by the Humber Mirror.",
    ]
    assert "difference" not in data(copied, "/release/2.json?compare=99")
    page = get(copied, "/release/2?compare=3").text
    assert "<ins>+Circulated by the Humber Mirror.</ins>" in page
