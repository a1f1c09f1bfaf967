"""PDF: the words of each page, put back into the lines and paragraphs they were printed in.

pypdf gives pieces of text with their place and size; a larger gap or a larger type begins a new
paragraph, a line much larger than the running text is a heading.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ..charset import clean
from ..errors import BrokenDocument, NoText, Protected, TooSlow
from ..limits import Limits
from ..types import Block, Draft, Problem, RawDocument, Witness, WitnessField
from .bodies import shown_only

#: Distance between lines, in the page's usual distance, from which a new paragraph begins.
PARAGRAPH_GAP = 1.35
#: Type size, in the running text's, from which a line is a heading.
HEADING_SIZE = 1.15
#: Share of the widest line from which a line may run on into the next.
FULL_LINE = 0.8

_BULLET = re.compile(r"[•·▪●‣–-]\s+(?=\S)")
_STATED: tuple[tuple[WitnessField, str], ...] = (
    ("title", "/Title"),
    ("published", "/CreationDate"),
    ("author", "/Author"),
    ("keywords", "/Keywords"),
)
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
# What browsers print around a page: its address with the page number, the day with its title.
_PRINTED = re.compile(
    r"(?:file|https?)://\S+ \d+/\d+$|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d\d(?: [AP]M)? "
)
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_HYPHENATED = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad\u2010]$")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends it also reports, at length


@dataclass(slots=True)
class Line:
    """One printed line; `top` is its distance from the page's bottom, in points."""

    text: str
    top: float
    size: float


def sniff(raw: RawDocument) -> float:
    return 1.0 if b"%PDF-" in raw.content[:1024] else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[Draft]:
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(raw.content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Protected("PDF is locked with a password. Save an unlocked copy and ingest that.")
        count = len(reader.pages)
        lines = [list(_lines(reader.pages[n])) for n in range(min(count, limits.pdf_pages))]
        metadata = dict(reader.metadata or {})
    except (Protected, TooSlow):
        raise
    except RecursionError as error:
        raise BrokenDocument("PDF is nested too deep. Print it to a new PDF.") from error
    except Exception as error:  # damaged files raise whatever their damage meets
        raise BrokenDocument(
            f"PDF cannot be read ({type(error).__name__}: {error}). "
            "Open it in a PDF reader and print it to a new PDF."
        ) from error
    blocks = tuple(_blocks(lines))
    if sum(len(block.text) for block in blocks) < 10:
        raise NoText(
            "PDF without text: probably a scan. Recognise its text (for example with "
            "`ocrmypdf in.pdf out.pdf`) and ingest the result."
        )
    problems: tuple[Problem, ...] = ()
    if count > limits.pdf_pages:
        message = f"PDF of {count} pages: only the first {limits.pdf_pages} were read. Split it."
        problems = (Problem("ingest", "too-many-parts", message, uri=raw.uri),)
    yield Draft(blocks, shown_only(tuple(_witnesses(metadata)), blocks), problems)


def _lines(page: Any) -> Iterator[Line]:
    """The page's lines from top to bottom, pieces of a line joined from left to right."""
    pieces: list[Line] = []

    def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        # A piece may hold several lines: pypdf ends it where the position jumps.
        top = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or 1.0
        parts = (part for part in clean(text).split("\n") if part.strip())
        pieces.extend(Line(part, top, size * scale) for part in parts)

    page.extract_text(visitor_text=visit)
    line: Line | None = None
    for piece in pieces:
        if line and abs(piece.top - line.top) < 0.4 * max(piece.size, 1.0):
            line.text += piece.text
            line.size = max(line.size, piece.size)
        else:
            if line:
                yield _folded(line)
            line = piece
    if line:
        yield _folded(line)


def _folded(line: Line) -> Line:
    return Line(" ".join(line.text.translate(_LIGATURES).split()), line.top, line.size)


def _blocks(pages: list[list[Line]]) -> Iterator[Block]:
    furniture = _furniture(pages)
    # The first page's top is the headline itself, though later pages may repeat it.
    lines = pages[0][:-2] if pages else []
    later = [pages[0][-2:], *pages[1:]] if pages else []
    lines = lines + [line for page in later for line in page if _key(line) not in furniture]
    lines = [line for line in lines if not _PRINTED.match(line.text)]
    if not lines:
        return
    usual = _running_size(lines)
    distance = _usual_distance(lines, usual)
    widest = sorted(len(line.text) for line in lines)[int(len(lines) * 0.9)]
    pending: list[Line] = []
    for line in lines:
        if pending and _begins(line, pending[-1], usual, distance, widest):
            yield _block(pending, usual)
            pending = []
        pending.append(line)
    yield _block(pending, usual)


def _begins(line: Line, before: Line, usual: float, distance: float, widest: int) -> bool:
    """Whether `line` begins a paragraph."""
    if abs(line.size - before.size) > 0.1 * usual or _BULLET.match(line.text):
        return True
    gap = before.top - line.top
    if gap < 0:  # the next page or column: a sentence that did not end goes on
        return before.text.endswith((".", "!", "?", ":", "”", '"')) or line.text[:1].isupper()
    if gap > PARAGRAPH_GAP * distance * max(line.size / usual, 1.0):
        return True
    return len(before.text) < FULL_LINE * 0.75 * widest and before.text.endswith((".", "!", "?"))


def _block(lines: list[Line], usual: float) -> Block:
    text = ""
    for line in lines:
        if _HYPHENATED.search(text) and line.text[:1].islower():
            text = text[:-1] + line.text
        else:
            text = f"{text} {line.text}".strip()
    if lines[0].size > HEADING_SIZE * usual and len(text) < 300:
        return Block("heading", text, 1 if lines[0].size > 1.35 * usual else 2)
    if bullet := _BULLET.match(text):
        return Block("list_item", text[bullet.end() :])
    if len(lines) > 1 and all(len(line.text) < 50 for line in lines) and text[-1:] not in ".!?":
        return Block("preformatted", "\n".join(line.text for line in lines))  # an address block
    return Block("paragraph", text)


def _running_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: sizes[size]) or 1.0


def _usual_distance(lines: list[Line], usual: float) -> float:
    gaps = sorted(
        before.top - after.top
        for before, after in pairwise(lines)
        if abs(after.size - usual) < 0.1 * usual and 0 < before.top - after.top < 4 * usual
    )
    # The lower quartile: short paragraphs have as many gaps between as within them.
    return gaps[len(gaps) // 4] if gaps else 1.2 * usual


def _furniture(pages: list[list[Line]]) -> set[str]:
    """Running heads and page numbers: first and last lines that return on most pages."""
    if len(pages) < 2:
        return set()
    seen = Counter(
        key for page in pages for key in {_key(line) for line in (*page[:2], *page[-2:])}
    )
    return {key for key, count in seen.items() if count > 1 and count >= 0.6 * len(pages)}


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _witnesses(metadata: Any) -> Iterator[Witness]:
    for field, name in _STATED:
        value = " ".join(clean(str(metadata.get(name) or "")).split())
        if field == "published" and (found := _DATE.match(value)):
            value = "-".join(found.groups())
        if value:
            yield Witness(field, f"pdf:{name[1:]}", value)
