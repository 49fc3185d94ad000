"""Every fact that a known maker writes is promised by a case, and `docs/dialects.md` says what the cases promise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.stories.makers import BEGINS, HERE, PAGE, cases, page_with, promised
from tests.stories.test_stories import read

from remnant.model import Block, Reading, Region, Role
from remnant.understand.settle import settle

CASES = cases()
each_case = pytest.mark.parametrize("name", CASES)


def test_the_page_says_what_the_cases_promise(request: pytest.FixtureRequest) -> None:
    page = PAGE.read_text("utf-8")
    now = page_with(page, CASES)
    if request.config.getoption("--accept"):
        PAGE.write_text(now, "utf-8")
        page = now

    assert BEGINS in page
    assert page == now, "the cases changed: run with --accept, read docs/dialects.md, commit it"


@each_case
def test_a_case_promises_every_field_that_is_recovered(name: str) -> None:
    must = CASES[name]
    reading = read(HERE / name)

    assert {str(field) for field in settle(reading.claims).fields} - {"other"} == promised(must)
    assert bool(must.get("other")) == ("other" in settle(reading.claims).fields)


@each_case
def test_no_line_of_a_header_says_what_no_claim_says(name: str) -> None:
    reading = read(HERE / name)

    assert [block.text for block in unclaimed(reading)] == []


HEADER = frozenset({Role.HEADER, Role.TITLE, Role.BYLINE, Role.WARNING, Role.SPOILER})


def unclaimed(reading: Reading) -> Iterator[Block]:
    """Blocks around a story that say something, and are nobody's evidence; neither labels alone nor echoes."""
    heard = [region for claim in reading.claims for region in claim.evidence]
    values = {claim.value for claim in reading.claims}
    for block in reading.blocks:
        text = block.text.strip()
        says = block.role in HEADER and text and not text.endswith(":") and text not in values
        if says and not any(_meet(span.source, told) for span in block.spans for told in heard):
            yield block


def _meet(one: Region, other: Region) -> bool:
    return one.part == other.part and one.start < other.end and other.start < one.end
