"""What a file that lists others says there should be: a calibre library's database, a group's records."""

from __future__ import annotations

from dataclasses import dataclass

from remnant.understand.formats import calibre_list, yahoo_records


@dataclass(frozen=True, slots=True)
class Listing:
    """`files` by path below its own folder; `messages` of a group by their numbers."""

    files: tuple[str, ...] = ()
    messages: tuple[int, ...] = ()


def listing_of(data: bytes) -> Listing | None:
    """None for whatever lists nothing."""
    if (library := calibre_list.listed(data)) is not None:
        return Listing(library.files)
    record = yahoo_records.record_of(data)
    return Listing(record.files, record.messages) if record else None
