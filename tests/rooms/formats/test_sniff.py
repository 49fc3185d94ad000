"""What a file is, by its bytes alone; what is not read is kept, named, and never read as text."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.strategies.formats import book, drafted, page, zipped

OFFICE = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b"A plain story.\n\nWith two paragraphs.", "text/plain"),
        (b"<!DOCTYPE html><html><body><p>x</p></body></html>", "text/html"),
        (b"\xef\xbb\xbf  <HTML><p>x", "text/html"),
        (b"<!-- saved from url=(0014)about:internet -->\r\n<html><p>x", "text/html"),
        (b"<p>A chapter saved alone.</p>\n\n<p>As its archive had it.</p>", "text/html"),
        (b"Text<br>\n<br>\nMore text<br>\n", "text/html"),
        (b"He said <i>no</i>.\n\nShe said <b>yes</b>.\n\nThey <p> left.", "text/plain"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p/></html>', "application/xhtml+xml"),
        (b"%PDF-1.4 ...", "application/pdf"),
        (b"{\\rtf1 hello}", "application/rtf"),
        (b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
        (b"SQLite format 3\0....", "application/vnd.sqlite3"),
        (b"\0" * 60 + b"BOOKMOBI", "application/x-mobipocket-ebook"),
        (b'<?xml version="1.0"?>\n<FictionBook xmlns="x">', "application/x-fictionbook+xml"),
        (
            b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n",
            "multipart/related",
        ),
        (b"-- phpMyAdmin SQL Dump\n-- version 4\n\nINSERT INTO users VALUES ('a','secret');", "application/sql"),
        (b"# a comment\n\nDROP TABLE IF EXISTS `stories`;\n", "application/sql"),
        (b'[{"title": "x", "text": "<p>a</p><p>b</p>"}]', "application/json"),
        (zipped({"story.txt": b"x"}), "application/zip"),
        (
            zipped({"word/document.xml": b"<x/>"}),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (zipped({"mimetype": b"odt", "META-INF/manifest.xml": b"<x/>"}), "application/vnd.oasis.opendocument"),
        (bytes(range(256)) * 4, "application/octet-stream"),
    ],
)
def test_a_file_is_known_by_its_content(data: bytes, format_: str) -> None:
    draft = drafted(data)

    assert draft.format == format_


@pytest.mark.parametrize("data", [b"ITOLITLS text in it", b"ID3 text", bytes(range(256)) * 4, zipped({"a": b"b"})])
def test_what_is_not_read_has_a_finding_and_no_text(data: bytes) -> None:
    draft = drafted(data)

    assert [draft.lines, draft.parts, draft.skips] == [(), (), ()]
    assert [found.message.startswith("Kept, not yet read: ") for found in draft.findings] == [True]


def test_an_empty_file_says_so() -> None:
    assert [found.code for found in drafted(b"").findings] == ["F002"]


def test_a_zip_of_books_is_no_book() -> None:
    inner = book({"one.xhtml": page("<p>x</p>")})
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("one.epub", inner)

    assert drafted(file.getvalue()).format == "application/zip"
