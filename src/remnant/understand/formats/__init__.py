"""One module per byte format; each turns bytes into a draft."""

from __future__ import annotations

from remnant.model import Original
from remnant.understand.draft import Draft
from remnant.understand.formats import html, txt
from remnant.unpack.decode import decode


def draft_of(original: Original, data: bytes) -> Draft:
    """Read bytes as whatever they are; never raises."""
    if b"<" in data[:100] or b"<p" in data:
        return html.draft(original, decode(data, html.declared_charset(data)))
    return txt.draft(original, decode(data))
