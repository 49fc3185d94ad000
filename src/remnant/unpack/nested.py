"""The shape of a page whose tags are nested as they should be: there a tree could only say the same again.

Whatever a parser would move, end, imply or drop makes this give up, so what it does tell is what the tree tells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from remnant.unpack.markup import Token, TokenKind
from remnant.unpack.soup import BLOCKS, VOID, Element

MAX_DEPTH = 100
"""Elements inside one another, beyond which a tree is asked."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HEADINGS = _words("h1 h2 h3 h4 h5 h6")
_IN_HEAD = _words("title meta link base")
_UNSEEN = _words("script style")
_PLAIN_BLOCKS = _words("""
    address article aside blockquote center div dl figcaption figure footer header main nav ol p pre section ul
""")
_ITEMS = {"li": _words("li"), "dt": _words("dt dd"), "dd": _words("dt dd")}
_PASSED = _words("address div p")
"""Blocks behind which an open item of a list is still found, and ended, by the next."""
_TABLE = {
    "caption": _words("table"),
    **dict.fromkeys(("thead", "tbody", "tfoot"), _words("table")),
    "tr": _words("thead tbody tfoot"),
    **dict.fromkeys(("td", "th"), _words("tr")),
}
"""What may stand in a table, and right inside what: whatever else does is moved or wrapped."""
_ONLY_PARTS = _words("table thead tbody tfoot tr")
_INLINE = _words("""
    a abbr acronym b bdo big br cite code del dfn em font i img ins kbd q s samp small span strike strong sub sup tt
    u var wbr
""")
_KNOWN = _INLINE | _PLAIN_BLOCKS | _HEADINGS | {"hr", "table"} | set(_ITEMS) | set(_TABLE)
_BLANK = re.compile(r"[\t\n\f\r ]*")


class _GaveUpError(Exception):
    """Something here needs a tree."""


def places_in(text: str, tokens: Sequence[Token], *, xml: bool) -> tuple[list[Element | None], set[int]] | None:
    """For each token where it stands, and which start tags are in a tree; None for a page that needs one."""
    nest = _Nest(text, xml)
    places: list[Element | None] = [None] * len(tokens)
    starts: set[int] = set()
    plain, reference, start_tag, end_tag = TokenKind.TEXT, TokenKind.REFERENCE, TokenKind.START, TokenKind.END
    try:
        for index, token in enumerate(tokens):
            kind = token.kind
            if token.flaw is not None:
                return None
            if kind is plain or kind is reference:
                places[index] = nest.text_in(token)
            elif kind is start_tag:
                places[index] = nest.start(token, index)
                if token.name not in _UNSEEN:
                    starts.add(index)
            elif kind is end_tag:
                nest.end(token.name)
    except _GaveUpError:
        return None
    return (places, starts) if nest.is_over else None


class _Nest:
    """The elements that are open, and how far the page has come: 1 in `html`, 2 past its head, 3 in `body`, 4 after."""

    def __init__(self, text: str, xml: bool) -> None:
        self.text = text
        self.xml = xml
        self.stage = 0
        self._stack: list[Element] = []
        self._open: defaultdict[str, int] = defaultdict(int)

    @property
    def is_over(self) -> bool:
        return self.stage >= 3 and all(element.tag in ("html", "body") for element in self._stack)

    def text_in(self, token: Token) -> Element | None:
        here = self._stack[-1] if self._stack else None
        shown = here is not None and (self.stage == 3 or here.tag == "title") and here.tag not in _ONLY_PARTS
        if not shown and not _BLANK.fullmatch(self.text, token.start, token.end):
            raise _GaveUpError
        return here

    def start(self, token: Token, index: int) -> Element:
        name = token.name
        here = self._stack[-1] if self._stack else None
        if self.stage == 3:
            self._check_in_body(name, here)
        else:
            self._check_outside(name, here)
        element = Element(name, index, here)
        if name not in VOID and not (token.closed and self.xml):
            if len(self._stack) >= MAX_DEPTH:
                raise _GaveUpError
            self._stack.append(element)
            self._open[name] += 1
        elif name in ("html", "head", "body"):
            raise _GaveUpError
        return element

    def _check_outside(self, name: str, here: Element | None) -> None:
        if name == "html" and self.stage == 0 and here is None:
            self.stage = 1
        elif name == "body" and here is not None and here.tag == "html" and self.stage in (1, 2):
            self.stage = 3
        elif not (self.stage == 1 and here is not None and self._fits_head(name, here.tag)):
            raise _GaveUpError

    def _fits_head(self, name: str, here: str) -> bool:
        if name == "head":
            return here == "html"
        return here == "head" and (name in _IN_HEAD or name in _UNSEEN)

    def _check_in_body(self, name: str, here: Element | None) -> None:
        if here is None or here.tag == "html" or (name not in _KNOWN and name not in _UNSEEN):
            raise _GaveUpError
        if name in BLOCKS and self._open["p"]:
            raise _GaveUpError
        if name in _TABLE or here.tag in _ONLY_PARTS:
            if here.tag not in _TABLE.get(name, ()):
                raise _GaveUpError
        elif name in _ITEMS:
            self._check_item(_ITEMS[name])
        elif (name == "a" and self._open["a"]) or (name in _HEADINGS and any(self._open[one] for one in _HEADINGS)):
            raise _GaveUpError

    def _check_item(self, names: frozenset[str]) -> None:
        for element in reversed(self._stack):
            if element.tag in names:
                raise _GaveUpError
            if element.tag in BLOCKS and element.tag not in _PASSED:
                return

    def end(self, name: str) -> None:
        if not self._stack or self._stack[-1].tag != name:
            raise _GaveUpError
        self._stack.pop()
        self._open[name] -= 1
        if name == "head":
            self.stage = 2
        elif name == "body":
            self.stage = 4
