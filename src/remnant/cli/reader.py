"""`remnant reader`: the household's profiles, and what each wishes."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from remnant.cli import opened, terminal
from remnant.cli.terminal import clean
from remnant.errors import RefusedError, UsageError
from remnant.library import readers
from remnant.library.opening import Library
from remnant.library.readers import Member
from remnant.model import ProfileKind, Reader, Wish, WishHow, WishKind
from remnant.settings import Settings, reader_name

HOWS = {
    "hide": WishHow.HIDE,
    "veil": WishHow.VEIL,
    "sign": WishHow.SIGN,
    "show": WishHow.SHOW,
    "forget": None,
}


def run(wish: argparse.Namespace, settings: Settings) -> int:
    name = settings.reader if wish.name is None else reader_name(wish.name)
    with opened.library(settings) as library:
        by = opened.reader(library, settings)
        if wish.what == "list":
            return _list(library, by, wish)
        if wish.what == "add" or wish.kind or wish.pin:
            readers.take_in(library, by, name, _kind(library, name, wish), _new("PIN") if wish.pin else None)
        for kind, value, how in _wishes(wish):
            readers.wish(library, by, name, kind, value, how)
        if wish.passphrase is not None:
            _lock(library, by, name, wanted=wish.passphrase)
        member, reader = readers.member(library, name), readers.reader_of(library, name)
    if wish.json:
        terminal.result_json({"v": 1, "name": name, "kind": reader.kind.value, **_wishes_to_json(reader)})
        return 0
    terminal.result(clean(f"{name}: {reader.kind.value}.{_asked(member)}"), *_told(reader))
    return 0


def _lock(library: Library, by: Reader, name: str, *, wanted: bool) -> None:
    """A passphrase is one's own to set: whoever set another's could read what they keep, or keep them from it."""
    if name != by.name:
        raise RefusedError(f"{name} alone sets their passphrase: remnant --reader {name} reader set --passphrase")
    if not wanted:
        readers.take_lock_away(library, by)
        return
    terminal.remark("Nobody can open what you keep here without the passphrase, and nobody can find it out: note it.")
    readers.lock(library, by, _new("passphrase"))


def _asked(member: Member | None) -> str:
    if member is None or not member.is_asked:
        return ""
    return " Their passphrase is asked for." if member.locked else " Their PIN is asked for."


def _list(library: Library, by: Reader, wish: argparse.Namespace) -> int:
    """Names and kinds of all, and wishes only of whoever asks: what others wish and have seen is theirs."""
    household = readers.household(library)
    if wish.json:
        told = [
            {"name": one.name, "kind": one.kind.value, "pin": one.has_pin, "passphrase": one.locked}
            for one in household
        ]
        terminal.result_json({"v": 1, "readers": told, "you": by.name, **_wishes_to_json(by)})
    else:
        terminal.result(*(_member(one, by) for one in household), *_told(by))
    return 0


def _member(one: Member, by: Reader) -> str:
    asked = ", with a passphrase" if one.locked else ", with a PIN" if one.has_pin else ""
    you = ", you" if one.name == by.name else ""
    return clean(f"{one.name}: {one.kind.value}{asked}{you}")


def _told(reader: Reader) -> list[str]:
    return [clean(f"  {wish.how.value} {wish.kind.value}: {wish.value}") for wish in reader.wishes]


def _wishes_to_json(reader: Reader) -> dict[str, Any]:
    return {"wishes": [_wish_to_json(wish) for wish in reader.wishes]}


def _wish_to_json(wish: Wish) -> dict[str, str]:
    return {"kind": wish.kind.value, "value": wish.value, "how": wish.how.value}


def _kind(library: Library, name: str, wish: argparse.Namespace) -> ProfileKind:
    if wish.kind:
        return ProfileKind(wish.kind)
    member = readers.member(library, name)
    return member.kind if member else ProfileKind.ADULT


def _wishes(wish: argparse.Namespace) -> list[tuple[WishKind, str, WishHow | None]]:
    found = [(*_read(text), how) for name, how in HOWS.items() for text in getattr(wish, name)]
    return [*found, (WishKind.RATING, wish.rating, WishHow.HIDE)] if wish.rating else found


def _read(text: str) -> tuple[WishKind, str]:
    kind, colon, value = text.partition(":")
    if not colon or kind not in set(WishKind) or not value.strip():
        raise UsageError(f"A wish is written KIND:VALUE, such as warning:gore or tag:angst, and {text!r} is not.")
    return WishKind(kind), value


def _new(what: str) -> str:
    """Typed twice at a terminal; else one line of what is handed in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass(f"A {what} for this profile: ")
    if getpass.getpass("Once more: ") != first:
        raise UsageError(f"These were two different {what}s. Nothing was changed.")
    return first
