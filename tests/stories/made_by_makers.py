"""Books in the shapes of their makers, with stories of our own. `python -m tests.stories.made_by_makers` writes them."""

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


MADE: dict[str, Callable[[], bytes]] = {"fff_book_of_today/story.epub": fff_book_of_today}


def main() -> None:
    for path, make in MADE.items():
        file = HERE / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(make())


if __name__ == "__main__":
    main()
