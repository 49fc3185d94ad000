"""`remnant duplicates`: what is undecided, why, how two differ, and a word that is undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.rooms.cli.faces import Do
from tests.strategies.libraries import write_all
from tests.strategies.tales import chapter, edited, text

ONE, TWO, THREE, FOUR, FIVE = map(chapter, range(5))


@pytest.fixture
def works(do: Do, tmp_path: Path) -> list[str]:
    do("add", write_all(tmp_path / "in", [text(ONE, TWO), text(ONE, edited(TWO), THREE, title="The \x1b[31mTram")]))
    return sorted(one["work"] for one in json.loads(do("find", "--json")[1])["works"])


def listed(do: Do) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(do("duplicates", "--json")[1])
    return answer


def test_the_queue_says_why(do: Do, works: list[str]) -> None:
    code, told, _ = do("duplicates")
    (group,) = listed(do)["groups"]

    assert code == 0
    assert "1 group that may each be one story: 1 more chapters. Page 1 of 1." in told
    assert "chapters: 1 unchanged, 1 changed, 1 new." in " ".join(told.split())
    assert "\x1b" not in told
    assert sorted(one["work"] for one in group["works"]) == works
    assert group["works"][1]["to_first"]["chapters"] == {"unchanged": 1, "changed": 1, "new": 1}
    assert do("duplicates", "--kind", "same words", "--json")[1].count('"total": 0')


def test_a_difference_marks_words(do: Do, works: list[str]) -> None:
    group = listed(do)["groups"][0]
    newer, older = (one["work"] for one in group["works"])
    _, told, _ = do("duplicates", "diff", older, newer)
    chapters = json.loads(do("duplicates", "diff", older, newer, "--json")[1])["chapters"]

    assert "{+altogether+}" in told
    assert "unchanged" in told
    assert [one["changed"] for one in chapters] == [False, True, True]


def test_a_word_is_rehearsed_said_and_undone(do: Do, works: list[str]) -> None:
    rehearsed = do("duplicates", "accept", works[0][:8], "--dry-run")[1]
    before = listed(do)["total"]
    said = json.loads(do("duplicates", "accept", works[0][:8], "--json")[1])
    found = json.loads(do("find", "--json")[1])["works"]
    shown = json.loads(do("show", works[0], "--json")[1])
    decided = do("duplicates", "decided")[1]
    do("duplicates", "undo", said["decision"])

    assert "Nothing was written." in rehearsed
    assert before == 1
    assert said["groups"] == [works]
    assert len(found) == 1
    assert sorted(one["work"] for one in shown["tellings"]) == works
    assert said["decision"] in decided
    assert "one story (reader, " in decided
    assert listed(do)["total"] == 1


def test_what_is_rejected_stays_so_and_bulk_takes_only_the_same_words(do: Do, works: list[str], tmp_path: Path) -> None:
    do("add", write_all(tmp_path / "more", [text(FOUR, FIVE), text(FOUR, FIVE, title="Twin")]))
    do("duplicates", "reject", *works)
    accepted = json.loads(do("duplicates", "accept", "--all-same-words", "--json")[1])

    assert len(accepted["groups"]) == 1
    assert listed(do)["total"] == 0
    assert "No works here look like one story" in do("duplicates")[1]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("burn", "abc"), "There is no action 'burn'."),
        (("diff", "abc"), "Name two works"),
        (("undo", "nothing"), "No decision that stands"),
        (("first",), "Name one"),
        (("reject", "--all-same-words"), "goes with accept alone"),
    ],
)
def test_what_cannot_be_done_is_said(do: Do, works: list[str], words: tuple[str, ...], why: str) -> None:
    code, _, err = do("duplicates", *words)

    assert code in (2, 3)
    assert why in err
