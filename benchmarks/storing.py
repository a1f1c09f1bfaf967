"""How fast releases are stored, with indexes, full text and resolution.

    python -m benchmarks.storing [--rounds N] [--db FILE]

Prints Markdown. `--db` is a database made by benchmarks.generate; a copy of it shows what the
releases that follow cost there, and what those of an archive, of any day of ten years, which lie
far from each other in every index. Without it, one is made of forty times as many releases as are
stored.
"""

from __future__ import annotations

import argparse
import os
import pickle
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.generate import Newsroom, small
from db import Prepared, Store, prepare

#: Releases of one round, stored in one transaction as the engine does when many workers deliver.
ROUND = 1_000
#: Number from which the releases of the archive are drawn: none of them is in the large database.
ARCHIVE = 10_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of the processor for storing ROUND releases."""

    mentions: int
    clock: float
    processor: float


def into(path: Path, ready: Sequence[Prepared]) -> Cost:
    """Store a round into a file opened anew: nothing is remembered from the last."""
    with Store(path) as store:
        clock, processor = time.perf_counter(), time.process_time()
        mentions = store.save(ready).mentions
        return Cost(mentions, time.perf_counter() - clock, time.process_time() - processor)


def row(name: str, costs: Sequence[Cost]) -> str:
    clock, processor = (median(getattr(c, key) for c in costs) for key in ("clock", "processor"))
    mentions = median(cost.mentions for cost in costs)
    return (
        f"| {name} | {ROUND / clock:,.0f} | {mentions / clock:,.0f} "
        f"| {ROUND / processor:,.0f} | {mentions / processor:,.0f} |"
    )


def large(given: Path | None, path: Path, releases: int) -> int:
    """Put the large database at `path`; the number of its releases."""
    if given:
        shutil.copy(given, path)
        os.sync()  # or writing the copy out goes on beside what is measured
    else:
        small(path, releases)
    with Store(path) as store:
        (count,) = store.conn.execute("SELECT count(*) FROM releases").fetchone()
    return int(count)


@dataclass(frozen=True, slots=True)
class Handed:
    """Releases as the writer gets them; seconds of preparing one and of receiving one."""

    ready: list[Prepared]
    preparing: float
    receiving: float


def handed_over(newsroom: Newsroom, start: int) -> Handed:
    """A round of releases, prepared and sent as workers do."""
    told = [newsroom.release(number) for number in range(start, start + ROUND)]
    times = [time.process_time()]
    sent = [pickle.dumps(prepare(story), pickle.HIGHEST_PROTOCOL) for story in told]
    times.append(time.process_time())
    ready = [pickle.loads(one) for one in sent]  # noqa: S301 made two lines above
    times.append(time.process_time())
    preparing, receiving = (b - a for a, b in pairwise(times))
    return Handed(ready, preparing / ROUND, receiving / ROUND)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--db", type=Path)
    args = parser.parse_args()
    news, archive = Newsroom(), Newsroom(archive=True)
    empty, full, anywhere, handed = [], [], [], []
    with tempfile.TemporaryDirectory(prefix="dateline-storing-") as name:
        folder, path = Path(name), Path(name) / "large.db"
        before = large(args.db, path, 40 * ROUND)
        size = os.path.getsize(path)
        # In turns, since a machine is not equally fast all the time.
        for number in range(args.rounds + 1):
            new = handed_over(news, before + number * ROUND)
            handed.append(new)
            empty.append(into(folder / f"empty-{number}.db", new.ready))
            full.append(into(path, new.ready))
            old = handed_over(archive, ARCHIVE + number * ROUND)
            anywhere.append(into(path, old.ready))
    characters = sum(one.characters for one in handed[0].ready) / ROUND
    # The first round fills the caches of the program and is not counted.
    empty, full, anywhere, handed = empty[1:], full[1:], anywhere[1:], handed[1:]
    preparing, receiving = (
        1000 * median(getattr(one, key) for one in handed) for key in ("preparing", "receiving")
    )
    print("## Storing\n")
    print(
        f"{ROUND:,} synthetic releases of {characters:,.0f} characters and "
        f"{empty[0].mentions / ROUND:.0f} mentions are stored in one transaction, with "
        "indexes, full text, resolution and synchronous writes: medians of "
        f"{args.rounds} rounds, after one that is not counted. What workers do beforehand "
        f"(`prepare`) takes {preparing:.2f} ms of processor time a release, receiving it from them "
        f"{receiving:.2f} ms.\n"
    )
    print("| into | releases/s | mentions/s | releases/cpu s | mentions/cpu s |")
    print("|---|--:|--:|--:|--:|")
    print(row("an empty database", empty))
    print(row(f"one of {before:,} releases ({size / 1e9:.1f} GB)", full))
    print(row("the same, releases of an archive", anywhere))
    clock, processor = (ratio(full, empty, key) for key in ("clock", "processor"))
    print(
        f"\nStoring into the large one takes {clock:.2f} times as long on the clock, "
        f"{processor:.2f} times as long on the processor. Preparing and storing in one process, "
        "which is what `Store.save` does with releases that nobody has prepared, takes "
        f"{ratio(full, empty, 'clock', preparing):.2f} times as long.\n"
    )


def ratio(full: Sequence[Cost], empty: Sequence[Cost], key: str, preparing: float = 0.0) -> float:
    """How many times as long one takes as the other; `preparing` is milliseconds a release."""
    before = preparing * ROUND / 1000
    large, small = (before + median(getattr(c, key) for c in costs) for costs in (full, empty))
    return float(large / small)


if __name__ == "__main__":
    main()
