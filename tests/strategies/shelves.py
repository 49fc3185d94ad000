"""Calibre libraries, as calibre lays them out, written without it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from html import escape
from pathlib import Path

from tests.strategies.formats import book, page


def column(label: str, datatype: str, value: object) -> str:
    told = {"datatype": datatype, "name": label.title(), "label": label, "#value#": value, "#extra#": None}
    return f'<meta name="calibre:user_metadata:#{label}" content="{escape(json.dumps(told))}"/>'


def record(title: str, author: str, *more: str) -> bytes:
    """What calibre writes beside a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="2.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        '<dc:identifier opf:scheme="calibre" id="calibre_id">1</dc:identifier>'
        f"<dc:title>{escape(title)}</dc:title>"
        f'<dc:creator opf:file-as="{escape(author)}" opf:role="aut">{escape(author)}</dc:creator>{"".join(more)}'
        "</metadata><guide/></package>"
    ).encode()


KEEPERS_WORDS = (
    "<dc:description>&lt;p&gt;A lamp that &lt;i&gt;nobody&lt;/i&gt; lit.&lt;/p&gt;</dc:description>",
    "<dc:identifier opf:scheme='URL'>https://example.org/lamp</dc:identifier><dc:date>2009-03-12T00:00:00+00:00</dc:date>",
    "<dc:language>eng</dc:language><dc:subject>Harbour</dc:subject><dc:subject>Slow Burn</dc:subject>",
    '<meta name="calibre:series" content="Lamps &amp; Stairs"/><meta name="calibre:series_index" content="2.0"/>',
    '<meta name="calibre:rating" content="8"/>',
    column("fandom", "text", ["The Harbour", 'Ships "and" <Ropes>']),
    column("words", "int", 1200),
    column("read", "bool", True),
    column("remarks", "comments", "<p>I cried at Odile's, privately.</p>"),
    column("finished", "datetime", "2011-04-05T00:00:00+00:00"),
)
"""Series, tags, columns about the story; and four marks that are the keeper's own."""

STORY = ("There were nine steps, and Noor counted them.", "She had a lamp, and nobody had lit it.")
BOOK = book({"one.xhtml": page("".join(f"<p>{line}</p>" for line in STORY))})
PAGE = f"<html><body>{''.join(f'<p>{line}</p>' for line in STORY)}</body></html>".encode()
OTHER = b"Nothing here is what the book says.\n\nIt is another tale, of another lamp.\n"


def listing(books: Mapping[str, tuple[str, ...]]) -> bytes:
    """`metadata.db`: the folder of each book, and its files without their folder."""
    sql = sqlite3.connect(":memory:")
    sql.executescript(
        "CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT, path TEXT);"
        "CREATE TABLE data (id INTEGER PRIMARY KEY, book INTEGER, format TEXT, uncompressed_size INTEGER, name TEXT);"
        "CREATE TRIGGER t AFTER INSERT ON books BEGIN UPDATE books SET title=title_sort(NEW.title); END;"
        "DROP TRIGGER t;"
    )
    for number, (folder, names) in enumerate(books.items(), 1):
        sql.execute("INSERT INTO books VALUES (?, ?, ?)", (number, folder.rpartition("/")[2], folder))
        for name in names:
            stem, _, form = name.rpartition(".")
            sql.execute("INSERT INTO data (book, format, name) VALUES (?, ?, ?)", (number, form.upper(), stem))
    sql.commit()
    return sql.serialize()


def laid(root: Path, files: Mapping[str, bytes]) -> Path:
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root
