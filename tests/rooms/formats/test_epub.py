"""EPUB: pages in spine order, what the package says, and what can still be read of a broken book."""

from __future__ import annotations

import io
import zipfile

from tests.laws.accounting import check_draft
from tests.strategies.formats import CONTAINER, book, drafted, page, zipped

from remnant.model import Mark, Severity, SkipClass

NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><docTitle><text>Not a label</text></docTitle><navMap>'
    '<navPoint><navLabel><text>One &amp; only</text></navLabel><content src="z.xhtml#start"/></navPoint></navMap></ncx>'
)
MIMETYPE = {"mimetype": b"application/epub+zip"}
PAGES = {"z.xhtml": page("<h1>First</h1><p>one</p>"), "a.xhtml": page("<p>two</p>")}


def test_pages_come_in_the_order_of_the_spine() -> None:
    draft = drafted(book(PAGES))

    assert draft.format == "application/epub+zip"
    assert [(line.page, line.text) for line in draft.lines] == [(0, "First"), (0, "one"), (1, "two")]
    assert [part.path for part in draft.parts][:2] == ["OPS/z.xhtml", "OPS/a.xhtml"]


def test_all_other_text_is_one_skip_each() -> None:
    draft = drafted(book(PAGES, extra={"OPS/style.css": b"p { color: red }", "OPS/cover.jpg": b"\xff\xd8\xff"}))
    packaged = {skip.region.part for skip in draft.skips if skip.kind is SkipClass.PACKAGE}

    check_draft(draft)
    assert packaged == {"META-INF/container.xml", "OPS/book.opf", "OPS/style.css"}
    assert "OPS/cover.jpg" not in [part.path for part in draft.parts]


def test_a_style_sheet_of_the_book_says_what_its_classes_mean() -> None:
    pages = {"a.xhtml": page('<p>a <span class="t1">thought</span></p>')}
    draft = drafted(book(pages, extra={"OPS/style.css": b".t1 { font-style: italic }"}))

    assert [set(span.marks) for span in draft.lines[0].spans] == [set(), {Mark.EMPHASIS}]


def test_what_the_package_says_are_facts_with_their_places() -> None:
    metadata = (
        "<dc:title>A &amp; B</dc:title><dc:creator opf:role='aut' opf:file-as='O, Q'> Quiet Owl </dc:creator>"
        "<meta name='calibre:series' content='Lamps'/><meta property='dcterms:modified'>2020</meta><dc:subject/>"
    )
    draft = drafted(book(PAGES, metadata=metadata))
    opf = next(part.text for part in draft.parts if part.path.endswith(".opf"))

    assert [(fact.name, fact.value, opf[fact.region.start : fact.region.end]) for fact in draft.facts[:4]] == [
        ("dc:title", "A & B", "A &amp; B"),
        ("dc:creator", "Quiet Owl", "Quiet Owl"),
        ("meta:calibre:series", "Lamps", "Lamps"),
        ("meta:dcterms:modified", "2020", "2020"),
    ]
    assert dict(draft.facts[1].detail) == {"opf:role": "aut", "opf:file-as": "O, Q"}


def test_a_table_of_contents_gives_labels_with_their_targets() -> None:
    draft = drafted(book(PAGES, extra={"OPS/toc.ncx": NCX.encode()}))

    labels = [(fact.value, dict(fact.detail)["target"]) for fact in draft.facts if fact.name == "toc:label"]
    assert labels == [("One & only", "OPS/z.xhtml#start")]


def test_a_navigation_page_in_the_spine_is_marked_as_one() -> None:
    nav = page("<h1>Contents</h1><nav><ol><li><a href='a.xhtml'>The <i>second</i></a></li></ol></nav>")
    data = book({"nav.xhtml": nav, **PAGES})
    draft = drafted(_with_properties(data))

    assert [line.within("nav") for line in draft.lines] == [True, True, False, False, False]
    assert [fact.value for fact in draft.facts if fact.name == "toc:label"] == ["The second"]


def _with_properties(data: bytes) -> bytes:
    """The same book, its first page declared as the navigation page."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["OPS/book.opf"] = members["OPS/book.opf"].replace(
        b'href="nav.xhtml"', b'href="nav.xhtml" properties="nav scripted"'
    )
    return zipped(members)


def test_without_a_package_file_pages_come_by_name() -> None:
    draft = drafted(zipped({**MIMETYPE, "b.xhtml": b"<p>two", "a.xhtml": b"<p>one"}, stored=True))

    assert [line.text for line in draft.lines] == ["one", "two"]
    assert "E002" in [found.code for found in draft.findings]


def test_a_page_that_is_listed_and_missing_is_a_loss() -> None:
    data = zipped(
        {
            **MIMETYPE,
            "META-INF/container.xml": CONTAINER.encode(),
            "OPS/book.opf": b"<package><manifest><item id='a' href='a.xhtml'/><item id='b' href='gone.xhtml'/>"
            b"</manifest><spine><itemref idref='b'/><itemref idref='a'/></spine></package>",
            "OPS/a.xhtml": page("<p>here</p>").encode(),
        }
    )
    draft = drafted(data)

    (missing,) = draft.findings
    assert (missing.code, missing.severity) == ("E003", Severity.LOSS)
    assert [line.text for line in draft.lines] == ["here"]


def test_a_locked_book_says_so_and_scrambled_fonts_do_not_matter() -> None:
    lock = (
        "<encryption><EncryptedData><EncryptionMethod Algorithm='{}'/><CipherData>"
        "<CipherReference URI='OPS/z.xhtml'/></CipherData></EncryptedData></encryption>"
    )
    locked = drafted(book(PAGES, extra={"META-INF/encryption.xml": lock.format("http://x/aes256-cbc").encode()}))
    fonts = drafted(
        book(PAGES, extra={"META-INF/encryption.xml": lock.format("http://www.idpf.org/2008/embedding").encode()})
    )

    assert [found.code for found in locked.findings] == ["E004"]
    assert [line.text for line in locked.lines] == ["two"]
    assert fonts.findings == ()


def test_a_harmed_page_is_read_as_far_as_it_goes() -> None:
    pages = {"a.xhtml": page("<p>word</p>" * 500).encode()}
    data = bytearray(zipped({**MIMETYPE, **pages}, stored=True))
    data[data.find(b"word") + 3000] ^= 1

    draft = drafted(bytes(data))

    assert "E001" in [found.code for found in draft.findings]
    assert len(draft.lines) >= 499
