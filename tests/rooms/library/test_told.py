"""The catalogue and the pages are told anew only where something changed, and say the same as if all were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.strategies.libraries import READER, library_at, shared_pool, story, write_all

from remnant.library import cataloguing, told
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.correcting import change_of, correct
from remnant.library.opening import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    tales = [story(f"Tale {number}", "Ann", f"It rained {number} times.") for number in range(5)]
    with shared_pool() as pool, library_at(tmp_path / "library", pool) as made:
        add(made, sorted(write_all(tmp_path / "in", tales).iterdir()))
        yield made


def _said(library: Library) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in (*library.path.glob("index*.html"), library.path / "catalogue.tsv")
    }


def _anew(library: Library) -> dict[str, bytes]:
    (library.folder.index / told.NAME).unlink()
    cataloguing.write(library, library.index())
    return _said(library)


def test_only_what_changed_is_told_anew_and_the_whole_says_the_same(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    tell = cataloguing._tell

    def telling(at: Library, card: bytes) -> tuple[told.Telling, bool]:
        asked.append(card)
        return tell(at, card)

    monkeypatch.setattr(cataloguing, "_tell", telling)
    work = search(library, READER, "title:tale").hits[0].work
    correct(library, "ann", work, [change_of("title=Secretword")])
    first, changed = len(asked), _said(library)
    correct(library, "ann", work, [change_of("title=Otherword")])
    kept = b"".join(path.read_bytes() for path in library.folder.index.glob(f"{told.NAME}*"))

    assert (first, len(asked)) == (1, 2)
    assert b"Secretword" in changed["catalogue.tsv"]
    assert _said(library) == _anew(library) != changed
    assert b"Otherword" in kept
    assert b"Secretword" not in kept


@pytest.mark.parametrize("harm", [b"", b"not a database, but as long as the head of one would be" * 40])
def test_a_spoilt_cache_is_begun_anew(library: Library, harm: bytes) -> None:
    before = _said(library)
    (library.folder.index / told.NAME).write_bytes(harm)
    cataloguing.write(library, library.index())

    assert _said(library) == before == _anew(library)


def test_what_could_not_be_found_is_looked_for_again(library: Library) -> None:
    """An original that lies elsewhere for a while, as when it is mended, has its link again afterwards."""
    before = _said(library)
    (digest,) = search(library, READER, "title:tale").hits[0].originals
    place = library.shelf.path_of(digest)
    (library.folder.index / told.NAME).unlink()
    place.rename(place.with_name("away"))
    cataloguing.write(library, library.index())
    without = _said(library)
    place.with_name("away").rename(place)
    cataloguing.write(library, library.index())

    assert without["index.html"].count(b"Open the original") == before["index.html"].count(b"Open the original") - 1
    assert _said(library) == before
