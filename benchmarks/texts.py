"""Releases to measure with: any number of them, the same in every run.

    texts(400)                       made from the project's own samples
    texts(400, Path("x.jsonl.gz"))   those of a file of {"title": …, "text": …} lines, then made

`write_pages` makes a folder of HTML pages of them, which is what a run starts from.
"""

from __future__ import annotations

import gzip
import html
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, count, islice
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: Length of a made release, characters: the median of releases on the wires.
MADE_CHARS = 3_600


def texts(number: int, source: Path | None = None) -> Iterator[tuple[str, str]]:
    """`number` (title, text) pairs: those of `source`, then ones made of its paragraphs."""
    rows = _rows(source) if source else _samples()
    return islice(chain(rows if source else (), _made(rows)), number)


def _rows(source: Path) -> list[tuple[str, str]]:
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        return [(row["title"], row["text"]) for row in map(json.loads, lines)]


def _samples() -> list[tuple[str, str]]:
    import ingest
    from ingest.sources import documents
    from ingest.types import RawDocument, Release

    raws = [raw for raw in documents([str(ROOT / "samples")]) if isinstance(raw, RawDocument)]
    read = [release for raw in raws for release in ingest.releases(raw)]
    english = [one for one in read if isinstance(one, Release) and one.language == "en"]
    return [(one.title, one.text.removeprefix(one.title).strip()) for one in english]


def _made(rows: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Paragraphs in ever new order: real sentences, no two releases alike."""
    paragraphs = [p for _, text in rows for p in text.split("\n\n") if len(p) > 80]
    choice = random.Random(1)
    for number in count(1):
        body: list[str] = []
        while sum(map(len, body)) < MADE_CHARS:
            body.append(choice.choice(paragraphs))
        yield f"{choice.choice(rows)[0]}, part {number}", "\n\n".join(body)


def write_pages(
    folder: Path, number: int, source: Path | None = None, limit: int | None = None
) -> int:
    """Write `number` pages into `folder`; the characters of their titles and texts.

    `limit` cuts every text to so many characters.
    """
    characters = 0
    day = date(2024, 1, 2)
    for n, (title, text) in enumerate(texts(number, source)):
        text = text[:limit]
        published = day + timedelta(days=n % 365)
        (folder / f"{n:06}.html").write_text(page(title, text, published), "utf-8")
        characters += len(title) + 2 + len(text)
    return characters


def page(title: str, text: str, published: date) -> str:
    paragraphs = "".join(f"<p>{html.escape(p)}</p>\n" for p in text.split("\n\n"))
    return (
        f'<!doctype html><html lang="en"><head><title>{html.escape(title)}</title>\n'
        f'<meta property="article:published_time" content="{published}T08:00:00Z"></head>\n'
        '<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>\n'
        f"<article><h1>{html.escape(title)}</h1>\n{paragraphs}</article>\n"
        "<footer>All rights reserved.</footer></body></html>\n"
    )
