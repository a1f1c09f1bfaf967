"""Rules for expressions that need a reference: "today", "last Friday", "two years ago".

As in `days`, each rule reads one expression that begins at piece `i`: (end, form) or None.
"""

from __future__ import annotations

from .days import month_day, month_year, weekday_date
from .direction import is_break
from .forms import CONFIRM, VETO, Form, Hit, Unit
from .lexemes import Lexemes
from .lexicon import WORDS
from .periods import year_of

_ADVERBS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_SHIFTS = {"this": 0, "current": 0, "last": -1, "past": -1, "previous": -1, "prior": -1,
           "next": 1, "coming": 1, "upcoming": 1, "following": 1}  # fmt: skip
#: Units of a span: how many of the small unit make one.
_SPAN_UNITS: dict[str, Unit] = {
    "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year",
    "decade": "decade",
}  # fmt: skip


#: After "the 25th" alone one of these, or no word, may follow.
_AFTER_DAY = frozenset({"and", "to", "in", "at", "with", "when", "for", "as", "but", "the", "from"})


def adverb(lx: Lexemes, i: int) -> Hit | None:
    """ "today", "tonight", "yesterday", "tomorrow", unless in the sense of nowadays."""
    word = lx.low[i]
    shift = _ADVERBS.get(word)
    if shift is None or lx.raw[i].isupper():
        return None
    if word in ("today", "tomorrow") and _is_figurative(lx, i):
        return None
    return i + 1, Form("day", shift=shift, doubt=VETO)


def _is_figurative(lx: Lexemes, i: int) -> bool:
    """ "today's world", "leaders of tomorrow", "USA Today", "Today, it is the largest …"."""
    low = lx.low
    if low[i + 1] in ("'", "’") and low[i + 2] == "s":
        nouns = low[i + 3 : i + 6]
        return low[i] == "tomorrow" or any(w in WORDS.nowadays_nouns for w in nouns)
    if lx.before(i) in WORDS.nowadays_before or lx.before(i) == "better":
        return True
    if lx.raw[i] == "Today" and lx.is_capital(i - 1) and i and lx.before(i).isalpha():
        return not lx.breaks(i)  # "USA Today"
    return low[i] == "today" and not _is_news(lx, i)


def _is_news(lx: Lexemes, i: int) -> bool:
    """Does the sentence around "today" report or announce something?"""
    around = [*sentence_before(lx, i, 25), *sentence_after(lx, i + 1, 14)]
    if not around:
        return True
    return any(
        w in WORDS.news_verbs
        or w in WORDS.past - {"since", "has", "have", "known"}
        or (w.endswith("ed") and len(w) > 4 and w not in WORDS.timeless)
        for w in around
    )


def sentence_before(lx: Lexemes, i: int, reach: int) -> list[str]:
    """The words of the sentence before piece `i`, at most `reach`."""
    j = i
    while j > max(0, i - reach) and not is_break(lx, j - 1):
        j -= 1
    return lx.low[j:i]


def sentence_after(lx: Lexemes, i: int, reach: int) -> list[str]:
    """The words of the sentence from piece `i` on, at most `reach`."""
    j = i
    while j < min(lx.size, i + reach) and not is_break(lx, j):
        j += 1
    return lx.low[i:j]


def shifted(lx: Lexemes, i: int) -> Hit | None:
    """ "last Friday", "this spring", "next year", "this past weekend", "last March"."""
    low = lx.low
    shift = _SHIFTS.get(low[i])
    if shift is None:
        return None
    j = i + 1
    if low[i] == "this" and low[j] in ("past", "coming", "upcoming", "current"):
        shift = {"past": -1, "current": 0}.get(low[j], 1)
        j += 1
    elif low[i] in ("past", "coming", "upcoming", "following") and lx.before(i) not in (
        "the", "this", "our", "in", "of", "over",
    ):  # fmt: skip
        return None
    word = low[j]
    if low[j + 1] == "-" and lx.touches(j + 1) and lx.touches(j + 2):
        return None  # "this year-end", "next-day"
    return _shifted_name(lx, j, shift) or _shifted_unit(lx, i, j, shift, word)


def _shifted_name(lx: Lexemes, j: int, shift: int) -> Hit | None:
    """A weekday, month, season or full date after this, last, next."""
    word = lx.low[j]
    if word in WORDS.weekdays and len(word) > 4:
        dated = weekday_date(lx, j)
        return (
            dated if dated else (j + 1, Form("weekday", weekday=WORDS.weekdays[word], shift=shift))
        )
    if word in WORDS.months and lx.is_capital(j):
        dated = month_day(lx, j)
        if dated:
            return dated
        named = month_year(lx, j)
        if named and named[1].year:
            return named
        end = j + 1
        return end, Form("month", month=WORDS.months[word], shift=shift)
    if word in WORDS.seasons:
        return j + 1, Form("season", number=WORDS.seasons[word], shift=shift)
    return None


def _shifted_unit(lx: Lexemes, i: int, j: int, shift: int, word: str) -> Hit | None:
    """ "last week", "this morning", "the previous year", "the current quarter"."""
    if word in WORDS.dayparts:
        if lx.low[i] in ("this", "last") and lx.low[j + 1] != "of":
            return j + 1, Form("day", shift=-1 if shift < 0 else 0)
        return None
    unit = WORDS.units.get(word)
    if unit is None or word.endswith("s") or unit == "century":
        return None
    if lx.low[i] in ("past", "coming", "upcoming") and unit != "weekend":
        # "the past year" is a year up to now, "this past year" too
        return j + 1, _span(unit, 1, shift)
    if unit in ("day", "half"):
        if lx.low[i] in ("following", "next", "previous") and unit == "day":
            return j + 1, Form("anchored", shift=shift, doubt=VETO)
        return None
    if lx.low[i] in ("following", "previous") and unit not in ("year", "month", "quarter", "week"):
        return None
    if lx.low[i] in ("next", "last") and lx.before(i) == "the":
        return j + 1, _span(unit, 1, shift)
    if lx.low[i + 1] in ("past", "coming") and unit != "weekend":
        return j + 1, _span(unit, 1, shift)
    to_named = unit == "year" and lx.low[i] in ("previous", "prior", "following")
    return j + 1, Form(unit, shift=shift, of="year" if to_named else None)


def _span(unit: str, count: int, shift: int) -> Form:
    return Form("span", of=_SPAN_UNITS.get(unit, "week"), number=count, shift=shift)


def span(lx: Lexemes, i: int) -> Hit | None:
    """ "the past three years", "the next 12 months", "the last two decades"."""
    low = lx.low
    shift = _SHIFTS.get(low[i])
    if not shift or low[i] in ("following", "prior", "previous", "upcoming"):
        return None
    j = i + 1
    while low[j] in {"nearly", "almost", "about", "approximately", "over"}:
        j += 1
    count = quantity(lx, j)
    if count is None:
        return None
    j, number = count
    if low[j] in ("to", "-", "–", "or"):
        second = quantity(lx, j + 1)
        if second:
            j, number = second
    j += low[j] == "-"
    unit = WORDS.units.get(low[j])
    if unit in _SPAN_UNITS and low[j].endswith("s"):
        return j + 1, _span(unit, number, shift)
    return None


def quantity(lx: Lexemes, i: int) -> tuple[int, int] | None:
    """A count in digits or words: (end, number)."""
    value = lx.number(i)
    if value is not None and not lx.is_fraction(i):
        return i + 1, value
    number = WORDS.cardinals.get(lx.low[i])
    if number is None:
        return None
    if lx.low[i + 1] == "-" and lx.touches(i + 1) and lx.low[i + 2] in WORDS.cardinals:
        return i + 3, number + WORDS.cardinals[lx.low[i + 2]]
    return i + 1, number


def ago(lx: Lexemes, i: int) -> Hit | None:
    """ "four years ago", "a week ago", "10 days from now"; never "nearly 25 years ago"."""
    count = quantity(lx, i)
    if count is None:
        return None
    j, number = count
    unit = WORDS.units.get(lx.low[j])
    if unit not in _SPAN_UNITS or lx.low[j + 1] not in ("ago", "from"):
        return None
    if lx.low[j + 1] == "from":
        if lx.low[j + 2] not in ("now", "today"):
            return None
        return j + 3, Form("anchored", of=_SPAN_UNITS[unit], number=number, shift=1)
    if lx.before(i) in ("over", "than", "nearly", "almost", "about", "around", "half"):
        return None
    return j + 2, Form("anchored", of=_SPAN_UNITS[unit], number=number, shift=-1)


def week_of(lx: Lexemes, i: int) -> Hit | None:
    """ "week of May 5", "weekend of June 7", "month of May", "year 2025", "eve of July 4"."""
    low = lx.low
    if low[i] in ("week", "weekend") and low[i + 1] in ("of", "commencing", "beginning", "starting",
                                                        "ending"):  # fmt: skip
        j = i + 2 + (low[i + 2] == "the")
        hit = weekday_date(lx, j) or month_day(lx, j) or _day_month(lx, j)
        if hit:
            unit: Unit = "week" if low[i] == "week" else "weekend"
            return hit[0], Form(unit, inner=hit[1], part="end" if low[i + 1] == "ending" else None)
    if low[i] == "month" and low[i + 1] == "of":
        return month_year(lx, i + 2)
    return None


def _day_month(lx: Lexemes, i: int) -> Hit | None:
    from .days import day_month

    return day_month(lx, i)


def that_day(lx: Lexemes, i: int) -> Hit | None:
    """ "that day", "the same day", "the day before", "the following day": by the date before."""
    low = lx.low
    if low[i] == "same" and low[i + 1] in ("period", "quarter", "month", "half", "time"):
        owner = year_of(lx, i + 2)
        if owner:
            return owner[0], Form("anchored", year=owner[1].year, inner=owner[1])
    if low[i] in ("that", "same") and low[i + 1] in ("day", "year", "month", "week"):
        if low[i] == "same" and lx.before(i) != "the":
            return None
        unit: Unit = low[i + 1]  # type: ignore[assignment]
        return i + 2, Form("anchored", of=unit, number=0, shift=1, doubt=VETO)
    if low[i] in ("quarter", "weekend") and lx.before(i) == "the":
        if low[i] == "weekend":
            return i + 1, Form("weekend", doubt=CONFIRM)
        return i + 1, Form("anchored", of="quarter", number=0, doubt=CONFIRM)
    if low[i] == "day" and lx.before(i) == "the" and low[i + 1] in ("before", "prior", "after"):
        after = low[i + 2]
        if after not in ("the", "a", "an", "his", "her", "their", "our", "its", "this"):
            shift = 1 if low[i + 1] == "after" else -1
            return i + 2, Form("anchored", shift=shift, doubt=VETO)
    return None


def day_of_month(lx: Lexemes, i: int) -> Hit | None:
    """ "29th of last month", "the 5th of this month", "on the 25th" (of the month before)."""
    value = lx.number(i)
    if value is None or lx.low[i + 1] not in ("st", "nd", "rd", "th") or not 1 <= value <= 31:
        return None
    if lx.low[i + 2] != "of":
        if lx.before(i) != "the" or lx.low[i + 2].isalpha() != (lx.low[i + 2] in _AFTER_DAY):
            return None
        return i + 2, Form("day", day=value, doubt=CONFIRM)
    j = i + 3 + (lx.low[i + 3] == "the")
    shift = _SHIFTS.get(lx.low[j])
    if shift is None or lx.low[j + 1] != "month":
        return None
    return j + 2, Form("day", day=value, shift=shift, of="month")
