"""Letting a reading app in: a password of its own, with which it reads as one reader and changes nothing."""

from __future__ import annotations

import hashlib
import secrets

from remnant.errors import RefusedError, UsageError
from remnant.keep.apps import App, Apps
from remnant.library import readers
from remnant.library.opening import Library
from remnant.library.watching import Clock, utc_now
from remnant.model import ProfileKind, Reader

__all__ = ["App", "app_of", "has_profile", "let_in", "listed", "shut_out", "wards"]

MOST_APPS = 50
LONGEST_NAME = 64

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No two of them look alike on an e-ink screen: people type these."""
GROUPS, GROUP = 5, 4
"""Twenty of 31 letters are 99 random bits: nobody guesses them, so a plain SHA-256 keeps them."""


def let_in(library: Library, by: Reader, reader: str, called: str, *, clock: Clock = utc_now) -> tuple[App, str]:
    """Let an app in as this reader; the app, and its password, which is told here and never again.

    RefusedError for whoever is no grown-up, and for another grown-up's eyes.
    """
    readers.must_be_trusted(by, "Apps are let in by a grown-up reader.")
    children = wards(library)
    if reader not in (by.name, *children):
        raise RefusedError(f"An app reads as you, or as a child or a guest; not as {reader}. Nothing was changed.")
    called = " ".join(called.split())
    if not called.isprintable() or not 0 < len(called) <= LONGEST_NAME:
        raise UsageError(f"Say in up to {LONGEST_NAME} characters what app it is. Nothing was changed.")
    apps = Apps(library.folder)
    if len(apps.all()) >= MOST_APPS:
        raise RefusedError(f"{MOST_APPS} apps are let in already. Shut one out first. Nothing was changed.")
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    app = App(reader, called, _key(password), clock(), ward=reader in children)
    apps.let_in(app)
    return app, password


def app_of(library: Library, password: str) -> App | None:
    """The app that has this password, if it is let in; capitals, dashes and blanks do not matter."""
    key, found = _key(password), None
    for app in Apps(library.folder).all():
        found = app if secrets.compare_digest(app.key, key) else found
    return found


def listed(library: Library, by: Reader) -> tuple[App, ...]:
    """The apps that read as this reader, and for a grown-up those of children, guests and whoever has no profile."""
    every = Apps(library.folder).all()
    if not by.is_trusted:
        return tuple(app for app in every if app.reader == by.name)
    others = _names(library) - {by.name, *wards(library)}
    return tuple(app for app in every if app.reader not in others)


def shut_out(library: Library, by: Reader, ids: frozenset[str], *, clock: Clock = utc_now) -> None:
    """Take the leave of these apps away, at once; those that this reader is not told of stay."""
    readers.must_be_trusted(by, "Apps are shut out by a grown-up reader.")
    known = frozenset(app.id for app in listed(library, by))
    Apps(library.folder).shut_out(known & ids, clock())


def has_profile(library: Library, app: App) -> bool:
    """Whether whoever it reads as has a file here; a file may be deleted, and the app stays."""
    return app.reader in _names(library)


def _names(library: Library) -> set[str]:
    return {one.name for one in readers.household(library)}


def wards(library: Library) -> tuple[str, ...]:
    """The children and guests of the household."""
    return tuple(one.name for one in readers.household(library) if one.kind in (ProfileKind.CHILD, ProfileKind.GUEST))


def _key(password: str) -> bytes:
    plain = "".join(letter for letter in password.lower() if letter in LETTERS)
    return hashlib.sha256(plain.encode("ascii")).digest()
