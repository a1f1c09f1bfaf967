"""Learn how the venue and the place of an occasion are chosen, from annotated releases.

    dateline ingest GOLD/train --db build/spots.db
    python -m extract.training.spots build/spots.db GOLD/train [--folds 5]

Writes `extract/components/events/weights.json`: for each question the weight of each feature of a
candidate. A candidate's sum competes with those of the others and with "none", whose sum is 0
(softmax); of the mentions of one name the best counts. GOLD/train has a file `ID.json` for the
release whose address ends in `ID.html`, with `events` (name, venue, place). `--folds` prints how
often the answer is right for releases that were left out, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz
from spacy.tokens import Doc

from ingest.types import Dateline, Release, Section

from ..components.events import chooser, places, venues
from ..components.events.component import closed_sections, first_words_of_others
from ..components.events.topics import Occasion, occasions
from ..components.events.where import Spot
from ..components.reading import reading
from ..pipeline import load
from .gold import gold_files

ALIKE = 85  # of 100, when two spellings are one name
STEPS, RATE = 400, 0.3
PULL = 0.05  # of every weight towards where it starts, for each example
#: How much an occasion of which nobody annotated a venue or place counts: annotators leave out
#: what they take to be clear.
UNKNOWN = {"venue": 0.5, "place": 0.1}
#: Where a weight starts, and stays when no example says otherwise; 0 for the others.
START = {
    "named": 1.0,
    "meant": 0.7,
    "listed": 0.7,
    "in": 0.5,
    "at": 0.5,
    "near": 0.3,
    "label": 1.0,
    "from": -1.5,
    "of": -0.5,
    "beside venue": 1.0,
    "town in event": 1.0,
}


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one occasion: a value and its features each; and the right value."""

    release: str
    values: list[str]
    features: list[chooser.Features]
    right: str | None

    def is_right(self, value: str) -> bool:
        """Say whether a candidate is the annotated answer."""
        return self.right is not None and is_alike(self.right, value)


def is_alike(a: str, b: str) -> bool:
    """Say whether two spellings are one name."""
    a, b = (" ".join(x.casefold().split()) for x in (a, b))
    return fuzz.token_set_ratio(a, b) >= ALIKE and fuzz.ratio(a, b) >= 50


def stored(path: Path) -> Iterator[tuple[str, Release]]:
    """Yield (ID, release) of every release in a database of Dateline."""
    with sqlite3.connect(path) as conn:
        conn.row_factory = sqlite3.Row
        for row in conn.execute("SELECT * FROM releases ORDER BY uri"):
            sections = [
                Section(*part)
                for part in conn.execute(
                    "SELECT kind, start_char, end_char FROM sections WHERE release_id = ?",
                    (row["id"],),
                )
            ]
            yield Path(row["uri"]).stem, _release(row, sections)


def _release(row: sqlite3.Row, sections: list[Section]) -> Release:
    line = next((s for s in sections if s.kind == "dateline"), None)
    day = row["dateline_date"]
    dateline = None
    if line is not None:
        dateline = Dateline(
            row["dateline_place"],
            date.fromisoformat(day) if day else None,
            row["wire"],
            line.start_char,
            line.end_char,
        )
    return Release(
        uid=row["uid"],
        uri=row["uri"],
        source="",
        title=row["title"],
        subtitle=row["subtitle"],
        published=date.fromisoformat(row["published"][:10]) if row["published"] else None,
        language=row["language"],
        issuer=None,
        dateline=dateline,
        text=row["text"],
        sections=tuple(sections),
        sha256="",
    )


def examples(name: str, doc: Doc, annotated: list[dict]) -> Iterator[tuple[str, Example]]:
    """Yield (question, example) for each annotated occasion that was found."""
    read = reading(doc)
    release = doc._.dateline_release
    town = release.dateline.place if release is not None and release.dateline else None
    found = occasions(read, (), closed_sections(doc))
    for told in annotated:
        occasion = _occasion(told["name"], found)
        if occasion is None or told.get("optional"):
            continue
        others = first_words_of_others(occasion, found)
        spots = list(venues.venues(read, occasion, others))
        yield venues.QUESTION, _example(name, spots, told.get("venue"))
        at = venues.venue(read, occasion, others)
        spots = list(places.places(read, occasion, at, others, town))
        yield places.QUESTION, _example(name, spots, told.get("place"))


def _occasion(name: str, found: list[Occasion]) -> Occasion | None:
    return next(
        (o for o in found if fuzz.token_set_ratio(name.casefold(), o.name.casefold()) >= ALIKE),
        None,
    )


def _example(name: str, spots: list[tuple[Spot, chooser.Features]], right: str | None) -> Example:
    return Example(name, [s.value for s, _ in spots], [f for _, f in spots], right)


def fit(question: str, cases: Iterable[Example]) -> dict[str, float]:
    """Return the likeliest weights, by gradient ascent."""
    cases = [c for c in cases if c.values]
    names = sorted({name for c in cases for f in c.features for name in f} | set(START))
    column = {name: i for i, name in enumerate(names)}
    start = np.array([START.get(name, 0.0) for name in names])
    weights = start.copy()
    tables = [_table(c, column) for c in cases]
    shares = [_share(question, c) for c in cases]
    for _ in range(STEPS):
        slope = PULL * (start - weights) * len(cases) / 10
        for case, table, share in zip(cases, tables, shares, strict=True):
            if share:
                slope += share * _slope(case, table, weights)
        weights += RATE * slope / len(cases)
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}


def _table(case: Example, column: dict[str, int]) -> np.ndarray:
    table = np.zeros((len(case.values), len(column)))
    for row, features in zip(table, case.features, strict=True):
        for name, value in features.items():
            row[column[name]] = value
    return table


def _share(question: str, case: Example) -> float:
    if case.right is None:
        return UNKNOWN[question]
    return 1.0 if any(map(case.is_right, case.values)) else 0.0


def _slope(case: Example, table: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the gradient of the log-likelihood of the right answer."""
    sums = table @ weights
    best: dict[str, int] = {}
    for i, value in enumerate(case.values):
        if value not in best or sums[i] > sums[best[value]]:
            best[value] = i
    rows = list(best.values())
    scores = np.append(sums[rows], 0.0)  # the last is "none"
    chance = np.exp(scores - scores.max())
    chance /= chance.sum()
    right = np.array([case.is_right(case.values[i]) for i in rows] + [case.right is None])
    wanted = chance * right / (chance * right).sum()
    return (wanted - chance)[:-1] @ table[rows]


def left_out(question: str, cases: list[Example], folds: int) -> tuple[int, int]:
    """Return how many answers are right, of how many, for releases left out of the fit."""
    releases = sorted({c.release for c in cases})
    right = total = 0
    for fold in range(folds):
        outside = set(releases[fold::folds])
        weights = fit(question, [c for c in cases if c.release not in outside])
        for case in cases:
            if case.release in outside and case.right is not None:
                total += 1
                value = chooser.best(weights, zip(case.values, case.features, strict=True))
                right += value is not None and case.is_right(value)
    return right, total


def main() -> None:
    """Parse options; fit and write, or tell how well it does."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("db", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    annotated = {name: ann.get("events", []) for name, ann in gold_files(args.gold)}
    nlp = load()
    cases: dict[str, list[Example]] = {}
    for name, release in stored(args.db):
        if annotated.get(name):
            doc = nlp.make_doc(release.text)
            doc._.dateline_release = release
            for question, example in examples(name, nlp(doc), annotated[name]):
                cases.setdefault(question, []).append(example)
    table = {}
    for question, told in sorted(cases.items()):
        if args.folds:
            print(question, *left_out(question, told, args.folds))
        table[question] = fit(question, told)
    if not args.folds:
        text = json.dumps(table, indent=1, sort_keys=True) + "\n"
        chooser.WEIGHTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
