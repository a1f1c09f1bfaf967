"""Each rule of `dateline_names`, on hand-marked texts: [kind:words] marks what was recognised."""

import re

import pytest
import spacy
from spacy.tokens import Span

from extract.components.names.candidates import KIND_LABELS
from extract.components.names.component import RULES, Names
from extract.components.names.consistency import is_acronym
from extract.components.names.gazetteer import place_name
from extract.components.names.lists import DATA, entries
from extract.components.sentences import Sentences
from extract.tokens import add_joints

CODES = {"p": "person", "o": "organisation", "l": "place", "v": "venue", "e": "event"}
MARK = re.compile(r"\[([polve]):([^\]]+)\]")


@pytest.fixture(scope="module")
def blank():
    nlp = spacy.blank("en")
    add_joints(nlp)
    return nlp


def marked(nlp, text):
    """Build the Doc of a marked text, its marks as entities."""
    plain, spans = "", []
    at = 0
    for match in MARK.finditer(text):
        plain += text[at : match.start()]
        start = len(plain)
        plain += match[2]
        spans.append((start, len(plain), CODES[match[1]]))
        at = match.end()
    plain += text[at:]
    doc = Sentences(nlp, "dateline_sentences")(nlp.make_doc(plain))
    found = [doc.char_span(a, b, label=KIND_LABELS[kind]) for a, b, kind in spans]
    assert None not in found, "a mark does not begin and end with a token"
    doc.ents = [Span(doc, s.start, s.end, label=s.label) for s in found]
    for ent in doc.ents:
        ent._.dateline_score = 0.95
    return doc


def told(nlp, text, rules):
    doc = Names(nlp, "dateline_names", rules)(marked(nlp, text))
    code = {kind: letter for letter, kind in CODES.items()}
    return [f"{code[m.kind]}:{m.text}" for m in doc._.dateline_mentions], doc


CASES = [
    ("split", "the [e:Rye Talk: A Table of Bakers] opens", ["e:Rye Talk: A Table of Bakers"]),
    ("edge", "at the [v:Grain Hall!]", ["v:Grain Hall"]),
    ("edge", "[o:Yahoo!] grew", ["o:Yahoo!"]),
    ("head", "at [e:Hallvik Exhibition Hall]", ["v:Hallvik Exhibition Hall"]),
    ("head", "at the [e:Mayor Town Hall]", ["e:Mayor Town Hall"]),
    ("occasion", "[e:Tuesday's Bakers Day] is free", ["e:Bakers Day"]),
    ("occasion", "the [e:New Year]'s Eve Gala is", ["e:New Year's Eve Gala"]),
    ("occasion", "the [e:Bread Summit] Norway is", ["e:Bread Summit Norway"]),
    ("occasion", "the [e:Bread Summit] Acme is", ["e:Bread Summit"]),
    ("occasion", "held at The [e:Expo] on Friday", ["v:The Expo"]),
    ("occasion", "held at the [e:Expo] on Friday", ["e:Expo"]),
    ("occasion", "A session, titled “Rye: A Love Story,” is", ["e:Rye: A Love Story"]),
    ("occasion", "the “Baking Better Bread” webinar", ["e:Baking Better Bread"]),
    ("occasion", "her book, titled “Rye: A Love Story,” is", []),
    ("occasion", "At the panel, she said, “We bake better bread.”", []),
    ("paragraph", "[o:Acme\nFoundation] grew", ["o:Acme", "o:Foundation"]),
    ("bracket", "the [e:Korea Safety Expo (KSE]) opens", ["e:Korea Safety Expo", "e:KSE"]),
    ("split", "in [l:Fairhope AL] today", ["l:Fairhope", "l:AL"]),
    ("split", "in [l:Columbus, Ohio] today", ["l:Columbus", "l:Ohio"]),
    ("split", "in [l:New Mexico] today", ["l:New Mexico"]),
    ("split", "in [l:West Texas] today", ["l:West Texas"]),
    ("split", "[l:Glen Rose Glen Rose]", ["l:Glen Rose", "l:Glen Rose"]),
    ("split", "[o:Acme Labs | Bolt Works]", ["o:Acme Labs", "o:Bolt Works"]),
    (
        "list",
        "[p:Ana Cruz, Ben Okafor and Chi Wong] won",
        ["p:Ana Cruz", "p:Ben Okafor", "p:Chi Wong"],
    ),
    (
        "list",
        "[o:Teddy Bear Foundation and Harbour Institute]",
        ["o:Teddy Bear Foundation", "o:Harbour Institute"],
    ),
    ("list", "[o:Ministry of Health and Welfare]", ["o:Ministry of Health and Welfare"]),
    ("contact-line", "[p:Contact: Jane Doe]", ["p:Jane Doe"]),
    ("contact-line", "[p:Jane Doe Email] x", ["p:Jane Doe"]),
    ("edge", "[p:Dr. Jane Doe, MD] said", ["p:Jane Doe"]),
    ("edge", "[o:The Acme Fund's] board", ["o:Acme Fund"]),
    ("edge", "[o:Acme®] grew", ["o:Acme®"]),
    ("edge", "[o:Yahoo!] grew", ["o:Yahoo!"]),
    ("extend", "[o:Custos Energy] (Pty) Ltd. grew", ["o:Custos Energy (Pty) Ltd."]),
    ("extend", "[o:Acme], Inc. grew", ["o:Acme, Inc."]),
    ("extend", "[p:John Doe], Jr. left", ["p:John Doe, Jr."]),
    ("extend", "[o:Acme] group grew", ["o:Acme"]),
    ("gazetteer", "the [l:EU] said", ["o:EU"]),
    ("edge", "in [l:eastern Aleppo] now", ["l:Aleppo"]),
    ("demonym", "an [l:Iraqi] town", []),
    ("demonym", "a [l:Namibian] firm in [l:Namibia]", ["l:Namibia"]),
    ("head", "at the [o:Harbour Technology Summit 2025]", ["e:Harbour Technology Summit 2025"]),
    ("head", "the [o:eSummit] opens", ["e:eSummit"]),
    ("head", "at [o:Grand Bay Hotel]", ["v:Grand Bay Hotel"]),
    (
        "acronym",
        "[o:Beijing Society for Circuits] (BSC) met",
        ["o:Beijing Society for Circuits", "o:BSC"],
    ),
    ("acronym", "[o:Acme Corp.] (Paris) met", ["o:Acme Corp."]),
    ("one-kind", "[p:Mya Lind] sang. [o:Mya] won.", ["p:Mya Lind", "p:Mya"]),
    ("one-kind", "[l:Lyon], [l:Lyon], [o:Lyon]", ["l:Lyon"] * 3),
    ("propagation", "[p:Ana Cruz] spoke. Ana Cruz left.", ["p:Ana Cruz", "p:Ana Cruz"]),
    ("propagation", "[p:Ana Cruz] spoke. Then Cruz left.", ["p:Ana Cruz", "p:Cruz"]),
    (
        "propagation",
        "[o:Zentro Holdings Inc.] grew as Zentro did",
        ["o:Zentro Holdings Inc.", "o:Zentro"],
    ),
    ("propagation", "[p:Ana Field] left the field. Field", ["p:Ana Field"]),
    ("known-name", "a plant in Kazakhstan and one more", ["l:Kazakhstan"]),
    ("known-name", "the Bank of Kazakhstan Group", []),
    ("known-name", "a vote in the Senate today", ["o:Senate"]),
]


@pytest.mark.parametrize(("rule", "text", "expected"), CASES)
def test_rule(blank, rule, text, expected):
    assert told(blank, text, [rule])[0] == expected


def test_a_weak_head_noun_overrules_only_a_doubtful_recogniser(blank):
    for score, expected in ((0.99, "organisation"), (0.6, "event")):
        doc = marked(blank, "the [o:World Economic Forum] met")
        doc.ents[0]._.dateline_score = score
        Names(blank, "x", ["head"])(doc)
        assert doc._.dateline_mentions[0].kind == expected


def test_a_country_overrules_only_a_doubtful_recogniser(blank):
    for score, expected in ((0.99, "organisation"), (0.6, "place")):
        doc = marked(blank, "[o:Kazakhstan] said")
        doc.ents[0]._.dateline_score = score
        Names(blank, "x", ["gazetteer"])(doc)
        assert doc._.dateline_mentions[0].kind == expected


def test_a_single_doubtful_name_is_dropped(blank):
    doc = marked(blank, "[o:Best Of] is [o:Acme] and [o:Acme]")
    for ent in doc.ents:
        ent._.dateline_score = 0.4
    Names(blank, "x", ["doubtful"])(doc)
    assert [m.text for m in doc._.dateline_mentions] == ["Acme", "Acme"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[p:Trent Hale] and [p:Hale]", ["Trent Hale"] * 2),
        ("[p:Trent Hale], [p:Mona Hale], [p:Hale]", ["Trent Hale", "Mona Hale", "Hale"]),
        ("[p:Trent B. Hale] and [p:Trent Hale]", ["Trent B. Hale"] * 2),
        ("[p:HEATH HALE] is [p:Heath Hale]", ["Heath Hale"] * 2),
        ("[o:Acme Robotics Inc.], [o:Acme Robotics], [o:Acme]", ["Acme Robotics Inc."] * 3),
        ("[o:Harbour Safety Council] ([o:HSC]) and [o:HSC]", ["Harbour Safety Council"] * 3),
        ("[l:NJ], [l:New Jersey], [l:U.S.]", ["New Jersey", "New Jersey", "United States"]),
        ("[e:2025 Harbour Fair], [e:Harbour Fair]", ["2025 Harbour Fair"] * 2),
        ("[e:Bread Summit], [e:Bread Summit Gala]", ["Bread Summit", "Bread Summit Gala"]),
        (
            "[e:BSK 2025], [e:BSK], [e:BSK Conference 2025]",
            ["BSK 2025", "BSK 2025", "BSK Conference 2025"],
        ),
        ("[e:Rye Fair 2025], [e:Oslo Rye Fair], [e:Rye Fair]", ["Rye Fair 2025"] * 3),
        ("[e:Bakers Expo 2025], [e:2025 Expo]", ["Bakers Expo 2025", "2025 Expo"]),
        ("[o:Beta Bank] and [o:Beta University]", ["Beta Bank", "Beta University"]),
        ("[o:Brask Works] and [o:Brask]", ["Brask Works"] * 2),
        ("[o:Brask Harbour Foundation], [o:Brask]", ["Brask Harbour Foundation", "Brask"]),
        ("[o:UN Tax Panel] and [o:UN]", ["UN Tax Panel", "UN"]),
        ("[o:Ohio Tax Panel] and the [o:Tax Panel]", ["Ohio Tax Panel"] * 2),
        ("[o:Friends of Acton Hall], [o:Acton Hall]", ["Friends of Acton Hall", "Acton Hall"]),
        (
            "[o:Ohio Tax Panel], [o:Iowa Tax Panel], [o:Tax Panel]",
            ["Ohio Tax Panel", "Iowa Tax Panel", "Tax Panel"],
        ),
        ("[o:Brask.com] was once [o:Brask]", ["Brask.com"] * 2),
        ("[o:Marstudio] is not [o:Marstud]", ["Marstudio", "Marstud"]),
        ("[o:Harbour Metals] (NASDAQ: [o:HBRM]) and [o:HBRM]", ["Harbour Metals"] * 3),
        ("[o:Harbour Metals] ([o:Finance Watch])", ["Harbour Metals", "Finance Watch"]),
        ("[o:Slow ProgressAcme] and [o:Acme], [o:Acme]", ["Acme"] * 3),
        ("[o:BETA DAO] and [o:BETADAO]", ["BETA DAO"] * 2),
        ("[o:Acme] and [o:Acme Group 1.800.555.0100]", ["Acme"] * 2),
    ],
)
def test_one_thing_has_one_name(blank, text, names):
    doc = told(blank, text, ["linking"])[1]
    assert [m.name for m in doc._.dateline_mentions] == names


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("BSC", "Beijing Society for Circuits", True),
        ("BSFC", "Beijing Society for Circuits", True),
        ("WVC", "Western Veterinary Conference", True),
        ("IBM", "Acme Business Machines", False),
        ("Paris", "Acme Corp", False),
        ("A", "Acme Corp", False),
    ],
)
def test_is_acronym(short, long, expected):
    assert is_acronym(short, tuple(long.split())) is expected


@pytest.mark.parametrize(
    ("words", "name"),
    [("Calif.", "California"), ("UK", "United Kingdom"), ("KOREA", "South Korea"), ("ME", "Maine"),
     ("Lyon", "Lyon")],
)  # fmt: skip
def test_place_name(words, name):
    assert place_name(words) == name


def test_all_rules_together_keep_offsets_and_never_overlap(blank):
    text = "[o:The Acme Fund's] [p:Dr. Jane Doe] met [l:Columbus, Ohio] people; Doe left Ohio."
    doc = told(blank, text, list(RULES))[1]
    mentions = doc._.dateline_mentions
    assert [m.text for m in mentions] == [
        "Acme Fund",
        "Jane Doe",
        "Columbus",
        "Ohio",
        "Doe",
        "Ohio",
    ]
    assert all(doc.text[m.start_char : m.end_char] == m.text for m in mentions)
    assert [e.text for e in doc.ents] == [m.text for m in mentions]


def test_unknown_rules_are_refused(blank):
    with pytest.raises(ValueError, match="no such rules"):
        Names(blank, "x", ["guess"])


@pytest.mark.parametrize("path", sorted(DATA.glob("*.txt")), ids=lambda p: p.stem)
def test_word_lists_say_what_they_are_and_repeat_nothing(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    words = [line for line in lines if not line.startswith("#")]
    assert len(words) == len(set(words)) == len(entries(path.stem))
