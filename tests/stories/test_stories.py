"""Every folder here is a case: a file, what a person promised of it, and what was understood of it when last accepted.

`pytest tests/stories --accept` writes what is understood now. It refuses where an old expectation would change
though no rule's version rose.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.stories.portrait import Portrait, portrait
from tests.stories.promises import Must, broken

from remnant.model import Reading
from remnant.understand.reader import understand_bytes

HERE = Path(__file__).parent
CASES = sorted(folder.parent for folder in HERE.glob("*/must.json"))
OF_A_CLAIM = "rules", "claims", "settled"
each_case = pytest.mark.parametrize("case", CASES, ids=lambda folder: folder.name)


def read(case: Path) -> Reading:
    [story] = case.glob("story.*")
    return understand_bytes(story.read_bytes())


@each_case
def test_a_story_is_understood_as_a_person_promised(case: Path) -> None:
    must: Must = json.loads((case / "must.json").read_text("utf-8"))

    words = broken(must, read(case))

    assert words == [], "\n".join(words)


@each_case
def test_a_reading_changes_only_when_its_rules_version_rises(case: Path, request: pytest.FixtureRequest) -> None:
    file = case / "expected.json"
    now = portrait(read(case))
    then: Portrait | None = json.loads(file.read_text("utf-8")) if file.exists() else None
    if request.config.getoption("--accept") and (then is None or not unearned(then, now)):
        file.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", "utf-8")
        return

    assert then is not None, "never accepted: run with --accept, read expected.json, commit it"
    assert unearned(then, now) == []
    assert without_versions(now) == without_versions(then), "the rules changed: read it, then run with --accept"


def test_a_change_that_no_version_speaks_for_is_refused() -> None:
    claim = "labels: title 'The Lamp'"
    then = {"reader": 3, "rules": {"labels": 1}, "claims": [claim], "settled": {"title": ["The Lamp"]}, "blocks": []}

    assert unearned(then, then) == []
    assert unearned(then, then | {"claims": [], "rules": {}}) != []
    assert unearned(then, then | {"blocks": ["story x2"]}) != []
    assert unearned(then, then | {"blocks": ["story x2"], "reader": 4}) == []
    assert unearned(then, then | {"reader": 4, "claims": [f"{claim}!"]}) != []
    assert unearned(then, then | {"reader": 4, "rules": {"labels": 2}, "claims": [f"{claim}!"]}) == []
    assert unearned(then, then | {"reader": 2}) != []


def unearned(then: Portrait, now: Portrait) -> list[str]:
    """What changed though the version of what made it did not rise; a version that fell counts too."""
    if now["reader"] < then["reader"]:
        return [f"the reader's version fell from {then['reader']} to {now['reader']}"]
    changed = [key for key in now if key not in {"reader", *OF_A_CLAIM} and now[key] != then.get(key)]
    if now["reader"] == then["reader"]:
        changed += [key for key in OF_A_CLAIM if now[key] != then[key]]
        return [f"{key} changed, and no rule's version rose" for key in changed]
    return [f"claims of {rule} changed, and its version did not rise" for rule in unearned_rules(then, now)]


def unearned_rules(then: Portrait, now: Portrait) -> list[str]:
    shared = {rule for rule, version in then["rules"].items() if now["rules"].get(rule) == version}
    return sorted(rule for rule in shared if claims_of(rule, then) != claims_of(rule, now))


def claims_of(rule: str, drawn: Portrait) -> list[str]:
    return [claim for claim in drawn["claims"] if claim.startswith(f"{rule}: ")]


def without_versions(drawn: Portrait) -> Portrait:
    return {key: value for key, value in drawn.items() if key not in {"reader", "rules"}}
