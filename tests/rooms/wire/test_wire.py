"""Every noun comes back from its JSON as it was."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.testimony import arrivals, claims, spots, times

from remnant.errors import NewerFormatError
from remnant.model import Arrival, Claim, Spot
from remnant.understand.reader import understand_bytes
from remnant.wire import arrival as arrival_wire
from remnant.wire import claim as claim_wire
from remnant.wire import reading as reading_wire
from remnant.wire import work as work_wire
from remnant.wire.canonical import canonical, parse, time_from_json, time_to_json


@given(arrivals)
def test_an_arrival_comes_back_whole(arrival: Arrival) -> None:
    back = arrival_wire.from_json(parse(canonical(arrival_wire.to_json(arrival))))

    assert back == arrival
    assert back.at == arrival.at


@given(claims())
def test_a_claim_comes_back_whole_with_the_id_it_was_given(claim: Claim) -> None:
    back = claim_wire.from_json(parse(canonical(claim_wire.to_json(claim))))

    assert back == claim
    assert claim_wire.claim_id(back) == claim.id


@given(spots)
def test_a_spot_comes_back_whole(spot: Spot) -> None:
    assert work_wire.spot_from_json(parse(canonical(work_wire.spot_to_json(spot)))) == spot


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_a_reading_comes_back_whole(data: bytes) -> None:
    reading = understand_bytes(data)
    record = parse(canonical(reading_wire.to_json(reading)))

    assert reading_wire.from_json(record, reading_wire.texts_of(reading)) == reading


@given(times)
def test_times_are_told_in_utc_and_come_back(at: datetime) -> None:
    assert time_from_json(time_to_json(at)) == at
    assert time_to_json(at).endswith("Z")


def test_a_record_of_a_newer_form_is_refused() -> None:
    with pytest.raises(NewerFormatError, match="newer Remnant"):
        arrival_wire.from_json({"v": 2})
