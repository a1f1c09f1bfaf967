"""Kill an ingest at random moments and see that nothing is lost and nothing is stored twice.

    python -m benchmarks.crash [--runs 200] [--releases 300]

Each run stores the same releases into a new file, is killed with SIGKILL at a random moment, and is
followed by the same command without a kill. The end must equal that of an undisturbed run: a digest
over every row of every table but the log of runs, without clock times. Prints Markdown.
"""

from __future__ import annotations

import argparse
import pickle
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.generate import batches, stories
from db import Prepared, Store, connect, prepare
from db.checks import digest, doctor

BATCH = 32


def write(database: Path, releases: Path) -> None:
    """The command that is killed: store what is not known yet, a transaction a batch."""
    ready: list[Prepared] = pickle.loads(releases.read_bytes())  # noqa: S301 made by this program
    with Store(database) as store, store.run("crash"):
        unknown = (
            one
            for one in ready
            if not store.known(one.release.uid, one.release.sha256, one.extractor)
        )
        print("writing", flush=True)
        for batch in batches(unknown, BATCH):
            store.save(batch)


def command(database: Path, releases: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.crash", "--write", str(database), str(releases)]


def killed(database: Path, releases: Path, seconds: float) -> bool:
    """Start the command and kill it so many seconds after it began to write, if it still runs."""
    with subprocess.Popen(command(database, releases), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def state(database: Path) -> str:
    conn = connect(database)
    try:
        return digest(conn)
    finally:
        conn.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--releases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", nargs=2, type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.write:
        write(*args.write)
        return
    rng = random.Random(args.seed)
    with tempfile.TemporaryDirectory(prefix="dateline-crash-") as name:
        folder = Path(name)
        releases = folder / "releases.pickle"
        releases.write_bytes(pickle.dumps([prepare(s) for s in stories(args.releases)]))
        whole = folder / "whole.db"
        start = time.perf_counter()
        with subprocess.Popen(command(whole, releases), stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            start = time.perf_counter()
        seconds = time.perf_counter() - start
        expected, kills, equal, clean = state(whole), 0, 0, 0
        for _ in range(args.runs):
            torn = folder / "torn.db"
            for file in folder.glob("torn.db*"):
                file.unlink()
            kills += killed(torn, releases, rng.uniform(0, seconds))
            clean += all(check.ok for check in doctor(torn))
            subprocess.run(command(torn, releases), check=True, stdout=subprocess.DEVNULL)
            clean += all(check.ok for check in doctor(torn))
            equal += state(torn) == expected
    print("## Crashes\n")
    print(
        f"{args.runs} runs of storing {args.releases} releases ({seconds:.1f} s undisturbed), each "
        "killed with SIGKILL at a random moment and repeated.\n"
    )
    print("| runs | killed while writing | sound after kill and after repeat | equal in the end |")
    print("|--:|--:|--:|--:|")
    print(f"| {args.runs} | {kills} | {clean} of {2 * args.runs} | {equal} |\n")
    if equal != args.runs or clean != 2 * args.runs:
        sys.exit(1)


if __name__ == "__main__":
    main()
