"""The time of day beside a date: "at 9:30 am EDT", "from 10 a.m. to 4 p.m. GMT+8", "noon".

Times are local, as "HH:MM"; the zone is kept as it is written.
"""

from __future__ import annotations

import re

_CLOCK = (
    r"(?:(?P<h{0}>\d{{1,2}})(?:[:.](?P<m{0}>\d{{2}}))?\s?(?P<ap{0}>[ap]\.?\s?m\b\.?)?"
    r"|(?P<w{0}>noon|midnight|midday))"
)
_ZONE = (
    r"\s*[(\[]?(?P<zone>(?:GMT|UTC)\s?[+-−–]\s?\d{1,2}(?::\d{2})?"
    r"|(?:US/)?(?:Eastern|Central|Mountain|Pacific)(?:\s(?:Standard |Daylight )?Time)?"
    r"|[A-Z][a-z]+\s[Tt]ime"
    r"|(?:A|E|C|M|P|HK|G|I|J|K|S|B|H|AK|W|AE|CE|EE|SG|NZ)(?:S|D|M|KS)?T"
    r"|GMT|UTC|BST|CEST|SGT|WIB|PT|ET|CT|MT)\b(?:/[A-Z]{2,4}T?)?\)?"
)
_RANGE = r"(?:\s*(?:-|–|—|to|until|till|through)\s*" + _CLOCK.format(2) + ")?"
_LEAD = (
    r"\s*[\])]?[\s,;:@|•*(-]*"
    r"(?:(?:starting|beginning|begins?|starts?|opening|open|kicking off|doors open)\s)?"
    r"(?:(?:at|from|between|@|time:|when:)\s*)?(?:(?:exactly|about|around)\s)?"
)
_AFTER = re.compile(
    _LEAD + _CLOCK.format(1) + _RANGE + "(?:" + _ZONE + ")?", re.IGNORECASE | re.DOTALL
)
_BEFORE = re.compile(
    _CLOCK.format(1) + _RANGE + "(?:" + _ZONE + r")?\s*[,)]?\s*(?:on|of|,|\(|–|-)?\s*(?:the\s)?$",
    re.IGNORECASE,
)
#: How far a time may stand from its date, in code points.
REACH = 60


def time_beside(text: str, start: int, end: int) -> tuple[str | None, str | None]:
    """The time of day and zone that stand beside the date at `start` to `end` of `text`."""
    after = _AFTER.match(text, end, min(len(text), end + REACH))
    found = _clock(after) if after and "\n\n" not in after.group() else None
    if found is None:
        left = text[max(0, start - REACH) : start]
        left = left[left.rfind("\n\n") + 1 :]
        # the leftmost start that reaches the date is the range, not its last part
        before = _BEFORE.search(left)
        found = _clock(before) if before else None
    return found or (None, None)


def _clock(match: re.Match[str]) -> tuple[str, str | None] | None:
    """Hours and minutes of a match; None when the numbers are no time."""
    part = match.groupdict()
    zone = part.get("zone")
    if zone and not zone[0].isupper():
        zone = None
    if zone:
        zone = zone.rstrip(")")
    if part["w1"]:
        return ("00:00" if part["w1"].lower() == "midnight" else "12:00"), zone
    hour, minute = int(part["h1"]), int(part["m1"] or 0)
    half = part["ap1"] or part["ap2"]
    if not half and not part["m1"]:
        return None  # a bare number is no time
    if not half and match.group()[match.start("m1") - 1 - match.start()] == ".":
        return None
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12 and hour > 12):
        return None
    if half and hour <= 12:
        hour = _to_24(hour, half, part)
    return f"{hour:02d}:{minute:02d}", zone


def _to_24(hour: int, half: str, part: dict[str, str | None]) -> int:
    """ "5–7 p.m." begins at 17:00, "10 to 4 p.m." and "11–1 p.m." in the morning."""
    if not part["ap1"] and part["h2"] and half[0].lower() == "p":
        closing = int(part["h2"]) % 12
        if hour % 12 > closing:
            return hour
    return hour % 12 + (12 if half[0].lower() == "p" else 0)
