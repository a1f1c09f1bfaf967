"""Score a database, one group of facts after the other.

- mentions, strict: same span and an allowed kind; overlap: a shared character and an allowed kind
- entities: the named things of a release, once each; one counts when one of its surfaces equals
  one of the gold entity's surfaces
- dates: a shared character, and for the value the same first and last day
- roles, quotes, events: matched by likeness of each part

Annotations marked `optional`, and whatever is found on top of them, are neutral.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import DatelineError
from .align import Alignment, Span, mostly_same, touch, trim
from .counts import Counts, Share, fold, is_alike, pairs, share_words, total, unique

KINDS = ("person", "organisation", "place", "venue", "event")
EVENT_FIELDS = ("days", "venue", "place", "whole")
ANATOMY_FIELDS = ("dateline place", "dateline date", "issuer")

#: Digits of a phone number that are compared, from the end: country codes are often left out.
PHONE_DIGITS = 9

Row = dict[str, Any]
Found = tuple[Span, str, str, int]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One difference from the annotation: release, kind, what (missed, extra, differs), words."""

    release: str
    kind: str
    what: str
    words: str


@dataclass(slots=True)
class Report:
    """Counts of every group, summed over releases."""

    missing: list[str] = field(default_factory=list)
    strict: dict[str, Counts] = field(default_factory=lambda: {k: Counts() for k in KINDS})
    overlap: dict[str, Counts] = field(default_factory=lambda: {k: Counts() for k in KINDS})
    entities: dict[str, Counts] = field(default_factory=lambda: {k: Counts() for k in KINDS})
    date_values: Counts = field(default_factory=Counts)
    date_spans: Counts = field(default_factory=Counts)
    roles: Counts = field(default_factory=Counts)
    quotes: Counts = field(default_factory=Counts)
    speakers: Share = field(default_factory=Share)
    events: Counts = field(default_factory=Counts)
    event_fields: dict[str, Share] = field(
        default_factory=lambda: {name: Share() for name in EVENT_FIELDS}
    )
    anatomy: dict[str, Share] = field(
        default_factory=lambda: {name: Share() for name in ANATOMY_FIELDS}
    )
    contacts: Counts = field(default_factory=Counts)
    mistakes: list[Mistake] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Return everything as plain values, ready for JSON."""

        def by_kind(table: dict[str, Counts]) -> dict[str, Any]:
            return {k: table[k].figures() for k in KINDS} | {"all": total(table.values()).figures()}

        return {
            "releases missing from the database": self.missing,
            "mentions strict": by_kind(self.strict),
            "mentions overlap": by_kind(self.overlap),
            "entities": by_kind(self.entities),
            "dates": {"value": self.date_values.figures(), "span": self.date_spans.figures()},
            "roles": self.roles.figures(),
            "quotes": {**self.quotes.figures(), "speaker accuracy": self.speakers.figure()},
            "events": {
                "found": self.events.figures(),
                **{name: share.figure() for name, share in self.event_fields.items()},
            },
            "anatomy": {
                **{name: share.figure() for name, share in self.anatomy.items()},
                "contacts": self.contacts.figures(),
            },
        }


class Annotated:
    """One annotated release beside what the database says of it."""

    def __init__(self, stem: str, gold: Row, release: Row, facts: Facts, report: Report) -> None:
        self.stem, self.gold, self.release, self.facts, self.report = (
            stem,
            gold,
            release,
            facts,
            report,
        )
        self.align = Alignment(gold["text"], release["text"])
        self.entities: list[Row] = gold["entities"]
        self.kinds = [{e["kind"], *e.get("also", [])} for e in self.entities]
        self.optional = [bool(e.get("optional")) for e in self.entities]
        self.spans = [
            (self.align.gold_name(start, end), number) for start, end, number in gold["mentions"]
        ]

    def mistake(self, kind: str, what: str, words: str) -> None:
        """Note one mistake."""
        self.report.mistakes.append(Mistake(self.stem, kind, what, words))

    def score(self) -> None:
        """Add every group's counts to the report."""
        found = list(self._found_mentions())
        self._mentions(found)
        self._entities(found)
        self._dates()
        self._roles()
        self._quotes()
        self._events()
        self._anatomy()
        self._contacts()

    def _found_mentions(self) -> Iterator[Found]:
        text = self.release["text"]
        for row in self.facts.of("mentions", self.release["id"]):
            start, end = trim(text, row["start_char"], row["end_char"])
            yield self.align.found(start, end), row["kind"], text[start:end], row["entity_id"]

    def _mentions(self, found: list[Found]) -> None:
        wanted = [span for span in self.spans if not self.optional[span[1]]]
        for table, is_strict in ((self.report.strict, True), (self.report.overlap, False)):

            def same(gold: tuple[Span, int], guess: Found, is_strict: bool = is_strict) -> bool:
                close = gold[0] == guess[0] if is_strict else touch(gold[0], guess[0])
                return close and guess[1] in self.kinds[gold[1]]

            matched = pairs(wanted, found, same)
            hit_gold = {g for g, _ in matched}
            hit_found = {f for _, f in matched}
            for number, (_, entity) in enumerate(wanted):
                kind = self.entities[entity]["kind"]
                table[kind].add(hits=number in hit_gold, missed=number not in hit_gold)
                if is_strict and number not in hit_gold:
                    self.mistake(kind, "missed", self._words(wanted[number]))
            for number, (span, kind, words, _) in enumerate(found):
                if number in hit_found or kind not in table or self._is_neutral(span):
                    continue
                table[kind].add(extra=1)
                if is_strict:
                    self.mistake(kind, "extra", words)

    def _words(self, wanted: tuple[Span, int]) -> str:
        place = self.spans.index(wanted)
        start, end, _ = self.gold["mentions"][place]
        return str(self.gold["text"][start:end])

    def _is_neutral(self, span: Span) -> bool:
        return any(self.optional[entity] and touch(gold, span) for gold, entity in self.spans)

    def _entities(self, found: list[Found]) -> None:
        surfaces: dict[int, set[str]] = defaultdict(set)
        for start, end, number in self.gold["mentions"]:
            a, b = trim(self.gold["text"], start, end)
            surfaces[number].add(fold(self.gold["text"][a:b]))
        guesses: dict[tuple[int, str], set[str]] = defaultdict(set)
        for _, kind, words, entity in found:
            guesses[entity, kind].add(fold(words))
        named = list(guesses.items())
        wanted = [i for i in range(len(self.entities)) if not self.optional[i] and surfaces[i]]
        matched = pairs(
            wanted,
            named,
            lambda i, guess: guess[0][1] in self.kinds[i] and bool(surfaces[i] & guess[1]),
        )
        hit_gold = {wanted[g] for g, _ in matched}
        hit_found = {f for _, f in matched}
        for i in wanted:
            self.report.entities[self.entities[i]["kind"]].add(
                hits=i in hit_gold, missed=i not in hit_gold
            )
        neutral = set().union(
            *(surfaces[i] for i in range(len(self.entities)) if self.optional[i]), set()
        )
        for number, ((_, kind), said) in enumerate(named):
            if number not in hit_found and not said & neutral and kind in self.report.entities:
                self.report.entities[kind].add(extra=1)

    def _dates(self) -> None:
        required = [d for d in self.gold["dates"] if not d.get("optional")]
        wanted = [
            (self.align.gold(*d["offset"]), d["start"], d["end"], d["text"]) for d in required
        ]
        neutral = [self.align.gold(*d["offset"]) for d in self.gold["dates"] if d.get("optional")]
        # A year inside an event's name is not annotated as a date, nor wrong to find.
        neutral += [span for span, i in self.spans if "event" in self.kinds[i] or self.optional[i]]
        found = [
            (
                self.align.found(row["start_char"], row["end_char"]),
                row["starts_on"],
                row["ends_on"],
                row["text"],
            )
            for row in self.facts.of("dates", self.release["id"])
        ]
        for counts, is_value in ((self.report.date_values, True), (self.report.date_spans, False)):

            def same(gold: Any, guess: Any, is_value: bool = is_value) -> bool:
                return touch(gold[0], guess[0]) and (not is_value or gold[1:3] == guess[1:3])

            matched = pairs(wanted, found, same)
            hit_gold = {g for g, _ in matched}
            hit_found = {f for _, f in matched}
            extra = [
                guess
                for number, guess in enumerate(found)
                if number not in hit_found and not any(touch(span, guess[0]) for span in neutral)
            ]
            counts.add(len(matched), len(extra), len(wanted) - len(matched))
            if is_value:
                for number, gold in enumerate(wanted):
                    if number not in hit_gold:
                        self.mistake("date", "missed", f"{gold[3]} = {gold[1]}..{gold[2]}")
                for _, start, end, text in extra:
                    self.mistake("date", "extra", f"{text} = {start}..{end}")

    def _known(self, gold_name: str | None, guess: str | None) -> bool:
        """Tell whether `guess` is a surface of the gold entity of that name, or like it."""
        for entity in reversed(self.entities):
            if entity["name"] == gold_name:
                names = [entity["name"], *entity.get("surfaces", [])]
                return any(is_alike(name, guess) for name in names)
        return is_alike(gold_name, guess)

    def _same_role(self, gold: Row, guess: tuple[str | None, ...]) -> bool:
        person, title, organisation = guess
        return (
            self._known(gold["person"], person)
            and is_alike(gold["title"], title)
            and (not gold.get("organisation") or self._known(gold["organisation"], organisation))
        )

    def _roles(self) -> None:
        names = self.facts.names
        found = unique(
            (
                (names.get(row["person_id"]), row["title"], names.get(row["organisation_id"]))
                for row in self.facts.of("roles", self.release["id"])
            ),
            lambda role: tuple(map(fold, role)),
        )
        wanted = [r for r in self.gold["roles"] if not r.get("optional")]
        matched = pairs(wanted, found, self._same_role)
        hit_found = {f for _, f in matched}
        rest = [guess for number, guess in enumerate(found) if number not in hit_found]
        neutral = pairs([r for r in self.gold["roles"] if r.get("optional")], rest, self._same_role)
        self.report.roles.add(len(matched), len(rest) - len(neutral), len(wanted) - len(matched))
        hit_gold = {g for g, _ in matched}
        for number, role in enumerate(wanted):
            if number not in hit_gold:
                words = (role["person"], role["title"], role.get("organisation"))
                self.mistake("role", "missed", str(words))
        for role in rest:
            self.mistake("role", "extra", str(role))

    def _quotes(self) -> None:
        required = [q for q in self.gold["quotes"] if not q.get("optional")]
        spare = [q for q in self.gold["quotes"] if q.get("optional")]
        rows = self.facts.of("quotes", self.release["id"])
        found = [self.align.found(row["start_char"], row["end_char"]) for row in rows]
        wanted = [self.align.gold(*q["offset"]) for q in required]
        matched = dict(pairs(wanted, found, mostly_same))
        rest = [span for f, span in enumerate(found) if f not in matched.values()]
        neutral = pairs((self.align.gold(*q["offset"]) for q in spare), rest, mostly_same)
        self.report.quotes.add(len(matched), len(rest) - len(neutral), len(wanted) - len(matched))
        for number, quote in enumerate(required):
            words = f"{quote['begins']} … {quote['ends']}"
            if number not in matched:
                self.mistake("quote", "missed", words)
            if not quote.get("speaker"):
                continue
            guess = (
                self.facts.names.get(rows[matched[number]]["speaker_id"])
                if number in matched
                else None
            )
            is_right = number in matched and self._known(quote["speaker"], guess)
            self.report.speakers.add(is_right)
            if number in matched and not is_right:
                self.mistake("quote", "differs", f"{words}: {quote['speaker']} != {guess}")

    def _events(self) -> None:
        wanted = [e for e in self.gold["events"] if not e.get("optional")]
        found = self.facts.events(self.release["id"])
        matched = dict(pairs(wanted, found, lambda g, f: share_words(g["name"], f["name"])))
        self.report.events.add(
            len(matched),
            max(0, len(found) - len(self.gold["events"])),
            len(wanted) - len(matched),
        )
        for number, gold in enumerate(wanted):
            guess = found[matched[number]] if number in matched else None
            self._event_fields(gold, guess)

    def _event_fields(self, gold: Row, guess: Row | None) -> None:
        names = self.facts.names
        venue = names.get(guess["venue_id"]) if guess else None
        place = names.get(guess["place_id"]) if guess else None
        right = {
            "days": guess is not None
            and (gold.get("start"), gold.get("end")) == (guess["starts_on"], guess["ends_on"]),
            "venue": guess is not None
            and (not gold.get("venue") or is_alike(gold["venue"], venue)),
            "place": guess is not None
            and (not gold.get("place") or is_alike(gold["place"], place)),
        }
        whole = all(right.values())
        for name, key in (("days", "start"), ("venue", "venue"), ("place", "place")):
            if gold.get(key):
                self.report.event_fields[name].add(right[name])
        self.report.event_fields["whole"].add(whole)
        if not whole:
            expected = {k: gold.get(k) for k in ("name", "start", "end", "venue", "place")}
            words = json.dumps(expected, ensure_ascii=False)
            if guess:
                got = {k: guess[k] for k in ("name", "starts_on", "ends_on")}
                got |= {"venue": venue, "place": place}
                words += " != " + json.dumps(got, ensure_ascii=False)
            self.mistake("event", "differs" if guess else "missed", words)

    def _anatomy(self) -> None:
        line = self.gold.get("dateline") or {}
        for name, same in (("place", share_words), ("date", lambda a, b: a == b)):
            gold, guess = line.get(name), self.release[f"dateline_{name}"]
            is_right = same(gold, guess) if gold and guess else not gold and not guess
            self.report.anatomy[f"dateline {name}"].add(bool(is_right))
            if not is_right:
                self.mistake("dateline", name, f"{gold} != {guess}")
        issuer = self.gold.get("issuer")
        if issuer:
            guess = self.facts.names.get(self.release["issuer_id"])
            is_right = self._known(issuer, guess)
            self.report.anatomy["issuer"].add(is_right)
            if not is_right:
                self.mistake("issuer", "differs", f"{issuer} != {guess}")

    def _contacts(self) -> None:
        gold = _addresses(self.gold["contacts"])
        found = _addresses(self.facts.of("contacts", self.release["id"]))
        self.report.contacts.add(len(gold & found), len(found - gold), len(gold - found))
        for words in sorted(gold - found):
            self.mistake("contact", "missed", words)
        for words in sorted(found - gold):
            self.mistake("contact", "extra", words)


def _addresses(contacts: Iterable[Row]) -> set[str]:
    """Return the mail addresses, folded, and the last digits of the phone numbers."""
    found = set()
    for contact in contacts:
        digits = "".join(c for c in contact.get("phone") or "" if c.isdigit())[-PHONE_DIGITS:]
        found |= {value for value in (fold(contact.get("email")), digits) if value}
    return found


class Facts:
    """The rows of the database, asked for release by release."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.names: dict[int | None, str] = {
            row["id"]: row["name"] for row in self._rows("select id, name from entities")
        }
        self.releases = {
            Path(row["uri"]).stem: row
            for row in self._rows(
                "select id, uri, text, dateline_place, dateline_date, issuer_id from releases"
            )
        }

    def _rows(self, sql: str, *values: object) -> list[Row]:
        cursor = self._connection.execute(sql, values)
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor]

    def of(self, table: str, release: int) -> list[Row]:
        """Return a release's rows of one of the fact tables, in the order they were stored."""
        return self._rows(f"select * from {table} where release_id = ?", release)

    def events(self, release: int) -> list[Row]:
        """Return the events that a release announces."""
        return self._rows(
            "select distinct e.* from events e join event_evidence v on v.event_id = e.id "
            "where v.release_id = ?",
            release,
        )


ABSENT: Row = {
    "id": -1,
    "text": "",
    "dateline_place": None,
    "dateline_date": None,
    "issuer_id": None,
}


def evaluate(connection: sqlite3.Connection, gold: Path) -> Report:
    """Compare a database with every `*.json` of the folder `gold`.

    A release is found by the last part of `releases.uri` without its ending. Raises
    `DatelineError` when the folder holds no annotation.
    """
    annotations = sorted(gold.glob("*.json"))
    if not annotations:
        raise DatelineError(
            f"{gold} holds no annotated releases (ID.json beside ID.html). "
            "docs/accuracy.md describes the files."
        )
    report = Report()
    facts = Facts(connection)
    for path in annotations:
        annotation = json.loads(path.read_text(encoding="utf-8"))
        release = facts.releases.get(path.stem)
        if release is None:
            report.missing.append(path.stem)
        Annotated(path.stem, annotation, release or ABSENT, facts, report).score()
    return report
