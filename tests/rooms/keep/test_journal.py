"""What people said is kept as they said it, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.keep import NOW, library, no_sync
from tests.strategies.testimony import arrivals, claims, digests

from remnant.durable import files
from remnant.keep.audit import Audit, Grade
from remnant.keep.chain import link
from remnant.keep.journal import Act, Arrived, Journal, Said
from remnant.model import (
    Arrival,
    Claim,
    Confidence,
    Digest,
    Field,
    Likened,
    Likening,
    Original,
    Person,
    Rule,
    Told,
)
from remnant.wire import claim as claim_wire
from remnant.wire.canonical import Json
from remnant.wire.likened import new_likened

ORIGINAL = Digest.of(b"story")
CLAIM = claim_wire.new_claim(Field.TAG, "sad", Person("ann", NOW), Confidence.STATED, "piece")


@pytest.fixture(autouse=True, scope="module")
def _no_power_fails() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync", no_sync)
        yield


ids = st.text("abc234567", min_size=3, max_size=16)
likenings = st.builds(
    new_likened,
    st.sampled_from(Likening),
    st.lists(st.builds(Told, ids, digests), min_size=1, max_size=2),
    st.builds(Person, st.text(max_size=5), st.just(NOW)) | st.just(Rule("likeness", 1)),
    ids,
    st.none() | ids,
)
acts = st.builds(Said, ids, digests, claims()) | st.builds(Arrived, arrivals) | likenings


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


def _said(claim: Claim) -> Json:
    return {"kind": "said", "work": "abc", "original": f"sha512:{ORIGINAL.hex}", "claim": claim_wire.to_json(claim)}


def _unknown() -> list[Json]:
    good = _said(CLAIM)
    claim = good["claim"]
    return [
        good | {"claim": claim | {"field": "mood"}},
        good | {"claim": {key: value for key, value in claim.items() if key != "evidence"}},
        good | {"claim": claim | {"detail": 7}},
        good | {"at": "one day"},
        {"kind": "arrived", "arrival": {"v": 2}},
        {"kind": "wished", "for": "more"},
        {"kind": ["said"]},
    ]


@pytest.mark.parametrize("unknown", _unknown(), ids=range(7))
def test_a_line_that_is_not_known_here_is_passed_over_and_remarked(tmp_path: Path, unknown: Json) -> None:
    folder = library(tmp_path)
    known = Said("abc", ORIGINAL, CLAIM)
    Journal(folder).append([known], NOW)
    path = folder.journal / f"{folder.replica}.jsonl"
    path.write_bytes(
        path.read_bytes() + link([{"at": "2026-03-01T12:00:00Z", **unknown}], Journal(folder).heads()[folder.replica])
    )
    more = Arrived(Arrival(Original(ORIGINAL, 1), "file", "a.txt", NOW))
    Journal(folder).append([more], NOW)
    verdicts = list(Audit(folder).verdicts())

    assert [entry.act for entry in Journal(folder).acts()] == [known, more]
    assert [verdict.grade for verdict in verdicts] == [Grade.REMARK]
    assert "line 3 is whole, cannot be read" in verdicts[0].what


def test_an_empty_journal_has_no_heads_and_no_file(tmp_path: Path) -> None:
    folder = library(tmp_path)
    Journal(folder).append([], NOW)

    assert Journal(folder).heads() == {}
    assert not list(folder.journal.glob("*.jsonl"))


def _first_of_each(said: Sequence[Act]) -> list[Act]:
    """Each act once; of an arrival also every sighting that is earlier than those before."""
    kept: list[Act] = []
    since: dict[object, datetime] = {}
    key: object
    for act in said:
        match act:
            case Said(work, original, claim):
                key, at = (work, original, claim.id), NOW
            case Arrived(arrival):
                key, at = arrival, arrival.at
            case Likened(id=identity):
                key, at = identity, NOW
            case _:
                raise AssertionError(act)
        if key not in since or at < since[key]:
            kept.append(act)
            since[key] = at
    return kept
