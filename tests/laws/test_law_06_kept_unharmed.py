"""Law 6: what is kept comes back unharmed; damage is named or mended, never handed out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.keep import contents, file_names, library, no_sync, put_all, sealing

from remnant.durable import files
from remnant.errors import DamageError
from remnant.keep.audit import Audit, Grade
from remnant.keep.folder import Folder
from remnant.keep.ocfl import id_at, object_id
from remnant.keep.shelf import Shelf
from remnant.model import Digest


@pytest.fixture(autouse=True, scope="module")
def _no_power_fails() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync", no_sync)
        yield


stories = st.lists(st.tuples(contents, file_names), min_size=1, max_size=4)


@given(many=stories)
def test_what_is_kept_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, many: list[tuple[bytes, str]]
) -> None:
    folder = library(tmp_path_factory.mktemp("law"))
    put_all(folder, [sealing(data, name) for data, name in many])
    shelf = Shelf(folder)
    first = dict(reversed(many))
    verdicts = list(Audit(folder).verdicts())

    assert [shelf.get(Digest.of(data)) for data, _ in many] == [data for data, _ in many]
    assert {shelf.arrival(Digest.of(data)).name for data in first} <= {name for _, name in many}
    assert {original.digest for original in shelf.all()} == {Digest.of(data) for data in first}
    assert {verdict.grade for verdict in verdicts} == {Grade.WHOLE}
    assert len(verdicts) == len(first)


def _flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at // 8 % len(data)] ^= 1 << at % 8
    path.unlink()
    path.write_bytes(data)


def _cut(path: Path, at: int) -> None:
    path.chmod(0o644)
    os.truncate(path, at % path.stat().st_size)


def _grow(path: Path, at: int) -> None:
    path.chmod(0o644)
    with path.open("ab") as file:
        file.write(bytes([at % 256]))


def _zero(path: Path, _at: int) -> None:
    size = path.stat().st_size
    path.unlink()
    path.write_bytes(b"\0" * size)


def _lose(path: Path, _at: int) -> None:
    path.unlink()


def _move(path: Path, _at: int) -> None:
    path.rename(path.with_name(path.name + ".1"))


@given(
    many=st.lists(contents.filter(bool), min_size=1, max_size=3, unique=True),
    where=st.integers(0, 10**6),
    at=st.integers(0, 10**5),
    harm=st.sampled_from([_flip, _cut, _grow, _zero, _lose, _move]),
)
def test_damage_is_named_and_a_good_copy_mends_it(
    tmp_path_factory: pytest.TempPathFactory, many: list[bytes], where: int, at: int, harm: object
) -> None:
    assert callable(harm)
    folder = library(tmp_path_factory.mktemp("law"))
    put_all(folder, map(sealing, many))
    paths = sorted(path for path in folder.shelf.glob("???/*/**/*") if path.is_file())
    victim = paths[where % len(paths)]
    harm(victim, at)
    identity = id_at("/".join(victim.relative_to(folder.shelf).parts[:2]))
    named = [verdict.digest for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]
    handed_out = [_handed_out(folder, data) for data in many]
    put_all(folder, map(sealing, many))

    assert [object_id(digest) for digest in named if digest] == [identity]
    assert all(out in (None, data) for out, data in zip(handed_out, many, strict=True))
    assert [Shelf(folder).get(Digest.of(data)) for data in many] == many
    assert not [verdict for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]


def _handed_out(folder: Folder, data: bytes) -> bytes | None:
    try:
        with Shelf(folder).open(Digest.of(data)) as stream:
            whole = stream.read()
        assert Shelf(folder).get(Digest.of(data)) == whole
    except DamageError:
        return None
    return whole


def test_every_flipped_bit_of_an_object_is_noticed(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put_all(folder, [sealing(b"x", "a.txt")])
    digest = Digest.of(b"x")
    home = Shelf(folder).path_of(digest).parents[2]
    missed = []
    for path in sorted(path for path in home.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        path.unlink()
        # What its own digest covers is tried at one bit of every byte, all else at every bit.
        for at in range(0, len(whole) * 8, 9 if path.suffix == ".json" else 1):
            harmed = bytearray(whole)
            harmed[at // 8] ^= 1 << at % 8
            path.write_bytes(harmed)
            if not Shelf(folder).check(digest).harms:
                missed.append((path.name, at))
        path.write_bytes(whole)

    assert missed == []
    assert not Shelf(folder).check(digest).harms
