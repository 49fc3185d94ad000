"""A page of an unknown maker: what stands around its text, by the names of its elements, by links and by place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from remnant.model import BlockKind, Role
from remnant.understand.draft import Element, Line
from remnant.understand.frame_words import begins_the_tail, is_furniture, is_note, is_said_by_a_site, is_stamped
from remnant.understand.header import entries_of
from remnant.understand.register import is_dialogue
from remnant.understand.sheet import Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("frame")

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_STOP = re.compile(r"[.!?…:;,—][\"”'’)*_\]]{0,9}\Z")
_BYLINE = re.compile(r"(?:written )?by:?\s+\S.{0,60}\Z", re.IGNORECASE)
_DEEPEST = 30
"""Elements around a line that are looked at, the outermost."""


@dataclass(slots=True)
class _Node:
    """Elements of one name at one place, all together: cells of a table are one."""

    above: _Node | None
    furniture: bool = False
    note: bool = False
    called: bool = False
    prose: int = 0
    dialogue: int = 0
    below: dict[Element, _Node] = field(default_factory=dict)


def say(sheet: Sheet) -> Said:
    """Furniture by its elements' names, answers by turns, what is outside the text's element, what software says."""
    if sheet.dialect is not None or sheet.draft.format not in _PAGES:
        return Said()
    page = _Page.of(sheet)
    if not page.prose:
        return Said()
    roles = page.by_name()
    roles |= page.by_turns(roles)
    roles |= {index: role for index, role in page.by_place(roles).items() if index not in roles}
    roles |= {index: role for index, role in page.by_words(roles).items() if index not in roles}
    return Said(roles=roles)


@dataclass(slots=True)
class _Page:
    """A page as a tree of places, and how much prose stands in each."""

    sheet: Sheet
    nodes: list[_Node]
    weights: list[int]
    root: _Node

    @classmethod
    def of(cls, sheet: Sheet) -> _Page:
        root = _Node(None)
        nodes, weights = [], []
        paths: dict[int, list[_Node]] = {}
        for line, text in zip(sheet.lines, sheet.texts, strict=True):
            # Lines that stand alike share one tuple of elements, so most paths are known by which it is.
            path = paths.get(id(line.inside))
            if path is None:
                path = paths[id(line.inside)] = _path(root, line.inside[:_DEEPEST])
            weight = _weight(line, text)
            if weight:
                speaks = is_dialogue(text)
                for node in path:
                    node.prose += weight
                    node.dialogue += speaks
            nodes.append(path[-1])
            weights.append(weight)
        return cls(sheet, nodes, weights, root)

    @property
    def prose(self) -> int:
        return self.root.prose

    def by_name(self) -> dict[int, Role]:
        """Lines in elements that call themselves furniture, or notes; not where somebody speaks in them."""
        named_of = {id(node): self._named(node) for node in {id(one): one for one in self.nodes}.values()}
        noted = {key for key, node in {id(one): one for one in self.nodes}.items() if any(up.note for up in _up(node))}
        clean = sum(w for w, node in zip(self.weights, self.nodes, strict=True) if named_of[id(node)] is None)
        found: dict[int, Role] = {}
        told = False
        for index, node in enumerate(self.nodes):
            named = named_of[id(node)]
            if id(node) in noted and self.sheet.texts[index]:
                found[index] = Role.NOTE
            elif named is None:
                told = told or (self.weights[index] > 0 and not self._is_field(index))
            elif named.prose <= clean and not named.dialogue and (told or not self._is_field(index)):
                found[index] = Role.CHROME
        return found

    def _is_field(self, index: int) -> bool:
        """Whether a line says what a work has, or who wrote it: above a text its box may be called anything."""
        if _BYLINE.match(self.sheet.texts[index]):
            return True
        return any(entry.label.strong for entry in entries_of(index, self.sheet.lines[index]))

    def _named(self, node: _Node) -> _Node | None:
        """The outermost furniture around; what holds nearly all of the page is only a frame."""
        outermost = None
        for one in _up(node):
            if one.furniture and 10 * one.prose < 9 * self.prose:
                outermost = one
        return outermost

    def by_turns(self, known: dict[int, Role]) -> dict[int, Role]:
        """Posts of a board: where one element comes again and again, short answers to a long text are readers'."""
        found: dict[int, Role] = {}
        for runs in self._runs(known):
            weights = [sum(self.weights[index] for index in run) for run in runs]
            most = max(weights)
            for at, run in enumerate(runs):
                spoken = any(self.weights[index] and is_dialogue(self.sheet.texts[index]) for index in run)
                if at and 4 * weights[at] < most and not spoken and weights[0] == most:
                    found |= dict.fromkeys(range(runs[at - 1][-1] + 1, run[-1] + 1), Role.CHROME)
        return {index: role for index, role in found.items() if index not in known}

    def _runs(self, known: dict[int, Role]) -> Iterator[list[list[int]]]:
        """Stretches of lines in the elements of one name, with somebody's name or a date between each two."""
        held: dict[int, list[list[int]]] = {}
        last: _Node | None = None
        for index, node in enumerate(self.nodes):
            if not self.sheet.texts[index]:
                continue
            named = next((one for one in _up(node) if one.called), None)
            if named is not None and index not in known:
                if named is not last or id(named) not in held:
                    held.setdefault(id(named), []).append([])
                held[id(named)][-1].append(index)
            last = named
        for runs in held.values():
            if len(runs) >= 2 and any(self.weights[index] for index in runs[0]) and self._by_turns(runs):
                yield runs

    def _by_turns(self, runs: list[list[int]]) -> bool:
        between = (range(one[-1] + 1, other[0]) for one, other in pairwise(runs))
        return all(any(is_said_by_a_site(self.sheet.texts[index]) for index in gap) for gap in between)

    def by_place(self, known: dict[int, Role]) -> dict[int, Role]:
        """Lines outside the element that holds the text: links and scraps are furniture, prose after it a note."""
        main = self._main(known)
        within_main = {id(node) for node in _down(main)}
        inside = [id(node) in within_main for node in self.nodes]
        told = [index for index, within in enumerate(inside) if within and self.weights[index] and index not in known]
        if not told or main is self.root:
            return {}
        found: dict[int, Role] = {}
        for index, within in enumerate(inside):
            text = self.sheet.texts[index]
            if within or not text or index in known:
                continue
            if index > told[-1]:
                found[index] = (
                    Role.NOTE if self.weights[index] and not _is_linked(self.sheet.lines[index]) else Role.CHROME
                )
            elif index < told[0] and self._is_scrap(index):
                found[index] = Role.CHROME
        return found

    def _main(self, known: dict[int, Role]) -> _Node:
        """The innermost element that holds most of the prose that is nobody's furniture, and all that is spoken."""
        own: Counter[int] = Counter()
        for index, node in enumerate(self.nodes):
            if index not in known:
                own[id(node)] += self.weights[index]
        prose: Counter[int] = Counter()
        for node in {id(one): one for one in self.nodes}.values():
            for one in _up(node):
                prose[id(one)] += own[id(node)]
        main = self.root
        while main.below:
            best = max(main.below.values(), key=lambda one: prose[id(one)])
            most = prose[id(best)]
            if 10 * most < 6 * prose[id(self.root)] or best.dialogue < main.dialogue or best.furniture:
                break
            main = best
        return main

    def _is_scrap(self, index: int) -> bool:
        """Before the text: links, and a few words that are no heading, no label and no name."""
        line, text = self.sheet.lines[index], self.sheet.texts[index]
        if line.kind is BlockKind.HEADING or entries_of(index, line):
            return False
        return (_is_linked(line) and not self._near_a_title(index)) or is_said_by_a_site(text)

    def _near_a_title(self, index: int) -> bool:
        """A linked name right under a heading may be the author's."""
        above = self.sheet.lines[max(index - 2, 0) : index]
        return any(line.kind is BlockKind.HEADING for line in above)

    def by_words(self, known: dict[int, Role]) -> dict[int, Role]:
        """What software says of a text, and everything from the heading of its readers' words on."""
        found: dict[int, Role] = {}
        seen, total = 0, sum(weight for index, weight in enumerate(self.weights) if index not in known)
        tail = self._tail(known, total)
        for index, text in enumerate(self.sheet.texts):
            if index not in known and text:
                within = 20 * seen > total and 20 * seen < 15 * total
                late = 4 * seen >= total and self._is_late_link(index)
                if index >= tail or late or (not within and is_said_by_a_site(text)):
                    found[index] = Role.CHROME
                seen += self.weights[index]
        return found

    def _tail(self, known: dict[int, Role], total: int) -> int:
        """Where readers' words begin: below a heading of theirs, where nobody speaks any more and little is told,
        or what is told bears dates."""
        seen, spoken = 0, self._last_spoken(known)
        stamped: list[int] | None = None
        for index, text in enumerate(self.sheet.texts):
            if index in known:
                continue
            if 4 * seen >= total > 0 and seen and index >= spoken and begins_the_tail(text):
                if stamped is None:
                    stamped = [at for at, said in enumerate(self.sheet.texts) if is_stamped(said)]
                if 2 * seen >= total or (len(stamped) >= 2 and stamped[-2] > index):
                    return index
            seen += self.weights[index]
        return len(self.sheet.lines)

    def _last_spoken(self, known: dict[int, Role]) -> int:
        """The last line outside of furniture in which somebody speaks."""
        for index in range(len(self.nodes) - 1, -1, -1):
            if index not in known and self.weights[index] and is_dialogue(self.sheet.texts[index]):
                return index
        return -1

    def _is_late_link(self, index: int) -> bool:
        line = self.sheet.lines[index]
        return _is_linked(line) and line.kind is not BlockKind.HEADING and len(line.text) <= 120


def _path(root: _Node, inside: tuple[Element, ...]) -> list[_Node]:
    """The places around a line, the root first; those not met before are made."""
    path = [root]
    for element in inside:
        above, name = path[-1], _without_number(element)
        node = above.below.get(name)
        if node is None:
            node = above.below[name] = _Node(
                above, is_furniture(element), is_note(element), bool(element.id or element.classes)
            )
        path.append(node)
    return path


_DIGITS = re.compile(r"\d+")


def _without_number(element: Element) -> Element:
    """The element as its likes are called: posts and comments are numbered."""
    if element.id is None or not _DIGITS.search(element.id):
        return element
    return Element(element.tag, _DIGITS.sub("0", element.id), element.classes)


def _up(node: _Node) -> Iterator[_Node]:
    current: _Node | None = node
    while current is not None:
        yield current
        current = current.above


def _down(node: _Node) -> Iterator[_Node]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += one.below.values()


def _weight(line: Line, text: str) -> int:
    """Characters of prose that are no link: what reads as a sentence, or is too long to be anything else."""
    if not text or line.kind is BlockKind.HEADING:
        return 0
    if len(text) < 100 and not (is_dialogue(text) or (len(text) >= 8 and _STOP.search(text))):
        return 0
    linked = sum(len(span.text) for span in line.spans if span.href)
    return 0 if 2 * linked > len(text) or is_said_by_a_site(text) else len(text)


def _is_linked(line: Line) -> bool:
    """Whether most of what a line says is links."""
    linked = sum(len(span.text.strip()) for span in line.spans if span.href)
    return linked > 0 and 10 * linked >= 7 * len(line.text.strip())
