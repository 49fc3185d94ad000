"""What earlier Remnants wrote, brought up to what this one writes. Originals are never touched."""

from __future__ import annotations

import hashlib
from datetime import datetime

from remnant.durable import files
from remnant.errors import RemnantError
from remnant.keep.folder import Folder, fixed_files
from remnant.keep.ledger import Event, Ledger

README = "README.txt"

EARLIER_READMES = frozenset(
    {
        # Before lines were sealed.
        "1e26016eb965783c062ac69d004e4f0b687173c834eb9fa5b52b95fb937f3a91",
        # Before there was an index.html.
        "c66c37a839dcbac48b562b67f24c5f2816c86238ba6dd8cccdd1b587e6a59732",
    }
)
"""SHA-256 of every README that an earlier Remnant wrote: none of them is damage."""


def is_earlier_readme(data: bytes) -> bool:
    return hashlib.sha256(data).hexdigest() in EARLIER_READMES


def migrate(folder: Folder, now: datetime) -> bool:
    """Bring what stands in every library up to date, and write into the ledger that it was done.

    Where nothing may be written, all stays as it is and is read as it is.
    """
    if folder.newer or not _is_earlier(folder):
        return False
    try:
        with folder.writing("migrating", "bringing README.txt up to date"):
            if not _is_earlier(folder):
                return False
            folder.staging.mkdir(exist_ok=True)
            event = {"what": "README.txt", "from": 1, "to": 2}
            Ledger(folder).record([Event("migrated", None, event)], now)
            files.replace(folder.path / README, fixed_files()[README], draft=folder.staging / "draft")
    except RemnantError:
        return False
    return True


def _is_earlier(folder: Folder) -> bool:
    try:
        return is_earlier_readme((folder.path / README).read_bytes())
    except OSError:
        return False
