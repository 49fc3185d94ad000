"""The note of a forgetting that is under way: what is still to go. It stands until all of it went, then goes too."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from remnant.durable import files
from remnant.errors import DamageError
from remnant.keep import ocfl
from remnant.keep.folder import Folder
from remnant.model import Digest

NAME = "forgetting.json"


@dataclass(frozen=True, slots=True)
class Pending:
    """By which tombstone what is to go: originals, and the works that came of them, by id."""

    stone: str
    gone: tuple[Digest, ...]
    works: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called by, in all that is written of it."""
        ids = (ocfl.object_id(digest).rpartition(":")[2] for digest in self.gone)
        return (*(digest.hex for digest in self.gone), *ids, *self.works)

    @property
    def speaks(self) -> Callable[[bytes], bool]:
        """Whether some bytes name any of it."""
        # Once for all bytes that are asked about: every line of every chain is.
        needles = [name.encode("ascii") for name in self.names]
        return lambda raw: any(needle in raw for needle in needles)


def read(folder: Folder) -> Pending | None:
    """What the note says, if there is one; DamageError if it cannot be read."""
    try:
        said = json.loads(_place(folder).read_bytes())
        return Pending(said["stone"], tuple(map(Digest, said["gone"])), tuple(said["works"]))
    except FileNotFoundError:
        return None
    except (ValueError, LookupError, TypeError):
        raise DamageError(
            f"{NAME} is damaged: it says what a forgetting that was stopped still had to take away. "
            "Nothing was changed. Forget the work again, and delete the file."
        ) from None


def being_forgotten(folder: Folder) -> frozenset[Digest]:
    """The originals that are on their way out: no promise holds for them. A damaged note speaks of none."""
    try:
        pending = read(folder)
    except DamageError:
        return frozenset()
    return frozenset(pending.gone) if pending else frozenset()


def write(folder: Folder, pending: Pending) -> None:
    """Leave the note, durably."""
    said = {"stone": pending.stone, "gone": [digest.hex for digest in pending.gone], "works": list(pending.works)}
    folder.staging.mkdir(exist_ok=True)
    files.replace(_place(folder), json.dumps(said).encode("ascii"), draft=_draft(folder), mode=0o600)


def clear(folder: Folder) -> None:
    """Take the note away, durably, and its draft, which on some disks a power cut leaves beside it."""
    draft = _draft(folder)
    if draft.exists():
        draft.unlink()
        files.sync_path(folder.staging)
    _place(folder).unlink(missing_ok=True)
    files.sync_path(folder.path)


def _draft(folder: Folder) -> Path:
    return folder.staging / f"{NAME}.part"


def _place(folder: Folder) -> Path:
    return folder.path / NAME
