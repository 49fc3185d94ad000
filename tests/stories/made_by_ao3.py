"""Downloads of the Archive of Our Own as its templates wrote them in each era, of one story of ours.

What changed when is read off the history of the archive's own templates; `docs/dialects.md` lists the eras.
`python -m tests.stories.made_by_ao3` writes the files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tests.stories.made_by_makers import DC, XML, epub, ncx

HERE = Path(__file__).parent
SITE = "http://archiveofourown.org"
WORK = f"{SITE}/works/900005500"


@dataclass(frozen=True, slots=True)
class Era:
    """How a template of its day differs from the others."""

    framed: bool = True
    """A preface and an afterword around the chapters, since January 2019."""
    bare: bool = False
    """No element around the text of a work of one chapter, until 2010."""
    language: bool = False
    """Since June 2022."""
    chapters_last: bool = False
    """Chapters after words, and always; words with a comma. Since April 2023."""
    plural: bool = False
    """Labels in the plural where there are several. Since October 2023."""
    numbered: bool = False
    """"Chapter 1: Title". Since October 2025."""
    chaptered: bool = True
    heads_one: bool = False
    """A heading for a work's only chapter so far. Since February 2026."""


TAGS = (
    ("Rating", ["Teen And Up Audiences"]),
    ("Archive Warning", ["Graphic Depictions Of Violence", "CHOSE"]),
    ("Category", ["F/F", "Gen"]),
    ("Fandom", ["The Tallow Quarter (Podcast)", "Saltmarsh/Firelight"]),
    ("Relationship", ["Mother Agnes & The Clerk", "Wren Tolliver/Original Female Character"]),
    ("Character", ["Mother Agnes (Tallow Quarter)", "The Clerk", "Wren Tolliver"]),
    ("Additional Tag", ["Hurt/Comfort", "Bookkeeping", "no beta we die like candles"]),
)
SUMMARY = "<p>Somebody has been paying the dead.</p>\n<p>The Clerk means to find out in what coin.</p>"
NOTES = "<p>Written for the exchange that never happened. Thanks to rushlight for the beta!</p>"
AT_END = "<p>Salt money is real; the guild is not. Come and shout at me about candles.</p>"
ONE = (
    "<p>The ledger was kept in pencil until the year of the fire, and in ink after it.</p>",
    "<p>“Pencil can be argued with,” Mother Agnes said. “I will not be argued with by <em>ash</em>.”</p>",
    "<p>The Clerk turned the page. Against every name that had been crossed out somebody had written a sum, and "
    "against every sum, in another hand, <em>paid</em>.</p>",
)
TWO = (
    "<p>Wren was sitting on the wall of the salt pans when they found her, with her boots beside her.</p>",
    "<p>* * *</p>",
    "<p>“It is not a great deal,” she said. “They do not eat.”</p>",
)


def link(address: str, text: str) -> str:
    return f'<a href="{address}">{escape(text, quote=False)}</a>'


def person(account: str, pseud: str) -> str:
    shown = pseud if pseud == account else f"{pseud} ({account})"
    return f'<a rel="author" href="{SITE}/users/{account}/pseuds/{pseud}">{shown}</a>'


def preface(era: Era, stats: str, related: str, chose: str) -> str:
    rows = []
    for label, tags in TAGS:
        name = label if label != "Additional Tag" or era.plural else "Additional Tags"
        if era.plural and len(tags) > 1:
            name = "Categories" if label == "Category" else f"{label}s"
        named = [chose if tag == "CHOSE" else tag for tag in tags]
        links = ", ".join(link(f"{SITE}/tags/{tag.replace('/', '*s*').replace(' ', '%20')}", tag) for tag in named)
        rows.append(f"<dt>{name}:</dt>\n          <dd>{links}</dd>")
    if era.language:
        rows.append("<dt>Language:</dt>\n        <dd>English</dd>")
    series = (
        f"Part 2 of\n{link(f'{SITE}/series/771', 'Ledgers')}, Part 11 of\n{link(f'{SITE}/series/90', 'Winter, Kept')}"
    )
    rows.append(f"<dt>Series:</dt>\n        <dd>{series}</dd>")
    kept = (
        f"{link(f'{SITE}/collections/lw18', 'Lantern Week 2018')},\n{link(f'{SITE}/collections/wicks', 'Rare Wicks')}"
    )
    rows.append(f"<dt>Collections:</dt>\n        <dd>{kept}</dd>")
    rows.append(f"<dt>Stats:</dt>\n      <dd>\n        {stats}\n      </dd>")
    head = '<h2 class="toc-heading">Preface</h2>\n\n' if era.framed else ""
    title = "<b>The Salt Ledger</b><br/>\n    " if era.framed else ""
    listed = "\n          ".join(rows)
    inner = (
        f'{head}  <p class="message">{title}Posted originally on the {link(f"{SITE}/", "Archive of Our Own")}\n'
        f"at {link(WORK, WORK)}.</p>\n\n"
        f'  <div class="meta">\n    <dl class="tags">\n          {listed}\n    </dl>\n'
        f'    <h1>The Salt Ledger</h1>\n    <div class="byline">by {person("candlewright", "tallow")}, '
        f"{person('osier', 'osier')}</div>\n"
        f'      <p>Summary</p>\n      <blockquote class="userstuff">{SUMMARY}</blockquote>\n\n'
        f'      <p>Notes</p>\n        <blockquote class="userstuff">{NOTES}</blockquote>\n'
        '        <div class="endnote-link">\n          See the end of the work for more  '
        f'<a href="#endnotes">notes</a>\n        </div>\n{related}\n  </div>\n'
    )
    return f'<div id="preface">\n  {inner}</div>\n' if era.framed else inner


def chapter(era: Era, number: int, title: str | None, text: tuple[str, ...], around: bool) -> str:
    name = f"Chapter {number}" + (f": {title}" if title else "") if era.numbered or title is None else title
    before = after = ""
    if around:
        before = (
            f'<p class="byline">Chapter by {person("osier", "osier")}</p>\n'
            "    <p>Chapter Summary</p>\n"
            '    <blockquote class="userstuff"><p>In which sums are done.</p></blockquote>\n'
            "    <p>Chapter Notes</p>\n"
            '      <blockquote class="userstuff"><p>Sorry about the arithmetic.</p></blockquote>\n'
            '      <div class="endnote-link">\n        See the end of the chapter for more  '
            f'<a href="#endnotes{number}">notes</a>\n      </div>\n'
        )
        after = (
            f'\n  <div class="meta" id="endnotes{number}">\n    <p>Chapter End Notes</p>\n'
            '    <blockquote class="userstuff"><p>The sum is right. I checked.</p></blockquote>\n  </div>\n'
        )
    return (
        f'\n  <div class="meta group">\n    <h2 class="heading">{name}</h2>\n    {before}  </div>\n\n'
        f'<!--chapter content-->\n<div class="userstuff">\n  {chr(10).join(text)}\n</div>\n'
        f"<!--/chapter content-->\n{after}"
    )


def chapters(era: Era) -> list[str]:
    if era.chaptered:
        return [chapter(era, 1, "Pencil", ONE, around=True), chapter(era, 2, None, TWO, around=False)]
    if era.heads_one:
        return [chapter(era, 1, "Pencil", ONE, around=True)]
    text = "\n".join((*ONE, *TWO))
    heading = '<h2 class="toc-heading">The Salt Ledger</h2>\n    ' if era.framed else ""
    return [text if era.bare else f'{heading}<div class="userstuff">\n      {text}\n    </div>']


def afterword(era: Era, inspired: str) -> str:
    who = "creator" if era.plural else "author"
    head = '<h2 class="toc-heading">Afterword</h2>\n\n' if era.framed else ""
    inner = (
        f'{head}  <div class="meta">\n      <div id="endnotes">\n        <p>End Notes</p>\n'
        f'        <blockquote class="userstuff">{AT_END}</blockquote>\n      </div>\n{inspired}  </div>\n\n'
        f'  <p class="message">Please {link(f"{WORK}/comments/new", "drop by the Archive and comment")} to let '
        f"the {who} know if you enjoyed their work!</p>\n"
    )
    return f'<div id="afterword">\n  {inner}</div>\n' if era.framed else inner


def page(parts: list[str], title: str) -> str:
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">\n<head>\n'
        f'  <meta charset="utf-8"/>\n  <title>{title}</title>\n'
        '  <style type="text/css">p.message { text-align: center; } .toc-heading { display: none; }</style>\n'
        f"</head>\n<body>\n\n{body}\n</body>\n</html>\n"
    )


TITLE = "The Salt Ledger - tallow (candlewright), osier - The Tallow Quarter (Podcast), Saltmarsh/Firelight"
FIRST = f"{link(f'{SITE}/works/800', 'The Paper Saints')} by {person('vellum', 'vellum')}"
CHILD = f"{link(f'{SITE}/works/901', 'Small Change')} by {person('penny', 'penny')}"
OTHER_CHILD = f"{link(f'{SITE}/works/902', 'Sel, argent')} by {person('sou', 'sou')}"


def download(era: Era, stats: str, related: str, inspired: str, chose: str) -> str:
    held = "\n".join(chapters(era))
    body = f'<div id="chapters" class="userstuff">\n    {held}\n</div>\n'
    return page([preface(era, stats, related, chose), body, afterword(era, inspired)], TITLE)


NOT_TO = "Choose Not To Use Archive Warnings"
CHOSE = "Creator Chose Not To Use Archive Warnings"


def of_2010() -> bytes:
    """One chapter, whose text has no element of its own; what inspired it in a list of terms."""
    era = Era(framed=False, bare=True, chaptered=False)
    related = f"    <dl>\n      <dt>This work was inspired by</dt>\n      <dd>\n        {FIRST}\n      </dd>\n    </dl>"
    return download(era, "Published: 2010-11-20\n        Words: 98", related, "", NOT_TO).encode()


def of_2017() -> bytes:
    """Nothing frames the chapters; words without a comma, chapters before them."""
    related = f"    <ul>\n      <li>\n        A translation of {FIRST}\n      </li>\n    </ul>"
    inspired = (
        "    <dl>\n        <dt>Works inspired by this one</dt>\n        <dd>\n          "
        f"{CHILD},\n{OTHER_CHILD}\n        </dd>\n      </dl>\n"
    )
    stats = "Published: 2017-02-03\n          Completed: 2017-03-01\n          Chapters: 2/2\n        Words: 1204"
    return download(Era(framed=False), stats, related, inspired, NOT_TO).encode()


def of_2022() -> bytes:
    """The language has a row; chapters stand before words, which have no comma."""
    related = f"    <ul>\n      <li>\n        Inspired by {FIRST}\n      </li>\n    </ul>"
    stats = "Published: 2022-07-01\n          Updated: 2022-08-02\n          Chapters: 2/?\n        Words: 1204"
    return download(Era(language=True), stats, related, "", NOT_TO).encode()


def of_2023() -> bytes:
    """Chapters behind words and always there; the warning has its new name; labels are still singular."""
    stats = "Published: 2023-05-05\n        Words: 1,204\n        Chapters: 1/1"
    era = Era(language=True, chapters_last=True, chaptered=False)
    return download(era, stats, "", "", CHOSE).encode()


def of_2024() -> bytes:
    """Labels in the plural; translations of it, and what it inspired, each in an entry."""
    related = (
        f"    <ul>\n      <li>\n        Translation into Français available: {OTHER_CHILD}\n      </li>\n"
        "      <li>\n        Inspired by [Restricted Work] by "
        f"{person('vellum', 'vellum')}\n      </li>\n    </ul>"
    )
    inspired = (
        "    <dl>\n        <dt>Works inspired by this one</dt>\n          <dd>\n            "
        f"{CHILD}\n          </dd>\n          <dd>\n            A work in an unrevealed collection\n          </dd>\n"
        "      </dl>\n"
    )
    stats = "Published: 2024-01-06\n          Completed: 2024-02-10\n        Words: 1,204\n        Chapters: 2/2"
    era = Era(language=True, chapters_last=True, plural=True)
    return download(era, stats, related, inspired, CHOSE).encode()


def of_2026() -> bytes:
    """One chapter so far, with a heading that counts; what inspired it is deleted."""
    related = "    <ul>\n      <li>\n        Inspired by a deleted work\n      </li>\n    </ul>"
    stats = "Published: 2026-07-01\n        Words: 1,204\n        Chapters: 1/?"
    era = Era(language=True, chapters_last=True, plural=True, numbered=True, chaptered=False, heads_one=True)
    return download(era, stats, related, "", CHOSE).encode()


_HREF = re.compile(r'href="#(endnotes\d*)"')


def calibre(body: str, first: str, last: str, title: str) -> str:
    """A part of the page as calibre leaves it: some classes renamed, places in the page pointing to files."""
    renamed = body.replace('class="meta group"', 'class="calibre1"').replace('class="meta"', 'class="calibre1"')
    renamed = renamed.replace('<div class="userstuff">', '<div class="userstuff2">').replace(
        "<p>", '<p class="calibre7">'
    )
    renamed = _HREF.sub(lambda found: f'href="{last if found[1] == "endnotes" else first}#{found[1]}"', renamed)
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">\n  <head>\n'
        f'    <title>{title}</title>\n  </head>\n  <body class="calibre">\n{renamed}\n</body></html>\n'
    )


def book_without_its_head() -> bytes:
    """The same book when its first page, with the list of tags, is no longer in it."""
    return book_of_2019(lost=1)


def book_of_2019(lost: int = 0) -> bytes:
    """A book of 2019 to 2022: a language only in the package file, the tags a second time under an older name."""
    era = Era()
    stats = "Published: 2019-09-01\n          Updated: 2019-10-20\n          Chapters: 2/4\n        Words: 1204"
    related = f"    <ul>\n      <li>\n        Inspired by {FIRST}\n      </li>\n    </ul>"
    head, _, below = preface(era, stats, related, CHOSE).partition("<h1>")
    names = [f"The_Salt_Ledger_split_{number:03}.xhtml" for number in range(5)]
    parts = [
        f"{head}</div></div>",
        f'<div id="preface" class="calibre1"><div class="calibre1"><h1 class="calibre6" id="calibre_pb_1">{below}',
        *(f'<div id="chapters" class="userstuff1">{text}</div>' for text in chapters(era)),
        afterword(era, ""),
    ]
    parts[1] += '\n<div class="calibre8" id="calibre_pb_2"></div>'
    files = {name: calibre(part, names[2], names[4], TITLE) for name, part in zip(names, parts, strict=True)}
    tags = [NOT_TO if tag == "CHOSE" else tag for _, kinds in TAGS for tag in kinds]
    subjects = "".join(f"<dc:subject>{escape(tag)}</dc:subject>" for tag in ("Fanworks", *sorted(tags)))
    ids = {name: f"html{len(names) - number}" for number, name in enumerate(names)}
    items = "".join(
        f'<item href="{name}" id="{ids[name]}" media-type="application/xhtml+xml"/>'
        for name in sorted(names, key=ids.get)  # type: ignore[arg-type]
    )
    package = (
        f'{XML}<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="uuid_id" version="2.0"><metadata {DC}>'
        "<dc:publisher>Archive of Our Own</dc:publisher><dc:language>en</dc:language>"
        f"<dc:description>{escape(SUMMARY)}</dc:description>"
        '<dc:creator opf:role="aut">tallow (candlewright), osier</dc:creator>'
        '<dc:contributor opf:role="bkp">calibre (4.99.4) [https://calibre-ebook.com]</dc:contributor>'
        '<meta name="calibre:timestamp" content="2021-03-04T05:06:07.000008+00:00"/>'
        '<meta name="calibre:series" content="Ledgers"/><meta name="calibre:series_index" content="2"/>'
        "<dc:date>2019-10-20T00:00:00+00:00</dc:date><dc:title>The Salt Ledger</dc:title>"
        '<dc:identifier id="uuid_id" opf:scheme="uuid">0f0e0d0c-0b0a-4908-8706-050403020100</dc:identifier>'
        f'{subjects}</metadata><manifest>{items}<item href="toc.ncx" id="ncx" '
        'media-type="application/x-dtbncx+xml"/></manifest><spine toc="ncx">'
        + "".join(f'<itemref idref="{ids[name]}"/>' for name in names)
        + "</spine></package>"
    )
    labels = dict(zip(names, ("Preface", "The Salt Ledger", "Pencil", "Chapter 2", "Afterword"), strict=True))
    shuffled = {names[n]: files[names[n]] for n in (3, 0, 4, 2, 1) if n >= lost}
    return epub({**shuffled, "toc.ncx": ncx(labels, "calibre (4.99.4)"), "content.opf": package}, "content.opf")


def book_of_2017() -> bytes:
    """A book until January 2019: a page for the preface, one or more for each chapter, without its end notes."""
    era = Era(framed=False)
    stats = "Published: 2017-02-03\n          Updated: 2017-03-01\n          Chapters: 2/?\n        Words: 1204"
    related = f"    <ul>\n      <li>\n        Inspired by {FIRST}\n      </li>\n    </ul>"
    one = chapter(era, 1, "Pencil", ONE[:2], around=True).partition('\n  <div class="meta" id="endnotes1">')[0]
    rest = f'<!--chapter content-->\n<div class="userstuff">\n  {ONE[2]}\n</div>\n<!--/chapter content-->\n'
    pages = {
        "preface": preface(era, stats, related, NOT_TO),
        "chapter1_1": one,
        "chapter1_2": rest,
        "chapter2_1": chapter(era, 2, None, TWO, around=False),
        "afterword": afterword(era, ""),
    }
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in sorted(pages)
    )
    package = (
        f'{XML}<package version="2.0" xmlns="http://www.idpf.org/2007/opf" unique-identifier="etextno"><metadata {DC}>'
        "<dc:title>The Salt Ledger</dc:title><dc:creator>osier, tallow (candlewright)</dc:creator>"
        "<dc:language>en</dc:language><dc:publisher>Archive of Our Own</dc:publisher>"
        f'<dc:identifier opf:scheme="URI" id="etextno">{WORK}</dc:identifier><dc:date>2017-02-03</dc:date></metadata>'
        f'<manifest><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>{items}</manifest>'
        '<spine toc="ncx">' + "".join(f'<itemref idref="{name}"/>' for name in pages) + "</spine></package>"
    )
    labels = {"preface.xhtml": "Preface", "chapter1_1.xhtml": "Pencil", "chapter2_1.xhtml": "Chapter 2"}
    members = {f"OEBPS/{name}.xhtml": page([body], TITLE) for name, body in pages.items()}
    contents = ncx({**labels, "afterword.xhtml": "Afterword"})
    return epub({**members, "OEBPS/toc.ncx": contents, "OEBPS/content.opf": package}, "OEBPS/content.opf")


MADE: dict[str, Callable[[], bytes]] = {
    "ao3_book_2017/story.epub": book_of_2017,
    "ao3_download_2010/story.html": of_2010,
    "ao3_download_2017/story.html": of_2017,
    "ao3_book_2019/story.epub": book_of_2019,
    "ao3_book_without_its_head/story.epub": book_without_its_head,
    "ao3_download_2022/story.html": of_2022,
    "ao3_download_2023/story.html": of_2023,
    "ao3_download_2024/story.html": of_2024,
    "ao3_download_2026/story.html": of_2026,
}


def main() -> None:
    for path, make in MADE.items():
        file = HERE / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(make())


if __name__ == "__main__":
    main()
