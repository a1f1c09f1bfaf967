"""Memory of a long run: does it stay flat, and how much is it in all?

    python -m benchmarks.memory [--releases 25000] [--chars N] [--texts FILE.jsonl.gz] [--fast]

Prints a Markdown table: releases stored, megabytes of all processes together (proportional set
size: shared pages counted once), releases a second. Linux only.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType

from .texts import write_pages

#: Seconds between two looks at the memory; a look costs hundredths of a second in every process.
SAMPLE_SECONDS = 2.0
MEGABYTE = 1_000_000


def tree_bytes(pid: int | str = "self") -> int:
    """Proportional set size of a process and all below it; 0 for one that has just ended."""
    total = 0
    base = Path("/proc") / str(pid)
    try:
        for line in (base / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
        children = " ".join(p.read_text() for p in base.glob("task/*/children")).split()
    except OSError:
        return total
    return total + sum(tree_bytes(child) for child in children)


class Peak:
    """Looks at the memory of this process and its children while its block runs."""

    def __init__(self) -> None:
        self.bytes = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._stop.wait(SAMPLE_SECONDS):
            self.bytes = max(self.bytes, tree_bytes())

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()


class Table:
    """Prints a row after every `every` releases."""

    def __init__(self, every: int) -> None:
        self.every = every
        self.count = 0
        self.peak = 0
        self.last = time.perf_counter()

    def total(self, documents: int | None) -> None:
        print("| releases | MB in all | releases a second |\n|---:|---:|---:|")

    def message(self, text: str) -> None: ...

    def done(self, uri: str, outcome: str) -> None:
        self.count += 1
        if self.count % self.every:
            return
        now, used = time.perf_counter(), tree_bytes()
        self.peak = max(self.peak, used)
        print(
            f"| {self.count:,} | {used / MEGABYTE:,.0f} | {self.every / (now - self.last):.1f} |",
            flush=True,
        )
        self.last = now


def main() -> None:
    from dateline.engine import Options, ingest

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--releases", type=int, default=25_000)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--chars", type=int, help="cut every release to so many characters")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--workers", type=int)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder, "pages")
        pages.mkdir()
        write_pages(pages, given.releases, given.texts, given.chars)
        options = Options(Path(folder, "memory.db"), fast=given.fast, workers=given.workers)
        table = Table(max(1, given.releases // 25))
        table.total(None)
        ingest([str(pages)], options, table)
        size = options.db.stat().st_size
    print(f"\nPeak {table.peak / MEGABYTE:,.0f} MB; database {size / MEGABYTE:,.0f} MB.")


if __name__ == "__main__":
    main()
