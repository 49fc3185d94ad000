"""One module per byte format; each turns bytes into a draft."""

from __future__ import annotations

from remnant.model import Original
from remnant.understand.draft import Draft
from remnant.understand.formats import txt
from remnant.unpack.decode import decode


def draft_of(original: Original, data: bytes) -> Draft:
    """Read bytes as whatever they are; never raises."""
    return txt.draft(original, decode(data))
