"""Find mail addresses, telephone numbers and links in text that was often run together.

    "Jane DoePhone: (212) 555-0100Email: jane@x.orgWebsite: www.x.org"
        ->  "(212) 555-0100", "jane@x.org", "www.x.org"

Everything found keeps its offsets; a repaired address still is a slice of the text, save for
"name (at) x.org", which is written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml


@dataclass(frozen=True, slots=True)
class Found:
    """An address, number or link: its value, and where the words for it stand."""

    kind: Literal["email", "phone", "web"]
    value: str
    start: int
    end: int


@lru_cache(maxsize=1)
def cues() -> dict[str, tuple[str, ...]]:
    """The word lists of cues.yml."""
    raw = yaml.safe_load((files(__package__) / "cues.yml").read_text(encoding="utf-8"))
    return {name: tuple(words) for name, words in raw.items()}


_EMAIL = re.compile(
    r"(?P<local>[\w.%+-]{1,64})"
    r"(?:@|\s?(?:\(at\)|\[at\]|\{at\}|\(@\)|\[@\])\s?)"
    r"(?P<domain>[A-Za-z0-9-]{1,63}(?:(?:\.|\s?(?:\(dot\)|\[dot\])\s?)[A-Za-z0-9-]{1,63}){1,5})",
    re.IGNORECASE,
)
_WEB = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"“”,;|]{3,200}", re.IGNORECASE)
_NORTH_AMERICAN = (
    r"(?:\+?1[\s.–-]{0,3})?(?:\(\d{3}\)[\s.–-]{0,3}|\d{3}\s?[.–-]\s?|\d{3}\s)"
    r"\d{3}\s?[.\s–-]\s?\d{4}(?!\d)"
)
_INTERNATIONAL = (
    r"(?:\+|\b00(?=[1-9]))\d{1,3}[\s.–-]{0,2}"
    r"(?:\(\d{1,5}\)[\s.–-]{0,2})?\d(?:[\s./–-]{0,2}\d){5,12}"
)
_NATIONAL = r"\(?0\d{1,5}\)?(?:[\s./–-]{1,3}\d{2,9}){1,4}(?!\d)"
_BARE = r"1?\d{10}(?!\d)"
_LOCAL = r"\d{3,4}[\s-]\d{4}(?!\d)"
_VANITY = (
    r"(?:1[\s.-])?\(?8(?:00|33|44|55|66|77|88)\)?[\s.-](?=[A-Z0-9-]*[A-Z]{3})[A-Z0-9-]{6,12}\b"
)
_NUMBER = re.compile(
    rf"(?P<vanity>{_VANITY})|(?P<international>{_INTERNATIONAL})"
    rf"|(?P<american>(?<!\d)(?<!\d[-/.]){_NORTH_AMERICAN})|(?P<national>(?<![\d.,/-]){_NATIONAL})"
    rf"|(?P<bare>(?<![\w.,/$=-]){_BARE})|(?P<local>(?<![\d.,/$-]){_LOCAL})"
)
_NUMBER_GLUE = re.compile(r"\d[\d.()+-]{5,}\d(?=[A-Za-z])")
_DIGIT_GLUE = re.compile(r"\d+(?=[A-Za-z])")
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")

#: How far before a number its label may stand, and after it the rest of its line, in code points.
LABEL_REACH = 45


def emails(text: str, names: tuple[tuple[int, int], ...] = ()) -> Iterator[Found]:
    """Every mail address; `names` are spans of persons, one of which may be glued to an address."""
    for match in _EMAIL.finditer(text):
        domain = _domain(match["domain"])
        if domain is None:
            continue
        start = match.start("local") + _glued_length(text, match, names)
        local = text[start : match.end("local")].lstrip(".-_%+")
        if not local:
            continue
        start = match.end("local") - len(local)
        end = match.start("domain") + _length_in(match["domain"], domain)
        plain = f"{local}@{domain}"
        yield Found("email", plain, start, end)


def _length_in(written: str, domain: str) -> int:
    """How much of `written` the cleaned `domain` covers."""
    if re.search(r"[(\[]dot", written, re.I):
        return len(written)
    return len(domain)


def _domain(written: str) -> str | None:
    """The domain without what was run together with it; None when it cannot be one."""
    domain = re.sub(r"\s?[(\[]dot[)\]]\s?", ".", written, flags=re.I)
    domain = re.split(r"www\.", domain)[0] if not domain.startswith("www.") else domain
    labels = domain.rstrip(".").split(".")
    if len(labels) > 1 and labels[-1].lower().endswith("www"):
        labels[-1] = labels[-1][:-3]
    for n, label in enumerate(labels[1:], 1):
        cut = _cut_label(label)
        if cut != label:
            labels = [*labels[:n], cut]
            break
    if len(labels) < 2 or not re.fullmatch(r"[A-Za-z]{2,24}", labels[-1]):
        return None
    return ".".join(labels)


def _cut_label(label: str) -> str:
    """ "comThis" -> "com", "orgPhone" -> "org", "comhttps" -> "com", "com512" -> "com"."""
    joint = re.match(r"[a-z]{2,}(?=[A-Z]|\d)", label)
    if joint:
        label = joint.group()
    for word in cues()["after_domain"]:
        for top in ("com", "org", "net", "gov", "edu", "eu", "de", "uk"):
            if label.lower().startswith(top + word):
                return label[: len(top)]
    return label


def _glued_length(text: str, match: re.Match[str], names: tuple[tuple[int, int], ...]) -> int:
    """How many characters at the front of the local part belong to the words before it."""
    local, start = match["local"], match.start("local")
    number = _NUMBER_GLUE.search(local)  # "Team914-846-9444we@x.org"
    if number:
        return number.end() + _glued_label(local[number.end() :])
    digits = _DIGIT_GLUE.match(local)
    if digits and re.search(r"\d[ .-]$", text[max(0, start - 2) : start]):
        return digits.end()  # "+49 6095 301 949dana@x.org"
    for _, end in names:
        if start < end < match.end("local"):
            return end - start
    if not local[0].isupper():
        return 0
    label = _glued_label(local)
    if label:
        return label
    before = text[max(0, start - 80) : start]
    return _name_glue(local, before)


def _glued_label(local: str) -> int:
    """The length of a label glued before an address: "OfficeEditor", "Emailjane"."""
    for word in cues()["labels"]:
        if local[: len(word)] == word.capitalize() and local[len(word) : len(word) + 1].isalpha():
            return len(word)
    return 0


def _name_glue(local: str, before: str) -> int:
    """Where the address begins in "McKenziejustin", after "Justin ": 8; 0 when nothing is glued."""
    words = re.findall(r"[A-Z][\w'’-]+", _JOINT.sub(" ", before)) or []
    low = local.lower()
    for length in range(len(low) // 2, 2, -1):  # "Marrowimarrow"
        if low.find(low[:length], length) in (length, length + 1) and local[length].islower():
            return length
    for box in cues()["mailboxes"]:
        if low.endswith(box) and len(low) > len(box) + 2 and local[-len(box)].islower():
            return len(low) - len(box)
    for n, word in sorted(enumerate(words), key=lambda item: -len(item[1])):
        at = low.find(word.lower(), 1)
        if len(word) < 3 or at < 1 or local[at].isupper():
            continue
        initial = words[n - 1][0].lower() if n else ""
        return at - 1 if at > 2 and initial and low[at - 1] == initial else at
    return 0


def phones(text: str) -> Iterator[Found]:
    """Every telephone number by its shape; whether it is a contact's is for the caller to say."""
    for match in _NUMBER.finditer(text):
        value = match.group().strip(" .-–/")
        digits = sum(c.isdigit() for c in value)
        if not 7 <= digits + (8 if match["vanity"] else 0) <= 21 or (
            digits > 15 and not match["vanity"]
        ):
            continue
        if match["local"] and not _is_labelled(text, match.start()):
            continue
        if match["bare"] and not (
            _is_labelled(text, match.start()) or _is_own_line(text, match.start(), match.end())
        ):
            continue
        if match["national"] and (digits < 9 or not _is_labelled(text, match.start())):
            continue
        if _is_other(text, match.start()) or _in_link(text, match.start()):
            continue
        yield Found(
            "phone", value, match.start(), match.start() + len(match.group().rstrip(" .-–/"))
        )


def _is_labelled(text: str, start: int) -> bool:
    left = text[max(0, start - LABEL_REACH) : start].lower()
    return any(label in left for label in cues()["phone_labels"])


def _is_own_line(text: str, start: int, end: int) -> bool:
    """Does nothing else stand on the line?"""
    return text[:start].endswith("\n") and text[end : end + 1] in ("\n", "")


def _is_other(text: str, start: int) -> bool:
    """Does a word before the number say that it is a fax, an SMS code, a dial-in, an account?"""
    left = text[max(0, start - LABEL_REACH) : start].lower()
    left = left[left.rfind("\n") + 1 :]
    return any(
        re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", left) for word in cues()["not_phones"]
    )


def _in_link(text: str, start: int) -> bool:
    """Is the number part of a link?"""
    left = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    link = text[left:start]
    # "https://x.com212.555.0100": the number was run together with the link before it
    return ("://" in link or "www." in link) and not re.search(r"\.(?:com|org|net)$", link)


def links(text: str) -> Iterator[Found]:
    """Every web address that is written out."""
    for match in _WEB.finditer(text):
        value = match.group().rstrip(".:!?'’*_")
        glued = re.search(r"(?<=.)https?://|(?<=\.com)[A-Z]|(?<=\.org)[A-Z]", value)
        if glued and glued.start() > 4:
            value = value[: glued.start()]
        yield Found("web", value, match.start(), match.start() + len(value))
