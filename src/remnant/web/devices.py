"""Other devices let in, one token each. All of it ends with the process; nothing is written anywhere."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LIFETIME = timedelta(minutes=15)
"""How long an invitation waits for its device."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device that was let in. `number` is how a person names it; `key` is the SHA-256 of its secret."""

    number: int
    key: bytes
    since: datetime
    what: str


@dataclass(slots=True)
class Devices:
    """Who was invited and who came in. Safe to share among threads.

    Invitations and secrets are 256 random bits and only their SHA-256 is held, so that nothing here can be replayed.
    """

    clock: Callable[[], datetime]
    _invited: dict[bytes, datetime] = field(default_factory=dict)
    _let_in: dict[int, Device] = field(default_factory=dict)
    _count: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def invite(self) -> str:
        """A token that lets one device in, once, within a quarter of an hour."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._invited[_key(token)] = self.clock() + LIFETIME
        return token

    def awaits(self, token: str) -> bool:
        """Whether this token would let a device in just now."""
        with self._lock:
            until = self._invited.get(_key(token))
        return until is not None and self.clock() <= until

    def let_in(self, token: str, what: str) -> str | None:
        """Spend the token and give the device its secret; None if the token is spent, too old or none of ours."""
        with self._lock:
            until = self._invited.pop(_key(token), None)
            if until is None or self.clock() > until:
                return None
            secret = secrets.token_urlsafe(32)
            self._count += 1
            self._let_in[self._count] = Device(self._count, _key(secret), self.clock(), what)
        return secret

    def knows(self, secret: str) -> bool:
        """Whether this secret belongs to a device that is still let in."""
        key = _key(secret)
        with self._lock:
            return any(secrets.compare_digest(device.key, key) for device in self._let_in.values())

    def all(self) -> tuple[Device, ...]:
        with self._lock:
            return tuple(self._let_in.values())

    def waiting(self) -> int:
        """How many invitations could still be used."""
        with self._lock:
            return sum(self.clock() <= until for until in self._invited.values())

    def shut_out(self, number: int) -> bool:
        """Take the device's leave to read away, at once; False if there is no such device."""
        with self._lock:
            return self._let_in.pop(number, None) is not None

    def shut_all(self) -> None:
        """Shut every device out and tear up every invitation."""
        with self._lock:
            self._let_in.clear()
            self._invited.clear()


def _key(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
