"""Find the dateline: where and when a release was given out, and through which wire.

    "BEIJING, Sept. 26, 2023 /PRNewswire/ -- "
    "(NewMediaWire) - May 06, 2024 - Fresno, CA — "
    "Reno, Nevada (Newsworthy.ai) Monday Jul 7, 2025 @ 4:15 PM Central — "

A dateline is a run of the parts place, date, wire, in any order, at the start of a paragraph,
closed by a dash, a wire's bracket, or the end of the line. The scan walks the text once from left
to right; it never looks further than `MAX_CHARS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import places
from .days import Day, day_at
from .words import is_wire, known_wires, phrases, squeezed, words_of

#: No dateline is longer than this (characters).
MAX_CHARS = 320
#: A newspaper's name in brackets after the place has at most this many words.
MAX_MASTHEAD_WORDS = 4

_SPACE = re.compile(r"\s*")
_SEPARATOR = re.compile(r"(?:\s|[,:;|/·•*_]|[-‐‑‒–—―−]|\.(?=\s?[-–—])|&mdash;|&ndash;)*")
_DASHES = re.compile(r"[-‐‑‒–—―−]|&mdash;|&ndash;")
_BRACKETED = re.compile(r"\(([^()\n]{2,60})\)|\[([^\[\]\n]{2,60})\]|/\s?([^/\n]{2,60}?)\s?/")
_BARE_WIRE = re.compile(r"[A-Z0-9][\w.&-]*(?:[ -][A-Z0-9][\w.&-]*){0,4}")
_DASHES_OR_LINE = re.compile(rf"{_DASHES.pattern}|\n")
_DAY_CLOSERS = re.compile(rf"{_DASHES_OR_LINE.pattern}|[:;]")
_FULL_STOP = re.compile(r"\.\s+(?=[A-Z“\"])")
_AFTER_WIRE = re.compile(r"\s*[-–—]")
_INNER_GAP = re.compile(r"\s[-–—/|]\s|,\s|\s")
_OPENING = re.compile(r"""(?:[\s"'“”*_>#•·–—\u200c\u200d-]|\|)*""")


@dataclass(frozen=True, slots=True)
class Found:
    """The parts of a dateline as written. Offsets are into the scanned text, `end` is where the
    running text begins.

    `sender` is a name between slashes that is no wire: some wires put the issuer there.
    """

    start: int
    end: int
    place: str | None = None
    day: Day | None = None
    wire: str | None = None
    sender: str | None = None
    closed: bool = False
    whole_line: bool = False

    @property
    def parts(self) -> int:
        return sum(part is not None for part in (self.place, self.day, self.wire))


def find(text: str, start: int = 0) -> Found | None:
    """Read the dateline at the start of a paragraph, or None when it has none.

    >>> find("Beijing, September 26 – The conference commenced").place
    'Beijing'
    """
    found = _scan(text, start)
    if found is None or not _is_dateline(found, text):
        return None
    # A wire puts its own before the issuer's: both are one dateline, the first one speaks.
    second = _scan(text, found.end)
    if second is not None and second.day and (second.place or second.wire) and second.closed:
        return Found(
            found.start,
            second.end,
            found.place or second.place,
            found.day or second.day,
            found.wire or second.wire,
            found.sender or second.sender,
            True,
            second.whole_line,
        )
    return found


def _scan(text: str, start: int) -> Found | None:
    """Collect parts from left to right until something is none."""
    scan = _Scan(text, start)
    while scan.here < scan.limit and scan.take_part() and scan.pass_separator():
        pass
    return scan.found()


class _Scan:
    """The state of one walk: the parts so far, and where the next may begin."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.limit = start + MAX_CHARS
        opening = _OPENING.match(text, start, self.limit)
        self.begin = self.here = self.end = opening.end() if opening else start
        self.place: str | None = None
        self.day: Day | None = None
        self.wire: str | None = None
        self.sender: str | None = None
        self.closed = False
        self.before_place = (self.begin, False)

    def take_part(self) -> bool:
        """Read the part at `here`; False when there is none."""
        bracket = _bracket(self.text, self.here)
        if bracket is not None:
            return self._take_bracket(*bracket)
        if self.day is None and (day := day_at(self.text, self.here)) is not None:
            self.day, self.end, self.closed = day, day.end, False
            return True
        if self.wire is None and (bare := _bare_wire(self.text, self.here)) is not None:
            self.wire, self.end, self.closed = _shown(bare[0]), bare[1], False
            return True
        if self.place is None and (spot := places.at(self.text, self.here)) is not None:
            self.before_place = (self.end, self.closed)
            (self.place, self.end), self.closed = spot, False
            return True
        return False

    def _take_bracket(self, name: str, day: Day | None, after: int) -> bool:
        if is_wire(name):
            # A second wire is passed over: the first one stands.
            self.wire = self.wire or _shown(name)
        elif self.text[self.here] == "/" and name[:1].isalnum() and (self.place or self.day):
            # "/ClearPress/ --" is a wire nobody knows, "/ Acme Online /" the one who sends it.
            if self.text[self.here + 1] == " " or not _AFTER_WIRE.match(self.text, after):
                self.sender = self.sender or name
            else:
                self.wire = self.wire or name
        elif self._is_masthead(name, after):
            self.wire = self.wire or name
        elif day is not None and (spot := self._place_inside(name)) is not None:
            self.place = spot  # "(Oslo, May 3) –"
        elif (name or day is None) and name.casefold() not in phrases("release_lines.txt"):
            return False
        self.day = self.day or day
        self.end, self.closed = after, True
        return True

    def _is_masthead(self, name: str, after: int) -> bool:
        """Whether `name` stands where a wire does: "HONOLULU (IslandHerald) -"."""
        return (
            self.text[self.here] == "("
            and self.place is not None
            and self.day is None
            and name[:1].isupper()
            and len(name.split()) <= MAX_MASTHEAD_WORDS
            and self.text[self.begin : self.begin + 4].isupper()
            and places.is_sure(self.place)
            and _AFTER_WIRE.match(self.text, after) is not None
        )

    def _place_inside(self, name: str) -> str | None:
        spot = places.at(name, 0) if self.begin == self.here else None
        return spot[0] if spot and spot[1] == len(name) else None

    def pass_separator(self) -> bool:
        """Move `here` behind the marks after a part; False when the walk ends there."""
        gap = _SEPARATOR.match(self.text, self.end, self.limit)
        self.here = gap.end() if gap else self.end
        between = self.text[self.end : self.here]
        at_end = self.here >= len(self.text)
        marks = _DASHES_OR_LINE if self.day is None else _DAY_CLOSERS
        if at_end or marks.search(between):
            self.closed = True
        elif stop := self._full_stop():
            self.closed, self.end = True, stop
            return False
        elif not between and not self.closed and self.text[self.here] not in "([/":
            return False
        # A slash that opens a wire's name belongs to the wire.
        slash = between.rfind("/")
        if slash >= 0 and _bracket(self.text, self.end + slash) is not None:
            self.here = self.end + slash
        return not (at_end and self.here == self.end)

    def _full_stop(self) -> int | None:
        """The end of the full stop after place and day: "Oslo – May 3, 2024. Acme today"."""
        if not (self.place and self.day and self.day.year):
            return None
        stop = _FULL_STOP.match(self.text, self.end)
        return stop.end() if stop else None

    def found(self) -> Found | None:
        if self.place and not self.closed and (self.day or self.wire) and self._place_is_last():
            # "(PRWEB) May 3, 2024 -- Acme today": the sentence's first word is no place.
            self.place = None
            self.end, self.closed = self.before_place
        if self.place is None and self.day is None and self.wire is None:
            return None
        gap = _SEPARATOR.match(self.text, self.end, self.limit)
        after = gap.end() if gap else self.end
        return Found(
            self.begin,
            after,
            self.place,
            self.day,
            self.wire,
            self.sender,
            self.closed,
            after >= len(self.text) or "\n" in self.text[self.end : after],
        )

    def _place_is_last(self) -> bool:
        return self.before_place[0] > self.begin and self.before_place[1]


def _bracket(text: str, here: int) -> tuple[str, Day | None, int] | None:
    """A wire's brackets or slashes at `here`: the name, a date inside it, the end."""
    if text[here : here + 1] not in ("(", "[", "/"):
        return None
    match = _BRACKETED.match(text, here)
    if match is None:
        return None
    inner = next(group for group in match.groups() if group is not None).strip()
    day, name = None, inner
    first = text.index(inner, match.start())
    for start in [first, *(first + gap.end() for gap in _INNER_GAP.finditer(inner))]:
        day = day_at(text, start)
        if day is not None and day.end <= match.end():
            name = (text[first:start] + text[day.end : first + len(inner)]).strip(" ,-–—/|")
            break
        day = None
    return name, day, match.end()


def _bare_wire(text: str, here: int) -> tuple[str, int] | None:
    """A wire's name without brackets, as far as a separator follows it."""
    match = _BARE_WIRE.match(text, here)
    if match is None:
        return None
    words = match[0].split(" ")
    is_name = words[0].casefold() not in words_of("not_places.txt")  # "About Acme Newswire"
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        after = text[here + len(name) : here + len(name) + 3].lstrip()
        known = squeezed(name) in known_wires()
        if (known or (is_name and is_wire(name))) and (
            not after or _DASHES.match(after) or after[0] in "/|,(\n"
        ):
            return name, here + len(name)
    return None


def _shown(name: str) -> str:
    name = name.strip(" -–—/")
    return known_wires().get(squeezed(name), name)


def _is_dateline(found: Found, text: str) -> bool:
    """Whether the parts make a dateline, and not the beginning of a sentence."""
    if found.place and found.day:
        if ":" in text[found.start : found.day.start] and not places.is_sure(found.place):
            return False  # "Kick-off: May 3, 2024"
        is_shouted = text[found.start : found.start + 2 + len(found.place) // 2].isupper()
        # "BOSTON, May 3, 2024 Acme today …": without a dash only capitals are sure.
        return (
            found.closed
            or found.whole_line
            or bool(found.wire)
            or (found.day.year is not None and is_shouted)
        )
    if found.wire and (found.place or found.day or found.sender):
        return found.closed
    if found.wire:
        return found.closed and squeezed(found.wire) in known_wires()
    if found.sender:
        return False  # "Halden and Cedar City/Fairlea/": a name alone between slashes says nothing
    if found.day:
        return found.day.year is not None and found.closed
    return bool(
        found.place and found.closed and not found.whole_line and places.is_sure(found.place)
    )
