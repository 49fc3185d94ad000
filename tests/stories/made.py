"""The stories here that no text editor writes. `python -m tests.stories.made` makes their files again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.strategies.documents import docx, fb2, odt
from tests.strategies.formats import book, page
from tests.strategies.kindles import kindle, mobi
from tests.strategies.kindles import palm_text as palm
from tests.strategies.papers import Put, pdf
from tests.strategies.words97 import BOLD, DELETED, ITALIC, document

HERE = Path(__file__).parent


def _p(*runs: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{''.join(runs)}</w:p>"


def _r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def word_document() -> bytes:
    """A story as Word keeps it when two people worked on it."""
    body = (
        _p(_r("The Harbour Clock"), style="T"),
        _p(_r("by Ottoline Vane"), style="A"),
        _p(_r("One: The Tide Table"), style="H1"),
        _p(
            *(_r("Mirren had never learned to "), _r("wait", "<w:i/>"), _r(".")),
            '<w:r><w:footnoteReference w:id="4"/></w:r>',
            *(
                _r(" She said so to anyone who "),
                '<w:del w:author="Beta"><w:r><w:delText>would </w:delText></w:r></w:del>',
            ),
            *('<w:ins w:author="Beta">', _r("did "), "</w:ins>", _r("ask.")),
        ),
        _p(
            _r("The clock over the harbour said "),
            '<w:r><w:rPr><w:rStyle w:val="E"/></w:rPr><w:t>ten past never</w:t></w:r>',
            '<w:commentRangeStart w:id="0"/>',
            _r(", as it always had."),
            '<w:r><w:commentReference w:id="0"/></w:r>',
        ),
        _p(_r("* * *"), more='<w:jc w:val="center"/>'),
        _p(_r("It was raining when the boat came in, and nobody was there to see it.")),
        _p(more='<w:pBdr><w:bottom w:val="single"/></w:pBdr>'),
        _p(
            _r("Nobody but her, who had come for the "),
            '<w:hyperlink r:id="r9">',
            _r("tide table"),
            "</w:hyperlink>",
            _r("."),
        ),
        _p(_r("Two: The Key"), style="H1"),
        _p(
            '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="A brass key on a wet step"/>'
            "<a:blip/></wp:inline></w:drawing></w:r>"
        ),
        _p(_r("The key was cold, and it fitted"), _r(" hidden words", "<w:vanish/>"), _r(" nothing that she knew.")),
        _p(_r("So she kept it."), "<w:r><w:br/></w:r>", _r("For years.")),
    )
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:id="4"><w:p><w:r><w:footnoteRef/></w:r>'
        f"{_r(' Her mother had, once, and regretted it.')}</w:p></w:footnote>"
    )
    beside = {
        "footnotes": notes,
        "comments": f'<w:comment w:id="0" w:author="Beta">{_p(_r("Had it, though?"))}</w:comment>',
        "header": _p(_r("Vane / The Harbour Clock")),
    }
    core = (
        "<dc:title>Document1</dc:title><dc:creator>Olive Legalname</dc:creator>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2011-02-03T10:00:00Z</dcterms:created>'
    )
    link = '<Relationship Id="r9" Type="x/hyperlink" Target="https://example.org/tides" TargetMode="External"/>'
    return docx("".join(body), beside, core, link)


def open_document() -> bytes:
    """The same kind of story as LibreOffice keeps it."""
    styles = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
        '<style:style style:name="P2" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>'
        "</style:style>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>A line cut out.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p text:style-name="P1">Salt and Lanterns</text:p>'
        '<text:p text:style-name="Author">Corin Hask</text:p>'
        '<text:h text:style-name="Heading_20_1" text:outline-level="1">The Lower Quay</text:h>'
        '<text:p>The lanterns were <text:span text:style-name="T1">all</text:span> out by then'
        '<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>All but one, as he found out later.</text:p></text:note-body></text:note>"
        ", and the quay was empty.</text:p>"
        '<text:p>He counted<text:s text:c="2"/>the steps'
        "<office:annotation><dc:creator>Beta</dc:creator><text:p>How many?</text:p></office:annotation>"
        " going down,<text:line-break/>and again coming up.</text:p>"
        '<text:p text:style-name="P2">~ ~ ~</text:p>'
        "<text:p>In the morning there was salt on every sill.</text:p>"
        '<text:p text:style-name="Horizontal_20_Line"/>'
        "<text:p>Nobody spoke of it.</text:p>"
        '<text:h text:style-name="Heading_20_1" text:outline-level="1">The Upper Quay</text:h>'
        "<text:list><text:list-item><text:p>One lantern, brass.</text:p></text:list-item></text:list>"
        "<text:p>That was the whole of the list, and he kept it.</text:p>"
    )
    meta = (
        "<meta:initial-creator>Cora Legalname</meta:initial-creator><dc:creator>Someone Else</dc:creator>"
        "<dc:title>Salt and Lanterns</dc:title><meta:creation-date>2009-05-06T07:08:09</meta:creation-date>"
    )
    return odt(
        body, styles, meta, running="<text:p>Salt and Lanterns, page <text:page-number>1</text:page-number></text:p>"
    )


def fiction_book() -> bytes:
    """A FictionBook in an encoding of its day."""
    info = (
        "<genre>sf_fantasy</genre><author><first-name>Vera</first-name><last-name>Lind</last-name></author>"
        "<book-title>The Ferry to Ostrov</book-title><annotation><p>A ferry that goes one way.</p></annotation>"
        '<date value="2004-03-02">March 2004</date><lang>en</lang><sequence name="Ferries" number="2"/>'
    )
    bodies = (
        "<body><title><p>The Ferry to Ostrov</p></title>"
        "<epigraph><p>No boat comes back the same.</p><text-author>an old song</text-author></epigraph>"
        "<section><title><p>Chapter 1</p><p>The Landing</p></title>"
        '<p>The ferryman said <emphasis>остров</emphasis>, which is an island.<a l:href="#n1" type="note">[1]</a></p>'
        "<poem><stanza><v>Row once for the water,</v><v>row twice for the shore.</v></stanza></poem>"
        "<p>She had heard it sung otherwise.</p><subtitle>* * *</subtitle>"
        "<p>By evening there was only the rope.</p></section>"
        "<section><title><p>Chapter 2</p><p>The Rope</p></title><p>It was wet, and it was <strong>warm</strong>.</p>"
        '<empty-line/><p>She let it go.</p><image l:href="#rope.png" alt="A coil of rope"/></section></body>'
        '<body name="notes"><title><p>Notes</p></title><section id="n1"><title><p>1</p></title>'
        "<p>Said with the stress on the first syllable.</p></section></body>"
    )
    picture = '<binary id="rope.png" content-type="image/png">iVBORw0KGgo=</binary>'
    return fb2(bodies, info, "<program-used>a typewriter</program-used>", picture, "windows-1251")


def old_word_document() -> bytes:
    """A story as Word kept it in 2001: letters of one byte and of two, italics, a field, a note, words struck out."""
    story = [
        ("The Slipway\r\r", BOLD),
        ("by Maud Tern\r\rChapter 1\r\r", 0),
        ("It had been raining since the ", 0),
        ("last", ITALIC),
        (" of the boats came in,\x0bor since before that.\x02\r", 0),
        ("Nobody had asked \u2026 \u201cNobody would,\u201d said Maren, and sat down on the stones.\r", 0),
        ("Nobody had dared to.", DELETED),
        ("See ", 0),
        ('\x13 HYPERLINK "https://example.org/tides" \x14the tide table\x15', 0),
        (" for when the water comes back, if it does.\r\r", 0),
        ("So she waited, as one does, and it did.\r", 0),
    ]
    notes = "\x02 It was not the last; there was one more, and it was late.\r"
    return document(story, notes, title="slipway3", author="Marianne Legalname")


def kindle_book() -> bytes:
    """A Kindle book: pages made of skeletons and fragments, a style sheet in a flow of its own."""
    frame = '<?xml version="1.0" encoding="utf-8"?><html><head><title>Nine Lamps</title></head><body>', "</body></html>"
    one = (
        '<h2 class="c1">Chapter 1: The First Lamp</h2><p>It had burned since before the house was built, they said, '
        'and <span class="c2">nobody</span> had lit it.</p><p class="c3">* * *</p><p>She put it out on a Tuesday.</p>'
    )
    two = '<h2 class="c1">Chapter 2: The Second Lamp</h2><p>That one had never been lit at all, until then.</p>'
    stated = [(100, b"Perdita Holm"), (503, b"Nine Lamps"), (524, b"en"), (106, b"2012-08-01"), (105, b"lamps")]
    sheet = ".c2 { font-style: italic } .c3 { text-align: center }"
    return kindle([(frame[0], one, frame[1]), (frame[0], two, frame[1])], stated, sheet)


def mobipocket_book() -> bytes:
    """A Mobipocket book in Windows-1252, with the table of contents that converters set behind the story."""
    text = (
        '<html><head><guide><reference type="toc" title="Contents" filepos=0000000PLACE /></guide></head><body>'
        '<p height="1em" width="0pt" align="center"><font size="5"><b>The Salt Road</b></font></p>'
        '<p height="1em" width="0pt" align="center">by Jory Penhale</p><mbp:pagebreak/>'
        '<p height="1em" width="0pt"><b>Chapter One</b></p>'
        "<p>The road was white, and the caf\xe9 at the end of it was <i>shut</i>.</p>"
        "<p>\x93Salt,\x94 said the driver. \x93You\x92ll get used to it.\x94</p><p>He never had.</p><mbp:pagebreak/>"
    )
    place = len(text)
    contents = "<h2>Table of Contents</h2><blockquote>The Salt Road</blockquote><blockquote>Chapter One</blockquote>"
    whole = text.replace("PLACE", f"{place:05}") + contents + "</body></html>"
    stated = [(100, b"Jory Penhale"), (503, b"The Salt Road")]
    return mobi(whole.encode("latin-1").decode("cp1252"), stated, encoding="cp1252")


def palm_text() -> bytes:
    """A text for a Palm, as people carried stories before there were books for it."""
    return palm(
        "THE GLASS ORCHARD\n\nby Nan Tully\n\nRating: PG\n\n\nThe trees rang when the wind came over the hill, and the "
        'wind came every night.\n\n"You\'ll break them," said Ash.\n\n"They break themselves," said the gardener, and '
        "swept.\n\nTHE END\n"
    )


def paper() -> bytes:
    """A story printed to PDF: a running head, numbers at the foot, words cut at the ends of rows, a page turned."""
    one = [
        Put(110, 362, "Chapter 1", 16, 2),
        Put(40, 336, "The ferryman kept his lantern under the bench, and would"),
        Put(30, 323, "not say why. Passengers asked. He rowed on. It was a good"),
        Put(30, 310, "long crossing, and nobody had ever seen him light the lan-"),
        Put(30, 297, "tern, not once."),
        Put(40, 284, "\x93Is it broken?\x94 said the girl, who was nine."),
        Put(40, 271, "\x93No,\x94 said the ferryman."),
        Put(142, 245, "* * *"),
        Put(40, 219, "On the far shore there was a house, and in the house was"),
        Put(30, 206, "one window, and it was dark as well. They had reached an"),
        Put(30, 193, "understanding, the two of them: whoever was the first who"),
    ]
    two = [
        Put(30, 362, "gave in would have to say so."),
        Put(40, 349, "Neither had"),
        Put(95, 349, "ever", 10, 1),
        Put(116, 349, "said so."),
        Put(110, 310, "Chapter 2", 16, 2),
        Put(40, 284, "It was the girl who lit it in the end, with a match that"),
        Put(30, 271, "she had been told not to have."),
    ]
    three = [Put(40, 362, "Nobody minded, and the window answered.")]
    pages = [
        [Put(100, 385, "THE UNLIT LAMP", 8), *page, Put(145, 10, str(number), 8)]
        for number, page in enumerate((one, two, three), start=1)
    ]
    decoded = [[put._replace(text=put.text.encode("latin-1").decode("cp1252")) for put in page] for page in pages]
    return pdf(decoded, {"Title": "The Unlit Lamp", "Author": "Una Legalname", "CreationDate": "D:20140609101112"})


def book_with_notes() -> bytes:
    """An EPUB whose chapters both call their first note by the same name."""
    cited = '<a epub:type="noteref" href="#n1"><sup>1</sup></a>'
    note = '<aside epub:type="footnote" id="n1"><p>{}</p></aside>'
    pages = {
        "one.xhtml": page(
            f"<h1>Chapter 1</h1><p>The bell was rung by hand,{cited} and late.</p><p>Nobody minded the hour.</p>"
            + note.format("By whose hand is another story.")
        ),
        "two.xhtml": page(
            f"<h1>Chapter 2</h1><p>On the second night it rang by itself.{cited}</p>"
            '<p>She had read of it.<a href="back.xhtml#e1">[2]</a></p>' + note.format("It did not.")
        ),
        "back.xhtml": page(
            '<section><h2>Notes</h2><div role="doc-endnote" id="e1"><p>In a ledger.</p></div></section>'
        ),
    }
    return book(pages, metadata="<dc:title>The Bell-Ringers</dc:title><dc:creator>Osric Thwaite</dc:creator>")


MADE: dict[str, Callable[[], bytes]] = {
    "word_document/story.docx": word_document,
    "old_word_document/story.doc": old_word_document,
    "open_document/story.odt": open_document,
    "book_with_notes/story.epub": book_with_notes,
    "fiction_book/story.fb2": fiction_book,
    "kindle_book/story.azw3": kindle_book,
    "mobipocket_book/story.mobi": mobipocket_book,
    "palm_text/story.pdb": palm_text,
    "story_on_paper/story.pdf": paper,
}


def main() -> None:
    for path, make in MADE.items():
        file = HERE / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(make())


if __name__ == "__main__":
    main()
