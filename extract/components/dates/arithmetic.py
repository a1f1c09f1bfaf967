"""Move days by months and years."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def move(day: date, unit: str | None, count: int) -> date:
    """`day` moved by `count` days, weeks, months, quarters, years or decades."""
    if unit == "day":
        return day + timedelta(days=count)
    if unit == "week":
        return day + timedelta(weeks=count)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit or "year"] * count
    return add_months(day, months)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, the last of the month when there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])
