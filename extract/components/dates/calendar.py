"""From what an expression says to the days it denotes.

    Form("month", month=9, year=2025)            ->  2025-09-01 .. 2025-09-30
    Form("weekday", weekday=4), written on a day ->  that Friday, before or after by `lean`

Both ends are inclusive. A form without a reference to resolve it against gives None.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ...types import Precision
from .arithmetic import add_months, month_end, move
from .forms import Form

Interval = tuple[date, date]

#: "The day before" counts from a date of at most this many days.
MAX_ANCHOR_DAYS = 14
#: How far back, in days, a day without a year may lie, by direction: past, unknown, future.
#: What "will" be was sometimes published after it: the future too looks back.
BACKWARD = {-1: 310, 0: 150, 1: 75}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a date is read against.

    `reference` is the day of writing; `lean` is -1 when the sentence speaks of the past, 1 of what
    is to come, 0 unknown; `previous` the last date resolved in the text (for "that day"),
    `year` the year that the sentence named last, `period` the last month, quarter or half (for
    "the same period last year");
    `fiscal_month` the month in which the fiscal year begins.
    """

    reference: date | None = None
    lean: int = 0
    previous: Interval | None = None
    period: Interval | None = None
    year: int | None = None
    fiscal_month: int = 1


def resolve(form: Form, at: Setting) -> Interval | None:
    """The first and last day that `form` denotes; None without what it takes to know."""
    try:
        if form.part is not None and form.inner is not None and form.unit != "week":
            return _partial(form, at)
        return _RESOLVERS[form.unit](form, at)
    except (ValueError, OverflowError):  # 30 February, the year 10,000
        return None


def precision(form: Form, interval: Interval | None) -> Precision:
    """How fine the interval is."""
    if form.unit in ("week", "weekend", "range", "span", "century"):
        return "range"
    if form.part is not None:
        return "day" if interval and interval[0] == interval[1] else "range"
    if form.unit == "anchored":
        if form.of in ("month", "year", "quarter"):
            return form.of
        return "range" if form.of in ("week", "decade") else "day"
    if form.unit == "weekday":
        return "day"
    return form.unit  # type: ignore[return-value]


def _partial(form: Form, at: Setting) -> Interval | None:
    inner = form.inner
    whole = resolve(inner, at) if inner else None
    if inner is None or whole is None:
        return None
    start, end = whole
    if form.part == "end":
        return end, end
    if form.part == "start":
        return start, start
    if inner.unit == "month":
        first = {"early": 1, "mid": 11, "late": 21}[form.part or "mid"]
        last = {"early": 10, "mid": 20, "late": end.day}[form.part or "mid"]
        return start.replace(day=first), start.replace(day=last)
    if inner.unit in ("season", "quarter"):
        first_month = add_months(start, {"early": 0, "mid": 1, "late": 2}[form.part or "mid"])
        return first_month, month_end(first_month)
    if inner.unit == "year":
        offset, length = {"early": (0, 3), "mid": (5, 2), "late": (9, 3)}[form.part or "mid"]
        first_month = add_months(start, offset)
        return first_month, month_end(add_months(first_month, length - 1))
    return _part_of_years(inner, form.part or "mid", start.year, end.year)


def _part_of_years(inner: Form, part: str, first: int, last: int) -> Interval:
    """A part of a decade (its half), of "the 1900s" or of a century (its third)."""
    if inner.unit == "century" or last - first > 10:
        thirds = {"early": (0, 33), "mid": (33, 66), "late": (67, 99)}[part]
        if inner.unit == "decade" and part == "early":
            thirds = (0, 9)  # "the early 1900s" are its first ten years
        elif inner.unit == "century":
            thirds = {"early": (0, 32), "mid": (33, 66), "late": (66, 99)}[part]
        return date(first + thirds[0], 1, 1), date(first + thirds[1], 12, 31)
    if inner.unit == "decade" and first % 100 == 0 and part == "early":
        return date(first, 1, 1), date(first + 9, 12, 31)
    years = {"early": (0, 4), "mid": (4, 6), "late": (5, 9)}[part]
    return date(first + years[0], 1, 1), date(first + years[1], 12, 31)


def _day(form: Form, at: Setting) -> Interval | None:
    if form.month is None and form.shift is None:
        return _day_of_same_month(form, at)
    if form.month is None:
        return _relative_day(form, at)
    if form.day is None:
        return None
    if form.year is not None:
        day = date(form.year, form.month, form.day)
    elif at.reference is None:
        return None
    else:
        day = _nearest(at, lambda year: date(year, form.month or 1, form.day or 1))
    return day, day


def _day_of_same_month(form: Form, at: Setting) -> Interval | None:
    """ "On the 25th", of the month that the text spoke of last, else of the writing."""
    around = at.previous[0] if at.previous else at.reference
    if around is None or form.day is None:
        return None
    day = around.replace(day=form.day)
    return day, day


def _relative_day(form: Form, at: Setting) -> Interval | None:
    if at.reference is None:
        return None
    if form.of == "month":  # "the 29th of last month"
        first = add_months(at.reference.replace(day=1), form.shift or 0)
        day = first.replace(day=form.day or 1)
    else:
        day = at.reference + timedelta(days=form.shift or 0)
    return day, day


def _nearest(at: Setting, in_year: Callable[[int], date]) -> date:
    """The date in the year that fits the direction best."""
    reference = at.reference
    if reference is None:
        raise ValueError("no reference")
    floor = reference - timedelta(days=BACKWARD[at.lean])
    for year in (reference.year - 1, reference.year, reference.year + 1):
        try:
            candidate = in_year(year)
        except ValueError:  # 29 February
            continue
        if candidate >= floor:
            return candidate
    raise ValueError("no such day in the years around")


def _weekday(form: Form, at: Setting) -> Interval | None:
    reference = at.reference
    if reference is None or form.weekday is None:
        return None
    ahead = (form.weekday - reference.weekday()) % 7
    if form.of == "week":  # "Tuesday of next week"
        monday = reference - timedelta(days=reference.weekday())
        day = monday + timedelta(weeks=form.shift or 0, days=form.weekday)
    elif form.shift == 1:
        day = reference + timedelta(days=ahead or 7)
    elif form.shift == -1:
        day = reference - timedelta(days=(7 - ahead) if ahead else 7)
    elif form.shift == 0:
        # "this Sunday" is ahead, or the one just gone when it is told as past
        day = reference + timedelta(days=ahead if at.lean >= 0 or not ahead else ahead - 7)
    elif at.lean < 0:
        day = reference - timedelta(days=(7 - ahead) % 7)
    else:
        day = reference + timedelta(days=ahead)
    return day, day


def _week(form: Form, at: Setting) -> Interval | None:
    if form.inner is not None:
        inner = resolve(form.inner, at)
        if inner is None:
            return None
        if form.part == "end":
            return inner[0] - timedelta(days=6), inner[0]
        monday = inner[0] - timedelta(days=inner[0].weekday())
    elif at.reference is None:
        return None
    else:
        monday = at.reference - timedelta(days=at.reference.weekday())
        monday += timedelta(weeks=form.shift or 0)
    return monday, monday + timedelta(days=6)


def _weekend(form: Form, at: Setting) -> Interval | None:
    if form.shift is None and form.inner is None:  # "over the weekend"
        form = replace(form, shift=-1 if at.lean < 0 else 0)
    week = _week(form, at)
    return (week[0] + timedelta(days=5), week[1]) if week else None


def _month(form: Form, at: Setting) -> Interval | None:
    if form.month is None:
        if at.reference is None:
            return None
        start = add_months(at.reference.replace(day=1), form.shift or 0)
        return start, month_end(start)
    if form.year is not None:
        start = date(form.year, form.month, 1)
    elif at.reference is None:
        return None
    elif form.of == "year":  # "February of last year"
        start = date(at.reference.year + (form.shift or 0), form.month, 1)
    elif form.shift is not None:
        start = _shifted_month(form, at.reference)
    else:
        month = form.month
        start = _nearest(at, lambda year: date(year, month, monthrange(year, month)[1]))
        start = start.replace(day=1)
    return start, month_end(start)


def _shifted_month(form: Form, reference: date) -> date:
    """ "this May" is of this year, "last May" the one before, "next May" the one to come."""
    start = date(reference.year, form.month or 1, 1)
    if form.shift == -1 and start >= reference.replace(day=1):
        return start.replace(year=start.year - 1)
    if form.shift == 1 and start <= reference.replace(day=1):
        return start.replace(year=start.year + 1)
    return start


def _quarter(form: Form, at: Setting) -> Interval | None:
    return _fraction_of_year(form, at, months=3)


def _half(form: Form, at: Setting) -> Interval | None:
    return _fraction_of_year(form, at, months=6)


def _fraction_of_year(form: Form, at: Setting, months: int) -> Interval | None:
    """A quarter or half: of a named year, of "last year", or the one nearest to the writing."""
    if form.number is None:  # "this quarter", "last quarter"
        if at.reference is None:
            return None
        index = (at.reference.month - 1) // months + (form.shift or 0)
        start = add_months(date(at.reference.year, 1, 1), index * months)
        return start, month_end(add_months(start, months - 1))
    offset = (form.number - 1) * months
    if form.year is not None:
        start = add_months(_year_start(form, form.year, at), offset)
    elif at.reference is None:
        return None
    elif form.inner is not None:
        start = add_months(date(at.reference.year + (form.inner.shift or 0), 1, 1), offset)
    else:
        start = _nearest_period(at, offset, months)
    return start, month_end(add_months(start, months - 1))


def _nearest_period(at: Setting, offset: int, months: int) -> date:
    """The first day of the quarter or half nearest to the reference."""
    reference = at.reference
    if reference is None:
        raise ValueError("no reference")

    def distance(start: date) -> int:
        end = month_end(add_months(start, months - 1))
        if start > reference:
            return (start - reference).days * (20 if at.lean < 0 else 1)
        return max(0, (reference - end).days)

    years = (reference.year - 1, reference.year, reference.year + 1)
    return min((add_months(date(y, 1, 1), offset) for y in years), key=distance)


def _season(form: Form, at: Setting) -> Interval | None:
    """Seasons of the north; winter belongs to the year of its December."""
    if form.number is None:
        return None
    if form.year is not None:
        year = form.year
    elif at.reference is None:
        return None
    elif form.shift is not None and form.shift != 0:
        year = _shifted_season_year(form.number, form.shift, at.reference)
    else:
        lean = 1 if form.shift == 0 and at.lean >= 0 else at.lean
        floor = at.reference - timedelta(days=100 if lean > 0 else BACKWARD[lean])
        years = (at.reference.year - 1, at.reference.year, at.reference.year + 1)
        ends = [month_end(add_months(date(y, form.number, 1), 2)) for y in years]
        year = next((y for y, end in zip(years, ends, strict=True) if end >= floor), years[-1])
        if form.shift == 0:
            year = at.reference.year
    start = date(year, form.number, 1)
    return start, month_end(add_months(start, 2))


def _shifted_season_year(month: int, shift: int, reference: date) -> int:
    start = date(reference.year, month, 1)
    if shift < 0:
        ended = month_end(add_months(start, 2)) < reference
        return reference.year if ended else reference.year - 1
    return reference.year if start > reference else reference.year + 1


def _year(form: Form, at: Setting) -> Interval | None:
    if form.year is None:
        if at.reference is None:
            return None
        base = at.reference.year
        if form.of == "year" and at.year is not None:
            base = at.year  # "closed 2025 with twice the profit of the previous year"
        year = base + (form.shift or 0)
        return date(year, 1, 1), date(year, 12, 31)
    if form.month is not None:  # "the 2024-25 season": from July to June
        start = date(form.year, form.month, 1)
    else:
        start = _year_start(form, form.year, at)
    return start, month_end(add_months(start, 11))


def _year_start(form: Form, year: int, at: Setting) -> date:
    """A fiscal year is named after the year in which it ends."""
    if not form.fiscal or at.fiscal_month == 1:
        return date(year, 1, 1)
    return date(year - 1, at.fiscal_month, 1)


def _decade(form: Form, at: Setting) -> Interval | None:
    if form.number is None:
        if at.reference is None:
            return None
        first = at.reference.year // 10 * 10 + 10 * (form.shift or 0)
        return date(first, 1, 1), date(first + 9, 12, 31)
    # "the 1800s" are a century, "the 2000s" a decade
    length = 100 if form.number % 100 == 0 and form.number < 2000 else 10
    return date(form.number, 1, 1), date(form.number + length - 1, 12, 31)


def _century(form: Form, at: Setting) -> Interval | None:
    if not form.number or form.number > 40:
        return None
    first = (form.number - 1) * 100 + 1
    return date(first, 1, 1), date(first + 99, 12, 31)


def _range(form: Form, at: Setting) -> Interval | None:
    if form.first is None or form.last is None:
        return None
    start = resolve(form.first, at)
    end = resolve(form.last, at)
    if start is None or end is None:
        return None
    if end[1] < start[0] and form.last.year is None:
        end = resolve(form.last, replace(at, reference=start[0], lean=1))
        if form.last.unit == "weekday" and end and end[1] < start[0]:
            end = (end[0] + timedelta(days=7), end[1] + timedelta(days=7))
    if end is None or end[1] < start[0]:
        return None
    return start[0], end[1]


def _span(form: Form, at: Setting) -> Interval | None:
    """ "the past three years": up to the reference; "the next 12 months": from it on."""
    if at.reference is None:
        return None
    length = form.number or 1
    if (form.shift or 0) < 0:
        return move(at.reference, form.of, -length), at.reference
    return at.reference, move(at.reference, form.of, length) - timedelta(days=1)


def _anchored(form: Form, at: Setting) -> Interval | None:
    """ "four years ago" (counted from the reference) and "that day" (the date before)."""
    if form.inner is not None:
        return _same_period(form, at)
    if form.of == "quarter" and not form.number:  # "the quarter" that the text speaks of
        return at.period or resolve(Form("quarter", shift=-1), at)
    if form.of is None or not form.number:
        if at.previous is None or (
            form.of is None and (at.previous[1] - at.previous[0]).days > MAX_ANCHOR_DAYS
        ):
            return None
        if form.of is not None:  # "that year", "the same month"
            outer = replace(at, reference=at.previous[0])
            return resolve(Form(form.of, shift=0), outer)
        day = at.previous[0 if (form.shift or 0) < 0 else 1] + timedelta(days=form.shift or 0)
        return day, day
    if at.reference is None:
        return None
    there = move(at.reference, form.of, form.number * (form.shift or 1))
    if form.of == "day" or (form.of == "week" and form.number == 1):
        return there, there
    if form.of == "year" and form.number == 1:
        return there, there
    if form.of in ("year", "decade"):
        return date(there.year, 1, 1), date(there.year, 12, 31)
    if form.of == "week":
        return there, there
    start = there.replace(day=1)
    return start, month_end(start)


def _same_period(form: Form, at: Setting) -> Interval | None:
    """ "the same period in 2024": the last period named, in another year."""
    year = resolve(form.inner, at) if form.inner else None
    if at.period is None or year is None:
        return year
    start, end = at.period
    moved = add_months(start, 12 * (year[0].year - start.year))
    months = (end.year - start.year) * 12 + end.month - start.month
    return moved, month_end(add_months(moved, months))


_RESOLVERS: dict[str, Callable[[Form, Setting], Interval | None]] = {
    "day": _day, "weekday": _weekday, "week": _week, "weekend": _weekend, "month": _month,
    "quarter": _quarter, "half": _half, "season": _season, "year": _year, "decade": _decade,
    "century": _century, "range": _range, "span": _span, "anchored": _anchored,
}  # fmt: skip
