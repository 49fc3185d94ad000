"""Who reads in which browser. All of it ends with the process; what they have seen and wish stands in their own files.

A session is a random secret of which only the SHA-256 is held. PINs are tried here, and only so often.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from remnant.errors import BusyError, RefusedError

COOKIE = "reading"

FREE_TRIES = 3
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
"""How often a PIN may be wrong before one has to wait, and how long; each further wrong one doubles it."""

MOST_ONCE = 50
"""Works opened once that a session remembers; the oldest is veiled again."""

LONGEST_KNOCK = timedelta(minutes=1)
"""For app passwords, which nobody guesses: an app that still tries an old one must not keep the others out for long."""

MOST_NAMES = 1000
"""Names whose wrong tries a gate remembers; the oldest is forgotten."""


NO_WAIT = timedelta(0)


class MustWaitError(BusyError):
    """A secret was wrong too often; `wait` is how long no other is heard."""

    def __init__(self, what: str, wait: timedelta) -> None:
        super().__init__(f"The {what} was wrong too often. Nothing was opened. Wait a while, then try again.")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody reading in one browser, and the veiled works they opened for this visit, the last one last."""

    reader: str
    once: tuple[str, ...] = ()


@dataclass(slots=True)
class Sessions:
    """Safe to share among threads."""

    _known: dict[bytes, Session] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, reader: str) -> str:
        """The secret of a new session."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._known[_key(secret)] = Session(reader)
        return secret

    def of(self, secret: str) -> Session | None:
        with self._lock:
            return self._known.get(_key(secret))

    def has(self, reader: str) -> bool:
        """Whether this reader reads in any browser."""
        with self._lock:
            return any(session.reader == reader for session in self._known.values())

    def open(self, secret: str, work: str) -> None:
        """Remember a work that was opened for this visit."""
        with self._lock:
            session = self._known[_key(secret)]
            kept = (*(one for one in session.once if one != work), work)[-MOST_ONCE:]
            self._known[_key(secret)] = replace(session, once=kept)

    def end(self, secret: str) -> None:
        with self._lock:
            self._known.pop(_key(secret), None)


@dataclass(slots=True)
class Gate:
    """Lets a secret be tried, ever more slowly after wrong ones; `what` it is, as a person would say.

    One that nobody guesses is let in however many wrong ones came before it: they slow down only each other.
    """

    clock: Callable[[], datetime]
    what: str = "PIN"
    longest: timedelta = LONGEST_WAIT
    guessable: bool = True
    _wrong: dict[str, int] = field(default_factory=dict)
    _until: dict[str, datetime] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def pass_with(self, name: str, fits: Callable[[], bool]) -> None:
        """Go on if it fits. RefusedError if it does not, MustWaitError while one has to wait.

        What can be guessed is not even tried then.
        """
        with self._lock:
            # One at a time: many tried at once would all be let through before the first wrong one is counted.
            wait = self._until.get(name, self.clock()) - self.clock()
            if wait > NO_WAIT and self.guessable:
                raise MustWaitError(self.what, wait)
            if fits():
                self._wrong.pop(name, None)
                self._until.pop(name, None)
                return
            if wait > NO_WAIT:
                raise MustWaitError(self.what, wait)
            self._wrong[name] = self._wrong.get(name, 0) + 1
            if len(self._wrong) > MOST_NAMES:
                oldest = next(iter(self._wrong))
                self._wrong.pop(oldest)
                self._until.pop(oldest, None)
            over = self._wrong[name] - FREE_TRIES
            if over >= 0:
                self._until[name] = self.clock() + min(FIRST_WAIT * 2 ** min(over, 10), self.longest)
            raise RefusedError(f"That is not the {self.what}. Nothing was opened.")


def _key(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
