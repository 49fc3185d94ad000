"""What of a page is read as story, against what its tale says is one."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bench.pages.tales import TALES, Tale

from remnant.model import STORY_ROLES, Reading, Role
from remnant.understand.reader import understand_bytes


@dataclass(slots=True)
class Count:
    """Characters of pages, by what they are and what they were taken for."""

    pages: int = 0
    whole: int = 0
    """Pages whose story begins and ends where it should, with nothing else in it."""
    story: int = 0
    found: int = 0
    told: int = 0
    notes: int = 0
    hidden: int = 0
    lost: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.story if self.story else 1.0

    @property
    def precision(self) -> float:
        return self.found / self.told if self.told else 1.0


def measured(shapes: Iterable[Callable[[Tale], str]]) -> Count:
    count = Count()
    for shape in shapes:
        for tale in TALES:
            _page(count, shape.__name__, tale, understand_bytes(shape(tale).encode("utf-8")))
    return count


def _page(count: Count, name: str, tale: Tale, reading: Reading) -> None:
    paragraphs = {_plain(text) for text in tale.paragraphs}
    notes = {_plain(text) for text in (tale.before, tale.after) if text}
    told = [_plain(block.text) for block in reading.blocks if block.role in STORY_ROLES and block.text.strip()]
    hidden = [_plain(block.text) for block in reading.blocks if block.role is Role.CHROME]
    found = [text for text in told if text in paragraphs]
    count.pages += 1
    count.whole += told == [_plain(text) for text in tale.paragraphs]
    count.story += sum(map(len, paragraphs))
    count.found += sum(map(len, found))
    count.told += sum(map(len, told))
    count.notes += len(notes)
    count.hidden += sum(1 for text in hidden if text in notes)
    if len(found) < len(paragraphs):
        count.lost.append(f"{name}/{tale.title}: {len(found)} of {len(paragraphs)} paragraphs")


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())
