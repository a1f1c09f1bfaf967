"""JSON Lines: one release a line, `{"title": …, "text": … or "html": …, "url": …, "published": …}`.

    releases.jsonl  ->  releases.jsonl!/1, releases.jsonl!/2, …

Numbered by line, so that a message points at the line to mend. What an object's fields mean is
read by jsons.py.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from ..errors import TooLarge
from ..limits import Limits, megabytes
from ..types import Problem, RawDocument
from .jsons import OBJECT_SCORE
from .members import member, member_uri


def sniff(raw: RawDocument) -> float:
    """.95 when two lines are objects; as much as JSON itself for one (the suffix decides)."""
    head = raw.content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"{"):
        return 0.0
    first, newline, rest = head.partition(b"\n")
    if not newline:  # one object, or one longer than the head
        return OBJECT_SCORE if first.startswith(b'{"') else 0.0
    if not _is_object(first):
        return 0.0
    return 0.95 if rest.lstrip().startswith(b"{") else OBJECT_SCORE


def parse(raw: RawDocument, limits: Limits) -> Iterator[RawDocument | Problem]:
    return members(io.BytesIO(raw.content), raw, limits)


def members(
    stream: BinaryIO, parent: RawDocument, limits: Limits
) -> Iterator[RawDocument | Problem]:
    number = 0
    while line := stream.readline(limits.document_bytes + 1):
        number += 1
        if len(line) > limits.document_bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limits.document_bytes)
            yield TooLarge(
                f"line is longer than {megabytes(limits.document_bytes)}, more than one release "
                "needs. One object a line, please."
            ).problem(member_uri(parent.uri, str(number)))
        elif content := line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield member(parent, str(number), content, media_type="application/json")


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
