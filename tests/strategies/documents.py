"""Documents of word processors and reading programs, as small as they come, whole and broken."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st
from tests.strategies.formats import archives, harmed, zipped

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_O = "".join(f' xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "style", "table", "draw", "meta"))
_ODT = f'{_O} xmlns:fo="{_ODF}:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
_ODT += f' xmlns:svg="{_ODF}:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
_STYLES = f"""<w:styles {_W}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="Author"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="E"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>
</w:styles>"""


def docx(body: str, beside: Mapping[str, str] | None = None, core: str = "", links: str = "") -> bytes:
    """A Word document of this body; `beside` are the bodies of other parts by kind, such as `footnotes`."""
    beside = beside or {}
    kinds = "".join(
        f'<Relationship Id="r-{kind}" Type="{_RELATED}/{kind}" Target="{kind}.xml"/>' for kind in ("styles", *beside)
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{_RELATED}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_W} {_R}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{kinds}{links}</Relationships>",
        "word/styles.xml": _STYLES,
        **{f"word/{kind}.xml": f"<w:{kind} {_W}>{inner}</w:{kind}>" for kind, inner in beside.items()},
    }
    if core:
        parts["docProps/core.xml"] = f"<cp:coreProperties>{core}</cp:coreProperties>"
    return zipped({name: (_DECLARED + text).encode() for name, text in parts.items()})


def odt(body: str, styles: str = "", meta: str = "", running: str = "", manifest: str = "") -> bytes:
    """An OpenDocument text; `styles` are its own, `running` what stands over every page."""
    content = (
        f"<office:document-content{_ODT}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    master = f'<style:master-page style:name="Standard"><style:header>{running}</style:header></style:master-page>'
    parts = {
        "content.xml": content,
        "styles.xml": f"<office:document-styles{_ODT}><office:master-styles>{master}</office:master-styles>"
        "</office:document-styles>",
        "meta.xml": f"<office:document-meta{_ODT}><office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f"<manifest:manifest>{manifest}</manifest:manifest>",
    }
    members = {"mimetype": b"application/vnd.oasis.opendocument.text"}
    return zipped({**members, **{name: (_DECLARED + text).encode() for name, text in parts.items()}})


def flat_odt(body: str, meta: str = "") -> bytes:
    """An OpenDocument text in one file."""
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    return (
        f"{_DECLARED}<office:document{_ODT} {kind}><office:meta>{meta}</office:meta>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def fb2(bodies: str, info: str = "", document: str = "", rest: str = "", encoding: str = "utf-8") -> bytes:
    """A FictionBook of these bodies."""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'
        '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">'
        f"<description><title-info>{info}</title-info><document-info>{document}</document-info></description>"
        f"{bodies}{rest}</FictionBook>"
    ).encode(encoding)


_SAID = ("word", " ", "two words ", "é", "&amp;", "&#8217;", "\n", "* * *", "Title: x", "\u3000", "&nbsp;", "<", "]]>")
_STRAY = ("<!-- x -->", "<![CDATA[y]]>", "<?z?>", "</p>", "</w:p>", "</text:p>", "<x>", "</x>", "<p", "</section>", "'")
_DOCX = (
    *(
        '<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr>',
        "<w:p>",
        "</w:p>",
        "<w:p/>",
        '<w:pPr><w:jc w:val="center"/></w:pPr>',
    ),
    *(
        "<w:r><w:t>",
        "<w:r><w:rPr><w:i/></w:rPr><w:t>",
        "</w:t></w:r>",
        "<w:r>",
        "<w:t>",
        "</w:t>",
        "</w:r>",
        "<w:tab/>",
    ),
    *("<w:br/>", '<w:br w:type="page"/>', "<w:del>", "</w:del>", "<w:delText>", "</w:delText>", "<w:ins>", "</w:ins>"),
    *("<w:rPr><w:vanish/></w:rPr>", '<w:hyperlink r:id="r9">', '<w:hyperlink w:anchor="a">', "</w:hyperlink>"),
    *(
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:fldChar w:fldCharType="separate"/>',
        '<w:fldChar w:fldCharType="end"/>',
    ),
    *("<w:instrText>", "</w:instrText>", '<w:footnoteReference w:id="2"/>', "<w:footnoteRef/>", "<w:tbl><w:tr><w:tc>"),
    *(
        "</w:tc></w:tr></w:tbl>",
        '<wp:docPr descr="a &amp; b"/>',
        "<a:blip/>",
        '<v:rect o:hr="t"/>',
        "<w:tc>",
        "</w:tc>",
    ),
    *(
        '<w:sym w:char="F04A"/>',
        '<w:sym w:char="F000"/>',
        "<w:pPr><w:pBdr><w:bottom/></w:pBdr></w:pPr>",
        "<mc:Fallback>",
    ),
    *("</mc:Fallback>", '<w:bookmarkStart w:name="a"/>', '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>'),
)
_ODT_BITS = (
    *(
        "<text:p>",
        "</text:p>",
        "<text:p/>",
        '<text:h text:outline-level="2">',
        "</text:h>",
        '<text:p text:style-name="Title">',
    ),
    *('<text:span text:style-name="I">', "</text:span>", '<text:s text:c="3"/>', "<text:tab/>", "<text:line-break/>"),
    *(
        '<text:note text:id="n"><text:note-citation>1</text:note-citation><text:note-body>',
        "</text:note-body></text:note>",
    ),
    *(
        "<text:note-body>",
        "</text:note-body>",
        "<office:annotation>",
        "</office:annotation>",
        "<text:list>",
        "</text:list>",
    ),
    *("<text:tracked-changes>", "</text:tracked-changes>", '<text:a xlink:href="http://x.example/">', "</text:a>"),
    *(
        "<table:table-cell>",
        "</table:table-cell>",
        "<draw:image/>",
        "<svg:desc>",
        "</svg:desc>",
        "<text:table-of-content>",
    ),
    *("</text:table-of-content>", '<text:p text:style-name="Horizontal_20_Line"/>', '<text:bookmark text:name="b"/>'),
)
_FB2_BITS = (
    *(
        "<section>",
        "</section>",
        "<title>",
        "</title>",
        "<p>",
        "</p>",
        "<emphasis>",
        "</emphasis>",
        "<strong>",
        "<poem>",
    ),
    *(
        "</poem>",
        "<stanza>",
        "</stanza>",
        "<v>",
        "</v>",
        "<epigraph>",
        "</epigraph>",
        "<cite>",
        "</cite>",
        "<empty-line/>",
    ),
    *(
        '<a l:href="#n" type="note">',
        "</a>",
        '<section id="n">',
        "<text-author>",
        "<subtitle>",
        "</subtitle>",
        "<table>",
    ),
    *(
        "<td>",
        "</td>",
        '<image l:href="#i" alt="x"/>',
        "<style name='s'>",
        "</style>",
        "<body>",
        "</body>",
        '<body name="notes">',
    ),
)


_RTF_BITS = (
    *(
        "{",
        "}",
        "{",
        "}",
        "\\par ",
        "\\line ",
        "\\b ",
        "\\i0 ",
        "\\i ",
        "\\tab ",
        "\\~",
        "\\'e9",
        "\\'82",
        "\\'a0",
        "\\'",
    ),
    *(
        "\\u8217?",
        "\\u-10179\\u-8704",
        "\\uc0 ",
        "\\uc2 ",
        "\\emdash ",
        "\\pard ",
        "\\plain ",
        "\\qc ",
        "\\s1 ",
        "\\page ",
    ),
    *(
        "{\\*\\unknown ",
        "{\\pict ",
        "\\bin5 ",
        "{\\footnote ",
        "{\\header ",
        "\\chftn ",
        "{\\info{\\title ",
        "{\\fonttbl{\\f1",
    ),
    *(
        "\\fcharset128 ",
        "\\f1 ",
        '{\\field{\\*\\fldinst HYPERLINK "http://x.example/"}{\\fldrslt ',
        "\\deleted ",
        "\\v ",
    ),
    *(
        "{\\stylesheet{\\s1 heading 1;}}",
        "{\\*\\bkmkstart a}",
        "\\intbl ",
        "\\cell ",
        "\\brdrb ",
        "{\\annotation ",
        "\\\n",
    ),
    *("\\outlinelevel1 ", "\\ansicpg1251 ", "\\ansicpg932 ", "\xe9", "\x82", "\0", "\\{", "\\-"),
)


def _thrown(*bits: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(*map(st.sampled_from, (_SAID, *bits, *bits, _STRAY))), max_size=30).map("".join)


docx_files = st.tuples(_thrown(_DOCX), _thrown(_DOCX)).map(
    lambda pair: docx(pair[0], {"footnotes": f'<w:footnote w:id="2">{pair[1]}</w:footnote>', "header": pair[1]})
)
odt_files = st.tuples(_thrown(_ODT_BITS), _thrown(_ODT_BITS)).map(lambda pair: odt(pair[0], running=pair[1]))
flat_files = _thrown(_ODT_BITS).map(flat_odt)
fb2_files = _thrown(_FB2_BITS).map(lambda inner: fb2(f"<body>{inner}</body>"))
rtf_files = (
    st.lists(st.one_of(*map(st.sampled_from, (_SAID, _RTF_BITS, _RTF_BITS))), max_size=40)
    .map("".join)
    .map(lambda inner: ("{\\rtf1\\ansi " + inner + "}").encode("latin-1", "replace"))
)
_MD_BITS = (
    *(
        "# ",
        "## ",
        "*",
        "**",
        "***",
        "_",
        "__",
        "~~",
        "`",
        "[a](http://x.example/_y_)",
        "[b](c)",
        "![d](e)",
        "[^1]",
        "[^1]: ",
    ),
    *(
        "> ",
        ">> ",
        "\n===\n",
        "\n\n",
        "\n",
        "  \n",
        "\\\n",
        "\\*",
        "word",
        "two words",
        "Title: x",
        "* * *",
        "---",
        "[",
        "](",
    ),
)
md_files = st.lists(st.sampled_from(_MD_BITS), max_size=40).map(
    lambda bits: ("# Title\n\n**bold** [link](http://x.example/)\n\n" + "".join(bits)).encode()
)
documents = st.one_of(md_files, docx_files, odt_files, flat_files, fb2_files, rtf_files)
"""Documents as nobody means them."""

any_document = st.one_of(documents, documents, harmed(documents), archives)
