"""An element's readable text as blocks, in reading order.

    <h1>Title</h1><p>One<br>two</p><ul><li>a</li></ul>
        ->  heading "Title", preformatted "One\\ntwo", list_item "a"

The walk is iterative: a page may nest as deep as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from ..types import Block, BlockKind

HEADINGS = {f"h{level}": level for level in range(1, 7)}

#: Elements that begin and end a paragraph of their own; the last six are those of
#: trafilatura's results.
BLOCK_TAGS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd",
        "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
        "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "head",
        "item", "row", "cell", "quote", "list",
    }
)  # fmt: skip

#: A cell with block elements and more text than this (characters) is running text, not a value.
MAX_CELL_CHARS = 300

#: Never part of the text.
SKIPPED_TAGS = frozenset(
    {
        "script", "style", "noscript", "template", "iframe", "object", "embed", "svg",
        "math", "canvas", "video", "audio", "map", "select", "textarea", "button", "input",
        "title", "meta", "link", "datalist", "progress", "meter",
    }
)  # fmt: skip

_KINDS: dict[str, BlockKind] = {
    "li": "list_item",
    "item": "list_item",
    "dd": "list_item",
    "figcaption": "caption",
    "caption": "caption",
    "pre": "preformatted",
}
_SPACE = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n ?")
_PARAGRAPHS = re.compile(r"\n{2,}")


class _Open(NamedTuple):
    """A block element whose end has not come yet."""

    tag: str
    kind: BlockKind
    level: int
    is_row: bool = False


class _Builder:
    """Collects running text and closes it into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.buffer: list[str] = []
        self.open: list[_Open] = [_Open("", "paragraph", 0)]
        self.cells: list[str] | None = None

    def flush(self) -> None:
        if not self.buffer:
            return
        text = _BREAKS.sub("\n", _SPACE.sub(" ", "".join(self.buffer))).strip()
        self.buffer.clear()
        if not text:
            return
        if self.cells is not None:
            self.cells.append(" ".join(text.split()))
            return
        here = self.open[-1]
        for piece in _PARAGRAPHS.split(text):
            if here.kind == "preformatted" or (here.kind == "paragraph" and "\n" in piece):
                self.blocks.append(Block("preformatted", piece))
            else:
                self.blocks.append(Block(here.kind, piece.replace("\n", " "), here.level))

    def close(self, tag: str) -> None:
        self.flush()
        if self.open[-1].tag != tag:  # the start lay outside the walk
            return
        if self.open.pop().is_row:
            cells, self.cells = self.cells or [], None
            if cells:
                self.blocks.append(Block("table_row", " | ".join(cells)))


def blocks(
    root: etree._Element, skip: frozenset[etree._Element] = frozenset()
) -> tuple[Block, ...]:
    """Return the blocks of `root`, leaving out the elements in `skip` and their contents.

    Tables of several columns become rows ("a | b"); a table of one column is layout and its cells
    are paragraphs.
    """
    builder = _Builder()
    layout = _layout_rows(root)
    for event, element in _events(root, skip):
        if event == "text":
            _add_text(builder, element.text)
        elif event == "tail":
            _add_text(builder, element.tail)
        elif event == "start":
            _start(builder, element, layout)
        elif element.tag in BLOCK_TAGS:
            builder.close(str(element.tag))
    builder.flush()
    return tuple(builder.blocks)


def _add_text(builder: _Builder, text: str | None) -> None:
    if text:
        as_is = builder.open[-1].kind == "preformatted"
        builder.buffer.append(text if as_is else _folded(text))


def _folded(text: str) -> str:
    return text.replace("\n", " ") if "\n" in text else text


def _events(
    root: etree._Element, skip: frozenset[etree._Element]
) -> Iterator[tuple[str, etree._Element]]:
    """Depth-first events: start, text, …, end, tail. Comments give only their tail."""
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            if element is not root:
                yield "tail", element
        elif event == "start":
            if element.tag in SKIPPED_TAGS or element in skip:
                walk.skip_subtree()
                continue
            yield "start", element
            yield "text", element
        else:
            if element.tag not in SKIPPED_TAGS and element not in skip:
                yield "end", element
            if element is not root:
                yield "tail", element


def _start(builder: _Builder, element: etree._Element, layout: set[etree._Element]) -> None:
    tag = str(element.tag)
    if tag in ("br", "lb"):
        builder.buffer.append("\n")
        return
    if tag not in BLOCK_TAGS:
        return
    builder.flush()
    here = builder.open[-1]
    if tag in ("tr", "row") and element not in layout and builder.cells is None:
        builder.cells = []
        builder.open.append(_Open(tag, "paragraph", 0, is_row=True))
    elif tag in HEADINGS:
        builder.open.append(_Open(tag, "heading", HEADINGS[tag]))
    elif tag == "head":
        builder.open.append(_Open(tag, "heading", HEADINGS.get(element.get("rend", ""), 2)))
    else:
        builder.open.append(_Open(tag, _KINDS.get(tag, here.kind), here.level))


def _layout_rows(root: etree._Element) -> set[etree._Element]:
    """Rows that hold paragraphs or have one cell only: tables used to place text on the page."""
    rows = set()
    for row in root.iter("tr", "row"):
        cells = [cell for cell in row if cell.tag in ("td", "th", "cell")]
        if len(cells) < 2 or any(_holds_running_text(cell) for cell in cells):
            rows.add(row)
    return rows


def _holds_running_text(cell: etree._Element) -> bool:
    if next(cell.iterdescendants("p", "table", "div", "ul", "h1", "h2", "h3"), None) is None:
        return False
    length = 0
    for text in cell.itertext():
        length += len(text)
        if length > MAX_CELL_CHARS:
            return True
    return False
