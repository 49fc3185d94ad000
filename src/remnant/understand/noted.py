"""Notices in summaries and notes, whoever set those apart: people warn there as often as behind a label."""

from __future__ import annotations

from collections.abc import Iterator

from remnant.model import Field, Role
from remnant.understand.notices import remarks_within
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("noted")

_WHERE = frozenset({Role.NOTE, Role.SUMMARY})
_WHAT = frozenset({Field.SPOILER, Field.WARNING})


def say(sheet: Sheet) -> Said:
    """Read every summary and note in which no rule has found a notice yet."""
    return Said(remarks=tuple(_remarks(sheet)))


def _remarks(sheet: Sheet) -> Iterator[Remark]:
    heard = {told.remark.line for told in sheet.testimony if told.remark.field in _WHAT}
    for index, role in enumerate(sheet.roles):
        if role in _WHERE and index not in heard:
            yield from remarks_within(index, sheet.lines[index])
