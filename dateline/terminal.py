"""What the database knows, as lines for a terminal.

The values come from `db.queries` and `db.search`; colours are dropped by click where the output
is no terminal.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

Row = dict[str, Any]

#: Columns of running text.
WIDTH = 100

#: Marks around a match in a snippet, as the search gives them.
MATCH_START, MATCH_END = "\x02", "\x03"

#: Lines of one kind shown before the rest is counted.
SHOWN = 12


def days(start: str | None, end: str | None) -> str:
    """Write an interval: "25 September" stays an ISO date; one day stands once."""
    if not start:
        return "no date"
    return start if end in (None, start) else f"{start} to {end}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Write a number with its noun: "1 release", "1,204 releases", "2 entities"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def heading(text: str) -> str:
    """Write a heading of a group."""
    return "\n" + click.style(text, bold=True)


def wrapped(text: str, indent: str = "    ") -> str:
    """Fold white space and wrap to the width."""
    return textwrap.fill(
        " ".join(text.split()), WIDTH, initial_indent=indent, subsequent_indent=indent
    )


def limited(
    items: Sequence[Row], noun: str, plural: str | None = None
) -> Iterator[tuple[Row, str | None]]:
    """Yield the first items, the last of them with a line that counts the rest."""
    rest = count(len(items) - SHOWN, f"more {noun}", plural and f"more {plural}")
    for number, item in enumerate(items[:SHOWN], 1):
        yield item, f"    … and {rest}" if number == SHOWN < len(items) else None


def highlighted(snippet: str) -> str:
    """Show matches in bold."""
    text = " ".join(snippet.split())
    parts = text.split(MATCH_START)
    shown = parts[0]
    for part in parts[1:]:
        match, _, after = part.partition(MATCH_END)
        shown += click.style(match, bold=True, fg="yellow") + after
    return "    " + shown


def name_line(entity: Row) -> str:
    """One line for an entity in a list."""
    return (
        f"{entity['id']:>7}  {click.style(entity['name'], bold=True)}  {entity['kind']}, "
        f"{count(entity.get('release_count') or 0, 'release')}"
    )


def release_line(release: Row) -> str:
    """One line for a release in a list."""
    source = release.get("issuer") or release.get("source") or ""
    return (
        f"{release['id']:>7}  {release.get('published') or 'no date   '}  "
        f"{click.style(release['title'], bold=True)}" + (f"  ({source})" if source else "")
    )


def dossier(value: Row) -> Iterator[str]:
    """Yield the lines of an entity's dossier."""
    entity = value["entity"]
    yield click.style(entity["name"], bold=True, underline=True)
    named = count(entity["mention_count"], "mention")
    where = count(entity["release_count"], "release")
    seen = days(entity["first_seen"], entity["last_seen"])
    yield f"{entity['kind']} {entity['id']}; {named} in {where}, {seen}"
    others = [a["name"] for a in value["aliases"] if a["name"] != entity["name"]]
    if others:
        yield wrapped("also: " + "; ".join(others), "")
    yield from _titles(value["titles"])
    yield from _people(value["people"])
    yield from _events(value["events"])
    if value["quotes"]:
        yield heading("Quotes")
        for quote, rest in limited(value["quotes"], "quote"):
            yield f"  {quote['published'] or ''}  release {quote['release_id']}"
            yield wrapped(f"“{quote['text']}”")
            if rest:
                yield rest
    if value["companions"]:
        yield heading("Named together with")
        for other, rest in limited(value["companions"], "name"):
            yield f"  {other['name']} ({other['kind']}), {count(other['releases'], 'release')}"
            if rest:
                yield rest
    yield from _passages(value["passages"])


def _titles(titles: Sequence[Row]) -> Iterator[str]:
    if not titles:
        return
    yield heading("Titles")
    for title, rest in limited(titles, "title"):
        former = "former " if title["former"] else ""
        place = f", {title['organisation']}" if title["organisation"] else ""
        yield f"  {former}{title['title']}{place}  [release {title['release_id']}]"
        if rest:
            yield rest


def _people(people: Sequence[Row]) -> Iterator[str]:
    if not people:
        return
    yield heading("People")
    for person, rest in limited(people, "person", "people"):
        former = "former " if person["former"] else ""
        yield f"  {person['person']}, {former}{person['title']}"
        if rest:
            yield rest


def _events(events: Sequence[Row]) -> Iterator[str]:
    if not events:
        return
    yield heading("Events")
    for event, rest in limited(events, "event"):
        where = ", ".join(x for x in (event["venue"], event["place"]) if x)
        yield (
            f"  {days(event['starts_on'], event['ends_on'])}  {event['name']}"
            f" ({', '.join(event['roles'])})" + (f", {where}" if where else "")
        )
        if rest:
            yield rest


def _passages(passages: Sequence[Row]) -> Iterator[str]:
    if not passages:
        return
    yield heading("In the words of the releases")
    for release in passages:
        yield release_line(release)
        passage = release.get("passage")
        if passage:
            yield wrapped(f"{passage['before']}{passage['words']}{passage['after']}", " " * 9)


def release(value: Row) -> Iterator[str]:
    """Yield the lines of a release: what was read from it, then its text."""
    yield click.style(value["title"], bold=True, underline=True)
    parts = [
        f"release {value['id']}",
        f"published {value['published'] or 'unknown'}",
        f"dateline {value['dateline_place'] or 'none'}"
        + (f", {value['dateline_date']}" if value["dateline_date"] else ""),
        f"issuer {value.get('issuer') or 'unknown'}",
        f"kind {value['kind']}",
    ]
    yield "; ".join(parts)
    yield value.get("url") or value["uri"]
    yield from _named(value["mentions"])
    yield from _facts(value)
    yield heading("Text")
    for paragraph in value["text"].split("\n\n"):
        yield wrapped(paragraph, "") + "\n"


def _named(mentions: Sequence[Row]) -> Iterator[str]:
    for kind in ("person", "organisation", "place", "venue", "event"):
        shown = (m for m in mentions if m["kind"] == kind and not m["hidden"])
        names = dict.fromkeys(m["name"] for m in shown)
        if names:
            yield heading(f"{kind.capitalize()}s")
            yield wrapped("; ".join(names), "  ")


def _facts(value: Row) -> Iterator[str]:
    if value["dates"]:
        yield heading("Dates")
        for date in value["dates"]:
            yield f"  {days(date['starts_on'], date['ends_on'])}  {date['text']}"
    if value["roles"]:
        yield heading("Roles")
        for role in value["roles"]:
            former = "former " if role["former"] else ""
            place = f", {role['organisation']}" if role["organisation"] else ""
            yield f"  {role['person']}: {former}{role['title']}{place}"
    if value["quotes"]:
        yield heading("Quotes")
        for quote in value["quotes"]:
            yield wrapped(f"{quote['speaker'] or 'someone'}: “{quote['text']}”", "  ")
    for occasion in value["events"]:
        yield from _announced(occasion)
    if value["figures"]:
        yield heading("Figures")
        yield wrapped("; ".join(dict.fromkeys(f["text"] for f in value["figures"])), "  ")
    if value["contacts"]:
        yield heading("Contacts")
        for contact in value["contacts"]:
            told = (contact[k] for k in ("name", "organisation", "email", "phone"))
            yield "  " + ", ".join(x for x in told if x)


def _announced(occasion: Row) -> Iterator[str]:
    yield heading(occasion["name"])
    parties: dict[str, list[Row]] = {}
    for party in occasion["parties"]:
        parties.setdefault(party["role"], []).append(party)
    yield from _occasion(occasion, parties)


def event(value: Row) -> Iterator[str]:
    """Yield the lines of an event: when, where, who, and the releases that announce it."""
    found = value["event"]
    yield click.style(found["name"], bold=True, underline=True)
    yield f"event {found['id']}"
    yield from _occasion(found, value["parties"])
    yield heading("Announced in")
    yield from (release_line(entry) for entry in value["releases"])


def _occasion(found: Row, parties: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """Yield when and where an occasion is, its theme, and who takes part as what."""
    clock = " ".join(x for x in (found["start_time"], found["timezone"]) if x)
    yield f"  {days(found['starts_on'], found['ends_on'])}" + (f", {clock}" if clock else "")
    where = [x for x in (found["venue"], found["address"], found["place"]) if x]
    if where:
        yield wrapped(", ".join(where), "  ")
    if found["theme"]:
        yield wrapped(f"theme: {found['theme']}", "  ")
    for role, members in parties.items():
        noun = role if len(members) == 1 else role + "s"
        yield wrapped(f"{noun}: {'; '.join(party['name'] for party in members)}", "  ")
