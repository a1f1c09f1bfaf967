"""What a document that is no text and no known format is, told by its first bytes.

Only for the wording of a Problem: the reader should learn what to convert.
"""

from __future__ import annotations

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"BM", "a bitmap image"),
    (b"RIFF", "a WebP image, a WAV or an AVI file"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .msg)"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
#: Signatures that are words too: they count only in a document with control characters.
_TEXT_SIGNATURES = (b"BM", b"MZ", b"ID3", b"RIFF", b"GIF8", b"OggS", b"Rar!", b"wOFF", b"wOF2")

_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")
#: Above this share of control characters a document is no text in any 8-bit or UTF-8 encoding.
MAX_CONTROL_SHARE = 0.05


def binary_kind(content: bytes) -> str | None:
    """What `content` is when it is no text, else None.

    UTF-16 text is no binary: every other byte of Latin text in it is NUL.
    """
    head = content[:65536]
    binary = _control_share(head) > MAX_CONTROL_SHARE and not looks_utf16(head)
    for signature, kind in SIGNATURES:
        if head.startswith(signature) and (binary or signature not in _TEXT_SIGNATURES):
            return kind
    if head[4:8] == b"ftyp":
        return "an MP4 video or HEIC image"
    return "a binary file" if binary else None


def looks_utf16(head: bytes) -> bool:
    """With a byte order mark, or with NULs in only the even or only the odd places."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    even, odd = head[0:2000:2], head[1:2000:2]
    high, low = even.count(0), odd.count(0)
    return min(high, low) == 0 and max(high, low) > 0.5 * max(len(odd), 1)


def _control_share(head: bytes) -> float:
    if not head:
        return 0.0
    return (len(head) - len(head.translate(None, _CONTROL))) / len(head)
