"""gzip, bzip2 and xz: one document inside a compressed file.

release.html.gz  ->  release.html.gz!/release.html
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from ..errors import BrokenDocument
from ..limits import CountingReader, Limits, UnpackedReader, read_bounded
from ..types import RawDocument
from .members import member

GZIP, BZIP2, XZ = b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00"
_SUFFIXES = {".gz": "", ".bz2": "", ".xz": "", ".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
#: Bytes an xz header may ask for; a hostile one asks for gigabytes.
XZ_MEMORY = 100_000_000


def sniff(raw: RawDocument) -> float:
    head = raw.content
    is_bzip2 = head.startswith(BZIP2) and head[4:10] == b"1AY&SY"
    return 1.0 if is_bzip2 or head.startswith((GZIP, XZ)) else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[RawDocument]:
    stream = unpacked(io.BytesIO(raw.content), raw, limits)
    yield inner(raw, read_bounded(stream, limits, "the unpacked document"))


def inner(parent: RawDocument, content: bytes) -> RawDocument:
    """The document in `parent`, named as `gunzip` would; it is what the hints speak of."""
    name = PurePosixPath(parent.uri.split("?")[0])
    ending = _SUFFIXES.get(name.suffix.lower())
    inner_name = name.name if ending is None else name.stem + ending
    return member(parent, inner_name, content, hints=parent.hints)


def unpacked(stream: BinaryIO, raw: RawDocument, limits: Limits) -> BinaryIO:
    """The unpacked side of `stream`. Reading from it raises Bomb or BrokenDocument."""
    counter = CountingReader(stream)
    packed = cast(BinaryIO, io.BufferedReader(counter))
    opened: object
    if raw.content.startswith(GZIP):
        opened = gzip.GzipFile(fileobj=packed)
    elif raw.content.startswith(BZIP2):
        opened = bz2.BZ2File(packed)
    else:
        opened = _Xz(packed)
    guarded = _Readable(counter, cast(BinaryIO, opened), limits)
    return cast(BinaryIO, io.BufferedReader(guarded))


class _Readable(UnpackedReader):
    """Says of damaged data what it is, in place of four libraries' own errors."""

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            return super().readinto(buffer)
        except (EOFError, OSError, zlib.error, lzma.LZMAError) as error:
            raise BrokenDocument(
                f"compressed data is cut off or damaged ({error}). Download or pack it again."
            ) from error


class _Xz:
    """`lzma.LZMAFile` without a bound on memory is an invitation; this one has a bound."""

    def __init__(self, packed: BinaryIO) -> None:
        self.packed = packed
        self.decoder = lzma.LZMADecompressor(memlimit=XZ_MEMORY)

    def read(self, size: int) -> bytes:
        while not self.decoder.eof:
            data = self.packed.read(size) if self.decoder.needs_input else b""
            if self.decoder.needs_input and not data:
                raise EOFError("it ended early")
            if unpacked := self.decoder.decompress(data, max_length=size):
                return unpacked
        return b""
