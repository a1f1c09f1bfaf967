"""What exporting everything takes: things written, seconds and memory.

    python -m benchmarks.exporting [--db FILE]

Prints Markdown: `dateline export` in each format, of all mentions where it writes rows. `--db` is a
database made by benchmarks.generate; without it a small one is made. Memory is the peak resident
set of the process. Linux only.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.generate import small
from db.exports import FORMATS

#: Formats that write the rows of one table.
ROWS = frozenset({"csv", "jsonl", "parquet"})
#: The command line, which says at its end how much memory it had at most.
PROGRAM = """
import atexit
from pathlib import Path
from dateline.cli import main
atexit.register(lambda: print(Path("/proc/self/status").read_text()))
main()
"""


class Cost(NamedTuple):
    """Things written, seconds, and bytes of the file and of memory at the peak."""

    things: int
    seconds: float
    size: int
    memory: int


def exported(database: Path, format_: str, target: Path) -> Cost:
    """Export everything in a process of its own."""
    command = [sys.executable, "-c", PROGRAM, "export", "--format", format_]
    if format_ in ROWS:
        command += ["--table", "mentions"]
    command += ["--db", str(database), "--output", str(target)]
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"dateline export failed:\n{done.stderr}")
    seconds = time.perf_counter() - begun
    things = int("".join(c for c in done.stderr.partition(" to ")[0] if c.isdigit()))
    (peak,) = (line for line in done.stdout.splitlines() if line.startswith("VmHWM"))
    return Cost(things, seconds, target.stat().st_size, int(peak.split()[1]) * 1024)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-exporting-") as name:
        database = args.db or small(Path(name) / "small.db", 2_000)
        print("## Exporting\n")
        print("| format | written | seconds | file | memory |")
        print("|---|--:|--:|--:|--:|")
        for format_ in FORMATS:
            target = Path(name) / f"all.{format_}"
            cost = exported(database, format_, target)
            target.unlink()
            print(
                f"| {format_} | {cost.things:,} | {cost.seconds:.1f} | {cost.size / 1e6:,.0f} MB "
                f"| {cost.memory / 1e6:.0f} MB |"
            )
    print()


if __name__ == "__main__":
    main()
