"""Date expressions: what counts as one, and which days it denotes.

Each case is a sentence with the expected expressions in [brackets] and their days; `..` joins the
first and last day. Everything is read on Wednesday, 10 September 2025, unless a case says other.
"""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Span

from extract.components.dates import Dates, dates, reference_day
from extract.types import DateMention
from ingest.types import Dateline, Release

WRITTEN = date(2025, 9, 10)
NLP = spacy.blank("en")


def read(text: str, reference: date | None = WRITTEN) -> list[DateMention]:
    return list(dates(NLP.make_doc(text), reference))


def spell(mention: DateMention) -> str:
    if mention.starts_on is None or mention.ends_on is None:
        return "?"
    if mention.starts_on == mention.ends_on:
        return mention.starts_on.isoformat()
    return f"{mention.starts_on}..{mention.ends_on}"


def marked(text: str, found: list[DateMention]) -> str:
    """`text` with brackets around what was found."""
    for mention in reversed(found):
        text = (
            text[: mention.start_char]
            + "["
            + text[mention.start_char : mention.end_char]
            + "]"
            + text[mention.end_char :]
        )
    return text


def check(case: str, days: str, reference: date | None = WRITTEN) -> None:
    text = case.replace("[", "").replace("]", "")
    found = read(text, reference)
    assert marked(text, found) == case
    assert [spell(m) for m in found] == days.split()


DAYS = [
    ("Held on [September 25, 2025] in Lyon.", "2025-09-25"),
    ("Held on [Sept. 25, 2025] in Lyon.", "2025-09-25"),
    ("Held on [Sep 25 2025] in Lyon.", "2025-09-25"),
    ("Held on [September 25th, 2025].", "2025-09-25"),
    ("Held on [25 September 2025] in Lyon.", "2025-09-25"),
    ("Held on [25th September 2025] in Lyon.", "2025-09-25"),
    ("Held on the [25th of September 2025].", "2025-09-25"),
    ("Held on the [25th of September, 2025].", "2025-09-25"),
    ("Held on [25 Sept. 2025].", "2025-09-25"),
    ("Held on [25-Sep-2025].", "2025-09-25"),
    ("Held on [2025-09-25].", "2025-09-25"),
    ("Held on [2025/09/25].", "2025-09-25"),
    ("Held on [09/25/2025].", "2025-09-25"),
    ("Held on [25/09/2025].", "2025-09-25"),
    ("Held on [02/02/2024].", "2024-02-02"),
    ("Held on [03/04/2024].", "2024-03-04"),
    ("Held on [2.2.2024] in Graz.", "2024-02-02"),
    ("Held on [3.4.2024] in Graz.", "2024-04-03"),
    ("Held on [25.09.2025] in Graz.", "2025-09-25"),
    ("Held on [9/25/25].", "2025-09-25"),
    ("Held on [September 22,2024] from noon.", "2024-09-22"),
    ("Held on [SEPTEMBER 25, 2025].", "2025-09-25"),
    ("Held on [December 31st of 2024].", "2024-12-31"),
    ("Held on [Oct 24, '24] in Bath.", "2024-10-24"),
    ("On the [third of May 2024] it rained.", "2024-05-03"),
    ("On the [twenty-fifth of September 2024] it rained.", "2024-09-25"),
    ("Held on [Friday, September 26, 2025].", "2025-09-26"),
    ("Held on [Friday September 26, 2025].", "2025-09-26"),
    ("Held on [Friday, 26 September 2025].", "2025-09-26"),
    ("Held on [Fri. Sept. 26, 2025].", "2025-09-26"),
    ("Held on [Friday, the 26th of September 2025].", "2025-09-26"),
    ("We will meet on [Friday, 9/26] at noon.", "2025-09-26"),
    ("It starts on [Monday (September 15)].", "2025-09-15"),
    ("RENO, Nev. ([Tuesday Aug 19, 2025])", "2025-08-19"),
    ("[03 08 2006]\n\nKelly spoke", "2006-03-08"),
    ("Date: [August 31, 2025]Time: noon", "2025-08-31"),
    ("on[March 3, 2025] we met", "2025-03-03"),
]

RANGES = [
    ("It runs [September 25-28, 2025] in Lyon.", "2025-09-25..2025-09-28"),
    ("It runs [Sept. 26–28, 2025].", "2025-09-26..2025-09-28"),
    ("It runs [September 25 - 28, 2025].", "2025-09-25..2025-09-28"),
    ("It runs [October 5 -11].", "2025-10-05..2025-10-11"),
    ("It runs [September 25 to 28, 2025].", "2025-09-25..2025-09-28"),
    ("It runs from [September 25 through 28].", "2025-09-25..2025-09-28"),
    ("It runs from [September 25th to 28th].", "2025-09-25..2025-09-28"),
    ("It runs [September 25th-28th, 2025].", "2025-09-25..2025-09-28"),
    ("It runs [25-28 September 2025].", "2025-09-25..2025-09-28"),
    ("It runs [25-28 September].", "2025-09-25..2025-09-28"),
    ("It runs from [25 to 28 September 2025].", "2025-09-25..2025-09-28"),
    ("It runs [30 September – 2 October 2025].", "2025-09-30..2025-10-02"),
    ("It runs [September 30 – October 2, 2025].", "2025-09-30..2025-10-02"),
    ("It runs from [September 30 to October 2].", "2025-09-30..2025-10-02"),
    ("It runs [Oct. 17th - Oct. 19th].", "2025-10-17..2025-10-19"),
    ("It runs from [December 2, 2025 to January 11, 2026].", "2025-12-02..2026-01-11"),
    ("It runs from [December 29 to January 3, 2026].", "2025-12-29..2026-01-03"),
    ("It runs [December 30 – January 2].", "2025-12-30..2026-01-02"),
    ("It ran from [June 2, 2023, to June 29, 2024].", "2023-06-02..2024-06-29"),
    ("From [September 26 (Friday) to 28 (Sunday)] in Ulm.", "2025-09-26..2025-09-28"),
    ("From [Tuesday, Nov. 18th, through Friday, Nov. 21st].", "2025-11-18..2025-11-21"),
    ("From [Monday, March 2 through Wednesday, March 4, 2026].", "2026-03-02..2026-03-04"),
    ("On view [Saturday, Oct. 4, through Feb. 23, 2026].", "2025-10-04..2026-02-23"),
    ("Will be held [December 6 and 7, 2025].", "2025-12-06..2025-12-07"),
    ("Will be held [May 1st and 2nd, 2026].", "2026-05-01..2026-05-02"),
    ("Will be held on [6 and 7 December].", "2025-12-06..2025-12-07"),
    ("Between [June 3 and June 9, 2024] it rained.", "2024-06-03..2024-06-09"),
    ("From [July 2021 to June 2024] it grew.", "2021-07-01..2024-06-30"),
    ("Open [November through December] this time.", "2025-11-01..2025-12-31"),
    ("In [January–May 2025] it grew.", "2025-01-01..2025-05-31"),
    ("From [2021 to 2024] it grew.", "2021-01-01..2024-12-31"),
    ("The years [2023–2025] were good.", "2023-01-01..2025-12-31"),
    ("Between [2024 and 2032] it grows.", "2024-01-01..2032-12-31"),
    ("Over the [2024-25] season", "2024-07-01..2025-06-30"),
    ("From [fiscal year 2024 to fiscal year 2026]", "2024-01-01..2026-12-31"),
    ("In [Q3/Q4 2025] we drill.", "2025-07-01..2025-12-31"),
    ("During the [third and fourth quarters] of nothing", "2025-07-01..2025-12-31"),
    ("A life ([1935 - 2023]) in colour.", "1935-01-01..2023-12-31"),
]

LISTS = [
    ("Sessions on [June 5], [12] and [19, 2026].", "2026-06-05 2026-06-12 2026-06-19"),
    ("Sessions will be on [October 7] and [October 21].", "2025-10-07 2025-10-21"),
    ("Tours on [September 30] and [October 1].", "2025-09-30 2025-10-01"),
    ("Open [Saturday, Oct. 4] and [Sunday, Oct. 5].", "2025-10-04 2025-10-05"),
    ("In [2016], [2018] and [2020] it won.", "2016-01-01..2016-12-31 2018-01-01..2018-12-31 "
     "2020-01-01..2020-12-31"),
    ("Its [fourth quarter] and [full year 2024] results",
     "2024-10-01..2024-12-31 2024-01-01..2024-12-31"),
    ("The [1980s], [1970s], and even [1960s].",
     "1980-01-01..1989-12-31 1970-01-01..1979-12-31 1960-01-01..1969-12-31"),
    ("[today] and [tomorrow], we announce", "2025-09-10 2025-09-11"),
]  # fmt: skip

PERIODS = [
    ("In [September 2025] we moved.", "2025-09-01..2025-09-30"),
    ("In [Sept. of 2025] we moved.", "2025-09-01..2025-09-30"),
    ("NICE, France – [July, 2026] – Acme", "2026-07-01..2026-07-31"),
    ("In [February 2024] we moved.", "2024-02-01..2024-02-29"),
    ("In [February of last year] we moved.", "2024-02-01..2024-02-29"),
    ("We will move in [November].", "2025-11-01..2025-11-30"),
    ("We moved in [March].", "2025-03-01..2025-03-31"),
    ("We open [this November].", "2025-11-01..2025-11-30"),
    ("We moved [last March].", "2025-03-01..2025-03-31"),
    ("In [Q3 2025] we grew.", "2025-07-01..2025-09-30"),
    ("In [Q2 of 2024] we grew.", "2024-04-01..2024-06-30"),
    ("In [3Q25] we grew.", "2025-07-01..2025-09-30"),
    ("In [3Q 2025] we grew.", "2025-07-01..2025-09-30"),
    ("Results for [26Q2] follow", "2026-04-01..2026-06-30"),
    ("In the [third quarter of 2025] we grew.", "2025-07-01..2025-09-30"),
    ("In the [third quarter of fiscal 2025] we grew.", "2025-07-01..2025-09-30"),
    ("In the [3rd quarter 2025] we grew.", "2025-07-01..2025-09-30"),
    ("In the [first half of 2024] we grew.", "2024-01-01..2024-06-30"),
    ("In [H1 2024] we grew.", "2024-01-01..2024-06-30"),
    ("In [2H25] we grow.", "2025-07-01..2025-12-31"),
    ("The [second half of this year] saw growth.", "2025-07-01..2025-12-31"),
    ("The [first quarter of last year] saw growth.", "2024-01-01..2024-03-31"),
    ("In [fiscal 2025] we grew.", "2025-01-01..2025-12-31"),
    ("In [fiscal year 2025] we grew.", "2025-01-01..2025-12-31"),
    ("In [FY25] we grew.", "2025-01-01..2025-12-31"),
    ("In [FY 2025] we grew.", "2025-01-01..2025-12-31"),
    ("The Senate passed the [fiscal year 2007] bill.", "2006-10-01..2007-09-30"),
    (
        "Our fiscal year ends on [June 30]. In [FY2025] we grew.",
        "2025-06-30 2024-07-01..2025-06-30",
    ),
    ("In [2017] we moved.", "2017-01-01..2017-12-31"),
    ("Founded in [1987], it grew.", "1987-01-01..1987-12-31"),
    ("The [2025] agenda is out.", "2025-01-01..2025-12-31"),
    ("A goal for [2030].", "2030-01-01..2030-12-31"),
    ("By [2030], we will double.", "2030-01-01..2030-12-31"),
    ("since [2019] and until [2027]", "2019-01-01..2019-12-31 2027-01-01..2027-12-31"),
    ("the best actor ([2025]) prize", "2025-01-01..2025-12-31"),
    ("in the [1958 model year] only", "1958-01-01..1958-12-31"),
    ("© [2025] Acme", "2025-01-01..2025-12-31"),
    ("We return in [fall 2025].", "2025-09-01..2025-11-30"),
    ("We return in the [summer of 2026].", "2026-06-01..2026-08-31"),
    ("We met in [winter 2024].", "2024-12-01..2025-02-28"),
    ("We open [this fall].", "2025-09-01..2025-11-30"),
    ("We met [last summer].", "2025-06-01..2025-08-31"),
    ("We meet [next spring].", "2026-03-01..2026-05-31"),
    ("In the [1990s] we met.", "1990-01-01..1999-12-31"),
    ("In the [1980's] we met.", "1980-01-01..1989-12-31"),
    ("In the '[90s] we met.", "1990-01-01..1999-12-31"),
    ("Since the [early 1900s] it runs.", "1900-01-01..1909-12-31"),
    ("Since the [late 1990s] it runs.", "1995-01-01..1999-12-31"),
    ("In the [21st century] we meet.", "2001-01-01..2100-12-31"),
    ("In the [nineteenth century] they met.", "1801-01-01..1900-12-31"),
    ("We open in [early 2026].", "2026-01-01..2026-03-31"),
    ("We open in [mid-2026].", "2026-06-01..2026-07-31"),
    ("We open in [late 2025].", "2025-10-01..2025-12-31"),
    ("We open in [late October].", "2025-10-21..2025-10-31"),
    ("We open in [mid-November].", "2025-11-11..2025-11-20"),
    ("We open in [early December].", "2025-12-01..2025-12-10"),
    ("We open in [late summer 2026].", "2026-08-01..2026-08-31"),
    ("Due by the [end of 2025].", "2025-12-31"),
    ("Due by the [end of October].", "2025-10-31"),
    ("Due at the [end of March 2026].", "2026-03-31"),
    ("Due by the [end of the year].", "2025-12-31"),
    ("Since the [beginning of 2024] it grew.", "2024-01-01"),
    ("The [week of October 6] will be busy.", "2025-10-06..2025-10-12"),
    ("The [week of October 8, 2025] will be busy.", "2025-10-06..2025-10-12"),
    ("The [month of May 2026] is ours.", "2026-05-01..2026-05-31"),
]

RELATIVE = [
    ("Acme [today] announced a deal.", "2025-09-10"),
    ("The minister [yesterday] said no.", "2025-09-09"),
    ("The Senate will vote [tomorrow].", "2025-09-11"),
    ("The prize was given [tonight] in Rome.", "2025-09-10"),
    ("We met [this morning] in Rome.", "2025-09-10"),
    ("We met [last week].", "2025-09-01..2025-09-07"),
    ("We meet [this week].", "2025-09-08..2025-09-14"),
    ("We meet [next week].", "2025-09-15..2025-09-21"),
    ("We met [last month].", "2025-08-01..2025-08-31"),
    ("We meet [next month].", "2025-10-01..2025-10-31"),
    ("We met earlier [this month].", "2025-09-01..2025-09-30"),
    ("Later [this year] we open.", "2025-01-01..2025-12-31"),
    ("We met [last year].", "2024-01-01..2024-12-31"),
    ("We meet [next year].", "2026-01-01..2026-12-31"),
    ("More than in the [previous year].", "2024-01-01..2024-12-31"),
    ("In [2023] sales doubled those of the [previous year].",
     "2023-01-01..2023-12-31 2022-01-01..2022-12-31"),
    ("We met [last quarter].", "2025-04-01..2025-06-30"),
    ("We met [last Friday].", "2025-09-05"),
    ("We meet [next Monday].", "2025-09-15"),
    ("We meet [this Saturday].", "2025-09-13"),
    ("They said on [Monday] that it works.", "2025-09-08"),
    ("The board will meet on [Friday].", "2025-09-12"),
    ("The board met on [Friday].", "2025-09-05"),
    ("[Monday and Tuesday of next week] will be busy.", "2025-09-15..2025-09-16"),
    ("It was won [this past weekend].", "2025-09-06..2025-09-07"),
    ("We meet [this weekend].", "2025-09-13..2025-09-14"),
    ("We will meet at noon [Thursday].", "2025-09-11"),
    ("[Four years ago] we met.", "2021-01-01..2021-12-31"),
    ("[A year ago] we met.", "2024-09-10"),
    ("[Six months ago] we met.", "2025-03-01..2025-03-31"),
    ("[Two weeks ago] we met.", "2025-08-27"),
    ("[10 days ago] we met.", "2025-08-31"),
    ("Over the [past three years] it grew.", "2022-09-10..2025-09-10"),
    ("In the [next 12 months] it grows.", "2025-09-10..2026-09-09"),
    ("It starts [September 12].", "2025-09-12"),
    ("It will start on [January 12].", "2026-01-12"),
    ("It was held on [December 12].", "2024-12-12"),
    ("The fair was held on [August 30].", "2025-08-30"),
    ("The show returns [November 5–6].", "2025-11-05..2025-11-06"),
    ("The deadline is [February 14].", "2026-02-14"),
    ("It opened on [May 5, 2024]. [That day] it rained.", "2024-05-05 2024-05-05"),
    ("It opened on [May 5, 2024]; the [day before], it rained.", "2024-05-05 2024-05-04"),
    ("On the [29th of last month] it rained.", "2025-08-29"),
    ("[Q1 2025] rose against the [same period in 2024].",
     "2025-01-01..2025-03-31 2024-01-01..2024-03-31"),
    ("The [fourth quarter] was strong, Acme reported.", "2024-10-01..2024-12-31"),
    ("Held [October 7–12, 2025]. [Thursday] features a ball.",
     "2025-10-07..2025-10-12 2025-10-09"),
    ("It opens on [Friday, October 17, 2025]. On [Friday] a band plays.", "2025-10-17 2025-10-17"),
]  # fmt: skip

NOTHING = [
    "for three years and 24 months",
    "a two-week, 30-day trial of 90 minutes",
    "aged 25, she is 25 years old",
    "every Friday, each March and most Sundays",
    "open Monday through Friday, Tuesday-Saturday",
    "on the first Wednesday of each month",
    "annually, weekly, twice a year",
    "on the second Saturday of May every year",
    "version 2.2.1 of 10.4",
    "they won 3-2 and 21-14",
    "24/7 support by 24-7PressRelease",
    "call (212) 555-2019 or 555-1999",
    "at 1999 Main Street, Springfield, IL 62701",
    "more than 2000 people and 2,024 chairs",
    "$2024 and €1999",
    "eSummit 2025 and the 2025 Widget Awards",
    "Expo 2025 Osaka",
    "the Securities Act of 1933",
    "at 9:30 am, from 10 a.m. to 4 p.m.",
    "you may join, we march on, the sun, a fall",
    "recently, soon, in the coming months",
    "in today's loud world",
    "the leaders of tomorrow",
    "USA Today wrote about it",
    "Woman of the Year 2023",
    "https://acme.example/2024/05/03/news",
    "a hall of 1,200 and room 2024",
    "April Jones and June Carter",
    "nearly 25 years ago",
    "the summer months",
    "in 1.5 million",
    "on Foobruary 31",
]


@pytest.mark.parametrize(("case", "days"), DAYS)
def test_single_days(case: str, days: str) -> None:
    check(case, days)


@pytest.mark.parametrize(("case", "days"), RANGES)
def test_ranges(case: str, days: str) -> None:
    check(case, days)


@pytest.mark.parametrize(("case", "days"), LISTS)
def test_lists(case: str, days: str) -> None:
    check(case, days)


@pytest.mark.parametrize(("case", "days"), PERIODS)
def test_periods(case: str, days: str) -> None:
    check(case, days)


@pytest.mark.parametrize(("case", "days"), RELATIVE)
def test_relative(case: str, days: str) -> None:
    check(case, days)


@pytest.mark.parametrize("text", NOTHING)
def test_no_dates(text: str) -> None:
    assert marked(text, read(text)) == text


def test_a_table_of_at_least_150_expressions() -> None:
    cases = [*DAYS, *RANGES, *LISTS, *PERIODS, *RELATIVE]
    assert sum(case.count("[") for case, _ in cases) >= 150


@pytest.mark.parametrize(
    ("case", "days"),
    [
        ("[Today] Acme opened; on [Friday] it closed.", "? ?"),
        ("It opens on [September 25] and on [May 3, 2024].", "? 2024-05-03"),
        ("Sales rose [last year], in [Q3] and in [2019].", "? ? 2019-01-01..2019-12-31"),
    ],
)
def test_without_a_reference_relative_dates_stay_open(case: str, days: str) -> None:
    check(case, days, reference=None)


@pytest.mark.parametrize(
    ("case", "day", "reference"),
    [
        pytest.param("It will open on [January 5].", "2026-01-05", date(2025, 12, 20), id="ahead"),
        pytest.param("It opened on [December 28].", "2025-12-28", date(2026, 1, 5), id="past"),
        pytest.param("It was held [March 2].", "2025-03-02", date(2025, 3, 11), id="just gone"),
        pytest.param("Join us [May 3].", "2025-05-03", date(2025, 2, 1), id="invitation"),
        pytest.param("It is scheduled for [May 3].", "2026-05-03", date(2025, 9, 1), id="schedule"),
        pytest.param("He had it until [October].", "2025-10-01..2025-10-31", WRITTEN, id="until"),
        pytest.param("He served until [June].", "2025-06-01..2025-06-30", WRITTEN, id="until past"),
        pytest.param(
            "Those of [May] met on [December 9].",
            "2025-05-01..2025-05-31 2024-12-09",
            WRITTEN,
            id="May",
        ),
        pytest.param("It was scheduled for [May 3].", "2025-05-03", date(2025, 9, 1), id="was"),
        pytest.param("It will be held [May 3].", "2026-05-03", date(2025, 9, 1), id="passive"),
        pytest.param("On [Wednesday] he said so.", "2025-09-10", WRITTEN, id="the same weekday"),
        pytest.param("On [29 February] it rained.", "2024-02-29", date(2024, 3, 4), id="leap day"),
    ],
)
def test_direction(case: str, day: str, reference: date) -> None:
    check(case, day, reference)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("on May 3, 2024", "day"),
        ("in May 2024", "month"),
        ("in Q2 2024", "quarter"),
        ("in spring 2024", "season"),
        ("in the first half of 2024", "half"),
        ("in 2024", "year"),
        ("in the 1990s", "decade"),
        ("May 3-5, 2024", "range"),
        ("last week", "range"),
        ("in early 2026", "range"),
        ("by the end of March 2026", "day"),
        ("last Friday", "day"),
        ("four years ago", "year"),
    ],
)
def test_precision(text: str, precision: str) -> None:
    assert [m.precision for m in read(text)] == [precision]


@pytest.mark.parametrize(
    ("text", "time", "zone"),
    [
        ("on May 3, 2024 at 9:30 am EDT", "09:30", "EDT"),
        ("on May 3, 2024, at 9 a.m. ET", "09:00", "ET"),
        ("on May 3, 2024 from 10 a.m. to 4 p.m. GMT+8", "10:00", "GMT+8"),
        ("at 9 a.m. ET Tuesday, Mar. 25", "09:00", "ET"),
        ("at 5:00 PM on Friday, May 3, 2024", "17:00", None),
        ("Monday Jul 7, 2025 @ 9:35 AM US/Central", "09:35", "US/Central"),
        ("When: Monday, July 7, 2025 6:30 PM", "18:30", None),
        ("on May 3, 2024, 5–7 p.m.", "17:00", None),
        ("on May 3, 2024, 11–1 p.m.", "11:00", None),
        ("on May 3, 2024 from 10:00 to 14:00", "10:00", None),
        ("on May 3, 2024 at noon", "12:00", None),
        ("noon Thursday", "12:00", None),
        ("on May 3, 2024 at 14:30 CET", "14:30", "CET"),
        ("on May 3, 2024 (10:00 AM PDT)", "10:00", "PDT"),
        ("on May 3, 2024 at 12:15 a.m.", "00:15", None),
        ("on May 3, 2024 at 8:00 p.m. Eastern Time", "20:00", "Eastern Time"),
        ("on May 3, 2024, 300 people came", None, None),
        ("on May 3, 2024.\n\n9:30 am: doors", None, None),
    ],
)
def test_time_of_day(text: str, time: str | None, zone: str | None) -> None:
    (mention,) = read(text)
    assert (mention.time, mention.timezone) == (time, zone)


def test_the_recogniser_decides_what_the_words_leave_open() -> None:
    doc = NLP.make_doc("Returns for 2026 With More")
    assert not list(dates(doc, WRITTEN))
    doc.ents = [Span(doc, 2, 3, label="DATE")]
    assert [m.text for m in dates(doc, WRITTEN)] == ["2026"]


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("It opened on May 3, 2024 and on the 25th in Rome.", "25th", date(2024, 5, 25)),
        ("The storm hit over the weekend, he said.", "weekend", date(2025, 9, 6)),
        ("March witnessed a rise.", "March", date(2025, 3, 1)),
        ("In Q2 2025 it rose; the quarter was good.", "quarter", date(2025, 4, 1)),
    ],
)
def test_what_only_the_recogniser_can_tell(text: str, words: str, day: date) -> None:
    doc = NLP.make_doc(text)
    assert words not in [m.text for m in dates(doc, WRITTEN)]
    start = text.rindex(words)
    doc.ents = [doc.char_span(start, start + len(words), label="DATE", alignment_mode="expand")]
    assert {m.text: m.starts_on for m in dates(doc, WRITTEN)}[words] == day


def test_the_year_of_an_event_is_not_listed() -> None:
    doc = NLP.make_doc("They met at Forum in 2025 today")
    doc.ents = [Span(doc, 3, 6, label="EVENT")]
    assert "2025" not in [m.text for m in dates(doc, WRITTEN)]


def _release(published: date | None, line: date | None) -> Release:
    dateline = Dateline(None, line, None, 0, 0) if line else None
    return Release(
        uid="u", uri="u", source="s", title="t", subtitle=None, published=published, language="en",
        issuer=None, dateline=dateline, text="It opened yesterday.", sections=(), sha256="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("published", "line", "expected"),
    [
        (date(2025, 5, 6), date(2025, 5, 2), date(2025, 5, 2)),
        (date(2025, 5, 6), None, date(2025, 5, 6)),
        (None, None, None),
    ],
)
def test_the_reference_is_the_dateline_then_the_publication(
    published: date | None, line: date | None, expected: date | None
) -> None:
    assert reference_day(_release(published, line)) == expected


def test_the_component_writes_its_extension() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline_dates")
    doc = nlp.make_doc("It opened yesterday.")
    doc._.dateline_release = _release(date(2025, 5, 6), None)
    (mention,) = nlp(doc)._.dateline_dates
    assert mention.starts_on == date(2025, 5, 5)
    assert isinstance(nlp.get_pipe("dateline_dates"), Dates)


PIECES = st.sampled_from([
    "Sept.", "25", "-", "–", "28", "2025", ",", "of", "the", "end", "early", "mid", "Q3",
    "third", "quarter", "and", "to", "Friday", "next", "last", "this", "week", "year",
    "today", "ago", "two", "years", "May", "may", "3rd", "1990", "s", "'", "/", "2024", ".",
    ":", "(", ")", "in", "by", "from", "\n\n", "12", "10", "am", "noon", "fiscal", "FY25",
    "century", "fall", "31", "February", "30", "99", "0", "00", "weekend", "same", "period",
    "day", "before",
])  # fmt: skip


@given(st.lists(PIECES, max_size=25), st.sampled_from([" ", "", "  "]), st.dates())
def test_every_span_slices_back(pieces: list[str], glue: str, reference: date) -> None:
    text = glue.join(pieces)
    _invariants(text, reference)


@given(st.text(max_size=200), st.none() | st.dates())
def test_any_text_is_survived(text: str, reference: date | None) -> None:
    _invariants(text, reference)


def _invariants(text: str, reference: date | None) -> None:
    end = 0
    for mention in read(text, reference):
        assert text[mention.start_char : mention.end_char] == mention.text
        assert end <= mention.start_char < mention.end_char
        assert (mention.starts_on is None) == (mention.ends_on is None)
        if mention.starts_on and mention.ends_on:
            assert mention.starts_on <= mention.ends_on
        end = mention.end_char
