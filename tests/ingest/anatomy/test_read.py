"""The anatomy of whole releases, from plain text and from pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import anatomy
from ingest.types import Block, Draft, Witness

from .tools import from_html, from_text, parts, raw

RELEASE = """FOR IMMEDIATE RELEASE

Brightmoor Instruments Opens Test Hall in Gdansk

The hall doubles capacity for marine sensors

GDANSK, Poland, 12 March 2025 /PRNewswire/ -- Brightmoor Instruments, a maker of marine sensors, \
today opened a test hall. It is the third of the company.

"We outgrew the old one," said Marta Zielinska, who runs the site.

- 40 tanks
- 2 cranes

###

About Brightmoor Instruments

Brightmoor Instruments builds sensors for ships and harbours. It has 210 employees.

Media contact:
Piotr Lis
press@brightmoor.example
+48 58 555 01 23

This press release contains forward-looking statements that involve risks.
"""


def test_every_part_is_a_section() -> None:
    release = from_text(RELEASE)
    assert parts(release) == [
        ("headline", "Brightmoor Instruments Opens Test Hall in Gdansk"),
        ("release_line", "FOR IMMEDIATE RELEASE"),
        ("subhead", "The hall doubles capacity for marine sensors"),
        ("dateline", "GDANSK, Poland, 12 March 2025 /PRNewswire/ --"),
        (
            "body",
            "Brightmoor Instruments, a maker of marine sensors, today opened a test hall. It is "
            'the third of the company.\n\n"We outgrew the old one," said Marta Zielinska, who '
            "runs the site.",
        ),
        ("list", "- 40 tanks\n- 2 cranes"),
        ("end_mark", "###"),
        (
            "boilerplate",
            "About Brightmoor Instruments\n\nBrightmoor Instruments builds sensors for ships and "
            "harbours. It has 210 employees.",
        ),
        (
            "contact",
            "Media contact:\nPiotr Lis\npress@brightmoor.example\n+48 58 555 01 23",
        ),
        ("notice", "This press release contains forward-looking statements that involve risks."),
    ]
    assert release.subtitle == "The hall doubles capacity for marine sensors"
    assert release.issuer == "Brightmoor Instruments"
    assert release.language == "en"
    assert release.published == date(2025, 3, 12)
    assert [s.organisation for s in release.sections if s.organisation] == [
        "Brightmoor Instruments"
    ]


@pytest.mark.parametrize(
    ("end", "kinds"),
    [
        pytest.param(
            "Forward-Looking Statements\n\nSuch plans may change.",
            ["notice"],
            id="a plural heading",
        ),
        pytest.param("DISCLOSURES\n\nShares may fall.", ["notice"], id="a shouted one"),
        pytest.param(
            "About Acme\n\nAcme builds ships.\n\nJane Roe\n\njane@acme.example",
            ["boilerplate", "contact"],
            id="a contact without a heading after the boilerplate",
        ),
        pytest.param(
            "About Acme\n\nAcme builds ships.\n\nIts home is Oslo.", ["boilerplate"], id="none"
        ),
    ],
)
def test_what_ends_a_release(end: str, kinds: list[str]) -> None:
    release = from_text(f"Acme opens a hall\n\nOSLO, May 3, 2024 – It is the third one.\n\n{end}")
    assert [section.kind for section in release.sections][3:] == kinds


def test_an_advisory_has_no_list_for_a_subtitle() -> None:
    advisory = "Acme talks\n\nWhat: A talk\nWhen: May 9\n\nOSLO, May 3, 2024 – Acme invites."
    release = from_text(advisory)
    assert release.subtitle is None
    assert [section.kind for section in release.sections] == [
        "headline",
        "body",
        "dateline",
        "body",
    ]


def test_the_page_reads_as_the_text() -> None:
    body = RELEASE.partition("\n\n")[2]
    title, *rest = [piece for piece in body.split("\n\n") if piece.strip()]
    html = "".join(f"<p>{piece}</p>".replace("\n", "<br>") for piece in rest)
    page = from_html(
        f"<title>{title} | Newsroom</title><nav><a href=/>Home</a></nav>"
        f"<article><h1>{title}</h1>{html}</article><footer>Terms of use</footer>"
    )
    text = from_text(body)
    assert page.title == text.title
    assert page.dateline == text.dateline
    assert page.issuer == text.issuer
    assert "Terms of use" not in page.text
    assert "Home" not in page.text
    assert [s.kind for s in page.sections if s.kind != "list"] == [
        s.kind for s in text.sections if s.kind != "list"
    ]


@pytest.mark.parametrize(
    ("title", "body", "published", "day", "year_from"),
    [
        ("Fair opens", "OSLO, May 3, 2024 – The fair opened.", None, "2024-05-03", "dateline"),
        ("Fair opens", "OSLO, May 3 – The fair opened.", "2023-05-04", "2023-05-03", "metadata"),
        ("Fair opens", "OSLO, Dec. 31 – The fair.", "2024-01-02", "2023-12-31", "metadata"),
        ("Fair 2022 opens", "OSLO, May 3 – The fair opened.", None, "2022-05-03", "headline"),
        ("Fair 2022 opens", "OSLO, May 3 – The fair.", "2023-05-04", "2023-05-03", "metadata"),
        ("Fair opens", "OSLO, May 3 – It opened in 2021 again.", None, "2021-05-03", "text"),
        ("Fair opens", "OSLO, May 3 – It cost $2,021 then.", None, None, None),
        ("Fair opens", "OSLO, 03/05/2024 – The fair.", "2024-05-03", "2024-05-03", "dateline"),
        ("Fair opens", "OSLO, 03/05/2024 – The fair.", "2024-03-05", "2024-03-05", "dateline"),
    ],
)
def test_year_of_a_dateline(
    title: str, body: str, published: str | None, day: str | None, year_from: str | None
) -> None:
    witnesses = [Witness("published", "feed", published)] if published else []
    line = from_text(f"{title}\n\n{body}", *witnesses).dateline
    assert line is not None
    assert (str(line.date) if line.date else None, line.year_from) == (day, year_from)


@pytest.mark.parametrize(
    ("witnesses", "body", "published"),
    [
        ([], "The fair opened.", None),
        ([("feed", "2024-05-04")], "The fair opened.", "2024-05-04"),
        ([("feed", "2024-05-04")], "OSLO, May 3, 2024 – The fair.", "2024-05-04"),
        ([], "OSLO, May 3, 2024 – The fair.", "2024-05-03"),
        ([("meta:date", "2031-01-01")], "OSLO, May 3, 2024 – The fair.", "2024-05-03"),
        ([("meta:date", "2031-01-01"), ("time", "2024-05-05")], "The fair.", "2024-05-05"),
        ([("meta:date", "2031-01-01")], "The fair opened.", "2031-01-01"),
        ([("time", "2019-01-01"), ("meta:article:published_time", "2024-05-05T09:00:00Z")],
         "The fair.", "2024-05-05"),
        ([("json-ld:datePublished", "0001-01-01T00:00:00Z")], "OSLO, May 3, 2024 – The.",
         "2024-05-03"),
        ([("mail:Date", "Fri, 03 May 2024 23:10:00 -0500")], "The fair.", "2024-05-03"),
    ],
)  # fmt: skip
def test_publication_day(
    witnesses: list[tuple[str, str]], body: str, published: str | None
) -> None:
    said = [Witness("published", origin, value) for origin, value in witnesses]
    release = from_text(f"Fair opens its gates\n\n{body}\n\nMore of it.", *said)
    assert str(release.published or None) == str(published)
    assert release.witnesses[-len(said) :] == tuple(said) or not said


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED UNTIL 9:00 AM ET, May 3, 2024", "2024-05-03T09:00:00-04:00"),
        ("Embargoed until 3 May 2024, 00:01 BST", "2024-05-03T00:01:00+01:00"),
        ("UNDER EMBARGO UNTIL 14:00 CET ON 3 FEBRUARY 2024", "2024-02-03T14:00:00+01:00"),
        ("Not for release before May 3, 2024 at 6 p.m. EST", "2024-05-03T18:00:00-05:00"),
        ("EMBARGO: 3 May 2024", "2024-05-03T00:00:00"),
        ("EMBARGO: 3 May 2024, noon GMT", "2024-05-03T00:00:00+00:00"),
        ("FOR IMMEDIATE RELEASE", None),
    ],
)
def test_embargo(line: str, until: str | None) -> None:
    release = from_text(f"{line}\n\nFair opens its gates\n\nOSLO – The fair opened today.")
    assert (release.embargo_until and release.embargo_until.isoformat()) == until
    assert parts(release)[1] == ("release_line", line)


def test_embargo_of_a_feed() -> None:
    said = Witness("embargo", "ninjs", "2024-05-03T09:00:00+02:00")
    release = from_text("Fair opens its gates\n\nThe fair.", said)
    assert release.embargo_until == datetime(2024, 5, 3, 9, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Fair opens gates | Oslo Fairs</title><h1>Fair opens gates</h1>",
         "Fair opens gates"),
        ("<title>Fair opens gates - Oslo Fairs</title><h1>Oslo Fairs</h1>", "Fair opens gates"),
        ("<title>Oslo Fairs | Fair opens gates</title><meta property=og:site_name "
         "content='Oslo Fairs'>", "Fair opens gates"),
        ("<meta property=og:title content='Fair opens &amp;amp; closes gates'>",
         "Fair opens & closes gates"),
        ("<title>Fair opens its gates to all</title><h1>Fair opens gates to everybody</h1>",
         "Fair opens gates to everybody"),
        ("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":"
         "\"Fair opens gates\"}</script><h1>News</h1>", "Fair opens gates"),
        ("<h1>Fair opens gates</h1>", "Fair opens gates"),
        ("<title>Fair opens gates – a night to remember</title>",
         "Fair opens gates – a night to remember"),
    ],
)  # fmt: skip
def test_title(head: str, title: str) -> None:
    body = "<article><p>" + "The fair opened its gates to all who came. " * 20 + "</p></article>"
    assert from_html(head + body, "https://oslofairs.example/news/1").title == title


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Kestrel Line Adds Ferry\n\nOSLO, May 3, 2024 – Kestrel Line, the ferry operator, today "
         "announced a new ship for the fjord route.", "Kestrel Line"),
        ("New ferry on the fjord\n\nOSLO, May 3, 2024 – Kestrel Line (OSE: KLN) is pleased to "
         "announce its third ship for the fjord route.", "Kestrel Line"),
        ("New ferry on the fjord\n\nA new ship will sail the fjord from the first of May on, and "
         "all are welcome.\n\nSOURCE: Kestrel Line AS", "Kestrel Line AS"),
        ("New ferry on the fjord\n\nThis Sunday, May 5, 2024, the Fjord Maritime Museum is "
         "thrilled to announce two ships for visitors.", "Fjord Maritime Museum"),
        ("New ferry on the fjord\n\nOSLO, Norway - May 3, 2024 / Kestrel Line /\n\nA new ship "
         "will sail the fjord from the first of May on.", "Kestrel Line"),
        ("New ferry on the fjord\n\nA ship will sail there from the first of May on, says the "
         "harbour.\n\nAbout Kestrel Line\n\nKestrel Line sails.", "Kestrel Line"),
        ("It will rain\n\nThere will be rain in the north and sun in the south of the country "
         "for most of the coming week.", None),
    ],
)  # fmt: skip
def test_issuer(text: str, issuer: str | None) -> None:
    assert from_text(text).issuer == issuer


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("-30-", "end_mark"),
        ("# # #", "end_mark"),
        ("- ENDS -", "end_mark"),
        ("END", "end_mark"),
        ("***", "end_mark"),
        ("About Kestrel Line", "boilerplate"),
        ("About Kestrel Line: Kestrel Line runs ships.", "boilerplate"),
        ("ABOUT KESTREL LINE ASKestrel Line runs ships.", "boilerplate"),
        ("About 500 people came to see the ship.", "body"),
        ("Contact:", "contact"),
        ("Media Contact: Ida Moe, ida@kestrel.example", "contact"),
        ("Kestrel Line Media Contact:", "contact"),
        ("For more information, contact Ida Moe at ida@kestrel.example.", "contact"),
        ("For press inquiries, please contact: Ida Moe ida@kestrel.example", "contact"),
        ("Ansprechpartner: Ida Moe, Tel. +49 30 555 0100", "contact"),
        ("Contact with the hull was lost for a moment, the crew said, and then regained.", "body"),
        ("Safe Harbor Statement", "notice"),
        ("Note to editors: pictures are on the site.", "notice"),
        ("The issuer is solely responsible for what is said here.", "notice"),
        ("The post office opened again.", "notice"),
        ("Disclaimer: nothing here is advice.", "notice"),
        ("The ship is 80 metres long and carries 300 guests.", "body"),
    ],
)
def test_kind_of_a_paragraph(block: str, kind: str) -> None:
    text = f"New ferry on the fjord\n\nOSLO, May 3, 2024 – A ship sails.\n\n{block}\n\nIt sails."
    release = from_text(text)
    start = release.text.find(block[:12])
    found = [s.kind for s in release.sections if s.start_char <= start < s.end_char]
    assert found == [kind]


def test_two_parts_of_one_dateline_are_joined() -> None:
    release = from_text(
        "Ferry for the fjord\n\nOSLO, Norway -\n\n(NewMediaWire) - May 3, 2024 - A ship sails."
    )
    assert release.dateline is not None
    assert (release.dateline.place, str(release.dateline.date)) == ("Oslo, Norway", "2024-05-03")


def test_the_wires_line_above_the_issuers_own_dateline() -> None:
    release = from_text(
        "Ferry for the fjord\n\nOSLO / PR Karma / May 3, 2024 15:15\n\n"
        "Oslo (For Release) - Kestrel Line today announced a ship."
    )
    assert release.dateline is not None
    assert (release.dateline.place, str(release.dateline.date)) == ("Oslo", "2024-05-03")
    assert parts(release)[1:] == [
        ("dateline", "OSLO / PR Karma / May 3, 2024 15:15"),
        ("dateline", "Oslo (For Release) -"),
        ("body", "Kestrel Line today announced a ship."),
    ]


def test_uid_is_the_canonical_address_else_the_source() -> None:
    page = "<link rel=canonical href='https://kestrel.example/n/1'><p>" + "A ship sails. " * 30
    assert from_html(page).uid == "https://kestrel.example/n/1"
    assert from_text("Ferry\n\nA ship sails.").uid == "release.txt"


@pytest.mark.parametrize(
    "unit",
    [
        "ABOUT ", "About Aa Aa ", ".About Foo:", "AaaBbb", "aaaBbbb ", "Aa ", "Aa, ", "a", "1", "-",
        "/ x ", "(", "[", "](https://", "**a", "a.Bb,", "a@", "Contact: ", "For media ", "CEO of ",
        "Acme announced ", "embargo ", "Hosted by Acme and ", "May 3, ", "OSLO – ", "(Reuters) ",
        "- a\n", "Aa bb.\n\n", "SOURCE: ", "+1 234 ", "www.", "'", "é", "“",
    ],
)  # fmt: skip
def test_endless_repetition_is_read_in_linear_time(unit: str) -> None:
    release = from_text("Ferry for the fjord\n\n" + unit * (60_000 // len(unit)))
    assert release.text


texts = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\u202e\u200b\xa0 \n.,–-/()#@:"), max_size=120
)
blocks = st.builds(
    Block,
    st.sampled_from(["heading", "paragraph", "list_item", "table_row", "caption", "preformatted"]),
    texts
    | st.sampled_from(
        [
            "OSLO, May 3, 2024 – A ship sails.",
            "About Kestrel LineKestrel Line sails.",
            "Media Contact:Ida Moeida@kestrel.example+47 55 55 01 23",
            "EMBARGOED UNTIL 31 February",
            "(NewMediaWire) - May 3",
            "###",
        ]
    ),
    st.integers(0, 6),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(blocks, max_size=8), texts)
def test_sections_lie_inside_the_text_and_do_not_overlap(read: list[Block], title: str) -> None:
    release = anatomy.read(raw(), Draft(tuple(read), (Witness("title", "feed", title),)))
    end = 0
    for section in release.sections:
        assert end <= section.start_char < section.end_char <= len(release.text)
        words = release.text[section.start_char : section.end_char]
        assert words == words.strip()
        end = section.end_char
    if release.dateline:
        line = release.dateline
        assert any(
            (s.kind, s.start_char, s.end_char) == ("dateline", line.start_char, line.end_char)
            for s in release.sections
        )
    release.text.encode()
