"""Law 9: adding the same thing twice adds nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import libraries
from tests.strategies.keep import files_of

from remnant.library.adding import add
from remnant.library.opening import Library
from remnant.library.pool import Pool

SOME = settings(max_examples=max(5, settings().max_examples // 12))
DERIVED = ("index/", "locks/", "staging/")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with libraries.shared_pool() as pool:
        yield pool


@SOME
@given(
    files=st.lists(libraries.files, min_size=1, max_size=6), archived=st.booleans(), stop=st.none() | st.integers(0, 9)
)
def test_adding_the_same_twice_adds_nothing(
    files: list[bytes], archived: bool, stop: int | None, pool: Pool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        libraries.a_folder(tmp_path_factory.getbasetemp()) as place,
        libraries.library_at(place / "library", pool) as library,
    ):
        came = libraries.write_all(place / "in", files)
        if archived:
            libraries.zipped(came / "some.zip", {f"inside {n}.txt": data for n, data in enumerate(files)})
        clock = libraries.ticking()
        if stop is not None:
            add(library, [came], clock=clock, stop=libraries.stops_after(stop))
        once = add(library, [came], clock=clock)
        kept, indexed = _kept(library), library.index().dump()
        twice = add(library, [came], clock=clock)

        assert not twice.kept
        assert not twice.works
        assert not twice.refused
        assert len(twice.twins) == len(once.kept) + len(once.twins)
        assert _kept(library) == kept
        assert library.index().dump() == indexed


def _kept(library: Library) -> dict[str, bytes]:
    """Everything that is not derived, byte for byte."""
    return {name: data for name, data in files_of(library.path).items() if not name.startswith(DERIVED)}
