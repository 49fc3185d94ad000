"""Readers as JSON: what a reader's own file holds of what they have seen and wish."""

from __future__ import annotations

from remnant.model import NOTHING_SEEN, Seen, Wish, WishHow, WishKind
from remnant.wire.canonical import Json


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


def wish_from_json(record: Json) -> Wish:
    return Wish(WishKind(record["wish"]), str(record["value"]), WishHow(record["how"]))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
