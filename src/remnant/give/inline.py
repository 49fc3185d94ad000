"""The words of a block as markup: marks, line ends and links, everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from remnant.give.clean import flowing, kept, lined, marked_up
from remnant.give.flow import Pointer
from remnant.give.manner import Manner
from remnant.model import Block, BlockKind, How, LinkKind, Mark, Role, Span

_ELEMENT = {
    Mark.STRONG: "strong",
    Mark.EMPHASIS: "em",
    Mark.UNDERLINE: "u",
    Mark.STRIKE: "s",
    Mark.SUPERSCRIPT: "sup",
    Mark.SUBSCRIPT: "sub",
    Mark.CODE: "code",
}
_LINED_KINDS = frozenset({BlockKind.VERSE, BlockKind.TABLE})
_LINED_ROLES = frozenset({Role.TITLE, Role.BYLINE, Role.HEADER, Role.LYRICS, Role.EPIGRAPH})
_NO_MARKS: frozenset[Mark] = frozenset()
LINE_END = "<br/>\n"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_WEB = re.compile(rf"https?://(?:{_LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?::\d{{1,4}})?(?:[/?#][!-~]*)?")
_SAFE = "!#$&'()*+,/:;=?@~%"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Words(NamedTuple):
    """A run of text with one look. A newline in it is a line end that is meant; `link` leads away, `pointer` within.

    A tuple, since a long story has tens of thousands of them.
    """

    text: str
    marks: frozenset[Mark] = _NO_MARKS
    link: str | None = None
    pointer: Pointer | None = None


def words_of(block: Block, pointers: Iterable[Pointer] = ()) -> tuple[Words, ...]:
    """The block's text as it is to be said, without blanks at its ends."""
    cut = tuple(pointers)
    pieces = [piece for span in block.spans for piece in _cut(span, cut)] if cut else [(s, None) for s in block.spans]
    words = (Words(_laid_out(block, span), span.marks, safe_link(span.href), pointer) for span, pointer in pieces)
    return tuple(words) if block.kind is BlockKind.PREFORMATTED else _trimmed(words)


def plain_words(block: Block) -> str | None:
    """The text of a block that is nothing but text, as most are: what `words_of` would say of it, in one step.

    None for all others. A long story has tens of thousands of such blocks.
    """
    if len(block.spans) != 1 or block.kind is BlockKind.PREFORMATTED:
        return None
    span = block.spans[0]
    return None if span.marks or span.href is not None else _laid_out(block, span).strip(" \n")


def safe_link(href: str | None) -> str | None:
    """The address if it leads to the web and every reading program can take it, else None."""
    if href is None:
        return None
    link = quote(_LONE_PERCENT.sub("%25", href.strip()), safe=_SAFE, errors="replace")
    return link if _WEB.fullmatch(link) else None


def inline(words: Iterable[Words], manner: Manner, line_end: str = LINE_END) -> str:
    """The words as markup; marks and links are closed before the next ones open, so nothing ever crosses."""
    groups = groupby(words, key=lambda word: (word.link, word.pointer))
    marked = ((link, pointer, "".join(_marked(word, line_end) for word in group)) for (link, pointer), group in groups)
    return "".join(_linked(link, pointer, text, manner) for link, pointer, text in marked)


def _marked(words: Words, line_end: str) -> str:
    text = marked_up(words.text)
    if "\n" in text:
        text = text.replace("\n", line_end)
    if not words.marks or words.text.isspace():
        return text
    names = [name for mark, name in _ELEMENT.items() if mark in words.marks]
    return "".join(f"<{name}>" for name in names) + text + "".join(f"</{name}>" for name in reversed(names))


def _linked(link: str | None, pointer: Pointer | None, text: str, manner: Manner) -> str:
    if not text.strip():
        return text
    if pointer is not None:
        kind = manner.typed("noteref") if pointer.kind is LinkKind.NOTE else ""
        role = ' role="doc-noteref"' if pointer.kind is LinkKind.NOTE else ""
        return f'<a class="pointer" href="{manner.to(pointer.target)}"{role}{kind}>{text}</a>'
    if link is not None:
        return f'<a href="{escape(link)}" rel="noreferrer">{text}</a>'
    return text


def _cut(span: Span, pointers: tuple[Pointer, ...]) -> Iterator[tuple[Span, Pointer | None]]:
    """The span in pieces, each wholly within a pointer or wholly outside; decoded text is not cut."""
    at = 0
    for pointer in pointers:
        start, end = pointer.source.start - span.source.start, pointer.source.end - span.source.start
        if pointer.source.part != span.source.part or end <= at or start >= span.source.end - span.source.start:
            continue
        if span.how is How.DECODED:
            yield span, pointer
            return
        yield replace(span, text=span.text[at : max(start, at)]), None
        yield replace(span, text=span.text[max(start, at) : end]), pointer
        at = end
    yield (replace(span, text=span.text[at:]) if at else span), None


def _laid_out(block: Block, span: Span) -> str:
    """A line end counts where the block is made of lines, or where the format says that it is one (`<br>`)."""
    if block.kind is BlockKind.PREFORMATTED:
        return kept(span.text)
    if span.how is How.DECODED and "\n" in span.text and not span.text.strip(" \t\r\n"):
        return "\n"
    return lined(span.text) if block.kind in _LINED_KINDS or block.role in _LINED_ROLES else flowing(span.text)


def _trimmed(words: Iterable[Words]) -> tuple[Words, ...]:
    """Without blanks at the ends or around line ends, and without what is empty."""
    trimmed: list[Words] = []
    at_start = True
    for word in words:
        text = word.text.lstrip(" \n") if at_start else word.text
        if text:
            trimmed.append(word if text == word.text else word._replace(text=text))
            at_start = text.endswith("\n")
    while trimmed and trimmed[-1].text != (text := trimmed[-1].text.rstrip(" \n")):
        trimmed[-1:] = [trimmed[-1]._replace(text=text)] if text else []
    return tuple(trimmed)
