"""Makes the example files that an editor cannot write: books, archives and old encodings, from `parts/`.

Run it as `python examples/make.py`. The same parts give the same bytes on every machine: nothing is compressed,
dated or random.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
PARTS = HERE / "parts"
STORIES = HERE / "stories"
UNIX = 3


@dataclass(frozen=True)
class Chapter:
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    facts: dict[str, str]
    chapters: tuple[Chapter, ...]


def story(name: str) -> Story:
    """Read `# field: value` lines, then `## Title` and paragraphs with `*emphasis*`."""
    head, *rest = re.split(r"^## ", (PARTS / name).read_text("utf-8"), flags=re.MULTILINE)
    facts = dict(re.findall(r"^# (\w+): (.+)$", head, flags=re.MULTILINE))
    chapters = []
    for chapter in rest:
        title, *paragraphs = chapter.strip().split("\n\n")
        chapters.append(Chapter(title, tuple(paragraphs)))
    return Story(facts, tuple(chapters))


def markup(paragraph: str) -> str:
    return re.sub(r"\*(?! )(.+?)(?<! )\*", r"<em>\1</em>", escape(paragraph, quote=False))


def packed(members: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, (2012, 12, 11, 0, 0, 0))
            entry.create_system = UNIX
            archive.writestr(entry, data)
    return file.getvalue()


# An AO3 download: calibre numbers its manifest backwards and packs in no order at all.

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
   <rootfiles>
      <rootfile full-path="content.opf" media-type="application/oebps-package+xml"/>

   </rootfiles>
</container>
"""

CALIBRE_PAGE = """<?xml version='1.0' encoding='utf-8'?>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">
  <head>
    <meta content="ie=edge" http-equiv="x-ua-compatible"/>
    <title>{title} - {author} - Arthurian Mythology</title>
    <meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>
  <link href="stylesheet.css" rel="stylesheet" type="text/css"/>
<link href="page_styles.css" rel="stylesheet" type="text/css"/>
</head>
  <body class="calibre">
{body}

</body></html>
"""

CALIBRE_PREFACE = """<div id="preface" class="calibre1">
  <h2 class="toc-heading" id="calibre_toc_2">Preface</h2>

  <p class="message">
    <b class="calibre2">{title}</b><br class="calibre1"/>
    Posted originally on the <a href="http://archiveofourown.org/">Archive of Our Own</a> at
    <a href="http://archiveofourown.org/works/900000303">http://archiveofourown.org/works/900000303</a>.
  </p>

  <div class="calibre1">
    <dl class="tags">
          <dt class="calibre3">Rating:</dt>
          <dd class="calibre4"><a href="http://archiveofourown.org/tags/General%20Audiences">General Audiences</a></dd>
          <dt class="calibre3">Archive Warning:</dt>
          <dd class="calibre4"><a href="http://archiveofourown.org/tags/Choose%20Not%20To%20Use%20Archive%20Warnings">Creator Chose Not To Use Archive Warnings</a></dd>
          <dt class="calibre3">Fandoms:</dt>
          <dd class="calibre4"><a href="http://archiveofourown.org/tags/Arthurian%20Mythology">Arthurian Mythology</a>, <a href="http://archiveofourown.org/tags/Sir%20Gawain%20and%20the%20Green%20Knight">Sir Gawain and the Green Knight</a></dd>
          <dt class="calibre3">Characters:</dt>
          <dd class="calibre4"><a href="http://archiveofourown.org/tags/Gawain">Gawain (Arthurian)</a>, <a href="http://archiveofourown.org/tags/Green%20Knight">Green Knight</a>, <a href="http://archiveofourown.org/tags/OFC">Original Female Character(s)</a></dd>
          <dt class="calibre3">Language:</dt>
          <dd class="calibre5">English</dd>
          <dt class="calibre3">Collections:</dt>
          <dd class="calibre4"><a href="http://archiveofourown.org/collections/yule">Yule Log 2023</a></dd>
      <dt class="calibre3">Stats:</dt>
      <dd class="calibre5">
        Published: 2023-12-18
          Completed: 2023-12-24
        Words: 502
          Chapters: 2/2
      </dd>
    </dl>
    </div>
</div>
"""

CALIBRE_SUMMARY = """<div id="preface" class="calibre1">
<div class="calibre1">
<h1 class="calibre6" id="calibre_pb_1">{title}</h1>
    <div class="byline">by <a href="http://archiveofourown.org/users/{author}/pseuds/{author}" rel="author">{author}</a></div>
      <p class="calibre7">Summary</p>
      <blockquote class="userstuff"><p class="calibre7">{summary}</p></blockquote>

      <p class="calibre7">Notes</p>
        <blockquote class="userstuff"><p class="calibre7">{notes}</p></blockquote>
        <div class="endnote-link">
          See the end of the work for more <a href="{last}#endnotes">notes</a>
        </div>
  </div>
</div>

<div id="chapters" class="userstuff1">
<div class="calibre1">
  <div class="calibre8" id="calibre_pb_2"></div>
</div>
</div>
"""

CALIBRE_CHAPTER = """<div id="chapters" class="userstuff1">
<div class="calibre1">
<h2 class="heading" id="calibre_toc_{number}">{title}</h2>
</div>


<div class="userstuff2">
  {paragraphs}
</div>


<div class="calibre1">
  <div class="calibre8" id="calibre_pb_{number}"></div>
</div>
</div>
"""

CALIBRE_AFTERWORD = """<div id="afterword" class="calibre1">
<h2 class="toc-heading" id="calibre_toc_9">Afterword</h2>

    <div class="calibre1">
        <div id="endnotes" class="calibre1">
          <p class="calibre7">End Notes</p>
          <blockquote class="userstuff"><p class="calibre7">{endnotes}</p></blockquote>
        </div>

    </div>

  <p class="message">Please <a href="http://archiveofourown.org/works/900000303/comments/new">drop by the Archive and
comment</a> to let the creator know if you enjoyed their work!</p>
</div>
"""

CALIBRE_OPF = """<?xml version='1.0' encoding='utf-8'?>
<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="uuid_id" version="2.0">
  <metadata xmlns:calibre="http://calibre.kovidgoyal.net/2009/metadata" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:opf="http://www.idpf.org/2007/opf" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    <dc:publisher>Archive of Our Own</dc:publisher>
    <dc:description>&lt;p&gt;{summary}&lt;/p&gt;</dc:description>
    <dc:language>en</dc:language>
    <dc:creator opf:file-as="{author}" opf:role="aut">{author}</dc:creator>
    <meta name="calibre:timestamp" content="2024-01-02T10:11:12.131415+00:00"/>
    <meta name="calibre:title_sort" content="{title}"/>
    <dc:date>2023-12-24T00:00:00+00:00</dc:date>
    <dc:title>{title}</dc:title>
    <dc:identifier id="uuid_id" opf:scheme="uuid">7d0f0b0e-0000-4000-8000-000000000303</dc:identifier>
    <dc:subject>Fanworks</dc:subject>
    <dc:subject>General Audiences</dc:subject>
    <dc:subject>Choose Not To Use Archive Warnings</dc:subject>
    <dc:subject>Arthurian Mythology</dc:subject>
    <dc:subject>Sir Gawain and the Green Knight</dc:subject>
    <dc:subject>Gawain (Arthurian)</dc:subject>
    <dc:subject>Green Knight</dc:subject>
    <dc:subject>Original Female Character(s)</dc:subject>
  </metadata>
  <manifest>
{items}
    <item href="page_styles.css" id="page_css" media-type="text/css"/>
    <item href="stylesheet.css" id="css" media-type="text/css"/>
    <item href="toc.ncx" id="ncx" media-type="application/x-dtbncx+xml"/>
  </manifest>
  <spine toc="ncx">
{refs}
  </spine>
  <guide/>
</package>
"""

NCX = """<?xml version='1.0' encoding='utf-8'?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="en">
  <head>
    <meta content="{uid}" name="dtb:uid"/>
    <meta content="{depth}" name="dtb:depth"/>{generator}
    <meta content="0" name="dtb:totalPageCount"/>
    <meta content="0" name="dtb:maxPageNumber"/>
  </head>
  <docTitle>
    <text>{title}</text>
  </docTitle>
  <navMap>
{points}
  </navMap>
</ncx>
"""


def points(pages: list[tuple[str, str]]) -> str:
    return "\n".join(
        f'    <navPoint id="p{order}" playOrder="{order}">\n      <navLabel>\n        <text>{escape(label)}</text>\n'
        f'      </navLabel>\n      <content src="{href}"/>\n    </navPoint>'
        for order, (href, label) in enumerate(pages, 1)
    )


def ao3_book(name: str, stem: str) -> bytes:
    told = story(name)
    facts = {key: escape(value) for key, value in told.facts.items()}
    facts["last"] = f"{stem}_split_{len(told.chapters) + 2:03}.xhtml"
    bodies = [CALIBRE_PREFACE.format(**facts), CALIBRE_SUMMARY.format(**facts)]
    bodies += [calibre_chapter(chapter, number) for number, chapter in enumerate(told.chapters, 3)]
    bodies.append(CALIBRE_AFTERWORD.format(**facts))
    pages = {f"{stem}_split_{n:03}.xhtml": CALIBRE_PAGE.format(body=body, **facts) for n, body in enumerate(bodies)}
    return packed(calibre_members(pages, told, facts))


def calibre_chapter(chapter: Chapter, number: int) -> str:
    lines = [
        '<p align="center" class="calibre9">* * *</p>' if text == "* * *" else f'<p class="calibre7">{markup(text)}</p>'
        for text in chapter.paragraphs
    ]
    return CALIBRE_CHAPTER.format(number=number, title=escape(chapter.title), paragraphs="\n".join(lines))


def calibre_members(pages: dict[str, str], told: Story, facts: dict[str, str]) -> dict[str, bytes | str]:
    ids = {href: f"html{len(pages) - order}" for order, href in enumerate(pages)}
    items = "\n".join(
        f'    <item href="{href}" id="{key}" media-type="application/xhtml+xml"/>' for href, key in ids.items()
    )
    refs = "\n".join(f'    <itemref idref="{key}"/>' for key in ids.values())
    hrefs = list(pages)
    labels = ["Preface", *(chapter.title for chapter in told.chapters), "Afterword"]
    generator = '\n    <meta content="calibre (6.13.0)" name="dtb:generator"/>'
    ncx = NCX.format(
        uid="7d0f0b0e-0000-4000-8000-000000000303",
        depth=2,
        generator=generator,
        title=facts["title"],
        points=points(list(zip([hrefs[0], *hrefs[2:]], labels, strict=True))),
    )
    members: dict[str, bytes | str] = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    members |= {href: pages[href] for href in (*hrefs[3:], hrefs[0])}
    members |= {"content.opf": CALIBRE_OPF.format(items=items, refs=refs, **facts), "toc.ncx": ncx}
    members |= {href: pages[href] for href in (hrefs[2], hrefs[1])}
    members |= {"stylesheet.css": ".calibre1 {\n    display: block\n    }\n", "page_styles.css": "@page {\n    }\n"}
    return members


# What FanFicFare writes: a title page of labels, then a file a chapter.

FFF_LABELS = """
<b>Category:</b> Greek and Roman Mythology<br />

<b>Genre:</b> Drama, Hurt/Comfort<br />

<b>Language:</b> English<br />

<b>Characters:</b> Ascalaphus, Persephone<br />

<b>Status:</b> Completed<br />

<b>Published:</b> 2014-09-21<br />

<b>Updated:</b> 2014-09-28<br />

<b>Packaged:</b> 2016-02-11 20:15:31<br />

<b>Rating:</b> K+<br />

<b>Warnings:</b> None<br />

<b>Chapters:</b> 2<br />

<b>Words:</b> 251<br />

<b>Publisher:</b> hearthfic.example<br />
"""

FFF_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<title>{heading}</title>
<link href="stylesheet.css" type="text/css" rel="stylesheet"/>{meta}
</head>
<body class="{kind}">
{body}
</body>
</html>
"""

FFF_OPF = """<?xml version="1.0" encoding="utf-8"?>
<package version="2.0" xmlns="http://www.idpf.org/2007/opf" unique-identifier="fanficfare-uid">
	<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
		<dc:identifier id="fanficfare-uid">fanficfare-uid:hearthfic.example-u311-s2041</dc:identifier>
		<dc:title id="id">{title}</dc:title>
		<dc:creator opf:role="aut">{author}</dc:creator>
		<dc:contributor id="id-2">FanFicFare [https://github.com/JimmXinu/FanFicFare]</dc:contributor>
		<dc:language>en</dc:language>
		<dc:date opf:event="publication">2014-09-21</dc:date>
		<dc:date opf:event="creation">2016-02-11</dc:date>
		<dc:date opf:event="modification">2014-09-28</dc:date>
		<meta name="calibre:timestamp" content="2014-09-28T00:00:00"/>
		<dc:description>{summary}</dc:description>
		<dc:subject>FanFiction</dc:subject>
		<dc:subject>Drama</dc:subject>
		<dc:subject>Hurt/Comfort</dc:subject>
		<dc:subject>Greek and Roman Mythology</dc:subject>
		<dc:subject>Ascalaphus</dc:subject>
		<dc:subject>Persephone</dc:subject>
		<dc:subject>Last Update Year/Month: 2014/09</dc:subject>
		<dc:subject>Last Update: 2014/09/28</dc:subject>
		<dc:subject>Completed</dc:subject>
		<dc:publisher>hearthfic.example</dc:publisher>
		<dc:identifier opf:scheme="URL">http://hearthfic.example/s/2041</dc:identifier>
		<dc:source>http://hearthfic.example/s/2041</dc:source>
	</metadata>
	<manifest>
		<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
		<item id="style" href="OEBPS/stylesheet.css" media-type="text/css"/>
{items}
	</manifest>
	<spine toc="ncx">
{refs}
	</spine>
</package>
"""


def fff_book(name: str) -> bytes:
    told = story(name)
    facts = {key: escape(value) for key, value in told.facts.items()}
    pages = {"title_page": fff_title_page(facts)}
    pages |= {f"file{n:04}": fff_chapter(chapter, facts, n) for n, chapter in enumerate(told.chapters, 1)}
    items = "\n".join(
        f'\t\t<item id="{key}" href="OEBPS/{key}.xhtml" media-type="application/xhtml+xml"/>' for key in pages
    )
    refs = "\n".join(f'\t\t<itemref idref="{key}" linear="yes"/>' for key in pages)
    labels = ["Title Page", *(chapter.title for chapter in told.chapters)]
    hrefs = [f"OEBPS/{key}.xhtml" for key in pages]
    uid = "fanficfare-uid:hearthfic.example-u311-s2041"
    toc = points(list(zip(hrefs, labels, strict=True)))
    members: dict[str, bytes | str] = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    members["OEBPS/stylesheet.css"] = "body { background-color: #ffffff;\ntext-align: justify; }\n"
    members |= {f"OEBPS/{key}.xhtml": page for key, page in pages.items()}
    members["content.opf"] = FFF_OPF.format(items=items, refs=refs, **facts)
    members["toc.ncx"] = NCX.format(uid=uid, depth=1, generator="", title=facts["title"], points=toc)
    return packed(members)


def fff_title_page(facts: dict[str, str]) -> str:
    body = (
        '<h3><a href="http://hearthfic.example/s/2041">{title}</a> by '
        "<a class='authorlink' href='http://hearthfic.example/u/311'>{author}</a></h3>\n<div>\n"
        "{labels}\n<b>Summary:</b> {summary}<br />\n\n</div>\n"
    ).format(labels=FFF_LABELS, **facts)
    heading = "{title} by {author}".format(**facts)
    return FFF_PAGE.format(heading=heading, meta="", kind="fff_titlepage", body=body)


def fff_chapter(chapter: Chapter, facts: dict[str, str], number: int) -> str:
    title = escape(chapter.title)
    meta = "".join(
        f'\n<meta name="{key}" content="{value}" />'
        for key, value in (
            ("chapterurl", f"http://hearthfic.example/s/2041/{number}"),
            ("chapterorigtitle", title),
            ("chaptertoctitle", title),
            ("chaptertitle", title),
        )
    )
    label, _, note = facts["notes"].partition(": ")
    head = f'<div class="fff_chapter_notes fff_head_notes"><b>{label}:</b><blockquote>{note}</blockquote></div>\n'
    paragraphs = "\n".join(f"<p>{markup(text)}</p>" for text in chapter.paragraphs)
    body = f'<h3 class="fff_chapter_title">{title}</h3>\n{head if number == 1 else ""}<div>\n{paragraphs}\n</div>'
    return FFF_PAGE.format(heading=title, meta=meta, kind="fff_chapter", body=body)


FFF_TEXT = """


{title}

by {author}



Category: Greek and Roman Mythology
Genre: Drama, Hurt/Comfort
Language: English
Characters: Ascalaphus, Persephone
Status: Completed
Published: 2014-09-21
Updated: 2014-09-28
Packaged: 2016-02-11 20:15:31
Rating: K+
Chapters: 2
Words: 251
Publisher: hearthfic.example
Story URL: http://hearthfic.example/s/2041
Author URL: http://hearthfic.example/u/311
Summary: {summary}





TABLE OF CONTENTS


{contents}



{chapters}



End file.
"""


def fff_text(name: str) -> bytes:
    told = story(name)
    contents = "\n\n".join(chapter.title for chapter in told.chapters)
    chapters = "\n\n\n".join(
        "\n\n".join([f"\t{chapter.title}", *(wrapped(text) for text in chapter.paragraphs)])
        for chapter in told.chapters
    )
    return FFF_TEXT.format(contents=contents, chapters=chapters, **told.facts).encode()


def wrapped(text: str, width: int = 78) -> str:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


# Encodings, a box of two stories, and a download that stopped half-way.


def part(name: str) -> str:
    return (PARTS / name).read_text("utf-8")


def mojibake(text: str) -> bytes:
    """UTF-8 that somebody read as cp1252 and saved as UTF-8 again."""
    return b"".join(twice(byte) for byte in text.encode())


def twice(byte: int) -> bytes:
    """cp1252 has five holes; programs put the C1 control there."""
    try:
        return bytes([byte]).decode("cp1252").encode()
    except UnicodeDecodeError:
        return chr(byte).encode()


def files() -> dict[str, bytes]:
    book = ao3_book("green_knights_cook.txt", "Green_Knights_Cook")
    return {
        "The_Green_Knights_Cook.epub": book,
        "The_Green_Knights_Cook (1).epub": book[: len(book) * 2 // 5],
        "Six Seeds-hearthfic_2041.epub": fff_book("six_seeds.txt"),
        "Six Seeds-hearthfic_2041.txt": fff_text("six_seeds.txt"),
        "what elaine said.txt": mojibake(part("astolat.txt")),
        "curious_lamp.txt": part("lady.txt").replace("\n", "\r\n").encode("cp1252"),
        "nightingale.txt": b"\xff\xfe" + part("signal.txt").replace("\n", "\r\n").encode("utf-16-le"),
        "from_jess.zip": packed(
            {"drabbles/lamp-black.txt": part("lamp_drabble.txt"), "drabbles/the 614.txt": part("bus_drabble.txt")}
        ),
    }


def main() -> int:
    for name, data in files().items():
        (STORIES / name).write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
