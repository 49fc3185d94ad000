"""Reading apps that were let in: what each is known by, and as whom it reads. Private to this copy of the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from remnant.keep.chain import Line, walk
from remnant.keep.chain_writer import ChainWriter
from remnant.keep.folder import Folder
from remnant.wire.canonical import UNREADABLE, Json, time_from_json, time_to_json

NAME = "apps.jsonl"
_MODE = 0o600
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class App:
    """An app that reads as `reader`, and as nobody else. `key` is the SHA-256 of its password, `called` what it is.

    One let in for a child or a guest (`ward`) never reads with a grown-up's eyes, whatever becomes of the profile.
    """

    reader: str
    called: str
    key: bytes
    since: datetime
    ward: bool = False

    @property
    def id(self) -> str:
        """A short name for it that tells nothing of the password."""
        return self.key.hex()[:8]


class Apps:
    """The file `apps.jsonl` of one library."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._path = folder.path / NAME
        self._chain = ChainWriter(self._path, {"chain": "apps"}, folder.aside, mode=_MODE)

    def all(self) -> tuple[App, ...]:
        """Those that are let in now, the oldest first; a line that is damaged lets nobody in."""
        return tuple(one for line in self._lines() if (one := _from_json(line.fields)) is not None)

    def let_in(self, app: App) -> None:
        """Write down an app, synced before this returns."""
        with self._folder.writing("apps", "letting an app in"):
            self._chain.append([_to_json(app)], app.since)

    def shut_out(self, ids: frozenset[str], now: datetime) -> None:
        """Know these no longer: the file is written anew without them."""
        with self._folder.writing("apps", "shutting an app out"):
            known = self.all()
            left = [one for one in known if one.id not in ids]
            if len(left) < len(known):
                self._chain.rewrite([_to_json(one) for one in left], now)

    def _lines(self) -> list[Line]:
        return [item for item in walk(self._path) if isinstance(item, Line)] if self._path.exists() else []


def _to_json(app: App) -> Json:
    return {
        "kind": "app",
        "reader": app.reader,
        "called": app.called,
        "sha256": app.key.hex(),
        "ward": app.ward,
        "at": time_to_json(app.since),
    }


def _from_json(fields: Json) -> App | None:
    try:
        key = bytes.fromhex(fields["sha256"])
        if fields["kind"] != "app" or len(key) != _KEY_BYTES:
            return None
        since = time_from_json(fields["at"])
        return App(str(fields["reader"]), str(fields["called"]), key, since, ward=fields["ward"] is not False)
    except UNREADABLE:
        return None
