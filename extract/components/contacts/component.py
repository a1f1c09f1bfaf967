"""Read press contacts: who, of which organisation, by mail, telephone and web.

    "Media Contact: Jane Doe, Acme Ltd, jane@acme.example, (212) 555-0100"
        ->  Contact(name="Jane Doe", organisation="Acme Ltd", email=…, phone=…)

Reads the text, `doc._.dateline_mentions` (else `doc.ents`) and the contact sections of
`doc._.dateline_release`; writes `doc._.dateline_contacts`. An address or number opens a contact;
the name and organisation nearest before it in the same block belong to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.language import Language

from ...extensions import register
from ...types import LABEL_KINDS, Contact
from .finders import Found, cues, emails, links, phones

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Parts of one contact stand at most this far apart, in code points.
MAX_GAP = 220
#: A name stands at most this far before the first address of its contact.
NAME_REACH = 260
#: A paragraph longer than this is running text, no line of a contact block.
MAX_LINE = 140

Name = tuple[int, int, str]
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAME_JOINT = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z])")
#: Beginnings of surnames that go on with a capital.
_PREFIXES = frozenset(
    ["Mc", "Mac", "De", "Di", "Da", "La", "Le", "Du", "Van", "Von", "Fitz", "Del", "O"]
)
_SURNAME = re.compile(r" [A-Z][\w'’-]+")
_LINE = re.compile(r"[^\n|,;:•\t]+")
_PERSON_LINE = re.compile(
    r"(?:(?:Mr|Ms|Mrs|Dr|Prof)\.? )?[A-Z][\w'’.-]+"
    r"(?: [A-Z][\w'’-]*\.?| (?:de|van|von|der|la|bin|al)){0,3} [A-Z][\w'’-]+"
)


@dataclass(slots=True)
class _Draft:
    """A contact being put together."""

    parts: list[Found] = field(default_factory=list)

    def has(self, kind: str) -> bool:
        return any(p.kind == kind for p in self.parts)

    def first(self, kind: str) -> str | None:
        return next((p.value for p in self.parts if p.kind == kind), None)

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end


def contacts(doc: Doc) -> Iterator[Contact]:
    """Every contact of `doc`, in reading order."""
    text = doc.text
    release = doc._.dateline_release
    issuer = release.issuer if release is not None else None
    if "@" not in text and not re.search(r"\d{4}|\(at\)|\[at\]", text):
        return
    persons, organisations = _names(doc)
    spans = tuple((a, b) for a, b, _ in persons)
    drafts = _drafts(_seeds(text, spans), persons, text)
    floor = 0
    for draft in drafts:
        name = (
            _of_mailbox(persons, draft)
            or _nearest(persons, draft, floor, text)
            or _person_line(text, draft, floor)
        )
        company = _of_domain(organisations, draft) or _nearest(organisations, draft, floor, text)
        near = [n for n in (name, company) if n and abs(n[0] - draft.start) <= NAME_REACH]
        start = min([draft.start, *(n[0] for n in near)])
        yield Contact(
            name=_person_name(_completed(name, draft, text)) if name else None,
            organisation=_unglued(company[2]) if company else issuer,
            email=draft.first("email"),
            phone=draft.first("phone"),
            web=draft.first("web"),
            start_char=start,
            end_char=max([draft.end, *(n[1] for n in near)]),
        )
        floor = draft.end


def _names(doc: Doc) -> tuple[list[Name], list[Name]]:
    """Persons and organisations of the document: start, end, full name."""
    found: list[tuple[str, Name]] = [
        (m.kind, (m.start_char, m.end_char, m.name)) for m in doc._.dateline_mentions
    ]
    if not found:
        found = [
            (LABEL_KINDS[e.label_], (e.start_char, e.end_char, e.text))
            for e in doc.ents
            if e.label_ in LABEL_KINDS
        ]
    persons = [name for kind, name in found if kind == "person"]
    labels = set(cues()["not_names"])
    return persons, [
        name for kind, name in found if kind == "organisation" and name[2].casefold() not in labels
    ]


def _seeds(text: str, persons: tuple[tuple[int, int], ...]) -> list[Found]:
    """Addresses and numbers in reading order; links that stand beside one of them."""
    found: list[Found] = list(emails(text, persons))
    taken = [(f.start, f.end) for f in found]
    found += [p for p in phones(text) if not any(a < p.end and p.start < b for a, b in taken)]
    found.sort(key=lambda f: f.start)
    web = [
        link
        for link in links(text)
        if any(0 <= link.start - f.end <= MAX_LINE or 0 <= f.start - link.end <= 3 for f in found)
    ]
    return sorted([*found, *web], key=lambda f: f.start)


def _drafts(seeds: list[Found], persons: list[Name], text: str) -> list[_Draft]:
    """Put neighbouring parts together; a second one of a kind, or a new name, opens a contact."""
    drafts: list[_Draft] = []
    seen: set[str] = set()
    for seed in seeds:
        if seed.kind != "web":
            key = _key(seed)
            if key in seen:
                continue
            seen.add(key)
        current = drafts[-1] if drafts else None
        if current is not None and not _opens_new(current, seed, persons, text):
            current.parts.append(seed)
        elif seed.kind != "web":
            drafts.append(_Draft([seed]))
    return drafts


def _key(seed: Found) -> str:
    """What makes two seeds the same: the address, or the last digits of the number."""
    if seed.kind == "email":
        return seed.value.casefold()
    return "".join(c for c in seed.value if c.isdigit())[-9:] or seed.value


def _opens_new(current: _Draft, seed: Found, persons: list[Name], text: str) -> bool:
    if current.has(seed.kind):
        return True
    if seed.start - current.end > MAX_GAP:
        return True
    between = text[current.end : seed.start]
    if any(current.end <= a and b <= seed.start for a, b, _ in persons):
        return True
    longest = max((len(line) for line in between.split("\n")), default=0)
    return longest > MAX_LINE


def _nearest(names: list[Name], draft: _Draft, floor: int, text: str) -> Name | None:
    """The name nearest before the contact's first part; else one between its parts."""
    before = [n for n in names if floor <= n[0] and n[1] <= draft.start]
    before = [n for n in before if draft.start - n[1] <= NAME_REACH]
    before = [n for n in before if _is_one_block(text[n[1] : draft.start])]
    if before:
        return before[-1]
    inside = [n for n in names if draft.start <= n[0] and n[1] <= draft.end]
    return inside[0] if inside else None


def _of_mailbox(persons: list[Name], draft: _Draft) -> Name | None:
    """The person near by whose name the mail address spells: "jdoe@…", "dana.unger@…"."""
    address = draft.first("email")
    if not address:
        return None
    box = _letters(address.split("@")[0])
    near = [n for n in persons if abs(n[0] - draft.start) <= NAME_REACH]
    spelled = [
        n
        for n in near
        if len(n[2].split()) > 1
        and any(len(w) > 3 and w in box for w in map(_letters, _person_name(n[2]).split()))
    ]
    return min(spelled, key=lambda n: abs(n[0] - draft.start), default=None)


def _completed(name: Name, draft: _Draft, text: str) -> str:
    """A first name with the surname that only the address it was glued to cut off."""
    rest = text[name[1] : draft.start]
    return name[2] + rest if " " not in name[2] and _SURNAME.fullmatch(rest) else name[2]


def _letters(word: str) -> str:
    """Lower-case letters as mail addresses write them: "Mühlhaus" -> "muehlhaus"."""
    word = word.casefold()
    for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "o"), ("ł", "l")):
        word = word.replace(umlaut, plain)
    bare = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]", "", bare)


def _person_name(name: str) -> str:
    """A person's name without what is glued to its ends: "Jane DoeAcme", "Jane Doe45"."""
    words = _unglued(name).split()
    if not words:
        return name
    first = _NAME_JOINT.split(words[0])
    if len(first) > 1 and first[0] not in _PREFIXES and len(words) > 1:
        words[0] = first[-1]
    last = _NAME_JOINT.split(re.sub(r"\d+$", "", words[-1]))
    kept = last[0] + (last[1] if len(last) > 1 and last[0] in _PREFIXES else "")
    return " ".join([*words[:-1], kept])


def _of_domain(organisations: list[Name], draft: _Draft) -> Name | None:
    """The organisation that the mail domain spells: "Acme Widgets" of acmewidgets.com."""
    address = draft.first("email") or draft.first("web")
    if not address:
        return None
    domain = re.sub(r"^.*@|^https?://|www\.", "", address.casefold()).split("/")[0]
    core = max(domain.split(".")[:-1], key=len, default="")
    fitting = [
        n
        for n in organisations
        if len(spelled := re.sub(r"[^a-z0-9]", "", n[2].casefold())) > 2
        and (core.startswith(spelled[:8]) or spelled.startswith(core))
        and (spelled.startswith(core) or core.startswith(spelled) or len(core) > 7)
    ]
    return max(fitting, key=lambda n: (len(n[2]), -abs(n[0] - draft.start)), default=None)


def _unglued(name: str) -> str:
    """A name without the labels glued to it: "ContactGeoff Davis", "David ShapiroChief"."""
    labels = set(cues()["not_names"])
    words = name.split()
    if not words:
        return name
    first, last = _JOINT.split(words[0]), _JOINT.split(words[-1])
    while len(first) > 1 and first[0].casefold() in labels:
        first = first[1:]
    if len(words) == 1:
        return "".join(first)
    while len(last) > 1 and last[-1].casefold() in labels:
        last = last[:-1]
    return " ".join(["".join(first), *words[1:-1], "".join(last)])


def _is_one_block(between: str) -> bool:
    """Only short lines, and no end of a sentence, stand between a name and its address."""
    if any(len(line) > MAX_LINE for line in between.split("\n")):
        return False
    return not re.search(r"[a-z)]\.\s+[A-Z][a-z]+ [a-z]+ [a-z]+", between)


def _person_line(text: str, draft: _Draft, floor: int) -> Name | None:
    """A line (or part of one) before the address that looks like a person's name."""
    left = max(floor, draft.start - NAME_REACH)
    window = text[left : draft.start]
    legal, banned = set(cues()["legal"]), set(cues()["not_names"])
    for piece in reversed(list(_LINE.finditer(window))):
        line = _after_label(piece.group().strip(" \xa0-–—*"), banned)
        if len(line) > MAX_LINE:
            return None
        words = {w.casefold().strip(".,") for w in line.split()}
        if _PERSON_LINE.fullmatch(line) and not words & legal and not words & banned:
            start = left + piece.start() + piece.group().index(line)
            return start, start + len(line), line
    return None


def _after_label(line: str, labels: set[str]) -> str:
    """A line without the label glued to its front: "Media ContactJane Doe"."""
    pieces = _JOINT.split(line)
    for n in range(len(pieces) - 1, 0, -1):
        if pieces[n - 1].split()[-1].casefold() in labels:
            return "".join(pieces[n:])
    return line


@Language.factory(
    "dateline_contacts",
    requires=["doc._.dateline_mentions"],
    assigns=["doc._.dateline_contacts"],
)
class Contacts:
    """Store the contacts of a Doc in `doc._.dateline_contacts`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        register()

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.dateline_contacts: tuple[Contact, ...]`."""
        doc._.dateline_contacts = tuple(contacts(doc))
        return doc
