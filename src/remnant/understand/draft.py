"""What a format module hands to the rules: text in order with its shape, nothing interpreted yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Generic, TypeVar, overload

from remnant.model import BlockKind, Finding, Part, Region, Skip, Span


@dataclass(frozen=True, slots=True)
class Element:
    """An element that a block stands in, as far as dialects need it."""

    tag: str
    id: str | None = None
    classes: tuple[str, ...] = ()


T = TypeVar("T")


class _Once(Generic[T]):
    """A property worked out once for each object. The library's takes a lock besides, which costs more than a text."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work = work

    @overload
    def __get__(self, held: None, owner: type) -> _Once[T]: ...
    @overload
    def __get__(self, held: object, owner: type) -> T: ...
    def __get__(self, held: object | None, owner: type) -> T | _Once[T]:
        if held is None:
            return self
        found = held.__dict__[self.work.__name__] = self.work(held)
        return found


@dataclass(frozen=True)
class Line:
    """One block before it has a role.

    `inside` is outermost first and empty for plain text. `gap` counts the blank lines before it in plain text
    (in HTML: empty paragraphs and doubled `<br>`). `indent` is leading white space in characters. `level` is the
    heading level or list depth. `page` rises at each new spine item or file; `anchors` are ids one could link to.
    """

    kind: BlockKind
    spans: tuple[Span, ...]
    inside: tuple[Element, ...] = ()
    gap: int = 0
    indent: int = 0
    level: int = 0
    centred: bool = False
    page: int = 0
    anchors: tuple[str, ...] = ()

    @_Once
    def text(self) -> str:
        spans = self.spans
        return spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])

    @_Once
    def starts(self) -> tuple[int, ...]:
        """Where in its text each of its spans begins."""
        return tuple(accumulate((len(span.text) for span in self.spans[:-1]), initial=0)) if self.spans else ()

    def within(self, selector: str) -> bool:
        """Whether some element around it matches one of `tag`, `#id`, `.class`."""
        return bool(self.inside) and selector in self._around

    def within_any(self, selectors: frozenset[str]) -> bool:
        """The same for any of them at once."""
        return bool(self.inside) and not selectors.isdisjoint(self._around)

    @_Once
    def _around(self) -> frozenset[str]:
        names = {element.tag for element in self.inside}
        names |= {f"#{element.id}" for element in self.inside if element.id is not None}
        return frozenset(names | {f".{name}" for element in self.inside for name in element.classes})


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the container says beside the text: `html:title`, `meta:generator`, `link:canonical`, `dc:creator`.

    Names are lower-case, `prefix:name`; `value` is decoded; `region` is where the value stands in its part.
    `detail` holds the element's other attributes (`opf:scheme`, `lang` ...), lower-case.
    """

    name: str
    value: str
    region: Region
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole file, decoded and in order. The rules give roles to `lines`; they never change spans."""

    format: str
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    facts: tuple[Fact, ...]
    skips: tuple[Skip, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing in a container that is read by itself: a mail, a captured page, a story in a dump. Keys are unique.

    `made` makes its draft: whoever wants one leaf of thousands need not pay for the others.
    """

    key: str
    made: Callable[[], Draft]


@dataclass(frozen=True, slots=True)
class Volume:
    """A file, or a bundle of files, that holds many things. No part stands in two leaves.

    `rest` has no lines: parts that belong to no leaf, what was found of the container itself, and its format.
    """

    leaves: tuple[Leaf, ...]
    rest: Draft
