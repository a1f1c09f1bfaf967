"""Undo what careless publishing did to running text: left-over markup, words run together.

    "Media Contact:Justin Reedjustin@show.example(210) 555-0123"
        ->  "Media Contact: Justin Reed justin@show.example (210) 555-0123"

Only white space is put in, and only where two things surely met.
"""

from __future__ import annotations

import re

_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\([^()\s]{0,2000}(?:\s[^()\n]{0,300})?\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{0,300})\]\((?:https?://|mailto:|tel:|//|/|#)[^()\s]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\)"
)
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?![\w*])")

#: "higher.Hale brings": a sentence's end between a lower-case word and a capitalised one.
_SENTENCE = re.compile(
    r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]+[\s,’'])|(?<=[a-z]{2}[.!?][\"”’])(?=[A-Z][a-z]+\s)"
)
_TOKEN_START = re.compile(r"\S{0,80}$")
#: A label run together with what it labels or with what stands before it.
_LABELS = (
    r"(?:Media|Press|Investor|Company|Public) (?:Contact|Relations|Inquiries|Enquiries)|Contact (?:Details|Information|Us)"
    r"|Company Website|Media Contacts?"
)
_AFTER_LABEL = re.compile(rf"\b(?:{_LABELS}|Contacts?):?(?=[A-Z][a-z’'-]+\s[A-Z])")
_AFTER_COLON = re.compile(r"(?<=[a-z]:)(?=[A-Z][a-z]|https?:|www\.|\+?\d{3}|[\w.+-]{2,40}@)")
_BEFORE_LABEL = re.compile(
    r"(?<=[a-z0-9)])(?=(?:E-?mail|Phone|Tel|Telephone|Website|Web|Mobile|Fax|Twitter|LinkedIn|Facebook|Contact"
    r"|Disclaimer|About [A-Z]\w+)\s?:)"
)
_BEFORE_URL = re.compile(r"(?<=[a-z0-9)])(?=https?://)(?<![=/?&])")
_AFTER_DOMAIN = re.compile(
    r"(?<=\.com|\.org|\.net|\.edu|\.gov)(?=[(+]|\d{3})|(?<=\.com|\.org|\.net)(?=[A-Z][a-z])"
)
_BEFORE_MAIL = re.compile(r"([^\W\d_]{3,40})([\w.+-]{0,40}@[\w-]{1,60}\.[\w.-]{2,30})")
_PHONE_GLUE = re.compile(
    r"(?<=\d{4})(?=[A-Za-z][\w.+-]{1,40}@)|(?<=[a-z]{3})(?=\(\d{3}\)\s?\d{3})|(?<=[a-z]{3})(?=\+\d{1,3}[\s(-]?\d)"
)
_ABOUT = re.compile(
    r"(?<=[a-z)][.!?])\s?(?=About [A-Z][\w&.’' -]{1,60}:)|(?<=[a-z]\s[.])(?=About [A-Z])"
)

#: Local parts of addresses that are nobody's name.
OFFICES = (
    "info press media contact pr ir news newsroom office hello sales support admin editor marketing investors "
    "investor presse kontakt communications comms enquiries inquiries service help team mail publicity"
).split()


def plain(text: str) -> str:
    """Markdown's images, links and emphasis as the words a reader sees.

    >>> plain("**Acme** opens [its plant](https://acme.example/) ![](x.png)today")
    'Acme opens its plant today'
    """
    if "](" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    if "**" in text or "__" in text:
        text = _EMPHASIS.sub(r"\2", text)
    return text


def separated(text: str) -> str:
    """Put a space where two sentences, or a label and its value, were run together.

    >>> separated("to go higher.Hale brings it")
    'to go higher. Hale brings it'
    >>> separated("Visit Example.Com or mail A.Smith@acme.example, U.S.Army")
    'Visit Example.Com or mail A.Smith@acme.example, U.S.Army'
    """
    text = _SENTENCE.sub(_unless_address(text), text)
    text = _AFTER_LABEL.sub(lambda match: match[0] + " ", text)
    text = _AFTER_COLON.sub(" ", text)
    text = _BEFORE_LABEL.sub(" ", text)
    if "@" in text:
        text = _BEFORE_MAIL.sub(_split_mail, text)
        text = _PHONE_GLUE.sub(" ", text)
    if "://" in text:
        text = _BEFORE_URL.sub(_unless_in_url(text), text)
    return _AFTER_DOMAIN.sub(_unless_in_url(text), text)


def _token(text: str, position: int) -> str:
    """The unbroken characters around `position`."""
    start = max(text.rfind(" ", 0, position), text.rfind("\n", 0, position)) + 1
    end = min(
        (at for at in (text.find(" ", position), text.find("\n", position)) if at >= 0),
        default=len(text),
    )
    return text[start:end]


def _unless_address(text: str):  # type: ignore[no-untyped-def]
    def space(match: re.Match[str]) -> str:
        token = _token(text, match.start())
        return "" if "@" in token or "://" in token or "www." in token or "/" in token else " "

    return space


def _unless_in_url(text: str):  # type: ignore[no-untyped-def]
    def space(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - 200) : match.start()].rpartition(" ")[2]
        return (
            ""
            if "://" in before and match.re is _BEFORE_URL and before.endswith(("/", "="))
            else " "
        )

    return space


def _split_mail(match: re.Match[str]) -> str:
    """ "Reedjustin@…" after "Justin": the address begins with the person's first name."""
    whole = match[0]
    local = whole.partition("@")[0]
    before = match.string[max(0, match.start() - 60) : match.start()]
    lowered = local.casefold()
    for name in before.split()[-3:]:
        name = name.strip(".,:;()").casefold()
        at = lowered.find(name, 2) if len(name) > 2 else -1
        if at > 1 and local[0].isupper() and local[at - 1].islower():
            return f"{whole[:at]} {whole[at:]}"
    for office in OFFICES:
        at = len(local) - len(office)
        if at > 2 and lowered.endswith(office) and local[at - 1].isalpha() and local[0].isupper():
            return f"{whole[:at]} {whole[at:]}"
    return whole
