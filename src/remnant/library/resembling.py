"""Works that share words with others, or with what was forgotten. Only for a person to decide about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from remnant.library import every
from remnant.library.opening import Library
from remnant.library.quoting import mails
from remnant.library.same_words import was_forgotten
from remnant.model import Work

SHINGLE = 8
"""Words in a row that two texts seldom share by chance."""
_WORD = re.compile(r"\w+")
A_COPY = 0.2
A_QUOTE = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A work that says some of the same: `share` of the text is in it too; `quoted` counts the runs of words."""

    work: str
    share: float
    quoted: int

    @property
    def is_copy(self) -> bool:
        return self.share >= A_COPY


def near(library: Library, works: Collection[Work]) -> tuple[Near, ...]:
    """Every other work that shares at least a few runs of words with these, the nearest first. Reads all texts."""
    index = library.index()
    wanted = [_shingles(text) for work in works for text in index.texts(work.id)]
    every_one = frozenset().union(*wanted) if wanted else frozenset()
    if not every_one:
        return ()
    ours = {work.id for work in works}
    others = [card.work for card in every.card(index, None) if card.work.id not in ours]
    found = {one.id: _measured(one.id, index.texts(one.id), every_one) for one in others}
    # What a reply quotes is no text of its own, and so in no index.
    for work, text in mails(library, found):
        found[work] = max(found[work], _measured(work, [text], every_one), key=lambda one: one.quoted)
    told = [one for one in found.values() if one.quoted >= A_QUOTE]
    return tuple(sorted(told, key=lambda one: (-one.share, -one.quoted, one.work)))


def like_the_forgotten(library: Library) -> Iterator[Work]:
    """The works here that say much the same as something forgotten, and that nobody kept in spite of it.

    Reads the texts of all works, if anything was ever forgotten.
    """
    index, stones = library.index(), library.tombstones
    if any(stone.words for stone in stones.all()):
        works = (card.work for card in every.card(index, None))
        wanted = (one for one in works if not any(stones.is_kept_despite(edition.original) for edition in one.editions))
        yield from (one for one in wanted if any(was_forgotten(stones, text) for text in index.texts(one.id)))


def _measured(work: str, texts: Iterable[str], wanted: frozenset[int]) -> Near:
    shared = wanted & frozenset(shingle for text in texts for shingle in _shingles(text))
    return Near(work, len(shared) / len(wanted), len(shared))


def _shingles(text: str) -> frozenset[int]:
    # Words alone: whoever quotes breaks the lines elsewhere, and sets a mark before each.
    words = _WORD.findall(text.casefold())
    return frozenset(_hashes(words))


def _hashes(words: list[str]) -> Iterable[int]:
    return (hash(tuple(words[at : at + SHINGLE])) for at in range(len(words) - SHINGLE + 1))
