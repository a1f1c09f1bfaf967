"""Points on a plain map: a graticule, the world's towns as a faint ground, no tiles, no network.

The ground (`static/world.svg`) is drawn in degrees: x is the longitude, y minus the latitude, so
a part of the world is shown by choosing the picture's view box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

from markupsafe import Markup, escape

MIN_WIDTH = 24.0  # degrees: a single point still shows which part of the world it is in
ASPECT = 1.9  # width : height
MAX_LABELS = 14
MAX_LABEL_CHARS = 24


@dataclass(frozen=True, slots=True)
class Point:
    """A place to draw. `weight` sets its size, `href` is a path of this site."""

    latitude: float
    longitude: float
    label: str
    href: str
    kind: str = "place"
    weight: int = 1


def world(points: Sequence[Point], label: str, pixels: int = 420) -> Markup:
    """Draw `points`, heaviest first labelled. Empty markup without points.

    `pixels` is about how wide the picture will stand in the page: labels are sized for it.
    """
    inside = [p for p in points if -90 <= p.latitude <= 90 and -180 <= p.longitude <= 180]
    if not inside:
        return Markup("")
    left, top, width, height = _view(inside)
    heaviest = max(p.weight for p in inside) or 1
    unit = width / pixels  # one pixel in the page, in degrees
    ordered = sorted(inside, key=lambda p: (-p.weight, p.label))
    marks = [_mark(p, unit, heaviest) for p in ordered]
    return Markup(  # noqa: S704 - words are escaped where they enter
        f'<svg class="picture world" viewBox="{left:.2f} {top:.2f} {width:.2f} {height:.2f}" '
        f'role="group" aria-label="{escape(label)}">'
        f'<use href="/static/world.svg#ground" class="ground" '
        f'stroke-width="{min(max(0.3, unit * 2), 0.5):.3f}"/>'
        f"{_graticule(left, top, width, height, unit)}{''.join(marks)}"
        f"{_labels(ordered, unit, heaviest, (left, width))}</svg>"
    )


def _view(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """Left, top, width and height of the part of the world that holds all points, with a margin."""
    west, east = min(p.longitude for p in points), max(p.longitude for p in points)
    north, south = max(p.latitude for p in points), min(p.latitude for p in points)
    width = max((east - west) * 1.25, (north - south) * 1.35 * ASPECT, MIN_WIDTH)
    width = min(width, 360.0)
    height = width / ASPECT
    left = (west + east) / 2 - width / 2
    top = -(north + south) / 2 - height / 2
    left = min(max(left, -180.0), 180.0 - width)
    return left, min(max(top, -90.0), 90.0 - height), width, height


def _graticule(left: float, top: float, width: float, height: float, unit: float) -> str:
    step = 30 if width > 150 else 10 if width > 50 else 5
    across = (
        f"M{x * step} {top:.2f}v{height:.2f}"
        for x in range(ceil(left / step), floor((left + width) / step) + 1)
    )
    down = (
        f"M{left:.2f} {y * step}h{width:.2f}"
        for y in range(ceil(top / step), floor((top + height) / step) + 1)
    )
    return (
        f'<path class="graticule" stroke-width="{unit * 0.8:.3f}" d="{"".join((*across, *down))}"/>'
    )


def _radius(point: Point, unit: float, heaviest: int) -> float:
    """The more releases name a place, the larger its area."""
    return unit * (4 + 9 * sqrt(point.weight / heaviest))


def _mark(point: Point, unit: float, heaviest: int) -> str:
    radius = _radius(point, unit, heaviest)
    return (
        f'<a href="{escape(point.href)}"><title>{escape(point.label)} ({point.weight})</title>'
        f'<circle cx="{point.longitude:.3f}" cy="{-point.latitude:.3f}" r="{radius:.3f}" '
        f'stroke-width="{unit * 1.5:.3f}" class="k-{escape(point.kind)}"/></a>'
    )


def _labels(points: Sequence[Point], unit: float, heaviest: int, span: tuple[float, float]) -> str:
    """Label the heaviest points, skipping a label that would lie on an earlier one."""
    size = unit * 13
    taken: list[tuple[float, float, float]] = []
    texts = []
    for point in points:
        if len(taken) == MAX_LABELS:
            break
        label = point.label
        if len(label) > MAX_LABEL_CHARS:
            label = label[: MAX_LABEL_CHARS - 1].rstrip() + "…"
        length = len(label) * size * 0.52
        to_left = point.longitude + length + size > span[0] + span[1]
        beside = _radius(point, unit, heaviest) + unit * 5
        x = point.longitude + (-beside - length if to_left else beside)
        y = -point.latitude + size * 0.35
        if any(abs(y - b) < size * 1.2 and x < a + n and a < x + length for a, b, n in taken):
            continue
        taken.append((x, y, length))
        texts.append(f'<text x="{x:.3f}" y="{y:.3f}" font-size="{size:.3f}">{escape(label)}</text>')
    return f'<g class="labels" aria-hidden="true">{"".join(texts)}</g>'
