"""The review queue: pairs that may be one thing, decided by who knows the password.

    GET /review      pairs with their evidence, decisions so far
    POST /review     log in or out; the same, different, undo

Deciding needs a password given to `dateline serve`; public mode has no such page at all.
"""

from __future__ import annotations

import asyncio
import hmac
import sqlite3
from dataclasses import asdict
from typing import Any

from datasette.utils.asgi import Response

from db import review
from db.errors import DatabaseError

from ..page import Asked, Data, Page
from ..site import Site

SIZE = 20
REVIEWER = {"id": "reviewer"}
#: Seconds that a wrong password waits for its answer.
WRONG_PASSWORD_PAUSE = 1.0
COOKIE = "ds_actor"


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """The likeliest pairs, and the newest decisions."""
    from db import judgements

    pairs = asked.memo("review", lambda c: review.queue(c, limit=SIZE), conn)
    history = judgements.history(conn)[:SIZE]
    return {
        "pairs": [asdict(pair) for pair in pairs],
        "decisions": [asdict(one) | {"words": str(one)} for one in history],
    }


def actions(site: Site) -> list[tuple[str, Any]]:
    """The route that takes decisions; it stands before the page's own, which only shows."""
    if not site.is_writable:
        return []

    async def act(datasette: Any, request: Any) -> Any:
        given = await request.post_vars()
        action = given.get("action", "")
        if action == "login":
            return await _login(site, datasette, given.get("password", ""))
        if not request.actor or request.actor.get("id") != REVIEWER["id"]:
            return Response.text("Log in at /review first.", status=403)
        if action == "logout":
            response = Response.redirect("/review")
            response.set_cookie(COOKIE, "", expires=0, max_age=0)
            return response
        try:
            await asyncio.to_thread(_decide, site, action, given)
        except (DatabaseError, ValueError) as error:
            return Response.text(f"Not done: {error}", status=409)
        site.forget()
        return Response.redirect("/review")

    return [(r"^/review/decide$", act)]


async def _login(site: Site, datasette: Any, password: str) -> Any:
    if not hmac.compare_digest(password.encode(), (site.password or "").encode()):
        await asyncio.sleep(WRONG_PASSWORD_PAUSE)
        return Response.text("That is not the password.", status=403)
    response = Response.redirect("/review")
    signed = datasette.sign({"a": REVIEWER}, "actor")
    response.set_cookie(COOKIE, signed, httponly=True, samesite="lax")
    return response


def _decide(site: Site, action: str, given: dict[str, str]) -> None:
    """Write a decision down. Raises DatabaseError when it is refused, ValueError when unclear."""
    from db import Store, judgements

    with Store(site.path) as store:
        if action == "undo":
            judgements.undo(store, _number(given, "id"))
        elif action in ("same", "different"):
            decide = judgements.merge if action == "same" else judgements.distinguish
            pair = _number(given, "left"), _number(given, "right")
            decide(store, *pair, given.get("note", "").strip()[:500])
        else:
            raise ValueError(f"{action!r} is no decision; take same, different or undo.")


def _number(given: dict[str, str], name: str) -> int:
    value = given.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise ValueError(f"{name} must be a number.")
    return int(value)


PAGE = Page(
    name="review",
    address="/review",
    example="/review.json",
    summary="Pairs of names that may be one thing, and the decisions so far.",
    load=load,
    template="review.html",
    rows=lambda data: data["pairs"],
    personal=True,
)
