"""What a vault says, to the byte. Nothing here touches the disk.

A vault is an OCFL storage root of packs with a marker, a README and a name above it. A pack is a stored ZIP whose
members are named so that unzipping all packs into one folder gives a whole library to look through.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files as resources
from typing import Any

from remnant.keep import ocfl
from remnant.model import Digest

FORMAT = 1
MARKER = f"0=remnant_vault_{FORMAT}"
MARKER_TEXT = f"remnant_vault_{FORMAT}\n".encode()
README = "README.txt"
NAME = "vault.json"

PACKS = "packs"
PLAIN = "pack.zip"
SECRET = "pack.zip.age"
MANIFEST = "manifest-sha512.txt"

FULL_ORIGINALS = 2000
FULL_BYTES = 64 << 20
"""A pack is full at either."""

ORIGINAL = re.compile(r"originals/([a-z2-7]{26})\.[a-z0-9]{2,5}")
ARRIVAL = re.compile(r"arrivals/([a-z2-7]{26})\.json")
RECORD = re.compile(r"records/([0-9]{8})/([A-Za-z0-9%~_./-]+)")
PACK_SAYS = re.compile(r"packs/([0-9]{8})-([0-9a-f]{16})\.json")

_ID = "urn:remnant:"
_IDENTITY = re.compile(r"[a-z2-7]{16}")


@dataclass(frozen=True, slots=True)
class Says:
    """What a vault says of itself: its name for ever, when it was begun, and for whom it is locked, if it is."""

    vault: str
    created: str
    recipients: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """What a pack's file is called in this vault."""
        return SECRET if self.recipients else PLAIN


def fixed_files() -> dict[str, bytes]:
    """What stands in every vault alike, by name."""
    root = {f"{PACKS}/{name}": data for name, data in ocfl.root_files().items()}
    return {README: (resources("remnant.keep.vaults") / "readme.txt").read_bytes(), **root, MARKER: MARKER_TEXT}


def says_bytes(says: Says) -> bytes:
    """`vault.json`."""
    record = {"v": FORMAT, "vault": says.vault, "created": says.created, "recipients": list(says.recipients)}
    return json.dumps(record, indent=2).encode("ascii") + b"\n"


def read_says(data: bytes) -> Says | None:
    """What these bytes say of a vault, or None if they are no `vault.json` that can be read."""
    try:
        record: dict[str, Any] = json.loads(data)
        if record["v"] != FORMAT or not _IDENTITY.fullmatch(record["vault"]):
            return None
        return Says(record["vault"], str(record["created"]), tuple(map(str, record["recipients"])))
    except (ValueError, LookupError, TypeError):
        return None


def short_of(digest: Digest) -> str:
    """The 26 characters that name an original, or a pack, among all others."""
    return ocfl.object_id(digest).removeprefix(_ID)


def place_of(short: str) -> str:
    """Where the pack of this name stands in a vault."""
    return f"{PACKS}/{ocfl.place_of(_ID + short)}"


def short_at(name: str) -> str | None:
    """The pack that a file in a vault belongs to, or None if it belongs to none."""
    place = "/".join(name.split("/")[1:3])
    identity = ocfl.id_at(place) if name.startswith(f"{PACKS}/") else None
    return identity.removeprefix(_ID) if identity else None


def identity_of(short: str) -> str:
    return _ID + short


def manifest(digests: dict[str, str]) -> bytes:
    """Digests by name, as `sha512sum -c` reads them."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode("ascii")
