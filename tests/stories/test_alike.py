"""Folders with two files: what these are to one another, as a person promised before looking.

`alike.json` says it; `alike_expected.json` is what was measured when it was last accepted.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from remnant.model import Alike, Likeness
from remnant.understand.likeness import RUN, compare, likeness_of, traces
from remnant.understand.reader import understand_bytes

HERE = Path(__file__).parent
CASES = sorted(folder.parent for folder in HERE.glob("*/alike.json"))
each_case = pytest.mark.parametrize("case", CASES, ids=lambda folder: folder.name)


def read(case: Path, side: str) -> Likeness:
    [file] = case.glob(f"{side}.*")
    reading = understand_bytes(file.read_bytes())
    found = likeness_of(reading, reading.pieces)
    assert found is not None
    assert found.words > 10 * RUN
    return found


def drawn(alike: Alike) -> dict[str, object]:
    shares = [round(share, 2) for share in alike.shares]
    told = {"unchanged": alike.unchanged, "changed": alike.changed, "new": alike.new, "longer": alike.longer}
    return {"kinship": alike.kinship.value, "exact": alike.exact, "shares": shares, **told}


@each_case
def test_two_files_are_to_one_another_what_a_person_promised(case: Path) -> None:
    must = json.loads((case / "alike.json").read_text("utf-8"))
    one, other = read(case, "one"), read(case, "other")
    alike = compare(one, other)

    assert (alike.kinship.value, alike.exact) == (must["kinship"], must["exact"])
    assert (len({*traces(one)} & {*traces(other)}) >= 2) is must["proposed"]
    assert compare(other, one).kinship is alike.kinship


@each_case
def test_what_is_measured_changes_only_when_it_is_accepted(case: Path, request: pytest.FixtureRequest) -> None:
    file = case / "alike_expected.json"
    now = drawn(compare(read(case, "one"), read(case, "other")))
    if request.config.getoption("--accept"):
        file.write_text(json.dumps(now, indent=1) + "\n", "utf-8")

    assert json.loads(file.read_text("utf-8")) == now
