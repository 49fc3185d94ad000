"""A label alone on its line over a box of text: "Summary", and below it what is set in as a quotation.

So pages and books made of archives' downloads have it, when nothing else in them says any more where they came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from remnant.model import BlockKind, Confidence, Field, Role
from remnant.understand.labels import LABELS, Label
from remnant.understand.places import whole
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("boxed")

_OVER_BOXES = frozenset({Role.SUMMARY, Role.NOTE})
_HEAD = 60
"""Lines with words in which the head of a file ends, if it has one."""
_NEAR = 6
"""Lines around a heading, or before the end, that may be a chapter's own notes."""
_LONGEST_LABEL, _LONGEST_BOX = 40, 6000
"""Characters. A longer quotation is a letter in a story, or a story."""


def say(sheet: Sheet) -> Said:
    """Read the boxes of a file whose maker is not known; one who is has said what they are."""
    if sheet.dialect is not None:
        return Said()
    roles: dict[int, Role] = {}
    summaries: list[Remark] = []
    head = max(islice((at for at, text in enumerate(sheet.texts) if text), _HEAD), default=-1)
    for index, label in _labels(sheet):
        box = list(_box(sheet, index))
        if box and _is_beside_a_story(sheet, index, box[-1], head):
            roles |= dict.fromkeys((index, *box), label.role)
            if label.role is Role.SUMMARY and not summaries and index <= head:
                summaries = [_summary(sheet, box)]
    return Said(roles=roles, remarks=tuple(summaries))


def _labels(sheet: Sheet) -> Iterator[tuple[int, Label]]:
    for index, text in sheet.open_lines():
        if 0 < len(text) <= _LONGEST_LABEL and sheet.lines[index].kind is not BlockKind.QUOTE:
            label = LABELS.get(" ".join(text.replace("’", "'").split()).strip(" *_:-–—.").lower())
            if label is not None and label.role in _OVER_BOXES:
                yield index, label


def _box(sheet: Sheet, index: int) -> Iterator[int]:
    """The lines of the quotation right below; none of one that is too long."""
    left = _LONGEST_BOX
    found: list[int] = []
    for at in range(index + 1, len(sheet.lines)):
        if sheet.lines[at].kind is not BlockKind.QUOTE and sheet.texts[at]:
            break
        left -= len(sheet.texts[at])
        if left < 0:
            return
        found += [at] if sheet.texts[at] else []
    yield from found


def _is_beside_a_story(sheet: Sheet, first: int, last: int, head: int) -> bool:
    """Whether it stands where such boxes do: in the head, around a heading, at the end."""
    around = range(max(0, first - _NEAR), min(len(sheet.lines), last + _NEAR + 1))
    by_heading = any(sheet.lines[at].kind is BlockKind.HEADING for at in around if not first < at <= last)
    return first <= head or by_heading or last + _NEAR >= len(sheet.lines)


def _summary(sheet: Sheet, box: list[int]) -> Remark:
    said = "\n".join(sheet.texts[at] for at in box)
    places = tuple(region for at in box for region in whole(sheet.lines[at]))
    return Remark(Field.SUMMARY, said, Confidence.STATED, places, box[0])
