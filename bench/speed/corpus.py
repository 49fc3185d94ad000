"""A folder of stories as people keep them: text, saved pages and books; the same for the same seed."""

from __future__ import annotations

import random
import textwrap
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bench.speed.prose import Prose, words_of

FANDOMS = ["Harrow Light", "Lantern Street", "Starfall Station", "Quiet Bureau", "Arthurian Mythology"]
RATINGS = ["General Audiences", "Teen And Up Audiences", "Mature", "Explicit", "Not Rated"]
CHAPTER = 2500
"""About so many words a chapter."""
LONG_AGO = (2012, 12, 11, 0, 0, 0)


@dataclass(frozen=True)
class Story:
    title: str
    author: str
    fandom: str
    rating: str
    summary: str
    chapters: list[list[str]]


@dataclass(frozen=True)
class Corpus:
    folder: Path
    files: list[Path]
    size: int
    words: int


def write(folder: Path, files: int, seed: int = 1) -> Corpus:
    """Two files in five are text, two are pages, one is a book."""
    folder.mkdir(parents=True)
    prose, chance = Prose(seed), random.Random(seed)
    written, words = [], 0
    for number in range(files):
        length = words_of(chance)
        made = tell(prose, chance, length)
        suffix, writer = FORMS[number % len(FORMS)]
        file = folder / f"{number // 100:03}" / f"{number:05}{suffix}"
        file.parent.mkdir(exist_ok=True)
        writer(file, made)
        written.append(file)
        words += length
    return Corpus(folder, written, sum(file.stat().st_size for file in written), words)


def tell(prose: Prose, chance: random.Random, words: int) -> Story:
    counts = [CHAPTER] * (words // CHAPTER) + [words % CHAPTER or 1]
    return Story(
        title=prose.title(),
        author=prose.name(),
        fandom=chance.choice(FANDOMS),
        rating=chance.choice(RATINGS),
        summary=next(prose.paragraphs(20)),
        chapters=[list(prose.paragraphs(count)) for count in counts],
    )


def as_text(file: Path, story: Story) -> None:
    lines = [f"Title: {story.title}", f"Author: {story.author}", f"Fandom: {story.fandom}", f"Rating: {story.rating}"]
    lines += [f"Summary: {story.summary}", "", ""]
    for number, chapter in enumerate(story.chapters, 1):
        lines += [f"Chapter {number}", ""] if len(story.chapters) > 1 else []
        for paragraph in chapter:
            lines += [textwrap.fill(paragraph, 72), ""]
    file.write_text("\n".join(lines), "utf-8")


def as_page(file: Path, story: Story) -> None:
    """The shape of a download from the largest archive."""
    tags = "".join(
        f'<dt>{label}:</dt><dd><a href="http://archive.example/tags/{number}">{escape(value)}</a></dd>\n'
        for number, (label, value) in enumerate((("Rating", story.rating), ("Fandom", story.fandom)))
    )
    file.write_text(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"/>\n'
        f"<title>{escape(story.title)} - {escape(story.author)} - {escape(story.fandom)}</title></head><body>\n"
        f'<div id="preface"><h2 class="toc-heading">Preface</h2><div class="meta"><dl class="tags">{tags}</dl>\n'
        f'<h1>{escape(story.title)}</h1><div class="byline">by <a rel="author">{escape(story.author)}</a></div>\n'
        f'<p>Summary</p><blockquote class="userstuff"><p>{escape(story.summary)}</p></blockquote></div></div>\n'
        f'<div id="chapters" class="userstuff">\n{"".join(map(_chapter, enumerate(story.chapters, 1)))}</div>\n'
        f'<div id="afterword"><h2 class="toc-heading">Afterword</h2></div></body></html>\n',
        "utf-8",
    )


def _chapter(numbered: tuple[int, list[str]]) -> str:
    number, chapter = numbered
    heading = f'<div class="meta group"><h2 class="heading">Chapter {number}</h2></div>\n'
    return f'{heading}<div class="userstuff">\n{_markup(chapter)}</div>\n'


def _markup(paragraphs: list[str]) -> str:
    """Some stress in each, as stories have it."""
    return "".join(f"<p>{escape(text, quote=False).replace(' not ', ' <em>not</em> ')}</p>\n" for text in paragraphs)


def as_book(file: Path, story: Story) -> None:
    names = [f"chap_{number}.xhtml" for number in range(1, len(story.chapters) + 1)]
    with zipfile.ZipFile(file, "w") as book:
        _put(book, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        _put(book, "META-INF/container.xml", CONTAINER)
        _put(book, "content.opf", _package(story, names))
        _put(book, "toc.ncx", _contents(story, names))
        for name, chapter in zip(names, story.chapters, strict=True):
            heading = f"<h2>{escape(name.split('.')[0])}</h2>"
            _put(book, name, PAGE.format(title=escape(story.title), body=f"{heading}\n{_markup(chapter)}"))


def _put(book: zipfile.ZipFile, name: str, text: str, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type = how
    book.writestr(entry, text)


def _package(story: Story, names: list[str]) -> str:
    items = "".join(
        f'<item href="{name}" id="c{number}" media-type="application/xhtml+xml"/>' for number, name in enumerate(names)
    )
    refs = "".join(f'<itemref idref="c{number}"/>' for number in range(len(names)))
    return PACKAGE.format(
        title=escape(story.title),
        author=escape(story.author),
        fandom=escape(story.fandom),
        summary=escape(story.summary),
        items=items,
        refs=refs,
    )


def _contents(story: Story, names: list[str]) -> str:
    points = "".join(
        f'<navPoint id="n{order}" playOrder="{order}"><navLabel><text>Chapter {order}</text></navLabel>'
        f'<content src="{name}"/></navPoint>'
        for order, name in enumerate(names, 1)
    )
    return CONTENTS.format(title=escape(story.title), points=points)


CONTAINER = (
    '<?xml version="1.0"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>\n"
)
PAGE = (
    '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title>'
    "</head><body>{body}</body></html>\n"
)
PACKAGE = (
    '<?xml version="1.0" encoding="utf-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="2.0" '
    'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
    '<dc:creator>{author}</dc:creator><dc:language>en</dc:language><dc:identifier id="id">{title}</dc:identifier>'
    "<dc:subject>{fandom}</dc:subject><dc:description>{summary}</dc:description></metadata>"
    '<manifest><item href="toc.ncx" id="ncx" media-type="application/x-dtbncx+xml"/>{items}</manifest>'
    '<spine toc="ncx">{refs}</spine></package>\n'
)
CONTENTS = (
    '<?xml version="1.0" encoding="utf-8"?>\n<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">'
    "<head/><docTitle><text>{title}</text></docTitle><navMap>{points}</navMap></ncx>\n"
)
FORMS: list[tuple[str, Callable[[Path, Story], None]]] = [
    (".txt", as_text),
    (".html", as_page),
    (".txt", as_text),
    (".html", as_page),
    (".epub", as_book),
]
