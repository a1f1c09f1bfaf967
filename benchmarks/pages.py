"""How fast the pages are: readers at once, while an ingest writes. `python -m benchmarks.pages DB`

Serves a copy-free database as `dateline serve` does, in a process of its own; READERS processes of
keep-alive requests go round the main pages with changing names and words, another process keeps
storing releases into the same file. Prints Markdown: median and 95th percentile of every page and
of its JSON twin, in milliseconds as the reader sees them.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sqlite3
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep

import httpx

READERS = 8
SECONDS = 40.0  # for each of the two rounds
SEED = 7


@dataclass(frozen=True, slots=True)
class Subjects:
    """What the readers ask for, drawn from the database."""

    entities: list[int]
    releases: list[int]
    events: list[int]
    words: list[str]
    months: list[str]


def subjects(path: Path) -> Subjects:
    """Names as readers meet them: every third one well known, the others any."""
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    pick = random.Random(SEED)

    def ids(table: str, number: int) -> list[int]:
        (last,) = conn.execute(f"SELECT coalesce(max(id), 1) FROM {table}").fetchone()
        drawn = [pick.randint(1, last) for _ in range(number * 2)]
        marks = ", ".join("?" * len(drawn))
        sql = f"SELECT id FROM {table} WHERE id IN ({marks})"
        return [i for (i,) in conn.execute(sql, drawn)][:number]

    known = conn.execute(
        "SELECT id FROM entities WHERE hidden = 0 ORDER BY release_count DESC LIMIT 20"
    )
    titles = conn.execute("SELECT title FROM releases WHERE id % 97 = 0 LIMIT 60").fetchall()
    words = [word for (title,) in titles for word in title.split() if len(word) > 3]
    months = conn.execute(
        "SELECT DISTINCT substr(starts_on, 1, 7) FROM events WHERE starts_on IS NOT NULL LIMIT 24"
    )
    found = Subjects(
        entities=[i for (i,) in known] + ids("entities", 40),
        releases=ids("releases", 40),
        events=ids("events", 40) or [1],
        words=pick.sample(words, min(len(words), 40)) or ["week"],
        months=[month for (month,) in months] or ["2024-01"],
    )
    conn.close()
    return found


def addresses(given: Subjects, pick: random.Random) -> dict[str, str]:
    """One address for each main page, without its suffix."""
    return {
        "home": "/index",
        "search": f"/-/search?q={pick.choice(given.words)}",
        "release": f"/release/{pick.choice(given.releases)}",
        "dossier": f"/entity/{pick.choice(given.entities)}",
        "calendar": f"/events?month={pick.choice(given.months)}",
        "event": f"/event/{pick.choice(given.events)}",
        "people": "/people",
        "quotes": "/quotes",
        "quotes with a word": f"/quotes?q={pick.choice(given.words)}",
        "map": "/map",
        "dashboard": "/dashboard",
    }


def suffixed(address: str, suffix: str) -> str:
    """The address of a page in HTML ("") or as its twin (".json")."""
    if address == "/index" and not suffix:
        return "/"
    path, mark, query = address.partition("?")
    return path + suffix + mark + query


async def read(base: str, given: Subjects, suffix: str, seconds: float) -> dict[str, list[float]]:
    """Let READERS go round the pages; milliseconds of every answer by page."""
    times: dict[str, list[float]] = defaultdict(list)
    deadline = monotonic() + seconds

    async def reader(number: int) -> None:
        pick = random.Random(SEED + number)
        async with httpx.AsyncClient(base_url=base, timeout=60) as client:
            while monotonic() < deadline:
                pages = list(addresses(given, pick).items())
                pick.shuffle(pages)
                for name, address in pages:
                    began = perf_counter()
                    answer = await client.get(suffixed(address, suffix))
                    times[name].append((perf_counter() - began) * 1000)
                    if answer.status_code != 200:
                        raise RuntimeError(f"{address}: {answer.status_code}")

    await asyncio.gather(*(reader(number) for number in range(READERS)))
    return times


SERVE = """
import sys
from pathlib import Path
from publish.serve import serve
serve(Path(sys.argv[1]), port=int(sys.argv[2]))
"""
#: Stores one made-up release after the other, in batches as an ingest does.
WRITE = """
import sys, time
from datetime import date
from itertools import count
from pathlib import Path
from db import Store, Stored
from ingest.types import Release
with Store(Path(sys.argv[1])) as store:
    for batch in count():
        found = []
        for number in range(32):
            uid = f"pages-bench-{batch}-{number}"
            text = f"Lantern notice {batch} {number}" + "\\n\\n" + "Lanterns are lit again. " * 80
            found.append(Stored(Release(uid, uid, "bench", text.partition("\\n")[0], None,
                date(2024, 1, 1), "en", None, None, text, (), uid.ljust(64, "0"))))
        store.save(found)
        time.sleep(0.2)
"""


def wait_for(base: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the site answers."""
    for _ in range(600):
        try:
            httpx.get(base + "/people.json", timeout=60)
            return
        except httpx.TransportError:
            if process.poll() is not None:
                raise RuntimeError("The site ended before it answered.") from None
            sleep(0.2)
    raise RuntimeError("The site did not answer.")


def measure(path: Path, port: int, seconds: float, writing: bool) -> str:
    """Serve `path`, read it, and return the Markdown report."""
    given = subjects(path)
    base = f"http://127.0.0.1:{port}"
    processes = [subprocess.Popen([sys.executable, "-c", SERVE, str(path), str(port)])]
    try:
        wait_for(base, processes[0])
        for address in addresses(given, random.Random(SEED)).values():  # the memo fills once
            httpx.get(base + suffixed(address, ".json"), timeout=120)
        if writing:
            processes.append(subprocess.Popen([sys.executable, "-c", WRITE, str(path)]))
        pages = asyncio.run(read(base, given, "", seconds))
        twins = asyncio.run(read(base, given, ".json", seconds))
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()
    return report(path, pages, twins, writing)


def report(
    path: Path, pages: dict[str, list[float]], twins: dict[str, list[float]], writing: bool
) -> str:
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    (releases,) = conn.execute("SELECT count(*) FROM releases").fetchone()
    conn.close()
    lines = [
        "## Pages",
        "",
        f"{READERS} readers at once on {releases:,} releases"
        f"{', while releases are stored into the same file' if writing else ''}; "
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
    return "\n".join(lines)


def small(folder: Path) -> Path:
    """A database to measure when none is given: 2,000 made-up releases."""
    path = folder / "pages.db"
    command = [sys.executable, "-m", "benchmarks.generate", "--releases", "2000", "--db", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("db", nargs="?", type=Path, help="a database; one is made without it")
    parser.add_argument("--port", type=int, default=8390)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for each of two rounds")
    parser.add_argument("--no-writer", action="store_true", help="nothing writes meanwhile")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = given.db or small(Path(folder))
        print(measure(path, given.port, given.seconds, not given.no_writer))


if __name__ == "__main__":
    main()
