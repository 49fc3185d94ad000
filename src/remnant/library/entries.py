"""What a worker said is to be indexed of a work, as the index takes it."""

from __future__ import annotations

from remnant.find.port import Entry, Facet
from remnant.understand.likeness import traces
from remnant.wire.canonical import Json, canonical, time_from_json
from remnant.wire.likeness import from_json as likeness_from


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
        likeness=canonical(record["likeness"]) if record["likeness"] else b"",
        traces=traces(likeness_from(record["likeness"])) if record["likeness"] else (),
    )
