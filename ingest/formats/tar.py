"""tar archives (packed or not): every regular file in them is a document.

    news.tar.gz  ->  news.tar.gz!/news.tar!/2025/halden.html

Read as a stream; nothing is ever written to disk, so names, links and modes in it do no harm.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import BinaryIO

from ..errors import BrokenDocument, IngestError, TooLarge
from ..limits import Limits, megabytes
from ..types import Problem, RawDocument
from .members import member, member_uri
from .zipped import is_hidden


def sniff(raw: RawDocument) -> float:
    return 1.0 if raw.content[257:262] == b"ustar" else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[RawDocument | Problem]:
    return members(io.BytesIO(raw.content), raw, limits)


def members(
    stream: BinaryIO, parent: RawDocument, limits: Limits
) -> Iterator[RawDocument | Problem]:
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for entry in archive:
                if not entry.isfile() or is_hidden(entry.name):
                    continue
                try:
                    yield member(parent, entry.name, _content(archive, entry, limits))
                except IngestError as error:
                    yield error.problem(member_uri(parent.uri, entry.name))
    except (tarfile.TarError, EOFError, OSError, ValueError, OverflowError) as error:
        raise BrokenDocument(
            f"tar archive is cut off or damaged ({error}). Download it again."
        ) from error


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo, limits: Limits) -> bytes:
    # A sparse entry states a size the archive does not contain: asked before reading.
    if entry.size > limits.document_bytes:
        raise TooLarge(
            f"is {megabytes(entry.size)}, more than {megabytes(limits.document_bytes)}. "
            "Split it into single releases."
        )
    file = archive.extractfile(entry)
    return file.read(limits.document_bytes) if file else b""
