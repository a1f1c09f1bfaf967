"""How fast names and texts are found and dossiers are read.

    python -m benchmarks.searching [--db FILE] [--releases N]

Prints Markdown: medians and 95th percentiles over many different queries. `--db` is a database made
by benchmarks.generate; without it a small one is made.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.generate import small
from db import connect
from db.queries.entities import dossier
from db.search import Filters, names, releases

QUERIES = 200


def measured(ask: Callable[[Any], object], questions: Sequence[Any]) -> list[float]:
    """Milliseconds for each question; each is asked once, as a person would."""
    found = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        found.append((time.perf_counter() - start) * 1000)
    return found


def row(name: str, times: Sequence[float]) -> str:
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"| {name} | {statistics.median(times):.1f} ms | {p95:.1f} ms | {max(times):.1f} ms |"


def sample(conn: sqlite3.Connection, sql: str, rng: random.Random) -> list[Any]:
    """Some values of a column, drawn from all of them."""
    values = [value for (value,) in conn.execute(sql)]
    return rng.sample(values, min(QUERIES, len(values)))


def misspelt(name: str, rng: random.Random) -> str:
    """A name with one letter left out."""
    place = rng.randrange(1, len(name))
    return name[:place] + name[place + 1 :]


def questions(conn: sqlite3.Connection) -> dict[str, tuple[Callable[[Any], object], list[Any]]]:
    rng = random.Random(3)
    known = sample(conn, "SELECT name FROM entities WHERE length(name) > 8", rng)
    words = sample(conn, "SELECT title FROM releases LIMIT 20000", rng)
    famous = sample(conn, "SELECT id FROM entities ORDER BY release_count DESC LIMIT 500", rng)
    anyone = sample(conn, "SELECT id FROM entities", rng)
    towns = sample(conn, "SELECT name FROM entities WHERE kind = 'place' LIMIT 2000", rng)
    pairs = [" ".join(rng.sample(title.split(), 2)) for title in words]
    by_name = lambda query: names(conn, query)  # noqa: E731 three uses
    return {
        "a name, whole": (by_name, known),
        "a name, its first letters": (by_name, [name[: rng.randint(2, 6)] for name in known]),
        "a name, letters inside": (by_name, [name[2:7] for name in known]),
        "a name, misspelt": (by_name, [misspelt(name, rng) for name in known]),
        "two words of a text, ranked": (lambda query: releases(conn, query), pairs),
        "one common word, ranked": (
            lambda query: releases(conn, query),
            ["data", "energy", "research", "the", "health", "company", "world", "new"] * 12,
        ),
        "two words and a place": (
            lambda pair: releases(conn, pair[0], Filters(place=pair[1])),
            list(zip(pairs, towns, strict=False)),
        ),
        "the dossier of anyone": (lambda number: dossier(conn, number), anyone),
        "the dossier of somebody famous": (lambda number: dossier(conn, number), famous),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", type=Path)
    parser.add_argument("--releases", type=int, default=20_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-searching-") as name:
        conn = connect(args.db or small(Path(name) / "news.db", args.releases))
        (count,) = conn.execute("SELECT count(*) FROM releases").fetchone()
        print("## Searching\n")
        print(
            f"A database of {count:,} synthetic releases, {QUERIES} different questions of each "
            "sort, asked one after the other.\n"
        )
        print("| looking for | median | 95th percentile | slowest |\n|---|--:|--:|--:|")
        for title, (ask, asked) in questions(conn).items():
            print(row(title, measured(ask, asked)), flush=True)
        print()
        conn.close()


if __name__ == "__main__":
    main()
