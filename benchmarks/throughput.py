"""How fast releases become rows, beside plain spaCy on the same texts, in one run.

    python -m benchmarks.throughput [--releases 600] [--texts FILE] [--db FILE] [--out FILE]

`make bench`: writes the results page, with what the other benchmarks of this folder print.
Every case is a process of its own, one core or all, one after the other. Figures, not verdicts:
on a shared machine only the ratios within one run mean something.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .memory import MEGABYTE, Peak
from .texts import ROOT, texts, write_pages

#: Releases processed before the clock starts: models are loaded and caches filled by then.
WARM = 32
#: Releases whose extraction is timed component by component.
SHARED = 128
STEP = 8
STAGES = ("reading the page", "extraction", "preparing rows", "storing rows")
CASES = {
    "plain": "plain `nlp.pipe` of en_core_web_sm, nothing stored",
    "fast": "Dateline `--fast`, file to stored row",
    "accurate": "Dateline, file to stored row",
}
#: Benchmarks of the other stages; each prints Markdown about a database.
OTHERS = ("storing", "searching", "exporting", "pages")
VERSIONS = ("spacy", "onnxruntime", "datasette", "sqlite-utils", "numpy")


# --- one case, in a process of its own ------------------------------------------------------------


class Clock:
    """Counts characters from the WARMth release on."""

    def __init__(self) -> None:
        self.releases = self.characters = 0
        self.start = time.perf_counter()

    def tick(self, characters: int) -> None:
        self.releases += 1
        self.characters += characters
        if self.releases == WARM:
            self.start, self.characters = time.perf_counter(), 0

    def result(self) -> dict[str, float]:
        seconds = time.perf_counter() - self.start
        return {
            "characters": self.characters / seconds,
            "releases": (self.releases - WARM) / seconds,
        }


def plain(source: Path | None, number: int, cores: int) -> dict[str, float]:
    """Case (a): the whole pipeline of en_core_web_sm over the texts alone."""
    import spacy

    from extract.languages import ALIASES

    nlp = spacy.load(ALIASES.get("en_core_web_sm", "en_core_web_sm"))
    clock = Clock()
    stream = (f"{title}\n\n{text}" for title, text in texts(number, source))
    for doc in nlp.pipe(stream, n_process=cores, batch_size=WARM):
        clock.tick(len(doc.text))
    return clock.result()


def dateline(pages: Path, cores: int, *, fast: bool) -> dict[str, float]:
    """Cases (b) and (c): `dateline ingest`. The last transaction and ANALYZE are inside."""
    from dateline.engine import Options, ingest

    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        options = Options(Path(folder, "bench.db"), fast=fast, workers=cores)
        ingest([str(pages)], options, None, lambda release, _: clock.tick(len(release.text)))
        return clock.result()


def shares(pages: Path, *, fast: bool) -> dict[str, float]:
    """Seconds of every stage and component for the first releases, in this process."""
    import extract
    import ingest
    from db.rows import Stored, prepare
    from db.store import Store
    from ingest.sources import documents
    from ingest.types import RawDocument, Release

    nlp = extract.load(fast=fast)
    seconds: dict[str, float] = defaultdict(float)
    nlp._components = [(name, _Timed(part, name, seconds)) for name, part in nlp.pipeline]
    raws = [raw for raw in documents([str(pages)]) if isinstance(raw, RawDocument)]
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder, "b.db")) as store:
        for first in range(0, SHARED + STEP, STEP):
            if first == STEP:  # by now models and caches are filled
                seconds.clear()
            times = [time.perf_counter()]
            read = [
                (raw, release)
                for raw in raws[first : first + STEP]
                for release in ingest.releases(raw)
                if isinstance(release, Release)
            ]
            times.append(time.perf_counter())
            made = list(extract.extract([release for _, release in read], nlp))
            times.append(time.perf_counter())
            ready = [
                prepare(Stored(release, extraction, raw))
                for (raw, release), extraction in zip(read, made, strict=True)
            ]
            times.append(time.perf_counter())
            store.save(ready)
            times.append(time.perf_counter())
            for name, start, end in zip(STAGES, times, times[1:], strict=False):
                seconds[name] += end - start
    components = sum(seconds[name] for name in nlp.pipe_names)
    seconds["tokens and the rest"] = seconds.pop("extraction") - components
    return dict(seconds)


class _Timed:
    """Stands for a component and counts its seconds, without those of the ones before it."""

    def __init__(self, component: Any, name: str, seconds: dict[str, float]) -> None:
        self.component = component
        self.name = name
        self.seconds = seconds

    def __call__(self, doc: Any) -> Any:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Any], **options: Any) -> Iterator[Any]:
        docs = list(stream)
        start = time.perf_counter()
        if hasattr(self.component, "pipe"):
            docs = list(self.component.pipe(docs, **options))
        else:
            docs = [self.component(doc) for doc in docs]
        self.seconds[self.name] += time.perf_counter() - start
        return iter(docs)


# --- all cases, and the page ----------------------------------------------------------------------


def measure(case: str, cores: int, pages: Path, given: argparse.Namespace) -> dict[str, float]:
    """Run one case in a process of its own that sees `cores` cores."""
    command = [sys.executable, "-m", "benchmarks.throughput", "--case", case]
    command += ["--cores", str(cores), "--pages", str(pages), "--releases", str(given.releases)]
    if given.texts:
        command += ["--texts", str(given.texts)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    print(f"{case} on {cores}: {result}", file=sys.stderr, flush=True)
    return result


def run_case(given: argparse.Namespace) -> dict[str, float]:
    if hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(0))[: given.cores]
        os.sched_setaffinity(0, allowed)
    if given.case.startswith("shares"):
        return shares(given.pages, fast=given.case == "shares-fast")
    with Peak() as peak:
        if given.case == "plain":
            result = plain(given.texts, given.releases, given.cores)
        else:
            result = dateline(given.pages, given.cores, fast=given.case == "fast")
    return {**result, "bytes": peak.bytes}


def speed_table(results: dict[tuple[str, int], dict[str, float]], cores: list[int]) -> str:
    rows = [
        "| | cores | characters a second | releases a second | beside plain spaCy | "
        "beside one core | MB in all |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for case, title in CASES.items():
        for number in cores:
            result = results[case, number]
            rows.append(
                f"| {title} | {number} | {result['characters']:,.0f} | {result['releases']:.1f} | "
                f"{result['characters'] / results['plain', number]['characters']:.2f} | "
                f"{result['characters'] / results[case, 1]['characters']:.2f} | "
                f"{result['bytes'] / MEGABYTE:,.0f} |"
            )
    return "\n".join(rows)


def share_table(results: dict[str, dict[str, float]]) -> str:
    names = list(dict.fromkeys(name for result in results.values() for name in result))
    rows = ["| stage | " + " | ".join(results) + " |", "|---|" + "---:|" * len(results)]
    for name in names:
        cells = [
            f"{result[name] / sum(result.values()):.1%}" if name in result else ""
            for result in results.values()
        ]
        rows.append(f"| {name.replace('_', ' ')} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def machine() -> str:
    """Processor, versions and commit; neither names nor paths of this machine."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((x.split(": ")[1] for x in lines if x.startswith("model name")), model)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    versions = [f"{name} {importlib.metadata.version(name)}" for name in VERSIONS]
    return (
        f"{model}, {os.cpu_count()} cores; {platform.system()}, "
        f"Python {platform.python_version()}, {', '.join(versions)}; "
        f"Dateline {importlib.metadata.version('dateline')}, commit {commit or 'unknown'}."
    )


def page(given: argparse.Namespace) -> str:
    cores = sorted({1, os.cpu_count() or 1})
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder)
        characters = write_pages(pages, given.releases, given.texts)
        results = {(c, n): measure(c, n, pages, given) for c in CASES for n in cores}
        parts = {f"`{k}`": measure(f"shares-{k}", 1, pages, given) for k in ("fast", "accurate")}
    return "\n\n".join(
        [
            "# Benchmarks",
            "Written by `make bench`. Figures of one run on one machine; compare those of one run.",
            machine(),
            "## Reading and extracting",
            f"{given.releases:,} releases, {characters:,} characters, as HTML pages. Dateline goes "
            "from file to stored row; plain spaCy gets the bare text and stores nothing. Models "
            "are loaded before the clock starts. Memory is that of all processes together, "
            "shared pages counted once.",
            speed_table(results, cores),
            "## Where the time goes",
            "One core, `make bench`'s first releases, seconds of each stage as a share of all.",
            share_table(parts),
            *(other(name, given.db) for name in OTHERS if name not in given.without),
        ]
    )


def other(name: str, db: Path | None) -> str:
    """What another benchmark of this folder prints; without a database it makes a small one."""
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    if db:
        command += ["--db", str(db.resolve())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"benchmarks/{name}.py failed:\n{done.stderr}")
    return done.stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--releases", type=int, default=600)
    parser.add_argument("--texts", type=Path, help="gzipped lines of {title, text}")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    parser.add_argument(
        "--db", type=Path, help="what to add to, search and serve (benchmarks.generate)"
    )
    parser.add_argument("--without", nargs="*", choices=OTHERS, default=[], help="leave these out")
    parser.add_argument("--case", help=argparse.SUPPRESS)
    parser.add_argument("--cores", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--pages", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.texts:
        given.texts = given.texts.resolve()
    if given.case:
        print(json.dumps(run_case(given)))
        return
    given.out.write_text(page(given) + "\n", "utf-8")
    print(f"Written: {given.out}")


if __name__ == "__main__":
    main()
