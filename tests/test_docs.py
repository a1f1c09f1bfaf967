"""Docs cannot drift: generated pages are up to date, links lead somewhere, commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline.cli import cli

from .tools.docs import PAGES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PROSE = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_up_to_date(name: str) -> None:
    found = (DOCS / name).read_text(encoding="utf-8")
    assert found == PAGES[name](), f"docs/{name} is old: make docs"


@pytest.mark.parametrize("page", PROSE, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [t for t in targets if not (page.parent / t).exists()] == []


@pytest.mark.parametrize("page", PROSE, ids=lambda p: p.name)
def test_commands_in_the_docs_exist(page: Path) -> None:
    """Each `dateline NAME --option` in an indented or fenced block is one that the program has."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"(?m)^ {4}.*$|```.*?```", text, re.S | re.M)
    for name, rest in re.findall(
        r"(?m)(?<![\w./-])dateline ([a-z]+)\b([^\n|#]*)", "\n".join(blocks)
    ):
        if name not in cli.commands:
            assert name in {"reads", "needs", "of", "dateline"}, f"{page.name}: dateline {name}"
            continue
        known = {o for p in cli.commands[name].params for o in (*p.opts, *p.secondary_opts)}
        used = set(re.findall(r"(?<!\S)(--[a-z-]+)", rest))
        assert used <= known | {"--help"}, f"{page.name}: dateline {name} {rest}"


def test_every_page_is_reachable_from_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\(docs/([\w-]+\.md)\)", text))
    assert {p.name for p in DOCS.glob("*.md")} - linked == set()
