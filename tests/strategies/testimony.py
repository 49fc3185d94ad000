"""Claims, arrivals and spots of every shape, for tests of any room."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from remnant.model import Arrival, Claim, Confidence, Digest, Field, Original, Person, Region, Rule, Spot
from remnant.wire.claim import new_claim

any_text = st.text(st.characters(exclude_categories=[]), max_size=40)
"""Lone surrogates and controls included: file names and stories hold them."""

times = st.datetimes(datetime(1970, 1, 2), datetime(9999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
digests = st.binary(max_size=8).map(Digest.of)
originals = st.builds(Original, digests, st.integers(0, 2**40))
arrivals = st.builds(
    Arrival,
    original=originals,
    door=st.sampled_from(["folder", "archive", "upload"]),
    name=any_text,
    at=times,
    inside=st.lists(any_text, max_size=3).map(tuple),
    from_whom=st.none() | any_text,
    terms=st.none() | any_text,
)
spots = st.builds(
    Spot,
    original=digests,
    piece=any_text,
    part=any_text,
    start=st.none() | st.integers(0, 10**6),
    end=st.none() | st.integers(0, 10**6),
    quote=any_text,
    before=any_text,
    after=any_text,
)


@st.composite
def regions(draw: st.DrawFn) -> Region:
    start = draw(st.integers(0, 10**6))
    encoding = draw(st.sampled_from(["ascii", "utf-8", "cp1252"]))
    return Region(draw(digests), draw(any_text), encoding, start, start + draw(st.integers(0, 500)))


rules = st.builds(Rule, st.sampled_from(["header", "notices", "songs"]), st.integers(1, 9))
persons = st.builds(Person, st.sampled_from(["Ada", "Béa", "赵"]), times)
details = st.dictionaries(
    st.sampled_from(["canon", "part", "relation", "people"]),
    st.none() | any_text | st.booleans() | st.integers(-9, 9) | st.lists(any_text, max_size=3).map(tuple),
    max_size=3,
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    return new_claim(
        draw(st.sampled_from(list(Field))),
        draw(st.none() | any_text),
        draw(rules | persons),
        draw(st.sampled_from(list(Confidence))),
        draw(st.sampled_from(["0", "1", "a.xhtml"])),
        draw(st.lists(regions(), max_size=2)),
        normalised=draw(st.none() | any_text),
        detail=draw(details),
        sensitive=draw(st.booleans()),
    )
