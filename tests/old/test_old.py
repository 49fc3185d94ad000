"""A library that any earlier Remnant wrote opens, for ever."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.strategies.keep import files_of
from tests.strategies.libraries import BEGAN, READER, library_at, shared_pool, story, write_all

from remnant.errors import NewerFormatError
from remnant.keep import migrating
from remnant.keep.folder import MARKER, open_folder
from remnant.keep.ledger import Event, Ledger
from remnant.keep.readers import ReaderFile
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.checking import check
from remnant.library.indexing import catch_up
from remnant.library.knowing import came, known
from remnant.library.opening import Library, open_library
from remnant.library.pool import Pool
from remnant.model import Field

HERE = Path(__file__).parent
FROZEN = sorted(path.parent for path in HERE.glob("*/library"))


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with shared_pool() as pool:
        yield pool


@pytest.fixture(params=FROZEN, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(request.param / "library", tmp_path / "library"))


@contextmanager
def _opened(path: Path, pool: Pool) -> Iterator[Library]:
    with library_at(path, pool) as library:
        migrating.migrate(library.folder, BEGAN)
        yield library


def test_there_is_an_old_library_for_every_form() -> None:
    assert [path.name for path in FROZEN][:1] == ["lines_1"]


def test_it_is_whole_and_says_all_it_said(old: Path, pool: Pool) -> None:
    with _opened(old, pool) as library:
        checked = check(library, READER)
        catch_up(library)
        ferry = search(library, READER, "title:ferry").hits[0].work
        shown = known(library, READER, ferry)

        assert checked.harmed == ()
        assert checked.originals == 6
        assert {hit.label for hit in search(library, READER).hits} >= {"The Ferry", "The Tram", "The Harmed"}
        assert shown.fields[Field.FANDOM] == ("Harbour Lights",)
        assert shown.fields[Field.TAG] == ("tea",)
        assert [arrival.name for arrival in came(library, READER, ferry).arrivals] == [
            "came/ferry.txt",
            "once more.txt",
        ]
        assert ferry in ReaderFile(library.folder, READER.name).spots()


def test_its_originals_are_never_touched_and_what_changes_is_written_down(
    old: Path, pool: Pool, tmp_path: Path
) -> None:
    before = files_of(old / "shelf")
    with _opened(old, pool) as library:
        add(library, [write_all(tmp_path / "in", [story("Another")])])
        events = [entry.what for entry in library.ledger.lines() if isinstance(entry.what, Event)]

        assert check(library, READER).harmed == ()
        assert [event.kind for event in events].count("migrated") == 1
        assert files_of(old / "shelf").items() >= before.items()
        assert not migrating.migrate(library.folder, BEGAN)


def test_where_nothing_may_be_written_it_is_read_as_it_is(old: Path, pool: Pool) -> None:
    before = files_of(old)
    (old / MARKER).rename(old / "0=remnant_library_7")
    folder = open_folder(old)

    assert folder.newer
    assert not migrating.migrate(folder, BEGAN)
    assert len(Ledger(folder).promised()) == 6
    with pytest.raises(NewerFormatError, match="nothing was changed"):
        Ledger(folder).promise([], BEGAN)
    (old / "0=remnant_library_7").rename(old / MARKER)
    assert files_of(old) == before


def test_opening_brings_the_readme_up_to_date(old: Path) -> None:
    with open_library(old, BEGAN):
        pass

    assert (old / "README.txt").read_bytes() == (Path(migrating.__file__).parent / "readme.txt").read_bytes()
