"""Whatever happens to the files of an index: it can be made again, and nothing else happens."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies.find import BEGINNING, OPEN, looking

from remnant.find import embedded
from remnant.find.port import Entry, Facet, Index, IndexStale, Question, Sort
from remnant.find.query import parse
from remnant.model import Digest

READERS = looking(OPEN)

HARMS: dict[str, Callable[[bytes], bytes | None]] = {
    "gone": lambda _: None,
    "empty": lambda _: b"",
    "cut short": lambda data: data[: len(data) // 2],
    "zeroes": lambda data: bytes(len(data)),
    "garbage": lambda data: bytes(byte ^ 0x5A for byte in data),
}

STAMPS = [b"", b"{}", b"[" * 100_000, b'{"remnant_index": 0}', b'"' + b"x" * 100, b"\xff\xfe", b"null", b"7"]


def entries(words: str) -> Iterator[Entry]:
    for number in range(20):
        tags = {Facet.TAG: (f"tag {number}", "shared")}
        yield Entry(f"w{number:02}", (OPEN,), b"card", BEGINNING, title=f"No {number}", facets=tags, story=(words,))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    embedded.create(folder)
    index = embedded.open_to_write(folder)
    for words in ("a dragon", "a dragon in a tower"):
        index.put(entries(words))
        index.put_reading(Digest.of(b"reading"), "1", b"a reading")
        index.commit()
    index.close()
    return folder


def ask_everything(index: Index) -> None:
    for text in ("", "dragon", '"in a tower"', "-wyvern", "tag:shared dragon", "title:no"):
        for sort in Sort:
            index.search(Question(READERS, parse(text), sort, counted=tuple(Facet)))
    index.reading(Digest.of(b"reading"), "1")
    index.texts("w07")
    index.dump()
    index.counts()


def use(folder: Path) -> bool:
    """Read and write the index; whether it was all right, or said that it is stale."""
    try:
        for opened in (embedded.open_to_read, embedded.open_to_write):
            index = opened(folder)
            try:
                ask_everything(index)
                if opened is embedded.open_to_write:
                    index.put(entries("a wyvern"))
                    index.put_reading(Digest.of(b"reading"), "2", b"a reading")
                    index.commit()
                    ask_everything(index)
            finally:
                index.close()
    except IndexStale:
        return False
    return True


def is_made_again(folder: Path) -> bool:
    with embedded.making_again(folder) as index:
        index.put(entries("a wyvern"))
        index.commit()
    return use(folder)


@settings(max_examples=max(15, (settings.default.max_examples if settings.default else 60) // 8))
@given(data=st.data())
def test_harm_to_any_file_is_a_stale_index_and_no_crash(
    tmp_path_factory: pytest.TempPathFactory, sound: Path, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("harmed") / "index"
    shutil.copytree(sound, folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in data.draw(st.lists(st.sampled_from(files), min_size=1, max_size=2, unique=True)):
        harmed = HARMS[data.draw(st.sampled_from(sorted(HARMS)))](path.read_bytes())
        path.unlink()
        if harmed is not None:
            path.write_bytes(harmed)
    use(folder)

    assert is_made_again(folder)


@pytest.mark.parametrize("stamp", STAMPS)
def test_any_other_stamp_is_stale(tmp_path: Path, sound: Path, stamp: bytes) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sound, folder)
    (folder / "stamp.json").write_bytes(stamp)

    assert not use(folder)
    assert is_made_again(folder)


def test_the_stamp_of_another_version_is_stale(tmp_path: Path, sound: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sound, folder)
    stamp = (folder / "stamp.json").read_text()
    (folder / "stamp.json").write_text(stamp.replace("tantivy v", "tantivy v9"))

    assert stamp != (folder / "stamp.json").read_text()
    assert not use(folder)


def test_rot_that_only_a_writer_meets_is_found_once_a_writer_has_died_of_it(tmp_path: Path, sound: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sound, folder)
    rotten = next(folder.glob("data-*/text/*.store"))
    data = bytearray(rotten.read_bytes())
    data[0] ^= 1
    rotten.write_bytes(data)
    (rotten.parent.parent / "writing").touch()

    with pytest.raises(IndexStale):
        embedded.open_to_write(folder)
    assert is_made_again(folder)


def test_a_writer_that_died_without_harm_costs_no_index(tmp_path: Path, sound: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sound, folder)
    (next(folder.glob("data-*")) / "writing").touch()

    assert use(folder)


def test_damage_that_a_reader_met_is_known_to_the_next_writer(tmp_path: Path, sound: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sound, folder)
    index = embedded.open_to_read(folder)
    for path in folder.glob("data-*/text/meta.json"):
        path.write_bytes(b"{}")
    with pytest.raises(IndexStale):
        ask_everything(index)
    index.close()

    with pytest.raises(IndexStale):
        embedded.open_to_write(folder)


ROTTEN = [("told", "texts"), ("value", "value")]


def rot(folder: Path, table: str, column: str) -> None:
    """Turn one bit of one value in the file of the catalogue: SQLite does not see it."""
    (catalogue,) = folder.glob("data-*/catalogue.sqlite")
    with closing(sqlite3.connect(catalogue)) as sql:
        sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sql.execute("PRAGMA journal_mode = DELETE")
        (value,) = sql.execute(f"SELECT {column} FROM {table} ORDER BY rowid LIMIT 1 OFFSET 7").fetchone()
    rotten = bytearray(value)
    rotten[len(rotten) // 2] ^= 0x80
    catalogue.write_bytes(catalogue.read_bytes().replace(value, rotten))


@pytest.mark.parametrize(("table", "column"), ROTTEN)
def test_one_bit_turned_in_a_value_is_damage_that_the_next_writer_knows_of(
    table: str, column: str, tmp_path: Path, sound: Path
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sound, folder)
    rot(folder, table, column)
    before = embedded.is_doubted(folder)

    assert not use(folder)
    assert (before, embedded.is_doubted(folder)) == (False, True)
    assert is_made_again(folder)
    assert not embedded.is_doubted(folder)
