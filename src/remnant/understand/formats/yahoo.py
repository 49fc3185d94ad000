"""Messages as archivers of Yahoo Groups saved them: JSON with the raw mail inside, escaped once more as HTML.

The site gave raw mails out cut at 64 KB; what the cut took is gone, and said to be.
"""

from __future__ import annotations

import html
import json
from dataclasses import replace

from remnant.model import Original
from remnant.understand.draft import Volume
from remnant.understand.findings import finding
from remnant.understand.formats import mails

FORMAT = "application/json"

CUT_AT = 65_535
"""Characters after which the site cut a mail, before or after its escaping."""
_NEARLY = 64
"""The cut falls between two lines, or lost a few characters more."""


def may_be(data: bytes) -> bool:
    """Cheap, and sure only when it says no."""
    return b'"rawEmail"' in data[:4096] + data[-4096:] and data[:64].lstrip().startswith(b"{")


def volume(original: Original, data: bytes) -> Volume | None:
    """The mail in such a file; None if it is none after all."""
    raw = _raw(data)
    if raw is None:
        return None
    text = html.unescape(raw)
    found = mails.mail(original, text.encode("utf-8", "surrogatepass"))
    rest = replace(found.rest, format=FORMAT)
    if any(CUT_AT - _NEARLY <= length <= CUT_AT + 1 for length in (len(text), len(raw))):
        rest = replace(rest, findings=(*rest.findings, finding("M005")))
    return replace(found, rest=rest)


def _raw(data: bytes) -> str | None:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return None
    # The archiver saved either the answer's own data or the whole answer.
    inner = told.get("ygData", told) if isinstance(told, dict) else None
    raw = inner.get("rawEmail") if isinstance(inner, dict) else None
    return raw if isinstance(raw, str) and raw.strip() else None
