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
    # descriptions: plain words belong to a title, praise does not
    (
        "[Ana Ruiz|PERSON], a small business consultant, spoke.",
        [("Ana Ruiz", "small business consultant", None)],
    ),
    (
        "[Ana Ruiz|PERSON], a renowned folk music historian, spoke.",
        [("Ana Ruiz", "folk music historian", None)],
    ),
    (
        "[Ana Ruiz|PERSON] is the founder and injury attorney of [Acme|ORG].",
        [("Ana Ruiz", "founder and injury attorney", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] is a Chilean actress, singer, and producer.",
        [("Ana Ruiz", "Chilean actress, singer, and producer", None)],
    ),
    (
        "They met scrap-metal artist [Ana Ruiz|PERSON].",
        [("Ana Ruiz", "scrap-metal artist", None)],
    ),
    (
        "They met historian and reenactor [Ana Ruiz|PERSON].",
        [("Ana Ruiz", "historian and reenactor", None)],
    ),
    (
        "[Ana Ruiz|PERSON], children's song author and editor, spoke.",
        [("Ana Ruiz", "children's song author and editor", None)],
    ),
    (
        "[Ana Ruiz|PERSON], Contracts, Security & Compliance Manager, spoke.",
        [("Ana Ruiz", "Contracts, Security & Compliance Manager", None)],
    ),
    (
        "[Ana Ruiz|PERSON], the auction director, spoke.",
        [("Ana Ruiz", "auction director", None)],
    ),
    # fields in plain words, in lists, by region
    (
        "[Ana Ruiz|PERSON], head of bread and product marketing at [Acme|ORG], spoke.",
        [("Ana Ruiz", "head of bread and product marketing", "Acme")],
    ),
    (
        "[Acme|ORG] vice president and head of freight derivatives [Ana Ruiz|PERSON] spoke.",
        [("Ana Ruiz", "vice president and head of freight derivatives", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], AVP, Admin, Planning Alignment and Process Improvement, [Acme|ORG].",
        [("Ana Ruiz", "AVP, Admin, Planning Alignment and Process Improvement", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] is President [EMEA|GPE] of [Acme|ORG].",
        [("Ana Ruiz", "President EMEA", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], the founder of acme.example, spoke.",
        [("Ana Ruiz", "founder", None)],
    ),
    (
        "[Acme|ORG] named [Ana Ruiz|PERSON] Officer and [Marine Solutions Division Head|ORG].",
        [("Ana Ruiz", "Officer and Marine Solutions Division Head", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], Head Brewer of [Acme|ORG], spoke.",
        [("Ana Ruiz", "Head Brewer", "Acme")],
    ),
    # a headline in capitals runs into the text
    (
        "SEN. [RUIZ|PERSON=Ana Ruiz] OPENS HARBOUR PROJECTS Sen. [Ana Ruiz|PERSON] spoke.",
        [("Ana Ruiz", "Sen.", None)],
    ),
    (
        "SENS. [RUIZ|PERSON=Ana Ruiz], [LIND|PERSON=Bo Lind] SPEAK",
        [("Ana Ruiz", "SENS.", None), ("Bo Lind", "SENS.", None)],
    ),
    # brackets and degrees between
    (
        "Sen. [Ana Ruiz|PERSON] (R-[OH|GPE]), chair of the [Harbour Committee|ORG], spoke.",
        [("Ana Ruiz", "Sen.", None), ("Ana Ruiz", "chair", "Harbour Committee")],
    ),
    (
        "The head of the [Norland Port Agency|ORG] ([NPA|ORG]), [Ana Ruiz|PERSON], spoke.",
        [("Ana Ruiz", "head", "Norland Port Agency")],
    ),
    (
        "[Ana Ruiz|PERSON], president of the [Norland Port Agency|ORG] ([NPA|ORG]) and"
        " university lecturer, spoke.",
        [
            ("Ana Ruiz", "president", "Norland Port Agency"),
            ("Ana Ruiz", "university lecturer", None),
        ],
    ),
    (
        "[Ana Ruiz|PERSON], M.D., M.Sc., FABC, director of [Acme|ORG], spoke.",
        [("Ana Ruiz", "director", "Acme")],
    ),
    (
        "[Acme|ORG] named [Ana Ruiz|PERSON] Chief Harbour Officer ([CHO|ORG]).",
        [("Ana Ruiz", "Chief Harbour Officer", "Acme")],
    ),
    # lists
    (
        "Associate Producers:\n\n* [Ana Ruiz|PERSON]\n* The Baker\n* Sir [Bo Lind|PERSON]",
        [("Ana Ruiz", "Associate Producers", None), ("Bo Lind", "Associate Producers", None)],
    ),
    (
        "Master of Ceremonies: [Ana Ruiz|PERSON]",
        [("Ana Ruiz", "Master of Ceremonies", None)],
    ),
    (
        "* Chief Judge [Ana Ruiz|PERSON], [Fourth District Court|ORG]\n* Judge [Bo Lind|PERSON]",
        [("Ana Ruiz", "Chief Judge", "Fourth District Court"), ("Bo Lind", "Judge", None)],
    ),
    (
        "[Harbour Department|ORG], Deputy Secretary [Ana Ruiz|PERSON], for her work.",
        [("Ana Ruiz", "Deputy Secretary", "Harbour Department")],
    ),
    (
        "Winners\n\n* [Ana Ruiz|PERSON], Chief Care Officer – Fairlea Mutual\n* Others",
        [("Ana Ruiz", "Chief Care Officer", "Fairlea Mutual")],
    ),
    (
        "* [Ana Ruiz|PERSON], treasurer, [Polk County|GPE]\n* Others",
        [("Ana Ruiz", "treasurer", "Polk County")],
    ),
    (
        "[Acme|ORG] grows.\n\n* [Borealis|ORG]: a maker of kites. President [Ana Ruiz|PERSON]"
        " will speak.",
        [("Ana Ruiz", "President", "Borealis")],
    ),
    # several organisations, and those a sentence implies
    (
        "[Ana Ruiz|PERSON] was Director of Sales for both [Acme|ORG] and [Borealis|ORG].",
        [("Ana Ruiz", "Director of Sales", "Acme"), ("Ana Ruiz", "Director of Sales", "Borealis")],
    ),
    (
        "[Ana Ruiz|PERSON] was both a banker at [Acme|ORG] and its Chief Marketing Officer.",
        [("Ana Ruiz", "banker", "Acme"), ("Ana Ruiz", "Chief Marketing Officer", "Acme")],
    ),
    (
        "It lists [Acme|ORG], founded by [Bo Lind|PERSON], [Ana Ruiz|PERSON] (CEO), and others.",
        [("Ana Ruiz", "CEO", "Acme")],
    ),
    (
        "The [Norland Council|ORG], led by Prime Minister [Ana Ruiz|PERSON], agreed.",
        [("Ana Ruiz", "Prime Minister", "Norland Council")],
    ),
    (
        "She met the President of [Norland|GPE], [Ana Ruiz|PERSON], and the Prime Minister,"
        " [Bo Lind|PERSON].",
        [("Ana Ruiz", "President", "Norland"), ("Bo Lind", "Prime Minister", "Norland")],
    ),
    (
        "The [Halden Harbour Hotel|ORG] grew, says [Ana Ruiz|PERSON], manager of the hotel.",
        [("Ana Ruiz", "manager", "Halden Harbour Hotel")],
    ),
    (
        "[Ana Ruiz|PERSON] has held positions with [Acme|ORG] as COO.",
        [("Ana Ruiz", "COO", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON], director of the [Erik Lind Foundation|PERSON], spoke.",
        [("Ana Ruiz", "director", "Erik Lind Foundation")],
    ),
    # told in a sentence
    (
        "[Acme|ORG] announces the appointment of [Ana Ruiz|PERSON], MBA, to the position of"
        " Board Chair.",
        [("Ana Ruiz", "Board Chair", "Acme")],
    ),
    (
        "[Ana Ruiz|PERSON] will transition to Chief Advisor to the Managing Director.",
        [("Ana Ruiz", "Chief Advisor to the Managing Director", None)],
    ),
    (
        "[Ana Ruiz|PERSON], currently Treasurer, will be appointed Executive Director.",
        [("Ana Ruiz", "Treasurer", None), ("Ana Ruiz", "Executive Director", None)],
    ),
    (
        "[Ana Ruiz|PERSON] is an award-winning, best-selling author and a member of the"
        " [Lyra Academy|ORG].",
        [("Ana Ruiz", "author", None), ("Ana Ruiz", "member", "Lyra Academy")],
    ),
    (
        "[Ana Ruiz|PERSON] is the eighth chancellor of [Halden University|ORG].",
        [("Ana Ruiz", "eighth chancellor", "Halden University")],
    ),
    # one of two ways to say the same
    (
        "Sen. [Ana Ruiz|PERSON] spoke. “We grow,” said Senator [Ruiz|PERSON=Ana Ruiz].",
        [("Ana Ruiz", "Senator", None)],
    ),
    (
        "[Acme|ORG] CEO [Ana Ruiz|PERSON] Opens Plant\n\n[Ana Ruiz|PERSON], Chief Executive"
        " Officer of [Acme|ORG], spoke.",
        [("Ana Ruiz", "Chief Executive Officer", "Acme")],
    ),
    (
        "Minister for the North, [Ana Ruiz|PERSON], spoke.\n\n[Harbour Office|ORG] Minister"
        " [Ana Ruiz|PERSON] agreed.",
        [
            ("Ana Ruiz", "Minister for the North", None),
            ("Ana Ruiz", "Minister", "Harbour Office"),
        ],
    ),
    (
        "[Ana Ruiz|PERSON] is President of [Acme|ORG]. She was Vice President of [Acme|ORG].",
        [("Ana Ruiz", "President", "Acme"), ("Ana Ruiz", "Vice President", "Acme")],
    ),
    # no office of the issuer
    (
        "[Acme|ORG] grows.\n\nHome Secretary [Ana Ruiz|PERSON] and President [Lind|PERSON] came.",
        [("Ana Ruiz", "Home Secretary", None), ("Lind", "President", None)],
    ),
    (
        "[Ana Ruiz|PERSON], Vice President of [Clinical Research and Development|ORG] at"
        " [Acme|ORG], spoke.",
        [("Ana Ruiz", "Vice President of Clinical Research and Development", "Acme")],
    ),
    # no roles
    ("Founded by [Ana Ruiz|PERSON], [Acme|ORG] is a noted designer of kites.", []),
    ("[Acme|ORG], owned by [Ana Ruiz|PERSON], is a noted designer of kites.", []),
    ("A Fund for Young Designers [Ana Ruiz|PERSON] is known for her work.", []),
    ("[Ana Ruiz|PERSON], a globally recognized thought leader, spoke.", []),
    ("[Ana Ruiz|PERSON] once dreamed to become a chef.", []),
    ("[Ana Ruiz|PERSON] said, “This is major news.”", []),
    ("[Ana Ruiz|PERSON] will lead the choir.", []),
    ("It drew members of [Congress|ORG], [Ana Ruiz|PERSON] and [Bo Lind|PERSON].", []),
    ("Investor Relations: [Ana Ruiz|PERSON]", []),
    ("[Ana Ruiz|PERSON] is a seasoned executive.", []),
    ("[Ana Ruiz|PERSON] walked into [Acme|ORG].", []),
    ("The president spoke for an hour.", []),
    ("[Ana Ruiz|PERSON] spoke. The director of [Acme|ORG] listened.", []),
    ("It was funded by private investors. [Ana Ruiz|PERSON] came.", []),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_shape(text: str, expected: Found) -> None:
    assert [(r.person, r.title, r.organisation) for r in roles(marked(text))] == expected


def test_number_of_shapes() -> None:
    assert len(SHAPES) >= 110


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
