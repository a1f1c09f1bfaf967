"""Which part of a release each paragraph is.

    blocks  ->  headline, subhead, release_line, dateline, body, list, table, caption, boilerplate,
                contact, notice, end_mark

One pass from top to bottom with a state: a heading such as "About Acme" or "Media contact" gives
its kind to what follows it until something else begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from ..types import Block, SectionKind
from . import abouts, dateline
from .words import phrases

#: A paragraph up to this long (characters) may be a heading or a line of a contact block.
MAX_LINE_CHARS = 160
#: An end mark ("- 30 -") is at most this long (characters).
MAX_MARK_CHARS = 40
#: A contact block that is one paragraph is at most this long (characters).
MAX_CONTACT_CHARS = 500
#: A subhead is shorter than this.
MAX_SUBHEAD_CHARS = 350
#: The dateline stands within the first paragraphs, before this much running text (characters).
MAX_BLOCKS_BEFORE_DATELINE = 16
#: A line with only a wire, a date or a known place is a dateline only within the first paragraphs.
MAX_BLOCKS_BEFORE_LESSER = 4
MAX_CHARS_BEFORE_DATELINE = 1_500

_END_MARK = re.compile(
    r"(?:[-–—=*~_/<(\[ ]{0,4}(?:#(?:\s?#){1,5}|30|E\s?N\s?D\s?S?|END OF (?:PRESS )?RELEASE|"
    r"\*(?:\s?\*){2,6}|"
    r"FIN|ENDE|XXX|~(?:\s?~){1,5}|\+(?:\s?\+){2,5}|/{2,4}|-{3,}|-0-)[-–—=*~_/>)\].# ]{0,6})$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,40}")
_PHONE = re.compile(r"(?:\+\d{1,3}|\(?\d{3}\)?)[\s.\-/()]{0,3}(?:\d[\s.\-/()]{0,2}){6,11}")
_QUOTE = re.compile(r"[“”\"]")
_WEB_OR_MAIL = re.compile(r"\S{0,80}(?:@|www\.|://)\S{1,200}", re.IGNORECASE)
_WEB = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)
#: "Acme Ltd Contact:", "Acme Investor/Media Contact: Jane Roe": whose contact it is stands first.
_OWN_CONTACT = re.compile(
    r"(?:[A-Z0-9][\w.&’'/-]{0,30},?\s){1,7}(?:[\w/&-]{1,30}\s){0,2}"
    r"(?:[Cc]ontacts?|CONTACTS?|[Ii]nquiries|[Ee]nquiries)"
    r"(?: (?:[Dd]etails|[Ii]nformation|[Ii]nfo|[Pp]erson))?(?:\s?:|\s*$)"
)
_INVITES = re.compile(
    r"For (?:all |any )?(?:media|press|more|further|additional|general|interview|editorial)\b"
    r"[^.\n]{0,140}?"
    r"\b(?:contact|call|e-?mail|reach|write)\b",
    re.IGNORECASE,
)
#: Words of running prose; lines of a contact block hold next to none.
_PROSE = re.compile(
    r"\b(?:the|of|to|is|are|was|has|have|that|with|our|their|its|as|by|we|will|be|this|from"
    r"|which|who)\b"
)
_SENTENCE = re.compile(r"[a-z]{3,}[.!?][\"”’)]?(?:\s+[A-Z“\"]|\s*$)")
_RELEASE = re.compile(
    r"\bembargo(?:ed)?\b|\bnot for (?:release|publication)(?: or \w{1,20})? (?:before|until)\b"
    r"|\bhold (?:for release )?until\b|\bfor release (?:on )?(?:or )?(?:after|at)\b",
    re.IGNORECASE,
)
#: A line of an advisory's list: "What: …", "When: …".
_LABELLED = re.compile(r"^[A-Z][A-Za-z ]{1,20}:\s", re.MULTILINE)
_OPEN_END = re.compile(r"[-‐–—―,]\s*$")
_BULLET = re.compile(r"[-*+•·‣▪●○–]\s+(?=\S)")


@dataclass(slots=True)
class Part:
    """A paragraph with its kind. `join` stands between it and the part before."""

    kind: SectionKind
    text: str
    join: str = "\n\n"
    organisation: str | None = None


@dataclass(slots=True)
class Read:
    """What one pass over the blocks finds."""

    parts: list[Part] = field(default_factory=list)
    dateline: dateline.Found | None = None
    dateline_part: Part | None = None


@lru_cache(maxsize=1)
def _release_line() -> re.Pattern[str]:
    choice = "|".join(map(re.escape, phrases("release_lines.txt")))
    return re.compile(rf"(?:{choice})\b[ \t]*[:.!–—-]*\s*", re.IGNORECASE)


@lru_cache(maxsize=1)
def _notice() -> re.Pattern[str]:
    choice = "|".join(map(re.escape, phrases("notices.txt")))
    return re.compile(rf"[\s*\[(\"“]{{0,3}}(?:{choice})s?(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _contact() -> re.Pattern[str]:
    choice = "|".join(map(re.escape, phrases("contacts.txt")))
    return re.compile(
        rf"(?:\W{{0,3}})(?:{choice})(?P<mark>\s?[:|–—-]|\s*$|\s*\n|(?=\s[A-Z]))", re.IGNORECASE
    )


def read(blocks: Sequence[Block]) -> Read:
    """Give every block (the headline left out) its kind, in order."""
    result = Read()
    blocks = _joined_datelines(blocks)
    where = _dateline_at(blocks)
    state = _State("subhead" if where else "body")
    for index, block in enumerate(blocks):
        if where and index == where[0]:
            _add_dateline(result, block.text, where[1])
            state = _State("body")
            continue
        if where and index == where[0] + 1 and _add_second_dateline(result, block, where[1]):
            continue
        in_front = where is not None and index < where[0]
        kind, state = _classify(block, state, in_front, index)
        _add(result.parts, kind, block, state.organisation)
    _unheaded_contacts(result.parts)
    return result


def _joined_datelines(blocks: Sequence[Block]) -> Sequence[Block]:
    """Join "OCOEE, FL -" with the paragraph after it when a picture or a break parted them."""
    for index, block in enumerate(blocks[:MAX_BLOCKS_BEFORE_DATELINE]):
        if len(block.text) > MAX_LINE_CHARS or not _OPEN_END.search(block.text):
            continue
        after = blocks[index + 1].text if index + 1 < len(blocks) else ""
        whole = f"{block.text} {after}"
        found = dateline.find(whole)
        if found and found.place and found.parts > 1 and found.end > len(block.text) + 1:
            return [*blocks[:index], Block("paragraph", whole), *blocks[index + 2 :]]
    return blocks


def _dateline_at(blocks: Sequence[Block]) -> tuple[int, dateline.Found] | None:
    """The block that begins with the dateline. One with place and day beats a lesser one."""
    lesser: tuple[int, dateline.Found] | None = None
    seen = 0
    for index, block in enumerate(blocks[:MAX_BLOCKS_BEFORE_DATELINE]):
        if block.kind in ("list_item", "table_row", "caption") or _RELEASE.search(block.text):
            continue
        line = _release_line().match(block.text)
        found = dateline.find(block.text, line.end() if line else 0)
        if found is None and block.kind == "preformatted":
            found = _in_lines(block.text)
        if found is not None and block.kind != "heading":
            if found.place and (found.day or found.wire):
                return index, found
            if index < MAX_BLOCKS_BEFORE_LESSER:
                lesser = lesser or (index, found)
        seen += len(block.text) if len(block.text) > MAX_LINE_CHARS else 0
        if seen > MAX_CHARS_BEFORE_DATELINE:
            break
    return lesser


def _in_lines(text: str) -> dateline.Found | None:
    start = 0
    for _ in range(6):
        start = text.find("\n", start) + 1
        if not start:
            return None
        found = dateline.find(text, start)
        if found is not None and found.place and found.day:
            return found
    return None


def _add_dateline(result: Read, text: str, found: dateline.Found) -> None:
    before = text[: found.start].rstrip()
    if before:
        kind: SectionKind = "release_line" if _release_line().match(before) else "subhead"
        if len(before) > 2:
            result.parts.append(Part(kind, before))
    raw = text[len(before) if len(before) > 2 else 0 : found.end]
    shown = raw.strip()
    join = raw[: len(raw) - len(raw.lstrip())] if before and len(before) > 2 else "\n\n"
    part = Part("dateline", shown, join)
    result.parts.append(part)
    result.dateline, result.dateline_part = found, part
    rest = text[found.end :].strip()
    if rest:
        gap = raw[len(raw.rstrip()) :]
        result.parts.append(Part("body", rest, "\n\n" if "\n" in gap else " " if gap else ""))


def _add_second_dateline(result: Read, block: Block, first: dateline.Found) -> bool:
    """A wire's line may stand above the issuer's own dateline: both are one, the first speaks."""
    second = dateline.find(block.text) if first.whole_line else None
    if second is None or not second.place or second.whole_line or block.kind == "heading":
        return False
    part = result.dateline_part
    _add_dateline(result, block.text, second)
    result.dateline_part = part
    result.dateline = replace(first, place=first.place or second.place, day=first.day or second.day)
    return True


class _State(NamedTuple):
    """The kind that the paragraphs at hand belong to, and whose boilerplate runs."""

    kind: SectionKind
    organisation: str | None = None


def _classify(
    block: Block, state: _State, in_front: bool, index: int
) -> tuple[SectionKind, _State]:
    """The block's kind and the state after it."""
    text = block.text
    running = _State("contact") if state.kind == "contact" else _State("body")
    if len(text) <= MAX_MARK_CHARS and _END_MARK.fullmatch(text):
        return "end_mark", running
    if block.kind == "caption":
        return "caption", state
    is_line = len(text) <= MAX_LINE_CHARS
    if is_line and (_RELEASE.search(text) or _is_release_line(text)):
        return "release_line", state
    if _is_contact_heading(text, is_line):
        return "contact", _State("contact")
    if name := abouts.name(text):
        return "boilerplate", _State("boilerplate", name)
    if _notice().match(text):
        is_heading = is_line and not _SENTENCE.search(text)
        return "notice", _State("notice") if is_heading else running
    if state.kind == "contact" and _is_contact_line(text):
        return "contact", state
    return _plain_kind(block, state, in_front, index)


def _plain_kind(
    block: Block, state: _State, in_front: bool, index: int
) -> tuple[SectionKind, _State]:
    """The kind of a block that begins nothing of its own."""
    if block.kind == "table_row":
        return "table", state
    if block.kind == "list_item":
        return (state.kind if state.kind in ("notice", "boilerplate") else "list"), state
    if in_front:
        is_subhead = block.kind == "heading" or (
            len(block.text) <= MAX_SUBHEAD_CHARS and len(_LABELLED.findall(block.text)) < 2
        )
        return ("subhead" if is_subhead else "body"), state
    if block.kind == "heading":
        return "subhead" if index == 0 else "body", _State("body")
    if state.kind in ("boilerplate", "notice"):
        return state.kind, state
    return "body", _State("body")


def is_prelude(text: str) -> bool:
    """Whether a line is one that may stand above the headline: release line, date, contact."""
    if len(text) > MAX_LINE_CHARS:
        return False
    if _RELEASE.search(text) or _is_release_line(text) or _is_contact_heading(text, True):
        return True
    found = dateline.find(text)
    if found is not None and found.whole_line:
        return True
    return _is_reachable(text) or bool(_WEB.match(text))


def _is_release_line(text: str) -> bool:
    match = _release_line().match(text)
    if match is None:
        return False
    rest = text[match.end() :]
    if not rest:
        return True
    is_short = len(rest) < (60 if match[0].rstrip()[-1:] in ":.–—-" else 40)
    return is_short and not _SENTENCE.search(rest)


def _is_contact_heading(text: str, is_line: bool) -> bool:
    if len(text) > 2 * MAX_CONTACT_CHARS:
        return False
    reachable = _is_reachable(text)
    match = _contact().match(text)
    if match is None:
        if _OWN_CONTACT.match(text) and len(text) <= MAX_CONTACT_CHARS:
            return is_line or (reachable and not _is_prose(text))
        return bool(_INVITES.match(text)) and reachable and len(text) <= MAX_CONTACT_CHARS
    if match["mark"]:
        return is_line or reachable
    # "Contact Jane Roe for …", "Media contact Jane Roe": no colon, so no sentence either.
    several = " " in match[0].strip()
    return is_line and not (_SENTENCE.search(text) if several else _is_prose(text))


def _is_contact_line(text: str) -> bool:
    if len(text) > MAX_CONTACT_CHARS or _is_prose(text):
        return False
    return len(text) <= MAX_LINE_CHARS or (len(text) <= MAX_CONTACT_CHARS and _is_reachable(text))


def _is_reachable(text: str) -> bool:
    """Whether it holds a mail address or a telephone number."""
    return bool(_MAIL.search(text) or _PHONE.search(text))


def _is_prose(text: str) -> bool:
    """Whether about one word in eight is of the kind that only sentences use."""
    words = text.count(" ") + 1
    return len(_PROSE.findall(text)) * 8 >= max(words, 8)


def _add(parts: list[Part], kind: SectionKind, block: Block, organisation: str | None) -> None:
    text, join = block.text, "\n\n"
    before = parts[-1].kind if parts else None
    if block.kind == "list_item":
        if not _BULLET.match(text) and not re.match(r"\(?\w{1,2}[.)]\s", text):
            text = "- " + text
        if before == kind and kind == "list":
            join = "\n"
    elif kind == "table" and before == "table":
        join = "\n"
    parts.append(Part(kind, text, join, organisation if kind == "boilerplate" else None))


def _unheaded_contacts(parts: list[Part]) -> None:
    """A run of short lines with an address or number near the end is a contact block."""
    index = len(parts)
    first = max(len(parts) // 2, len(parts) - 14)
    while index > first:
        index -= 1
        if not _is_contact_like(parts[index]):
            continue
        start = index
        while start > first and _is_contact_like(parts[start - 1]):
            start -= 1
        run = parts[start : index + 1]
        if any(_is_reachable(part.text) for part in run):
            for part in run:
                part.kind, part.organisation = "contact", None
        index = start


def _is_contact_like(part: Part) -> bool:
    text = part.text
    if part.kind not in ("body", "boilerplate") or abouts.name(text):
        return False
    if len(text) > MAX_LINE_CHARS or not _is_contact_line(text):
        return False
    return not _QUOTE.search(text) and not _SENTENCE.search(_WEB_OR_MAIL.sub("", text))
