"""How fast releases are stored, with indexes, full text and resolution.

    python -m benchmarks.storing [--releases N] [--large FILE]

Prints Markdown. `--large` is a database made by benchmarks.generate; a copy of it shows what the
same releases cost there. Without it, one is made with ten times as many releases.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import batches, stories
from db import Prepared, Store, prepare

#: Releases of one transaction; what the engine stores at once is smaller and a little slower.
BATCH = 500
#: Numbers from which the measured releases are drawn: none of them is in the large database.
FRESH = 10_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of the processor for storing some releases."""

    releases: int
    mentions: int
    clock: float
    processor: float

    def row(self, name: str) -> str:
        return (
            f"| {name} | {self.releases:,} | {self.releases / self.clock:,.0f} "
            f"| {self.mentions / self.clock:,.0f} | {self.releases / self.processor:,.0f} "
            f"| {self.mentions / self.processor:,.0f} |"
        )


def stored(path: Path, ready: Sequence[Prepared]) -> Cost:
    """Store prepared releases, in batches, each a transaction."""
    with Store(path) as store:
        clock, processor, mentions = time.perf_counter(), time.process_time(), 0
        for batch in batches(iter(ready), BATCH):
            mentions += store.save(batch).mentions
        return Cost(
            len(ready), mentions, time.perf_counter() - clock, time.process_time() - processor
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--releases", type=int, default=3_000)
    parser.add_argument("--large", type=Path)
    args = parser.parse_args()
    prepare(next(stories(1)))  # loads the gazetteer
    told = list(stories(args.releases, start=FRESH))
    started = time.process_time()
    ready = [prepare(story) for story in told]
    preparing = (time.process_time() - started) / len(ready)
    with tempfile.TemporaryDirectory(prefix="dateline-storing-") as name:
        folder = Path(name)
        empty = stored(folder / "empty.db", ready)
        large = folder / "large.db"
        if args.large:
            shutil.copy(args.large, large)
        else:
            stored(large, [prepare(story) for story in stories(10 * args.releases)])
        with Store(large) as store:
            (before,) = store.conn.execute("SELECT count(*) FROM releases").fetchone()
        full = stored(large, ready)
        size = os.path.getsize(large)
    print("## Storing\n")
    print(
        f"{args.releases:,} synthetic releases of {len(told[0].release.text):,} characters and "
        f"{empty.mentions / empty.releases:.0f} mentions are stored {BATCH} to a transaction, with "
        "indexes, full text, resolution and synchronous writes. What workers do beforehand "
        f"(`prepare`) takes {preparing * 1000:.2f} ms of processor time a release.\n"
    )
    print("| into | releases | releases/s | mentions/s | releases/cpu s | mentions/cpu s |")
    print("|---|--:|--:|--:|--:|--:|")
    print(empty.row("an empty database"))
    print(full.row(f"one of {before:,} releases ({size / 1e9:.1f} GB)"))
    print(
        f"\nStoring into the large one takes {full.clock / empty.clock:.2f} times as long on the "
        f"clock, {full.processor / empty.processor:.2f} times as long on the processor.\n"
    )


if __name__ == "__main__":
    main()
