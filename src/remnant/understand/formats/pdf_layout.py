"""Rows on paper made paragraphs again: which rows go on from one another, and which stand on every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from remnant.unpack.pdf import Look, Page, Row

_EDGE = 2
"""Rows at the top and at the foot of a page among which what stands on every page is sought."""
_NUMBERS = re.compile(r"\d+")
_NUMBER_ALONE = re.compile(r"\W*(?:page\W+)?\d{1,4}(?:\W+(?:of\W+)?\d{1,4})?\W*", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…:;\"”’'»)\]*~_-]\s*\Z")
_CLOSED, _OPENED = re.compile(r"[.!?…,][\"”]\s*\Z"), re.compile(r"[\"“]")
"""One who has spoken, and another who begins to: in one paragraph they seldom meet."""
_WIDER, _LARGER = 1.3, 1.15
_INDENT, _BLANK = 0.45, 0.15
"""An indent, and the blank between two words, as parts of the distance between rows."""
_MAX_SIZES = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A row, its place by page and number, and the gap above it in points (none at the top of a page)."""

    row: Row
    page: int
    at: int
    gap: float | None

    @property
    def top(self) -> bool:
        return self.gap is None


@dataclass(slots=True)
class Paragraph:
    """Rows that go on from one another. `level` is that of a heading, else 0."""

    rows: list[Placed]
    level: int = 0
    centred: bool = False
    gap: int = 0
    running: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """What is usual in a document: its looks, the lead of its rows, the room between paragraphs, its margins."""

    look: Look
    lead: float
    left: dict[int, float]
    right: dict[int, float]
    spaced: bool
    sizes: tuple[float, ...] = field(default=())


def paragraphs(pages: Sequence[Page]) -> list[Paragraph]:
    """The paragraphs of a document in order, what stands on every page among them and marked."""
    running = _running(pages)
    placed = list(_placed(pages, running))
    made: list[Paragraph] = []
    if placed:
        measure = _measured(placed)
        current: Paragraph | None = None
        for item in placed:
            if current is not None and _goes_on(current.rows[-1], item, measure):
                current.rows.append(item)
            else:
                current = _begun(item, measure)
                made.append(current)
    return _with_running(made, pages, running)


def usual_look(rows: Iterable[Row]) -> Look:
    """How most letters of these rows look."""
    looks: Counter[Look] = Counter()
    for row in rows:
        for length, look in row.runs:
            looks[look] += length
    return looks.most_common(1)[0][0] if looks else Look()


def _key(row: Row) -> str:
    return _NUMBERS.sub("#", " ".join(row.text.split()))


def _edges(page: Page, room: float, size: float) -> Iterator[tuple[str, int]]:
    """Rows at the edges of a page that are set apart from the rest: by more room, or by letters of another size."""
    order = sorted(range(len(page.rows)), key=lambda at: -page.rows[at].base)
    for edge, inward in (("top", order), ("foot", order[::-1])):
        for count in range(1, min(_EDGE, len(inward) - 1) + 1):
            row, inner = page.rows[inward[count - 1]], page.rows[inward[count]]
            if abs(row.base - inner.base) > room * _WIDER or _size(row) != size == _size(inner):
                yield from ((edge, at) for at in inward[:count])
                break


def _usual_room(pages: Sequence[Page]) -> float:
    """The room between rows of a paragraph, as far as it shows before it is known which rows are of one."""
    bases = (sorted(row.base for row in page.rows) for page in pages)
    rooms = sorted(after - before for page in bases for before, after in pairwise(page) if after - before > 1)
    return rooms[len(rooms) // 5] if rooms else 0.0


def _running(pages: Sequence[Page]) -> frozenset[tuple[int, int]]:
    """Rows that stand over or under many pages, alike but for their numbers."""
    met: Counter[tuple[str, str, int]] = Counter()
    found: list[tuple[tuple[str, str, int], int, int]] = []
    room = _usual_room(pages)
    sizes = Counter(_size(row) for page in pages for row in page.rows)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    for number, page in enumerate(pages):
        for edge, at in _edges(page, room, size):
            row = page.rows[at]
            key = (edge, _key(row), round(row.base / 4))
            found.append((key, number, at))
            met[key] += 1
    few = max(3, len(pages) * 0.25)
    return frozenset(
        (number, at)
        for key, number, at in found
        if met[key] >= few or (met[key] >= 2 and _NUMBER_ALONE.fullmatch(pages[number].rows[at].text) is not None)
    )


def _placed(pages: Sequence[Page], running: frozenset[tuple[int, int]]) -> Iterator[Placed]:
    for number, page in enumerate(pages):
        before: Row | None = None
        for at, row in enumerate(page.rows):
            if (number, at) not in running:
                gap = None if before is None else before.base - row.base
                yield Placed(row, number, at, gap)
                before = row


def _measured(placed: Sequence[Placed]) -> Measure:
    usual = usual_look(item.row for item in placed)
    left, right = _margins(placed)
    pairs = [
        (before.row, item)
        for before, item in pairwise(placed)
        if item.gap is not None and item.gap > 0 and _size(item.row) == usual.size
    ]
    gaps = [item.gap for _, item in pairs if item.gap is not None]
    lead = _lead(gaps, [row.right + (item.row.word - item.row.left) > right[item.page % 2] for row, item in pairs])
    wide = [gap for gap in gaps if lead and gap > lead * _WIDER]
    sizes = sorted({_size(item.row) for item in placed if _size(item.row) >= usual.size * _LARGER}, reverse=True)
    return Measure(usual, lead, left, right, len(wide) * 12 > len(gaps), tuple(sizes[:_MAX_SIZES]))


def _lead(gaps: Sequence[float], full: Sequence[bool]) -> float:
    """How far apart rows of one paragraph stand: the least of the distances under rows that are full.

    Where no row is full, every paragraph is one row, and the distance that comes most often is theirs.
    """
    counted = Counter(_half_points(gap) for gap in gaps)
    under_full = Counter(_half_points(gap) for gap, is_full in zip(gaps, full, strict=True) if is_full)
    usual = counted.most_common(1)[0][0] if counted else 0.0
    few = max(2, len(gaps) // 100)
    told = [gap for gap, count in under_full.items() if count >= few and 2 * count > counted[gap] and gap > usual * 0.4]
    return min(told, default=usual)


def _half_points(gap: float) -> float:
    return round(gap * 2) / 2


def _margins(placed: Sequence[Placed]) -> tuple[dict[int, float], dict[int, float]]:
    """The margins of each page: those of odd and of even ones may differ, and a short page has those of its like."""
    left: dict[int, float] = {}
    right: dict[int, float] = {}
    for parity in (0, 1):
        rows = [item.row for item in placed if item.page % 2 == parity]
        if rows:
            starts = Counter(round(row.left) for row in rows)
            often = [start for start, count in starts.items() if count * 20 >= len(rows)]
            left[parity], right[parity] = float(min(often or starts)), _right_margin([row.right for row in rows])
    return left, right


def _right_margin(ends: Sequence[float]) -> float:
    """The edge that no row passes, but for one in fifty that stands out."""
    ordered = sorted(ends)
    return ordered[min(len(ordered) - 1, len(ordered) * 49 // 50)]


def _size(row: Row) -> float:
    """The size of most letters of a row."""
    return max(row.runs, key=lambda run: run[0])[1].size if row.runs else 0.0


def _is_centred(row: Row, page: int, measure: Measure) -> bool:
    left, right = measure.left[page % 2], measure.right[page % 2]
    inset = 0.08 * (right - left)
    before, after = row.left - left, right - row.right
    return before > inset and after > inset and abs(before - after) < 0.06 * (right - left)


def _begun(item: Placed, measure: Measure) -> Paragraph:
    size = _size(item.row)
    level = measure.sizes.index(size) + 1 if size in measure.sizes and len(item.row.text) <= 100 else 0
    gap = 0
    if item.gap is not None and measure.lead:
        room = item.gap / measure.lead
        usual = 2.2 if measure.spaced else 1.6
        gap = 1 if room > usual and not level else 0
    return Paragraph([item], level, _is_centred(item.row, item.page, measure), gap)


def _goes_on(before: Placed, item: Placed, measure: Measure) -> bool:
    """Whether a row goes on with the paragraph of the one before it."""
    row, last = item.row, before.row
    if abs(_size(row) - _size(last)) > 0.6 or _is_centred(last, before.page, measure):
        return _size(row) == _size(last) and _size(row) in measure.sizes and _is_close(item, measure)
    if not item.top and not _is_close(item, measure):
        return False
    if _indent(item, measure) > _INDENT * measure.lead and not _hangs(before, item, measure):
        return False
    if not _is_full(before, row, measure):
        return False
    if _CLOSED.search(last.text) and _OPENED.match(row.text):
        return False
    return not item.top or not measure.spaced or not _ENDED.search(last.text)


def _is_close(item: Placed, measure: Measure) -> bool:
    """Whether a row stands as near under the last one as rows of a paragraph do."""
    larger = max(1.0, _size(item.row) / (measure.look.size or 1))
    return item.gap is not None and 0 <= item.gap <= measure.lead * larger * _WIDER


def _indent(item: Placed, measure: Measure) -> float:
    return item.row.left - measure.left[item.page % 2]


def _hangs(before: Placed, item: Placed, measure: Measure) -> bool:
    """Whether two rows are set in alike: a quotation, or the rest of an entry."""
    return abs(_indent(item, measure) - _indent(before, measure)) < 2 and item.page == before.page


def _is_full(before: Placed, row: Row, measure: Measure) -> bool:
    """Whether the next word would not have fitted into the row before."""
    last = before.row
    return last.hyphened or last.right + _BLANK * measure.lead + (row.word - row.left) > measure.right[before.page % 2]


def _with_running(made: list[Paragraph], pages: Sequence[Page], running: frozenset[tuple[int, int]]) -> list[Paragraph]:
    """All paragraphs, those that stand on every page behind the last one that begins on theirs."""
    beside: dict[int, list[Paragraph]] = {}
    for number, at in sorted(running):
        row = Placed(pages[number].rows[at], number, at, None)
        beside.setdefault(number, []).append(Paragraph([row], running=True))
    out: list[Paragraph] = []
    at = 0
    for number in range(len(pages)):
        while at < len(made) and made[at].rows[0].page <= number:
            out.append(made[at])
            at += 1
        out += beside.get(number, [])
    return out
