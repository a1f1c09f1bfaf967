"""What a date expression says before anyone knows when it was written.

    "next Friday"    ->  Form("weekday", weekday=4, shift=1)
    "Sept. 25-28"    ->  Form("range", first=Form("day", month=9, day=25), last=…)

`calendar.resolve` turns a form into days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "day", "weekday", "week", "weekend", "month", "quarter", "half", "season", "year", "decade",
    "century", "range", "span", "anchored",
]  # fmt: skip
Part = Literal["early", "mid", "late", "start", "end"]


SURE, VETO, CONFIRM = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Form:
    """A date as it is written; what the words leave open is None.

    `number` is the quarter (1 to 4), half (1, 2), first month of the season, first year of the
    decade, century, or the length of a span. `shift` counts units from the reference (last = -1,
    this = 0, next = 1). `inner` is what a part, a week or a nested period is taken of ("the end of
    March", "the week of May 5", "second half of this year"). `doubt` says how far the words alone
    are to be trusted: SURE, VETO (a date unless the recogniser, which found dates, did not find
    this one) or CONFIRM (no date unless the recogniser found it).
    """

    unit: Unit
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    number: int | None = None
    shift: int | None = None
    part: Part | None = None
    fiscal: bool = False
    of: Unit | None = None
    inner: Form | None = None
    first: Form | None = None
    last: Form | None = None
    doubt: int = SURE


#: A rule's answer: the piece after the expression, and what it says.
Hit = tuple[int, Form]
