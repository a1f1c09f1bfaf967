"""New ways of naming a person that are like earlier ones: their block need not be grouped anew.

    the stored identities of a block --Namesakes--> what a new one joins, and why

Somebody famous is named in thousands of releases, each time beside other organisations, and each
such way of naming is an identity. Grouping them all again for every new one would cost the more the
more there are. But the rules see of an identity only the name, the roles, and those organisations
beside it at which somebody of the name has a role: one that is like an earlier one in these is
grouped like it and changes nothing for the others. It comes to the same entity and the same reason
as by `rules`, which ties those that are alike to the first of them that came.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from .rules import ONLY_ONE, both_are, nothing_apart, support

_STORED = """SELECT i.id, i.entity_id, i.evidence, m.with_identity_id, m.rule, m.reason
  FROM identities AS i LEFT JOIN merges AS m ON m.identity_id = i.id
  WHERE i.kind = 'person' AND i.block = ? ORDER BY i.id"""
#: Name, roles and the relevant organisations beside it.
Likeness = tuple[str, tuple[str, ...], frozenset[str]]


class Joined(NamedTuple):
    """The entity that a new identity joins: the identity it is tied to, the rule and its words."""

    entity: int
    tied_to: int
    rule: str
    reason: str


class Namesakes:
    """The people of one block as they are stored and grouped."""

    def __init__(self, conn: sqlite3.Connection, block: str) -> None:
        self._held: set[str] = set()
        self._seen: set[Likeness] = set()
        self._joined: dict[Likeness, Joined] = {}
        rows = conn.execute(_STORED, (block,)).fetchall()
        for _, _, evidence, *_ in rows:
            self._held.update(support(evidence)[1])
        for number, entity, evidence, *tie in rows:
            likeness = self._likeness(evidence)
            self._seen.add(likeness)
            roles = likeness[1]
            why = both_are(roles[0]) if roles else (ONLY_ONE, nothing_apart(block))
            key = _tied_by(likeness)
            if (*tie[1:],) == why or (tie[0] and not roles):
                self._joined[key] = Joined(entity, *tie)
            else:  # the first of those that are alike
                self._joined.setdefault(key, Joined(entity, number, *why))

    def _likeness(self, evidence: str) -> Likeness:
        form, roles, near = support(evidence)
        return form, roles, frozenset(self._held.intersection(near))

    def join(self, evidence: str) -> Joined | None:
        """What a new identity joins; None when the block has to be grouped for it."""
        likeness = self._likeness(evidence)
        if likeness[2] and likeness not in self._seen:
            return None
        return self._joined.get(_tied_by(likeness))


def _tied_by(likeness: Likeness) -> Likeness:
    """What an identity is tied by: its first role, if it has any, whatever is beside it."""
    form, roles, beside = likeness
    return form, roles, frozenset() if roles else beside
