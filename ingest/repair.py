"""Undo what careless publishing did to running text: left-over markup, words run together.

    "Media Contact:Justin Reedjustin@show.example(210) 555-0123"
        ->  "Media Contact: Justin Reed justin@show.example (210) 555-0123"

Only white space is put in, and only where two things surely met.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

#: How far from a place its unbroken token is looked at (characters).
MAX_TOKEN_CHARS = 120
#: Both halves of a split word have at least this many letters.
MIN_HALF_CHARS = 3

_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\([^()\s]{0,2000}(?:\s[^()\n]{0,300})?\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{0,300})\]"
    r"\((?:https?://|mailto:|tel:|//|/|#)[^()\s]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\)"
)
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?![\w*])")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*])\*(?![\w*])")

#: "higher.Hale brings": a sentence's end between a small word and a capitalised one.
_SENTENCE = re.compile(
    r"(?<=[a-z]{2}[.!?])(?!(?:Com|Org|Net|Io|Ai|Edu|Gov)\b)(?=[A-Z][a-z]+[\s,’'])|(?<=[a-z]{2}[.!?][\"”’])(?=[A-Z][a-z]+\s)"
)
#: "Contact DetailsJane Doe", "Media ContactNAME": a label and its value.
_AFTER_LABEL = re.compile(
    r"\b(?:(?:Media|Press|Investor|Company|Public)\s(?:Contacts?|Relations|Inquiries|Enquiries)"
    r"|Contact\s(?:Details|Information|Us|Person)|Company\sWebsite|Contacts?)"
    r"(?=[A-Z][a-z’'-]+\s[A-Z]|[A-Z]{4}|https?:)"
)
_AFTER_COLON = re.compile(r"(?<=[a-z]:)(?=[A-Z][a-z]|https?:|www\.|\+?\d{3}|[\w.+-]{2,40}@)")
_BEFORE_LABEL = re.compile(
    r"(?<=[a-z0-9)])(?=(?:E-?mail|Phone|Tel|Telephone|Website|Web|Mobile|Fax|Contact|Twitter"
    r"|LinkedIn|Facebook|Disclaimer)\s?:)"
)
_BEFORE_URL = re.compile(r"(?<=[a-z0-9)])(?=https?://)")
_BESIDE_NUMBER = re.compile(
    r"(?<=\d{4})(?=[A-Za-z][\w.+-]{1,40}@)|(?<=[a-z]{3})(?=\(\d{3}\)\s?\d{3})"
    r"|(?<=[a-z]{3})(?=\+\d{1,3}[\s(-]?\d)|(?<=@[a-z]{2}\.[a-z]{2})(?=\+\d)"
)
_LOCAL_PART = re.compile(r"[\w.+-]{3,80}$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_GLUED = re.compile(r"\b[^\W\d_]{1,40}?(?<=[a-z])(?=[A-Z][a-z])[^\W\d_]{3,40}\b")
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")

#: Local parts of addresses that are nobody's name.
OFFICES = frozenset(
    {
        "info", "press", "media", "contact", "pr", "ir", "news", "newsroom", "office", "hello",
        "sales", "support", "admin", "editor", "marketing", "investors", "presse", "kontakt",
        "communications", "enquiries", "inquiries", "service", "help", "team", "mail",
        "publicity", "investorrelations", "mediarelations", "corporatecommunications",
    }
)  # fmt: skip

#: Words that begin a sentence or a label: what stands before them in one token is another word.
_STARTERS = frozenset(
    {
        "The", "This", "These", "That", "In", "At", "On", "For", "From", "With", "About",
        "As", "We", "Our", "It", "Its", "Founded", "Based", "Established", "Headquartered",
        "Contact", "Email", "Phone", "Website", "Visit", "Learn", "Chief", "Vice",
        "President", "Director", "Manager", "Head", "Founder", "Managing", "Senior",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Markdown's images, links and emphasis as the words a reader sees.

    >>> plain("**Acme** opens [its plant](https://acme.example/) ![](x.png)today")
    'Acme opens its plant today'
    """
    if "](" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    if "**" in text or "__" in text:
        text = _EMPHASIS.sub(r"\2", text)
    if "*" in text:
        text = _ITALIC.sub(r"\1", text)
    return text


def separated(text: str) -> str:
    """Put a space where two sentences, or a label and its value, were run together.

    >>> separated("to go higher.Hale brings it")
    'to go higher. Hale brings it'
    >>> separated("Visit Example.Com or mail A.Smith@acme.example, U.S.Army")
    'Visit Example.Com or mail A.Smith@acme.example, U.S.Army'
    """
    text = _SENTENCE.sub(_unless_address, text)
    text = _AFTER_LABEL.sub(lambda match: match[0] + " ", text)
    text = _AFTER_COLON.sub(" ", text)
    text = _BEFORE_LABEL.sub(" ", text)
    if "@" in text:
        text = _before_addresses(text)
        text = _BESIDE_NUMBER.sub(" ", text)
    if "://" in text:
        text = _BEFORE_URL.sub(" ", text)
    return text


def _unless_address(match: re.Match[str]) -> str:
    """A space, unless the token around the seam is an address."""
    text, at = match.string, match.start()
    before = text[max(0, at - MAX_TOKEN_CHARS) : at].split()
    after = text[at : at + MAX_TOKEN_CHARS].split()
    token = (before[-1] if before else "") + (after[0] if after else "")
    return "" if any(mark in token for mark in ("@", "/", "www.")) else " "


def _before_addresses(text: str) -> str:
    """ "Reedjustin@…" after "Justin": the address begins with the person's first name."""
    pieces: list[str] = []
    start = 0
    while (at := text.find("@", start)) >= 0:
        local = _LOCAL_PART.search(text[max(start, at - 80) : at])
        seam = _seam(local[0], text[max(0, at - 160) : at - len(local[0])]) if local else 0
        if local and seam:
            cut = at - len(local[0]) + seam
            pieces.append(text[start:cut] + " ")
            start = cut
        pieces.append(text[start : at + 1])
        start = at + 1
    pieces.append(text[start:])
    return "".join(pieces)


def _seam(local: str, before: str) -> int:
    """Where the address begins inside `local`; 0 when it is all address."""
    lowered = local.casefold()
    if local[0].isupper():
        for word in before.split()[-3:]:
            name = word.strip(".,:;()").casefold()
            at = lowered.find(name, MIN_HALF_CHARS) if len(name) >= MIN_HALF_CHARS else -1
            if at > 0 and local[at - 1].islower():
                return at
        ends = [len(local) - len(office) for office in OFFICES if lowered.endswith(office)]
        at = min(ends, default=0)  # the longest office
        if at >= MIN_HALF_CHARS and local[at - 1].islower():
            return at
    return 0


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in the release, for `unglued`."""
    return Counter(word for text in texts for word in _WORD.findall(text))


def unglued(text: str, words: Counter[str], known: Collection[str]) -> str:
    """Split "AssociationFounded" where the release itself shows both words apart.

    A word seen twice, a word of `known` (brands, lower case) and "McDonald" stay whole.

    >>> words = vocabulary(["The association opens. Founded here, AssociationFounded", "iPhone"])
    >>> unglued("the AssociationFounded by YouTube", words, {"youtube"})
    'the Association Founded by YouTube'
    """

    def split(match: re.Match[str]) -> str:
        token = match[0]
        around = match.string[max(0, match.start() - 1) : match.start()]
        around += match.string[match.end() : match.end() + 1]
        if words[token] > 1 or token.casefold() in known or any(c in "@./#_" for c in around[:1]):
            return token
        for seam in _SEAM.finditer(token):
            left, right = token[: seam.start()], token[seam.start() :]
            if min(len(left), len(right)) >= MIN_HALF_CHARS and _met(left, right, words):
                return f"{left} {right}"
        return token

    return _GLUED.sub(split, text)


def _met(left: str, right: str, words: Counter[str]) -> bool:
    is_left_known = words[left] > 0 or words[left.casefold()] > 0
    return is_left_known and (right in _STARTERS or words[right] > 0)
