"""A reader's file under a passphrase: its words are locked in the age format, which other tools open as well.

A key pair is made for the file. The public key stands in it plainly, so that words can be added without the passphrase;
the secret one stands there locked with the passphrase (scrypt). Both formats: age-encryption.org/v1.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from remnant.errors import RefusedError
from remnant.keep.vaults.age import pyrage
from remnant.wire.canonical import Json, canonical

WHAT = "A file under a passphrase needs"


class LockedError(RefusedError):
    """A reader's file is under a passphrase that nobody has given."""


@dataclass(frozen=True, slots=True)
class Lock:
    """As it stands in the file: the public key, and the secret one locked with the passphrase (base64)."""

    recipient: str
    identity: str

    def close(self, words: Sequence[Json]) -> str:
        """These words so that only the secret key opens them, in base64."""
        age = pyrage(WHAT)
        return _text(age.encrypt(canonical(list(words)), [age.x25519.Recipient.from_str(self.recipient)]))

    def key(self, passphrase: str) -> Key | None:
        """The secret key; None if this is not the passphrase. It takes about a second: guessing shall be dear."""
        age = pyrage(WHAT)
        try:
            secret = age.passphrase.decrypt(base64.b64decode(self.identity), passphrase)
            return Key(age.x25519.Identity.from_str(secret.decode("ascii")))
        except (age.DecryptError, age.IdentityError, ValueError):
            return None


class Key:
    """The secret key of one file, in memory only."""

    __slots__ = ("_identity",)

    def __init__(self, identity: Any) -> None:
        self._identity = identity

    def __repr__(self) -> str:
        return "Key(...)"

    def open(self, closed: str) -> list[Json] | None:
        """The words; None where they are not to be read."""
        age = pyrage(WHAT)
        try:
            words = json.loads(age.decrypt(base64.b64decode(closed), [self._identity]))
        except (age.DecryptError, ValueError):
            return None
        return words if isinstance(words, list) and all(isinstance(word, dict) for word in words) else None


def made(passphrase: str) -> tuple[Lock, Key]:
    """A new lock for this passphrase, and what opens it."""
    age = pyrage(WHAT)
    identity = age.x25519.Identity.generate()
    secret = age.passphrase.encrypt(str(identity).encode("ascii"), passphrase)
    return Lock(str(identity.to_public()), _text(secret)), Key(identity)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
