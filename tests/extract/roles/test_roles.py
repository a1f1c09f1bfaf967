"""Who holds which title where, shape by shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.components.roles import roles
from tests.extract.marked import marked, tokenizer

Found = list[tuple[str, str, str | None]]

SHAPES: list[tuple[str, Found]] = [
    # NAME, TITLE of ORGANISATION
    (
        "[Jin Wei|PERSON], deputy mayor of [Beijing|GPE], opened it.",
        [("Jin Wei", "deputy mayor", "Beijing")],
    ),
    (
        "[Ana Ruiz|PERSON], CEO of [Acme|ORG], spoke.",
        [("Ana Ruiz", "CEO", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], the CEO of the [Acme|ORG], spoke.",
        [("Ana Ruiz", "CEO", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], President and CEO at [Acme|ORG], spoke.",
        [("Ana Ruiz", "President and CEO", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], Founder & President, [Acme|ORG], spoke.",
        [("Ana Ruiz", "Founder & President", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], Senior Vice President of Human Resources at [Acme|ORG], spoke.",
        [("Ana Ruiz", "Senior Vice President of Human Resources", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], co-founder of [Acme|ORG], spoke.",
        [("Ana Ruiz", "co-founder", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], a professor at [Halden University|ORG], spoke.",
        [("Ana Ruiz", "professor", "Halden University")],
    ),
    (
        "[Ana Ruiz|PERSON], PhD, director of [Acme|ORG], spoke.",
        [("Ana Ruiz", "director", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], Chairman of the Supervisory Board of [Acme|ORG], spoke.",
        [("Ana Ruiz", "Chairman of the Supervisory Board", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], Executive Officer, President and Chief Executive Officer"
        " at [Acme|ORG].",
        [("Ana Ruiz", "Executive Officer, President and Chief Executive Officer", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], Managing Director – Capital Markets, [Acme|ORG], spoke.",
        [("Ana Ruiz", "Managing Director – Capital Markets", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], Director, Organizational Design and Planning, [Acme|ORG], spoke.",
        [("Ana Ruiz", "Director, Organizational Design and Planning", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] of [Halden|GPE], president of [Acme|ORG], spoke.",
        [("Ana Ruiz", "president", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] – Chief Marketing Officer, [Acme|ORG]",
        [("Ana Ruiz", "Chief Marketing Officer", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] (CEO, [Acme|ORG]) spoke.",
        [("Ana Ruiz", "CEO", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] ([Acme|ORG] CEO) and [Bo Lind|PERSON] ([Borealis|ORG] CEO) spoke.",
        [("Ana Ruiz", "CEO", "Acme"), ("Bo Lind", "CEO", "Borealis")],
    ),
    (
        "[Ana Ruiz|PERSON] ([Acme|ORG] CEO / [Borealis|ORG] Chair) spoke.",
        [("Ana Ruiz", "CEO", "Acme"), ("Ana Ruiz", "Chair", "Borealis")],
    ),
    (
        "[Ana Ruiz|PERSON], [Acme|ORG] CEO, spoke.",
        [("Ana Ruiz", "CEO", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], [Acme|ORG]'s Chief Operating Officer, spoke.",
        [("Ana Ruiz", "Chief Operating Officer", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], founder of [Acme|ORG] and director of [Borealis|ORG], spoke.",
        [("Ana Ruiz", "founder", "Acme"), ("Ana Ruiz", "director", "Borealis")],
    ),
    (
        "[Ana Ruiz|PERSON], Chair of [Acme|ORG], and [Bo Lind|PERSON], Secretary of"
        " [Borealis|ORG].",
        [("Ana Ruiz", "Chair", "Acme"), ("Bo Lind", "Secretary", "Borealis")],
    ),
    # TITLE NAME
    ("Senator [Ana Ruiz|PERSON] spoke.", [("Ana Ruiz", "Senator", None)]),
    ("U.S. Senator [Ana Ruiz|PERSON] spoke.", [("Ana Ruiz", "U.S. Senator", None)]),
    (
        "[U.S.|GPE=United States] Senator [Ana Ruiz|PERSON] spoke.",
        [("Ana Ruiz", "U.S. Senator", None)],
    ),
    ("Foreign Minister [Ana Ruiz|PERSON] spoke.", [("Ana Ruiz", "Foreign Minister", None)]),
    ("Attorney General [Ana Ruiz|PERSON] spoke.", [("Ana Ruiz", "Attorney General", None)]),
    ("Acting Mayor [Ana Ruiz|PERSON] spoke.", [("Ana Ruiz", "Acting Mayor", None)]),
    ("Police chief [Ana Ruiz|PERSON] spoke.", [("Ana Ruiz", "Police chief", None)]),
    ("They met comedian [Ana Ruiz|PERSON].", [("Ana Ruiz", "comedian", None)]),
    (
        "They met singer-songwriter [Ana Ruiz|PERSON].",
        [("Ana Ruiz", "singer-songwriter", None)],
    ),
    (
        "[Acme|ORG] CEO [Ana Ruiz|PERSON] spoke.",
        [("Ana Ruiz", "CEO", "Acme")],
    ),
    (
        "[Halden|GPE] Mayor [Ana Ruiz|PERSON] spoke.",
        [("Ana Ruiz", "Mayor", "Halden")],
    ),
    (
        "[Acme|ORG] Director of Marketing [Ana Ruiz|PERSON] spoke.",
        [("Ana Ruiz", "Director of Marketing", "Acme")],
    ),
    (
        "Secretary of State [Ana Ruiz|PERSON] spoke.",
        [("Ana Ruiz", "Secretary of State", None)],
    ),
    (
        "Under Secretary [Ana Ruiz|PERSON] spoke.",
        [("Ana Ruiz", "Under Secretary", None)],
    ),
    (
        "Senators [Ana Ruiz|PERSON] and [Bo Lind|PERSON] spoke.",
        [("Ana Ruiz", "Senators", None), ("Bo Lind", "Senators", None)],
    ),
    (
        "It was led by hosts [Ana Ruiz|PERSON], [Bo Lind|PERSON] and [Cy Moss|PERSON].",
        [
            ("Ana Ruiz", "hosts", None),
            ("Bo Lind", "hosts", None),
            ("Cy Moss", "hosts", None),
        ],
    ),
    # TITLE, NAME
    (
        "[Acme|ORG]'s director, [Ana Ruiz|PERSON], spoke.",
        [("Ana Ruiz", "director", "Acme")],
    ),
    (
        "[Acme|ORG]’s Dean of Undergraduate Studies, [Ana Ruiz|PERSON], spoke.",
        [("Ana Ruiz", "Dean of Undergraduate Studies", "Acme")],
    ),
    (
        "The Minister of Foreign Affairs of [Norland|GPE], H.E. Dr. [Ana Ruiz|PERSON], spoke.",
        [("Ana Ruiz", "Minister of Foreign Affairs", "Norland")],
    ),
    (
        "Minister for the Middle East, [Ana Ruiz|PERSON], spoke.",
        [("Ana Ruiz", "Minister for the Middle East", None)],
    ),
    (
        "Senior Editor: [Ana Ruiz|PERSON]",
        [("Ana Ruiz", "Senior Editor", None)],
    ),
    (
        "The president of [Acme|ORG], [Ana Ruiz|PERSON], the prime minister,"
        " [Bo Lind|PERSON], spoke.",
        [("Ana Ruiz", "president", "Acme"), ("Bo Lind", "prime minister", None)],
    ),
    # told in a sentence
    (
        "[Acme|ORG] appointed [Ana Ruiz|PERSON] as Chief Executive Officer.",
        [("Ana Ruiz", "Chief Executive Officer", "Acme")],
    ),
    (
        "[Acme|ORG] promotes [Ana Ruiz|PERSON] to President.",
        [("Ana Ruiz", "President", "Acme")],
    ),
    (
        "[Acme|ORG] named [Ana Ruiz|PERSON] chief financial officer.",
        [("Ana Ruiz", "chief financial officer", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] has joined [Acme|ORG] as Lead Designer.",
        [("Ana Ruiz", "Lead Designer", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] has been appointed director of [Acme|ORG].",
        [("Ana Ruiz", "director", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] is president & CEO of [Acme|ORG], a bakery.",
        [("Ana Ruiz", "president & CEO", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], who serves as chair of [Acme|ORG], spoke.",
        [("Ana Ruiz", "chair", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] retired. She is the founder of [Acme|ORG].",
        [("Ana Ruiz", "founder", "Acme")],
    ),
    (
        "As the director of [Acme|ORG], [Ana Ruiz|PERSON] opened the hall.",
        [("Ana Ruiz", "director", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] will be accompanied by [Bo Lind|PERSON], treasurer of [Acme|ORG].",
        [("Bo Lind", "treasurer", "Acme")],
    ),
    # contact lines and signatures
    (
        "Media Contact\n\n[Ana Ruiz|PERSON]\n\nMarketing Director\n\n[Acme|ORG]",
        [("Ana Ruiz", "Marketing Director", "Acme")],
    ),
    (
        "Contact: [Ana Ruiz|PERSON], Press Officer, [Acme|ORG], ana@example.org",
        [("Ana Ruiz", "Press Officer", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] Operations Manager [Acme|ORG]\n\nana@example.org",
        [("Ana Ruiz", "Operations Manager", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] | Brand Ambassador | [Acme|ORG]",
        [("Ana Ruiz", "Brand Ambassador", "Acme")],
    ),
    # attributions
    (
        "“We grow,” said [Ana Ruiz|PERSON], head of product at [Acme|ORG].",
        [("Ana Ruiz", "head of product", "Acme")],
    ),
    (
        "“We grow,” said [Acme|ORG] Chief Provocateur [Ana Ruiz|PERSON].",
        [("Ana Ruiz", "Chief Provocateur", "Acme")],
    ),
    # the organisation that goes without saying
    (
        "[Acme|ORG] grows.\n\n“We grow,” said [Ana Ruiz|PERSON], Chief Executive Officer.",
        [("Ana Ruiz", "Chief Executive Officer", "Acme")],
    ),
    (
        "[Acme|ORG] announced that its chairman, [Ana Ruiz|PERSON], will speak.",
        [("Ana Ruiz", "chairman", "Acme")],
    ),
    (
        "[Acme|ORG] grows.\n\n“We grow,” said [Ana Ruiz|PERSON], CEO of the Company.",
        [("Ana Ruiz", "CEO", "Acme")],
    ),
    # said twice, kept once
    (
        "[Ana Ruiz|PERSON], mayor of [Halden|GPE], spoke. Mayor [Ruiz|PERSON=Ana Ruiz] left.",
        [("Ana Ruiz", "mayor", "Halden")],
    ),
    # no roles
    ("[Ana Ruiz|PERSON] walked into [Acme|ORG].", []),
    ("The president spoke for an hour.", []),
    ("[Ana Ruiz|PERSON] spoke. The director of [Acme|ORG] listened.", []),
    ("It was funded by private investors. [Ana Ruiz|PERSON] came.", []),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_shape(text: str, expected: Found) -> None:
    assert [(r.person, r.title, r.organisation) for r in roles(marked(text))] == expected


def test_number_of_shapes() -> None:
    assert len(SHAPES) >= 60


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("[Ana Ruiz|PERSON], former mayor of [Halden|GPE], spoke.", True),
        ("Former Senator [Ana Ruiz|PERSON] spoke.", True),
        ("Retired Fire Chief [Ana Ruiz|PERSON] spoke.", True),
        ("[Ana Ruiz|PERSON] previously served as director of [Acme|ORG].", True),
        ("[Ana Ruiz|PERSON] served as director of [Acme|ORG] for six years.", True),
        ("[Ana Ruiz|PERSON] was president of [Acme|ORG].", True),
        ("[Ana Ruiz|PERSON] is president of [Acme|ORG].", False),
        ("Mayor [Ana Ruiz|PERSON] spoke.", False),
    ],
)
def test_former(text: str, former: bool) -> None:
    assert [r.former for r in roles(marked(text))] == [former]


def test_evidence_holds_person_title_and_organisation() -> None:
    doc = marked("Yesterday [Jin Wei|PERSON], deputy mayor of [Beijing|GPE], opened it.")
    (role,) = roles(doc)
    words = doc.text[role.start_char : role.end_char]
    assert words == "Jin Wei, deputy mayor of Beijing"


PLAIN = "CEO of and the , - – ( ) / President Vice former as named is its Minister for Director"
WORDS = st.sampled_from(
    ["[Ana Ruiz|PERSON]", "[Acme|ORG]", "[Halden|GPE]", "\n\n", ":", "'s", "host", *PLAIN.split()]
)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_order_survives_and_spans_hold(text: str) -> None:
    doc = marked(text)
    for role in roles(doc):
        assert 0 <= role.start_char < role.end_char <= len(doc.text)
        assert role.title
        assert role.person == "Ana Ruiz"


@given(st.text(max_size=80))
def test_any_text_survives(text: str) -> None:
    assert list(roles(tokenizer()(text))) == []
