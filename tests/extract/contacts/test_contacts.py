"""Contacts: addresses and numbers in all shapes, and whose they are."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from extract.components.contacts import Contacts, contacts
from extract.components.contacts.finders import emails, links, phones
from extract.extensions import register
from extract.types import Contact

register()
NLP = spacy.blank("en")


def doc_with(text: str, **names: str) -> Doc:
    """A Doc whose entities are the given names: `PERSON="Jane Doe"`."""
    doc = NLP.make_doc(text)
    spans = []
    for label, name in names.items():
        start = text.index(name)
        spans.append(doc.char_span(start, start + len(name), label=label, alignment_mode="expand"))
    doc.ents = [s for s in spans if s is not None]
    return doc


def read(text: str, **names: str) -> list[Contact]:
    return list(contacts(doc_with(text, **names)))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Write to jane@acme.example now", "jane@acme.example"),
        ("Email: jane.doe+press@mail.acme.co.uk.", "jane.doe+press@mail.acme.co.uk"),
        ("jane (at) acme.org", "jane@acme.org"),
        ("jane [at] acme [dot] org", "jane@acme.org"),
        ("jane(at)acme.org", "jane@acme.org"),
        ("Media Contact:Ilse Marrowilse@corvane.com(212) 555-0100", "ilse@corvane.com"),
        ("Ilse Marrowimarrow@corvane.com", "imarrow@corvane.com"),
        ("Ilse Marrowinfo@corvane.org", "info@corvane.org"),
        ("212.555.0100 OfficeEditor@corvane.com", "Editor@corvane.com"),
        ("PR Team212-555-0100we@corvane.com", "we@corvane.com"),
        ("Tel: +49 6095 301 949dana@corvane.de", "dana@corvane.de"),
        ("ilse@corvane.comhttps://corvane.com", "ilse@corvane.com"),
        ("ilse@corvane.orgPhone: 212", "ilse@corvane.org"),
        ("ilse@corvane.comThis release", "ilse@corvane.com"),
        ("ilse@corvane.globalwww.corvane.global", "ilse@corvane.global"),
        ("ilse@corvane.com212.555.0100", "ilse@corvane.com"),
        ("Ilse.Marrow@corvane.com", "Ilse.Marrow@corvane.com"),
        ("Global-Public_Relations@corvane.com", "Global-Public_Relations@corvane.com"),
    ],
)
def test_emails(text: str, address: str) -> None:
    assert [e.value for e in emails(text)] == [address]


@pytest.mark.parametrize(
    "text", ["@corvane on X", "five @ 3 pm", "a@b", "version@2.0", "jane at acme"]
)
def test_no_emails(text: str) -> None:
    assert list(emails(text)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Call (212) 555-0100 today", "(212) 555-0100"),
        ("Phone: 212-555-0100", "212-555-0100"),
        ("212.555.0100", "212.555.0100"),
        ("+1 212 555 0100", "+1 212 555 0100"),
        ("+1-212-555-0100", "+1-212-555-0100"),
        ("+1 (825) 555 - 0100", "+1 (825) 555 - 0100"),
        ("1-800-555-0199", "1-800-555-0199"),
        ("call 1-800-GO-CORVANE", "1-800-GO-CORVANE"),
        ("call 1-800-FLOWERS", "1-800-FLOWERS"),
        ("+44 1204 555536", "+44 1204 555536"),
        ("+44 (0)20 7946 0018", "+44 (0)20 7946 0018"),
        ("Tel: 020 7946 0018", "020 7946 0018"),
        ("Tel. 030/555 01 02", "030/555 01 02"),
        ("+49 6095 301 949", "+49 6095 301 949"),
        ("+33 1 55 55 01 02", "+33 1 55 55 01 02"),
        ("+86-10-5555-0102", "+86-10-5555-0102"),
        ("+852 5555 0102", "+852 5555 0102"),
        ("+971 4 555 0102", "+971 4 555 0102"),
        ("Phone: 3145550102", "3145550102"),
        ("United States\n\n3145550102\n\nVisit", "3145550102"),
        ("https://corvane.com212.555.0100Info", "212.555.0100"),
        ("Doe(555) 010-0100", "(555) 010-0100"),
    ],
)
def test_phones(text: str, number: str) -> None:
    assert [p.value for p in phones(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Fax: (212) 555-0100",
        "text JOIN to 888-555-0192",
        "Dial-in: (800) 555-9871",
        "Conference ID: 212-555-0100",
        "between 2023 and 2024",
        "on 2025-09-25 and 25.09.2025",
        "San Diego, CA 92127-1234",
        "ISIN DE0006208408",
        "https://acme.example/news/212-555-0100",
        "worth $1,000,000,000",
        "3145550102 units were sold",
    ],
)
def test_no_phones(text: str) -> None:
    assert [p.value for p in phones(text)] == []


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Visit www.corvane.com.", "www.corvane.com"),
        ("Visit https://corvane.com/press, or call", "https://corvane.com/press"),
        ("(https://corvane.com)", "https://corvane.com"),
        ("www.corvane.comThe firm", "www.corvane.com"),
    ],
)
def test_links(text: str, link: str) -> None:
    assert [w.value for w in links(text)] == [link]


def test_a_contact_line() -> None:
    text = "Media Contact: Ilse Marrow, Corvane Ltd, ilse@corvane.com, (212) 555-0100"
    (contact,) = read(text, PERSON="Ilse Marrow", ORG="Corvane Ltd")
    assert (contact.name, contact.organisation) == ("Ilse Marrow", "Corvane Ltd")
    assert (contact.email, contact.phone) == ("ilse@corvane.com", "(212) 555-0100")
    assert text[contact.start_char : contact.end_char] == text.removeprefix("Media Contact: ")


def test_a_contact_block_with_two_people() -> None:
    text = (
        "Contact:\n\nIlse Marrow\n\nHead of Press\n\n+44 20 7946 0018\n\nilse@corvane.com\n\n"
        "www.corvane.com\n\nOtto Brandvik\n\notto@telmore.org"
    )
    first, second = read(text)
    assert (first.name, first.phone, first.email, first.web) == (
        "Ilse Marrow",
        "+44 20 7946 0018",
        "ilse@corvane.com",
        "www.corvane.com",
    )
    assert (second.name, second.phone, second.email) == ("Otto Brandvik", None, "otto@telmore.org")


def test_a_sentence_with_an_address_has_no_borrowed_name() -> None:
    text = (
        "Mayor Dara Quill praised the club in a long speech that nobody who was there will soon "
        "forget, and the crowd cheered. It rained all day long in town that week.\n\n"
        "For bookings call (212) 555-0100."
    )
    (contact,) = read(text, PERSON="Dara Quill")
    assert (contact.name, contact.phone) == (None, "(212) 555-0100")


def test_the_organisation_of_the_mail_domain_is_preferred() -> None:
    text = "Telmore and Corvane agreed.\n\nContact: Ilse Marrow\n\nilse@telmore.com"
    (contact,) = read(text, ORG="Telmore", PERSON="Ilse Marrow")
    assert contact.organisation == "Telmore"


@pytest.mark.parametrize(
    ("glued", "name"),
    [
        ("ContactIlse Marrow", "Ilse Marrow"),
        ("Ilse MarrowHead", "Ilse Marrow"),
        ("Ilse MarrowCorvane", "Ilse Marrow"),
        ("Ilse Marrow45", "Ilse Marrow"),
        ("AGIlse Marrow", "Ilse Marrow"),
        ("Ilse McMarrow", "Ilse McMarrow"),
    ],
)
def test_labels_glued_to_a_name_are_taken_off(glued: str, name: str) -> None:
    (contact,) = read(f"{glued}\n\npress@corvane.com", PERSON=glued)
    assert contact.name == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Media ContactIlse Marrowilse@corvane.com", {}),
        ("Media Contact: Ilse Marrowilse@corvane.com", {"PERSON": "Ilse"}),
        ("Contact:\n\nIlse Marrow\n\n(212) 555-0100", {}),
        ("Press: Ilse van der Marrow | ilse@corvane.com", {}),
    ],
)
def test_a_name_that_nobody_recognised(text: str, names: dict[str, str]) -> None:
    (contact,) = read(text, **names)
    assert contact.name in ("Ilse Marrow", "Ilse van der Marrow")


def test_the_name_that_the_address_spells_is_preferred() -> None:
    text = "Contact: Ilse Mörrow and Otto Brandvik\n\nimoerrow@corvane.com\n\notto@corvane.com"
    doc = NLP.make_doc(text)
    names = ("Ilse Mörrow", "Otto Brandvik")
    doc.ents = [doc.char_span(text.index(n), text.index(n) + len(n), label="PERSON") for n in names]
    assert [c.name for c in contacts(doc)] == list(names)


def test_the_same_address_twice_is_one_contact() -> None:
    text = "Write to press@corvane.com.\n\nContact: press@corvane.com"
    assert len(read(text)) == 1


def test_the_component_writes_its_extension() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline_contacts")
    doc = nlp("Contact: Ilse Marrow, ilse@corvane.com")
    assert [c.email for c in doc._.dateline_contacts] == ["ilse@corvane.com"]
    assert isinstance(nlp.get_pipe("dateline_contacts"), Contacts)


WORDS = st.sampled_from([
    "Contact:", "Ilse", "Marrow", "ilse@corvane.com", "(212)", "555-0100", "+44", "1204", "\n\n",
    ",", "@", "www.corvane.com", "https://", "(at)", ".", "com", "1-800-", "FLOWERS", "0", "Inc.",
    "Tel:", "Fax", "press", "\n", "|", "+1-212-555-0100", "[dot]", "org", "12345678901234567890",
])  # fmt: skip


@given(st.lists(WORDS, max_size=25), st.sampled_from([" ", ""]))
def test_every_span_lies_in_the_text(words: list[str], glue: str) -> None:
    _invariants(glue.join(words))


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    _invariants(text)


def _invariants(text: str) -> None:
    for found in (*phones(text), *links(text)):
        assert text[found.start : found.end] == found.value
    for contact in contacts(NLP.make_doc(text)):
        assert 0 <= contact.start_char < contact.end_char <= len(text)
        assert contact.email or contact.phone
        if contact.phone:
            assert contact.phone in text[contact.start_char : contact.end_char]
