"""Counts by month as a bar picture.

[("2023-09", 4), ("2023-11", 1)]  ->  <svg>, months without a count drawn as gaps
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from ..text import day, number

WIDTH = 960
HEIGHT = 140
AXIS = 26  # room below the bars for the years, in the picture's units
MAX_MONTHS = 240  # more bars than this are too thin to be seen: years are drawn instead


def timeline(counts: Mapping[str, int], label: str) -> Markup:
    """Draw `counts` ("YYYY-MM" to a number of releases). Empty markup for fewer than two months.

    `label` is what a screen reader says of the picture as a whole.
    """
    months = sorted(month for month in counts if _is_month(month))
    if len(months) < 2:
        return Markup("")
    span = _index(months[-1]) - _index(months[0]) + 1
    if span > MAX_MONTHS:
        return _bars(_by_year({month: counts[month] for month in months}), label)
    first = _index(months[0])
    return _bars({_month(i): counts.get(_month(i), 0) for i in range(first, first + span)}, label)


def _bars(counts: Mapping[str, int], label: str) -> Markup:
    step = WIDTH / len(counts)
    top = max(counts.values()) or 1
    bars: list[str] = []
    for position, (period, count) in enumerate(counts.items()):
        x = position * step
        if count:
            height = max(2.0, count / top * (HEIGHT - AXIS - 14))
            bars.append(
                f'<rect x="{x + step * 0.1:.1f}" y="{HEIGHT - AXIS - height:.1f}" '
                f'width="{min(step * 0.8, 36):.1f}" height="{height:.1f}">'
                f"<title>{day(period)}: {number(count)}</title></rect>"
            )
        if _is_labelled(period, position, len(counts)):
            bars.append(f'<text x="{x:.1f}" y="{HEIGHT - 6}">{_tick(period)}</text>')
    # Periods are digits (`_is_month`); the label is the only thing with words of strangers in it.
    return Markup(  # noqa: S704 - words are escaped where they enter
        f'<svg class="picture timeline" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(label)}">'
        f'<line x1="0" x2="{WIDTH}" y1="{HEIGHT - AXIS}" y2="{HEIGHT - AXIS}" class="axis"/>'
        f"{''.join(bars)}"
        f'<text x="{WIDTH}" y="10" class="peak" text-anchor="end">{number(top)} at most</text>'
        "</svg>"
    )


def _is_labelled(period: str, position: int, total: int) -> bool:
    if len(period) == 4:
        return position % max(1, total // 12) == 0
    if total <= 14:
        return position % 2 == 0
    years = total / 12
    every = max(1, round(years / 10))
    return period.endswith("-01") and int(period[:4]) % every == 0


def _tick(period: str) -> str:
    if len(period) == 4 or period.endswith("-01"):
        return period[:4]
    return f"{day(period)[:3]} {period[:4]}"


def _by_year(counts: Mapping[str, int]) -> dict[str, int]:
    years = range(int(min(counts)[:4]), int(max(counts)[:4]) + 1)
    totals = {f"{year:04}": 0 for year in years}
    for month, count in counts.items():
        totals[month[:4]] += count
    return totals


def _is_month(month: object) -> bool:
    text = str(month)
    return len(text) == 7 and text[:4].isdigit() and text[4] == "-" and "01" <= text[5:] <= "12"


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _month(index: int) -> str:
    return f"{index // 12:04}-{index % 12 + 1:02}"
