"""Ask the library: search, filter, sort, count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from remnant.library.opening import Library
from remnant.model import Reader, Shown

Sort = Literal["relevance", "title", "author", "added", "words"]
"""Words sort longest first, `added` newest first, names from A; relevance without words asked for is `added`."""


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a facet and how many of the works found have it; `query` is the filter that narrows to it."""

    value: str
    works: int
    query: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of what was found. Hits are cards (no body), each with a snippet where words were asked for."""

    hits: tuple[Shown, ...]
    total: int
    page: int
    size: int
    facets: Mapping[str, tuple[Count, ...]]
    notes: tuple[str, ...]
    """Plain sentences on what in the question was ignored or could not be honoured."""

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


def search(
    library: Library, reader: Reader, text: str = "", *, sort: Sort = "relevance", page: int = 1, size: int = 24
) -> Answer:
    """Find works; an empty text finds all. Never raises for what is asked, however odd."""
    raise NotImplementedError
