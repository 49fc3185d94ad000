"""One canonical JSON text per value, so that equal values are equal bytes and can be hashed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from remnant.errors import NewerFormatError

Json = dict[str, Any]

VERSION = 1

UNREADABLE = (ArithmeticError, AttributeError, LookupError, NewerFormatError, TypeError, ValueError)
"""What reading a record may raise that is whole and of no form we know."""


def canonical(value: object) -> bytes:
    """ASCII, keys sorted, no blanks, no line end; lone surrogates survive as escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def parse(line: bytes) -> Json:
    """Read one object back; ValueError for anything else."""
    # Decoded here: left to it, json first guesses among five encodings.
    value = json.loads(line.decode("utf-8", "surrogatepass"))
    if not isinstance(value, dict):
        raise ValueError("Not a JSON object.")
    return value


def check_version(value: Json) -> None:
    """Refuse a record of a newer form: reading it half would be a guess."""
    found = value.get("v")
    if not isinstance(found, int):
        raise ValueError("A record without a version.")
    if found > VERSION:
        raise NewerFormatError(
            f"This record has form {found}, and this Remnant reads up to {VERSION}. "
            "Nothing was changed. A newer Remnant will read it."
        )


def time_to_json(at: datetime) -> str:
    """UTC, RFC 3339, microseconds only where there are any."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def time_from_json(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
