"""Decisions in the review queue need a password, a token and a reason to exist."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from db import Store, judgements
from publish.serve import application

from . import world
from .client import get, post

PASSWORD = "lantern"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return world.database(tmp_path / "review.db", world.small())


def test_without_a_password_there_is_nothing_to_decide(path: Path) -> None:
    site = application(path)
    assert "switched off" in get(site, "/review").text
    assert post(site, "/review/decide", data={"action": "undo", "id": "1"}).status_code == 404


def test_public_mode_has_no_review_at_all(path: Path) -> None:
    site = application(path, public=True, password=PASSWORD)
    assert get(site, "/review").status_code == 404
    assert get(site, "/review.json").status_code == 404
    assert post(site, "/review/decide", data={"action": "login"}).status_code == 405


@pytest.mark.parametrize("password", ["", "wrong", "LANTERN", "lantern "])
def test_a_wrong_password_opens_nothing(path: Path, password: str, monkeypatch: Any) -> None:
    monkeypatch.setattr("publish.pages.review.WRONG_PASSWORD_PAUSE", 0)
    site = application(path, password=PASSWORD)
    answer = post(site, "/review/decide", data={"action": "login", "password": password})
    assert answer.status_code == 403
    assert "ds_actor" not in answer.headers.get("set-cookie", "")


def test_a_stranger_cannot_decide(path: Path) -> None:
    site = application(path, password=PASSWORD)
    answer = post(site, "/review/decide", data={"action": "same", "left": "1", "right": "2"})
    assert answer.status_code == 403


async def _two_organisations(client: Any) -> dict[str, str]:
    found = (await client.get("/dateline/entities.json?kind=organisation&_shape=array")).json()
    return {"left": str(found[0]["id"]), "right": str(found[1]["id"])}


async def _decide_and_undo(site: Any) -> list[tuple[int, str]]:
    """Log in, keep two organisations apart, look, undo; statuses and pages on the way."""
    seen = []
    transport = httpx.ASGITransport(app=site.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:

        async def send(**values: str) -> None:
            page = (await client.get("/review")).text
            token = re.search(r'name="csrftoken" value="([^"]+)"', page)
            assert token
            answer = await client.post("/review/decide", data={"csrftoken": token[1], **values})
            seen.append((answer.status_code, answer.text))

        pair = await _two_organisations(client)
        await send(action="login", password=PASSWORD)
        await send(action="different", note="not the same quay", **pair)
        await send(action="same", **pair)
        seen.append((200, (await client.get("/review")).text))
        await send(action="undo", id="1")
        await send(action="undo", id="nonsense")
        await send(action="burn")
        forged = await client.post("/review/decide", data={"action": "undo", "id": "1"})
        seen.append((forged.status_code, forged.text))
    return seen


def test_who_knows_the_password_decides_and_undoes(path: Path) -> None:
    login, different, same, page, undo, nonsense, burn, forged = asyncio.run(
        _decide_and_undo(application(path, password=PASSWORD))
    )
    assert login[0] == different[0] == undo[0] == 302
    assert same[0] == 409
    assert "dateline undo 1" in same[1]
    assert "not the same quay" in page[1]
    assert nonsense == (409, "Not done: id must be a number.")
    assert burn[0] == 409
    assert forged[0] == 403


def test_the_address_of_a_merged_name_leads_on(path: Path) -> None:
    with Store(path) as store:
        found = store.conn.execute(
            "SELECT id FROM entities WHERE kind = 'organisation' ORDER BY id LIMIT 2"
        )
        (left,), (right,) = found.fetchall()
        judgements.merge(store, left, right)
    site = application(path)
    answers = {ident: get(site, f"/entity/{ident}.json") for ident in (left, right)}
    (old,) = [ident for ident, answer in answers.items() if answer.status_code == 302]
    (new,) = {left, right} - {old}
    assert answers[old].headers["location"] == f"/entity/{new}.json"
    assert answers[new].status_code == 200
