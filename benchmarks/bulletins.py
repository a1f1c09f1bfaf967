"""Short press releases that nobody wrote, for runs that have to be repeated often.

write(folder, 300) -> 300 web pages of about 600 characters

A few dozen people, organisations and gatherings come again and again, under full names, short
names and acronyms, so that what is stored depends on how names are resolved across releases.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.generate import FIELDS, GIVEN, HALLS, OCCASIONS, TITLES, VERBS, WORDS
from benchmarks.texts import page

FIRST_DAY = date(2024, 1, 8)
TOWNS = ("Oslo", "Leeds", "Porto", "Lyon", "Osaka", "Dallas", "Turin", "Ghent", "Perth", "Quito")
COINAGES = ("Velora", "Quandix", "Marholm", "Tessaro", "Brinkwell", "Oxmere", "Calvane", "Ardenko")
SURNAMES = ("Halvorsen", "Okonjo", "Brandt", "Castellan", "Whitlow", "Marchetti", "Lindqvist")
FORMS = ("Inc.", "Ltd.", "GmbH", "")


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what one bulletin speaks of."""

    firm: str
    partner: str
    person: str
    title: str
    town: str
    occasion: str
    hall: str


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Write that many bulletins; the same for the same seed."""
    for number in range(count):
        rng = random.Random(f"{seed} {number}")
        day = FIRST_DAY + timedelta(days=number // 3)
        title, text = bulletin(rng, day)
        name = folder / f"bulletin-{number:04}.html"
        name.write_text(page(title, text, day), "utf-8")


def cast(rng: random.Random) -> Cast:
    """Names drawn from small lists: any two bulletins have some in common."""
    coinage = rng.choice(COINAGES)
    field = FIELDS[COINAGES.index(coinage) * 3 % len(FIELDS)]
    town = rng.choice(TOWNS)
    return Cast(
        firm=f"{coinage} {field} {rng.choice(FORMS)}".strip(),
        partner=f"{rng.choice(TOWNS)} Society for {rng.choice(FIELDS[:6])}",
        person=f"{rng.choice(GIVEN[:9])} {rng.choice(SURNAMES)}",
        title=rng.choice(TITLES[:6]),
        town=town,
        occasion=f"{town} {rng.choice(FIELDS[:4])} {rng.choice(OCCASIONS[:3])}",
        hall=f"{rng.choice(SURNAMES)} {HALLS[TOWNS.index(town) % len(HALLS)]}",
    )


def bulletin(rng: random.Random, day: date) -> tuple[str, str]:
    """Headline and text of one bulletin."""
    who = cast(rng)
    acronym = "".join(word[0] for word in who.partner.split() if word[0].isupper())
    last = who.person.split()[-1]
    opens = day + timedelta(days=rng.randint(10, 40))
    title = f"{who.firm} {rng.choice(VERBS)} {_words(rng, 4).title()}"
    first = (
        f"{who.town.upper()}, {day:%B} {day.day}, {day.year} – {who.firm} today announced work "
        f"with the {who.partner} ({acronym}) on {_words(rng, 5)}."
    )
    said = f"“{_words(rng, 9).capitalize()},” said {who.person}, {who.title} of {who.firm}. "
    said += f"“{_words(rng, 7).capitalize()},” {last} added."
    held = (
        f"The {who.occasion} {opens.year} takes place on {opens:%B} {opens.day}, {opens.year} at "
        f"the {who.hall} in {who.town}. It is organised by {acronym} and counts over "
        f"{rng.randint(3, 90) * 10} exhibitors."
    )
    about = f"About {who.firm}\n\n{who.firm} is {_words(rng, 8)}."
    parts = [first, said, *([held] if rng.random() < 0.6 else []), about]
    return title, "\n\n".join(parts)


def _words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(WORDS, k=count))
