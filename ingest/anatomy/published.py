"""The day a release came out: each witness may be wrong, so all are heard.

Metadata of the document (article:published_time, JSON-LD, a feed's date), the dateline, a <time>
on the page. None may lie in the future of the fetch while another does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from ..types import Witness
from .days import stated_date

#: A publication may be dated this far ahead of the fetch: time zones, and releases for tomorrow.
AHEAD = timedelta(days=2)

#: Origins that date the file and not the release.
FILE_ORIGINS = ("pdf:", "docx:")

#: Origins from most to least trusted; those not here follow in the order they were found.
RANK = (
    "json-ld:datePublished",
    "meta:article:published_time",
    "meta:og:published_time",
    "meta:og:article:published_time",
    "microdata:datepublished",
    "meta:datepublished",
    "time:datepublished",
    "meta:parsely-pub-date",
    "meta:sailthru.date",
    "meta:citation_publication_date",
    "meta:dcterms.issued",
    "meta:dc.date.issued",
    "meta:dcterms.date",
    "meta:dc.date",
    "meta:pubdate",
    "meta:publish-date",
    "json-ld:page:datePublished",
    "json-ld:dateCreated",
    "meta:date",
)


def stated(witnesses: Sequence[Witness], fetched: date) -> date | None:
    """The day the witnesses state, without the dateline; None when none states one.

    What stands in the document beats a <time> on its page, which beats nothing else. A witness in
    the future is heard only when there is no other.
    """
    days = sorted(
        (
            (_rank(witness.origin), place, day)
            for place, witness in enumerate(witnesses)
            if witness.field == "published" and (day := stated_date(witness.value)) is not None
        ),
    )
    if not days:
        return None
    sane = [item for item in days if item[2] <= fetched + AHEAD]
    return (sane or days)[0][2]


def _rank(origin: str) -> int:
    if origin in RANK:
        return RANK.index(origin)
    if origin == "time":
        return 200
    # Hints of a feed, a mail or a record come before a page's bare <time>.
    return 100 if re.match(r"meta:|json-ld|htmldate", origin) else 50


def is_of_the_file(witnesses: Sequence[Witness]) -> bool:
    """Whether all that is known is when the file was made: it may have been printed years later."""
    origins = [witness.origin for witness in witnesses if witness.field == "published"]
    return bool(origins) and all(origin.startswith(FILE_ORIGINS) for origin in origins)


def chosen(
    by_metadata: date | None, by_dateline: date | None, fetched: date, *, of_file: bool = False
) -> date | None:
    """Settle between metadata and dateline.

    Metadata stands unless it is in the future and the dateline is not, or dates only the file.
    Without metadata the dateline's day is the publication day.
    """
    if by_metadata is None:
        return by_dateline
    if by_dateline is None:
        return by_metadata
    if of_file or by_metadata > fetched + AHEAD >= by_dateline:
        return by_dateline
    return by_metadata
