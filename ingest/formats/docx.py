"""Word documents (DOCX): mammoth turns them into HTML, which keeps headings, lists and tables."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from ..errors import BrokenDocument
from ..limits import Limits, check_ratio, megabytes
from ..types import Draft, RawDocument, Witness, WitnessField
from . import html
from .bodies import shown_only
from .xmls import find, parse_xml, words

_STATED: tuple[tuple[WitnessField, str], ...] = (
    ("title", "title"),
    ("published", "created"),
    ("author", "creator"),
    ("language", "language"),
    ("keywords", "keywords"),
)
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
"""
#: The text of a Word document, unpacked; a release has some thousands.
XML_BYTES = 20_000_000


def sniff(raw: RawDocument) -> float:
    """A zip archive whose first files are those of a Word document."""
    head = raw.content
    if not head.startswith(b"PK\x03\x04"):
        return 0.0
    if b"word/" in head:
        return 1.0
    return 0.99 if b"[Content_Types].xml" in head and raw.uri.lower().endswith(".docx") else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[Draft]:
    import mammoth

    stated = _checked(raw.content, limits)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(raw.content),
            style_map=STYLES,
            convert_image=mammoth.images.img_element(lambda image: {}),
        )
    except RecursionError as error:
        raise BrokenDocument("Word document is nested too deep. Save it as PDF.") from error
    except Exception as error:  # mammoth has no error of its own: KeyError, ValueError, …
        raise BrokenDocument(
            f"Word document cannot be read ({type(error).__name__}: {error}). "
            "Open it in a word processor and save it again."
        ) from error
    draft = html.html_draft(result.value, whole_page=False, url=None)
    stated = shown_only(stated, draft.blocks)
    yield Draft(draft.blocks, stated + draft.witnesses, draft.problems)


def _checked(content: bytes, limits: Limits) -> tuple[Witness, ...]:
    """What the document states of itself, once its archive has proved harmless."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                check_ratio(entry.file_size, entry.compress_size, limits)
                if entry.filename.endswith((".xml", ".rels")):
                    _refuse_odd_xml(archive, entry)
            if "docProps/core.xml" in archive.namelist():
                return tuple(_witnesses(archive.read("docProps/core.xml"), limits))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise BrokenDocument(
            f"Word document is cut off or damaged ({error}). Download it again."
        ) from error
    except NotImplementedError as error:
        raise BrokenDocument(f"Word document is packed oddly ({error}). Save it again.") from error
    return ()


def _refuse_odd_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    if entry.file_size > XML_BYTES:
        raise BrokenDocument(
            f"Word document whose text is {megabytes(entry.file_size)}. Save the release as text."
        )
    with archive.open(entry) as part:
        # The format forbids a DTD; one is there only to carry entities that expand.
        if b"<!DOCTYPE" in part.read(2000):
            raise BrokenDocument(
                f"Word document with a DOCTYPE in {entry.filename}, which the format forbids. "
                "Open it in a word processor and save it again."
            )


def _witnesses(core: bytes, limits: Limits) -> Iterator[Witness]:
    root = parse_xml(core, limits)
    for field, name in _STATED:
        if value := words(find(root, name)):
            yield Witness(field, f"docx:{name}", value)
