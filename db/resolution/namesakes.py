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

_STORED = "SELECT evidence, id FROM identities WHERE kind = 'person' AND block = ?"
_GROUPED = """SELECT i.entity_id, m.with_identity_id, m.rule, m.reason FROM identities AS i
  LEFT JOIN merges AS m ON m.identity_id = i.id WHERE i.id = ?"""
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
        self._conn = conn
        self._block = block
        self._held: set[str] = set()
        self._first: dict[Likeness, int] = {}
        self._joined: dict[int, Joined] = {}
        rows = conn.execute(_STORED, (block,)).fetchall()
        for evidence, _ in rows:
            self._held.update(support(evidence)[1])
        for evidence, number in rows:
            form, roles, _ = likeness = self._likeness(evidence)
            for like in (likeness, (form, roles, frozenset())) if roles else (likeness,):
                self._first[like] = min(number, self._first.get(like, number))

    def _likeness(self, evidence: str) -> Likeness:
        form, roles, near = support(evidence)
        return form, roles, frozenset(self._held.intersection(near))

    def join(self, evidence: str) -> Joined | None:
        """What a new identity joins; None when the block has to be grouped for it."""
        form, roles, _ = likeness = self._likeness(evidence)
        if likeness not in self._first:
            return None
        # A role ties those who have it, whatever is beside them.
        first = self._first[(form, roles, frozenset()) if roles else likeness]
        if first not in self._joined:
            self._joined[first] = self._like(first, roles)
        return self._joined[first]

    def _like(self, number: int, roles: tuple[str, ...]) -> Joined:
        """What joins that which the first of its likeness has joined, or that one itself."""
        why = both_are(roles[0]) if roles else (ONLY_ONE, nothing_apart(self._block))
        ties = self._conn.execute(_GROUPED, (number,)).fetchall()
        for entity, tied_to, rule, reason in ties:
            if tied_to is not None and (not roles or (rule, reason) == why):
                return Joined(entity, tied_to, rule, reason)
        return Joined(ties[0][0], number, *why)
