"""Markdown: plain text in which a few signs mean something, and all else is as it stands.

Paragraphs are those of plain text, so that nothing is lost where somebody meant no markup. In them headings, quotes,
emphasis and links are read; their signs become skips.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from remnant.model import BlockKind, Original, Skip, SkipClass
from remnant.understand.draft import Draft, Element, Line
from remnant.understand.formats import txt
from remnant.understand.formats.md_inline import Inline, inline
from remnant.understand.formats.source import Source
from remnant.understand.formats.sweep import Sweep
from remnant.unpack.decode import Decoded

FORMAT = "text/markdown"

_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*\Z")
_UNDERLINE = re.compile(r"={3,}[ \t]*\Z")
_QUOTE = re.compile(r"(?:>[ \t]?){1,20}")
_QUOTE_AGAIN = re.compile(r"(?<=\n)(?:>[ \t]?){1,20}")
_NOTE = re.compile(r"\[\^([^\]\[\s^]{1,60})\]:[ \t]*(?=\S)")
_ONLY_LINKED = re.compile(r"!?\[[^\]\[]*\]\([^()]*\)\W*\Z")
_ANY_SIGN = re.compile(r"[*_~`\[\\]|  [\r\n]")
_NOTHING = Inline((), ())
_MAX_INLINE = 100_000
"""Characters of a paragraph beyond which its signs are not read."""

_FIRM_SIGNS = (
    ("#", re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)),
    ("](", re.compile(r"(?<!!)\[[^\]\[\n]{1,200}\]\((?:https?://|[^()\s:]{1,200}\))")),
    ("[^", re.compile(r"^\[\^[^\]\s]{1,60}\]:", re.MULTILINE)),
)
_LOOSE_SIGNS = (
    ("**", re.compile(r"(?<![*\w])\*\*(?=[^\s*])[^*\n]{1,200}(?<=[^\s*])\*\*(?![*\w])")),
    (
        "",
        re.compile(
            r"(?<![*\w])\*(?=[^\s*])[^*\n]{1,200}(?<=[^\s*])\*(?![*\w])"
            r"|(?<![_\w])_(?=[^\s_])[^_\n]{1,200}(?<=[^\s_])_(?![_\w])"
        ),
    ),
    ("===", re.compile(r"^={3,}[ \t]*$", re.MULTILINE)),
)
"""Signs of one kind each, behind what stands in every one of them; headings, links and notes are firm."""
_TOP = 65_536


def is_markdown(text: str) -> bool:
    """Whether a text has signs of two kinds at least, one of them a heading, a link or a note.

    Stars and underlines alone are what people typed in mails, and a line of `#` alone is a divider.
    """
    top = text[:_TOP]
    firm = _kinds(_FIRM_SIGNS, top)
    return firm > 0 and firm + _kinds(_LOOSE_SIGNS, top) >= 2


def _kinds(signs: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> int:
    return sum(always in text and sign.search(text) is not None for always, sign in signs)


def draft(original: Original, decoded: Decoded) -> Draft:
    """Read a text and the signs in it."""
    plain = txt.draft(original, decoded, signs=False)
    source = Source.of(original.digest, "", decoded)
    page = _Page(source)
    lines = tuple(page.lines(plain.lines))
    skips = sorted((*plain.skips, *page.skips), key=lambda skip: skip.region.start)
    return replace(plain, format=FORMAT, lines=lines, skips=tuple(skips))


class _Page:
    """The lines of a text, their signs read one after another."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.skips: list[Skip] = []

    def lines(self, plain: tuple[Line, ...]) -> Iterator[Line]:
        underlined = {
            at
            for at, line in enumerate(plain[1:])
            if line.gap == 0 and _UNDERLINE.match(line.text) and _is_short(plain[at])
        }
        gap = 0
        for at, line in enumerate(plain):
            if at - 1 in underlined:
                self._skip_whole(line)
                gap = line.gap
                continue
            read = self._line(line, underlined=at in underlined)
            yield replace(read, gap=read.gap or gap)
            gap = 0

    def _line(self, line: Line, *, underlined: bool) -> Line:
        text = line.text
        heading, note, quote = _HEADING.match(text), _NOTE.match(text), _QUOTE.match(text)
        if underlined:
            return self._marked(line, BlockKind.HEADING, 0, level=1)
        if heading and "\n" not in text:
            return self._marked(line, BlockKind.HEADING, heading.end(), level=len(heading[1]))
        if note:
            anchor = f"note-{note[1]}"
            read = self._marked(line, line.kind, note.end())
            return replace(read, inside=(Element("style:footnote", anchor),), anchors=(anchor,))
        if quote and text[quote.end() :].strip():
            depth = quote[0].count(">")
            return self._marked(line, BlockKind.QUOTE, quote.end(), level=depth)
        return line if _ONLY_LINKED.match(text) else self._marked(line, line.kind, 0)

    def _marked(self, line: Line, kind: BlockKind, after: int, *, level: int = 0) -> Line:
        """The line without the signs before it, and with those inside it read."""
        text = line.text
        if len(text) > _MAX_INLINE:
            return line
        cuts = [(0, after)] if after else []
        if kind is BlockKind.QUOTE:
            cuts += [found.span() for found in _QUOTE_AGAIN.finditer(text)]
        closing = _CLOSING.search(text, after) if kind is BlockKind.HEADING else None
        cuts += [closing.span()] if closing else []
        said = inline(text) if _ANY_SIGN.search(text) else _NOTHING
        if not cuts and said is _NOTHING:
            return line if line.kind is kind else replace(line, kind=kind, level=level)
        sweep = Sweep(self.source, text, cuts, said, hard_ends=True)
        spans = tuple(sweep.spans(line.spans))
        if not any(span.text.strip() for span in spans):
            return line
        self.skips += sweep.skips
        return replace(line, kind=kind, spans=spans, level=level or line.level)

    def _skip_whole(self, line: Line) -> None:
        for span in line.spans:
            self.skips.append(Skip(span.source, SkipClass.TAG))


def _is_short(line: Line) -> bool:
    return len(line.text) <= 100 and "\n" not in line.text
