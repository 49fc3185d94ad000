"""Is this folder a valid OCFL object, whoever wrote it? By OCFL 1.0 and 1.1, every file read and digested once."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from remnant.keep.ocfl import INVENTORY
from remnant.keep.ocfl_inventory import ALGORITHMS, TYPES, Fault, Paths, Said, number_of, read

_DECLARED = re.compile(r"0=ocfl_object_(.*)")
_SIDECAR = re.compile(r"inventory\.json\.(sha512|sha256)")
_SIDE_TEXT = re.compile(rb"([0-9a-fA-F]+)[ \t]+inventory\.json\n?")
_REGISTERED = re.compile(r"00(0[1-9]|1[01])-[a-z0-9-]+|initial")
_LONGEST = 64 << 20
"""Bytes of the longest inventory that is read."""
_CHUNK = 1 << 20

_NAMES = {"sha512/256": "sha512_256", "blake2b-512": "blake2b"}
_BLAKE = {"blake2b-160": 20, "blake2b-256": 32, "blake2b-384": 48}


def judge(home: Path) -> tuple[Fault, ...]:
    """Everything that the specification has against this folder; nothing against a perfect object."""
    return tuple(_Judge(home).faults())


def is_valid(home: Path) -> bool:
    """Whether it is an object by the specification, remarks aside."""
    return not any(fault.is_error for fault in judge(home))


@dataclass
class _Tree:
    """The files and folders of an object by path; `odd` is what is neither, links among them."""

    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    odd: set[str] = field(default_factory=set)

    def in_folder(self, above: str) -> Iterator[str]:
        """The names of what stands right in a folder; `above` is empty, or ends with a slash."""
        for path in sorted(self.files | self.folders | self.odd):
            if path.startswith(above) and "/" not in path[len(above) :]:
                yield path[len(above) :]


class _Judge:
    def __init__(self, home: Path) -> None:
        self._home = home
        self._tree = _Tree()
        self._read_tree()

    def _read_tree(self) -> None:
        waiting = [""]
        while waiting:
            above = waiting.pop()
            try:
                entries = list(os.scandir(self._home / above))
            except OSError:
                self._tree.odd.add(above or ".")
                continue
            for entry in entries:
                path = f"{above}{entry.name}"
                if self._take(path, entry.stat(follow_symlinks=False)):
                    waiting.append(f"{path}/")

    def _take(self, path: str, status: os.stat_result) -> bool:
        """Whether it is a folder, to be looked into. A file that has another name elsewhere is odd, and a file."""
        if stat.S_ISDIR(status.st_mode):
            self._tree.folders.add(path)
            return True
        if stat.S_ISREG(status.st_mode):
            self._tree.files.add(path)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            self._tree.odd.add(path)
        return False

    def faults(self) -> Iterator[Fault]:
        if self._tree.odd:
            yield Fault("E090", f"{min(self._tree.odd)} is a link, or cannot be read.")
        declared = self._declared()
        yield from self._about_declaration(declared)
        said, data, faults = self._inventory("")
        yield from faults
        if said is None:
            return
        if declared and said.type and said.type != TYPES.get(max(declared)):
            yield Fault("E038", "The inventory is of another version of OCFL than the object.")
        yield from self._root(said)
        older = {version: self._inventory(f"{version}/") for version in self._standing() if version != said.head}
        yield from self._last(said, data)
        for version, (other, _, wrong) in older.items():
            yield from wrong
            yield from _between(version, said, other) if other else ()
        yield from _growing([other for other, *_ in older.values() if other] + [said])
        yield from self._versions(said)
        every = [("", said), *((version, other) for version, (other, *_) in older.items() if other)]
        yield from self._contents(said, every)

    def _bytes(self, path: str) -> bytes | None:
        if path not in self._tree.files:
            return None
        try:
            with (self._home / path).open("rb") as file:
                data = file.read(_LONGEST + 1)
        except OSError:
            return None
        return data if len(data) <= _LONGEST else None

    def _declared(self) -> list[str]:
        return [found[1] for name in sorted(self._tree.files) if (found := _DECLARED.fullmatch(name))]

    def _about_declaration(self, declared: list[str]) -> Iterator[Fault]:
        if not declared:
            yield Fault("E003", "No file declares that this is an object of OCFL.")
        for version in declared:
            if version not in TYPES:
                yield Fault("E006", f"OCFL {version} is not known here.")
            if self._bytes(f"0=ocfl_object_{version}") != f"ocfl_object_{version}\n".encode():
                yield Fault("E007", "The declaration does not hold what its name says.")
        if len(declared) > 1:
            yield Fault("E003", "More than one file declares a version of OCFL.")

    def _inventory(self, above: str) -> tuple[Said | None, bytes, list[Fault]]:
        """The inventory in a folder of the object, its bytes, and what is wrong with it and its sidecar."""
        data = self._bytes(above + INVENTORY)
        if data is None:
            code = "W010" if above else "E063"
            return None, b"", [Fault(code, f"There is no inventory that can be read in {above or 'the root'}.")]
        said = read(data)
        if isinstance(said, Fault):
            return None, data, [said]
        return said, data, [*said.faults, *self._sidecar(above, said, data)]

    def _sidecar(self, above: str, said: Said, data: bytes) -> Iterator[Fault]:
        text = self._bytes(f"{above}{INVENTORY}.{said.algorithm}")
        if text is None:
            yield Fault("E058", f"The inventory in {above or 'the root'} has no digest beside it.")
        elif (found := _SIDE_TEXT.fullmatch(text)) is None:
            yield Fault("E061", "The digest beside an inventory cannot be read.")
        elif found[1].decode().lower() != hashlib.new(said.algorithm, data).hexdigest():
            yield Fault("E060", "An inventory does not match the digest beside it.")

    def _standing(self) -> list[str]:
        """The folders of versions that are there."""
        return sorted(name for name in self._tree.folders if number_of(name))

    def _root(self, said: Said) -> Iterator[Fault]:
        for name in self._tree.in_folder(""):
            folder = name in self._tree.folders
            if folder and number_of(name):
                if name not in said.versions:
                    yield Fault("E046", f"{name} is there, and not in the inventory.")
            elif folder and name == "extensions":
                yield from self._extensions()
            elif not (folder and name == "logs") and not self._belongs(name, said):
                yield Fault("E001", f"{name} does not belong in an object.")
        for version in said.versions:
            if version not in self._tree.folders:
                yield Fault("E010", f"{version} is in the inventory, and not there.")

    def _belongs(self, name: str, said: Said) -> bool:
        allowed = (INVENTORY, f"{INVENTORY}.{said.algorithm}")
        return name in self._tree.files and (name in allowed or bool(_DECLARED.fullmatch(name)))

    def _extensions(self) -> Iterator[Fault]:
        for name in self._tree.in_folder("extensions/"):
            if f"extensions/{name}" not in self._tree.folders:
                yield Fault("E067", f"extensions/{name} is no folder.")
            elif not _REGISTERED.fullmatch(name):
                yield Fault("W013", f"The extension {name} is not registered.")

    def _last(self, said: Said, data: bytes) -> Iterator[Fault]:
        """The newest version's inventory is the object's own, to the byte."""
        if said.head not in self._tree.folders:
            return
        theirs = self._bytes(f"{said.head}/{INVENTORY}")
        if theirs is None:
            yield Fault("W010", f"{said.head} has no inventory of its own.")
        elif theirs != data:
            yield Fault("E064", f"The inventory of {said.head} is not the object's own.")
            yield from _of_another_version(said.head, read(theirs))
        if theirs is not None:
            yield from self._sidecar(f"{said.head}/", said, theirs)

    def _versions(self, said: Said) -> Iterator[Fault]:
        for version in self._standing():
            for name in self._tree.in_folder(f"{version}/"):
                path = f"{version}/{name}"
                if path in self._tree.folders:
                    if name != said.content:
                        yield Fault("W002", f"{path} is a folder that nobody asked for.")
                elif name != INVENTORY and not _SIDECAR.fullmatch(name):
                    yield Fault("E015", f"{path} does not belong there.")
            yield from self._empty(f"{version}/{said.content}")

    def _empty(self, content: str) -> Iterator[Fault]:
        """Folders of content that hold nothing."""
        filled = {path.rpartition("/")[0] for path in self._tree.files | self._tree.folders}
        for folder in sorted(self._tree.folders - filled):
            if folder.startswith(f"{content}/"):
                yield Fault("E024", f"{folder} is empty.")

    def _contents(self, said: Said, every: list[tuple[str, Said]]) -> Iterator[Fault]:
        """Every content file in every inventory that should know of it, and as each says."""
        homes = tuple(f"{version}/{said.content}/" for version in self._standing())
        there = {path for path in self._tree.files if path.startswith(homes)}
        wanted: dict[str, set[str]] = {}
        for _, one in every:
            for algorithm, _, path in _digests(one):
                wanted.setdefault(path, set()).add(algorithm)
        found = {path: self._digests_of(path, wanted[path]) for path in sorted(there & wanted.keys())}
        for version, one in every:
            upto = number_of(version or one.head) or 0
            ours = {path for path in there if (number_of(path.partition("/")[0]) or 0) <= upto}
            named = {path for paths in one.manifest.values() for path in paths}
            yield from (Fault("E023", f"{path} is in no manifest.") for path in sorted(ours - named))
            yield from _against(one, found)

    def _digests_of(self, path: str, algorithms: set[str]) -> dict[str, str]:
        hashes = {name: made for name in sorted(algorithms) if (made := _hash(name)) is not None}
        try:
            with (self._home / path).open("rb") as file:
                while piece := file.read(_CHUNK):
                    for made in hashes.values():
                        made.update(piece)
        except OSError:
            return {}
        return {name: made.hexdigest() for name, made in hashes.items()}


def _digests(said: Said) -> Iterator[tuple[str, str, str]]:
    """Every digest that an inventory gives of a file: by which algorithm, what, and of which file."""
    blocks: list[tuple[str, Paths]] = [(said.algorithm, dict(said.manifest))]
    blocks += [(name, dict(rows)) for name, rows in said.fixity.items()]
    for algorithm, rows in blocks:
        yield from ((algorithm, digest, path) for digest, paths in rows.items() for path in paths)


def _against(said: Said, found: dict[str, dict[str, str]]) -> Iterator[Fault]:
    for digest, paths in said.manifest.items():
        for path in paths:
            if found.get(path, {}).get(said.algorithm) != digest:
                yield Fault("E092", f"{path} is not there, or not as the manifest says.")
    for algorithm, rows in said.fixity.items():
        for digest, paths in rows.items():
            for path in paths:
                measured = found.get(path)
                if measured is None or (algorithm in measured and measured[algorithm] != digest):
                    yield Fault("E093", f"{path} is not there, or not as the fixity block says.")


def _of_another_version(version: str, other: Said | Fault) -> Iterator[Fault]:
    if isinstance(other, Said) and other.head != version:
        yield Fault("E040", f"The inventory of {version} is of {other.head}.")


def _growing(said: list[Said]) -> Iterator[Fault]:
    """No version may be of an older OCFL than the one before it."""
    types = [one.type or "" for one in sorted(said, key=lambda one: number_of(one.head) or 0)]
    if types != sorted(types):
        yield Fault("E103", "A version is of an older OCFL than the one before it.")


def _between(version: str, said: Said, other: Said) -> Iterator[Fault]:
    """What an earlier version's inventory must have in common with the object's own."""
    yield from _of_another_version(version, other)
    if other.identity != said.identity:
        yield Fault("E037", f"The inventory of {version} is of another object.")
    if other.content != said.content:
        yield Fault("E019", f"The content directory of {version} is called otherwise.")
    if other.algorithm != said.algorithm:
        yield Fault("W004", f"The inventory of {version} has digests of another kind.")
    for name in other.versions.keys() & said.versions.keys():
        differs = said.algorithm == other.algorithm and said.states.get(name) != other.states.get(name)
        if differs or _meant(other, name) != _meant(said, name):
            yield Fault("E066", f"What {name} held is told otherwise in {version}.")
        if any(other.versions[name].get(key) != said.versions[name].get(key) for key in ("created", "message", "user")):
            yield Fault("W011", f"What is said about {name} differs in {version}.")
    if set(other.versions) - set(said.versions):
        yield Fault("E066", f"The inventory of {version} knows of a later version.")


def _meant(said: Said, version: str) -> dict[str, frozenset[str]]:
    """The content that each logical path of a version stands for, whatever its digests are."""
    state = said.states.get(version, {})
    first = number_of(version) or 0
    return {
        path: frozenset(
            content for content in said.manifest.get(digest, ()) if (number_of(content.partition("/")[0]) or 0) <= first
        )
        for digest, paths in state.items()
        for path in paths
    }


def _hash(algorithm: str) -> hashlib._Hash | hashlib.blake2b | None:
    """None for one that is not known here: then nothing is said of it."""
    if algorithm in _BLAKE:
        return hashlib.blake2b(digest_size=_BLAKE[algorithm])
    if algorithm not in ALGORITHMS:
        return None
    try:
        return hashlib.new(_NAMES.get(algorithm, algorithm))
    except ValueError:
        return None
