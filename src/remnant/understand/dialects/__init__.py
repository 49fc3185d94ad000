"""One module per known maker. A dialect knows where a maker puts things; what it does not place, the rules read."""

from __future__ import annotations

from dataclasses import replace

from remnant.understand.dialects import (
    ao3,
    archive_pages,
    automated_archive,
    efiction,
    efiction_dump,
    fanficfare,
    ff2ebook,
    ffn,
    fichub,
    journal,
    leech,
    remnant,
    screenplay,
    wattpad,
    xenforo,
)
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.sheet import Sheet, sheet_of

DIALECTS: tuple[Dialect, ...] = (
    remnant.DIALECT,
    efiction_dump.DIALECT,
    automated_archive.DIALECT,
    ao3.DIALECT,
    fanficfare.DIALECT,
    fichub.DIALECT,
    ff2ebook.DIALECT,
    leech.DIALECT,
    ffn.DIALECT,
    archive_pages.DIALECT,
    efiction.DIALECT,
    xenforo.DIALECT,
    wattpad.DIALECT,
    journal.DIALECT,
    screenplay.DIALECT,
)
"""In the order in which they are asked; the first that knows a file reads it."""


def recognised(sheet: Sheet) -> Sheet:
    """The sheet as the maker's dialect reads it, or as it was if nobody knows it."""
    for dialect in DIALECTS:
        if dialect.knows(sheet):
            known = sheet_of(dialect.parted(sheet.draft)) if dialect.parted else sheet
            known = replace(known, dialect=dialect.name, notes_apart=dialect.notes_apart)
            return known.told(dialect.rule, dialect.say(known))
    return sheet
