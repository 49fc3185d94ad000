"""Readers as JSON: what a reader's own file holds, and what a worker is told of who asks."""

from __future__ import annotations

from remnant.model import NOTHING_SEEN, ProfileKind, Reader, Seen, Wish, WishHow, WishKind
from remnant.wire.canonical import VERSION, Json, check_version


def to_json(reader: Reader) -> Json:
    return {
        "v": VERSION,
        "name": reader.name,
        "kind": reader.kind.value,
        "seen": {canon: seen_to_json(seen) for canon, seen in reader.seen.items()},
        "wishes": [wish_to_json(wish) for wish in reader.wishes],
        "opened": sorted(reader.opened),
    }


def from_json(record: Json) -> Reader:
    check_version(record)
    return Reader(
        name=record["name"],
        seen={canon: seen_from_json(seen) for canon, seen in record["seen"].items()},
        wishes=tuple(map(wish_from_json, record["wishes"])),
        kind=ProfileKind(record["kind"]),
        opened=frozenset(record["opened"]),
    )


def seen_to_json(seen: Seen) -> Json:
    """Only what differs from having seen nothing."""
    said: Json = {
        "up_to": seen.up_to,
        "parts": sorted(seen.parts),
        "clips": sorted(seen.clips),
        "everything": seen.everything,
        "dont_mind": seen.dont_mind,
        "region": seen.region,
        "order": list(seen.order),
    }
    return {name: value for name, value in said.items() if value}


def seen_from_json(record: Json) -> Seen:
    return Seen(
        up_to=_text(record.get("up_to")),
        parts=frozenset(map(str, record.get("parts", ()))),
        clips=frozenset(map(str, record.get("clips", ()))),
        everything=record.get("everything") is True,
        dont_mind=record.get("dont_mind") is True,
        region=_text(record.get("region")),
        order=tuple(map(str, record.get("order", NOTHING_SEEN.order))),
    )


def wish_to_json(wish: Wish) -> Json:
    return {"wish": wish.kind.value, "value": wish.value, "how": wish.how.value}


def wish_from_json(record: Json) -> Wish:
    return Wish(WishKind(record["wish"]), str(record["value"]), WishHow(record["how"]))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
