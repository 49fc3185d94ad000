"""What a file is, by its content alone: names lie, and many have none."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from remnant.unpack.decode import Decoded


@dataclass(frozen=True, slots=True)
class Unread:
    """A format that is known and not read: its media type, and what a person calls it."""

    format: str
    called: str


_MAGIC: tuple[tuple[bytes, int, Unread], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, Unread("application/x-ole-storage", "an old Office document")),
    (b"\xffWPC", 0, Unread("application/vnd.wordperfect", "a WordPerfect document")),
    (b"\x31\xbe\0\0", 0, Unread("application/x-mswrite", "a Windows Write document")),
    (b"TPZ", 0, Unread("application/x-topaz-ebook", "a Kindle book of the Topaz kind")),
    (b"ITOLITLS", 0, Unread("application/x-ms-reader", "a Microsoft Reader book")),
    (b"SQLite format 3\0", 0, Unread("application/vnd.sqlite3", "an SQLite database")),
    (b"\x89PNG\r\n\x1a\n", 0, Unread("image/png", "a picture (PNG)")),
    (b"\xff\xd8\xff", 0, Unread("image/jpeg", "a picture (JPEG)")),
    (b"GIF8", 0, Unread("image/gif", "a picture (GIF)")),
    (b"BM", 0, Unread("image/bmp", "a picture (BMP)")),
    (b"WEBP", 8, Unread("image/webp", "a picture (WebP)")),
    (b"\x1f\x8b\x08", 0, Unread("application/gzip", "a gzip archive")),
    (b"BZh", 0, Unread("application/x-bzip2", "a bzip2 archive")),
    (b"\xfd7zXZ\0", 0, Unread("application/x-xz", "an xz archive")),
    (b"7z\xbc\xaf\x27\x1c", 0, Unread("application/x-7z-compressed", "a 7-Zip archive")),
    (b"Rar!\x1a\x07", 0, Unread("application/vnd.rar", "a RAR archive")),
    (b"ustar", 257, Unread("application/x-tar", "a tar archive")),
    (b"ID3", 0, Unread("audio/mpeg", "a sound recording (MP3)")),
    (b"OggS", 0, Unread("application/ogg", "a recording (Ogg)")),
    (b"ftyp", 4, Unread("video/mp4", "a recording (MP4)")),
    (b"\x7fELF", 0, Unread("application/x-elf", "a program")),
    (b"MZ\x90\0", 0, Unread("application/vnd.microsoft.portable-executable", "a program")),
    (b"WARC/", 0, Unread("application/warc", "a web archive (WARC)")),
    (b"bplist00", 0, Unread("application/x-plist", "a property list or Safari web archive")),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIPPED = (
    ("word/document.xml", Unread(f"{_OFFICE}.wordprocessingml.document", "a Word document")),
    ("[Content_Types].xml", Unread(_OFFICE, "an Office document")),
    ("META-INF/manifest.xml", Unread("application/vnd.oasis.opendocument", "an OpenDocument file")),
)
_ZIP = Unread("application/zip", "a zip archive")
_MIMETYPE_MEMBER = b"mimetypeapplication/epub+zip"

_SQL_STATEMENT = r"(?:DROP|CREATE) (?:TABLE|DATABASE)|INSERT INTO|SET [@A-Z_]+ ?=|USE [`\w]+;|BEGIN TRANSACTION|PRAGMA "
_TEXTUAL: tuple[tuple[re.Pattern[str], Unread], ...] = (
    (
        re.compile(r"(?:[A-Za-z-]+:.*+\r?\n(?:[ \t].*+\r?\n)*+)*?Content-Type:\s*multipart/related", re.IGNORECASE),
        Unread("multipart/related", "a page saved as MHTML"),
    ),
    (
        re.compile(rf"\ufeff?(?:\s*+(?:--|#|/\*).*+\n)*+\s*+(?:{_SQL_STATEMENT})"),
        Unread("application/sql", "a database dump"),
    ),
    (
        re.compile(r"\ufeff?(?:--|#|/\*)[\s*#-]*(?:[^\n]{0,40} )?\S*SQL\S*( [^\n]{0,20})? dump\b", re.IGNORECASE),
        Unread("application/sql", "a database dump"),
    ),
    (
        re.compile(r"""\ufeff?\s*+(?:\[\s*+)?\{\s*+"[^"\n]{1,100}"\s*+:"""),
        Unread("application/json", "data (JSON)"),
    ),
)
_TOP = 65_536
_SEVERAL = 8
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\ufffd]")
_ROOT = re.compile(
    r"[\ufeff\s]*(?:<\?xml[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*)*+<(?:!doctype\s+html|html|head|body|title|meta|base)\b",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE_ROOT = re.compile(r"[\ufeff\s]*+(?:<\?(?:[^?]|\?(?!>))*+\?>\s*+|<!--(?:[^-]|-(?!->))*+-->\s*+)*+")
_FICTION_BOOK = re.compile(r"<(?:[A-Za-z0-9]{1,20}:)?FictionBook[\s>]")
_FLAT_ODT = re.compile(r"<office:document[\s>]")
_XML_PROLOG = re.compile(r"\ufeff?<\?xml\s")
_BLOCK_TAG = re.compile(r"</?(?:p|br|div|h[1-6]|hr|li|blockquote|center|table|td)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\S[ \t]*(?:\r?\n|\r)[ \t]*(?:\r?\n|\r)")


def is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\3\4", b"PK\5\6"))


def is_rtf(data: bytes) -> bool:
    return data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf")


def is_pdf(data: bytes) -> bool:
    """Programs take a PDF whose first words stand within its first kilobyte, and some write mail headers before."""
    return data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b"%%EOF" in data[-2048:])


def is_epub(data: bytes, names: Collection[str]) -> bool:
    """Whether a zip is a book: it says so at its top, as it should, or has what only a book has."""
    has_package = "META-INF/container.xml" in names or any(name.lower().endswith(".opf") for name in names)
    return has_package or data.startswith(_MIMETYPE_MEMBER, 30)


def unread_zip(names: Collection[str]) -> Unread:
    return next((unread for sign, unread in _ZIPPED if sign in names), _ZIP)


def unread_bytes(data: bytes) -> Unread | None:
    """A binary format that we know and do not read."""
    return next((unread for sign, at, unread in _MAGIC if data.startswith(sign, at)), None)


def unread_text(text: str) -> Unread | None:
    """A format written as text that is no text to be read as it stands."""
    top = text[:8192]
    return next((unread for pattern, unread in _TEXTUAL if pattern.match(top)), None)


def is_junk(decoded: Decoded) -> bool:
    """Whether this is no text at all: of its characters, several and one in thirty are none that anybody types."""
    top = decoded.text[:_TOP]
    return len(_CONTROL.findall(top)) > max(_SEVERAL, len(top) // 30)


def is_html(text: str) -> bool:
    """A page, or a piece of one: tags that make paragraphs, and at least half as many as there are blank lines."""
    top = text[:_TOP]
    if _ROOT.match(top):
        return True
    blocks = len(_BLOCK_TAG.findall(top))
    return blocks >= 2 and blocks * 2 >= len(_BLANK_LINE.findall(top))


def is_fb2(text: str) -> bool:
    return _root_is(text, _FICTION_BOOK)


def is_flat_odt(text: str) -> bool:
    return _root_is(text, _FLAT_ODT) and "opendocument.text" in text[:_TOP]


def _root_is(text: str, root: re.Pattern[str]) -> bool:
    prolog = _BEFORE_ROOT.match(text[:_TOP])
    return prolog is not None and root.match(text, prolog.end()) is not None


def is_xhtml(text: str) -> bool:
    """Only what begins as XML is read as XML; a doctype alone says what the page wished to be."""
    return _XML_PROLOG.match(text) is not None
