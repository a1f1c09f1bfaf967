"""Text run together by careless publishing, and what must stay together."""

from __future__ import annotations

import doctest
import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import repair
from ingest.anatomy import abouts
from ingest.charset import clean

SPLIT = [
    ("to go higher.Hale brings it", "to go higher. Hale brings it"),
    ("it “goes on.”Hale brings it", "it “goes on.” Hale brings it"),
    ("Media ContactJane Doe of Acme", "Media Contact Jane Doe of Acme"),
    ("Media ContactNAME", "Media Contact NAME"),
    ("Contact DetailsAcme Ltd", "Contact Details Acme Ltd"),
    ("Company Websitehttps://acme.example", "Company Website https://acme.example"),
    ("Media Contact:Justin Reed", "Media Contact: Justin Reed"),
    ("Contact:press@acme.example", "Contact: press@acme.example"),
    ("Phone:+47 55 55 01 23Email: a@b.example", "Phone:+47 55 55 01 23 Email: a@b.example"),
    ("92127Phone: 555Website: x", "92127 Phone: 555 Website: x"),
    ("Justin Reedjustin@show.example", "Justin Reed justin@show.example"),
    ("Tex Tolertex.toler@glen.example", "Tex Toler tex.toler@glen.example"),
    ("Chief Officerinfo@acme.example", "Chief Officer info@acme.example"),
    ("Relationsinvestorrelations@acme.example", "Relations investorrelations@acme.example"),
    ("at acme.examplehttps://x.example", "at acme.example https://x.example"),
    ("mail a@acme.com(210) 555-0123", "mail a@acme.com (210) 555-0123"),
    ("The Acme Show(210) 555-0123, a@b.example", "The Acme Show (210) 555-0123, a@b.example"),
    ("call 512-555-0134press@acme.example", "call 512-555-0134 press@acme.example"),
]
WHOLE = [
    "iPhone, McDonald and DeVito met LinkedIn at YouTube.",
    "See www.Acme.Com/News.Html and https://x.example/a.Bc,d",
    "Mail J.Smith@acme.example or John.Smith@acme.example now",
    "The U.S.Army and the U.K.Government, e.g.The one",
    "At 9:30 a.m.EDT on Node.js",
    "justin@show.example",
    "Ratio 3:Two",
    "Booking.Com, Newsworthy.Ai",
]


@pytest.mark.parametrize(("glued", "apart"), SPLIT)
def test_run_together(glued: str, apart: str) -> None:
    assert repair.separated(glued) == apart


@pytest.mark.parametrize("text", WHOLE)
def test_whole_words_stay(text: str) -> None:
    assert repair.separated(text) == text


@pytest.mark.parametrize(
    ("glued", "around", "apart"),
    [
        ("AssociationFounded in 1990", "The Association, Founded", "Association Founded in 1990"),
        ("the UsThe ITLA", "Us. The ITLA", "the UsThe ITLA"),  # two letters prove nothing
        ("KnitterHead of Relations", "Mr Knitter said", "Knitter Head of Relations"),
        ("InvestorWire", "Investor Wire InvestorWire", "InvestorWire"),
        ("by LinkedIn", "Linked Inside", "by LinkedIn"),
        ("McDonald", "Donald", "McDonald"),
        ("jane@AcmeFounded.example", "Acme. Founded", "jane@AcmeFounded.example"),
        ("DetailsRaynor", "none of them", "DetailsRaynor"),
    ],
)
def test_words_seen_apart_are_split(glued: str, around: str, apart: str) -> None:
    words = repair.vocabulary([glued, around])
    assert repair.unglued(glued, words, {"linkedin"}) == apart


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("It\u00e2\u20ac\u2122s", "It’s"),
        ("caf\u00c3\u00a9", "café"),
        ("Ângela, Âme, crème brûlée", "Ângela, Âme, crème brûlée"),
        ("a\x00b\ud800c\u202ed\u200be", "abcde"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("नमस्ते\u200dक", "नमस्ते\u200dक"),  # a joiner is part of the script
    ],
)
def test_damage_is_undone(broken: str, mended: str) -> None:
    assert clean(broken) == mended


@given(st.text(max_size=200))
def test_only_white_space_is_added(text: str) -> None:
    for mended in (repair.separated(text), repair.unglued(text, repair.vocabulary([text]), ())):
        assert "".join(mended.split()) == "".join(text.split())
    assert "".join("".join(abouts.split(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "module",
    [
        "charset", "language", "repair", "formats.html", "formats.text", "anatomy.abouts",
        "anatomy.dateline", "anatomy.days", "anatomy.embargo", "anatomy.headline",
        "anatomy.places", "anatomy.words",
    ],
)  # fmt: skip
def test_examples_in_the_docstrings(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"ingest.{module}"))
    assert (result.failed, result.attempted > 0) == (0, True)
