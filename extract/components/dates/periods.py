"""Rules for longer periods: quarters, halves, seasons, years, fiscal years, decades, centuries.

As in `days`, each rule reads one expression that begins at piece `i`: (end, form) or None.
"""

from __future__ import annotations

from .days import PIVOT, month_at, month_day, month_year, tail_year, year_at
from .forms import CONFIRM, SURE, VETO, Form, Hit, Part
from .lexemes import PARAGRAPH, Lexemes
from .lexicon import WORDS

_DASHES = frozenset("-–—‑−")
#: Words that may stand between a part and its period: "the end of the …".
_FILLERS = frozenset({"of", "the", "-", "in", "–"})
_PERIOD_UNITS = frozenset({"week", "month", "quarter", "year", "decade", "season"})


def short_year(lx: Lexemes, i: int) -> tuple[int, int] | None:
    """A year of four digits, or of two as in "FY25" and "4Q25"."""
    year = year_at(lx, i)
    if year is not None:
        return i + 1, year
    mark = lx.low[i] in ("'", "’")
    value = lx.number(i + mark)
    if value is not None and len(lx.low[i + mark]) == 2 and not lx.is_fraction(i + mark):
        return i + mark + 1, 2000 + value if value < PIVOT else 1900 + value
    return None


def fiscal_year(lx: Lexemes, i: int) -> Hit | None:
    """ "fiscal 2025", "fiscal year 2025", "FY25", "FY 2024/25", "FY25 Q4", "full year 2025"."""
    low = lx.low
    j, fiscal = i, low[i] in ("fiscal", "fy", "financial", "tax")
    if low[i] in ("fiscal", "financial", "full", "calendar", "tax"):
        j += 1 + (low[i + 1] == "-")
        if low[j] in ("year", "years"):
            j += 1
        elif low[i] != "fiscal":
            return None
    elif low[i] == "fy":
        j += 1 + (low[i + 1] == "-")
    elif low[i] in ("ye", "cy") and lx.touches(i + 1):
        j += 1
    else:
        return None
    if low[j] == "of":
        j += 1
    found = short_year(lx, j) if j > i + 1 or low[i] in ("fy", "ye", "cy") else None
    found = found or (_year_after(lx, j))
    if found is None:
        return None
    end, year = found
    end, year = _second_half_of_split_year(lx, end, year)
    if low[i] == "ye":
        return end, Form("day", year=year, month=12, day=31)
    if low[end] == "q" and lx.number(end + 1) in (1, 2, 3, 4) and lx.touches(end + 1):
        quarter = lx.number(end + 1)
        return end + 2, Form("quarter", year=year, number=quarter, fiscal=fiscal)
    return end, Form("year", year=year, fiscal=fiscal)


def _year_after(lx: Lexemes, i: int) -> tuple[int, int] | None:
    year = year_at(lx, i)
    return (i + 1, year) if year is not None else None


def _second_half_of_split_year(lx: Lexemes, end: int, year: int) -> tuple[int, int]:
    """ "2024/25" names the year in which it ends."""
    if lx.low[end] in ("/", "-", "–") and lx.touches(end) and lx.touches(end + 1):
        value = lx.number(end + 1)
        if value is not None and value % 100 == (year + 1) % 100:
            return end + 2, year + 1
    return end, year


def year_of(lx: Lexemes, i: int) -> tuple[int, Form] | None:
    """The year that a quarter, half, month or part belongs to, after "of", "in" or nothing.

    "of 2025", "2025", ", 2025", "of fiscal 2025", "of this year", "last year", "of the prior year".
    """
    j = i
    while lx.low[j] in {"of", ",", "the", "in", "for"} and j < i + 2:
        j += 1
    fiscal = fiscal_year(lx, j)
    if fiscal:
        return fiscal
    if year_at(lx, j) is not None and not lx.is_fraction(j):
        return j + 1, Form("year", year=year_at(lx, j))
    shift = _SHIFTS.get(lx.low[j])
    if shift is not None and lx.low[j + 1] == "year":
        return j + 2, Form("year", shift=shift)
    if j > i and lx.low[j - 1] == "the" and lx.low[j] == "year":
        return j + 1, Form("year", shift=0)
    return None


_SHIFTS = {"this": 0, "current": 0, "last": -1, "previous": -1, "prior": -1, "next": 1,
           "following": 1, "coming": 1}  # fmt: skip


def _of_year(unit_form: Form, owner: Form | None) -> Form:
    """Give a quarter, half or season the year it belongs to."""
    if owner is None:
        return unit_form
    return Form(
        unit_form.unit,
        year=owner.year,
        number=unit_form.number,
        fiscal=owner.fiscal or unit_form.fiscal,
        inner=owner if owner.shift is not None else None,
    )


def quarter_code(lx: Lexemes, i: int) -> Hit | None:
    """ "Q3 2025", "Q2 of 2024", "4Q25", "3Q 2025", "26Q2", "H1 2025", "1H25", "Q3"."""
    low = lx.low
    if low[i] in ("q", "h") and lx.touches(i + 1):
        number, end = lx.number(i + 1), i + 2
    elif low[i + 1] in ("q", "h") and lx.touches(i + 1) and len(low[i]) == 1:
        number, end = lx.number(i), i + 2
    elif low[i + 1] == "q" and len(low[i]) in (2, 4) and lx.touches(i + 1) and lx.touches(i + 2):
        owner = short_year(lx, i)
        number = lx.number(i + 2)
        if owner is None or number not in (1, 2, 3, 4):
            return None
        return i + 3, Form("quarter", year=owner[1], number=number)
    else:
        return None
    unit = "quarter" if "q" in (low[i], low[i + 1]) else "half"
    if number is None or not 1 <= number <= (4 if unit == "quarter" else 2):
        return None
    form = Form("quarter", number=number) if unit == "quarter" else Form("half", number=number)
    year = year_of(lx, end)
    if year is None and (lx.touches(end) or low[end] in ("'", "’")):
        short = short_year(lx, end)
        year = (short[0], Form("year", year=short[1])) if short else None
    if year is None:
        alone = not lx.touches(end) or low[end] in ",.;:)/-–'’"
        return (end, form) if unit == "quarter" and alone else None
    return year[0], _of_year(form, year[1])


def ordinal_period(lx: Lexemes, i: int) -> Hit | None:
    """ "third quarter of fiscal 2025", "first half of 2024", "2nd quarter", "21st century"."""
    low = lx.low
    number: int | None
    if low[i] in WORDS.ordinals:
        number, j = WORDS.ordinals[low[i]], i + 1
    elif low[i] == "twenty" and low[i + 1] == "-" and low[i + 2] in WORDS.ordinals:
        number, j = 20 + WORDS.ordinals[low[i + 2]], i + 3
    else:
        number, j = lx.number(i), i + 2
        if number is None or low[i + 1] not in ("st", "nd", "rd", "th"):
            return None
    other = None
    if low[j] in ("and", "&") and low[j + 1] in WORDS.ordinals:
        other, j = WORDS.ordinals[low[j + 1]], j + 2
    j += low[j] == "-" and lx.touches(j)
    fiscal = low[j] == "fiscal"
    j += fiscal
    word = low[j]
    if word == "century":
        return j + 1, Form("century", number=number)
    if word in ("quarter", "quarters") and number <= 4:
        return _quarters(lx, j + 1, number, other, fiscal)
    if word == "half" and number <= 2:
        year = year_of(lx, j + 1)
        form = Form("half", number=number, fiscal=fiscal)
        # "the second half" alone is mostly that of a match
        return (year[0], _of_year(form, year[1])) if year else None
    return None


def _quarters(lx: Lexemes, i: int, number: int, other: int | None, fiscal: bool) -> Hit | None:
    if lx.low[i] == "of" and month_at(lx, i + 1):
        named = month_year(lx, i + 1)  # "fourth quarter of December 2023"
        if named and named[1].year:
            return named[0], Form("quarter", year=named[1].year, number=number)
    year = year_of(lx, i)
    if year is None and lx.low[i] in ("and", "&"):
        # "fourth quarter and full year 2025" share the year
        shared = fiscal_year(lx, i + 1)
        year = (i, shared[1]) if shared else None
    end, owner = year if year else (i, None)
    form = _of_year(Form("quarter", number=number, fiscal=fiscal), owner)
    if other is not None and other <= 4:
        last = _of_year(Form("quarter", number=other, fiscal=fiscal), owner)
        form = Form("range", first=form, last=last)
    return end, form


def season(lx: Lexemes, i: int) -> Hit | None:
    """ "fall 2024", "summer of 2025", "winter 2025/26"; alone only after "in the", "by"…"""
    number = WORDS.seasons.get(lx.low[i])
    if number is None:
        return None
    tail = tail_year(lx, i + 1)
    if tail and lx.low[i + 1] not in (".", "/"):
        end, year = _second_half_of_split_year(lx, *tail)
        return end, Form("season", year=year, number=number)
    before = lx.before(i)
    if before == "the" and i > 1:
        before = lx.low[i - 2]
    if before in WORDS.season_openers and not lx.is_capital(i + 1) and not _is_noun_next(lx, i):
        return i + 1, Form("season", number=number, doubt=VETO)
    return None


def _is_noun_next(lx: Lexemes, i: int) -> bool:
    """ "in the summer months", "in fall colours": does a noun follow the season?"""
    word = lx.low[i + 1]
    return word.isalpha() and word not in {
        "and", "or", "to", "when", "as", "with", "at", "in", "for", "of", "the", "before", "after",
        "on", "by", "is", "will", "was", "but", "followed", "a", "an", "s",
    }  # fmt: skip


def decade(lx: Lexemes, i: int) -> Hit | None:
    """ "1990s", "1990's", "'90s", "the nineties"."""
    low = lx.low
    year = year_at(lx, i)
    mark = low[i + 1] in ("'", "’")
    if low[i + 1 + mark] == "s" and lx.touches(i + 1) and lx.touches(i + 1 + mark):
        if year is not None and year % 10 == 0:
            return i + 2 + mark, Form("decade", number=year)
        value = lx.number(i)
        if (
            value is not None
            and len(low[i]) == 2
            and value % 10 == 0
            and value >= 20
            and (lx.before(i) in ("'", "’", "‘", "the") or _is_part(lx.before(i)))
        ):
            return i + 2 + mark, Form("decade", number=1900 + value, doubt=VETO)
    if low[i] in WORDS.decades and lx.before(i) == "the" and low[i + 1] != "of":
        return i + 1, Form("decade", number=1900 + WORDS.decades[low[i]], doubt=VETO)
    return None


def _is_part(word: str) -> bool:
    return word in ("early", "mid", "late")


def year_span(lx: Lexemes, i: int) -> Hit | None:
    """ "2023–2025" (whole years), "2024-25" and "2024/25" (from July to June)."""
    first = year_at(lx, i)
    if first is None or lx.is_fraction(i):
        return None
    mark, j = lx.low[i + 1], i + 2
    last = year_at(lx, j)
    if mark in _DASHES and last is not None and first < last and not _goes_on(lx, j):
        return j + 1, Form("range", first=Form("year", year=first), last=Form("year", year=last))
    value = lx.number(j)
    if (
        (mark in _DASHES or mark == "/")
        and lx.touches(i + 1)
        and lx.touches(j)
        and value is not None
        and len(lx.low[j]) == 2
        and value == (first + 1) % 100
        and not _goes_on(lx, j)
    ):
        return j + 1, Form("year", year=first, fiscal=False, month=7)
    return None


def _goes_on(lx: Lexemes, i: int) -> bool:
    """Does the number at `i` run on: "2024-25-03"?"""
    return lx.low[i + 1] in ("-", "/", ".") and lx.touches(i + 1) and lx.low[i + 2].isdigit()


def partial(lx: Lexemes, i: int) -> Hit | None:
    """ "early May", "mid-2025", "late 1990s", "the end of March 2026", "end of the year"."""
    part: Part | None = WORDS.parts.get(lx.low[i])
    if part is None:
        return None
    j, took_of, took_the = i + 1, False, False
    while lx.low[j] in _FILLERS and j < i + 4:
        took_of |= lx.low[j] == "of"
        took_the |= lx.low[j] == "the"
        j += 1
    if part in ("end", "start") and not took_of:
        return None
    hit = _period(lx, j, open_ended=took_of or part in ("early", "mid", "late"))
    if hit is None and took_of and took_the and lx.low[j] in _PERIOD_UNITS:
        if lx.low[j + 1] == "of" or lx.low[j] == "season":
            return None
        hit = j + 1, Form(lx.low[j], shift=0)  # type: ignore[arg-type]
    if hit is None:
        return None
    end, inner = hit
    if inner.unit == "day":
        return None
    if inner.unit == "quarter" and part == "end":
        return end, inner  # results "by the end of Q2" are those of the quarter
    return end, Form(inner.unit, part=part, inner=inner, doubt=inner.doubt)


def _period(lx: Lexemes, i: int, open_ended: bool) -> Hit | None:
    """A period that can have an early, middle and late part."""
    from .relative import shifted  # the two families of rules contain each other

    hit = (
        decade(lx, i)
        or fiscal_year(lx, i)
        or ordinal_period(lx, i)
        or quarter_code(lx, i)
        or shifted(lx, i)
    )
    if hit:
        return hit
    if month_at(lx, i) and not month_day(lx, i):
        named = month_year(lx, i)
        if named:
            return named
        end, month = month_at(lx, i) or (i, 0)
        return (end, Form("month", month=month)) if lx.is_capital(i) else None
    number = WORDS.seasons.get(lx.low[i])
    if number is not None:
        tail = tail_year(lx, i + 1)
        if tail:
            return tail[0], Form("season", year=tail[1], number=number)
        return (i + 1, Form("season", number=number, doubt=VETO)) if open_ended else None
    year = year_at(lx, i)
    if year is not None and not lx.is_fraction(i) and lx.low[i + 1] not in WORDS.counted:
        return i + 1, Form("year", year=year)
    return None


def bare_year(lx: Lexemes, i: int) -> Hit | None:
    """A four-digit number that is a year by its surroundings, surely so after "in", "since"…"""
    year = year_at(lx, i)
    if year is None or lx.is_fraction(i) or _is_glued(lx, i):
        return None
    before, after = lx.before(i), lx.low[i + 1]
    if _is_other_number(lx, i, year):
        return None
    if after == "model" and lx.low[i + 2] == "year":
        return i + 3, Form("year", year=year)
    if after in WORDS.seasons and not lx.is_capital(i + 2):
        return i + 2, Form("season", year=year, number=WORDS.seasons[after])
    named = lx.is_capital(i + 1) and after not in WORDS.year_heads and after != "s"
    if before in WORDS.year_openers:
        strong = before in {"in", "since", "by", "until", "during", "before", "after", "from", "©"}
        name = named and not strong
        return i + 1, Form("year", year=year, doubt=CONFIRM if name else SURE)
    if before == "(" and after == ")":
        return i + 1, Form("year", year=year)
    if named or (lx.is_capital(i - 1) and i and before.isalpha() and before not in _HEADS):
        return i + 1, Form("year", year=year, doubt=CONFIRM)
    if before in {",", "and", "or", "&", "–", "-"} and year_at(lx, i - 2) is not None:
        return i + 1, Form("year", year=year)
    if after.isalpha() or after in (",", ".", "-", ")", ":", PARAGRAPH, "", "’", "'", "–"):
        return i + 1, Form("year", year=year, doubt=VETO)
    return None


def _is_other_number(lx: Lexemes, i: int, year: int) -> bool:
    """Is the number an amount, a law's year, an episode, the end of a telephone number?"""
    low, before = lx.low, lx.before(i)
    if low[i + 1] in WORDS.counted or not 1700 <= year <= 2100:
        return True
    if before in ("-", "–", ".") and i > 1 and (low[i - 2].isdigit() or len(low[i - 2]) == 1):
        return year_at(lx, i - 2) is None  # "642 - 1801", "S. 1941"
    if i < 2:
        return before in WORDS.year_blockers
    if before == "of" and low[i - 2] in WORDS.laws:
        return True
    if before == "year" and low[max(0, i - 3) : i - 1] == ["of", "the"]:
        return True  # "Woman of the Year 2023"
    if before == "over" and low[i - 2] in ("increase", "growth", "gain", "improvement", "up"):
        return False
    return before in WORDS.year_blockers


#: Capitalised words that begin a sentence before a year ("The 2025 agenda").
_HEADS = frozenset({"the", "our", "its", "this", "their", "your", "in", "a", "unveils", "s", "and"})


def _is_glued(lx: Lexemes, i: int) -> bool:
    """Is the number part of a code: "X2025", "B-2020", "#2024"?"""
    if lx.touches(i) and (lx.low[i - 1].isalnum() or lx.low[i - 1] in "#$€£¥@_-+/=&."):
        return True
    return lx.touches(i + 1) and (
        lx.low[i + 1] in "_=/@&" or (lx.low[i + 1].isalpha() and len(lx.low[i + 1]) < 3)
    )
