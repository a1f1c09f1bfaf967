"""Write the binary samples from texts in `sources/`: `python -m tests.tools.samples`.

PDF, DOCX, WARC and ZIP files are built with the standard library and warcio, always to the same
bytes, so that they change only when their texts do.
"""

from __future__ import annotations

import io
import textwrap
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SOURCES = Path(__file__).parent / "sources"
SAMPLES = Path(__file__).parent.parent.parent / "samples"

#: Time stamp of members of archives: the bytes must not depend on the day.
EPOCH = (2025, 1, 1, 0, 0, 0)

#: Characters a line and lines a page of the PDF.
LINE_CHARS, PAGE_LINES = 88, 48


def paragraphs(name: str) -> list[str]:
    """Return the paragraphs of a source text; the first is the headline."""
    return (SOURCES / name).read_text(encoding="utf-8").strip().split("\n\n")


def pdf(texts: list[str]) -> bytes:
    """Set paragraphs in Helvetica on A4 pages (PDF 1.4, WinAnsi characters only)."""
    lines: list[tuple[str, int]] = []
    for number, text in enumerate(texts):
        size = 15 if number == 0 else 11
        width = 60 if number == 0 else LINE_CHARS
        lines += [(line, size) for line in textwrap.wrap(text, width)] + [("", 11)]
    pages = [lines[i : i + PAGE_LINES] for i in range(0, len(lines), PAGE_LINES)]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        stream = _stream(page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return _file(objects, title=texts[0])


def _stream(lines: list[tuple[str, int]]) -> bytes:
    shown = [b"BT 60 790 Td 15 TL"]
    for text, size in lines:
        quoted = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown.append(f"/F1 {size} Tf ({quoted}) Tj T*".encode("cp1252"))
    return b"\n".join([*shown, b"ET"])


def _file(objects: list[bytes], title: str) -> bytes:
    objects = [
        *objects,
        f"<< /Title ({title}) /CreationDate (D:20251028080000Z) >>".encode("cp1252"),
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(
        b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, len(objects), start)
    )
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a ZIP archive of `members` with a fixed time stamp."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx(texts: list[str]) -> bytes:
    """Return a Word document: the first paragraph is the title, short ones without a stop headings."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    rows = []
    for number, text in enumerate(texts):
        style = "Title" if number == 0 else "Normal"
        if number and len(text) < 30 and not text.endswith("."):
            style = "Heading2"
        rows.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
            f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Title", "Title"), ("Heading2", "heading 2"), ("Normal", "Normal"))
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship '
        f'Id="rId1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'{head}<w:styles xmlns:w="{word}">{styles}</w:styles>',
        "word/document.xml": f'{head}<w:document xmlns:w="{word}"><w:body>{"".join(rows)}'
        "</w:body></w:document>",
    }
    return zipped({name: part.encode() for name, part in parts.items()})


def warc(url: str, html: bytes, fetched: str) -> bytes:
    """Return a compressed web archive with one response."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    headers = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
    )
    record = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(html),
        http_headers=headers,
        warc_headers_dict={
            "WARC-Date": fetched,
            "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000001>",
        },
    )
    writer.write_record(record)
    return out.getvalue()


def main() -> None:
    """Write the binary samples."""
    files = {
        "meridian-results.pdf": pdf(paragraphs("meridian-results.txt")),
        "rivers-on-paper.docx": docx(paragraphs("rivers-on-paper.txt")),
        "nygaard-visit.warc.gz": warc(
            "https://www.skagervik.example/news/2025/mayor-hmr",
            (SOURCES / "nygaard-visit.html").read_bytes(),
            "2025-10-22T06:00:00Z",
        ),
        "open-day.zip": zipped(
            {name: (SOURCES / name).read_bytes() for name in ("open-day-1.html", "open-day-2.html")}
        ),
    }
    for name, content in files.items():
        (SAMPLES / name).write_bytes(content)
        print(f"wrote samples/{name}, {len(content):,} bytes")


if __name__ == "__main__":
    main()
