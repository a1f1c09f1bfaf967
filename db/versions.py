"""Keep what a release said before it was changed or corrected.

    release stored, release given -> a row of `versions`: the difference from the older text

The same page read again is newer than before. Between two documents with one address (a release
and its corrected copy in a folder) the reading order says nothing: the later published is the
newer one, on the same day the one that says it is a correction.
"""

from __future__ import annotations

import difflib
import re
import sqlite3
from dataclasses import dataclass

from .rows import Prepared

#: How a notice begins that makes a release the correction of an earlier one.
CORRECTION = re.compile(r"\W*(correct(ed|ion|ing)|clarification|erratum|errata)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class State:
    """What a document said of a release. `published` is an ISO day, or empty."""

    notices: tuple[int, ...]  # where notices begin in `text`
    uri: str
    raw_hash: str
    content_hash: str
    title: str
    text: str
    published: str
    ingested_at: str
    extractor: str | None

    def is_before(self, other: State) -> bool:
        """Whether `other` was published later, or corrects this."""
        if self.published and other.published and self.published != other.published:
            return self.published < other.published
        return other.is_correction() and not self.is_correction()

    def is_correction(self) -> bool:
        """Whether a notice of the release says that it corrects an earlier one."""
        return any(CORRECTION.match(self.text, start) for start in self.notices)


def _given(prepared: Prepared, now: str) -> State:
    release = prepared.release
    return State(
        tuple(section.start_char for section in release.sections if section.kind == "notice"),
        release.uri,
        release.sha256,
        prepared.content_hash,
        release.title,
        release.text,
        release.published.isoformat() if release.published else "",
        now,
        prepared.extractor,
    )


def _stored(conn: sqlite3.Connection, release: int) -> State:
    row = conn.execute(
        "SELECT uri, raw_hash, content_hash, title, text, coalesce(published, ''), ingested_at, "
        "extractor FROM releases WHERE id = ?",
        (release,),
    ).fetchone()
    notices = conn.execute(
        "SELECT start_char FROM sections WHERE release_id = ? AND kind = 'notice'", (release,)
    )
    return State(tuple(start for (start,) in notices), *row)


def is_past(conn: sqlite3.Connection, release: int, prepared: Prepared, now: str) -> bool:
    """Tell whether `prepared` is what another document said of a stored release, or says as well.

    An older state becomes a version when it was not one yet; the release stays as it is.
    """
    stored, given = _stored(conn, release), _given(prepared, now)
    if stored.uri == given.uri:
        return False
    known = conn.execute(
        "SELECT 1 FROM versions WHERE release_id = ? AND uri = ? AND raw_hash = ?",
        (release, given.uri, given.raw_hash),
    ).fetchone()
    if known:
        return True
    if given.content_hash == stored.content_hash:
        return given.extractor == stored.extractor
    if not given.is_before(stored):
        return False
    _keep(conn, release, given, stored, now)
    return True


def replaced(conn: sqlite3.Connection, release: int, prepared: Prepared, now: str) -> None:
    """Keep what a stored release says before `prepared` takes its place."""
    _keep(conn, release, _stored(conn, release), _given(prepared, now), now)


def _keep(conn: sqlite3.Connection, release: int, older: State, newer: State, now: str) -> None:
    (version,) = conn.execute("SELECT version FROM releases WHERE id = ?", (release,)).fetchone()
    difference = difflib.unified_diff(
        older.text.split("\n"),
        newer.text.split("\n"),
        f"version {version}",
        f"version {version + 1}",
        lineterm="",
    )
    conn.execute(
        "INSERT INTO versions(release_id, version, title, content_hash, ingested_at, "
        "replaced_at, difference, uri, raw_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            release,
            version,
            older.title,
            older.content_hash,
            older.ingested_at,
            now,
            "\n".join(difference),
            older.uri,
            older.raw_hash,
        ),
    )
    conn.execute("UPDATE releases SET version = ? WHERE id = ?", (version + 1, release))
