"""Find who holds which title in which organisation.

Reads words, sentences and names; writes `doc._.dateline_roles`.
    Jin Wei, deputy mayor of Beijing  ->  Role(person="Jin Wei", title="deputy mayor",
                                               organisation="Beijing")
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from ...extensions import register
from ...types import Role
from ..issuer import issuer
from ..reading import reading
from .holders import Held, Holders
from .words import LETTERS, MINISTRIES, OFFICES, RANKS, SPELLED


@Language.factory(
    "dateline_roles",
    requires=["doc.ents", "token.is_sent_start"],
    assigns=["doc._.dateline_roles"],
)
class Roles:
    """Write the roles of a document."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.dateline_roles`."""
        doc._.dateline_roles = tuple(roles(doc))
        return doc


def roles(doc: Doc) -> Iterator[Role]:
    """Yield the roles of `doc`, each once, in the order of the text."""
    read = reading(doc)
    held = list(Holders(read).all())
    home = doc._.dateline_issuer or (issuer(doc) if held else None)
    where = _known_organisations(held)
    found: list[Role] = []
    for one in held:
        organisation = one.organisation
        of_house = one.head in OFFICES and not _is_of_state(one)
        if organisation is None and (one.of_issuer or of_house):
            organisation = where.get(one.person) or home
        start, end = read.span(one.first, one.last)
        found.append(Role(one.person, one.title, organisation, one.former, start, end))
    yield from _distinct(found, headline=doc.text.find("\n"))


def _is_of_state(one: Held) -> bool:
    """ "Home Secretary", "President Doe" without a first name: no office of the issuer."""
    words = one.title.lower().split()
    if one.head == "secretary":
        return len(words) > 1 and words[0] in MINISTRIES
    return words == ["president"] and one.last - one.first == len(words) + 1


def _known_organisations(held: list[Held]) -> dict[str, str]:
    """Return the organisation of each person's first present office that names one."""
    known: dict[str, str] = {}
    for one in held:
        if one.organisation and not one.former and one.head in OFFICES:
            known.setdefault(one.person, one.organisation)
    return known


def _distinct(found: list[Role], headline: int) -> Iterator[Role]:
    """Leave out what another role of the same person says as well or better."""
    by_person: dict[str, list[Role]] = {}
    for role in found:
        by_person.setdefault(role.person, []).append(role)
    for role in found:
        rivals = by_person[role.person]
        if not any(_says_more(rival, role, headline) for rival in rivals if rival is not role):
            yield role


def _says_more(rival: Role, role: Role, headline: int) -> bool:
    """Say whether `rival` makes `role` needless: same or fuller title, no other organisation."""
    ours, theirs = _title_words(role.title), _title_words(rival.title)
    if rival.organisation != role.organisation and role.organisation and rival.organisation:
        return False
    if role.organisation and not rival.organisation:
        return False
    if ours == theirs:
        if rival.organisation == role.organisation:
            return _rank(rival, headline) < _rank(role, headline)
        return role.organisation is None
    return ours < theirs and not RANKS & (theirs - ours)


def _rank(role: Role, headline: int) -> tuple[bool, bool, bool, int]:
    """Of two ways to say one title: not the headline's, not "Sen.", the first."""
    short = role.title.lower() in SPELLED
    return role.start_char < headline, short, short and role.title.isupper(), role.start_char


def _title_words(title: str) -> frozenset[str]:
    words = [SPELLED.get(word, word) for word in title.lower().replace("-", " ").split()]
    return frozenset(" ".join(LETTERS.get(word, word) for word in words).split())
