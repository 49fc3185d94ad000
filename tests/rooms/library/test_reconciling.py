"""An archive accounted for: every file, row and mail is found, missing, cut, there twice or in no table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.rooms.library.test_bundles import CHAPTERS, laid
from tests.strategies import libraries
from tests.strategies.libraries import READER

from remnant.errors import RefusedError
from remnant.library.adding import add
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.reconciling import reconcile

STORIES = Path(__file__).parents[2] / "stories"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with libraries.shared_pool() as pool:
        yield pool


@pytest.fixture
def library(pool: Pool, tmp_path: Path) -> Iterator[Library]:
    with libraries.library_at(tmp_path / "library", pool) as library:
        yield library


def test_files_and_rows_are_reconciled(library: Library, tmp_path: Path) -> None:
    site = laid(tmp_path / "site", "dump.sql", "stories/4/101.txt", "stories/4/999.txt")
    (site / "again.txt").write_bytes(CHAPTERS["stories/4/999.txt"])
    add(library, [site])
    add(library, [laid(tmp_path / "elsewhere", "stories/4/102.txt")])
    before = library.index().dump()
    told = reconcile(library, READER, "site")

    assert (told.originals, told.found, told.used) == (3, {"story": 2}, 1)
    assert [remark.message for remark in told.missing] == [
        "A chapter's text is not in the dump, and its file is not here: 4/102.txt."
    ]
    assert not told.whole
    assert library.index().dump() == before


def test_mails_are_reconciled(library: Library, tmp_path: Path) -> None:
    add(library, [STORIES / "mbox_story_in_two_parts" / "story.mbox", STORIES / "web_archive" / "story.warc"])
    mails, pages = reconcile(library, READER, "story.mbox"), reconcile(library, READER, "story.warc")

    assert (mails.found, len(mails.repeated), mails.whole) == ({"letter": 1, "story": 1}, 1, True)
    assert (pages.found, len(pages.lost), pages.whole) == ({"story": 2}, 1, False)


def test_a_name_that_nothing_came_under_is_refused(library: Library) -> None:
    with pytest.raises(RefusedError, match="Nothing came here"):
        reconcile(library, READER, "nothing")
