"""The lines of a reader's file: which of them count, and what they say."""

from __future__ import annotations

from collections.abc import Iterable

from remnant.keep.chain import ENVELOPE, Line
from remnant.keep.reader_locks import Key, Lock
from remnant.model import ProfileKind, Seen, WishKind
from remnant.wire.canonical import UNREADABLE, Json, canonical, time_from_json
from remnant.wire.reader import seen_from_json, wish_from_json
from remnant.wire.work import spot_from_json

KINDS = ("spot", "seen", "wish", "opened", "profile")

LOCK, LOCKED, FORGET = "lock", "locked", "forget"
"""The lock a file is under, words locked with it, and among those: what is to be forgotten when they are next read."""

About = tuple[str, ...]
PROFILE: About = ("profile",)


def words_in(lines: Iterable[Line]) -> list[Json]:
    """What the lines say that stands there plainly, and that this Remnant understands."""
    return [line.fields for line in lines if line.ours and is_word(line.fields)]


def is_word(fields: Json) -> bool:
    """Whether this says something of a reader."""
    try:
        return fields.get("kind") in KINDS and _makes_sense(fields)
    except UNREADABLE:
        return False


def lock_in(lines: Iterable[Line]) -> Lock | None:
    """The lock that the file is under; the last one, if there should be several."""
    found = [line.fields for line in lines if line.fields.get("kind") == LOCK and readable(line)]
    return Lock(found[-1]["recipient"], found[-1]["identity"]) if found else None


def opened(lines: Iterable[Line], key: Key) -> list[Json] | None:
    """What stands locked in the lines, less what was to be forgotten since; None if any of it cannot be read."""
    words: list[Json] = []
    for line in lines:
        if line.fields.get("kind") != LOCKED:
            continue
        found = key.open(line.fields["age"]) if readable(line) else None
        if found is None:
            return None
        for word in found:
            if word.get("kind") == FORGET:
                words = _without(words, word)
            elif is_word(word):
                words.append(word)
    return words


def _without(words: list[Json], forget: Json) -> list[Json]:
    needles = [str(needle).encode("utf-8", "surrogatepass") for needle in forget.get("names", ())]
    return [word for word in words if not any(needle in canonical(word) for needle in needles)]


def newest(words: Iterable[Json]) -> dict[About, Json]:
    """The lines that count, by what they speak of, the last written last."""
    found: dict[About, Json] = {}
    for line in words:
        key = _key(line)
        found.pop(key, None)
        found[key] = line
    return found


def written_again(lines: Iterable[Json]) -> list[Json]:
    """What is written again of these lines in another place."""
    return [{key: line[key] for key in line.keys() - ENVELOPE} for line in lines]


def readable(line: Line) -> bool:
    """Whether this Remnant knows what a line of a reader's file says."""
    try:
        return line.ours and _makes_sense(line.fields)
    except UNREADABLE:
        return False


def _makes_sense(fields: Json) -> bool:
    match fields["kind"]:
        case "spot":
            known = bool(spot_from_json(fields["spot"]) and time_from_json(fields["at"]))
            return known and isinstance(fields["work"], str)
        case "seen":
            return isinstance(fields["canon"], str) and bool(seen_in(fields))
        case "wish":
            said = isinstance(fields["value"], str) and bool(WishKind(fields["wish"]))
            return said and (fields["how"] is None or bool(wish_from_json(fields)))
        case "opened":
            return isinstance(fields["work"], str) and isinstance(fields["opened"], bool)
        case "lock":
            return isinstance(fields["recipient"], str) and isinstance(fields["identity"], str)
        case "locked":
            return isinstance(fields["age"], str)
        case "profile":
            return bool(ProfileKind(fields["profile"])) and _is_pin(fields["pin"])
        case kind:
            return kind in ("chain", "cut")


def _key(line: Json) -> About:
    match line["kind"]:
        case "seen":
            return "seen", line["canon"]
        case "wish":
            return "wish", line["wish"], line["value"]
        case "profile":
            return PROFILE
        case kind:
            return kind, line["work"]


def seen_in(line: Json) -> Seen:
    """A line of the first form names one part: seen up to and including it."""
    if "seen" in line:
        return seen_from_json(line["seen"])
    if not isinstance(line["part"], str):
        raise TypeError("A part is a text.")
    return Seen(up_to=line["part"])


def _is_pin(said: Json | None) -> bool:
    return said is None or bool(bytes.fromhex(said["salt"]) and bytes.fromhex(said["key"]))
