"""Law 9: adding the same thing twice adds nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.keep import NOW, contents, file_names, files_of, library, no_sync, put_all, sealing
from tests.strategies.testimony import claims

from remnant.durable import files
from remnant.keep.journal import Journal, Said
from remnant.keep.sealing import Kept, Sealing
from remnant.model import Claim, Digest


@pytest.fixture(autouse=True, scope="module")
def _no_power_fails() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync", no_sync)
        yield


@given(many=st.lists(st.tuples(contents, file_names), min_size=1, max_size=4), order=st.randoms(use_true_random=False))
def test_adding_the_same_files_again_changes_not_a_byte(
    tmp_path_factory: pytest.TempPathFactory, many: list[tuple[bytes, str]], order: random.Random
) -> None:
    folder = library(tmp_path_factory.mktemp("law"))
    put_all(folder, _sealings(many))
    put_all(folder, _sealings(many))
    before = files_of(folder.path)
    again = list(many) * 2
    order.shuffle(again)
    words = put_all(folder, _sealings(again))

    assert files_of(folder.path) == before
    assert [word.how.value for word in words if isinstance(word, Kept)] == ["kept"] * len(again)


@given(said=st.lists(claims(), max_size=4))
def test_saying_the_same_thing_again_changes_not_a_byte(
    tmp_path_factory: pytest.TempPathFactory, said: list[Claim]
) -> None:
    folder = library(tmp_path_factory.mktemp("law"))
    acts = [Said("work", Digest.of(b""), claim) for claim in said]
    Journal(folder).append(acts, NOW)
    before = files_of(folder.path)

    assert Journal(folder).append(acts, NOW) == 0
    assert files_of(folder.path) == before


def _sealings(many: list[tuple[bytes, str]]) -> list[Sealing]:
    return [sealing(data, name) for data, name in many]
