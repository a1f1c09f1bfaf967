"""Rules for days and months: "Friday, 3 May 2024", "2024-05-03", "Sept. 25", "May 2024".

Each rule reads one expression that begins at piece `i` and answers (end, form) or None. Ranges
and lists are put together from these in `grammar`.
"""

from __future__ import annotations

from datetime import date

from .forms import CONFIRM, SURE, VETO, Form, Hit
from .lexemes import Lexemes
from .lexicon import WORDS

FIRST_YEAR, LAST_YEAR = 1500, 2150
#: Two-digit years up to here belong to this century.
PIVOT = 50
_SUFFIXES = frozenset({"st", "nd", "rd", "th"})


def year_at(lx: Lexemes, i: int) -> int | None:
    """The four-digit year at piece `i`."""
    value = lx.number(i)
    if value is None or len(lx.low[i]) != 4 or not FIRST_YEAR <= value <= LAST_YEAR:
        return None
    return value


def day_at(lx: Lexemes, i: int) -> tuple[int, int] | None:
    """The day of a month at piece `i`, its ordinal suffix taken in: (end, day)."""
    value = lx.number(i)
    if value is None or len(lx.low[i]) > 2 or not 1 <= value <= 31:
        return None
    if lx.low[i + 1] in _SUFFIXES and lx.touches(i + 1):
        return i + 2, value
    if lx.is_fraction(i) or (lx.low[i + 1] in {"am", "pm"}):
        return None
    return i + 1, value


def ordinal_day_at(lx: Lexemes, i: int) -> tuple[int, int] | None:
    """A written-out day: "third", "twenty-fifth"."""
    low = lx.low
    if low[i] in ("twenty", "thirty") and low[i + 1] == "-" and low[i + 2] in WORDS.ordinals:
        day = (20 if low[i] == "twenty" else 30) + WORDS.ordinals[low[i + 2]]
        return (i + 3, day) if day <= 31 else None
    if low[i] in WORDS.ordinals:
        return i + 1, WORDS.ordinals[low[i]]
    return None


def tail_year(lx: Lexemes, i: int) -> tuple[int, int] | None:
    """A year after a day or month: ", 2024", " 2024", " of 2024", ", '24"."""
    low = lx.low
    j = i
    if low[j] in (",", ".", "/", "of") or (low[j] == "-" and lx.touches(j)):
        j += 1
    if low[j] == "," or (low[j] == "of" and j == i + 1):
        j += 1
    year = year_at(lx, j)
    if year is not None and not _is_amount(lx, j):
        return j + 1, year
    if low[j] in "'’‘" and low[j] and len(low[j + 1]) == 2 and lx.touches(j + 1):
        value = lx.number(j + 1)
        if value is not None and low[j + 2] != "s":
            return j + 2, 2000 + value if value < PIVOT else 1900 + value
    return None


def _is_amount(lx: Lexemes, i: int) -> bool:
    """Is the number at `i` the beginning of "2,000" or "2000 people"?"""
    glued = lx.low[i + 1] in {",", "."} and lx.touches(i + 1) and lx.touches(i + 2)
    return (glued and len(lx.low[i + 2]) == 3 and lx.low[i + 2].isdigit()) or (
        lx.low[i + 1] in WORDS.counted and not lx.touches(i + 1)
    )


def month_at(lx: Lexemes, i: int) -> tuple[int, int] | None:
    """A month's name at piece `i`, a closing full stop taken in: (end, month)."""
    month = WORDS.months.get(lx.low[i])
    if month is None or (not lx.is_capital(i) and len(lx.low[i]) < 4):
        return None
    abbreviated = len(lx.low[i]) < 5 and lx.low[i + 1] == "." and lx.touches(i + 1)
    return (i + 2 if abbreviated else i + 1), month


def month_day(lx: Lexemes, i: int) -> Hit | None:
    """ "September 25th, 2024", "Sept. 25", "May the 4th"."""
    head = month_at(lx, i)
    if head is None:
        return None
    j, month = head
    if lx.low[j] == "," and lx.number(j + 1) is not None and len(lx.low[j + 1]) <= 2:
        j += 1
    if lx.low[j] == "the":
        j += 1
    found = day_at(lx, j) or (ordinal_day_at(lx, j) if lx.low[j - 1] == "the" else None)
    if found is None or not _is_in_month(month, found[1]):
        return None
    end, day = found
    end = skip_weekday(lx, end)
    tail = tail_year(lx, end)
    if tail:
        return tail[0], Form("day", year=tail[1], month=month, day=day)
    if lx.low[end] in WORDS.counted and lx.low[i] in WORDS.doubtful_months:
        return None
    return end, Form("day", month=month, day=day)


def skip_weekday(lx: Lexemes, i: int) -> int:
    """Past a weekday in brackets: "March 4 (Tuesday) to 6 (Thursday)"."""
    if lx.low[i] == "(" and lx.low[i + 1] in WORDS.weekdays:
        j = i + 2 + (lx.low[i + 2] == ".")
        if lx.low[j] == ")":
            return j + 1
    return i


def day_month(lx: Lexemes, i: int) -> Hit | None:
    """ "25 September 2024", "3rd of May", "22th May. 2024", "the fifteenth of June"."""
    found = day_at(lx, i) or ordinal_day_at(lx, i)
    if found is None:
        return None
    j, day = found
    written_out = not lx.low[i].isdigit()
    if lx.low[j] == "of":
        j += 1
    elif written_out:
        return None
    elif lx.low[j] == "-" and lx.touches(j):
        j += 1
    head = month_at(lx, j)
    if head is None or not _is_in_month(head[1], day):
        return None
    if not lx.is_capital(j) or (written_out and lx.is_capital(i) and lx.before(i) != "on"):
        return None  # "one may"; "the Fourth of July" is a holiday's name
    end, month = head
    tail = tail_year(lx, end)
    if tail:
        return tail[0], Form("day", year=tail[1], month=month, day=day)
    if not written_out and lx.low[j - 1] != "of" and month_day(lx, j):
        return None  # "Hall 20 March 4 – March 6"
    if lx.low[j] in ("may", "march") and j > i + 1 and lx.low[j - 1] != "of":
        return end, Form("day", month=month, day=day, doubt=VETO)
    if lx.low[end - 1] == "." and lx.low[j] in ("may", "june", "july"):
        end -= 1  # the full stop of the sentence
    return end, Form("day", month=month, day=day)


def _is_in_month(month: int, day: int) -> bool:
    return day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


def weekday_date(lx: Lexemes, i: int) -> Hit | None:
    """ "Friday, 3 May 2024", "Sat. 4 May", "Monday (July 8)", "Friday, 8/8"."""
    weekday = WORDS.weekdays.get(lx.low[i])
    if weekday is None or not lx.is_capital(i):
        return None
    j = i + 1
    while lx.low[j] in {",", ".", "(", "the", "on", "-", "–", "night", "morning", "evening"}:
        if j - i > 3:
            return None
        j += 1
    hit = month_day(lx, j) or day_month(lx, j) or numeric_date(lx, j) or _short_numeric(lx, j)
    if hit is None:
        return None
    end, form = hit
    if "(" in lx.low[i:j] and lx.low[end] == ")":
        end += 1
    return end, Form("day", year=form.year, month=form.month, day=form.day, weekday=weekday)


def _short_numeric(lx: Lexemes, i: int) -> Hit | None:
    """ "8/8" after a weekday, the month first."""
    month, day = lx.number(i), lx.number(i + 2)
    if lx.low[i + 1] != "/" or month is None or day is None or not lx.touches(i + 2):
        return None
    return (i + 3, Form("day", month=month, day=day)) if _is_day(2024, month, day) else None


def month_year(lx: Lexemes, i: int) -> Hit | None:
    """ "September 2024", "Sept. of 2024", "July, 2026", or the month alone."""
    head = month_at(lx, i)
    if head is None:
        return None
    end, month = head
    tail = tail_year(lx, end)
    if tail:
        return tail[0], Form("month", year=tail[1], month=month)
    if lx.low[end] == "of" and lx.low[end + 1] in ("last", "this", "next"):
        shift = {"last": -1, "this": 0, "next": 1}[lx.low[end + 1]]
        if lx.low[end + 2] == "year":
            return end + 3, Form("month", month=month, shift=shift, of="year")
    if not _stands_alone(lx, i):
        named = lx.is_capital(i) and not lx.is_capital(i + 1) and len(lx.low[i]) > 2
        return (i + 1, Form("month", month=month, doubt=CONFIRM)) if named else None
    return i + 1, Form(
        "month", month=month, doubt=VETO if lx.low[i] in WORDS.doubtful_months else SURE
    )


def _stands_alone(lx: Lexemes, i: int) -> bool:
    """Is the month's name at `i`, without day and year, surely a month?"""
    word = lx.low[i]
    if not lx.is_capital(i) or lx.before(i) in WORDS.repeaters:
        return False
    if word in WORDS.doubtful_months or lx.raw[i].isupper():
        if lx.before(i) not in WORDS.month_openers:
            # "April Jones", "Jane August": a name, or a sentence about the month
            named = lx.is_capital(i + 1) or (i > 0 and lx.is_capital(i - 1) and not lx.breaks(i))
            return word in ("april", "june", "august") and not named and not lx.raw[i].isupper()
        if lx.before(i) == "and" and lx.is_capital(i + 1):
            return False
        return word != "may" or lx.before(i) not in ("and", "to", "for")
    return not (lx.is_capital(i + 1) and lx.low[i + 1] in ("avenue", "street", "road"))


def numeric_date(lx: Lexemes, i: int) -> Hit | None:
    """ "2024-05-03", "2023/12/08", "02/02/2024", "2.2.2024".

    With the year last, a dot means the day first; else the month comes first unless it cannot.
    """
    low = lx.low
    mark = low[i + 1]
    if mark not in ("-", "/", ".", "–") or low[i + 3] != mark:
        return None
    if not all(lx.touches(j) for j in range(i + 1, i + 5)):
        return None
    numbers = (lx.number(i), lx.number(i + 2), lx.number(i + 4))
    lengths = (len(low[i]), len(low[i + 2]), len(low[i + 4]))
    if None in numbers or (lx.touches(i) and low[i - 1] in ("/", "-", ".")):
        return None
    a, b, c = (n or 0 for n in numbers)
    end = i + 5
    if lengths[0] == 4 and max(lengths[1:]) <= 2:
        year, month, day = a, b, c
    elif max(lengths[:2]) <= 2 and (lengths[2] == 4 or (lengths[2] == 2 and mark == "/")):
        year = c if lengths[2] == 4 else (2000 + c if c < PIVOT else 1900 + c)
        month, day = (b, a) if (mark == "." and b <= 12) or a > 12 else (a, b)
    else:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR or not _is_day(year, month, day):
        return None
    return end, Form("day", year=year, month=month, day=day)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def spaced_numeric(lx: Lexemes, i: int) -> Hit | None:
    """ "03 08 2006" on a line of its own: what remains of slashes in some archives."""
    month, day, year = lx.number(i), lx.number(i + 1), year_at(lx, i + 2)
    alone = lx.before(i) in ("", "\n") and len(lx.low[i]) == len(lx.low[i + 1]) == 2
    if not alone or year is None or month is None or day is None or not _is_day(year, month, day):
        return None
    return i + 3, Form("day", year=year, month=month, day=day)
