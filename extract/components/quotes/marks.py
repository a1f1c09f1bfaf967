"""Find what stands between quotation marks.

    text  ->  Passage (the span inside the marks, whether both marks are there)

Straight, curly, single, «guillemets» and „low“ marks; nested ones; several paragraphs that reopen
and close only at the end. Marks are paired paragraph by paragraph, so that one odd mark cannot turn
the rest of a release inside out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..reading import load_words

_DOUBLE = re.compile("[\"“”„«»‟″]|''|``")
_SINGLE = re.compile("['‘’]")
_VERBS = load_words(Path(__file__).with_name("quotes.yml"))["verbs"].split()
#: "…, said Jane" inside a passage whose closing mark is missing: it ended before.
_SAID = re.compile(rf"[,.!?]\s+(?=(?:{'|'.join(_VERBS)})\s+[A-Z])")
#: What follows a closing mark: "said Jane".
_ATTRIBUTED = re.compile(rf"\s(?:{'|'.join(_VERBS)})\s+[A-Z]")
_BEFORE_OPENING = frozenset("([{—–-:/|•*,;.!?”")
_END = frozenset(".,!?…—–")
#: An opening mark and what may close it.
_CLOSERS = {
    '"': '"”″',
    "“": '”"“″',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "”": "”",
    "‟": "”",
    "''": "''",
    "``": "''",
    "″": '″"',
}
_CURLY = frozenset("“”")


@dataclass(frozen=True, slots=True)
class Passage:
    """The text between two marks; `closed` is False when the closing mark is missing.

    `opened` is False when the opening mark is missing and the passage was taken to begin with its
    paragraph.
    """

    start: int
    end: int
    closed: bool = True
    opened: bool = True


@dataclass(frozen=True, slots=True)
class _Mark:
    char: str
    start: int
    end: int
    may_open: bool
    may_close: bool


def passages(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Passage]:
    """Return the quoted passages of `text` in order; `paragraphs` are its (start, end) offsets."""
    found: list[Passage] = []
    carried: tuple[int, str] | None = None  # start and mark of a passage that was left open
    for number, (start, end) in enumerate(paragraphs):
        marks = _marks(text, start, end, _DOUBLE)
        if not marks and carried is None:
            found.extend(_single_quoted(text, start, end))
            continue
        first = start
        if carried is not None and marks and marks[0].start == start and marks[0].may_open:
            marks, first = marks[1:], marks[0].end
        elif carried is not None:
            carried = None
        done, open_at = _pair(text, marks, first, end, carried)
        found.extend(done)
        carried = None
        if open_at is not None:
            after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
            if _SAID.search(text, max(open_at[0], first), end) is not None:
                found.append(_unclosed(text, open_at[0], end, max(open_at[0], first)))
            elif after is not None and _reopens(text, open_at[1], end, after):
                carried = open_at
            else:
                found.append(Passage(open_at[0], _trimmed(text, open_at[0], end), closed=False))
    return found


def _marks(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[_Mark]:
    marks = []
    for match in pattern.finditer(text, start, end):
        a, b = match.span()
        before = text[a - 1] if a > start else " "
        after = text[b] if b < end else " "
        spaced = before.isspace()
        may_open = (spaced or before in _BEFORE_OPENING or before in '"“‘«') and not after.isspace()
        may_close = not spaced
        char = match.group()
        if char == '"' and before.isdigit() and not after.isalnum() and text[a - 2 : a - 1] != ".":
            may_open = False
        marks.append(_Mark(char, a, b, may_open, may_close))
    return marks


def _pair(
    text: str, marks: list[_Mark], first: int, end: int, carried: tuple[int, str] | None
) -> tuple[list[Passage], tuple[int, str] | None]:
    """Pair the marks of one paragraph; return the passages and what was left open, if anything."""
    done: list[Passage] = []
    open_at = carried
    depth = 0
    last = first  # where an orphan closing mark's passage would begin
    opening, closing = (sum(m.char == c for m in marks) for c in "“”")
    balanced = opening == closing or (opening > 0 and closing == 0)
    for position, mark in enumerate(marks):
        if open_at is None:
            if _opens(mark, text, end):
                open_at, depth = (mark.end, mark.char), 0
            elif (
                not done
                and _is_orphan(mark, text)
                and (position == len(marks) - 1 or _ATTRIBUTED.match(text, mark.end))
            ):
                done.append(Passage(last, mark.start, opened=False))
            continue
        char = open_at[1]
        if (
            mark.char == "“"
            and char in '“"'
            and mark.may_open
            and not _closes_as_opener(mark, text, end)
        ):
            if balanced:
                depth += 1
            else:
                done.append(_unclosed(text, open_at[0], mark.start))
                open_at = (mark.end, mark.char)
            continue
        if mark.char not in _CLOSERS[char]:
            continue
        if depth and mark.char == "”":
            depth -= 1
            continue
        if _is_inches(mark, text, marks, position):
            continue
        if _is_nested_straight(mark, char, marks, position, text, end):
            depth += 1
            continue
        if depth and mark.char == '"' and char != '"':
            depth -= 1
            continue
        done.append(Passage(open_at[0], _trimmed(text, open_at[0], mark.start)))
        open_at, last = None, mark.end
    return done, open_at


def _unclosed(text: str, start: int, end: int, look_from: int | None = None) -> Passage:
    """A passage without its closing mark, up to the "…, said Jane" in it if there is one."""
    said = _SAID.search(text, start if look_from is None else look_from, end)
    return Passage(start, said.start() + 1 if said else _trimmed(text, start, end), closed=False)


def _is_inches(mark: _Mark, text: str, marks: list[_Mark], position: int) -> bool:
    """ "a 20” pipe": a measure inside a passage whose own closing mark is yet to come."""
    measure = mark.char in "”″" and text[mark.start - 1].isdigit()
    follows = text[mark.end : mark.end + 2]
    later = marks[position + 1] if position + 1 < len(marks) else None
    inside = follows[:1] == " " and follows[1:].islower()
    return measure and inside and later is not None and later.char == "”"


def _is_orphan(mark: _Mark, text: str) -> bool:
    """A closing mark whose opening one was lost: it follows the end of a sentence or a comma."""
    return mark.char in '"”' and mark.may_close and text[mark.start - 1] in _END


def _opens(mark: _Mark, text: str, end: int) -> bool:
    if mark.char in "„«‟``":
        return True
    if mark.char == "“":
        return mark.end < end
    if mark.char == '"' and not mark.may_open:
        # `said: " We are…`: a space on both sides; a mark at the very end opens nothing
        return not mark.may_close and text[mark.end : mark.end + 2].strip() != "" and mark.end < end
    if mark.char == "»":
        return mark.may_open and not mark.may_close
    return mark.may_open


def _closes_as_opener(mark: _Mark, text: str, end: int) -> bool:
    """“like this“: the closing mark is typed as an opening one."""
    return mark.may_close and (mark.end >= end or not text[mark.end].isalnum())


def _is_nested_straight(
    mark: _Mark, char: str, marks: list[_Mark], position: int, text: str, end: int
) -> bool:
    """A straight mark that opens inside a curly passage which still has its own closing mark."""
    if mark.char != '"' or char not in _CURLY or not mark.may_open or mark.may_close:
        return False
    return any(m.char == "”" for m in marks[position + 1 :])


def _reopens(text: str, char: str, end: int, after: tuple[int, int]) -> bool:
    """Say whether the next paragraph carries on a passage: it begins with an opening mark."""
    first = text[after[0] : after[0] + 1]
    same = first == char or (char in '"“' and first in '"“')
    before = text[:end].rstrip()[-1:] if end < 200 else text[end - 200 : end].rstrip()[-1:]
    return same and before in ".!?…:;,)"


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _single_quoted(text: str, start: int, end: int) -> Iterator[Passage]:
    """‘Like this,’ in a paragraph without double marks; an apostrophe opens nothing."""
    open_at: int | None = None
    fallback: int | None = None
    for mark in _marks(text, start, end, _SINGLE):
        before = text[mark.start - 1] if mark.start > start else " "
        after = text[mark.end] if mark.end < end else " "
        if open_at is None:
            if mark.char != "’" and (before.isspace() or before in "([—–-") and after.isalnum():
                open_at, fallback = mark.end, None
        elif mark.char != "‘" and not after.isalnum() and not before.isspace():
            if before in _END:
                yield Passage(open_at, mark.start)
                open_at = None
            elif before not in "sS":
                fallback = fallback or mark.start
    if open_at is not None and fallback is not None:
        yield Passage(open_at, fallback)
