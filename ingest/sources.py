"""Where documents come from: files, folders, globs, standard input, addresses, feeds.

    sources.documents(["news/", "extra/*.html", "https://…/feed"])  ->  RawDocument | Problem

The first step of `dateline ingest`. Lazy and in a fixed order: a folder's files by name, a
file's documents as they stand in it. Nothing raises; what cannot be read is a Problem.
"""

from __future__ import annotations

import glob
import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeVar

from . import formats
from .errors import EmptyDocument, IngestError, MissingSource, TooLarge, UnreadableSource
from .formats.members import document
from .limits import DEFAULT_LIMITS, Limits, megabytes, time_limit
from .types import Problem, RawDocument

STDIN = "-"
ADDRESS_SCHEMES = ("http://", "https://")

Item = TypeVar("Item")


def documents(
    sources: Sequence[str],
    *,
    limits: Limits = DEFAULT_LIMITS,
    allow_hosts: Sequence[str] = (),
    stdin: BinaryIO | None = None,
) -> Iterator[RawDocument | Problem]:
    """The documents of every source, in the order given.

    A file's uri is its resolved path, so the same file is the same document however it is spelt.
    `allow_hosts` names hosts in private networks that may be fetched from.
    """
    for source in sources:
        if source == STDIN:
            yield from guarded(_standard_input(stdin, limits), STDIN, limits)
        elif source.lower().startswith(ADDRESS_SCHEMES):
            from .web import web_documents  # the network is not needed for files

            yield from web_documents(source, limits=limits, allow_hosts=allow_hosts)
        else:
            yield from _local(source, limits)


def guarded(items: Iterator[Item], uri: str, limits: Limits) -> Iterator[Item | Problem]:
    """`items` up to the first error, which becomes a Problem; each within the time limit."""
    while True:
        try:
            with time_limit(limits.seconds):
                item = next(items)
        except StopIteration:
            return
        except IngestError as error:
            yield error.problem(uri)
            return
        yield item


def _local(source: str, limits: Limits) -> Iterator[RawDocument | Problem]:
    path = Path(source).expanduser()
    try:
        if os.path.lexists(path):
            paths = [path]
        elif glob.has_magic(source):
            paths = [Path(name) for name in sorted(glob.glob(str(path), recursive=True))]
        else:
            paths = []
    except (OSError, ValueError) as error:  # a name too long, a NUL in it
        yield UnreadableSource(f"cannot be opened: {_reason(error)}.").problem(source)
        return
    if not paths:
        yield MissingSource(
            "no such file, folder or pattern. Check the spelling; an address begins with https://."
        ).problem(source)
    for found in paths:
        for file in _files(found):
            if isinstance(file, Problem):
                yield file
            else:
                uri = os.fsencode(file).decode("utf-8", "replace")  # names need not be text
                yield from guarded(_file_documents(file, uri, limits), uri, limits)


def _files(path: Path) -> Iterator[Path | Problem]:
    """Every file at or under `path`; hidden files and folders below it are left out."""
    path = path.resolve()
    if not path.is_dir():
        yield path
        return
    failed: list[OSError] = []
    for folder, names, files in os.walk(path, onerror=failed.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(folder, name).resolve()
        while failed:
            yield _unreadable(failed.pop(), str(path))
    while failed:
        yield _unreadable(failed.pop(), str(path))


def _unreadable(error: OSError, uri: str) -> Problem:
    message = f"folder cannot be listed: {_reason(error)}. Check its permissions."
    return UnreadableSource(message).problem(str(error.filename or uri))


def _file_documents(path: Path, uri: str, limits: Limits) -> Iterator[RawDocument | Problem]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableSource("is no regular file (a pipe, device or socket). Pipe it to -.")
        if status.st_size == 0:
            raise EmptyDocument("is empty. Nothing to ingest; fetch or save it again.")
        with path.open("rb") as stream:
            parent = document(uri, b"", source=os.path.dirname(uri))
            yield from _expanded(stream, parent, limits, status.st_size)
    except OSError as error:
        raise UnreadableSource(
            f"cannot be read: {_reason(error)}. Check that it exists and may be read."
        ) from error


def _expanded(
    stream: BinaryIO, parent: RawDocument, limits: Limits, size: int
) -> Iterator[RawDocument | Problem]:
    if size > limits.document_bytes and not _is_collection(stream, parent):
        raise TooLarge(
            f"is {megabytes(size)}, more than {megabytes(limits.document_bytes)} for one release. "
            "Split it, or convert it to JSON Lines (one release a line), which may be of any size."
        )
    yield from formats.expand(stream, parent, limits)


def _is_collection(stream: BinaryIO, parent: RawDocument) -> bool:
    head = formats.read_head(stream)
    stream.seek(0)
    try:
        entry = formats.recognise(replace(parent, content=head))
    except IngestError:
        return False  # its size is then the clearer message
    return entry.is_collection


def _standard_input(stdin: BinaryIO | None, limits: Limits) -> Iterator[RawDocument | Problem]:
    """Named by the checksum of its beginning: it has no other name that two runs share."""
    stream = stdin or sys.stdin.buffer
    head = formats.read_head(stream)
    if not head:
        raise EmptyDocument("standard input is empty. Pipe a document or name a file.")
    parent = document(
        f"stdin:{hashlib.sha256(head).hexdigest()[:16]}",
        b"",
        source="stdin",
    )
    yield from formats.expand(formats.joined(head, stream), parent, limits)


def _reason(error: OSError | ValueError) -> str:
    return str(getattr(error, "strerror", None) or error)
