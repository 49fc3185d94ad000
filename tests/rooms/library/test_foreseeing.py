"""Who keeps nothing is told what would be understood together, by the places of what came."""

from __future__ import annotations

from pathlib import Path

from tests.rooms.library.test_calibre import FILES, FOLDER
from tests.strategies import sites
from tests.strategies.libraries import READER
from tests.strategies.shelves import laid

from remnant.library.bundling import Together
from remnant.library.reading import understand_files
from remnant.library.rehearsing import rehearse

EXPECTED = [
    Together(f"shelf/{FOLDER}/Nine Steps - Odile.epub", (), "a book of a calibre library", 3),
    Together(f"shelf/{FOLDER}/Nine Steps - Odile.html", (), "a book of a calibre library", 2),
    Together("site/index.html", (), "a list of pages", 11),
]


def test_a_dry_run_and_understanding_foresee_the_same(tmp_path: Path) -> None:
    paths = [laid(tmp_path / "shelf", FILES), laid(tmp_path / "site", sites.FILES)]
    told = [one for one in understand_files(paths, READER) if isinstance(one, Together)]

    assert told == EXPECTED
    assert list(rehearse(tmp_path / "library", paths).together) == EXPECTED
