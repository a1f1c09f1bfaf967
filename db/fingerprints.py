"""Fingerprints of releases, so that copies of one release find each other without comparing all.

MinHash (Broder 1997) over word triples of the body, banded for locality-sensitive hashing
(Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3). With 8 bands of 4 rows a
copy that shares 80 % of its triples is found with a probability of 98 %, one that shares 30 %
with 6 %.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from ingest.types import Release

HASHES = 64
BANDS = 8
ROWS = 4
#: Below this many distinct triples a text is too short to be told from others like it.
MIN_TRIPLES = 20
#: Words looked at; longer texts are told apart by their beginning.
MAX_WORDS = 3000
#: Copies come out within this many days of each other; a monthly report that repeats most of its
#: words is not a copy of the last one.
COPY_DAYS = 3
BUCKET_DAYS = COPY_DAYS + 1
#: Share of common triples (estimated) from which two releases are copies.
MIN_SHARE = 0.72
#: Stands for "not dated"; far from any real day, so that undated releases only meet each other.
NO_DAY = -1_000_000

_WORDS = re.compile(r"\w+")
_PRIME = np.uint64((1 << 31) - 1)
_BODY = frozenset({"body", "list", "table", "headline", "subhead"})


class Fingerprint(NamedTuple):
    """`day` is the proleptic ordinal of the publication date, `NO_DAY` when unknown.

    `signature` holds `HASHES` little-endian 32-bit minima. `bands` has one signed 64-bit key for
    each `ROWS` of them; copies have at least one in common.
    """

    day: int
    signature: bytes
    bands: tuple[int, ...]

    @classmethod
    def of(cls, day: int, signature: bytes) -> Fingerprint:
        size = 4 * ROWS
        bands = (_mixed(signature[i * size : (i + 1) * size], i) for i in range(BANDS))
        return cls(day, signature, tuple(bands))

    @property
    def bucket(self) -> int:
        return self.day // BUCKET_DAYS

    @property
    def buckets(self) -> tuple[int, int, int]:
        """The first in which copies can be, its own, and the last; two of them may be one."""
        return (
            (self.day - COPY_DAYS) // BUCKET_DAYS,
            self.bucket,
            (self.day + COPY_DAYS) // BUCKET_DAYS,
        )


@lru_cache(maxsize=1)
def _permutations() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    random = np.random.default_rng(20231111)
    a = random.integers(1, int(_PRIME), size=(HASHES, 1), dtype=np.uint64)
    b = random.integers(0, int(_PRIME), size=(HASHES, 1), dtype=np.uint64)
    return a, b


def _body(release: Release) -> str:
    """The text without dateline, boilerplate, contacts and notices: what wires change in copies."""
    parts = [release.text[s.start_char : s.end_char] for s in release.sections if s.kind in _BODY]
    return "\n".join(parts) if parts else release.text


def fingerprint(release: Release) -> Fingerprint | None:
    """The fingerprint of a release's body; None when it is too short to have one."""
    words = [crc32(word.encode()) for word in _WORDS.findall(_body(release).lower())[:MAX_WORDS]]
    if len(words) < MIN_TRIPLES:
        return None
    codes = np.array(words, dtype=np.uint64)
    triples = np.unique((codes[:-2] * np.uint64(31) + codes[1:-1]) * np.uint64(37) + codes[2:])
    if len(triples) < MIN_TRIPLES:
        return None
    a, b = _permutations()
    # Products stay below 2**62: both factors are below the Mersenne prime 2**31 - 1.
    minima = ((a * (triples % _PRIME) + b) % _PRIME).min(axis=1).astype("<u4")
    day = release.published.toordinal() if release.published else NO_DAY
    return Fingerprint.of(day, minima.tobytes())


def _mixed(rows: bytes, band: int) -> int:
    """A signed 64-bit key of one band: two checksums of its rows, seeded with its number."""
    key = crc32(rows, band).to_bytes(4, "little") + crc32(rows[::-1], band).to_bytes(4, "little")
    return int.from_bytes(key, "little", signed=True)


def share(left: bytes, right: bytes) -> float:
    """Estimated share of common triples (Jaccard) of two signatures, 0 to 1."""
    a, b = np.frombuffer(left, dtype="<u4"), np.frombuffer(right, dtype="<u4")
    return float((a == b).mean())


def are_copies(left: tuple[int, bytes], right: tuple[int, bytes]) -> bool:
    """Whether two (day, signature) pairs are of one release, republished."""
    return abs(left[0] - right[0]) <= COPY_DAYS and share(left[1], right[1]) >= MIN_SHARE
