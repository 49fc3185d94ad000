"""Every card in the index that is open to someone, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator

from remnant.find.port import Eyes, Index, Question, Sort
from remnant.library.cards import Card, card_from_bytes

A_PAGE = 1000


def card(index: Index, eyes: Eyes | None) -> Iterator[Card]:
    """By title, then by id."""
    return map(card_from_bytes, raw(index, eyes))


def raw(index: Index, eyes: Eyes | None) -> Iterator[bytes]:
    """The same cards as they stand in the index."""
    page, seen, total = 1, 0, 1
    while seen < total:
        answer = index.search(Question(eyes, sort=Sort.TITLE, page=page, size=A_PAGE))
        if not answer.hits:
            return
        yield from (hit.card for hit in answer.hits)
        page, seen, total = page + 1, seen + len(answer.hits), answer.total
