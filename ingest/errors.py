"""What can go wrong between a source and a `Release`, each worded so that the next step is clear.

Format parsers and the fetcher raise these; `ingest.releases` and `ingest.sources` turn each into
one stored `Problem`, so that a bad document never ends a run.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from .types import Problem


def storable(text: str) -> str:
    """`text` without what a database cannot hold: NUL and lone surrogates.

    >>> storable("dock\\x00 \\udce9")
    'dock ?'
    """
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


class IngestError(Exception):
    """Root of this stage. `code` is the slug stored in `problems.code`."""

    code: ClassVar[str] = "ingest-failed"
    stage: ClassVar[Literal["ingest", "fetch"]] = "ingest"

    def problem(self, uri: str) -> Problem:
        """The same as a value; the message is one storable line whatever a library put in."""
        message = " ".join(storable(str(self)).split())[:500]
        return Problem(self.stage, self.code, message, uri=storable(uri))


class EmptyDocument(IngestError):
    code = "empty-file"


class MissingSource(IngestError):
    code = "missing-source"


class UnreadableSource(IngestError):
    code = "unreadable-source"


class UnknownFormat(IngestError):
    code = "unknown-format"


class BrokenDocument(IngestError):
    """The format is known, but this document of it cannot be read."""

    code = "broken-document"


class NoText(IngestError):
    """Readable, yet without running text (a scanned PDF, an empty mail)."""

    code = "no-text"


class Protected(IngestError):
    code = "password-protected"


class TooLarge(IngestError):
    code = "too-large"


class TooDeep(IngestError):
    code = "too-deep"


class TooMany(IngestError):
    code = "too-many-parts"


class TooSlow(IngestError):
    code = "too-slow"


class Bomb(IngestError):
    """Unpacks to far more than an honest document would: a gzip, zip or entity bomb."""

    code = "unpacks-too-large"


class NotAFeed(IngestError):
    code = "not-a-feed"


class NotFollowed(IngestError):
    """The document only lists addresses, and nobody asked to fetch them."""

    code = "not-followed"


class FetchError(IngestError):
    """A page could not be fetched.

    `retry_after` is in seconds, None when unknown; a `transient` failure may pass by itself.
    """

    code = "fetch-failed"
    stage = "fetch"

    def __init__(
        self, message: str, *, retry_after: float | None = None, transient: bool = False
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.transient = transient


class FetchRefused(FetchError):
    """The address is one Dateline does not connect to (scheme, private network)."""

    code = "fetch-refused"


class RobotsDisallow(FetchError):
    code = "robots-disallow"


class FetchTooLarge(FetchError):
    code = "fetch-too-large"


class FetchTooSlow(FetchError):
    code = "fetch-too-slow"


class HttpStatus(FetchError):
    code = "http-status"
