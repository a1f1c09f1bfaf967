"""The people directory: names with their latest title and organisation."""

from __future__ import annotations

import sqlite3

from .rows import Row, page_of, rows

#: Later titles decide; of a person named in thousands of releases the newest rows are enough.
TITLES = "(SELECT max(id) FROM roles WHERE person_id = people.id AND +former = 0)"


def directory(
    conn: sqlite3.Connection,
    *,
    query: str = "",
    letter: str = "",
    limit: int = 60,
    offset: int = 0,
) -> tuple[list[Row], bool]:
    """People, most often named first; with `letter` those whose name begins with it, by name."""
    kind = "people.kind"
    conditions, values = [], dict[str, object](limit=limit + 1, offset=offset)
    order = "people.release_count DESC, people.id"
    if letter:
        # The plus keeps the planner from an index on the kind, which would sort all people.
        conditions.append("people.name >= :letter AND people.name < :after")
        kind = "+people.kind"
        values |= {"letter": letter.upper(), "after": chr(ord(letter.upper()[0]) + 1)}
        order = "people.name, people.id"
    if query.strip():
        conditions.append(_by_name(query.strip(), values))
        kind = "+people.kind"
    found = rows(
        conn,
        f"""WITH page AS (
          SELECT people.id, people.name, people.release_count, people.mention_count,
            people.first_seen, people.last_seen
          FROM entities AS people
          WHERE {kind} = 'person' AND people.hidden = 0
            {"".join(f" AND {condition}" for condition in conditions)}
          ORDER BY {order} LIMIT :limit OFFSET :offset
        )
        SELECT people.*, roles.title,
          CASE WHEN organisations.hidden THEN NULL ELSE roles.organisation_id END
            AS organisation_id,
          CASE WHEN organisations.hidden THEN NULL
            ELSE coalesce(organisations.name, roles.organisation) END AS organisation
        FROM page AS people LEFT JOIN roles ON roles.id = {TITLES}
        LEFT JOIN entities AS organisations ON organisations.id = roles.organisation_id
        ORDER BY {order}""",
        values,
    )
    return page_of(found, limit)


def _by_name(query: str, values: dict[str, object]) -> str:
    """A condition on the name; three letters or more go through the index of names."""
    if len(query) >= 3:
        values["match"] = '"' + query.replace('"', '""') + '"'
        return "people.id IN (SELECT rowid FROM entities_fts WHERE entities_fts MATCH :match)"
    values |= {"query": query.title(), "next": query.title() + "\U0010ffff"}
    return "people.name >= :query AND people.name < :next"
