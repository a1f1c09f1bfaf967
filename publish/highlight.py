"""Mark spans in a text: escape first, then wrap.

    text + Spans  ->  Markup

Spans may overlap and cross each other (a person inside a quote that ends inside a date), so the
text is cut at every span's edge and each piece is wrapped once, with the classes of all the spans
that cover it. Taking the tags away again gives exactly the escaped text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Span:
    """One thing to mark. `key` names it in the page (`m12`), `kind` becomes a class (`k-person`).

    Offsets are 0-based, end-exclusive code points. `href` makes the words a link; of several
    links over the same words the one of the shortest span wins. `href` must be a path of this
    site: it is escaped, but not checked for its scheme.
    """

    start_char: int
    end_char: int
    key: str
    kind: str
    href: str | None = None


def highlight(text: str, spans: Iterable[Span], offset: int = 0) -> Markup:
    """Return `text` escaped, with `spans` marked.

    `offset` is where `text` begins in the text the spans count from; what lies outside is cut off,
    and spans that are empty afterwards are left out.

    >>> str(highlight("<b> Bo", [Span(4, 6, "m1", "person")]))
    '&lt;b&gt; <span class="hl k-person" id="m1" data-keys="m1">Bo</span>'
    """
    inside = _clipped(spans, offset, len(text))
    edges = sorted({0, len(text)} | {edge for s in inside for edge in (s.start_char, s.end_char)})
    starting: dict[int, list[Span]] = {}
    for span in inside:
        starting.setdefault(span.start_char, []).append(span)
    active: list[Span] = []
    pieces: list[Markup] = []
    for start, end in pairwise(edges):
        active = [span for span in active if span.end_char > start]
        new = starting.get(start, [])
        active += new
        pieces.append(_piece(text[start:end], active, new))
    return Markup("").join(pieces)


def _clipped(spans: Iterable[Span], offset: int, length: int) -> list[Span]:
    clipped = []
    for span in spans:
        start = max(span.start_char - offset, 0)
        end = min(span.end_char - offset, length)
        if start < end:
            clipped.append(Span(start, end, span.key, span.kind, span.href))
    return sorted(clipped, key=lambda s: (s.start_char, -s.end_char, s.key))


def _piece(words: str, active: Sequence[Span], new: Sequence[Span]) -> Markup:
    if not active:
        return escape(words)
    kinds = " ".join(dict.fromkeys(f"k-{span.kind}" for span in active))
    keys = " ".join(dict.fromkeys(span.key for span in active))
    # An element has one id; further spans that start here get an empty anchor each.
    anchors = Markup("").join(Markup('<i id="{}"></i>').format(span.key) for span in new[1:])
    ident = Markup(' id="{}"').format(new[0].key) if new else Markup("")
    linked = [span for span in active if span.href]
    if linked:
        nearest = min(linked, key=lambda s: s.end_char - s.start_char)
        return Markup('{}<a class="hl {}"{} href="{}" data-keys="{}">{}</a>').format(
            anchors, kinds, ident, nearest.href, keys, words
        )
    return Markup('{}<span class="hl {}"{} data-keys="{}">{}</span>').format(
        anchors, kinds, ident, keys, words
    )
