"""mbox: mails one after another, each after a line `From sender date`.

    press.mbox  ->  press.mbox!/1, press.mbox!/2, …

Split here and not by `mailbox.mbox`, which wants a file on disk: this one may come from a pipe
or out of a .gz. Both agree (tests/ingest/test_mail.py).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from ..errors import TooLarge
from ..limits import Limits, megabytes
from ..types import Problem, RawDocument
from .members import member, member_uri

_FROM = re.compile(rb"From \S+.*\d{4}\s*$")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def sniff(raw: RawDocument) -> float:
    first, _, rest = raw.content.lstrip().partition(b"\n")
    if not _FROM.match(first):
        return 0.0
    return 1.0 if re.match(rb"[A-Za-z-]+:", rest) else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[RawDocument | Problem]:
    return members(io.BytesIO(raw.content), raw, limits)


def members(
    stream: BinaryIO, parent: RawDocument, limits: Limits
) -> Iterator[RawDocument | Problem]:
    for number, lines in enumerate(_messages(stream, limits), start=1):
        content = b"".join(lines)
        if len(content) > limits.document_bytes:
            yield TooLarge(
                f"mail is larger than {megabytes(limits.document_bytes)}. "
                "Save the release from it and ingest that."
            ).problem(member_uri(parent.uri, str(number)))
        else:
            content = _QUOTED.sub(rb"\1", content)
            yield member(parent, str(number), content, media_type="message/rfc822")


def _messages(stream: BinaryIO, limits: Limits) -> Iterator[list[bytes]]:
    """The lines of each mail; of one that is too large no more than shows that it is."""
    lines: list[bytes] = []
    size = 0
    begun = False
    while line := stream.readline(1_000_000):
        if line.startswith(b"From ") and _FROM.match(line):
            if begun and lines:
                yield lines
            lines, size, begun = [], 0, True
        elif begun and size <= limits.document_bytes:
            lines.append(line)
            size += len(line)
    if lines:
        yield lines
