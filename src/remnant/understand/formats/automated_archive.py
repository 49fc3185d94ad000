"""The Automated Archive: a database that is a Perl hash, and the folder of files beside it.

Each record is a leaf. Field names differ from archive to archive; those that are known become facts under one name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from remnant.model import Original
from remnant.understand.draft import Draft, Leaf, Volume
from remnant.understand.findings import finding
from remnant.understand.formats.cells import Cells
from remnant.understand.formats.keys import Keys
from remnant.unpack.perl_hash import Hash

FORMAT = "text/x-perl"

FACTS: Mapping[str, str] = {
    "title": "title",
    "author": "author",
    "email": "email",
    "emailauthor": "email",
    "rating": "rating",
    "warnings": "warning",
    "optionalwarnings": "warning",
    "pairing": "relationship",
    "pairings": "relationship",
    "characters": "character",
    "category": "category",
    "categories": "category",
    "genre": "genre",
    "fandom": "fandom",
    "fandoms": "fandom",
    "series": "series",
    "printtime": "date",
    "dateprint": "date",
    "date": "date",
    "locationurl": "url",
    "storyurl": "url",
}
"""What a field's name says, whatever its case."""

Files = Mapping[str, tuple[Original, bytes]]


def may_be(data: bytes) -> bool:
    """Whether these bytes may be such a database: cheap, and sure only when it says no."""
    return b"%FILES" in data[:65_536] and b"=>" in data


def volume(original: Original, data: bytes, beside: Files) -> Volume | None:
    """The records of such a database; None if there is none in it."""
    told = Hash(data)
    leaves: list[Leaf] = []
    keys = Keys()
    for record in told.records():
        key = keys.give(record.key[:200] or "0")
        values = {name.lower(): value for name, value in record.values.items()}
        leaves.append(Leaf(key, partial(_record, original, key, values, beside)))
    findings = (finding("Q002"),) if told.cut else ()
    return Volume(tuple(leaves), Draft(FORMAT, (), (), (), (), findings)) if leaves else None


def _record(original: Original, key: str, values: Mapping[str, bytes], beside: Files) -> Draft:
    cells = Cells(original.digest, key)
    cells.text("title", values.get("title"), "aa-title")
    for name, value in values.items():
        if name in FACTS and FACTS[name] != "title" and (FACTS[name] != "url" or value.startswith(b"http")):
            cells.fact(f"aa:{FACTS[name]}", name, value)
    cells.text("summary", values.get("summary"), "aa-summary")
    cells.text("notes", values.get("notes"), "aa-notes")
    path = next((path for path in _places(values) if path in beside), None)
    if path is not None:
        file, data = beside[path]
        cells.text(path, data, "aa-story", original=file.digest)
    elif b"http" not in values.get("locationurl", values.get("storyurl", b"")):
        cells.findings.append(finding("Q001", file=next(_places(values), key)))
    return cells.draft(FORMAT)


def _places(values: Mapping[str, bytes]) -> Iterator[str]:
    """Where the file may lie: the place, with the type it has or might have."""
    place = values.get("location", b"").strip().strip(b"/").decode("utf-8", "replace")
    if place:
        kinds = [values.get("filetype", b"").strip(b". ").decode("utf-8", "replace"), "html", "htm", "txt"]
        stems = [place, f"archive/{place}"] if place.startswith("archive/") else [f"archive/{place}"]
        yield from (f"{stem}.{kind}" for stem in stems for kind in dict.fromkeys(kinds) if kind)
        yield from stems
