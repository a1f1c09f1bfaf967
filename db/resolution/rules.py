"""Which identities are one thing: the rules per kind, applied to all identities of a block.

    identities of a block -> Groups of them, every tie with its rule and reason

The outcome depends on the set of identities alone, never on the order in which they came: ties are
tried in a fixed order (strongest rule first, then by text), and a tie that would join what must
stay apart is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from .names import legal_form, person_name

#: Announcements of one occasion may differ by this many days in what they call its first day.
SAME_EVENT_DAYS = 3
#: First days further apart than this are never one edition.
SAME_EDITION_DAYS = 180
#: Evidence of people, and of events, that is remembered taken apart; about 20 MB each.
CACHED_EVIDENCE = 50_000
#: The rule that joins what nothing supports.
ONLY_ONE = "only one of that name"


@dataclass(frozen=True, slots=True)
class Known:
    """An identity as the database knows it; `number` is its row."""

    number: int
    kind: str
    block: str
    evidence: str

    @property
    def text(self) -> tuple[str, str, str]:
        return self.kind, self.block, self.evidence


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two identities are one thing. `judgement` is the row of a human decision, or None."""

    left: Known
    right: Known
    rule: str
    reason: str
    judgement: int | None = None


class Groups:
    """Disjoint groups of identities that grow by ties and respect what must stay apart."""

    def __init__(self, members: Iterable[Known], apart: Iterable[tuple[int, int]] = ()) -> None:
        ordered = sorted(members, key=lambda known: known.text)
        self.groups: dict[int, list[Known]] = {known.number: [known] for known in ordered}
        # One member for each way of writing it: contradictions are between those alone.
        self._forms = {known.number: {_distinct(known): known} for known in ordered}
        self.ties: list[Tie] = []
        self._apart = [pair for pair in apart if pair[0] in self.groups and pair[1] in self.groups]

    @property
    def judged(self) -> bool:
        """Whether somebody has decided on two of the members."""
        return bool(self._apart) or any(tie.judgement is not None for tie in self.ties)

    def together(self, left: Known, right: Known) -> bool:
        return self.groups[left.number] is self.groups[right.number]

    def conflict(self, left: Known, right: Known) -> bool:
        """Whether a judgement or a contradiction keeps the two groups apart."""
        a, b = self.groups[left.number], self.groups[right.number]
        for one, other in self._apart:
            sides = {id(self.groups[one]), id(self.groups[other])}
            if sides == {id(a), id(b)}:
                return True
        contradict = CONTRADICTIONS.get(left.kind)
        if contradict is None:
            return False
        ours, theirs = (self._forms[group[0].number] for group in (a, b))
        if len(ours) == 1 and ours.keys() == theirs.keys():
            return False  # written alike
        return any(contradict(x, y) for x in ours.values() for y in theirs.values())

    def tie(self, tie: Tie, *, forced: bool = False) -> bool:
        """Join the groups of both sides unless that is forbidden; True when they are together.

        A judgement is `forced`: it overrules contradictions between names, not other judgements
        (those were refused when they were made).
        """
        a, b = self.groups[tie.left.number], self.groups[tie.right.number]
        if a is b:
            return True
        if not forced and self.conflict(tie.left, tie.right):
            return False
        self._forms[a[0].number] |= self._forms.pop(b[0].number)
        a.extend(b)
        for known in b:
            self.groups[known.number] = a
        self.ties.append(tie)
        return True

    def all(self) -> list[list[Known]]:
        """The groups, each once."""
        return list({id(group): group for group in self.groups.values()}.values())


def _distinct(known: Known) -> str:
    """What contradictions are read from: of people the name alone."""
    return _form(known) if known.kind == "person" else known.evidence


def join_blocks(groups: Groups) -> None:
    """Apply the rules of each kind to the identities that share a block."""
    blocks: dict[tuple[str, str], list[Known]] = {}
    for group in groups.all():
        for known in group:
            blocks.setdefault((known.kind, known.block), []).append(known)
    for (kind, _), members in sorted(blocks.items()):
        members.sort(key=lambda known: known.text)
        RULES[kind](members, groups)


def _same_block(members: Sequence[Known], groups: Groups) -> None:
    """Organisations and places: one key is one thing."""
    for i, known in enumerate(members):
        for earlier in members[:i]:
            if known.kind == "place":
                rule, reason = "same place", f"both are {known.block} in the gazetteer"
            else:
                forms = [legal_form(k.evidence) or "none" for k in (earlier, known)]
                rule = "same name without legal form"
                reason = f"both are “{known.block}” (legal forms: {', '.join(forms)})"
            # The first one it may be joined with; judgements can keep some apart.
            if groups.tie(Tie(earlier, known, rule, reason)):
                break


@lru_cache(maxsize=CACHED_EVIDENCE)
def support(evidence: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Of a person's evidence: the name, what firmly supports it, and the organisations nearby.

    Roles support firmly. Organisations spoken of beside a person are given as roles there would be.
    """
    form, *tokens = evidence.split("|")
    firm = tuple(token for token in tokens if not token.startswith("near "))
    near = tuple(f"at {token[5:]}" for token in tokens if token.startswith("near "))
    return form, firm, near


def without_beside(evidence: str) -> str:
    """The same without what is nearby: the name and the roles as they are written."""
    return evidence.partition("|near ")[0]


def _tokens(known: Known) -> tuple[str, ...]:
    return support(known.evidence)[1]


def _form(known: Known) -> str:
    return support(known.evidence)[0]


def _people(members: Sequence[Known], groups: Groups) -> None:
    """Namesakes are one person when an organisation or title ties them.

    Weaker: one is spoken of beside an organisation at which only one other has a role. A name
    without any tie joins the only person of that name, if there is just one.
    """
    if not groups.judged:
        # Those that are alike are tied to the first of them that came: see `namesakes`.
        members = sorted(members, key=lambda known: (*support(known.evidence)[:2], known.number))
    by_token: dict[str, list[Known]] = {}
    for known in members:
        for token in _tokens(known):
            by_token.setdefault(token, []).append(known)
    for token, holders in sorted(by_token.items()):
        _tie_all(holders, groups, *both_are(token))
    # Looked up before any is tied, so that the order of tying cannot matter.
    beside = [(known, _beside(known, by_token, groups)) for known in members]
    for known, found in beside:
        if found:
            reason = f"one is {found[1]}, the other is spoken of beside it"
            groups.tie(Tie(found[0], known, "same person beside organisation", reason))
    bare = [known for known in members if not _tokens(known)]
    alone = [known for known in bare if len(groups.groups[known.number]) == 1]
    _attach(alone, [k for k in members if _tokens(k)], groups, _same_order, ONLY_ONE)


def both_are(role: str) -> tuple[str, str]:
    """The rule that ties people by a role, and its words."""
    kind = "organisation" if role.startswith("at ") else "title"
    return f"same person and {kind}", f"both are {role}"


def _beside(
    known: Known, by_token: dict[str, list[Known]], groups: Groups
) -> tuple[Known, str] | None:
    """The only other person of the name who has a role at an organisation beside this one."""
    found: dict[int, tuple[Known, str]] = {}
    for token in support(known.evidence)[2]:
        for holder in by_token.get(token, ()):
            if not groups.together(known, holder) and _same_order(known, holder):
                found.setdefault(id(groups.groups[holder.number]), (holder, token))
    return next(iter(found.values())) if len(found) == 1 else None


def _same_order(left: Known, right: Known) -> bool:
    """ "Wei Zhang" may be "Wei J. Zhang", but "Zhang Wei" needs more than the name."""
    a, b = ([w for w in _form(k).split() if len(w) > 1] for k in (left, right))
    return a[:1] == b[:1]


def _tie_all(holders: Sequence[Known], groups: Groups, rule: str, reason: str) -> None:
    """Tie each to the first it does not contradict."""
    for i, known in enumerate(holders):
        for earlier in holders[:i]:
            if groups.tie(Tie(earlier, known, rule, reason)):
                break


def _attach(
    bare: Sequence[Known],
    supported: Sequence[Known],
    groups: Groups,
    alike: Callable[[Known, Known], bool],
    rule: str,
) -> None:
    """Join each unsupported identity to the supported group that fits, when only one does.

    Groups are counted before any is attached, so that the order of attaching cannot matter.
    """
    choices: list[tuple[Known, Known]] = []
    lonely: list[Known] = []
    for known in bare:
        fitting: dict[int, Known] = {}
        for other in supported:
            if alike(known, other) and not groups.conflict(known, other):
                fitting.setdefault(id(groups.groups[other.number]), other)
        if len(fitting) == 1:
            choices.append((known, next(iter(fitting.values()))))
        else:
            lonely.append(known)
    for known, other in choices:
        if not groups.tie(Tie(other, known, rule, f"no other “{known.block}” is known")):
            lonely.append(known)  # another that it contradicts has been attached before
    for i, known in enumerate(lonely):
        for earlier in lonely[:i]:
            if alike(earlier, known) and groups.tie(
                Tie(earlier, known, rule, nothing_apart(known.block))
            ):
                break


def nothing_apart(block: str) -> str:
    """The reason why unsupported identities of a block are one."""
    return f"“{block}” without anything that tells them apart"


def _venues(members: Sequence[Known], groups: Groups) -> None:
    """One name in one city is one venue (one identity); without a city, the only one there is."""
    bare = [known for known in members if not known.evidence]
    named = [known for known in members if known.evidence]
    _attach(bare, named, groups, lambda a, b: True, ONLY_ONE)


@dataclass(frozen=True, slots=True)
class _Occasion:
    edition: str
    year: str
    starts_on: date | None
    spoken: str


@lru_cache(maxsize=CACHED_EVIDENCE)
def _parsed(evidence: str) -> _Occasion:
    edition, year, day, spoken = evidence.split("|")
    return _Occasion(edition, year, date.fromisoformat(day) if day else None, spoken[1:])


def _occasion(known: Known) -> _Occasion:
    return _parsed(known.evidence)


def _events(members: Sequence[Known], groups: Groups) -> None:
    """Announcements of one edition: same ordinal, same year in the name, or (nearly) same days."""
    told = [(known, _occasion(known)) for known in members]
    dated = sorted(
        ((o.starts_on, known) for known, o in told if o.starts_on),
        key=lambda item: (item[0], item[1].text),
    )
    for (a, left), (b, right) in pairwise(dated):
        if (b - a).days <= SAME_EVENT_DAYS:
            groups.tie(Tie(left, right, "same event and days", f"it begins on {a} and on {b}"))
    for field, rule in (("edition", "same event and edition"), ("year", "same event and year")):
        values: dict[str, list[Known]] = {}
        for known, occasion in told:
            if value := getattr(occasion, field):
                values.setdefault(value, []).append(known)
        for value, holders in sorted(values.items()):
            _tie_all(holders, groups, rule, f"both are of {field} {value}")
    firm = [known for known, o in told if o.edition or o.year or o.starts_on]
    unnamed = [known for known, o in told if o.starts_on and not (o.edition or o.year)]
    named = [known for known, o in told if o.year]
    for known in unnamed:
        year = str(_occasion(known).starts_on)[:4]
        for other in named:
            if _occasion(other).year == year and not groups.conflict(known, other):
                reason = f"it begins in {year}, the year of the name"
                groups.tie(Tie(other, known, "same event and year", reason))
                break
    bare = [known for known, o in told if not (o.edition or o.year or o.starts_on)]
    _attach(bare, firm, groups, _same_year, "only one of that name and year")


def _same_year(left: Known, right: Known) -> bool:
    """An occasion without any date is the one of the year it is spoken of in."""
    spoken = _occasion(left).spoken
    occasion = _occasion(right)
    if occasion.spoken or not spoken:
        return occasion.spoken == spoken
    year = occasion.year or (str(occasion.starts_on.year) if occasion.starts_on else "")
    return year in ("", spoken)


def _people_contradict(left: Known, right: Known) -> bool:
    """Different middle initials or generations are different people."""
    if _form(left) == _form(right):
        return False
    a, b = person_name(_form(left)), person_name(_form(right))
    initials = (
        a.initials
        and b.initials
        and not (a.initials.startswith(b.initials) or b.initials.startswith(a.initials))
    )
    return bool(initials) or bool(a.generation and b.generation and a.generation != b.generation)


def _events_contradict(left: Known, right: Known) -> bool:
    """Different ordinals, different years in the name, or half a year between the first days."""
    a, b = _occasion(left), _occasion(right)
    if a.edition and b.edition and a.edition != b.edition:
        return True
    if a.year and b.year:
        return a.year != b.year
    if a.starts_on and b.starts_on:
        return abs((a.starts_on - b.starts_on).days) > SAME_EDITION_DAYS
    return False


CONTRADICTIONS: dict[str, Callable[[Known, Known], bool]] = {
    "person": _people_contradict,
    "event": _events_contradict,
}
RULES: dict[str, Callable[[Sequence[Known], Groups], None]] = {
    "organisation": _same_block,
    "place": _same_block,
    "person": _people,
    "venue": _venues,
    "event": _events,
}
