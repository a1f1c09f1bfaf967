"""Mail: which part is the release, what headers state, what becomes of attachments."""

from __future__ import annotations

import email.policy
import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest import DEFAULT_LIMITS, formats, releases
from ingest.formats import mail, mbox
from ingest.formats.members import document
from ingest.types import Draft, Problem, RawDocument, Release

from ..tools.invariants import assert_sound
from ..tools.samples import pdf

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "corpora" / "mail"
TEXT = "Bergen, 4 November 2025 - Halden Marine Robotics has opened a dock in Bergen. " * 8


def message(**headers: str) -> EmailMessage:
    one = EmailMessage(email.policy.SMTP)
    for name, value in {"From": "Press <press@halden.example>", "Subject": "Dock opens",
                        "Date": "Tue, 04 Nov 2025 08:00:00 +0100", **headers}.items():  # fmt: skip
        one[name] = value
    return one


def parts(one: EmailMessage) -> list[RawDocument | Draft | Problem]:
    raw = document("release.eml", bytes(one), source="test")
    return list(formats.parse(raw, DEFAULT_LIMITS))


def stated(draft: object, field: str) -> list[str]:
    assert isinstance(draft, Draft)
    return [witness.value for witness in draft.witnesses if witness.field == field]


def test_headers_are_witnesses() -> None:
    one = message(**{"Message-ID": "<1@halden.example>"})
    one.set_content(TEXT)
    one["Content-Language"] = "en"
    (draft,) = parts(one)
    for field, value in [
        ("title", "Dock opens"),
        ("published", "Tue, 04 Nov 2025 08:00:00 +0100"),
        ("author", "Press"),
        ("contact", "press@halden.example"),
        ("language", "en"),
        ("guid", "<1@halden.example>"),
    ]:
        assert stated(draft, field) == [value]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Fwd: Dock opens", "Dock opens"),
        ("RE: FW: Dock opens", "Dock opens"),
        ("PRESS RELEASE: Dock opens", "Dock opens"),
        ("Fwd: Pressemitteilung – Dock öffnet", "Dock öffnet"),
        ("Press release rules change", "Press release rules change"),
        ("=?utf-8?B?RG9jayDDtmZmbmV0?=", "Dock öffnet"),
        ("=?iso-8859-1?Q?Dock_=F6ffnet?= heute", "Dock öffnet heute"),
        ("=?klingon?Q?Dock?=", "Dock"),
        ("=?utf-8?B?broken", "=?utf-8?B?broken"),
    ],
)
def test_subjects(subject: str, title: str) -> None:
    content = f"From: a@halden.example\nSubject: {subject}\nMessage-ID: <1>\n\n{TEXT}"
    (draft,) = formats.parse(document("a.eml", content.encode(), source="t"), DEFAULT_LIMITS)
    assert stated(draft, "title") == [title]


def test_the_richer_rendering_is_read_unless_it_is_a_stub() -> None:
    one = message()
    one.set_content(TEXT)
    one.add_alternative(f"<h1>Dock opens</h1><p>{TEXT}</p>", subtype="html")
    (draft,) = parts(one)
    assert isinstance(draft, Draft)
    assert draft.blocks[0].kind == "heading"
    one = message()
    one.set_content(TEXT)
    one.add_alternative("<p>Your program cannot show this.</p>", subtype="html")
    (draft,) = parts(one)
    assert isinstance(draft, Draft)
    assert draft.blocks[0].text.startswith("Bergen")


def test_attachments_are_documents_of_their_own() -> None:
    one = message()
    one.set_content(TEXT)
    one.add_attachment(pdf(["Results", TEXT]), "application", "pdf", filename="results.pdf")
    one.add_attachment(b"\x89PNG", "image", "png", filename="logo.png")
    one.add_attachment(b"BEGIN:VCALENDAR", "text", "calendar", filename="a.ics")
    draft, attached = parts(one)
    assert isinstance(draft, Draft)
    assert isinstance(attached, RawDocument)
    assert (attached.uri, attached.media_type) == ("release.eml!/results.pdf", "application/pdf")
    found = list(releases(document("release.eml", bytes(one), source="test")))
    assert [item.title for item in found if isinstance(item, Release)] == ["Dock opens", "Results"]


def test_a_covering_note_is_no_release() -> None:
    one = message()
    one.set_content("Please find our release attached.")
    one.add_attachment(TEXT.encode(), "text", "html", filename="release.html")
    (attached,) = parts(one)
    assert isinstance(attached, RawDocument)


def test_a_forwarded_mail_is_read_by_itself() -> None:
    inner = message(Subject="Dock opens in Bergen")
    inner.set_content(TEXT)
    one = message(Subject="Fwd: see below")
    one.set_content("See below.")
    one.add_attachment(inner)
    found = list(releases(document("outer.eml", bytes(one), source="test")))
    assert [item.title for item in found if isinstance(item, Release)] == ["Dock opens in Bergen"]


@pytest.mark.parametrize(
    ("charset", "content", "shown"),
    [
        ("utf-8", "Zoë opens".encode(), "Zoë opens"),
        ("iso-8859-1", "Zoë opens".encode("latin-1"), "Zoë opens"),
        ("us-ascii", "Zoë opens".encode(), "Zoë opens"),
        ("klingon", "Zoë opens".encode(), "Zoë opens"),
    ],
)
def test_charsets(charset: str, content: bytes, shown: str) -> None:
    head = f"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset={charset}\n"
    head += "Content-Transfer-Encoding: 8bit\n\n"
    (draft,) = formats.parse(
        document("a.eml", head.encode() + content, source="test"), DEFAULT_LIMITS
    )
    assert isinstance(draft, Draft)
    assert draft.blocks[0].text == shown


def test_an_empty_mail_is_a_problem() -> None:
    (problem,) = releases(document("a.eml", bytes(message()), source="test"))
    assert isinstance(problem, Problem)
    assert problem.code == "no-text"


@pytest.mark.parametrize("path", sorted((ROOT).glob("samples/*.mbox")), ids=lambda p: p.name)
def test_mbox_is_split_as_the_standard_library_does(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes() + b"\nFrom c@d.example Tue Feb  4 10:00:00 2025\n"
                     b"Subject: quoted\n\n>From here on.\n")  # fmt: skip
    ours = list(mbox.parse(document(str(copy), copy.read_bytes(), source="test"), DEFAULT_LIMITS))
    box = mailbox.mbox(copy)
    theirs = [bytes(one) for one in box]
    box.close()
    assert len(ours) == len(theirs) > 1
    for one, other in zip(ours, theirs, strict=True):
        assert isinstance(one, RawDocument)
        assert one.content.split() == other.replace(b"\n>From here", b"\nFrom here").split()


def test_a_release_that_mentions_from_is_no_mail() -> None:
    text = b"From September on, Halden runs a ferry.\nDate: to be named.\n\nMore follows."
    assert mail.sniff(document("a.txt", text, source="test")) == 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared mails beside the repository")
def test_mails_of_others_are_all_read() -> None:
    for path in sorted(path for path in SHARED.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for item in releases(document(str(path), content, source="test")) if content else ():
            assert_sound(item)
