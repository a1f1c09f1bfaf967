"""How well the article of a saved page is found, beside trafilatura alone.

    python benchmarks/articles.py FOLDER [--worst N]

FOLDER holds `ground-truth.json` ({name: {"articleBody": ..., "url": ..., and where known "title",
"date", "author"}}) and `html/NAME.html` or `html/NAME.html.gz`, the layout of the public article
extraction benchmarks. Figures: precision, recall and F1 over word four-grams, each page weighing
the same; mean F1 over words; share of exact titles, days and authors where the truth states them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest import anatomy
from ingest.anatomy.days import stated_date
from ingest.charset import decode
from ingest.formats.html import html_draft
from ingest.types import RawDocument

NGRAM = 4
Page = tuple[bytes, Mapping[str, Any]]


@dataclass
class Figures:
    """Sums over the pages; shares are between 0 and 1."""

    tp: float = 0.0
    fp: float = 0.0
    fn: float = 0.0
    words: list[float] = field(default_factory=list)
    exact: dict[str, list[bool]] = field(
        default_factory=lambda: {"title": [], "date": [], "author": []}
    )
    seconds: float = 0.0

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp or 1.0)

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn or 1.0)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def row(self) -> str:
        shares = "  ".join(
            f"{name} {sum(hits) / len(hits):.3f}" for name, hits in self.exact.items() if hits
        )
        return (
            f"P {self.precision:.4f}  R {self.recall:.4f}  F1 {self.f1:.4f}  "
            f"words {sum(self.words) / (len(self.words) or 1):.4f}  {self.seconds:.1f} s  {shares}"
        )


@dataclass(frozen=True)
class Reading:
    """What a reader makes of a page."""

    text: str
    title: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()


def ngrams(text: str, size: int = NGRAM) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(
        tuple(words[start : start + size]) for start in range(max(1, len(words) - size + 1))
    )


def compared(truth: str, found: str) -> tuple[float, float, float]:
    """Shares of right, surplus and missing four-grams of one page; they add up to 1."""
    wanted, got = ngrams(truth), ngrams(found)
    right = sum((wanted & got).values())
    surplus, missing = sum((got - wanted).values()), sum((wanted - got).values())
    total = right + surplus + missing or 1
    return right / total, surplus / total, missing / total


def word_f1(truth: str, found: str) -> float:
    wanted, got = ngrams(truth.casefold(), 1), ngrams(found.casefold(), 1)
    return 2 * sum((wanted & got).values()) / (sum(wanted.values()) + sum(got.values()) or 1)


def by_dateline(content: bytes, url: str | None) -> Reading:
    draft = html_draft(decode(content, None, markup=True), whole_page=True, url=url)
    raw = RawDocument(url or "page", "text/html", b"", "", datetime.now(UTC), "benchmark")
    release = anatomy.read(raw, draft)
    first = release.sections[0] if release.sections else None
    body = release.text[first.end_char :] if first and first.kind == "headline" else release.text
    authors = tuple(w.value for w in release.witnesses if w.field == "author")
    day = release.published.isoformat() if release.published else None
    return Reading(body, release.title, day, authors)


def by_trafilatura(content: bytes, url: str | None) -> Reading:
    import trafilatura

    document = trafilatura.bare_extraction(
        content, url=url, include_comments=False, with_metadata=True
    )
    if document is None or isinstance(document, dict):
        return Reading("")
    authors = tuple(filter(None, (document.author or "").split("; ")))
    return Reading(document.text or "", document.title, document.date, authors)


def measured(
    pages: Sequence[Page],
    readers: Sequence[Callable[[bytes, str | None], Reading]] = (by_dateline, by_trafilatura),
    worst: list[tuple[float, str]] | None = None,
) -> list[Figures]:
    """One `Figures` a reader over all pages; `worst` gets the first reader's score of each."""
    all_figures = []
    for reader in readers:
        figures = Figures()
        for content, truth in pages:
            start = time.perf_counter()
            reading = reader(content, truth.get("url"))
            figures.seconds += time.perf_counter() - start
            right, surplus, missing = compared(truth["articleBody"], reading.text)
            figures.tp += right
            figures.fp += surplus
            figures.fn += missing
            figures.words.append(word_f1(truth["articleBody"], reading.text))
            _compare_facts(figures, truth, reading)
            if worst is not None and reader is readers[0]:
                worst.append((right, str(truth.get("url"))))
        all_figures.append(figures)
    return all_figures


def _compare_facts(figures: Figures, truth: Mapping[str, Any], reading: Reading) -> None:
    if truth.get("title"):
        figures.exact["title"].append(_folded(truth["title"]) == _folded(reading.title))
    if truth.get("date"):
        figures.exact["date"].append(str(stated_date(str(truth["date"]))) == reading.date)
    if truth.get("author"):
        found = " ".join(reading.authors)
        figures.exact["author"].append(_folded(truth["author"]) in _folded(found))


def _folded(text: str | None) -> str:
    return " ".join((text or "").split())


def load(folder: Path) -> list[Page]:
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    pages: list[Page] = []
    for name, facts in sorted(truth.items()):
        packed = folder / "html" / f"{name}.html.gz"
        plain = folder / "html" / f"{name}.html"
        content = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
        pages.append((content, facts))
    return pages


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N worst pages")
    arguments = parser.parse_args()
    pages = load(arguments.folder)
    worst: list[tuple[float, str]] = []
    ours, theirs = measured(pages, worst=worst)
    print(f"{len(pages)} pages")
    print("dateline     ", ours.row())
    print("trafilatura  ", theirs.row())
    for share, url in sorted(worst)[: arguments.worst]:
        print(f"  {share:.3f}  {url}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
