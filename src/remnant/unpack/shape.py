"""What stands inside what: an HTML5 tree gives shape only, our tokens give text and order.

The page is written out again with every run of text replaced by the number of its first token and every tag bare
but for its number; that is parsed by a real HTML5 parser, and where each number landed tells what it stands in.
No text and no attribute of a stranger ever reaches the parser, and nothing that its tree drops is dropped here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from remnant.unpack.markup import Flaw, Token, TokenKind
from remnant.unpack.nested import places_in
from remnant.unpack.soup import BLOCKS, FORMATTING, VOID, Element, Soup

__all__ = ["BLOCKS", "Element", "Shape", "shape_of"]

_MAX_FORMATS = 100
"""Formatting elements left open at once: a tree repeats them all in every block that follows."""
_REPEATS_PER_TOKEN = 8
_BLANK = re.compile(r"[\t\n\f\r ]*")
_SIMPLE_NAME = re.compile(r"[a-z][a-z0-9:-]{0,30}")
_RENAMED = {"plaintext": "pre", "xmp": "pre", "image": "img", "template": "x-template", "select": "x-select"}
"""What changes how a parser reads all that follows; in a `select` it also takes time by the square of the options."""
_MAY_BE_DROPPED = frozenset(
    {*("caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"), *("html", "head", "body", "form")}
)
"""Start tags that a tree leaves out where they do not belong."""
_ROWS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "colgroup"})
_MAX_BEFORE_TABLES = 5_000
"""Runs of text right inside a table, which a tree moves in front of it, all into one text."""
_APART = "<!---->"
_EMPTY = "x-empty"
_KEPT_FROM_TREE = frozenset({"frameset", "frame", "noframes", "noembed", "iframe", "noscript", "script", "style"})
_LANDED = re.compile(r'<(/?)([a-zA-Z][^ >/]*)(?: r="([0-9]+)")?[^>]*>|([0-9]+);')


@dataclass(frozen=True, slots=True)
class Shape:
    """Where each token stands.

    `places[i]` is the element around text token `i`, or the element that start tag `i` opened; None for all others
    and for text outside any element. `in_tree` says whether a start tag became an element at all. `refused` means
    that no tree was built; `lost` counts runs of text that the tree dropped and the tags alone gave a place.
    """

    places: Sequence[Element | None]
    in_tree: frozenset[int]
    refused: bool
    lost: int


def shape_of(text: str, tokens: Sequence[Token], *, xml: bool = False) -> Shape:
    """Find what each token stands in; never raises, and takes linear time on hostile nesting."""
    nested = places_in(text, tokens, xml=xml)
    if nested is not None:
        places, starts = nested
        return Shape(places, frozenset(starts), False, 0)
    return by_tree(text, tokens, xml=xml)


def by_tree(text: str, tokens: Sequence[Token], *, xml: bool = False) -> Shape:
    """The same of any page at all, by a tree or, where none may be built, by its tags."""
    draft = _Draft(text, tokens, xml)
    draft.write()
    if draft.refused:
        return Shape(draft.places, frozenset(draft.starts), True, 0)
    placed = _landed("".join(draft.out), tokens)
    return _settled(draft, placed)


def _settled(draft: _Draft, placed: dict[int, Element]) -> Shape:
    places, lost = list(draft.places), 0
    for index, members in draft.runs.items():
        if index not in placed:
            lost += 1
            continue
        for member in members:
            places[member] = placed[index]
    for index in draft.starts:
        places[index] = placed.get(index, places[index])
    return Shape(places, frozenset(draft.starts & placed.keys()), False, lost)


class _Draft:
    """The page written out again, and measured by the soup while it is written."""

    def __init__(self, text: str, tokens: Sequence[Token], xml: bool) -> None:
        self.text = text
        self.tokens = tokens
        self.xml = xml
        self.soup = Soup()
        self.formats = _Formats(text)
        self.out: list[str] = []
        self.places: list[Element | None] = [None] * len(tokens)
        self.starts: set[int] = set()
        self.runs: dict[int, range] = {}
        self.names: dict[str, str] = {}
        self.apart = True
        self.before_tables = 0

    @property
    def refused(self) -> bool:
        repeats = self.formats.repeats > _REPEATS_PER_TOKEN * len(self.tokens) + 10_000
        return self.soup.too_deep or repeats or self.before_tables > _MAX_BEFORE_TABLES

    def write(self) -> None:
        first = -1
        here: Element | None = None
        for index, token in enumerate(self.tokens):
            kind = token.kind
            if kind is TokenKind.TEXT or kind is TokenKind.REFERENCE:
                if first < 0:
                    first, here = index, self.soup.here
                self.places[index] = here
                continue
            if (kind is TokenKind.START or kind is TokenKind.END) and token.flaw is not Flaw.CUT:
                self._end_run(first, index)
                first = -1
                self._tag(index, token)
        self._end_run(first, len(self.tokens))

    def _end_run(self, first: int, end: int) -> None:
        if first < 0:
            return
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        if _BLANK.fullmatch(self.text, start, stop):
            self.out.append(" ")
        else:
            self.runs[first] = range(first, end)
            self._text(first)

    def _text(self, number: int) -> None:
        """Texts side by side would become one in the tree, which takes memory by the square of their number."""
        here = self.places[number]
        self.before_tables += here is not None and here.tag in _ROWS
        self.out.append(f"{number};" if self.apart else f"{_APART}{number};")
        self.apart = False

    def _tag(self, index: int, token: Token) -> None:
        if token.kind is TokenKind.END:
            self.soup.end(token.name)
            self.formats.end(token.name)
            self._write(token.name, "/")
            return
        foreign = self.soup.is_open("svg") or self.soup.is_open("math")
        closed = token.closed and (self.xml or foreign)
        self.places[index] = self.soup.start(token.name, index, closes_itself=closed)
        self.starts.add(index)
        self.apart = self.apart or token.name not in _MAY_BE_DROPPED
        self._start_tag(index, token, closed)

    def _start_tag(self, index: int, token: Token, closed: bool) -> None:
        if closed and token.name in FORMATTING:
            # By its own name it would end one that is open around it, as it never does in XML.
            self.out.append(f"<{_EMPTY} r={index}></{_EMPTY}>")
            return
        number = index
        if token.name in FORMATTING:
            number = self.formats.start(index, token)
        elif token.name in BLOCKS:
            self.formats.block()
        self._write(token.name, "", f" r={number}" + (" /" if closed else ""))
        if closed and token.name not in VOID:
            self._write(token.name, "/")

    def _write(self, name: str, slash: str, rest: str = "") -> None:
        written = self.names.get(name)
        if written is None:
            written = self.names[name] = _written(name)
        if written:
            self.out.append(f"<{slash}{written}{rest}>")


def _written(name: str) -> str:
    """What a tag is called in the page that is written out; nothing if it is kept out of it."""
    if name in _KEPT_FROM_TREE:
        return ""
    name = _RENAMED.get(name, name)
    return name if _SIMPLE_NAME.fullmatch(name) else "x-x"


class _Formats:
    """Formatting elements that stay open from block to block, as the HTML standard keeps them.

    Equal tags share the number of the first, so that of equal ones no more than three stay open at once.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.repeats = 0
        self._numbers: dict[str, int] = {}
        self._open: defaultdict[str, list[int]] = defaultdict(list)
        self._count: Counter[int] = Counter()
        self._active = 0

    def start(self, index: int, token: Token) -> int:
        if token.name == "a":
            self.end("a")
        number = self._numbers.setdefault(self.text[token.start : min(token.end, token.start + 65_536)], index)
        if self._count[number] < 3:
            self._count[number] += 1
            self._active += 1
            self._open[token.name].append(number)
        if self._active > _MAX_FORMATS:
            self.repeats += len(self.text)
        return number

    def end(self, name: str) -> None:
        if self._open[name]:
            self._count[self._open[name].pop()] -= 1
            self._active -= 1

    def block(self) -> None:
        self.repeats += self._active


def _landed(page: str, tokens: Sequence[Token]) -> dict[int, Element]:
    """Where each number stands in the HTML5 tree of the page, read off the parser's own serialisation of it."""
    tree = LexborHTMLParser(page)
    stack: list[Element] = []
    placed: dict[int, Element] = {}
    for landed in _LANDED.finditer(tree.html or ""):
        slash, tag, number, text = landed.groups()
        if text is not None:
            if stack:
                placed.setdefault(int(text), stack[-1])
        elif slash:
            del stack[-1:]
        else:
            element = _element(tag, number, stack, tokens)
            placed.setdefault(element.token, element)
            if tag not in VOID:
                stack.append(element)
    placed.pop(-1, None)
    return placed


def _element(tag: str, number: str | None, stack: list[Element], tokens: Sequence[Token]) -> Element:
    token = -1 if number is None else int(number)
    return Element(tag if token < 0 else tokens[token].name, token, stack[-1] if stack else None)
