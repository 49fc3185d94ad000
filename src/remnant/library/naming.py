"""What to call an original when it is spoken of: the works in it, or the file it came as."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from remnant.errors import BusyError
from remnant.find.port import IndexStale
from remnant.library import every
from remnant.library.opening import Library
from remnant.model import Digest, Reader
from remnant.shield.names import veiled_name

TOGETHER = 2
"""How many works of one original are named; of a mailbox of hundreds the rest are counted."""


def names_of(library: Library, reader: Reader, originals: Collection[Digest]) -> Mapping[Digest, str]:
    """Names for those that this reader may be told of: a file's name may say as much as a title.

    None for an original all of whose works are veiled or hidden from them, and none while there is no index.
    """
    if not originals:
        return {}
    try:
        labels = _labels(library, reader, frozenset(originals))
        files = {row.digest: veiled_name(row.name) for row in library.index().unread() if row.digest in originals}
    except (IndexStale, BusyError):
        library.let_go_of_index()
        return {}
    return files | {original: _together(found) for original, found in labels.items()}


def _labels(library: Library, reader: Reader, originals: frozenset[Digest]) -> dict[Digest, list[str]]:
    found: dict[Digest, list[str]] = {}
    for card in every.card(library.index(), library.seeing.eyes(reader)):
        for original in originals & {edition.original for edition in card.work.editions}:
            found.setdefault(original, []).append(library.seeing.show(card.work, None, reader).label)
    return found


def _together(labels: list[str]) -> str:
    named, more = labels[:TOGETHER], len(labels) - TOGETHER
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")
