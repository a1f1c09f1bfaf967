"""Kill an ingest at random moments and see that nothing is lost and nothing is stored twice.

    python -m benchmarks.crash [--runs 200] [--releases 300]

Each run is `dateline ingest` with its worker processes, reading the same documents into a new
file. It is killed with SIGKILL at a random moment, anew when it had ended before, and followed by
the same command without a kill. The end must equal that of an undisturbed run: a digest over every
row of every table but the log of runs, without clock times. Two of three runs are killed with all
their processes; of the third only the one that writes, and its workers must end by themselves.
Prints Markdown.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bulletins import write
from db import connect
from db.checks import digest, doctor

#: One of so many kills comes while the run still starts; all others while it stores.
EARLY = 12
#: One of so many kills leaves the workers alone.
WRITER_ALONE = 3
#: Seconds that workers whose writer is gone may live on.
ORPHAN_SECONDS = 30.0
POLL_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Killed:
    """A run that was (or was not, it came too late) killed; `stored` releases of `all`."""

    in_time: bool
    stored: int
    orphan_seconds: float


def command(database: Path, documents: Path) -> list[str]:
    options = ["--db", str(database), "--fast", "--workers", "2"]
    return [sys.executable, "-m", "dateline", "ingest", str(documents), *options]


@contextmanager
def started(database: Path, documents: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The command in a process group of its own, of which nothing is left afterwards."""
    process = subprocess.Popen(
        command(database, documents),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        end(process)
        process.wait()


def end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def members(group: int) -> int:
    """How many processes of a group are alive."""
    found = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, pgrp = status.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        found += int(pgrp) == group and state != "Z"
    return found


def stored(database: Path) -> int:
    """How many releases a reader finds in a file that may be there or not."""
    if not database.is_file():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as conn:
            found: int = conn.execute("SELECT count(*) FROM releases").fetchone()[0]
            return found
    except sqlite3.OperationalError:
        return 0


def await_first(process: subprocess.Popen[bytes], database: Path) -> None:
    while process.poll() is None and not stored(database):
        time.sleep(POLL_SECONDS)


def undisturbed(database: Path, documents: Path) -> tuple[float, float]:
    """Seconds until the first release was stored, and from then to the end."""
    begin = time.perf_counter()
    with started(database, documents) as process:
        await_first(process, database)
        first = time.perf_counter()
        if process.wait():
            raise SystemExit("the undisturbed run failed")
    return first - begin, time.perf_counter() - first


def killed(database: Path, documents: Path, seconds: float, *, early: bool, alone: bool) -> Killed:
    """Kill the command so many seconds after it began, or, unless `early`, began to store."""
    with started(database, documents) as process:
        if not early:
            await_first(process, database)
        time.sleep(seconds)
        in_time = process.poll() is None
        if alone:
            process.kill()
        else:
            end(process)
        process.wait()
        return Killed(in_time, stored(database), orphaned(process.pid))


def orphaned(group: int) -> float:
    """Seconds until the last process of a group without a writer has ended."""
    begin = time.perf_counter()
    while members(group):
        if time.perf_counter() - begin > ORPHAN_SECONDS:
            raise SystemExit(f"workers still live {ORPHAN_SECONDS:.0f} s after their writer")
        time.sleep(POLL_SECONDS)
    return time.perf_counter() - begin


def state(database: Path) -> str:
    with closing(connect(database)) as conn:
        return digest(conn)


def sound(database: Path) -> bool:
    """Pages, references, full-text indexes and counts; a file without any table yet is."""
    if not database.exists():
        return True
    with closing(sqlite3.connect(database)) as conn:
        (version,) = conn.execute("PRAGMA user_version").fetchone()
    wrong = [check for check in doctor(database) if not check.ok] if version else []
    for check in wrong:
        print(f"{check.name}: {check.message}", file=sys.stderr, flush=True)
    return not wrong


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--releases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    found: Counter[str] = Counter()
    orphans = 0.0
    with tempfile.TemporaryDirectory(prefix="dateline-crash-") as name:
        folder = Path(name)
        documents = folder / "documents"
        documents.mkdir()
        write(documents, args.releases)
        whole, torn = folder / "whole.db", folder / "torn.db"
        starting, storing = undisturbed(whole, documents)
        expected = state(whole)
        for run in range(args.runs):
            early, alone = run % EARLY == EARLY - 1, run % WRITER_ALONE == WRITER_ALONE - 1
            one = None
            while one is None or not one.in_time:
                for file in folder.glob("torn.db*"):
                    file.unlink()
                seconds = rng.uniform(0, starting if early else storing)
                one = killed(torn, documents, seconds, early=early, alone=alone)
            found["within"] += 0 < one.stored < args.releases
            found["alone"] += alone
            orphans = max(orphans, one.orphan_seconds)
            found["clean"] += sound(torn)
            done = subprocess.run(command(torn, documents), capture_output=True, check=False)
            found["ended"] += done.returncode == 0
            found["clean"] += sound(torn)
            equal = state(torn) == expected
            found["equal"] += equal
            print(f"run {run + 1}: {one}, equal in the end: {equal}", file=sys.stderr, flush=True)
    print("## Crashes\n")
    print(
        f"{args.runs} runs of `dateline ingest` of {args.releases} releases with two workers "
        f"({starting:.1f} s until it stores, {storing:.1f} s storing, undisturbed), each killed "
        f"with SIGKILL at a random moment and repeated; of {found['alone']} only the process that "
        f"writes was killed, and its workers were gone {orphans:.1f} s later at the latest.\n"
    )
    print(
        "| killed before their end | with some but not all stored "
        "| sound after kill and after repeat | repeat ended well | equal in the end |"
    )
    print("|--:|--:|--:|--:|--:|")
    print(
        f"| {args.runs} | {found['within']} "
        f"| {found['clean']} of {2 * args.runs} | {found['ended']} | {found['equal']} |\n"
    )
    if found["equal"] != args.runs or found["clean"] != 2 * args.runs:
        sys.exit(1)


if __name__ == "__main__":
    main()
