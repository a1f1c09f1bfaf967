"""zip archives: every file in them is a document of its own.

news.zip  ->  news.zip!/halden.html, news.zip!/2025/results.pdf
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from ..errors import BrokenDocument, IngestError, Protected, UnknownFormat
from ..limits import CountingReader, Limits, UnpackedReader, check_ratio, megabytes, read_bounded
from ..types import Problem, RawDocument
from .members import member, member_uri

OFFICE = {"xl": "an Excel workbook", "ppt": "a PowerPoint presentation", "word": "a Word file"}


def sniff(raw: RawDocument) -> float:
    return 0.98 if raw.content.startswith((b"PK\x03\x04", b"PK\x05\x06")) else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[RawDocument | Problem]:
    return members(io.BytesIO(raw.content), raw, limits)


def members(
    stream: BinaryIO, parent: RawDocument, limits: Limits
) -> Iterator[RawDocument | Problem]:
    """In the archive's own order. Hidden files and folders are left out, as on disk."""
    if not stream.seekable():  # the table of contents stands at the end
        stream = io.BytesIO(read_bounded(stream, limits, "a zip archive that cannot be sought in"))
    try:
        archive = zipfile.ZipFile(stream)
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BrokenDocument(
            f"zip archive is cut off or damaged ({error}). Download it again."
        ) from error
    _refuse_office(entries)
    for entry in entries:
        if entry.is_dir() or is_hidden(entry.filename):
            continue
        try:
            yield member(parent, entry.filename, _content(archive, entry, limits))
        except IngestError as error:
            yield error.problem(member_uri(parent.uri, entry.filename))


def is_hidden(name: str) -> bool:
    """
    >>> is_hidden("news/.DS_Store"), is_hidden("__MACOSX/news.html"), is_hidden("news/a.html")
    (True, True, False)
    """
    parts = name.replace("\\", "/").split("/")
    return any(part.startswith(".") and part not in (".", "..") for part in parts) or (
        parts[0] == "__MACOSX"
    )


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes:
    if entry.flag_bits & 0x1:
        raise Protected("is locked with a password. Unpack the archive and ingest the files.")
    # The stated sizes may lie; they only save work, the reading below is bounded by itself.
    check_ratio(entry.file_size, entry.compress_size, limits)
    try:
        with archive.open(entry) as file:
            packed = CountingReader(io.BytesIO())
            packed.taken = entry.compress_size
            guarded = UnpackedReader(packed, cast(BinaryIO, file), limits)
            what = f"the file ({megabytes(entry.file_size)} in the archive)"
            return read_bounded(cast(BinaryIO, io.BufferedReader(guarded)), limits, what)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise BrokenDocument(
            f"cannot be unpacked ({error}). Download the archive again."
        ) from error


def _refuse_office(entries: list[zipfile.ZipInfo]) -> None:
    """Office files are zip archives of XML that is no release by itself."""
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" in names:
        tops = {name.split("/")[0] for name in names}
        kind = next((OFFICE[top] for top in OFFICE if top in tops), "an Office file")
        raise UnknownFormat(f"{kind}. Save it as DOCX, PDF or text and ingest that.")
    if "mimetype" in names and "META-INF/manifest.xml" in names:
        raise UnknownFormat("an OpenDocument file. Save it as DOCX, PDF or text and ingest that.")
    if "mimetype" in names and "META-INF/container.xml" in names:
        raise UnknownFormat("an e-book (EPUB). Save it as HTML, PDF or text and ingest that.")
