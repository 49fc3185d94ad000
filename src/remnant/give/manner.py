"""For whom markup is made: a web page, a file of one's own, a book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape


def _on_this_page(block: int) -> str:
    return f"#p{block}"


@dataclass(frozen=True, slots=True)
class Manner:
    """`top` is the level of a chapter's heading; `book` adds what only EPUB knows; `mark` is a face's own markup."""

    top: int = 2
    book: bool = False
    address: Callable[[int], str] = _on_this_page
    mark: Callable[[int], str] | None = None

    def to(self, block: int) -> str:
        """The address of a block, fit for an attribute."""
        return escape(self.address(block))

    def typed(self, kind: str) -> str:
        """What the element is in the structure of a book, where this is one."""
        return f' epub:type="{kind}"' if self.book else ""
