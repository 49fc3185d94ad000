"""What OCFL 1.0 and 1.1 ask of an inventory, whoever wrote it. Nothing here touches the disk.

The codes are those of the specification: `E...` makes an object invalid, `W...` is a remark.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

TYPES = {"1.0": "https://ocfl.io/1.0/spec/#inventory", "1.1": "https://ocfl.io/1.1/spec/#inventory"}
ALGORITHMS = {
    "md5": 32, "sha1": 40, "sha256": 64, "sha512": 128, "sha512/256": 64,
    "blake2b-160": 40, "blake2b-256": 64, "blake2b-384": 96, "blake2b-512": 128,
}  # fmt: skip
"""Digests that a fixity block may hold, and how many letters each has."""
_MANIFEST = ("sha512", "sha256")
_PADDED = re.compile(r"v0[0-9]{1,9}")
_PLAIN = re.compile(r"v[1-9][0-9]{0,8}")
_HEX = re.compile(r"[0-9a-fA-F]+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+")
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as the specification asks, under the specification's own code."""

    code: str
    what: str

    @property
    def is_error(self) -> bool:
        return self.code.startswith("E")


@dataclass(frozen=True, slots=True)
class Said:
    """What of an inventory is fit to be compared with the files, and what was wrong with the rest.

    `manifest` and `states` name digests in lower case; `states` are by version, in the order of the versions.
    """

    identity: str | None
    type: str | None
    algorithm: str
    head: str | None
    content: str
    manifest: Mapping[str, tuple[str, ...]]
    fixity: Mapping[str, Mapping[str, tuple[str, ...]]]
    versions: Mapping[str, Mapping[str, Any]]
    states: Mapping[str, Mapping[str, tuple[str, ...]]]
    faults: tuple[Fault, ...]


Paths = dict[str, tuple[str, ...]]


def number_of(version: object) -> int | None:
    """The number of a version by its name; None if that is no such name."""
    if isinstance(version, str) and (_PLAIN.fullmatch(version) or _PADDED.fullmatch(version)):
        return int(version[1:]) or None
    return None


def read(data: bytes) -> Said | Fault:
    """What these bytes say; a fault if they are no JSON object."""
    doubled: list[str] = []

    def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
        doubled.extend(name for name, many in Counter(name for name, _ in members).items() if many > 1)
        return dict(members)

    try:
        record = json.loads(data, object_pairs_hook=pairs)
    except (ValueError, RecursionError):
        return Fault("E033", "The inventory is no JSON.")
    if not isinstance(record, dict):
        return Fault("E033", "The inventory is no JSON object.")
    return _said(record, doubled)


def _said(record: dict[str, Any], doubled: list[str]) -> Said:
    faults = [Fault("E096", f"{name} stands twice in one object of the inventory.") for name in doubled]
    faults += _heads(record)
    algorithm = record.get("digestAlgorithm")
    algorithm = algorithm if algorithm in _MANIFEST else "sha512"
    content = record.get("contentDirectory", "content")
    content = content if isinstance(content, str) else "content"
    manifest = _manifest(record.get("manifest"), algorithm, faults)
    fixity = _fixity(record.get("fixity", {}), faults)
    versions = record.get("versions")
    if versions is None:
        faults.append(Fault("E043", "There is no block of versions."))
    elif not isinstance(versions, dict):
        faults.append(Fault("E044", "The versions are no object."))
    versions = versions if isinstance(versions, dict) else {}
    faults += _sequence(versions)
    written = frozenset(block) if isinstance(block := record.get("manifest"), dict) else frozenset()
    states = {name: _state(name, versions[name], written, faults) for name in sorted(versions, key=_by_number)}
    used = {digest for state in states.values() for digest in state}
    if record.get("type") == TYPES["1.1"] and manifest.keys() - used:
        faults.append(Fault("E107", "A digest stands in the manifest and in no version."))
    faults += _about_head(record.get("head"), versions)
    told = {name: said for name, said in versions.items() if isinstance(said, dict)}
    identity, kind, head = (_text(record.get(name)) for name in ("id", "type", "head"))
    return Said(identity, kind, algorithm, head, content, manifest, fixity, told, states, tuple(faults))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _by_number(version: str) -> tuple[int, str]:
    return number_of(version) or 0, version


def _heads(record: dict[str, Any]) -> Iterator[Fault]:
    """What stands once at the top of an inventory."""
    for name in ("id", "type", "digestAlgorithm", "head"):
        if record.get(name) in (None, ""):
            yield Fault("E036", f"The inventory has no {name}.")
    identity, kind, algorithm = record.get("id"), record.get("type"), record.get("digestAlgorithm")
    if identity is not None and not isinstance(identity, str):
        yield Fault("E037", "The id is no text.")
    elif identity and not _URI.fullmatch(identity):
        yield Fault("W005", "The id is no URI.")
    if kind is not None and kind not in TYPES.values():
        yield Fault("E038", "The type is none of OCFL 1.0 or 1.1.")
    if algorithm is not None and algorithm not in _MANIFEST:
        yield Fault("E025", "The manifest's digests are neither sha512 nor sha256.")
    elif algorithm == "sha256":
        yield Fault("W004", "The manifest's digests are sha256; sha512 should be used.")
    content = record.get("contentDirectory", "content")
    if not isinstance(content, str) or "/" in content or not content:
        yield Fault("E017", "The name of the content directory is no plain name.")
    elif content in (".", ".."):
        yield Fault("E018", "The content directory is a dot.")


def _about_head(head: object, versions: dict[str, Any]) -> Iterator[Fault]:
    if head is None:
        return
    newest = max(versions, key=_by_number, default=None)
    if number_of(head) is None or head != newest:
        yield Fault("E040", "The head is not the newest version.")


def _sequence(versions: dict[str, Any]) -> Iterator[Fault]:
    """Versions are numbered from 1 on, without a gap, and padded alike or not at all."""
    if not versions:
        yield Fault("E008", "There is no version.")
        return
    for name in versions:
        if number_of(name) is None:
            yield Fault("E046", f"{name} is no name of a version.")
    named = sorted((name for name in versions if number_of(name)), key=_by_number)
    numbers = [number_of(name) for name in named]
    if numbers and numbers[0] != 1:
        yield Fault("E009", "The first version is not 1.")
    if numbers != list(range(1, len(numbers) + 1)):
        yield Fault("E010", "A version is missing between others.")
    padded = [bool(_PADDED.fullmatch(name)) for name in named]
    if any(padded):
        yield Fault("W001", "The versions' names are padded with zeroes.")
    if any(padded) and (not all(padded) or len({len(name) for name in named}) > 1):
        yield Fault("E011", "A version's name is not padded as its fellows are.")
        yield Fault("E012", "The versions' names do not follow one convention.")
        yield Fault("E013", "A version was added that does not follow the convention.")


def _manifest(block: object, algorithm: str, faults: list[Fault]) -> Paths:
    if block is None:
        faults.append(Fault("E041", "There is no manifest."))
        return {}
    return _paths(block, ALGORITHMS[algorithm], "manifest", ("E096", "E101"), faults)


def _fixity(block: object, faults: list[Fault]) -> dict[str, Paths]:
    if not isinstance(block, dict):
        faults += [Fault("E111", "The fixity block is no object."), Fault("E057", "The fixity block is no object.")]
        return {}
    found: dict[str, Paths] = {}
    for algorithm, rows in block.items():
        if not isinstance(rows, dict):
            faults.append(Fault("E057", f"What fixity says of {algorithm} is no object."))
        else:
            found[algorithm] = _paths(rows, ALGORITHMS.get(algorithm), "fixity block", ("E097", "E101"), faults)
    return found


def _paths(block: object, letters: int | None, where: str, twice: tuple[str, str], faults: list[Fault]) -> Paths:
    """Content paths by digest. `twice` are the codes for a digest, and for a path, that stands there twice."""
    if not isinstance(block, dict):
        faults.append(Fault("E106", f"The {where} is no object."))
        return {}
    found: Paths = {}
    for digest, paths in block.items():
        if letters and not (len(digest) == letters and _HEX.fullmatch(digest)):
            faults.append(Fault("E096" if where == "manifest" else "E057", f"A digest in the {where} is none."))
        if digest.lower() in found:
            faults.append(Fault(twice[0], f"A digest stands twice in the {where}."))
        found[digest.lower()] = found.get(digest.lower(), ()) + tuple(_listed(paths, where, faults))
    faults += _paths_at_odds([path for paths in found.values() for path in paths], where, ("E099", "E100", twice[1]))
    return found


def _listed(paths: object, where: str, faults: list[Fault]) -> Iterator[str]:
    if not isinstance(paths, list):
        faults.append(Fault("E051", f"The paths in the {where} are no list."))
        return
    for path in paths:
        if isinstance(path, str):
            yield path
        else:
            faults.append(Fault("E051", f"A path in the {where} is no text."))


def _paths_at_odds(paths: list[str], where: str, codes: tuple[str, str, str]) -> Iterator[Fault]:
    """`codes`: for a dot or an empty part, for a slash at an end, and for paths that are at odds with each other."""
    dot, slash, odds = codes
    for path in paths:
        if path.startswith("/") or path.endswith("/"):
            yield Fault(slash, f"A path in the {where} begins or ends with a slash.")
        if {"", ".", ".."} & set(path.split("/")):
            yield Fault(dot, f"A path in the {where} has a part that is empty or a dot.")
    if len(set(paths)) < len(paths):
        yield Fault(odds, f"A path stands twice in the {where}.")
    every = set(paths)
    if any(above in every for path in every for above in _above(path)):
        yield Fault(odds, f"A path in the {where} is a file and a folder.")


def _above(path: str) -> Iterator[str]:
    at = path.find("/")
    while at > 0:
        yield path[:at]
        at = path.find("/", at + 1)


def _state(name: str, version: object, manifest: frozenset[str], faults: list[Fault]) -> Paths:
    """The logical paths of a version by digest."""
    if not isinstance(version, dict):
        faults.append(Fault("E047", f"{name} is no object."))
        return {}
    faults += _block(name, version)
    state = version.get("state")
    if not isinstance(state, dict):
        faults.append(Fault("E048" if state is None else "E050", f"{name} has no state that can be read."))
        return {}
    found: Paths = {}
    for digest, paths in state.items():
        if digest not in manifest:
            faults.append(Fault("E050", f"{name} has a digest that is not in the manifest."))
        found[digest.lower()] = tuple(sorted((*found.get(digest.lower(), ()), *_listed(paths, "state", faults))))
    faults += _paths_at_odds([path for paths in found.values() for path in paths], "state", ("E052", "E053", "E095"))
    return found


def _block(name: str, version: dict[str, Any]) -> Iterator[Fault]:
    """When a version was made, by whom, and why."""
    created, message, user = (version.get(key) for key in ("created", "message", "user"))
    if created is None:
        yield Fault("E048", f"{name} does not say when it was made.")
    elif not is_time(created):
        yield Fault("E049", f"{name} was made at no time that can be read.")
    if message is not None and not isinstance(message, str):
        yield Fault("E094", f"The message of {name} is no text.")
    if message is None or user is None:
        yield Fault("W007", f"{name} has no message, or names no user.")
    if user is None:
        return
    if not isinstance(user, dict) or not isinstance(user.get("name"), str) or not user["name"]:
        yield Fault("E054", f"The user of {name} has no name.")
        return
    if not user.get("address"):
        yield Fault("W008", f"The user of {name} has no address.")
    elif not isinstance(user["address"], str) or not _URI.fullmatch(user["address"]):
        yield Fault("W009", f"The address of the user of {name} is no URI.")


def is_time(text: object) -> bool:
    """Whether this is a time as RFC 3339 writes it, to the second and with its zone."""
    found = _TIME.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return False
    date, clock, zone = found.groups()
    try:
        # A leap second is a time, and not one that Python knows.
        datetime.fromisoformat(f"{date}T{clock.replace(':60', ':59')}{'+00:00' if zone in 'Zz' else zone}")
    except ValueError:
        return False
    return True
