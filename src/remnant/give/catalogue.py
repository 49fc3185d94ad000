"""The catalogue as a table: what is known of each work, for people without Remnant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from remnant.give.fields import one_line, values
from remnant.model import Field, Shown
from remnant.wire.canonical import time_to_json

_FORMULA = ("=", "+", "-", "@")


def table(cards: Iterable[Shown]) -> bytes:
    """UTF-8, tab-separated, a heading line, then one work a line in the order given.

    Several values are parted by ` | `. A value that a spreadsheet would take for a formula has a blank before it.
    """
    return table_of(map(line, cards))


def table_of(lines: Iterable[str]) -> bytes:
    """The same, of lines that were made before."""
    return "".join(f"{line}\n" for line in ("\t".join(_COLUMNS), *lines)).encode("utf-8")


def line(card: Shown) -> str:
    """One work's line, without its end."""
    return "\t".join(_cell(column(card)) for column in _COLUMNS.values())


def _cell(text: str) -> str:
    said = one_line(text)
    return f" {said}" if said.startswith(_FORMULA) else said


def _all(field: Field) -> Callable[[Shown], str]:
    return lambda card: " | ".join(values(card, field))


_COLUMNS: dict[str, Callable[[Shown], str]] = {
    "work": lambda card: card.work,
    "label": lambda card: card.label,
    "titled": lambda card: "yes" if card.titled else "no",
    "kind": lambda card: card.kind.value,
    "author": _all(Field.AUTHOR),
    "fandom": _all(Field.FANDOM),
    "rating": _all(Field.RATING),
    "warnings": lambda card: " | ".join(
        one_line(notice.text) for notice in card.notices if notice.kind != Field.RATING
    ),
    "language": _all(Field.LANGUAGE),
    "status": _all(Field.STATUS),
    "words": lambda card: str(card.measure.words),
    "chapters": lambda card: str(card.measure.sections),
    "added": lambda card: time_to_json(card.added),
    "since": lambda card: time_to_json(card.since),
    "sha512": lambda card: " | ".join(digest.hex for digest in card.originals),
}
