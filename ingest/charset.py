"""Bytes to text: which encoding, and what careless publishing did to it on the way.

First step of every format whose bytes are text (HTML, plain text, Markdown, feeds' items).

    b"caf\\xe9", "iso-8859-1"  ->  "café"        UTF-8 read as Latin-1 and saved again  ->  undone
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: How much of an undeclared document is shown to the encoding detector, in bytes.
DETECT_BYTES = 20_000

#: With fewer bytes beyond ASCII than this a detector guesses; Windows-1252 is the better guess.
MIN_FOREIGN_BYTES = 20

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,80}encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)

#: Controls (but tab and line ends), lone surrogates, zero-width and direction marks, soft hyphens:
#: invisible, in nobody's name, and they break matching. Zero-width joiners stay: scripts need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)

#: First letters of UTF-8 read as Windows-1252; a text without them needs no repair.
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3\u00c5\u00e2\u00f0][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u2122]"
)


def decode(content: bytes, declared: str | None = None, *, markup: bool = False) -> str:
    """Return the text of `content`, repaired.

    Byte-order mark, then the declared encoding, then (in markup) the document's own declaration,
    then UTF-8, then detection. An encoding that does not fit its bytes is passed over, so
    mislabelled documents come out right. Never fails: what remains unreadable becomes U+FFFD.

    >>> decode(b"caf\\xc3\\xa9", "latin-1"), decode(b"caf\\xe9")
    ('café', 'café')
    """
    return clean(_decode(content, declared, markup))


def clean(text: str) -> str:
    """Undo mojibake, drop what cannot be seen, and make line ends one kind.

    >>> clean("It\\u00e2\\u20ac\\u2122s\\r\\nso\\u200b")
    'It’s\\nso'
    """
    if _MOJIBAKE.search(text):
        text = _repaired(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _INVISIBLE.sub("", text)


def _repaired(text: str) -> str:
    import ftfy
    from ftfy.badness import is_bad

    # By line: one bad paragraph is mended even where a good one beside it holds true accents.
    return "\n".join(
        ftfy.fix_encoding(line) if _MOJIBAKE.search(line) and is_bad(line) else line
        for line in text.split("\n")
    )


def _decode(content: bytes, declared: str | None, markup: bool) -> str:
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(name, "replace")
    sample = content[:2000]
    if sample.count(0) * 4 > len(sample):
        return content.decode("utf-16-le" if sample[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        # First of all: bytes that are valid UTF-8 and not ASCII are UTF-8, whatever a label says.
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    names: list[str | None] = [declared]
    if markup and (found := _DECLARED.search(content[:4096])):
        names.append((found[1] or found[2]).decode("ascii", "replace"))
    for label in names:
        text = _strictly(content, label)
        if text is not None:
            return text
    return _detected(content)


def _strictly(content: bytes, name: str | None) -> str | None:
    """`content` read as `name`, or None when the name is unknown or does not fit."""
    if not name:
        return None
    try:
        codec = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    # Pages that say Latin-1 mean Windows-1252, as every browser reads them.
    encoding = "cp1252" if codec.name in ("iso8859-1", "ascii") else codec.name
    if not getattr(codec, "_is_text_encoding", True) or codec.name == "utf-7":
        return None
    try:
        return content.decode(encoding)
    except (UnicodeError, ValueError):
        return None


def _detected(content: bytes) -> str:
    # A few stray bytes in an otherwise sound UTF-8 text are damage, not another encoding.
    lenient = content.decode("utf-8", "replace")
    damage = lenient.count("\ufffd")
    if damage * 500 < len(lenient) and any(
        ord(char) > 127 for char in lenient.replace("\ufffd", "")
    ):
        return lenient
    from charset_normalizer import from_bytes

    foreign = sum(byte > 127 for byte in content[:DETECT_BYTES])
    best = from_bytes(content[:DETECT_BYTES]).best() if foreign >= MIN_FOREIGN_BYTES else None
    for name in (best.encoding if best else None, "cp1252"):
        text = _strictly(content, name)
        if text is not None:
            return text
    return content.decode("cp1252", "replace")
