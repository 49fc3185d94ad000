"""An object on the shelf built again out of its own bytes, where those are unharmed and only its records are not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from remnant.keep import ocfl
from remnant.keep.folder import Folder
from remnant.keep.objects import examine, find_original, pieces
from remnant.keep.vaults import form
from remnant.keep.vaults.putting_back import Coming
from remnant.model import Arrival
from remnant.wire import arrival as arrival_wire
from remnant.wire.canonical import UNREADABLE


def from_its_own_bytes(folder: Folder, short: str) -> Coming | None:
    """The original as it stands, to be placed anew; None unless its bytes are right and what came with them is read."""
    home = folder.shelf / ocfl.place_of(form.identity_of(short))
    found = examine(home, form.identity_of(short))
    path = find_original(home)
    arrival = found.arrival or _arrival(home / ocfl.CONTENT / ocfl.ARRIVAL)
    if found.original is None or path is None or arrival is None or arrival.original != found.original:
        return None
    return Coming(found.original, arrival, partial(_pieces, path))


def _arrival(path: Path) -> Arrival | None:
    try:
        return arrival_wire.from_json(json.loads(path.read_bytes()))
    except (OSError, *UNREADABLE):
        return None


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from pieces(file)
