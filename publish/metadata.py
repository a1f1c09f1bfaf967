"""Find and read `metadata.yml`: Datasette's titles, facets, canned queries and permissions.

In a checkout it is the file at the top; the wheel carries a copy beside this module.
"""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from .errors import PublishError

HERE = Path(__file__).parent

#: The name under which any file is served: addresses and metadata do not depend on a file's name.
DATABASE = "dateline"

#: What concerns the keeper of the database only. The public copy holds no rows of most of them;
#: closing them says so.
#: The same holds for what SQLite, full text and the search for copies keep for themselves: the last
#: number given out, for one, would tell that something is missing.
CLOSED_TABLES = (
    "documents", "feeds", "forgotten", "judgements", "problems", "runs",
    "_bulk_load", "_sqlite_migrations", "sqlite_sequence", "fingerprints", "fingerprint_bands",
    *(
        f"{index}_fts{part}"
        for index in ("releases", "entities", "quotes")
        for part in ("", "_config", "_data", "_docsize", "_idx")
    ),
)  # fmt: skip


def path() -> Path:
    """Return where `metadata.yml` lies."""
    for candidate in (HERE / "metadata.yml", HERE.parent / "metadata.yml"):
        if candidate.is_file():
            return candidate
    raise PublishError(
        "metadata.yml is missing from this installation. Install Dateline again: "
        "pip install --force-reinstall dateline"
    )


@lru_cache(maxsize=1)
def _read() -> Any:
    return yaml.safe_load(path().read_text("utf-8"))


def metadata(*, public: bool = False) -> dict[str, Any]:
    """Return the metadata as Datasette takes it; with `public` arbitrary SQL is closed."""
    found: dict[str, Any] = deepcopy(_read())
    if public:
        found["allow_sql"] = False
        database = found["databases"][DATABASE]
        database["allow_sql"] = False
        for table in CLOSED_TABLES:
            database["tables"].setdefault(table, {})["allow"] = False
    return found


def canned_queries() -> dict[str, dict[str, Any]]:
    """Return the canned queries by name."""
    queries: dict[str, dict[str, Any]] = metadata()["databases"][DATABASE]["queries"]
    return queries


def tables() -> dict[str, dict[str, Any]]:
    """Return what the metadata says of each table: description, columns, facets, label."""
    found: dict[str, dict[str, Any]] = metadata()["databases"][DATABASE]["tables"]
    return found
