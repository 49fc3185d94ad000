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


def shape(name: str) -> str:
    return (PARTS / "shapes" / name).read_text("utf-8")


def packed(members: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, (2012, 12, 11, 0, 0, 0))
            entry.create_system = UNIX
            archive.writestr(entry, data)
    return file.getvalue()


# An AO3 download: calibre numbers its manifest backwards and packs in no order at all.


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
    bodies = [shape("ao3_preface.html").format(**facts), shape("ao3_summary.html").format(**facts)]
    bodies += [calibre_chapter(chapter, number) for number, chapter in enumerate(told.chapters, 3)]
    bodies.append(shape("ao3_afterword.html").format(**facts))
    pages = {
        f"{stem}_split_{n:03}.xhtml": shape("ao3_page.xhtml").format(body=body, **facts)
        for n, body in enumerate(bodies)
    }
    return packed(calibre_members(pages, told, facts))


def calibre_chapter(chapter: Chapter, number: int) -> str:
    lines = [
        '<p align="center" class="calibre9">* * *</p>' if text == "* * *" else f'<p class="calibre7">{markup(text)}</p>'
        for text in chapter.paragraphs
    ]
    return shape("ao3_chapter.html").format(number=number, title=escape(chapter.title), paragraphs="\n".join(lines))


def calibre_members(pages: dict[str, str], told: Story, facts: dict[str, str]) -> dict[str, bytes | str]:
    ids = {href: f"html{len(pages) - order}" for order, href in enumerate(pages)}
    items = "\n".join(
        f'    <item href="{href}" id="{key}" media-type="application/xhtml+xml"/>' for href, key in ids.items()
    )
    refs = "\n".join(f'    <itemref idref="{key}"/>' for key in ids.values())
    hrefs = list(pages)
    labels = ["Preface", *(chapter.title for chapter in told.chapters), "Afterword"]
    generator = '\n    <meta content="calibre (6.13.0)" name="dtb:generator"/>'
    ncx = shape("toc.ncx").format(
        uid="7d0f0b0e-0000-4000-8000-000000000303",
        depth=2,
        generator=generator,
        title=facts["title"],
        points=points(list(zip([hrefs[0], *hrefs[2:]], labels, strict=True))),
    )
    members: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": shape("container.xml"),
    }
    members |= {href: pages[href] for href in (*hrefs[3:], hrefs[0])}
    members |= {"content.opf": shape("ao3.opf").format(items=items, refs=refs, **facts), "toc.ncx": ncx}
    members |= {href: pages[href] for href in (hrefs[2], hrefs[1])}
    members |= {"stylesheet.css": ".calibre1 {\n    display: block\n    }\n", "page_styles.css": "@page {\n    }\n"}
    return members


# What FanFicFare writes: a title page of labels, then a file a chapter.


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
    members: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": shape("container.xml"),
    }
    members["OEBPS/stylesheet.css"] = "body { background-color: #ffffff;\ntext-align: justify; }\n"
    members |= {f"OEBPS/{key}.xhtml": page for key, page in pages.items()}
    members["content.opf"] = shape("fff.opf").format(items=items, refs=refs, **facts)
    members["toc.ncx"] = shape("toc.ncx").format(uid=uid, depth=1, generator="", title=facts["title"], points=toc)
    return packed(members)


def fff_title_page(facts: dict[str, str]) -> str:
    body = (
        '<h3><a href="http://hearthfic.example/s/2041">{title}</a> by '
        "<a class='authorlink' href='http://hearthfic.example/u/311'>{author}</a></h3>\n<div>\n"
        "{labels}\n<b>Summary:</b> {summary}<br />\n\n</div>\n"
    ).format(labels=shape("fff_labels.html"), **facts)
    heading = "{title} by {author}".format(**facts)
    return shape("fff_page.xhtml").format(heading=heading, meta="", kind="fff_titlepage", body=body)


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
    return shape("fff_page.xhtml").format(heading=title, meta=meta, kind="fff_chapter", body=body)


def fff_text(name: str) -> bytes:
    told = story(name)
    contents = "\n\n".join(chapter.title for chapter in told.chapters)
    chapters = "\n\n\n".join(
        "\n\n".join([f"\t{chapter.title}", *(wrapped(text) for text in chapter.paragraphs)])
        for chapter in told.chapters
    )
    return shape("fff.txt").format(contents=contents, chapters=chapters, **told.facts).encode()


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
