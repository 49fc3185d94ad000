"""Messages as archivers of Yahoo Groups saved them: JSON with the raw mail inside, escaped once more as HTML.

The site gave raw mails out cut at 64 KB; what the cut took is gone, and said to be.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from remnant.model import Original
from remnant.understand.draft import Draft, Fact, Leaf, Volume
from remnant.understand.findings import finding
from remnant.understand.formats import mails
from remnant.understand.formats.cells import Cells
from remnant.understand.formats.source import Source

FORMAT = "application/json"
MOST_AROUND = 4096

Files = Mapping[str, tuple[Original, bytes]]

_HEADS = {"postDate": "date"}
_SECONDS = re.compile(r"\d{9,10}")

CUT_AT = 65_535
"""Characters after which the site cut a mail, before or after its escaping."""
_NEARLY = 64
"""The cut falls between two lines, or lost a few characters more."""


def may_be(data: bytes) -> bool:
    """Cheap, and sure only when it says no."""
    if not data[:64].lstrip().startswith(b"{"):
        return False
    return any(sign in data[:MOST_AROUND] + data[-MOST_AROUND:] for sign in (b'"rawEmail"', b'"messageBody"'))


def volume(original: Original, data: bytes, beside: Files) -> Volume | None:
    """The mail in such a file; None if it is none after all. The site's own page of a raw mail says nothing more."""
    told = _told(data)
    raw = told.get("rawEmail")
    if not isinstance(raw, str) or not raw.strip():
        return _page(original, told)
    found = _mail(original, raw)
    leaves = [replace(leaf, made=partial(_with_pages, leaf, beside)) for leaf in found.leaves[:1]]
    return replace(found, leaves=(*leaves, *found.leaves[1:]))


def _with_pages(leaf: Leaf, beside: Files) -> Draft:
    draft = leaf.made()
    pages = (Source(original.digest, path, "binary", "").part for path, (original, _) in beside.items())
    return replace(draft, parts=(*draft.parts, *pages))


def _page(original: Original, told: Mapping[str, object]) -> Volume | None:
    """The page that the site made of a message, where nobody kept its raw mail."""
    body = told.get("messageBody")
    if not isinstance(body, str) or not body.strip():
        return None
    cells = Cells(original.digest, "message")
    for name in ("subject", "from", "postDate"):
        value = told.get(name)
        if isinstance(value, str | int):
            cells.fact(f"mail:{_HEADS.get(name, name)}", name, html.unescape(str(value)).encode("utf-8", "replace"))
    cells.facts = [_dated(fact) for fact in cells.facts]
    cells.text("messageBody", body.encode("utf-8", "replace"), "yahoo-body")
    return Volume((Leaf("0", partial(cells.draft, FORMAT)),), Draft(FORMAT, (), (), (), (), ()))


def _dated(fact: Fact) -> Fact:
    """The site counts seconds since 1970."""
    if fact.name != "mail:date" or not _SECONDS.fullmatch(fact.value):
        return fact
    return replace(fact, value=datetime.fromtimestamp(int(fact.value), UTC).date().isoformat())


def _mail(original: Original, raw: str) -> Volume:
    text = html.unescape(raw)
    found = mails.mail(original, text.encode("utf-8", "surrogatepass"))
    rest = replace(found.rest, format=FORMAT)
    if any(CUT_AT - _NEARLY <= length <= CUT_AT + 1 for length in (len(text), len(raw))):
        rest = replace(rest, findings=(*rest.findings, finding("M005")))
    return replace(found, rest=rest)


def _told(data: bytes) -> Mapping[str, object]:
    """What the file says; the archiver saved either the answer's own data or the whole answer."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    inner = told.get("ygData", told) if isinstance(told, dict) else None
    return inner if isinstance(inner, dict) else {}
