"""What people say and do: wishing, joining two libraries, exports that are remembered no more."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.harm.judging import complaints_of, prepared
from tests.harm.scenes.scene import Scene
from tests.harm.tape import Tape
from tests.strategies.keep import NOW, library, now, put

from remnant.keep.exports import Exported, Exports
from remnant.keep.folder import open_folder
from remnant.keep.journal import Journal, Said
from remnant.library import indexing
from remnant.library.joining import Joined, join
from remnant.library.opening import open_library
from remnant.model import Confidence, Digest, Field, Person, WorkWish, work_id
from remnant.wire.claim import new_claim

MORE = (b"two", b"three" * 300)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A word: that this export was made is remembered no more."""

    path: Path


@dataclass(frozen=True, slots=True)
class Stands:
    """A word: a file of this name in the library says this."""

    name: str
    data: bytes


CANON = Stands("canons/ours.toml", b"# The ferry, in the order in which it was told.\n")


def _wish_of(data: bytes) -> Said:
    claim = new_claim(Field.WISH, WorkWish.SEAL.value, Person("ada", NOW), Confidence.STATED, "0")
    return Said(work_id(Digest.of(data), "0"), Digest.of(data), claim)


def _two_libraries(place: Path) -> None:
    prepared(place)
    (place / "there").mkdir()
    other = library(place / "there")
    put(other, b"one", *MORE)
    (other.path / CANON.name).parent.mkdir()
    (other.path / CANON.name).write_bytes(CANON.data)
    Journal(other).append([_wish_of(MORE[0])], NOW)


def _joined(place: Path) -> Joined:
    """Without the index, which is no part of what is kept."""
    with pytest.MonkeyPatch.context() as patch, open_library(place / "library", NOW) as opened:
        patch.setattr(indexing, "catch_up", lambda *_, **__: indexing.CaughtUp())
        return join(opened, place / "there/library", clock=now)


def _join(place: Path, tape: Tape) -> None:
    _joined(place)
    for data in MORE:
        tape.acknowledge(Digest.of(data))
    tape.acknowledge(_wish_of(MORE[0]))
    tape.acknowledge(CANON)


def _wrong_library(place: Path, words: list[object]) -> list[str]:
    folder = open_folder(place / "library")
    standing = [word for word in words if isinstance(word, Stands)]
    lost = [f"{word.name} is lost" for word in standing if not _stands(folder.path / word.name, word.data)]
    return lost + complaints_of(folder, [word for word in words if not isinstance(word, Stands)])


def _stands(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _after_joining(place: Path) -> list[str]:
    _joined(place)
    again = _joined(place)
    wanted = [*map(Digest.of, (b"one", *MORE)), _wish_of(MORE[0])]
    return complaints_of(open_folder(place / "library"), wanted) + ["joined again it takes something"] * bool(
        again.originals or again.acts
    )


def _wish(place: Path, tape: Tape) -> None:
    folder = open_folder(place / "library")
    with folder.writing():
        Journal(folder).append([_wish_of(b"one")], NOW)
    tape.acknowledge(_wish_of(b"one"))


def _after_wishing(place: Path) -> list[str]:
    folder = open_folder(place / "library")
    Journal(folder).append([_wish_of(b"two")], NOW)
    return complaints_of(folder, [_wish_of(b"two")])


def _exported(name: str) -> Exported:
    return Exported("work", (Digest.of(b"one"),), Path("/books") / name, Digest.of(name.encode()))


def _with_exports(place: Path) -> None:
    Exports(prepared(place)).remember([_exported("a.epub"), _exported("b.epub")], NOW)


def _drop(place: Path, tape: Tape) -> None:
    Exports(open_folder(place / "library")).drop(lambda one: one.path.name == "a.epub", NOW)
    tape.acknowledge(Dropped(Path("/books/a.epub")))


def _wrong_exports(place: Path, words: list[object]) -> list[str]:
    known = {one.path for one in Exports(open_folder(place / "library")).all()}
    still = [f"{word.path} is still remembered" for word in words if isinstance(word, Dropped) and word.path in known]
    return still + ["an export is no longer remembered"] * (Path("/books/b.epub") not in known)


def _after_dropping(place: Path) -> list[str]:
    Exports(open_folder(place / "library")).remember([_exported("c.epub")], NOW)
    return ["an export is not remembered"] * (
        Path("/books/c.epub") not in {one.path for one in Exports(open_folder(place / "library")).all()}
    )


FEW = {
    "wish": Scene(prepared, _wish, _wrong_library, _after_wishing),
    "exports written anew": Scene(_with_exports, _drop, _wrong_exports, _after_dropping),
}
"""All their states are few enough for every day."""

MANY = {"join": Scene(_two_libraries, _join, _wrong_library, _after_joining)}
