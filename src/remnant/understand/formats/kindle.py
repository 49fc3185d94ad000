"""The pages of a Kindle book: skeletons of pages with fragments set into them, and flows of style sheets beside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, pairwise

from remnant.unpack.mobi_index import Row, rows_of
from remnant.unpack.palm import Records, number

_COUNT, _PLACE = 1, 6
"""Tags of a row: how many fragments a skeleton has; where a piece of text starts, and how long it is."""
MAX_FLOWS = 1_000


def pages(
    records: Records, raw: bytes, flows: int | None, skeletons: int | None, fragments: int | None
) -> tuple[list[bytes] | None, list[bytes]]:
    """The pages in order, and all other flows of text; the numbers are those of the records with the tables.

    Without readable tables the pages are None, and only the order in which the text is stored is known.
    """
    text, beside = _flows(records, raw, flows)
    if skeletons is None:
        return None, beside
    found = _pages(text, rows_of(records, skeletons), rows_of(records, fragments) if fragments is not None else ())
    return found or None, beside


def _flows(records: Records, raw: bytes, index: int | None) -> tuple[bytes, list[bytes]]:
    table = b"" if index is None else records[index]
    if table[:4] != b"FDST":
        return raw, []
    count = min(number(table, 8), MAX_FLOWS)
    ends = [(number(table, 12 + 8 * at), number(table, 16 + 8 * at)) for at in range(count)]
    in_order = all(start <= end <= len(raw) for start, end in ends)
    in_order = in_order and all(before[1] <= after[0] for before, after in pairwise(ends))
    if not ends or not in_order:
        return raw, []
    first, *rest = (raw[start:end] for start, end in ends)
    return first, rest


def _pages(text: bytes, skeletons: Sequence[Row], fragments: Sequence[Row]) -> list[bytes]:
    """Each skeleton with its fragments; nothing if any lies outside the text, or any of the text would be lost."""
    found: list[bytes] = []
    waiting, at = iter(fragments), 0
    for skeleton in skeletons:
        place, count = skeleton.values.get(_PLACE, ()), skeleton.values.get(_COUNT, (0,))
        if len(place) < 2 or place[0] != at:
            return []
        end = at + place[1]
        page = _filled(text, at, end, list(islice(waiting, count[0] if count else 0)))
        if page is None:
            return []
        found.append(page)
        at += len(page)
    return found if at == len(text) else []


def _filled(text: bytes, start: int, end: int, fragments: Sequence[Row]) -> bytes | None:
    """A skeleton with its fragments set in, each where its name says that the page so far is to be cut."""
    out: list[bytes] = []
    taken, size, after = start, 0, end
    for fragment in fragments:
        place = fragment.values.get(_PLACE, ())
        if len(place) < 2 or not fragment.name.isdigit() or len(fragment.name) > 12:
            return None
        cut = int(fragment.name) - start - size
        if cut < 0 or taken + cut > end or after + place[1] > len(text):
            return None
        out += [text[taken : taken + cut], text[after : after + place[1]]]
        taken, size, after = taken + cut, size + cut + place[1], after + place[1]
    out.append(text[taken:end])
    return b"".join(out) if end <= len(text) else None
