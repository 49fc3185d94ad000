"""Books in their makers' shapes, with stories of our own. `python -m tests.stories.made_by_makers` writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

HERE = Path(__file__).parent
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml">'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"'
PAGE = "application/xhtml+xml"


def epub(members: Mapping[str, str], package: str) -> bytes:
    """A book: its kind first and not packed, then all members in the order given."""
    container = (
        '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        f'<rootfiles><rootfile full-path="{package}" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in {"META-INF/container.xml": container, **members}.items():
            book.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def opf(version: str, metadata: str, items: Mapping[str, str], spine: list[str]) -> str:
    listed = "".join(f'<item id="{name}" href="{path}" media-type="{PAGE}"/>' for name, path in items.items())
    order = "".join(f'<itemref idref="{name}"/>' for name in spine)
    return (
        f'{XML}<package version="{version}" xmlns="http://www.idpf.org/2007/opf" unique-identifier="uid">'
        f'<metadata {DC}>{metadata}</metadata><manifest>{listed}<item id="ncx" href="toc.ncx" '
        f'media-type="application/x-dtbncx+xml"/></manifest><spine toc="ncx">{order}</spine></package>'
    )


def ncx(labels: Mapping[str, str], generator: str = "") -> str:
    head = f'<head><meta name="dtb:generator" content="{generator}"/></head>' if generator else "<head/>"
    points = "".join(
        f"<navPoint><navLabel><text>{label}</text></navLabel><content src='{path}'/></navPoint>"
        for path, label in labels.items()
    )
    return f'{XML}<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/">{head}<navMap>{points}</navMap></ncx>'


def fff_page(name: str, title: str, body: str, head: str = "") -> str:
    style = '<link href="stylesheet.css" type="text/css" rel="stylesheet"/>'
    return (
        f'{XML}{XHTML}\n<head>\n<title>{title}</title>\n{style}\n{head}</head>\n<body class="fff_{name}">\n{body}\n'
        "</body>\n</html>\n"
    )


def fff_chapter(url: str, title: str, body: str) -> str:
    metas = "".join(
        f'<meta name="{name}" content="{value}" />\n'
        for name, value in (("chapterurl", url), ("chapterorigtitle", title), ("chaptertitle", title))
    )
    return fff_page("chapter", title, f'<h3 class="fff_chapter_title">{title}</h3>\n{body}', metas)


def fff_book_of_today() -> bytes:
    """FanFicFare, EPUB 3, from the largest archive: fields in a table, labels of that site's, a log, a lost chapter."""
    work = "https://archiveofourown.org/works/900004101"
    people = "https://archiveofourown.org/users/"
    rows = [
        ("Series", '<a href="https://archiveofourown.org/series/9004">Low Water</a> [2]'),
        ("Category", "The Keepers of Orrin Light (Radio)"),
        ("Genre", "Gen, Lighthouses, Post-Canon"),
        ("Language", "English"),
        ("Characters", "Bray, the younger, Isolde Marr, Keeper Thole"),
        ("Relationships", "Isolde Marr &amp; Keeper Thole, Isolde Marr/Bray, the younger"),
        ("Status", "In-Progress"),
        ("Published", "2023-02-11"),
        ("Updated", "2024-06-30"),
        ("Packaged", "2024-07-02 21:14:55"),
        ("Rating", "Teen And Up Audiences"),
        ("Warnings", "Creator Chose Not To Use Archive Warnings"),
        ("Chapters", "3"),
        ("Words", "1,204"),
        ("Publisher", "archiveofourown.org"),
        ("Freeform Tags", "Lighthouses, Post-Canon"),
        ("AO3 Categories", "Gen"),
        ("Comments", "12"),
        ("Kudos", "87"),
        ("Hits", "1,530"),
        ("Bookmarks", "9"),
        ("Collections", '<a href="https://archiveofourown.org/collections/lampmoot">Lampmoot 2023</a>'),
        ("Tides Kept", "three"),
    ]
    table = "".join(f"\n<tr><td><b>{label}:</b></td><td>{value}</td></tr>\n" for label, value in rows)
    summary = "<div><p>The lamp is lit from both sides now.</p><p>Second in a series; it may stand alone.</p></div>"
    title = (
        f'<h3><a href="{work}">The Other Keeper</a> by <a class=\'authorlink\' href="{people}fathom">fathom</a>, '
        f"<a class='authorlink' href=\"{people}old_brine/pseuds/brine\">brine (old_brine)</a></h3>\n"
        f'<table class="full">\n{table}\n<tr><td colspan="2"><b>Summary:</b> {summary}</td></tr>\n</table>\n'
    )
    contents = "".join(
        f'<a href="file000{number}.xhtml">{name}</a><br />\n'
        for number, name in enumerate(("1. Flood", "2. Slack", "3. Ebb"), start=1)
    )
    log = (
        "<h3>Update Log</h3>\n<p class='log_entry'>\n<b>Updated:</b> <span id=\"dateUpdated\">2023-02-11</span>\n"
        '<b>Words:</b> <span id="numWords">404</span>\n</p>\n<hr/>\n'
    )
    one = (
        '<div class="fff_chapter_notes fff_head_notes"><b>Summary for the Chapter:</b><blockquote class="userstuff">'
        "<p>Thole hears a second bell.</p></blockquote></div>\n"
        '<div class="fff_chapter_notes fff_head_notes"><b>Notes for the Chapter:</b><blockquote class="userstuff">'
        "<p>Thank you to everyone who asked for more of this one!</p></blockquote></div>\n"
        "<div><p>Thole had kept the light for nineteen years before it answered.</p>"
        "<p>It was a small answer. Across the strait, where there was no land on any chart he owned, somebody lit a "
        "lamp, counted four, and put it out again.</p><p>“Isolde,” he said down the stair. “Come and tell me that I "
        "am old.”</p></div>\n"
        '<div class="fff_chapter_notes fff_foot_notes"><b>Notes for the Chapter:</b><blockquote class="userstuff">'
        "<p>The bell comes back in chapter three.</p></blockquote></div>"
    )
    two = "<div><p>FanFicFare failed to download this chapter.</p></div>"
    three = (
        "<div><p>“You are old,” said Isolde, when she had watched it twice. “But it is also there.”</p>"
        "<p>* * *</p><p>They rowed out at the ebb, and did not take the lamp.</p></div>"
    )
    subjects = ("FanFiction", "Lighthouses", "Post-Canon", "Gen", "The Keepers of Orrin Light (Radio)")
    people_in = (
        *("Bray, the younger", "Isolde Marr", "Keeper Thole", "Isolde Marr &amp;amp; Keeper Thole"),
        *("Isolde Marr/Bray, the younger", "Last Update Year/Month: 2024/06", "Last Update: 2024/06/30"),
    )
    metadata = (
        '<dc:identifier id="uid">fanficfare-uid:archiveofourown.org-ufathom-s900004101</dc:identifier>'
        '<dc:title id="id">The Other Keeper</dc:title><dc:creator id="id-1">fathom</dc:creator>'
        '<dc:creator id="id-2">brine (old_brine)</dc:creator>'
        '<dc:contributor id="id-3">FanFicFare [https://github.com/JimmXinu/FanFicFare]</dc:contributor>'
        '<dc:language>en</dc:language><meta property="dcterms:modified">2024-07-02T21:14:55Z</meta>'
        '<meta name="calibre:series" content="Low Water"/><meta name="calibre:series_index" content="2.00"/>'
        "<dc:description>The lamp is lit from both sides now.</dc:description>"
        + "".join(f"<dc:subject>{subject}</dc:subject>" for subject in (*subjects, *people_in, "In-Progress"))
        + "<dc:publisher>archiveofourown.org</dc:publisher>"
        f"<dc:identifier>URL:{work}</dc:identifier><dc:source>{work}</dc:source>"
    )
    items = {
        "title_page": "OEBPS/title_page.xhtml",
        "toc_page": "OEBPS/toc_page.xhtml",
        **{f"file000{number}": f"OEBPS/file000{number}.xhtml" for number in (1, 2, 3)},
        "log_page": "OEBPS/log_page.xhtml",
    }
    lost = "chapter url removed due to failure"
    pages = {
        "title_page": fff_page("titlepage", "The Other Keeper by fathom, brine (old_brine)", title),
        "toc_page": fff_page(
            "tocpage", "The Other Keeper by fathom", f"<div>\n<h3>Table of Contents</h3>\n{contents}</div>"
        ),
        "file0001": fff_chapter(f"{work}/chapters/1", "1. Flood", one),
        "file0002": fff_chapter(lost, "2. Slack", two),
        "file0003": fff_chapter(f"{work}/chapters/3", "3. Ebb", three),
        "log_page": fff_page("logpage", "Update Log", log),
    }
    members = {items[name]: page for name, page in pages.items()}
    labels = {items[name]: name for name in ("file0001", "file0002", "file0003")}
    package = opf("3.0", metadata, items, list(items))
    return epub({**members, "toc.ncx": ncx(labels), "content.opf": package}, "content.opf")


LANG = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">'


def fichub_member(title: str, body: str) -> str:
    return (
        f"<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html>\n{LANG}\n  <head>\n    <title>{title}</title>\n"
        f"  </head>\n  <body>{body}\n</body>\n</html>\n"
    )


FICHUB_LINE = (
    "Rated: Fiction T - French - Hurt/Comfort/Family - [Odile M., Bastien] Mère Agathe - Chapters: 2 - Words: 4,010 - "
    "Reviews: 51 - Favs: 210 - Follows: 188 - Updated: 6/2/2018 - Published: 12/24/2017 - id: 90007121"
)
FICHUB_ONE = (
    "<h2>1. La clef</h2><p><strong>A/N: Bonjour! Reviews make my day.</strong></p>"
    "<p>La clef n'ouvrait rien, et Bastien le savait.</p><p>« Essaie encore, » dit Odile.</p>"
)
FICHUB_TWO = "<h2>2. Chapter 2</h2><p>Elle ouvrit, cette fois. Personne n'en fut content.</p>"


def fichub_book() -> bytes:
    """FicHub, EPUB: a story in French in a book that says it is English, the table of contents among its pages."""
    source = "https://www.fanfiction.net/s/90007121/1/"
    introduction = (
        "<h1>La clef de rien</h1>\n\t<p><b>By: Fleur de Sel</b></p>\n\t<p/><p>Une porte, deux menteurs.</p>"
        "<p>Updated: when the cat allows.</p>\n\t<p>Status: ongoing</p>\n\t<p>Published: 2017-12-24</p>\n\t"
        "<p>Updated: 2018-06-02</p>\n\t<p>Words: 4010</p>\n\t<p>Chapters: 2</p>\n\t"
        f"<p>{FICHUB_LINE}</p>\n\t<p>Original source:\n\t\t"
        f'<a rel="noopener noreferrer" href="{source}">{source}</a></p>'
        '\n\t<p>Exported with the assistance of\n\t\t<a href="https://fichub.net">FicHub.net</a></p>'
    )
    contents = (
        '<nav epub:type="toc" id="id" role="doc-toc"><h2>La clef de rien</h2><ol><li><a href="introduction.xhtml">'
        'Introduction</a></li><li><a href="chap_1.xhtml">1. La clef</a></li><li><a href="chap_2.xhtml">2. Chapter 2</a>'
        "</li></ol></nav>"
    )
    items = {"chapter_0": "introduction.xhtml", "nav": "nav.xhtml", "chapter_1": "chap_1.xhtml"}
    items["chapter_2"] = "chap_2.xhtml"
    metadata = (
        '<meta property="dcterms:modified">2018-06-02T00:00:00Z</meta><meta name="generator" content="Ebook-lib 0.18"/>'
        '<dc:identifier id="uid">q7xfr2ab</dc:identifier><dc:title>La clef de rien</dc:title>'
        '<dc:language>en</dc:language><dc:creator id="creator">Fleur de Sel</dc:creator>'
        "<dc:description>&lt;p&gt;Une porte, deux menteurs.&lt;/p&gt;</dc:description>"
    )
    package = opf("3.0", metadata, items, list(items)).replace('href="nav.xhtml"', 'href="nav.xhtml" properties="nav"')
    pages = (("Introduction", introduction), ("La clef de rien", contents), ("1. La clef", FICHUB_ONE))
    written = [fichub_member(*page) for page in (*pages, ("2. Chapter 2", FICHUB_TWO))]
    members = {f"EPUB/{path}": page for path, page in zip(items.values(), written, strict=True)}
    labels = {"introduction.xhtml": "Introduction", "chap_1.xhtml": "1. La clef", "chap_2.xhtml": "2. Chapter 2"}
    return epub({**members, "EPUB/toc.ncx": ncx(labels), "EPUB/content.opf": package}, "EPUB/content.opf")


def ff2ebook_page(title: str, body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n{LANG}\n    <head>\n'
        '        <link rel="stylesheet" type="text/css" href="../Styles/style.css" />\n'
        f"        <title>{title}</title>\n    </head>\n    <body>\n{body}\n    </body>\n</html>\n"
    )


def ff2ebook(title_page: str, chapters: list[tuple[str, str]], title: str, who: str, summary: str) -> bytes:
    names = [f"Content/{number}.xhtml" for number in range(1, len(chapters) + 1)]
    items = {"title": "Content/title.xhtml", **{f"chap{n}": name for n, name in enumerate(names, start=1)}}
    metadata = (
        f"<dc:title>{title}</dc:title><dc:description>{summary}</dc:description>"
        "<dc:publisher>www.ff2ebook.com</dc:publisher><dc:language>en</dc:language>"
        '<dc:identifier id="uid" opf:scheme="UUID">urn:uuid:0a1b2c3d-0000-4000-8000-00000000ff2e</dc:identifier>'
        f'<dc:creator opf:file-as="{who}" opf:role="aut">{who}</dc:creator>'
    )
    labels = {name: f"{n}. {chapters[n - 1][0]}" for n, name in enumerate(names, start=1)}
    members = {f"OEBPS/{name}": chapters[n][1] for n, name in enumerate(names)}
    return epub(
        {
            **members,
            "OEBPS/Content/title.xhtml": title_page,
            "OEBPS/toc.ncx": ncx(labels),
            "OEBPS/content.opf": opf("2.0", metadata, items, list(items)),
        },
        "OEBPS/content.opf",
    )


def ff2ebook_book() -> bytes:
    """FF2EBOOK's old site: labels in bold by a class, what fanfiction.net calls a story's place as one word."""
    rows = [
        ("Fic type:", "Books/Fen Wardens/Second Age"),
        ("Summary:", "Somebody has been ringing the tide in. Status: unknown."),
        ("Status:", "Completed"),
        ("Pairings/Main char.:", "[Mara D., Warden Pell] Ness"),
        ("Published:", "2012-03-04"),
        ("Last updated:", "2012-05-06"),
        ("Words count:", "3,204"),
        ("Chapters count:", "2"),
    ]
    head = (
        '        <div class="fic-title"><a href="https://www.fanfiction.net/s/90008811">The Tide Bell</a></div>\n'
        '        <div class="fic-author">By: <a href="https://www.fanfiction.net/u/900033">Harrow Lane</a></div>\n'
        "        <br />\n        <br />\n"
    )
    told = "".join(f'        <span class="bold">{label}</span> {value}<br />\n' for label, value in rows)
    foot = (
        '        <br />\n        <br />\n        <div class="footer">\n            Converted using '
        '<a href="http://www.ff2ebook.com">www.FF2EBOOK.com</a><br />\n            Date: 2014-11-30\n        </div>'
    )
    texts = [
        ("Ebb", "<p>The bell had no rope, and it rang at four.</p><p>“That is not us,” said Pell.</p>"),
        ("Chapter 2", "<p>Nobody owned to it. The sea came in all the same, and was polite about it.</p>"),
    ]
    chapters = [
        (
            title,
            ff2ebook_page(title, f'<div class="chap-title">{n}. {title}</div>\n<div class="chap-text">{text}</div>'),
        )
        for n, (title, text) in enumerate(texts, start=1)
    ]
    page = ff2ebook_page("The Tide Bell", head + told + foot)
    return ff2ebook(page, chapters, "The Tide Bell", "Harrow Lane", "Somebody has been ringing the tide in.")


def ff2ebook_book_of_today() -> bytes:
    """FF2EBOOK's new site: an element for each fact, the site's own line, days with names of months."""
    rows = [
        ("summary", "Summary: The archive is on fire, and the archivist is at lunch."),
        ("completed", "Status: Completed"),
        ("ficType", "Fic type: Games/Ghost Harbour"),
        (
            "addInfos",
            "Additional Infos: Rated: Fiction K+ - English - Humor - The Archivist - Reviews: 4 - Favs: 9 - Follows: 2",
        ),
        ("published", "Publish Date: Jul 4, 2021"),
        ("updated", "Last Updated: Jul 9, 2021"),
        ("wordsCount", "Words count: 1,100"),
        ("chapCount", "Chapters count: 1"),
    ]
    head = (
        '\t\t<div id="fic-title"><a href="https://www.fanfiction.net/s/90009110">Out to Lunch</a></div>\n'
        '\t\t<div id="fic-author">By: <a href="https://www.fanfiction.net/u/900034">Ines Quarto</a></div>\n'
        "\t\t<br />\n\t\t<br />\n"
    )
    told = "".join(f'\t\t<div id="{name}">{text}</div>\n' for name, text in rows)
    foot = (
        '\t\t<div class="footer">\n\t\t\tConverted using <a href="http://www.ff2ebook.com">www.FF2EBOOK.com</a><br />\n'
        '\t\t\tDate: <span id="createdOn">Nov 30, 2023</span>\n\t\t</div>'
    )
    text = "<p>It was a small fire, with good taste.</p><p>It began with the minutes.</p>"
    chapter = ff2ebook_page(
        "Out to Lunch", f'<div id="chap-title">1. Out to Lunch</div>\n<div id="chap-text">{text}</div>'
    )
    page = ff2ebook_page("Out to Lunch - Ines Quarto", head + told + foot)
    summary = "The archive is on fire, and the archivist is at lunch."
    return ff2ebook(page, [("Out to Lunch", chapter)], "Out to Lunch", "Ines Quarto", summary)


def leech_page(title: str, text: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n{XHTML}\n<head>\n    <title>{title}</title>\n'
        '    <link rel="stylesheet" type="text/css" href="../Styles/base.css" />\n</head>\n'
        f"<body>\n{text}\n</body>\n</html>\n"
    )


def leech_book() -> bytes:
    """Leech: front matter in terms, a chapter without a name counted from nought, footnotes on a page of their own."""
    source = "https://forums.boards.example/threads/the-glass-tithe.4410/"
    front = (
        '<div class="cover title">\n    <h1>The Glass Tithe<br />By Orrin Vetch</h1>\n    <dl>\n'
        f"        <dt>Source</dt>\n        <dd>{source}</dd>\n        <dt>Started</dt>\n        <dd>2018-01-02</dd>\n"
        "        <dt>Updated</dt>\n        <dd>2019-03-04</dd>\n"
        "        <dt>Downloaded on</dt>\n        <dd>2019-04-01</dd>\n"
        "        <dt>Summary</dt><dd><p>Every tenth window is owed.</p><p>By whom is not written.</p></dd>\n"
        "        <dt>Tags</dt><dd>glass, slow burn, no resurrection</dd>\n    </dl>\n</div>"
    )
    pictures = '<div class="cover">\n<svg version="1.1" xmlns="http://www.w3.org/2000/svg"></svg>\n</div>'
    one = (
        "<h1>#0</h1>\n<p>The assessor came on the first dry day, with a cloth.</p>"
        '<p>“Ten,” she said, and breathed on the glass.<a href="footnotes.html#f1" id="r1">[1]</a></p>'
    )
    two = "<h1>Part One: The Tenth Window</h1>\n<p>It looked out on nothing, and somebody looked in.</p>"
    notes = '<h1>Footnotes</h1>\n<p id="f1">[1] Ten is a large number in Vetch. <a href="chapter1.html#r1">back</a></p>'
    pages = {
        "cover.html": ("Cover", pictures),
        "frontmatter.html": ("Front Matter", front),
        "4410/chapter1.html": ("#0", one),
        "4410/chapter2.html": ("Part One: The Tenth Window", two),
        "4410/footnotes.html": ("Footnotes", notes),
    }
    items = {f"file_{number}": path for number, path in enumerate(pages, start=1)}
    metadata = (
        f'<dc:identifier id="uid" opf:scheme="URI">{source}</dc:identifier><dc:title>The Glass Tithe</dc:title>'
        '<dc:language>en</dc:language><dc:creator opf:role="aut">Orrin Vetch</dc:creator>'
        '<meta name="generator" content="leech"/>'
    )
    members = {f"OEBPS/{path}": leech_page(*page) for path, page in pages.items()}
    labels = {path: title for path, (title, _) in pages.items()}
    package = opf("2.0", metadata, items, list(items))
    return epub({**members, "OEBPS/toc.ncx": ncx(labels), "OEBPS/Content.opf": package}, "OEBPS/Content.opf")


MADE: dict[str, Callable[[], bytes]] = {
    "fff_book_of_today/story.epub": fff_book_of_today,
    "fichub_book/story.epub": fichub_book,
    "ff2ebook_book/story.epub": ff2ebook_book,
    "ff2ebook_book_of_today/story.epub": ff2ebook_book_of_today,
    "leech_book/story.epub": leech_book,
}


def main() -> None:
    for path, make in MADE.items():
        file = HERE / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(make())


if __name__ == "__main__":
    main()
