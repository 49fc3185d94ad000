"""Who reads here: each with a profile, a ledger and wishes of their own, private to them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from remnant.errors import RefusedError, UsageError
from remnant.keep import reader_locks
from remnant.keep import readers as files
from remnant.keep.readers import Pin, ReaderFile
from remnant.library.opening import Library
from remnant.library.watching import Clock, utc_now
from remnant.model import ProfileKind, Reader, WishHow, WishKind

LEAST_PIN, MOST_PIN = 4, 64
LEAST_PASSPHRASE, MOST_PASSPHRASE = 8, 1024
"""Characters."""

RATINGS = ("general", "teen", "mature", "explicit", "any")
"""What a limit on ratings may be; unrated works pass only the last."""

LONGEST = 200
"""Characters of a wish."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of the household, as everybody may see them: nothing of what they have seen or wish."""

    name: str
    kind: ProfileKind
    has_pin: bool
    locked: bool = False
    """Whether what they keep is under a passphrase, which is asked for in place of a PIN."""

    @property
    def is_asked(self) -> bool:
        """Whether one has to type something to read as them."""
        return self.has_pin or self.locked


def file_of(library: Library, name: str) -> ReaderFile:
    """This reader's own file, open as far as their passphrase was given."""
    return ReaderFile(library.folder, name, library.keys.get(name))


def reader_of(library: Library, name: str) -> Reader:
    """The reader of this name. Whoever has no file yet is an adult who has said nothing.

    LockedError where it is under a passphrase that was not given.
    """
    return file_of(library, name).reader()


def household(library: Library) -> tuple[Member, ...]:
    """All who have a file here, by name."""
    return tuple(_member(library, name) for name in files.names(library.folder))


def member(library: Library, name: str) -> Member | None:
    return _member(library, name) if file_of(library, name).exists() else None


def take_in(
    library: Library, by: Reader, name: str, kind: ProfileKind, pin: str | None = None, *, clock: Clock = utc_now
) -> Member:
    """Make a profile, or change whose it is; with a PIN, which takes the place of an older one.

    RefusedError for whoever may change nothing, and for the keeper's eyes, which no profile has.
    """
    must_be_trusted(by, "Profiles are made and changed by a grown-up reader.")
    if kind is ProfileKind.KEEPER:
        raise RefusedError("A profile is an adult's, a child's or a guest's. Nothing was changed.")
    file = file_of(library, name)
    if file.locked() and (pin or kind is not ProfileKind.ADULT):
        raise RefusedError(
            f"What {name} keeps is under a passphrase, which is asked for in place of a PIN, and which only a grown-up "
            "has. Nothing was changed."
        )
    file.be(kind, _made(pin) if pin else file.pin(), clock())
    return _member(library, name)


def wish(
    library: Library,
    by: Reader,
    name: str,
    kind: WishKind,
    value: str,
    how: WishHow | None,
    *,
    clock: Clock = utc_now,
) -> Reader:
    """Remember a wish of this reader's, or take it back (None). A grown-up may do so for a child or a guest.

    Of ratings there is one wish at most.
    """
    must_be_trusted(by, "What is kept from this profile is changed by a grown-up reader.")
    file = file_of(library, name)
    if name != by.name and file.kind() is ProfileKind.ADULT:
        raise RefusedError(f"What {name} wishes is theirs to say. Nothing was changed.")
    value = " ".join(value.split()) if kind is not WishKind.RATING else _rating(value)
    if not value or len(value) > LONGEST:
        raise UsageError(f"A wish names what it is about, in up to {LONGEST} characters. Nothing was changed.")
    for known in file.reader().wishes if kind is WishKind.RATING else ():
        if known.kind is kind and known.value != value:
            file.wish(kind, known.value, None, clock())
    file.wish(kind, value, how, clock())
    return file.reader()


def lock(library: Library, by: Reader, passphrase: str, *, clock: Clock = utc_now) -> None:
    """Put what this reader keeps under a passphrase, or under another one; without it nobody opens it again."""
    _must_be_adult(by)
    if not LEAST_PASSPHRASE <= len(passphrase) <= MOST_PASSPHRASE:
        raise UsageError(f"A passphrase has {LEAST_PASSPHRASE} to {MOST_PASSPHRASE} characters. Nothing was changed.")
    made, key = reader_locks.made(passphrase)
    file_of(library, by.name).lock(made, key, clock())
    library.keys[by.name] = key


def take_lock_away(library: Library, by: Reader, *, clock: Clock = utc_now) -> None:
    """Let what this reader keeps stand in their file plainly again."""
    _must_be_adult(by)
    file = file_of(library, by.name)
    if file.locked():
        file.unlock(clock())
    library.keys.pop(by.name, None)


def opens(library: Library, name: str, secret: str, *, clock: Clock = utc_now) -> bool:
    """Whether this is the reader's passphrase, or else their PIN; then what they keep is open in this process.

    It takes about a second, and with a PIN some 50 ms: callers limit how often anybody may try.
    """
    file = ReaderFile(library.folder, name)
    if (locked := file.locked()) is None:
        kept = file.pin()
        return kept is None or kept.fits(secret)
    if (key := locked.key(secret)) is None:
        return False
    library.keys[name] = key
    file_of(library, name).settle(clock())
    return True


def _must_be_adult(reader: Reader) -> None:
    if reader.kind is not ProfileKind.ADULT:
        raise RefusedError("A grown-up reader's file alone can be under a passphrase. Nothing was changed.")


def must_be_trusted(reader: Reader, why: str) -> None:
    if not reader.is_trusted:
        raise RefusedError(f"{why} Nothing was changed.")


def _member(library: Library, name: str) -> Member:
    file = file_of(library, name)
    return Member(name, file.kind(), file.pin() is not None, file.locked() is not None)


def _made(pin: str) -> Pin:
    if not LEAST_PIN <= len(pin) <= MOST_PIN:
        raise UsageError(f"A PIN has {LEAST_PIN} to {MOST_PIN} characters; a longer one is harder to guess.")
    return Pin.of(pin, secrets.token_bytes(16))


def _rating(value: str) -> str:
    rating = value.strip().lower()
    if rating not in RATINGS:
        raise UsageError(f"The highest rating is one of {', '.join(RATINGS)}. Nothing was changed.")
    return rating
