"""Find counted facts, with a number that can be compared.

    "over 130 exhibitors"  ->  Figure(value=130, unit="exhibitors", qualifier="over")
    "$1.2 billion"         ->  Figure(value=1.2e9, unit="USD")
    "70 percent"           ->  Figure(value=70, unit="%")

Reads the text and `doc._.dateline_dates`; writes `doc._.dateline_figures`. Dates, lengths of time,
ages, telephone and house numbers, versions and ordinals are no figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from spacy.language import Language

from ...extensions import register
from ...types import DateMention, Figure
from ..dates.lexemes import Lexemes
from .numbers import WORDS, number_at

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: A counted noun stands at most this many words behind the number.
MAX_MODIFIERS = 4
#: How far, in code points, the rest of the sentence may tell what the counted do.
SENTENCE_REACH = 400
_DOINGS = [(name, re.compile(pattern, re.I)) for name, pattern in WORDS.doings.items()]
_QUALIFIERS = sorted((q.split() for q in WORDS.qualifiers), key=len, reverse=True)
#: Plain numbers in this span are years.
YEARS = range(1800, 2101)


def figures(doc: Doc, dates: Iterable[DateMention] = ()) -> Iterator[Figure]:
    """Every counted fact of `doc` outside `dates`, in reading order."""
    text = doc.text
    lx = Lexemes(text)
    taken = sorted((d.start_char, d.end_char) for d in dates)
    starts = [a for a, _ in taken]
    low, i = lx.low, 0
    headline_end = text.find("\n\n")
    while i < lx.size:
        word = low[i]
        if not ("0" <= word[:1] <= "9" or word in WORDS.cardinals or word in ("half", "a", "one")):
            i += 1
            continue
        found = _figure(lx, i, lx.start[i] < headline_end)
        if found is None:
            i += 1
            continue
        first, end, value, unit = found
        start_char, end_char = lx.start[first], lx.end[end - 1]
        nearest = bisect_right(starts, start_char) - 1
        i = end
        if nearest >= 0 and taken[nearest][1] > start_char:
            continue
        first, qualifier = _qualifier(lx, first, end)
        start_char = lx.start[first]
        yield Figure(
            value=value,
            unit=_with_doing(unit, text[end_char : end_char + SENTENCE_REACH]),
            text=text[start_char:end_char],
            start_char=start_char,
            end_char=end_char,
            qualifier=qualifier,
        )


def _figure(lx: Lexemes, i: int, headline: bool) -> tuple[int, int, float, str] | None:
    """The figure whose number begins at piece `i`: first piece, end, value, unit."""
    currency = _currency_before(lx, i)
    number = _money_number(lx, i) if currency else number_at(lx, i)
    if number is None:
        return None
    end, value = number
    if currency:
        return currency[0], end, value, currency[1]
    if lx.low[end] in ("+",) and lx.touches(end):
        end += 1
    percent = _percent(lx, end)
    if percent:
        return i, percent, value, "%"
    if _is_numbered(lx, i):
        return None
    code = WORDS.currency_after.get(lx.low[end])
    if code and (lx.low[end] not in WORDS.measures or lx.low[end - 1] in WORDS.scales):
        return i, end + 1, value, code
    if end == i + 1 and len(lx.low[i]) == 4 and value in YEARS and not _qualifier(lx, i, end)[1]:
        return None
    unit = _unit(lx, end, headline)
    return (i, unit[0], value, unit[1]) if unit else None


def _money_number(lx: Lexemes, i: int) -> tuple[int, float] | None:
    """An amount after a currency sign, a scale letter included ("4.6M")."""
    if not lx.low[i].isdigit():
        return None
    end, written = i + 1, lx.low[i]
    while lx.touches(end) and lx.touches(end + 1) and lx.low[end + 1].isdigit():
        if lx.low[end] == "," and len(lx.low[end + 1]) == 3:
            written += lx.low[end + 1]
        elif lx.low[end] == "." and "." not in written:
            written += "." + lx.low[end + 1]
        else:
            break
        end += 2
    value = float(written)
    if lx.low[end] in WORDS.scales and lx.low[end] != "dozen":
        return end + 1, value * WORDS.scales[lx.low[end]]
    letter = WORDS.money_scales.get(lx.low[end])
    if letter and (lx.touches(end) or lx.low[end] in ("m", "mm")):
        return end + 1, value * letter
    return end, value


def _currency_before(lx: Lexemes, i: int) -> tuple[int, str] | None:
    """The currency before the amount at `i`: first piece, ISO code. "US$", "HK$", "RMB "."""
    if i == 0 or not lx.low[i].isdigit():
        return None
    sign = lx.low[i - 1]
    if sign == "$" and lx.touches(i - 1) and i > 1:
        code = WORDS.currency_before.get(lx.low[i - 2] + "$")
        if code:
            return i - 2, code
    code = WORDS.currency_before.get(sign)
    if code is None or (sign.isalpha() and not lx.raw[i - 1][:1].isupper()):
        return None
    return i - 1, code


def _percent(lx: Lexemes, i: int) -> int | None:
    """The piece after a percent sign or word at `i`."""
    if lx.low[i] in WORDS.percent:
        return i + 1
    if lx.low[i] == "per" and lx.low[i + 1] == "cent":
        return i + 2
    if lx.low[i] == "percentage" and lx.low[i + 1] in ("point", "points"):
        return i + 2
    return None


def _is_numbered(lx: Lexemes, i: int) -> bool:
    """ "Section 27", "No. 5", "Top 10", "aged 14", "version 2"."""
    j = i - 1
    if j >= 0 and lx.low[j] == "." and j > 0 and lx.low[j - 1] in ("no", "nr", "vol"):
        j -= 1
    if j < 0 or lx.low[j] not in WORDS.numbered:
        return False
    return lx.low[j] != "under"


def _unit(lx: Lexemes, i: int, headline: bool) -> tuple[int, str] | None:
    """The counted noun from piece `i` on: the piece after it, and the noun."""
    low = lx.low
    if low[i] == "of" and low[i - 1] in WORDS.scales:
        i += 1
    if low[i] in WORDS.square and low[i + 1] in WORDS.measures:
        return i + 2, f"{low[i]} {low[i + 1]}"
    if low[i] in WORDS.measures:
        return i + 1, low[i]
    if lx.touches(i):
        return None  # "5G", "3D", "401(k)"
    words = 0
    j = i
    while words < MAX_MODIFIERS and j < lx.size:
        word = low[j]
        if word in WORDS.stops or lx.low[j] == "\n" or not (word.isalpha() or word.isdigit()):
            return None
        start = j
        while low[j + 1] in ("-", "‑") and lx.touches(j + 1) and lx.touches(j + 2):
            j += 2  # "sub-forums", "18-hole"
        head = low[j]
        if _is_plural(head) and (headline or lx.raw[j][:1].islower()):
            return j + 1, lx.text[lx.start[start] : lx.end[j]].lower()
        if head in WORDS.not_units or (low[start].isdigit() and start == j):
            return None
        words += 1
        j += 1
        if lx.low[j] == "," and lx.low[j + 1].isalpha() and words == 1:
            j += 1  # "three large, bright rooms"
    return None


def _is_plural(word: str) -> bool:
    if word in WORDS.plurals:
        return True
    if word in WORDS.not_units or len(word) < 4 or not word.endswith("s"):
        return False
    return not word.endswith(("ss", "ous", "us", "less", "ics", "sis"))


def _qualifier(lx: Lexemes, first: int, end: int) -> tuple[int, str | None]:
    """The words before the number that say how exact it is: first piece, words."""
    for words in _QUALIFIERS:
        at = first - len(words)
        if at >= 0 and lx.low[at:first] == words:
            return at, " ".join(words)
    if "+" in lx.low[first:end]:
        return first, "over"
    return first, None


def _with_doing(unit: str, rest: str) -> str:
    """ "entities" whose sentence says that they exhibit are "exhibiting entities"."""
    if unit not in WORDS.plain_nouns:
        return unit
    sentence = re.split(r"(?<=[a-z)])[.!?](?:\s|$)|\n\n", rest, maxsplit=1)[0]
    for doing, pattern in _DOINGS:
        if pattern.search(sentence):
            return f"{doing} {unit}"
    return unit


@Language.factory(
    "dateline_figures",
    requires=["doc._.dateline_dates"],
    assigns=["doc._.dateline_figures"],
)
class Figures:
    """Store the counted facts of a Doc in `doc._.dateline_figures`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        register()

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.dateline_figures: tuple[Figure, ...]`."""
        doc._.dateline_figures = tuple(figures(doc, doc._.dateline_dates))
        return doc
