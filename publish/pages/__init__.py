"""The pages of the site, in the order in which the API page lists them.

A new page: one module with a `PAGE`, one template, one line here (docs/add-a-page.md).
"""

from __future__ import annotations

from ..page import Page
from . import (
    api,
    dashboard,
    entity,
    event,
    events,
    home,
    people,
    places,
    quotes,
    release,
    review,
    schema,
    search,
)

PAGES: tuple[Page, ...] = (
    home.PAGE,
    search.PAGE,
    search.SUGGESTIONS,
    release.PAGE,
    entity.PAGE,
    entity.CARD,
    events.PAGE,
    event.PAGE,
    people.PAGE,
    quotes.PAGE,
    places.PAGE,
    dashboard.PAGE,
    schema.PAGE,
    review.PAGE,
    api.PAGE,
    api.OPENAPI,
)
