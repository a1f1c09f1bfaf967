"""Boilerplate: "About X" paragraphs and the organisation each is about.

"About Acme Robotics"                    heading of its own
"About Acme Robotics: Acme builds …"     in one paragraph
"About Acme RoboticsAcme Robotics is …"  run together
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .words import alternation

#: A heading is at most this long (characters).
MAX_HEADING_CHARS = 160
MAX_NAME_CHARS = 110
MAX_NAME_WORDS = 12
MIN_SHOUTED_CHARS = 4

_LEAD = (
    r"(?:ABOUT|About|Über|À propos d(?:e |u |es |['’])|A propos de|Acerca de|Sobre|Informazioni su"
    r"|Boilerplate(?: ?[/:] ?About(?: the company)?)?:?)"
)
_ABOUT = re.compile(
    _LEAD + r"\s?(?::\s*)?\s*(?:[Tt]he |our |THE )?"
    r"(?P<name>(?=[^\W\d_a-z]|\d+[A-Z]|[a-z]{1,2}[A-Z]).*)",
    re.DOTALL,
)
#: "… website .About Acme: Acme is", "… more. About Acme Acme builds"
_INSIDE = re.compile(
    r"(?:(?<=[.!?)\s/])|(?<=[a-z0-9][.]))(?="
    r"(?:Boilerplate / )?(?:ABOUT|About) (?:the )?"
    r"(?:(?P<once>[^\W\d_a-z][^\n:.!?,]{1,60}):"
    r"|(?P<twice>[^\W\d_a-z][^\n:!?]{2,60}?)[ :]{0,2}(?P=twice)[ ,(]"
    r"|(?:[A-Z&]{2,20} ){2,8}[A-Z][a-z]))"
)
_STOP = re.compile(
    r":|\n|[!?]|\s[–—-]\s|\s\((?=[A-Z]{3,12}:)|\)(?=[A-Z])"
    r"|(?<![A-Z])(?<!\b[A-Z][a-z])(?<!Inc)(?<!Ltd)(?<!Corp)(?<!Co)(?<!St)(?<!Dr)\.(?=\s|[A-Z])"
)
_VERBS = re.compile(rf"\s(?:{alternation('about_verbs.txt')})\s")
_RUN_IN = re.compile(
    r"(?<=[a-z)])(?=(?:The|Founded|Based|Headquartered|Established|Since|With|For|In|At|As)\s)"
)


def is_heading(text: str) -> bool:
    """Whether an "About X" stands alone, its text in the paragraphs that follow."""
    return len(text) <= MAX_HEADING_CHARS and not _VERBS.search(text) and text.count(".") < 3


def name(text: str) -> str | None:
    """The X of a paragraph that begins "About X"; None for any other paragraph.

    >>> name("About Acme Robotics, Inc. Acme Robotics, Inc. builds arms.")
    'Acme Robotics, Inc.'
    >>> name("About 500 people came.") is None
    True
    >>> name("ABOUT ACME LTDAcme makes things."), name("About KAPPA AGKAPPA AG is listed.")
    ('ACME LTD', 'KAPPA AG')
    """
    match = _ABOUT.match(text)
    if match is None:
        return None
    rest = match["name"]
    inner = _ABOUT.match(rest)  # "Boilerplate: About Acme"
    if inner:
        rest = inner["name"]
    head = rest[: 2 * MAX_NAME_CHARS]
    found = _doubled(head) or _shouted(head) or _half_doubled(head) or _before_mark(head)
    found = " ".join(found.split()).strip(" :–—-,")
    return found if len(found) > 1 and any(char.isalpha() for char in found) else None


def _doubled(head: str) -> str | None:
    """ "Acme Robotics Acme Robotics is": the shortest beginning of two letters or more that is at
    once said again, as long as a word ends there or another begins."""
    for length in range(2, min(len(head) // 2, MAX_NAME_CHARS) + 1):
        first = head[:length]
        if not first[-1].isalnum() and first[-1] not in ").®™’'":
            continue
        rest = head[length:].lstrip(" :–—-")
        if rest[:4].casefold() == "the ":
            rest = rest[4:]
        again = rest[: len(first)]
        if again.casefold() == first.casefold() and not rest[length : length + 1].isalnum():
            return first
    return None


def _half_doubled(head: str) -> str | None:
    """ "Acme Robotics Holdings (ACR) Acme Robotics is": the first two words come again."""
    words = head.split()
    for count in (2, 1):
        lead = [word.strip("(),.:®™").casefold() for word in words[:count]]
        if len(words) < 2 * count or any(len(word) < 2 for word in lead):
            continue
        for at in range(count, min(len(words) - count, MAX_NAME_WORDS)):
            again = [word.strip("(),.:®™").casefold() for word in words[at : at + count]]
            found = " ".join(words[:at])
            if again == lead and not (_STOP.search(found) or _VERBS.search(found + " ")):
                return None if _RUN_IN.search(found) else found
    return None


def _shouted(head: str) -> str | None:
    """ "ACME LTDAcme makes": a heading in capitals ends where small letters begin."""
    match = re.match(
        r"(?P<caps>[^\Wa-z_](?:[^\Wa-z_]|[ ,.&'’()/+®™-])+?)(?=[^\W\d_a-z][a-z])", head
    )
    if match is None or len(match["caps"]) < MIN_SHOUTED_CHARS:
        return None
    # "CEI Institute" is a name that goes on; "SPIRITS As" and "LTDAcme" are a heading's end.
    if match["caps"].endswith(" ") and len(match["caps"].split()) < 2:
        return None
    return match["caps"]


def _before_mark(head: str) -> str:
    marks = (_STOP.search(head), _VERBS.search(head), _RUN_IN.search(head))
    ends = [mark.start() for mark in marks if mark and mark.start() > 1]
    kept = head[: min(ends)] if ends else head
    return " ".join(kept.split()[:MAX_NAME_WORDS])[:MAX_NAME_CHARS]


def split(text: str) -> Iterator[str]:
    """Cut a paragraph before each "About X" that a careless publisher ran into it.

    >>> list(split("Visit our site .About Acme: Acme makes things."))
    ['Visit our site .', 'About Acme: Acme makes things.']
    """
    start = 0
    for found in _INSIDE.finditer(text):
        if found.start() - start > 1:
            yield text[start : found.start()].strip()
            start = found.start()
    yield text[start:].strip()
