"""A story as an EPUB 3.3 book, written by hand so that the same work gives the same bytes."""

from __future__ import annotations

import zipfile
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from remnant.give import markup
from remnant.give.clean import marked_up, quoted
from remnant.give.fields import language, one_line, right_to_left
from remnant.give.flow import Flow, flow_of, sections_of
from remnant.give.front import title_page
from remnant.give.manner import Manner
from remnant.give.package import STYLE, Item, wrapping
from remnant.give.titles import contents, has_heading, heading_of
from remnant.model import Role, Shown

LONGEST_LEAF = 150_000
"""Characters of text in one file of the book: old reading apps give up at about 300 KB."""

_TITLE, _NOTICES, _BEFORE = "title.xhtml", "notices.xhtml", "Before you read"
_PREFIX = "z3998: http://www.daisy.org/z3998/2012/vocab/structure/#"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One file of the story: blocks `first` to `last` of a section, `part` counting from 0 within it."""

    name: str
    section: int
    part: int
    first: int
    last: int


def book(shown: Shown) -> bytes:
    """The book. Its `modified` is the work's `since`, and nothing in it is compressed: not every zlib writes the same.

    The notices are a page of their own before the story, and there a reading app opens the book. ValueError for a
    card.
    """
    flow = flow_of(shown)
    leaves = tuple(_leaves(flow))
    manner = Manner(top=1, book=True, address=_addresses(flow, leaves))
    labels = [entry.label for entry in contents(shown)]
    spine = [Item(_TITLE, "Title page"), *([Item(_NOTICES, _BEFORE)] if shown.notices else [])]
    spine += [Item(leaf.name, None if leaf.part else labels[leaf.section]) for leaf in leaves]
    pages = {**_front(shown, flow, manner), **_chapters(shown, flow, leaves, manner, labels)}
    return _zipped({**wrapping(shown, spine), **pages})


def _front(shown: Shown, flow: Flow, manner: Manner) -> dict[str, str]:
    """The title page and the notices: our own words, so in English, whatever the story's language."""
    pages = {_TITLE: _page(shown.label, title_page(shown, manner), _tongue("en"))}
    if shown.notices:
        notices = f'<h1 class="label">{_BEFORE}</h1>\n{markup.notices(shown, flow, manner)}'
        pages[_NOTICES] = _page(_BEFORE, notices, _tongue("en"))
    return pages


def _chapters(shown: Shown, flow: Flow, leaves: tuple[_Leaf, ...], manner: Manner, labels: list[str]) -> dict[str, str]:
    tongue = _tongue(language(shown)) + (' dir="rtl"' if right_to_left(shown) else "")
    work = one_line(shown.label)
    return {
        leaf.name: _page(labels[leaf.section], _chapter(flow, leaf, manner, labels[leaf.section], work), tongue)
        for leaf in leaves
    }


def _tongue(language: str) -> str:
    return f'lang="{language}" xml:lang="{language}"'


def _leaves(flow: Flow) -> Iterator[_Leaf]:
    """Each section is a file; one too long for old reading apps is cut between blocks, but never within a note."""
    for number, section in enumerate(sections_of(flow.body)):
        first, size, part = section.first, 0, 0
        for index in range(section.first, section.last + 1):
            block = flow.body.blocks[index]
            if size > LONGEST_LEAF and block.role is Role.STORY:
                yield _leaf(number, part, first, index - 1)
                first, size, part = index, 0, part + 1
            size += len(block.text)
        yield _leaf(number, part, first, section.last)


def _leaf(number: int, part: int, first: int, last: int) -> _Leaf:
    name = f"c{number + 1:04}.xhtml" if part == 0 else f"c{number + 1:04}-{part + 1}.xhtml"
    return _Leaf(name, number, part, first, last)


def _addresses(flow: Flow, leaves: tuple[_Leaf, ...]) -> Callable[[int], str]:
    starts = [leaf.first for leaf in leaves]

    def address(block: int) -> str:
        name = _NOTICES if block in flow.forward else leaves[bisect_right(starts, block) - 1].name
        return f"{name}#p{block}"

    return address


def _chapter(flow: Flow, leaf: _Leaf, manner: Manner, label: str, work: str) -> str:
    writer = markup.Writer(flow, manner, under_heading=leaf.part > 0)
    heading = "" if leaf.part else _heading(flow, leaf, writer, work)
    name = quoted(f"{label}, continued" if leaf.part else label)
    attributes = f'id="s{leaf.section}" aria-label="{name}" role="doc-chapter"{manner.typed("chapter")}'
    return f"<section {attributes}>\n{heading}{writer.blocks(leaf.first, leaf.last)}</section>\n"


def _heading(flow: Flow, leaf: _Leaf, writer: markup.Writer, work: str) -> str:
    """A story of one section that nobody gave a heading stands under the work's own label."""
    sections = sections_of(flow.body)
    if title := heading_of(flow.body, sections[leaf.section]):
        return writer.heading(marked_up(title), ' class="chapter"')
    if len(sections) == 1 and not has_heading(flow.body, sections[0]):
        return writer.heading(marked_up(work), ' class="label"')
    return ""


def _page(title: str, body: str, attributes: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'epub:prefix="{_PREFIX}" {attributes}>\n<head>\n<meta charset="utf-8"/>\n'
        f'<title>{marked_up(one_line(title))}</title>\n<link rel="stylesheet" type="text/css" href="{STYLE}"/>\n'
        f"</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _zipped(files: dict[str, str]) -> bytes:
    """Stored, with one time for all and no trace of the machine: the same files are the same bytes everywhere."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as book:
        for name, text in {"mimetype": "application/epub+zip", **files}.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, 0o644 << 16
            book.writestr(entry, text.encode("utf-8"))
    return out.getvalue()
