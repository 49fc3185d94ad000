"""A dump and its chapters are one archive, in whatever order and however they came."""

from __future__ import annotations

import gzip
import itertools
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.strategies import libraries
from tests.strategies.libraries import READER

from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.correcting import change_of, correct
from remnant.library.giving import book
from remnant.library.knowing import known
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild

DUMP = b"""-- a backup
INSERT INTO lamp_authors (uid, penname, email) VALUES (4, 'Odile', 'odile@example.org');
INSERT INTO lamp_stories (sid, title, summary, uid, completed) VALUES (31, 'Nine Steps', 'The boiler.', 4, '1');
INSERT INTO lamp_chapters (chapid, title, inorder, storytext, sid, uid) VALUES
(102, 'Below', 2, '', 31, 4), (101, 'Above', 1, '', 31, 4);
"""
CHAPTERS = {
    "stories/4/101.txt": b"There were nine steps, and Noor counted them.<br />\nShe had a lamp.",
    "stories/4/102.txt": "The caf\xe9 below was dark.<br />\nNobody came.".encode("cp1252"),
    "stories/4/999.txt": b"Title: Another Story\n\nIt was not in any table, and yet here it is.\n\nSo it stays.",
}


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with libraries.shared_pool() as pool:
        yield pool


@pytest.fixture
def library(pool: Pool, tmp_path: Path) -> Iterator[Library]:
    with libraries.library_at(tmp_path / "library", pool) as library:
        yield library


def laid(folder: Path, *paths: str) -> Path:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(DUMP if path.endswith(".sql") else CHAPTERS[path])
    return folder


def titles(library: Library) -> list[tuple[str, int]]:
    return sorted((hit.label, hit.measure.sections) for hit in search(library, READER).hits)


def test_an_archive_is_its_stories_and_a_file_in_no_table_is_one_more(library: Library, tmp_path: Path) -> None:
    added = add(library, [laid(tmp_path / "site", "dump.sql", *CHAPTERS)])
    [story] = search(library, READER, "nine").hits
    text = book(library, READER, story.work, "txt").data.decode()

    assert titles(library) == [("Another Story", 1), ("Nine Steps", 2)]
    assert text.index("Noor counted") < text.index("café below") < text.index("Nobody came")
    assert known(library, READER, story.work).fields
    assert len(set(added.works)) == 2


def test_every_order_of_coming_gives_the_same(pool: Pool, tmp_path: Path) -> None:
    found = set()
    things = ["dump.sql", "stories/4/101.txt", "stories/4/102.txt"]
    for number, order in enumerate(itertools.permutations(things)):
        with libraries.library_at(tmp_path / f"library {number}", pool) as library:
            for path in order:
                add(library, [laid(tmp_path / f"came {number}" / "site", path)], clock=libraries.ticking())
            assert titles(library) == [("Nine Steps", 2)]
            grown = library.index().dump()
            rebuild(library)
            assert library.index().dump() == grown
            found |= {hit.work for hit in search(library, READER).hits}

    assert len(found) == 1


def test_a_correction_stays_when_a_missing_chapter_turns_up(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "site", "dump.sql", "stories/4/101.txt")])
    [story] = search(library, READER).hits
    correct(library, "Ann", story.work, [change_of("title=Ten Steps")], clock=libraries.ticking())
    add(library, [laid(tmp_path / "site", "stories/4/102.txt")])
    [later] = search(library, READER).hits

    assert (later.work, later.label, later.measure.words) == (story.work, "Ten Steps", story.measure.words + 7)


def test_what_came_in_one_container_belongs_together(library: Library, tmp_path: Path) -> None:
    site = laid(tmp_path / "site", "db/dump.sql", *CHAPTERS)
    with tarfile.open(tmp_path / "backup.tar", "w") as archive:
        archive.add(site, "site")
    (tmp_path / "backup.tar.gz").write_bytes(gzip.compress((tmp_path / "backup.tar").read_bytes()))
    add(library, [tmp_path / "backup.tar.gz"])

    assert titles(library) == [("Another Story", 1), ("Nine Steps", 2)]


def test_another_archives_chapters_are_left_alone(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "one", "dump.sql")])
    add(library, [laid(tmp_path / "two", "stories/4/101.txt")])

    assert len(search(library, READER).hits) == 2


ARCHIVE_DB = b"""%FILES = (
1 => {
\tTitle => 'Nine Steps',
\tAuthor => 'Odile',
\tLocation => '1/nine',
\tFileType => 'html',
},
);
1;
"""


def test_an_automated_archives_record_takes_its_file(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "aa"
    (folder / "archive/1").mkdir(parents=True)
    (folder / "archive/1/nine.html").write_bytes(b"<html><body><p>There were nine steps.</p></body></html>")
    add(library, [folder])
    assert [hit.label for hit in search(library, READER).hits] != ["Nine Steps"]
    (folder / "ARCHIVE_DB.pl").write_bytes(ARCHIVE_DB)
    add(library, [folder])
    [story] = search(library, READER).hits

    assert (story.label, story.measure.words) == ("Nine Steps", 4)
    assert "There were nine steps." in book(library, READER, story.work, "txt").data.decode()
