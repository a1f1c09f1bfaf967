"""Plain text and Markdown.

"# Acme opens plant\\n\\nBERLIN, 3 May 2024 – Acme ...\\nwrapped at column 72"
    ->  heading, paragraph (lines joined where they were wrapped, kept where they were meant)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..charset import decode
from ..limits import Limits
from ..repair import plain
from ..types import Block, BlockKind, Draft, Problem, RawDocument, Witness, WitnessField
from .html import charset_of

SUFFIXES = (".txt", ".text", ".md", ".markdown", ".rst")
MARKDOWN_SUFFIXES = (".md", ".markdown")

#: Bytes that are looked at to see whether a document is text.
SNIFF_BYTES = 4_000
#: Share of control bytes above which a document is no text.
MAX_CONTROL_SHARE = 0.02

#: Lines are taken as wrapped by a program when the longest is within these (characters).
WRAP_COLUMNS = range(55, 101)

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ATX = re.compile(r"(#{1,6})[ \t]+(?=[^#\s])(.+?)[ \t]*#*$")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})$")
_RULE = re.compile(r"(?:[-_=*~][ \t]?){5,}$")
_ITEM = re.compile(r"(?:[-*+•·‣▪●○–][ \t]+|\(?\d{1,2}[.)][ \t]+)(?=\S)")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?$")
_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]{1,20})[ \t]*:[ \t]*(\S.{0,500})$")

#: Keys of a Markdown front matter.
FRONT_MATTER: dict[str, WitnessField] = {
    "title": "title",
    "headline": "title",
    "subtitle": "subtitle",
    "description": "subtitle",
    "date": "published",
    "published": "published",
    "author": "author",
    "lang": "language",
    "language": "language",
    "url": "url",
    "canonical_url": "url",
    "embargo": "embargo",
    "location": "location",
}


def sniff(raw: RawDocument) -> float:
    """A weak claim on whatever reads as text, so that every format with a shape goes first."""
    head = raw.content[:SNIFF_BYTES]
    if not head.strip():
        return 0.0
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return 0.4
    sample = head.replace(b"\0", b"") if head.count(0) * 3 > len(head) else head
    if len(_CONTROL.findall(sample)) > MAX_CONTROL_SHARE * len(sample):
        return 0.0
    named = (raw.media_type or "").startswith("text/") or raw.uri.lower().endswith(SUFFIXES)
    return 0.45 if named else 0.2


def parse(raw: RawDocument, limits: Limits) -> Iterator[Draft | RawDocument | Problem]:
    """Give the text's one draft."""
    text = decode(raw.content, charset_of(raw.media_type))
    is_markdown = raw.uri.lower().endswith(MARKDOWN_SUFFIXES) or (raw.media_type or "").startswith(
        "text/markdown"
    )
    yield text_draft(text, markdown=is_markdown)


def text_draft(text: str, *, markdown: bool = False) -> Draft:
    """Read plain text. `markdown` only adds a front matter; its marks are read in any text."""
    witnesses: tuple[Witness, ...] = ()
    if markdown and text.startswith("---\n"):
        witnesses, text = _front_matter(text)
    return Draft(tuple(_blocks(text)), witnesses)


def _front_matter(text: str) -> tuple[tuple[Witness, ...], str]:
    head, fence, rest = text[4:].partition("\n---")
    if not fence or len(head) > 10_000:
        return (), text
    found = []
    for line in head.split("\n"):
        match = _FIELD.match(line)
        if match and (field := FRONT_MATTER.get(match[1].lower())):
            found.append(Witness(field, f"front-matter:{match[1].lower()}", match[2].strip(" \"'")))
    return tuple(found), rest.partition("\n")[2]


def _blocks(text: str) -> Iterator[Block]:
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        line = line.strip()
        if line:
            lines.append(line)
        elif lines:
            yield from _paragraph(lines)
            lines = []


def _paragraph(lines: list[str]) -> Iterator[Block]:
    """One run of lines without a blank one: headings, items and rows taken out of it."""
    wrapped = _is_wrapped(lines)
    pending: list[str] = []
    kind: BlockKind = "paragraph"
    for line in lines:
        heading = _ATX.match(line)
        item = _ITEM.match(line)
        if heading:
            yield from _joined(kind, pending, wrapped)
            pending, kind = [], "paragraph"
            yield from _block("heading", heading[2], len(heading[1]))
        elif _UNDERLINE.fullmatch(line) and len(pending) == 1 and kind == "paragraph":
            yield from _block("heading", pending.pop(), 1 if line[0] == "=" else 2)
        elif _RULE.fullmatch(line) or _TABLE_RULE.fullmatch(line):
            yield from _joined(kind, pending, wrapped)
            pending, kind = [], "paragraph"
        elif line.startswith("|") and line.endswith("|") and len(line) > 2:
            yield from _joined(kind, pending, wrapped)
            pending, kind = [], "paragraph"
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            yield from _block("table_row", " | ".join(cell for cell in cells if cell))
        elif item:
            yield from _joined(kind, pending, wrapped)
            pending, kind = (
                [line if line[0].isdigit() or line[0] == "(" else line[item.end() :]],
                "list_item",
            )
        else:
            pending.append(line)
    yield from _joined(kind, pending, wrapped)


def _is_wrapped(lines: list[str]) -> bool:
    """True when a program broke the lines: all but the last are nearly as long as the longest.

    >>> _is_wrapped(["Jane Roe", "Acme Ltd", "+49 30 5550 100"])
    False
    """
    if len(lines) < 2:
        return False
    longest = max(map(len, lines))
    if longest not in WRAP_COLUMNS:
        return False
    full = [len(line) > longest - 20 for line in lines[:-1]]
    return sum(full) >= 0.75 * len(full)


def _joined(kind: BlockKind, lines: list[str], wrapped: bool) -> Iterator[Block]:
    if not lines:
        return
    if kind == "list_item" or wrapped or len(lines) == 1:
        yield from _block(kind, " ".join(lines))
    elif all(len(line) >= min(WRAP_COLUMNS) for line in lines):
        # Long lines of uneven length: each is a paragraph.
        for line in lines:
            yield from _block(kind, line)
    else:
        yield from _block("preformatted", "\n".join(lines))


def _block(kind: BlockKind, text: str, level: int = 0) -> Iterator[Block]:
    shown = "\n".join(" ".join(line.split()) for line in plain(text).split("\n")).strip()
    if shown:
        yield Block(kind, shown, level)
