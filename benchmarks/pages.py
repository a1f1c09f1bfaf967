"""How fast the pages are: readers at once, while an ingest writes.

    python -m benchmarks.pages [--db FILE]

Serves a copy of a database as `dateline serve` does, in a process of its own; READERS processes
with one connection each go round the main pages with changing names and words, another process
keeps storing made-up releases with all their facts into the same file. Prints Markdown: median and
95th percentile of every page and of its JSON twin, in milliseconds as the reader sees them.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from string import ascii_uppercase
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep
from urllib.parse import quote

from db import backup

READERS = 8
SECONDS = 40.0  # for each of the two rounds
SEED = 7
#: Things of one sort that readers ask for: too many to be remembered from one round to the next.
SUBJECTS = 400
WELL_KNOWN = 40
#: The writer stores this many releases, and then waits: 40 a second, some three times what the
#: extraction of two cores delivers.
BATCH, PAUSE_SECONDS = 20, 0.5


Times = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Subjects:
    """What the readers ask for, drawn from the database."""

    entities: list[int]
    releases: list[int]
    events: list[int]
    words: list[str]
    months: list[str]


def subjects(path: Path) -> Subjects:
    """Names as readers meet them: some well known, most any."""
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    pick = random.Random(SEED)

    def ids(table: str, number: int) -> list[int]:
        (last,) = conn.execute(f"SELECT coalesce(max(id), 1) FROM {table}").fetchone()
        drawn = [pick.randint(1, last) for _ in range(number * 2)]
        marks = ", ".join("?" * len(drawn))
        sql = f"SELECT id FROM {table} WHERE id IN ({marks})"
        return [i for (i,) in conn.execute(sql, drawn)][:number]

    known = conn.execute(
        "SELECT id FROM entities WHERE hidden = 0 ORDER BY release_count DESC LIMIT ?",
        (WELL_KNOWN,),
    )
    titles = conn.execute("SELECT title FROM releases WHERE id % 97 = 0 LIMIT 200").fetchall()
    words = [word for (title,) in titles for word in title.split() if len(word) > 3]
    months = conn.execute(
        "SELECT DISTINCT substr(starts_on, 1, 7) FROM events WHERE starts_on IS NOT NULL LIMIT 120"
    )
    found = Subjects(
        entities=[i for (i,) in known] + ids("entities", SUBJECTS),
        releases=ids("releases", SUBJECTS),
        events=ids("events", SUBJECTS) or [1],
        words=pick.sample(words, min(len(words), SUBJECTS)) or ["week"],
        months=[month for (month,) in months] or ["2024-01"],
    )
    conn.close()
    return found


def addresses(given: Subjects, pick: random.Random) -> dict[str, str]:
    """One address for each main page, without its suffix."""
    return {
        "home": "/index",
        "search": f"/-/search?q={quote(pick.choice(given.words))}",
        "release": f"/release/{pick.choice(given.releases)}",
        "dossier": f"/entity/{pick.choice(given.entities)}",
        "calendar": f"/events?month={pick.choice(given.months)}",
        "events with a word": f"/events?q={quote(pick.choice(given.words))}",
        "event": f"/event/{pick.choice(given.events)}",
        "people": "/people",
        "people by letter": f"/people?letter={pick.choice(ascii_uppercase)}",
        "quotes": "/quotes",
        "quotes with a word": f"/quotes?q={quote(pick.choice(given.words))}",
        "map": "/map",
        "dashboard": "/dashboard",
        "data dictionary": "/-/schema",
        "API": "/-/api",
    }


def suffixed(address: str, suffix: str) -> str:
    """The address of a page in HTML ("") or as its twin (".json")."""
    if address == "/index" and not suffix:
        return "/"
    path, mark, query = address.partition("?")
    return path + suffix + mark + query


def read(port: int, given: Subjects, suffix: str, number: int, seconds: float) -> Times:
    """Let one reader go round the pages; milliseconds of every answer by page."""
    times: Times = defaultdict(list)
    deadline = monotonic() + seconds
    pick = random.Random(SEED + number)
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    while monotonic() < deadline:
        pages = list(addresses(given, pick).items())
        pick.shuffle(pages)
        for name, address in pages:
            began = perf_counter()
            ask(connection, suffixed(address, suffix))
            times[name].append((perf_counter() - began) * 1000)
    connection.close()
    return dict(times)


def ask(connection: HTTPConnection, address: str) -> None:
    """Read one answer to its end."""
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status}")


def readers(port: int, given: Subjects, suffix: str, seconds: float) -> Times:
    """READERS at once; their milliseconds together."""
    times: Times = defaultdict(list)
    with ProcessPoolExecutor(READERS) as pool:
        asked = [
            pool.submit(read, port, given, suffix, number, seconds) for number in range(READERS)
        ]
        for one in asked:
            for name, found in one.result().items():
                times[name] += found
    return times


SERVE = """
import sys
from pathlib import Path
from publish.serve import serve
serve(Path(sys.argv[1]), port=int(sys.argv[2]))
"""
#: Stores made-up releases that the file does not have yet, in batches as an ingest does.
WRITE = """
import sys, time
from pathlib import Path
from benchmarks.generate import batches, stories
from db import Store
batch, pause = int(sys.argv[2]), float(sys.argv[3])
with Store(Path(sys.argv[1])) as store:
    (done,) = store.conn.execute("SELECT count(*) FROM releases").fetchone()
    for found in batches(stories(10**6, start=done), batch):
        store.save(found)
        time.sleep(pause)
"""


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the site answers."""
    for _ in range(600):
        try:
            ask(HTTPConnection("127.0.0.1", port, timeout=60), "/people.json")
            return
        except OSError:
            if process.poll() is not None:
                raise RuntimeError("The site ended before it answered.") from None
            sleep(0.2)
    raise RuntimeError("The site did not answer.")


def measure(path: Path, port: int, seconds: float, writing: bool) -> str:
    """Serve `path`, read it, and return the Markdown report."""
    given = subjects(path)
    processes = [subprocess.Popen([sys.executable, "-c", SERVE, str(path), str(port)])]
    try:
        wait_for(port, processes[0])
        for address in addresses(given, random.Random(SEED)).values():  # the memo fills once
            ask(HTTPConnection("127.0.0.1", port, timeout=120), suffixed(address, ".json"))
        if writing:
            command = [sys.executable, "-c", WRITE, str(path), str(BATCH), str(PAUSE_SECONDS)]
            processes.append(subprocess.Popen(command))
            sleep(5)  # until it has made up its world
        began = processor_seconds(processes[0].pid)
        pages = readers(port, given, "", seconds)
        between = processor_seconds(processes[0].pid)
        twins = readers(port, given, ".json", seconds)
        spent = between - began, processor_seconds(processes[0].pid) - between
        stopped = [process for process in processes if process.poll() is not None]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()
    if stopped:
        raise RuntimeError("The site or the writer ended before the readers did.")
    return report(path, pages, twins, writing, spent)


def processor_seconds(process: int) -> float:
    """What a process has used so far; 0 where the system does not tell it this way."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(
    path: Path, pages: Times, twins: Times, writing: bool, spent: tuple[float, float]
) -> str:
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    (releases,) = conn.execute("SELECT count(*) FROM releases").fetchone()
    conn.close()
    lines = [
        "## Pages",
        "",
        f"{READERS} readers at once on {releases:,} releases"
        f"{f', while {BATCH / PAUSE_SECONDS:.0f} a second are stored into it' if writing else ''}; "
        "milliseconds from request to whole answer.",
        "",
        "| page | requests | median | 95th percentile | JSON median | JSON 95th percentile |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name in [*pages, "all"]:
        html = pages.get(name) or [t for times in pages.values() for t in times]
        json = twins.get(name) or [t for times in twins.values() for t in times]
        figures = [median(html), quantiles(html, n=20)[-1], median(json), quantiles(json, n=20)[-1]]
        cells = " | ".join(f"{figure:.0f}" for figure in figures)
        lines.append(f"| {name} | {len(html) + len(json)} | {cells} |")
    each = [
        1000 * seconds / sum(map(len, times.values()))
        for seconds, times in zip(spent, (pages, twins), strict=True)
    ]
    if all(each):
        lines += [
            "",
            f"Processor time of the site for one page, on average: {each[0]:.1f} ms; "
            f"for one JSON answer: {each[1]:.1f} ms.",
        ]
    return "\n".join(lines)


def copied(path: Path, folder: Path) -> Path:
    """A copy to write into."""
    target = folder / "pages.db"
    backup(path, target)
    return target


def small(folder: Path) -> Path:
    """A database to measure when none is given: 2,000 made-up releases."""
    path = folder / "pages.db"
    command = [sys.executable, "-m", "benchmarks.generate", "--releases", "2000", "--db", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--db", type=Path, help="a database; a small one is made without it")
    parser.add_argument("--port", type=int, default=8390)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for each of two rounds")
    parser.add_argument("--no-writer", action="store_true", help="nothing writes meanwhile")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = copied(given.db, Path(folder)) if given.db else small(Path(folder))
        print(measure(path, given.port, given.seconds, not given.no_writer))


if __name__ == "__main__":
    main()
