"""Mail: the body is the release, attachments are documents of their own.

    release.eml  ->  Draft (subject, date and sender as witnesses), release.eml!/results.pdf

The lenient `compat32` policy reads what the strict one raises on; headers are decoded here.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from itertools import islice

from ..charset import decode
from ..errors import NoText, TooDeep, TooMany
from ..limits import Limits
from ..types import Draft, Problem, RawDocument, Witness
from . import html, text
from .members import member

SURE_HEADERS = frozenset(
    (
        b"message-id",
        b"mime-version",
        b"received",
        b"return-path",
        b"content-type",
        b"delivered-to",
        b"x-mailer",
        b"content-transfer-encoding",
        b"dkim-signature",
    )
)
HEADERS = SURE_HEADERS | {b"from", b"to", b"subject", b"date", b"reply-to", b"cc", b"sender"}
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:")
# What stands before the headline in a subject line.
_FORWARDED = re.compile(
    r"^(?:(?:re|fwd?|aw|wg|tr|rv|(?:press|news|media) release|pressemitteilung|pressemeldung|"
    r"medienmitteilung|comunicado de prensa|nota de prensa|communiqué(?: de presse)?|"
    r"comunicato stampa)\s*[:|–-]\s*)+",
    re.IGNORECASE,
)


class _AsTheyCame(email.policy.Compat32):
    """Lenient, and headers keep their bytes: the library's own would lose undeclared ones."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


READING = _AsTheyCame()

#: Shorter, the body of a mail with attachments is a covering note, no release.
MIN_BODY_CHARS = 300

# An attachment of these kinds may be a release; pictures, calendars and cards are not.
ATTACHMENTS = ("text/html", "text/plain", "text/markdown", "application/pdf", "message/rfc822")
ATTACHED_SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".txt", ".md", ".zip", ".gz", ".eml")


def sniff(raw: RawDocument) -> float:
    """1 for headers only programs write, .93 for two that people might."""
    names = _header_names(raw.content[:16_000])
    if len(names & HEADERS) < 2:
        return 0.0
    return 1.0 if names & SURE_HEADERS else 0.93


def parse(raw: RawDocument, limits: Limits) -> Iterator[RawDocument | Draft | Problem]:
    try:
        message = email.message_from_bytes(raw.content.lstrip(), policy=READING)
        parts = list(islice(_leaves(message), limits.mail_parts + 1))
    except RecursionError as error:
        raise TooDeep(
            "mail parts are nested too deep. Save the release from the mail and ingest it."
        ) from error
    if len(parts) > limits.mail_parts:
        yield TooMany(
            f"mail of more than {limits.mail_parts} parts; the rest was left unread. "
            "Save the release from it and ingest that."
        ).problem(raw.uri)
        parts = parts[: limits.mail_parts]
    attached = [part for part in parts if _is_attached(part)]
    draft = _body(part for part in parts if not _is_attached(part))
    size = sum(len(block.text) for block in draft.blocks)
    documents = [part for part in attached if _may_be_release(part)]
    if size >= MIN_BODY_CHARS or (size and not documents):
        yield Draft(draft.blocks, tuple(_witnesses(message)) + draft.witnesses)
    elif not documents:
        raise NoText("mail without text or a readable attachment. Nothing to ingest.")
    for number, part in enumerate(documents, start=1):
        name = header(part.get_filename()) or f"part-{number}"
        kind = part.get_content_type()
        yield member(
            raw,
            name.replace("!/", "_"),
            _payload(part),
            media_type=None if kind == "application/octet-stream" else _media_type(part),
        )


def header(value: object) -> str:
    """A header's text, its encoded words decoded whatever they say they are.

    >>> header("=?utf-8?q?Halden_er=C3=B6ffnet?= Dock")
    'Halden eröffnet Dock'
    """
    if not value:
        return ""
    shown = str(value)
    try:
        pieces = decode_header(shown)
    except (HeaderParseError, ValueError, IndexError):
        pieces = []
    if any(isinstance(piece, bytes) for piece, _ in pieces):
        shown = "".join(
            decode(piece, charset) if isinstance(piece, bytes) else piece
            for piece, charset in pieces
        )
    else:
        shown = decode(shown.encode("utf-8", "surrogateescape"))
    return " ".join(shown.split())


def _header_names(content: bytes) -> set[bytes]:
    """Names of the headers at the beginning; empty when a line before the first blank is none."""
    names = set()
    for number, line in enumerate(content.lstrip().splitlines()):
        if not line.strip():
            break
        if found := _HEADER.match(line):
            names.add(found[1].lower())
        elif not line[:1].isspace() and not (number == 0 and line.startswith(b"From ")):
            # Broken mail has stray lines; text has them before any header that only mail has.
            if not names & SURE_HEADERS:
                return set()
            break
    return names


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that hold something: containers are opened, forwarded mails are not."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _leaves(part)


def _is_attached(part: Message) -> bool:
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    kind = part.get_content_type()
    return disposition.startswith("attachment") or kind not in ("text/plain", "text/html")


def _may_be_release(part: Message) -> bool:
    name = header(part.get_filename()).lower()
    return part.get_content_type() in ATTACHMENTS or name.endswith(ATTACHED_SUFFIXES)


def _media_type(part: Message) -> str:
    charset = part.get_param("charset")
    kind = part.get_content_type()
    return f"{kind}; charset={charset}" if isinstance(charset, str) else kind


def _payload(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], Message):
            return inner[0].as_bytes(policy=email.policy.compat32)
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    charset = part.get_param("charset")
    markup = part.get_content_type() == "text/html"
    return decode(_payload(part), charset if isinstance(charset, str) else None, markup=markup)


def _body(parts: Iterator[Message]) -> Draft:
    """The HTML rendering, which keeps headings and lists, unless the plain one says much more."""
    rich, plain = [], []
    for part in parts:
        if part.get_content_type() == "text/html":
            rich.append(html.html_draft(_text(part), whole_page=False, url=None))
        else:
            plain.append(text.text_draft(_text(part)))
    drafts = (_merged(rich), _merged(plain))
    lengths = [sum(len(block.text) for block in draft.blocks) for draft in drafts]
    return drafts[0] if lengths[0] * 2 > lengths[1] else drafts[1]


def _merged(drafts: list[Draft]) -> Draft:
    return Draft(
        tuple(block for draft in drafts for block in draft.blocks),
        tuple(witness for draft in drafts for witness in draft.witnesses),
    )


def _witnesses(message: Message) -> Iterator[Witness]:
    subject = _FORWARDED.sub("", header(message.get("Subject")))
    name, address = parseaddr(header(message.get("From")))
    found = (
        Witness("title", "mail:Subject", subject),
        Witness("published", "mail:Date", header(message.get("Date"))),
        Witness("author", "mail:From", name),
        Witness("contact", "mail:From", address),
        Witness("language", "mail:Content-Language", header(message.get("Content-Language"))),
        Witness("guid", "mail:Message-ID", header(message.get("Message-ID"))),
    )
    return (witness for witness in found if witness.value)
