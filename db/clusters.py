"""Copies of one release, found by fingerprint and kept together.

    fingerprint of a new release  ->  earlier ones with a common band  ->  clusters

A cluster is everything connected by copying, so that it does not depend on the order of arrival.
Its first release is the earliest published, then the first by uid.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from .bulk import enter
from .fingerprints import Fingerprint, are_copies
from .lookup import many, many_pairs, marks


def link(conn: sqlite3.Connection, found: Sequence[tuple[int, Fingerprint]]) -> None:
    """Store the fingerprints of releases and join each with its copies among those before it."""
    known, prints = _near(conn, [mark for _, mark in found])
    for number, mark in found:
        mine = (mark.day, mark.signature)
        near = {other for key in _keys(mark) for other in known.get(key, ())}
        copies = [other for other in near if are_copies(mine, prints[other])]
        if copies:
            _join(conn, [number, *copies])
        prints[number] = mine
        for band in {*mark.bands}:
            known.setdefault((mark.bucket, band), []).append(number)
    rows = ((number, mark.day, mark.signature) for number, mark in found)
    enter(conn, "fingerprints", "release_id, day, signature", rows)
    bands = ((mark.bucket, band, number) for number, mark in found for band in {*mark.bands})
    enter(conn, "fingerprint_bands", "bucket, band, release_id", bands)


def _keys(mark: Fingerprint) -> list[tuple[int, int]]:
    """Bucket and band of those that may be copies."""
    return [(bucket, band) for bucket in {*mark.buckets} for band in mark.bands]


def _near(
    conn: sqlite3.Connection, marks: Iterable[Fingerprint]
) -> tuple[dict[tuple[int, int], list[int]], dict[int, tuple[int, bytes]]]:
    """The stored releases with a common band, by bucket and band; day and signature of each."""
    known: dict[tuple[int, int], list[int]] = {}
    for bucket, band, number in many_pairs(
        conn,
        """SELECT b.bucket, b.band, b.release_id FROM (VALUES {marks}) AS wanted
           CROSS JOIN fingerprint_bands AS b
             ON b.bucket = wanted.column1 AND b.band = wanted.column2""",
        dict.fromkeys(key for mark in marks for key in _keys(mark)),
    ):
        known.setdefault((bucket, band), []).append(number)
    return known, _prints(conn, {number for numbers in known.values() for number in numbers})


def _prints(conn: sqlite3.Connection, releases: Iterable[int]) -> dict[int, tuple[int, bytes]]:
    """Day and signature of releases."""
    ask = "SELECT release_id, day, signature FROM fingerprints WHERE release_id IN ({marks})"
    return {number: (day, mark) for number, day, mark in many(conn, ask, releases)}


def unlink(conn: sqlite3.Connection, release_id: int) -> None:
    """Forget a release's fingerprint; those that only it held together part."""
    row = conn.execute("SELECT cluster_id FROM releases WHERE id = ?", (release_id,)).fetchone()
    for day, signature in conn.execute(
        "SELECT day, signature FROM fingerprints WHERE release_id = ?", (release_id,)
    ).fetchall():
        found = Fingerprint.of(day, signature)
        conn.executemany(
            "DELETE FROM fingerprint_bands WHERE bucket = ? AND band = ? AND release_id = ?",
            [(found.bucket, band, release_id) for band in found.bands],
        )
        conn.execute("DELETE FROM fingerprints WHERE release_id = ?", (release_id,))
    if row is None or row[0] is None:
        return
    members = [
        number
        for (number,) in conn.execute("SELECT id FROM releases WHERE cluster_id = ?", (row[0],))
    ]
    conn.execute("UPDATE releases SET cluster_id = NULL WHERE cluster_id = ?", (row[0],))
    conn.execute("DELETE FROM clusters WHERE id = ?", (row[0],))
    for group in _components(conn, [number for number in members if number != release_id]):
        if len(group) > 1:
            _join(conn, group)


def _components(conn: sqlite3.Connection, members: list[int]) -> list[list[int]]:
    prints = _prints(conn, members)
    groups: list[list[int]] = []
    for number in members:
        touching = [
            group
            for group in groups
            if any(are_copies(prints[number], prints[other]) for other in group)
        ]
        groups = [group for group in groups if group not in touching]
        groups.append([number, *(member for group in touching for member in group)])
    return groups


def _join(conn: sqlite3.Connection, members: Iterable[int]) -> None:
    """Put releases, and the clusters they are in already, into one cluster."""
    members = sorted(set(members))
    some = marks(members)
    clusters = [
        number
        for (number,) in conn.execute(
            f"SELECT DISTINCT cluster_id FROM releases WHERE id IN ({some}) "
            "AND cluster_id IS NOT NULL ORDER BY 1",
            members,
        )
    ]
    if clusters:
        keep = clusters[0]
    else:
        keep = conn.execute("INSERT INTO clusters(release_count) VALUES (0)").lastrowid or 0
    for other in clusters[1:]:
        conn.execute("UPDATE releases SET cluster_id = ? WHERE cluster_id = ?", (keep, other))
        conn.execute("DELETE FROM clusters WHERE id = ?", (other,))
    conn.execute(f"UPDATE releases SET cluster_id = ? WHERE id IN ({some})", (keep, *members))
    conn.execute(
        """UPDATE clusters SET
             release_count = (SELECT count(*) FROM releases WHERE cluster_id = clusters.id),
             first_release_id = (SELECT id FROM releases WHERE cluster_id = clusters.id
                                 ORDER BY published IS NULL, published, uid LIMIT 1)
           WHERE id = ?""",
        (keep,),
    )
