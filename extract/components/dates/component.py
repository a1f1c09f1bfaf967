"""Find dates and resolve them; the spaCy component and the pure function beneath it.

    Doc, reference day  ->  DateMention(text="Sept. 26-28, 2025", starts_on=…, ends_on=…)

Reads the text, `doc.ents` and `doc._.dateline_release`; writes `doc._.dateline_dates`. The grammar
gives spans and values. Where the words alone do not tell (is "2025" a year or a part of a name?),
the recogniser's DATE entities do, when it has any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from spacy.language import Language

from ...extensions import register
from ...types import DateMention
from .calendar import Interval, Setting, precision, resolve
from .days import year_at
from .direction import is_break, lean
from .forms import CONFIRM, VETO, Form
from .grammar import expressions
from .lexemes import Lexemes
from .lexicon import WORDS
from .times import time_beside

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ingest.types import Release

#: A range of up to this many days is an occasion that weekdays in the text may belong to.
MAX_OCCASION_DAYS = 14
#: A weekday named with its date earlier means that date again, up to this many days away.
MAX_ECHO_DAYS = 60
#: The United States' fiscal year begins in October.
FEDERAL_FISCAL_MONTH = 10

_FISCAL_END = re.compile(
    r"(?:fiscal|financial) year[^.\n]{0,30}?\bend(?:ed|ing|s)\b(?: on)? (\w+)\.? \d{1,2}", re.I
)
#: Kinds of entities whose own years and days are no dates ("Expo 2025").
_NAMES = frozenset({"EVENT", "ORG", "PERSON", "PER", "FAC"})


def dates(doc: Doc, reference: date | None) -> Iterator[DateMention]:
    """Every date expression of `doc`, in reading order, resolved against `reference`.

    Days are None where neither the words nor the reference tell them. Nothing is read from
    today's clock.
    """
    text = doc.text
    lx = Lexemes(text)
    judge = _Recogniser(doc)
    memory = _Memory(reference, _fiscal_month(text, lx))
    for first, after, form in expressions(lx):
        start, end = lx.start[first], lx.end[after - 1]
        if _is_in_address(text, start, end) or not judge.accepts(form, start, end):
            continue
        interval = memory.resolve(form, lx, first, after)
        if interval is None and form.unit == "anchored":
            continue  # "that day" of a text that named none
        time, zone = (None, None)
        if interval is None or interval[0] == interval[1] or form.unit == "range":
            time, zone = time_beside(text, start, end)
        yield DateMention(
            start_char=start,
            end_char=end,
            text=text[start:end],
            starts_on=interval[0] if interval else None,
            ends_on=interval[1] if interval else None,
            precision=precision(form, interval),
            time=time,
            timezone=zone,
        )


def _is_in_address(text: str, start: int, end: int) -> bool:
    """Is the expression a part of a link or mail address?"""
    left = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    return any(mark in text[left:start] for mark in ("://", "www.", "utm_", "@")) and (
        text[start - 1 : start] not in ("\t", "\xa0", "")
    )


def reference_day(release: Release | None) -> date | None:
    """The day a release speaks from: its dateline's, else that of its publication."""
    if release is None:
        return None
    stated = release.dateline.date if release.dateline is not None else None
    published = release.published
    if stated is None:
        return published
    if published is not None and stated.year != published.year and _same_day(stated, published):
        return published  # a dateline taken over from another year
    return stated


def _same_day(a: date, b: date) -> bool:
    """The same day of different years, give or take the time zone."""
    return a.month == b.month and abs(a.day - b.day) <= 1


class _Recogniser:
    """What the recogniser's entities say about a doubtful expression."""

    def __init__(self, doc: Doc) -> None:
        self.dates = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "DATE"]
        self.names = [(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in _NAMES]

    def accepts(self, form: Form, start: int, end: int) -> bool:
        """Is the expression a date, not a part of a name and not another thing?"""
        inside = [n for n in self.names if n[0] <= start and end <= n[1]]
        confirmed = any(a < end and start < b for a, b in self.dates)
        if inside and not confirmed:
            whole = form.unit == "range" or (form.year is not None and form.day is not None)
            return whole and any(n[2] != "EVENT" for n in inside) and (start, end) != inside[0][:2]
        if form.doubt == VETO and self.dates:
            return confirmed
        return form.doubt != CONFIRM or confirmed


class _Memory:
    """The dates of a text read so far, for the ones that lean on them."""

    def __init__(self, reference: date | None, fiscal_month: int) -> None:
        self.setting = Setting(reference=reference, fiscal_month=fiscal_month)
        self.occasions: list[Interval] = []
        self.named_days: dict[int, date] = {}

    def resolve(self, form: Form, lx: Lexemes, first: int, after: int) -> Interval | None:
        """Resolve `form` at pieces `first` to `after`, and remember the result."""
        setting = replace(self.setting, lean=lean(lx, first, after))
        if form.unit == "year" and form.of == "year":
            setting = replace(setting, year=_named_year(lx, first))
        interval = None
        if form.unit == "weekday" and form.shift is None:
            # "Monday's expo day" speaks of the programme, whatever verb stands near
            of_programme = lx.low[after] in ("'", "’") and lx.before(first) in (".", "\n", "")
            interval = self._echo(form, 0 if of_programme else setting.lean)
        elif form.unit == "range" and form.first and form.first.unit == "weekday":
            first_day = self._echo(form.first, setting.lean)
            if first_day and form.first.shift is None:
                interval = first_day[0], first_day[0] + timedelta(days=1)
        interval = interval or resolve(form, setting)
        if interval is not None:
            self._remember(form, interval)
        return interval

    def _echo(self, form: Form, direction: int) -> Interval | None:
        """The date a bare weekday repeats, or the day of the announced occasion it falls on."""
        reference = self.setting.reference
        if reference is None or form.weekday is None:
            return None
        day = self.named_days.get(form.weekday)
        if (
            day
            and abs((day - reference).days) <= MAX_ECHO_DAYS
            and ((day - reference).days * direction >= 0)
        ):
            return day, day
        if direction < 0:
            return None
        for start, end in self.occasions:
            if end < reference:
                continue
            day = start + timedelta(days=(form.weekday - start.weekday()) % 7)
            if day <= end:
                return day, day
        return None

    def _remember(self, form: Form, interval: Interval) -> None:
        self.setting = replace(self.setting, previous=interval)
        length = (interval[1] - interval[0]).days
        if form.unit in ("month", "quarter", "half"):
            self.setting = replace(self.setting, period=interval)
        if (
            form.unit == "range"
            and 0 < length <= MAX_OCCASION_DAYS
            and interval not in (self.occasions)
        ):
            self.occasions.append(interval)
        if form.unit == "day" and form.weekday is not None:
            self.named_days[form.weekday] = interval[0]


def _named_year(lx: Lexemes, i: int) -> int | None:
    """The year that the sentence named before piece `i`."""
    while i > 0 and not is_break(lx, i - 1):
        i -= 1
        year = year_at(lx, i)
        if year is not None and not lx.is_fraction(i):
            return year
    return None


def _fiscal_month(text: str, lx: Lexemes) -> int:
    """The month in which the text's fiscal year begins; January when it does not say."""
    if "iscal" not in text and "FY" not in text:
        return 1
    stated = _FISCAL_END.search(text)
    if stated:
        month: int | None = WORDS.months.get(stated.group(1).lower())
        if month:
            return month % 12 + 1
    words = set(lx.low)
    return FEDERAL_FISCAL_MONTH if words & WORDS.federal else 1


@Language.factory("dateline_dates", requires=["doc.ents"], assigns=["doc._.dateline_dates"])
class Dates:
    """Store the dates of a Doc in `doc._.dateline_dates`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        register()

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.dateline_dates: tuple[DateMention, ...]`."""
        doc._.dateline_dates = tuple(dates(doc, reference_day(doc._.dateline_release)))
        return doc
