"""The grammar: which rule reads what, and how points join to ranges and lists.

    "September 25-28, 2025"        one range
    "December 6 and 7"             one range (consecutive days)
    "June 5 and 19"                two days that share the month
    "October 29 – November 2"      one range

Only pieces that can begin a date are looked at: a dictionary from word to rules, and digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from .days import (
    day_at,
    day_month,
    month_at,
    month_day,
    month_year,
    numeric_date,
    skip_weekday,
    spaced_numeric,
    tail_year,
    weekday_date,
)
from .forms import Form, Hit, Unit
from .lexemes import Lexemes
from .lexicon import WORDS
from .periods import (
    bare_year,
    decade,
    fiscal_year,
    ordinal_period,
    partial,
    quarter_code,
    season,
    year_span,
)
from .relative import adverb, ago, day_of_month, shifted, span, that_day, week_of

Rule = Callable[[Lexemes, int], Hit | None]

_DIGIT_RULES: tuple[Rule, ...] = (
    numeric_date, spaced_numeric, day_month, day_of_month, year_span, decade, quarter_code,
    ordinal_period, ago, bare_year,
)  # fmt: skip


def _rules() -> dict[str, tuple[Rule, ...]]:
    """First word -> the rules to try, in order."""
    table: dict[str, list[Rule]] = {}

    def add(words: object, *rules: Rule) -> None:
        for word in words:  # type: ignore[attr-defined]
            table.setdefault(word, []).extend(r for r in rules if r not in table.get(word, []))

    add(WORDS.weekdays, weekday_date, bare_weekday)
    add(WORDS.ordinals, ordinal_period, day_month)
    add(["twenty", "thirty"], ordinal_period, day_month)
    add(WORDS.months, month_day, month_year)
    add(WORDS.seasons, season)
    add(WORDS.parts, partial)
    add(WORDS.decades, decade)
    add(["q", "h"], quarter_code)
    add(["fiscal", "fy", "full", "calendar", "financial", "tax", "ye", "cy"], fiscal_year)
    add(["today", "tonight", "yesterday", "tomorrow"], adverb)
    shifters = ["this", "last", "past", "previous", "prior", "next", "coming", "upcoming",
                "following", "current"]  # fmt: skip
    add(shifters, span, shifted)
    add(WORDS.cardinals, ago)
    add(["week", "weekend", "month"], week_of)
    add(["that", "same", "day", "quarter", "weekend"], that_day)
    return {word: tuple(rules) for word, rules in table.items()}


def bare_weekday(lx: Lexemes, i: int) -> Hit | None:
    """ "Friday", "Thursday night", "Monday and Tuesday of next week"; never "every Friday"."""
    word = lx.low[i]
    if len(word) < 6 or not lx.is_capital(i) or lx.before(i) in WORDS.repeaters:
        return None
    if _is_opening_hours(lx, i):
        return None
    end = i + 1
    first = Form("weekday", weekday=WORDS.weekdays[word])
    if lx.low[end] in ("and", "&") and lx.low[end + 1] in WORDS.weekdays:
        last = Form("weekday", weekday=WORDS.weekdays[lx.low[end + 1]])
        shift, after = _of_week(lx, end + 2)
        first, last = (
            replace(first, shift=shift, of=_week(shift)),
            replace(last, shift=shift, of=_week(shift)),
        )
        if (WORDS.weekdays[lx.low[end + 1]] - WORDS.weekdays[word]) % 7 == 1:
            return after, Form("range", first=first, last=last)
    shift, after = _of_week(lx, end)
    if shift is not None:
        return after, replace(first, shift=shift, of="week")
    return end, first


def _week(shift: int | None) -> Unit | None:
    return None if shift is None else "week"


def _of_week(lx: Lexemes, i: int) -> tuple[int | None, int]:
    """ "of next week" after a weekday: (shift, end)."""
    j = i + (lx.low[i] == "of")
    shift = {"this": 0, "last": -1, "next": 1}.get(lx.low[j])
    if shift is not None and lx.low[j + 1] == "week":
        return shift, j + 2
    return None, i


def _is_opening_hours(lx: Lexemes, i: int) -> bool:
    """ "Monday through Friday", "Fri–Sun", "second Wednesday of each month": repetitions."""
    for j in (i + 1, i - 2):
        mark = lx.low[i + 1] if j > i else lx.before(i)
        other = lx.low[j + 1] if j > i else (lx.low[j] if j >= 0 else "")
        if mark in WORDS.connectors and other in WORDS.weekdays:
            return True
    if lx.low[i + 1] == "of" and lx.low[i + 2] in WORDS.repeaters:
        return True
    if "hours" in lx.low[max(0, i - 25) : i]:
        return True
    return lx.before(i) in WORDS.ordinals or lx.before(i) in ("fun", "black", "giving", "cyber")


_RULES = _rules()
_EMPTY: tuple[Rule, ...] = ()


def point(lx: Lexemes, i: int) -> Hit | None:
    """One expression without range or list that begins at piece `i`."""
    word = lx.low[i]
    rules = _DIGIT_RULES if word[:1].isdigit() else _RULES.get(word, _EMPTY)
    for rule in rules:
        hit = rule(lx, i)
        if hit is not None:
            return hit
    return None


def expressions(lx: Lexemes) -> Iterator[tuple[int, int, Form]]:
    """Every date expression: first piece, piece after the last, what it says."""
    i, low, rules = 0, lx.low, _RULES
    while i < lx.size:
        word = low[i]
        if word in rules or "0" <= word[:1] <= "9":
            found = list(_expression(lx, i))
            if found:
                if not _is_repeated(lx, found[-1][1]):
                    yield from found
                i = max(found[-1][1], i + 1)
                continue
        i += 1


def _is_repeated(lx: Lexemes, i: int) -> bool:
    """ "in December every year", "May 5 annually": no date."""
    return lx.low[i] == "annually" or (
        lx.low[i] in ("each", "every") and WORDS.units.get(lx.low[i + 1]) is not None
    )


def _expression(lx: Lexemes, i: int) -> Iterator[tuple[int, int, Form]]:
    hit = _leading_days(lx, i) or point(lx, i)
    if hit is None:
        return
    end, first = hit
    if first.unit == "range":
        yield i, end, first
        return
    joined = _range(lx, i, end, first) or _and_list(lx, end, first)
    if isinstance(joined, list):
        yield i, end, joined[0][2]
        yield from joined[1:]
        return
    yield (i, *(joined or (end, first)))


def _leading_days(lx: Lexemes, i: int) -> Hit | None:
    """ "25-28 September 2024", "5 to 7 May", "5 and 6 May", "31 May – 2 June 2024" not this one."""
    found = day_at(lx, i) if lx.low[i].isdigit() else None
    if found is None:
        return None
    j, day = found
    mark = lx.low[j]
    if mark not in WORDS.connectors and mark not in WORDS.days_lists:
        return None
    hit = day_month(lx, j + 1)
    if hit is None or (mark in WORDS.days_lists and hit[1].day != day + 1):
        return None
    last = hit[1]
    if last.day is None or last.day <= day:
        return None
    return hit[0], Form("range", first=replace(last, day=day), last=last)


def _range(lx: Lexemes, i: int, end: int, first: Form) -> Hit | None:
    """The range that `first` opens, when a connector and a fitting second end follow."""
    j = end
    if lx.low[j] == "," and lx.low[j + 1] in WORDS.connectors and lx.low[j + 1].isalpha():
        j += 1
    mark = lx.low[j]
    between = mark == "and" and lx.before(i) == "between"
    if mark not in WORDS.connectors and not between:
        return None
    j += 1
    j += lx.low[j] == "-" or (lx.low[j] == "the" and mark.isalpha())
    days = _second_day(lx, j, first)
    if days:
        return days
    hit = point(lx, j)
    if hit is None:
        return None
    return _join(hit[0], first, hit[1])


def _second_day(lx: Lexemes, i: int, first: Form) -> Hit | None:
    """The second day of the same month: "Sept. 26-28, 2025", "May 6 through 9"."""
    if first.unit != "day" or first.month is None or first.day is None or first.shift is not None:
        return None
    j = i
    if lx.low[j] in WORDS.weekdays:
        j += 1 + (lx.low[j + 1] == ",")
    found = day_at(lx, j)
    if found is None or month_at(lx, found[0]) or found[1] <= first.day:
        return None
    if first.year is not None and found[0] - i > 1 and lx.low[found[0]] not in (",", "th"):
        return None
    end = skip_weekday(lx, found[0])
    tail = tail_year(lx, end)
    year = first.year
    if tail:
        end, year = tail
    opening = replace(first, year=year)
    return end, Form("range", first=opening, last=replace(opening, day=found[1], weekday=None))


_SCALE = {"day": 0, "weekday": 0, "month": 1, "season": 2, "quarter": 2, "half": 3, "year": 4,
          "decade": 5, "century": 6}  # fmt: skip


def _join(end: int, first: Form, last: Form) -> Hit | None:
    """Join two points of one kind; each gives the other the year it lacks."""
    if last.unit == "range" or _SCALE.get(first.unit, -1) != _SCALE.get(last.unit, -2):
        return None
    if first.shift is not None and last.shift is None and last.year is None:
        return None
    if first.unit == "weekday" or (first.year and last.year and first.year > last.year):
        return None
    if first.year is None and last.year is not None and first.shift is None:
        wraps = first.month is not None and last.month is not None and first.month > last.month
        first = replace(first, year=last.year - wraps)
    elif last.year is None and first.year is not None and last.shift is None:
        wraps = first.month is not None and last.month is not None and first.month > last.month
        last = replace(last, year=first.year + wraps)
    return end, Form("range", first=first, last=last)


def _and_list(lx: Lexemes, end: int, first: Form) -> Hit | list[tuple[int, int, Form]] | None:
    """ "May 1st and 2nd, 2024" is a range, "June 5, 12 and 19" three days, "Q3/Q4 2025" a range."""
    if first.unit == "quarter" and lx.low[end] in ("/", "and", "&", "-"):
        hit = quarter_code(lx, end + 1) if lx.low[end + 1] == "q" else None
        return _join(hit[0], first, hit[1]) if hit else None
    if first.unit != "day" or first.day is None or first.month is None or first.year is not None:
        return None
    items: list[tuple[int, int]] = []  # (piece, day)
    ends = [end]
    j, closed = end, False
    while not closed and (lx.low[j] in WORDS.days_lists or lx.low[j] == ","):
        closed = lx.low[j] in WORDS.days_lists
        k = j + 1
        if lx.low[j] == "," and lx.low[k] in WORDS.days_lists:
            k, closed = k + 1, True
        found = day_at(lx, k)
        if found is None or month_at(lx, found[0]) or _is_time(lx, found[0]):
            closed = False
            break
        items.append((k, found[1]))
        ends.append(found[0])
        j = found[0]
    if not items or not closed:
        return None
    tail = tail_year(lx, j)
    year = tail[1] if tail else None
    last_end = tail[0] if tail else j
    first = replace(first, year=year)
    if len(items) == 1 and items[0][1] == first.day + 1:  # type: ignore[operator]
        return last_end, Form("range", first=first, last=replace(first, day=items[0][1]))
    listed = [(0, end, first)]
    for number, (piece, day) in enumerate(items, 1):
        stop = last_end if number == len(items) else ends[number]
        listed.append((piece, stop, replace(first, day=day, weekday=None)))
    return listed


def _is_time(lx: Lexemes, i: int) -> bool:
    return lx.low[i] in ("am", "pm", ":", "a", "p") or lx.low[i] in WORDS.counted
