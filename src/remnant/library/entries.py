"""What a worker said is to be indexed of a work, as the index takes it."""

from __future__ import annotations

from remnant.find.port import Entry, Facet
from remnant.wire.canonical import Json, time_from_json


def entry_from(record: Json) -> Entry:
    """The other side of `cards.entry_of`."""
    return Entry(
        work=record["work"],
        guards=tuple(record["guards"]),
        card=record["card"].encode("ascii"),
        added=time_from_json(record["added"]),
        title=record["title"],
        facets={Facet(name): tuple(values) for name, values in record["facets"].items()},
        words=record["words"],
        sections=record["sections"],
        published=record["published"],
        updated=record["updated"],
        story=(record["story"],),
        notes=(record["notes"],),
    )
