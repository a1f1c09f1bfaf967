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

from .rules import ONLY_ONE, both_are, nothing_apart, support, without_beside

_STORED = "SELECT id, evidence FROM identities WHERE kind = 'person' AND block = ?"
_GROUPED = """SELECT i.entity_id, m.with_identity_id, m.rule, m.reason FROM identities AS i
  LEFT JOIN merges AS m ON m.identity_id = i.id WHERE i.id = ?"""
#: Name and roles as they are written, and the relevant organisations beside them.
Likeness = tuple[str, frozenset[str]]


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
        # The identities of each name with its roles, in the order in which they came.
        self._told: dict[str, list[tuple[int, str]]] = {}
        for number, evidence in sorted(conn.execute(_STORED, (block,)).fetchall()):
            self._told.setdefault(without_beside(evidence), []).append((number, evidence))
        self._held = {role for told in self._told for role in support(told)[1]}
        self._joined: dict[Likeness, Joined | None] = {}

    def _likeness(self, evidence: str) -> Likeness:
        beside = support(evidence)[2]
        return without_beside(evidence), frozenset(self._held.intersection(beside))

    def join(self, evidence: str) -> Joined | None:
        """What a new identity joins; None when the block has to be grouped for it."""
        likeness = self._likeness(evidence)
        if likeness not in self._joined:
            self._joined[likeness] = self._like(likeness)
        return self._joined[likeness]

    def _like(self, likeness: Likeness) -> Joined | None:
        """What joins that which the first of its likeness has joined, or that one itself."""
        told, beside = likeness
        rows = self._told.get(told, [])
        roles = support(told)[1]
        alike = (number for number, other in rows if self._likeness(other) == likeness)
        if roles:
            # A role ties those who have it to the first of them, whatever is beside.
            number = rows[0][0] if rows and (not beside or any(alike)) else None
        else:
            number = next(alike, None)
        if number is None:
            return None
        why = both_are(roles[0]) if roles else (ONLY_ONE, nothing_apart(self._block))
        ties = self._conn.execute(_GROUPED, (number,)).fetchall()
        for entity, tied_to, rule, reason in ties:
            if tied_to is not None and (not roles or (rule, reason) == why):
                return Joined(entity, tied_to, rule, reason)
        return Joined(ties[0][0], number, *why)
