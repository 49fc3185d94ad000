"""Bytes as strangers send them: junk, tag soup, tame pages with known text, zips and books."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from remnant.model import Digest, Original
from remnant.understand.draft import Draft
from remnant.understand.formats import draft_of

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "koi8-r", "cp932")
_SAID = ("word", "another word", "word ", " word", "* * *", "Title: x", "x" * 90, "é", "“", "&amp;", "&nbsp;")
_BETWEEN = (" ", "\t", "\n", "\r\n", "\r", "\n\n", "<br>", "<br/>", "<hr>", "<p>", "</p>", "</div>", "\xa0", "\u3000")
_TAGS = (
    *("<p/>", "<div>", "<div hidden>", "<pre>", "</pre>", "<i>", "</i>", "<b>", "</b>", "<font color=red>", "</font>"),
    *(
        "<a href='http://x'>",
        "<a name=x>",
        "</a>",
        "<q>",
        "</q>",
        "<img alt='hi'>",
        "<img src=x>",
        "<img alt='a&amp;b'>",
    ),
    *("<span style='font-style:italic'>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<select>", "<option>"),
    *("<ul>", "<li>", "</ul>", "<dl><dt>", "<script>", "</script>", "<style>", "</style>", "<title>", "</title>"),
    *("<textarea>", "</textarea>", "<template>", "</template>", "<noscript>", "</noscript>", "<plaintext>", "<svg>"),
    *("</svg>", "<frameset>", "<html>", "<head>", "<body>", "<meta charset=utf-8>", "<meta name=a content=b>"),
)
_JUNK = (
    *("<", "</", ">", "/>", "=", '"', "'", "&", ";", "#", "!", "-", "--", "?", "[", "]]>", "<![CDATA[", "<!--", "-->"),
    *("&#", "&#x41;", "&notit", "&bogus;", "\0", "\x0b", "\ufeff", "<b", "<?xml version='1.0'?>", "<!doctype html>"),
    *("<!DOCTYPE x [<!ENTITY a 'b'>", "]>"),
)
_bits = st.one_of(*map(st.sampled_from, (_SAID, _SAID, _BETWEEN, _BETWEEN, _TAGS, _JUNK)))

soup = st.lists(_bits, max_size=40).map("".join)
"""Markup as nobody means it."""

hostile_text = st.one_of(soup, soup.map(lambda text: f"<html>{text}"), st.text(max_size=80))

hostile_bytes = st.one_of(
    st.binary(max_size=300),
    st.tuples(hostile_text, st.sampled_from(_ENCODINGS)).map(lambda pair: pair[0].encode(pair[1], "replace")),
    st.tuples(hostile_text, st.binary(max_size=8)).map(lambda pair: pair[0].encode() + pair[1]),
)

WORDS = st.text(alphabet="abcdefghij ", min_size=1, max_size=20).filter(lambda word: word.strip() != "")
_INLINE = st.sampled_from(("i", "em", "b", "strong", "u", "span", "font", "a", "small"))
_BLOCK = st.sampled_from(("p", "div", "blockquote", "h2", "center", "li"))


def _inline(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(_INLINE, content).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>")


_phrase = st.recursive(WORDS, lambda inner: st.one_of(_inline(inner), st.tuples(inner, inner).map("<br>".join)))
_hidden = st.sampled_from(("<script>hidden()</script>", "<style>hidden{}</style>", "<!-- hidden -->", "<hr>"))
_blocks = st.recursive(
    st.tuples(_BLOCK, _phrase).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("\n".join),
        st.tuples(inner, _hidden, inner).map("".join),
        inner.map(lambda content: f"<div>{content}</div>"),
        inner.map(lambda content: f"<table><tr><td>{content}</td></tr></table>"),
    ),
    max_leaves=12,
)
tame_pages = _blocks.map(lambda body: f"<!doctype html><html><head><title>t</title></head><body>{body}</body></html>")
"""Pages on which every parser agrees."""

_path = st.text(alphabet="ab./\\:é", min_size=1, max_size=12)


def zipped(members: Mapping[str, bytes], *, stored: bool = False) -> bytes:
    """A zip of these members, the same bytes each time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return file.getvalue()


archives = st.dictionaries(_path, st.binary(max_size=60), max_size=5).map(zipped)

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def book(pages: Mapping[str, str], *, metadata: str = "", extra: Mapping[str, bytes] | None = None) -> bytes:
    """An EPUB of these pages in this order, named in the manifest backwards."""
    named = {f"id{len(pages) - number}": name for number, name in enumerate(pages)}
    kind = "application/xhtml+xml"
    manifest = "".join(f'<item id="{name}" href="{escape(path)}" media-type="{kind}"/>' for name, path in named.items())
    spine = "".join(f'<itemref idref="{name}"/>' for name in named)
    opf = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0">'
        f"<metadata>{metadata}</metadata><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )
    members = {"mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER.encode()}
    members |= {f"OPS/{path}": page.encode() for path, page in reversed(list(pages.items()))}
    return zipped({**members, "OPS/book.opf": opf.encode(), **(extra or {})})


def page(body: str, title: str = "t") -> str:
    """A page of a book."""
    return (
        f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head>'
        f"<body>{body}</body></html>"
    )


books = st.lists(soup, min_size=1, max_size=3).map(
    lambda bodies: book({f"p{number}.xhtml": page(body) for number, body in enumerate(bodies)})
)


def harmed(data: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """The same, cut short or with some bytes changed."""
    cut = st.tuples(data, st.integers(0, 100)).map(lambda pair: pair[0][: len(pair[0]) * pair[1] // 100])
    changed = st.tuples(data, st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=8)).map(
        lambda pair: _changed(*pair)
    )
    return st.one_of(cut, changed)


def _changed(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    harmed = bytearray(data)
    for at, byte in changes:
        if harmed:
            harmed[at % len(harmed)] = byte
    return bytes(harmed)


any_file = st.one_of(hostile_bytes, archives, books, harmed(archives), harmed(books))
"""Whatever may stand in a folder of saved stories."""


def drafted(data: bytes | str) -> Draft:
    """What these bytes are read as."""
    data = data.encode() if isinstance(data, str) else data
    return draft_of(Original(Digest.of(data), len(data)), data)
