"""The shape of a page from its tags alone: simple rules, linear time, nothing lost.

It is the meter that says whether a real HTML5 tree may be built, the place of whatever such a tree leaves out, and
the shape itself where the tree is refused. It nests at least as deeply as a tree would, or it would be no guard.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

MAX_DEPTH = 400
"""Elements inside one another; real stories have six or so. What is nested deeper counts for nothing."""
MAX_STEPS = 5_000_000
"""Open elements looked at or moved, in all; real stories need two to a tag. After so many an end tag ends only what
stands on top."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _words("""
    area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr
""")
FORMATTING = _words("""
    a b big code em font i nobr s small strike strong tt u
""")
BLOCKS = _words("""
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol
    optgroup option p plaintext pre search section select summary table tbody td textarea tfoot th thead title
    tr ul xmp
""")
"""Elements that begin a line of their own."""

_SCOPES = _words("""
    applet caption html marquee object table td template th
""")
_SPECIAL = (BLOCKS | _SCOPES | {"button", "head", "iframe", "noscript"}) - {"option", "optgroup", "dialog"}
_NEVER_NESTED = frozenset({"a", "nobr"})
_CELLS = frozenset({"td", "th"})
_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_TABLE_PARTS = _CELLS | _GROUPS | {"tr", "caption", "table"}
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), _SPECIAL - {"address", "div", "p"}),
    "dt": (frozenset({"dt", "dd"}), _SPECIAL - {"address", "div", "p"}),
    "dd": (frozenset({"dt", "dd"}), _SPECIAL - {"address", "div", "p"}),
    "option": (frozenset({"option"}), _SPECIAL),
    "optgroup": (frozenset({"optgroup"}), _SPECIAL),
    **{cell: (_CELLS, frozenset({"table", "template", "html"})) for cell in _CELLS},
    "tr": (frozenset({"tr"}), frozenset({"table", "template", "html"})),
    **{group: (_GROUPS, frozenset({"table", "template", "html"})) for group in _GROUPS},
    "body": (frozenset({"head"}), frozenset({"html"})),
}
"""Which open elements a start tag ends, and behind which it does not look for them."""
_LEAVES_PARAGRAPH = frozenset({"html", "body", "option", "optgroup", "select", "textarea", "title", *_TABLE_PARTS})
_LEAVES_PARAGRAPH -= {"table"}
_ENDS_PARAGRAPH = BLOCKS - _LEAVES_PARAGRAPH
_PARAGRAPH = frozenset({"p"})
_SCOPES_OF_PARAGRAPH = _SCOPES | {"button"}
_SCOPES_OF_TABLE = frozenset({"table", "template", "html"})


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element as it stands in the shape: its tag, the token that opened it (-1 if implied) and its parent."""

    tag: str
    token: int
    parent: Element | None


class Soup:
    """A stack of open elements, fed one tag at a time."""

    def __init__(self) -> None:
        self.too_deep = False
        self._steps = 0
        self._stack: list[Element] = []
        self._open: defaultdict[str, int] = defaultdict(int)
        self._beyond: defaultdict[str, int] = defaultdict(int)

    @property
    def here(self) -> Element | None:
        """The innermost open element."""
        return self._stack[-1] if self._stack else None

    def is_open(self, name: str) -> bool:
        return self._open[name] > 0

    def start(self, name: str, token: int, *, closes_itself: bool) -> Element:
        """Open an element, ending those that cannot hold it, and return it."""
        if name in _ENDS_PARAGRAPH and self._open["p"]:
            self._end_nearest(_PARAGRAPH, _SCOPES_OF_PARAGRAPH)
        if name in _ENDS:
            self._end_nearest(*_ENDS[name])
        if name in _NEVER_NESTED and self._open[name] and not closes_itself:
            self._lift_out(name)
        element = Element(name, token, self.here)
        if not closes_itself and name not in VOID:
            self._push(element)
        return element

    def end(self, name: str) -> None:
        """Close the nearest open element of that name, as far as one is in reach."""
        if self._beyond and self._beyond[name]:
            self._beyond[name] -= 1
        elif not self._open[name]:
            return
        elif self._stack[-1].tag == name:
            self._close_from(len(self._stack) - 1)
        elif name in FORMATTING:
            self._lift_out(name)
        elif name == "form":
            self._lift_out(name, _SCOPES)
        elif name in _TABLE_PARTS:
            self._end_nearest(frozenset({name}), _SCOPES_OF_TABLE - {name})
        else:
            self._end_nearest(frozenset({name}), _SCOPES if name in _SPECIAL else _SPECIAL)

    def _push(self, element: Element) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self.too_deep = True
            self._beyond[element.tag] += 1
            return
        self._stack.append(element)
        self._open[element.tag] += 1

    def _end_nearest(self, names: frozenset[str], barriers: frozenset[str]) -> None:
        for position in range(len(self._stack) - 1, -1, -1):
            tag = self._stack[position].tag
            if tag in names:
                return self._close_from(position)
            if tag in barriers or self._is_tired():
                return None
        return None

    def _close_from(self, position: int) -> None:
        for element in self._stack[position:]:
            self._open[element.tag] -= 1
        del self._stack[position:]

    def _lift_out(self, name: str, barriers: frozenset[str] = frozenset()) -> None:
        """End an open element, but not the blocks that were opened inside it."""
        above: list[Element] = []
        while (element := self._stack[-1 - len(above)]).tag != name:
            above.append(element)
            if element.tag in barriers or self._is_tired():
                return
        self._close_from(len(self._stack) - 1 - len(above))
        for element in reversed(above):
            self._push(Element(element.tag, element.token, self.here))

    def _is_tired(self) -> bool:
        """One step more: too many in all are as bad as being nested too deeply."""
        self._steps += 1
        self.too_deep = self.too_deep or self._steps > MAX_STEPS
        return self._steps > MAX_STEPS
