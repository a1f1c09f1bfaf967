"""Who issues the release, as far as its text and page tell.

    dateline sentence   "Acme Robotics, a maker of arms, today announced …"
    headline            "Acme Robotics Opens Plant"
    boilerplate         "About Acme Robotics"
    contact block, "SOURCE: Acme Robotics", page metadata

Each place that names a candidate is a vote; names that contain each other share their votes. A
first guess on the words alone: the extractor's `dateline_issuer` refines it with recognised names.
None rather than a wire, which carries the news and does not make it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

from ..types import Witness
from . import places
from .parts import Part
from .words import alternation, is_wire, phrases, words_of

#: Votes of each place. Measured on development releases; a statement beats any inference.
STATED, SOURCE, LEAD, LEAD_ONLY, HEADLINE, BOILERPLATE, CONTACT = 9.0, 8.0, 4.0, 1.0, 2.5, 2.0, 1.5
SPEAKER, DOMAIN, INSIDE, HOST = 1.5, 2.0, 2.0, 1.5
#: For a candidate that another place also names, and for each time the text names it, up to a cap.
IN_HEADLINE, IN_LEAD, PER_NAMING, MAX_NAMINGS = 2.0, 1.0, 0.15, 8
#: Fewer votes than this are no answer.
MIN_VOTES = 2.2
LEAD_CHARS = 700
#: Of a long text so much is read at either end (characters).
MAX_END_CHARS = 15_000
MAX_NAME_CHARS = 100
#: A name of so many words may be cut short; so many names are looked through for the whole one.
MAX_SHORT_WORDS, MAX_NAMES = 2, 400

_WORD = r"(?:[^\W\d_a-z]|\d(?=[\w&]*[A-Z]))[\w&.’'®™+-]*"
_NAME = re.compile(
    rf"(?:The |the )?(?P<name>{_WORD}"
    r"(?:,? (?:(?:of|for|and|the|de|la|del|&|in|on|at|to|by|\+) ){0,2}"
    rf"(?:{_WORD}|\d{{2,4}}(?= [A-Z]))){{0,9}}(?:, (?:Inc|LLC|Ltd|Corp|LLP|L\.P|S\.A|N\.A)\.?)?)"
)
_HOSTED = re.compile(
    rf"\b(?:[Oo]rgani[sz]ed|[Hh]osted|[Pp]resented|[Pp]roduced|[Ii]ssued) by {_NAME.pattern}"
)
_PREDICATE = re.compile(r"\s*(?:[,(]|(?:is|are|has|have|was|will)\b)")
#: A person's office inside a name: what was read is no organisation.
_OFFICE = re.compile(rf"\b(?:{alternation('offices.txt')})\b")
_ASIDE = re.compile(r"\s*(?:[(\[][^()\[\]]{1,120}[)\]]\s*){0,3}")
_APPOSITION = re.compile(r",\s[^.;\n]{3,220}?,\s(?=[a-z])")
#: "…, Chief Executive of Acme Robotics": who speaks in a release mostly works for its issuer.
_SPEAKER = re.compile(
    rf"\b(?:{alternation('speaker_titles.txt')})(?: and [A-Z][\w -]{{2,30}}?)?,?\s"
    r"(?:of|at|for|with)\s(?=(?:the\s|The\s)?[A-Z])"
)
_DOMAIN = re.compile(
    r"(?:@|https?://(?:www\.)?|\bwww\.)((?:[\w-]{2,40}\.){1,3})[a-z]{2,10}\b", re.IGNORECASE
)
_EVENT_WORD = re.compile(rf"\b(?:{alternation('event_words.txt')})\b")
_SOURCE_LINE = re.compile(r"(?:SOURCE|Source)\s?:?\s+(?P<name>[^\W\d_][^\n:]{1,90}?)\s*$")
_PERSON_CUE = (
    rf"(?:{alternation('person_cues.txt')}) {{0}}\b"
    r"|\b{0},? (?:said|says|explained|added|CEO|Chief|[Pp]resident|[Ff]ounder|[Dd]irector"
    r"|[Pp]rofessor|chair\w*|mayor|author|who|Jr)\b"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:Inc|Ltd|Corp|Co|Bros|Jr|Dept|Assn|No|e\.V)|\b[A-Z]|\.\w{1,3})\.$"
)
_ORGANISATION_WORD = re.compile(rf"\b(?:{alternation('organisation_words.txt')})\b")


def guess(
    parts: Sequence[Part],
    title: str,
    witnesses: Sequence[Witness],
    sender: str | None = None,
    place: str | None = None,
) -> str | None:
    """The issuing organisation's name as written, or None."""
    votes = _Votes(title, parts, place)
    for name, weight in chain(
        _stated(parts, witnesses, sender, votes.text), _implied(parts, votes)
    ):
        votes.add(name, weight)
    votes.add_announcer(votes.lead, LEAD, LEAD_ONLY)
    votes.add_announcers_inside(votes.lead, INSIDE)
    votes.add_announcer(title, HEADLINE, 0.0)
    return votes.winner()


_Vote = tuple[str, float]


def _stated(
    parts: Sequence[Part], witnesses: Sequence[Witness], sender: str | None, text: str
) -> Iterator[_Vote]:
    """Who the page, the wire or a "SOURCE" line says it is."""
    for witness in witnesses:
        if witness.field == "issuer":
            yield witness.value, STATED
    if sender and "." in sender and " " not in sender:
        for name in _names_of_hosts(f"{text} www.{sender}"):
            yield name, STATED
    elif sender:
        yield sender, STATED
    for part in parts[-14:]:
        source = _SOURCE_LINE.match(part.text)
        if source:
            yield source["name"], SOURCE


def _implied(parts: Sequence[Part], votes: _Votes) -> Iterator[_Vote]:
    """Who is described, whom one may ask, who speaks, who hosts."""
    for rank, name in enumerate(dict.fromkeys(_boilerplates(parts))):
        yield name, BOILERPLATE - 0.5 * min(rank, 2)
    for name in _contact_lines(parts):
        yield name, CONTACT
    for name in _speakers_organisations(votes.text):
        yield name, SPEAKER
    for name in _names_of_hosts(votes.text):
        yield name, DOMAIN
    for cue in islice(_HOSTED.finditer(votes.text), 4):
        name = cue["name"].split(",")[0]
        is_known = " " not in name or _ORGANISATION_WORD.search(name)
        yield name, HOST if is_known else HOST / 3


class _Votes:
    """Names and how much speaks for each."""

    def __init__(self, title: str, parts: Sequence[Part], place: str | None) -> None:
        self.title = title
        self.place = place
        self.lead = next((p.text for p in parts if p.kind == "body" and len(p.text) > 60), "")[
            :LEAD_CHARS
        ]
        self.text = _ends("\n".join(part.text for part in parts))
        self.folded = self.text.casefold()
        told = [p.text for p in parts if p.kind in ("body", "boilerplate", "contact")]
        self.body = _ends("\n".join(told))
        self.votes: dict[str, float] = {}

    def add(self, name: str, votes: float) -> None:
        name = _trimmed(name)
        who, of, whose = name.partition(" of ")
        if of and _is_person(who, self.text):
            name = whose
        if not 2 <= len(name) <= MAX_NAME_CHARS or is_wire(name) or _OFFICE.search(name):
            return
        if name.split()[0].casefold() in words_of("not_names.txt"):
            return
        self.votes[name] = self.votes.get(name, 0.0) + votes

    def add_announcer(self, text: str, announcing: float, otherwise: float) -> None:
        """The name a sentence begins with, and whether it then announces."""
        match = _NAME.match(text)
        if match is None or match["name"].split()[0].casefold() in words_of("not_names.txt"):
            return
        for name, after in _readings(match["name"], match.start("name"), text):
            rest = text[after:]
            if _announces().match(rest):
                self.add(name, announcing)
                return
        first = match["name"].split(",")[0]
        # "Engineers, professors and …": a sentence's first word is a name if it comes again.
        is_name = " " in first or self.text.count(first) > 1
        if is_name and _PREDICATE.match(text, match.end("name")):
            self.add(first, otherwise)

    def add_announcers_inside(self, text: str, votes: float) -> None:
        """Names in mid-sentence that announce: "Today, Acme Robotics is pleased to …"."""
        for match in islice(_NAME.finditer(text), 12):
            # "On Tuesday, May 7, Acme Robotics": what is before the last comma is no part of it.
            cut = match["name"].rfind(", ") + 1
            start = match.start("name") + (cut + 1 if cut else 0)
            if start == 0:
                continue
            for name, after in _readings(text[start : match.end("name")], start, text):
                if _announces().match(text, after):
                    self.add(name, votes)
                    break

    def winner(self) -> str | None:
        best, most = None, 0.0
        for name in self.votes:
            total = self._total(name)
            if total > most and (" " in name or not places.is_sure(name)):
                best, most = name, total
        if best is None or most < MIN_VOTES:
            return None
        voted = [
            name
            for name, votes in self.votes.items()
            if name.startswith(best + " ")
            and votes >= self.votes[best]
            and not _EVENT_WORD.search(name)
        ]
        return max(voted, key=len) if voted else self._fuller(best)

    def _fuller(self, best: str) -> str:
        """ "Brightmoor" of an address is the "Brightmoor Instruments" of the text, and a shouted
        name of a headline is the one the text spells out."""
        if len(best.split()) > MAX_SHORT_WORDS:
            return best
        if best.isupper() and (spelled := self._spelled_out(best)):
            return spelled
        lead = best.casefold() + " "
        names = Counter(
            _trimmed(found["name"]) for found in islice(_NAME.finditer(self.body), MAX_NAMES)
        )
        fuller = {
            name: count
            for name, count in names.items()
            if name.casefold().startswith(lead)
            and len(name) <= MAX_NAME_CHARS
            and not _EVENT_WORD.search(name)
            and not any(_announces().fullmatch(word) for word in name.split())
            and (_ORGANISATION_WORD.search(name[len(lead) :]) or 2 * count >= self._count(best))
        }
        if fuller:
            return max(fuller, key=lambda name: (fuller[name], -len(name)))
        if best.isupper():
            return next((name for name in names if name.casefold() == best.casefold()), best)
        return best

    def _spelled_out(self, acronym: str) -> str | None:
        """The name that an acronym stands behind in brackets."""
        for found in re.finditer(rf"\(\W?{re.escape(acronym)}\W?\)", self.body):
            before = self.body[max(0, found.start() - MAX_NAME_CHARS) : found.start()].rstrip()
            for name in _NAME.finditer(before):
                if name.end("name") == len(before) and " " in name["name"]:
                    return _trimmed(name["name"])
        return None

    def _count(self, name: str) -> int:
        return self.folded.count(name.casefold())

    def _total(self, name: str) -> float:
        """Its own votes, those of names that hold it or are held by it, and how it is used."""
        key = name.casefold()
        total = self.votes[name]
        for other, votes in self.votes.items():
            if other != name and _related(key, other.casefold()):
                total += votes
        short = re.sub(r",? (?:inc|llc|ltd|corp|plc|limited|corporation)\.?$", "", key)
        total += IN_HEADLINE * (short in self.title.casefold())
        total += IN_LEAD * (short in self.lead.casefold())
        total += PER_NAMING * min(self.folded.count(short), MAX_NAMINGS)
        if _is_person(name, self.text):
            total *= 0.35
        if self.place and key in self.place.casefold():
            total *= 0.3
        if _EVENT_WORD.search(name):
            total *= 0.4
        # Of two related names the one with more words says more.
        return total + 0.01 * min(len(name), 40)


def _ends(text: str) -> str:
    """A long text's beginning and end, where the issuer shows."""
    if len(text) <= 2 * MAX_END_CHARS:
        return text
    return f"{text[:MAX_END_CHARS]}\n{text[-MAX_END_CHARS:]}"


@lru_cache(maxsize=1)
def _announces() -> re.Pattern[str]:
    choice = "|".join(map(re.escape, phrases("announcing.txt")))
    return re.compile(rf"\s*(?:{choice})\b", re.IGNORECASE)


def _readings(name: str, start: int, text: str) -> Iterator[tuple[str, int]]:
    """The name as it stands and cut shorter ("Acme Announces New" is "Acme"), each with where the
    words after it begin, asides and an apposition passed over."""
    words = name.split(" ")
    for count in range(len(words), 0, -1):
        shorter = " ".join(words[:count])
        end = start + len(shorter)
        if shorter.endswith(","):
            end -= 1
        aside = _ASIDE.match(text, end)
        after = aside.end() if aside else end
        yield shorter.rstrip(","), after
        apposition = _APPOSITION.match(text, after)
        if apposition:
            yield shorter.rstrip(","), apposition.end()


def _boilerplates(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        if part.kind == "boilerplate" and part.organisation:
            yield part.organisation


def _contact_lines(parts: Sequence[Part]) -> Iterator[str]:
    """Lines of contact blocks that may be the organisation: capitalised, without digits."""
    lines = [line for part in parts if part.kind == "contact" for line in part.text.split("\n")]
    pieces = [piece.strip() for line in lines[:12] for piece in re.split(r"[:,|] ", line)]
    for piece in pieces:
        match = _NAME.fullmatch(piece)
        if match and _ORGANISATION_WORD.search(piece):
            yield match["name"]


def _speakers_organisations(text: str) -> Iterator[str]:
    for cue in islice(_SPEAKER.finditer(text), 6):
        match = _NAME.match(text, cue.end())
        if match:
            yield match["name"].split(",")[0]


def _names_of_hosts(text: str) -> Iterator[str]:
    """Names in the text that spell the host of an address: "@acmerobotics.example"."""
    hosts = dict.fromkeys(
        found[1].rstrip(".").split(".")[-1].casefold()
        for found in islice(_DOMAIN.finditer(text), 40)
    )
    for host in islice((host for host in hosts if host not in words_of("shared_hosts.txt")), 6):
        letters = re.sub(r"[^a-z0-9]", "", host)
        if len(letters) < 4:
            continue
        spelled = r"[ .,&'’-]{0,3}".join(map(re.escape, letters))
        match = re.search(
            rf"(?<![\w@./-])(?=[A-Z0-9]){spelled}(?![\w.]*[@/])(?!\.\w)(?!\w)", text, re.IGNORECASE
        )
        if match and not match[0].islower():
            yield match[0]


def _related(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 2 and bool(re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long))


def _is_person(name: str, text: str) -> bool:
    """A short name that someone says something under, or that follows "Dr."."""
    words = name.split()
    if not 2 <= len(words) <= 4 or not all(word[0].isupper() for word in words):
        return False
    if _ORGANISATION_WORD.search(name):
        return False
    escaped = re.escape(name)
    return bool(re.search(_PERSON_CUE.format(escaped), text))


def _trimmed(name: str) -> str:
    name = " ".join(name.split()).strip(" ,;:–—-|")
    if name.endswith(".") and not _ABBREVIATED.search(name):
        name = name[:-1]
    for lead in ("The ", "the "):
        name = name.removeprefix(lead)
    return re.sub(r"(?:['’]s)$", "", name)
