"""How much of a stranger's document Dateline is willing to read.

Every format parser gets a `Limits`; the two guards here are what they read and wait through.
The numbers are generous for releases (a few kilobytes) and small for a server.
"""

from __future__ import annotations

import io
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import BinaryIO

from .errors import Bomb, TooLarge, TooSlow

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. Sizes are bytes, times seconds (`seconds` of processor time).

    A file that holds many documents (JSON Lines, mbox, WARC, zip, tar) is streamed: there
    `document_bytes` bounds each document in it, and the whole may be of any size.
    """

    document_bytes: int = 20 * MEGABYTE
    seconds: float = 20.0
    depth: int = 4
    """Containers inside containers (a page in a zip in a mail is 2)."""
    parts: int = 5_000
    """Documents out of one document, at all depths together."""
    unpacked_bytes: int = 200 * MEGABYTE
    """Bytes out of one document, at all depths together."""
    ratio: int = 200
    """Unpacked to packed bytes; text packs 3 to 20 times, a bomb 1,000 times."""
    ratio_from_bytes: int = 5 * MEGABYTE
    """Unpacked size from which `ratio` is asked: short repetitive files are harmless."""
    mail_parts: int = 200
    pdf_pages: int = 200
    fetch_seconds: float = 30.0
    """Of waiting, for one address, redirects included, from name look-up to the last byte."""
    redirects: int = 5


DEFAULT_LIMITS = Limits()


def megabytes(size: int) -> str:
    """
    >>> megabytes(20_000_000)
    '20 MB'
    """
    return f"{size / MEGABYTE:,.0f} MB" if size >= MEGABYTE else f"{size:,} bytes"


def read_bounded(stream: BinaryIO, limits: Limits, what: str) -> bytes:
    """The rest of `stream`; raises TooLarge rather than read more than one document may hold."""
    pieces: list[bytes] = []
    left = limits.document_bytes + 1
    while left > 0 and (piece := stream.read(min(left, MEGABYTE))):
        pieces.append(piece)
        left -= len(piece)
    if left <= 0:
        raise TooLarge(
            f"{what} is larger than {megabytes(limits.document_bytes)}, more than one release "
            "needs. Split it into single releases, or into JSON Lines (one release a line)."
        )
    return b"".join(pieces)


class CountingReader(io.RawIOBase):
    """Counts the packed bytes that a decompressor takes from `stream`."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self.stream.read(len(buffer))
        buffer[: len(data)] = data
        self.taken += len(data)
        return len(data)


class UnpackedReader(io.RawIOBase):
    """The unpacked side of a decompressor: stops a bomb while it is still small.

    `packed` counts what went in, `stream` gives what comes out.
    """

    def __init__(self, packed: CountingReader, stream: BinaryIO, limits: Limits) -> None:
        self.packed = packed
        self.stream = stream
        self.limits = limits
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self.stream.read(len(buffer))
        buffer[: len(data)] = data
        self.given += len(data)
        check_ratio(self.given, self.packed.taken, self.limits)
        return len(data)


def check_ratio(unpacked: int, packed: int, limits: Limits) -> None:
    """Raises Bomb when `packed` bytes became more than an honest document would."""
    if unpacked > limits.ratio_from_bytes and unpacked > limits.ratio * max(packed, 1):
        raise Bomb(
            f"unpacks to more than {limits.ratio} times its size, as a compression bomb does; "
            "it was left unread. If it is genuine, unpack it and ingest the result."
        )


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TooSlow in the body after `seconds` of work (processor time).

    Waiting does not count: what a document comes to must not depend on how busy the machine is.
    Uses the profiling timer's signal, which also interrupts regular expressions; it exists in the
    main thread of a Unix process only, which is where command and worker processes read
    documents. Elsewhere the size limits alone bound the work.
    """
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def on_time(signum: int, frame: FrameType | None) -> None:
        raise TooSlow(
            f"reading took longer than {seconds:g} seconds and was stopped. "
            "Ingest the document's text as a .txt file instead."
        )

    before = signal.signal(signal.SIGPROF, on_time)
    # Repeats every second: a library's `except Exception` may swallow the first one.
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
