"""What people said is kept as they said it, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.keep import NOW, library, no_sync
from tests.strategies.testimony import arrivals, claims, digests

from remnant.durable import files
from remnant.keep.journal import Act, Arrived, Journal, Said
from remnant.model import Arrival, Digest, Original


@pytest.fixture(autouse=True, scope="module")
def _no_power_fails() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync", no_sync)
        yield


acts = st.builds(Said, st.text("abc234567", min_size=3, max_size=16), digests, claims()) | st.builds(Arrived, arrivals)


@given(said=st.lists(acts, max_size=6))
def test_acts_come_back_as_they_were_in_their_order(
    tmp_path_factory: pytest.TempPathFactory, said: Sequence[Act]
) -> None:
    folder = library(tmp_path_factory.mktemp("journal"))
    written = sum(Journal(folder).append([act], NOW) for act in said)
    again = sum(Journal(folder).append([act], NOW) for act in said)
    back = [entry.act for entry in Journal(folder).acts()]

    assert again == 0
    assert written == len(back)
    assert back == _first_of_each(said)


def test_only_what_is_new_is_read_past_the_heads(tmp_path: Path) -> None:
    folder = library(tmp_path)
    journal = Journal(folder)
    one, other = (Arrived(Arrival(Original(Digest.of(name), 1), "file", "a.txt", NOW)) for name in (b"1", b"2"))
    journal.append([one], NOW)
    heads = Journal(folder).heads()
    journal.append([one, other], NOW)

    assert [entry.act for entry in journal.acts(heads)] == [other]
    assert next(iter(journal.acts(heads))).head == journal.heads()[folder.replica]


def test_an_empty_journal_has_no_heads_and_no_file(tmp_path: Path) -> None:
    folder = library(tmp_path)
    Journal(folder).append([], NOW)

    assert Journal(folder).heads() == {}
    assert not list(folder.journal.glob("*.jsonl"))


def _first_of_each(said: Sequence[Act]) -> list[Act]:
    first: dict[object, Act] = {}
    for act in said:
        first.setdefault((act.work, act.original, act.claim.id) if isinstance(act, Said) else act.arrival, act)
    return list(first.values())
