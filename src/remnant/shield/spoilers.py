"""A spoiler notice is a rule about its reader: what it asks to have been seen, against what they have seen."""

from __future__ import annotations

from functools import lru_cache

from remnant.model import (
    EVERY_CANON,
    NOTHING_SEEN,
    Canon,
    Claim,
    Confidence,
    Field,
    Reader,
    Rule,
    Seen,
)
from remnant.shield.canons import Canons, Condition, Unresolved, fold, label_of, resolve, seen_up_to
from remnant.shield.guards import Guard, GuardKind
from remnant.shield.verdicts import OPEN, Verdict, veiled

_NOBODY = Rule("shield", 1)


def judge_spoiler(guard: Guard, reader: Reader, canons: Canons) -> Verdict:
    """Open for whoever has seen all that the notice asks for, or does not mind; else veiled, and why."""
    if ledger_line(reader, EVERY_CANON, ()).dont_mind:
        return OPEN
    asked = resolve(_claim(guard), canons, guard.fandoms)
    if isinstance(asked, Unresolved):
        return _unresolved(guard, asked, reader, canons)
    if asked.canon is None or not asked.needs:
        return OPEN
    canon = canons.by_id[asked.canon]
    seen = seen_of(reader, canon)
    if seen.dont_mind or set(asked.needs) <= parts_seen(canon, seen):
        return OPEN
    return veiled(f"the author warns of spoilers for {_of(guard, canon)}; {_so_far(canon, seen, asked)}")


def seen_of(reader: Reader, canon: Canon) -> Seen:
    """What the reader's ledger says of a canon, under whichever of its names they wrote it down."""
    return ledger_line(reader, canon.id, (canon.name, *canon.aliases))


def ledger_line(reader: Reader, key: str, names: tuple[str, ...]) -> Seen:
    if not reader.seen:
        return NOTHING_SEEN
    if key in reader.seen:
        return reader.seen[key]
    wanted = {fold(name) for name in (key, *names)} - {""}
    return next((seen for name, seen in reader.seen.items() if fold(name) in wanted), NOTHING_SEEN)


def subject_of(guard: Guard, canons: Canons) -> tuple[str, tuple[str, ...]] | None:
    """What to ask a reader about whom this guard closes works to: its key in a ledger, and its names.

    The canon, where one is known; else the name that the author or the work gives it. None where nothing has a name.
    """
    if guard.kind is not GuardKind.SPOILER:
        return None
    asked = resolve(_claim(guard), canons, guard.fandoms)
    known = canons.by_id.get(asked.canon) if asked.canon is not None else None
    if known is not None:
        return known.id, (known.name, *known.aliases)
    name = guard.canon or (guard.fandoms[0] if len(guard.fandoms) == 1 else None)
    return (name, (name,)) if name else None


def parts_seen(canon: Canon, seen: Seen) -> frozenset[str]:
    """The ids of all parts that a ledger line says were seen; a clip is not the part."""
    if seen.everything:
        return frozenset(part.id for part in canon.parts())
    return seen.parts | frozenset(_up_to(canon, seen))


def _up_to(canon: Canon, seen: Seen) -> tuple[str, ...]:
    if seen.up_to is None:
        return ()
    if seen.up_to in seen.order:
        return seen.order[: seen.order.index(seen.up_to) + 1]
    return seen_up_to(canon, seen.up_to, seen.region)


def _unresolved(guard: Guard, asked: Unresolved, reader: Reader, canons: Canons) -> Verdict:
    """Where nobody described the canon, the reader's own words on it count as they are written."""
    if asked.canon is not None:
        seen = seen_of(reader, canons.by_id[asked.canon])
        if seen.dont_mind or seen.everything:
            return OPEN
    names = (guard.canon,) if guard.canon else guard.fandoms
    if names and all(_enough(guard, ledger_line(reader, name, ())) for name in names):
        return OPEN
    if _enough(guard, ledger_line(reader, guard.value or "", ())):
        return OPEN
    return veiled(f"the author warns: “{guard.value}”; {_not_known(asked)}, so it stays closed unless you open it")


def _enough(guard: Guard, seen: Seen) -> bool:
    if seen.dont_mind or seen.everything:
        return True
    asked = {fold(name.removeprefix("title ")) for name in guard.parts or (guard.part or "",)}
    return "" not in asked and asked <= {fold(name) for name in (seen.up_to or "", *seen.parts)}


def _not_known(asked: Unresolved) -> str:
    return asked.why[:1].lower() + asked.why[1:].rstrip(".")


def _of(guard: Guard, canon: Canon) -> str:
    """In the author's own words: a canon's title for a part may say more than its author did."""
    said = guard.part or guard.value or ""
    whole = said if guard.canon is None else f"{guard.canon}: {said}" if guard.canon not in said else said
    return whole if fold(canon.name) in fold(whole) else f"{whole} ({canon.name})"


def _so_far(canon: Canon, seen: Seen, asked: Condition) -> str:
    clips = seen.clips & set(asked.needs)
    if seen.up_to is not None:
        return f"you have seen up to {label_of(canon, seen.up_to)}{' and a clip of it' if clips else ''}"
    if clips:
        return "you have seen only a clip of it"
    return f"you have seen parts of {canon.name}" if seen.parts else "you have not said that you have seen it"


@lru_cache(maxsize=4096)
def _claim(guard: Guard) -> Claim:
    detail = {"canon": guard.canon, "part": guard.part, "parts": guard.parts, "relation": guard.relation}
    return Claim("", Field.SPOILER, guard.value, _NOBODY, Confidence.STATED, "", detail=detail)
