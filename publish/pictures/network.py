"""Who appears together: one name in the middle, its companions around it.

Positions follow from the order alone, so the same data always gives the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import cos, pi, sin
from typing import Any

from markupsafe import Markup, escape

from ..text import plural

WIDTH = 580
HEIGHT = 430
RADIUS = (118, 158)  # of the ellipse the companions stand on
MAX_COMPANIONS = 18
MAX_LABEL_CHARS = 23


def network(
    name: str,
    companions: Sequence[Mapping[str, Any]],
    ties: Iterable[tuple[int, int, int]],
    label: str,
) -> Markup:
    """Draw `companions` ({id, name, kind, releases}, most frequent first) around `name`.

    `ties` are (id, id, releases) among the companions. Empty markup without companions.
    """
    shown = companions[:MAX_COMPANIONS]
    if not shown:
        return Markup("")
    places = {row["id"]: _place(i, len(shown)) for i, row in enumerate(shown)}
    most = max(row["releases"] for row in shown) or 1
    lines = [
        _line(places[a], places[b], 0.5 + min(weight, 6) * 0.25, "tie")
        for a, b, weight in ties
        if a in places and b in places
    ]
    centre = (WIDTH / 2, HEIGHT / 2)
    lines += [
        _line(centre, places[row["id"]], 0.8 + 3.2 * row["releases"] / most, "spoke")
        for row in shown
    ]
    nodes = [_node(row, places[row["id"]], most) for row in shown]
    return Markup(  # noqa: S704 - words are escaped where they enter
        f'<svg class="picture network" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" '
        f'aria-label="{escape(label)}">{"".join(lines)}'
        f'<circle cx="{centre[0]}" cy="{centre[1]}" r="13" class="centre"/>'
        f'<text x="{centre[0]}" y="{centre[1] + 32}" text-anchor="middle" class="centre">'
        f"{_short(name)}</text>{''.join(nodes)}</svg>"
    )


def _place(position: int, total: int) -> tuple[float, float]:
    angle = 2 * pi * (position + 0.5) / total - pi / 2
    return (WIDTH / 2 + RADIUS[0] * cos(angle), HEIGHT / 2 + RADIUS[1] * sin(angle))


def _line(a: tuple[float, float], b: tuple[float, float], width: float, kind: str) -> str:
    return (
        f'<line x1="{a[0]:.0f}" y1="{a[1]:.0f}" x2="{b[0]:.0f}" y2="{b[1]:.0f}" '
        f'stroke-width="{width:.1f}" class="{kind}"/>'
    )


def _node(row: Mapping[str, Any], place: tuple[float, float], most: int) -> str:
    x, y = place
    side = 1 if x >= WIDTH / 2 else -1
    # Labels of the lowest and highest companions would run into the spokes beside them.
    vertical = abs(x - WIDTH / 2) < 5
    radius = 4 + 7 * (row["releases"] / most) ** 0.5
    label_x, label_y = (x, y + (22 if y > HEIGHT / 2 else -14)) if vertical else (x, y + 4)
    anchor = "middle" if vertical else ("start" if side > 0 else "end")
    if not vertical:
        label_x += side * (radius + 6)
    return (
        f'<a href="/entity/{row["id"]}">'
        f"<title>{escape(row['name'])}: {plural(row['releases'], 'release')} together</title>"
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}" class="k-{escape(row["kind"])}"/>'
        f'<text x="{label_x:.0f}" y="{label_y:.0f}" text-anchor="{anchor}">'
        f"{_short(row['name'])}</text></a>"
    )


def _short(name: str) -> Markup:
    """The name, escaped, cut to what fits beside a circle."""
    cut = name if len(name) <= MAX_LABEL_CHARS else name[: MAX_LABEL_CHARS - 1].rstrip() + "…"
    return escape(cut)
