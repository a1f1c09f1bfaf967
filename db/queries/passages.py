"""The words around a mention: what a dossier shows as context."""

from __future__ import annotations

import re
import sqlite3

from ..lookup import marks
from .rows import Row, rows

#: Code points taken before and after the mention before the passage is cut at a sentence.
AROUND = 240
#: Where a sentence ends. A full stop behind a short capitalised word is as likely that of an
#: initial, of "Dr." or of "Inc.": then the passage rather goes on.
SENTENCE_END = re.compile(
    r"""\n | (?<!\b[A-Z]) (?<!\b[A-Z][a-z]) (?<!\b[A-Z][a-z]{2}) (?<!\b[A-Z][a-z]{3})
    (?<!\b[ap]\.m) [.!?] [”"’')]* (?=\s+["“‘'(]?[^\Wa-z_])""",
    re.VERBOSE,
)


def contexts(conn: sqlite3.Connection, entity_id: int, release_ids: list[int]) -> dict[int, Row]:
    """For each release the sentence of the entity's first mention outside the headline.

    Each value has `before`, `words`, `after`, `start_char`, `end_char`, `mentions` (their number
    in this release).
    """
    found = rows(
        conn,
        f"""SELECT mentions.release_id, count(*) AS mentions,
          -- A mention in running text says more than one in the headline, which stands above.
          coalesce(min(CASE WHEN mentions.start_char > length(releases.title)
                       THEN mentions.start_char END), min(mentions.start_char)) AS start_char
        FROM mentions JOIN releases ON releases.id = mentions.release_id
        WHERE mentions.entity_id = ? AND mentions.release_id IN ({marks(release_ids)})
        GROUP BY mentions.release_id""",
        [entity_id, *release_ids],
    )
    passages = {}
    for entry in found:
        words = rows(
            conn,
            """SELECT mentions.end_char,
              substr(releases.text, max(1, mentions.start_char + 1 - :around),
                     min(mentions.start_char, :around)) AS before,
              mentions.text AS words,
              substr(releases.text, mentions.end_char + 1, :around) AS after
            FROM mentions JOIN releases ON releases.id = mentions.release_id
            WHERE mentions.release_id = :release AND mentions.entity_id = :entity
              AND mentions.start_char = :start LIMIT 1""",
            {
                "around": AROUND,
                "release": entry["release_id"],
                "entity": entity_id,
                "start": entry["start_char"],
            },
        )
        if words:
            passages[entry["release_id"]] = entry | _sentence(words[0])
    return passages


def _sentence(passage: Row) -> Row:
    """Cut what stands around the words at the ends of their sentence.

    >>> passage = {"before": "It rained. Then Ms. Kay A. ", "words": "Orr", "after": " left. Rain."}
    >>> cut = _sentence(passage)
    >>> cut["before"], cut["after"]
    ('Then Ms. Kay A. ', ' left.')
    """
    before, after = passage["before"], passage["after"]
    ends = [end.end() for end in SENTENCE_END.finditer(before + passage["words"])]
    start = max((end for end in ends if end <= len(before)), default=0)
    if start == 0 and len(before) == AROUND:
        before = "… " + before.partition(" ")[2]
    else:
        before = before[start:].lstrip()
    stop = SENTENCE_END.search(after)
    if stop:
        after = after[: stop.end()].rstrip()
    elif len(after) == AROUND:
        after = after.rpartition(" ")[0] + " …"
    return {**passage, "before": before, "after": after}
