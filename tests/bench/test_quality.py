"""The ruler is measured too: lines, labels, scores, and that what is committed is what its sources make."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path

import pytest
from bench.quality.__main__ import all_sets
from bench.quality.answers import Answer
from bench.quality.compose import HERE, SEEDS, compose
from bench.quality.labels import Truth, from_json
from bench.quality.lines import lines_of
from bench.quality.marked import label_of, parse, source_of
from bench.quality.rivals import everything_is_story, plain
from bench.quality.scores import Count, Share, compared, score, total, wilson
from hypothesis import given
from hypothesis import strategies as st

ROLES = frozenset({"title", "story", "note", "header"})
STORY = "= title: The Lamp\nT|The Lamp\n\nS|It went out.\n\nS|Nobody lit it.\n\nN|Sorry!\n"


def truth_of(marked: str, name: str = "lamp.txt") -> Truth:
    return from_json(label_of(parse(marked), name, name.endswith("html"), by_hand=True), Path(name), heldout=False)


def test_a_marked_story_gives_a_file_without_marks_and_a_label_for_each_line() -> None:
    truth = truth_of(STORY)

    assert source_of(parse(STORY)) == "The Lamp\n\nIt went out.\n\nNobody lit it.\n\nSorry!\n"
    assert truth.roles == {0: ("title",), 2: ("story",), 4: ("story",), 6: ("note",)}
    assert (truth.begins, truth.ends) == (frozenset({2}), frozenset({4}))
    assert truth.fields == {"title": ("The Lamp",)}


def test_a_mark_may_state_several_values_others_as_right_and_some_that_may_be_left_out() -> None:
    truth = truth_of("= title: One || Two\n= or.rating: PG || G\n= also.fandom: Lamps\nS|It went out.\n")

    assert truth.fields == {"title": ("One", "Two")}
    assert truth.also == {"rating": ("PG", "G"), "fandom": ("Lamps", "absent")}


def test_a_page_has_a_line_wherever_a_browser_would_break() -> None:
    page = "<html><head><title>No</title></head><body><h1>The\nLamp</h1><p>Out.<br>Dark.</p><hr><div>So &amp; so</div>"

    lines = lines_of(page, html=True)

    assert [line.text for line in lines] == ["The Lamp", "Out.", "Dark.", "---", "So & so"]
    assert [page[line.start : line.end] for line in lines][-1] == "So &amp; so"


@given(st.text(alphabet="<>/phrbdivi &;\n ax\"='"))
def test_no_page_stops_the_ruler_and_its_lines_lie_in_order(page: str) -> None:
    lines = lines_of(page, html=True)

    assert all(0 <= line.start < line.end <= len(page) for line in lines)
    assert [line.number for line in lines] == sorted({line.number for line in lines})


def test_right_answers_score_full_and_an_untold_title_is_missed_not_invented() -> None:
    truth = truth_of(STORY)
    right = Answer(True, {0: "title", 2: "story", 4: "story", 6: "note"}, {"title": ("the lamp.",)}, 2, 4, ())
    blank = Answer(True, dict.fromkeys(truth.roles, "story"), {"author": ("Nobody",)}, 0, 6, ())

    full, poor = score(truth, right, ROLES), score(truth, blank, ROLES)

    assert (full.lines, full.untouched, full.invented) == (Share(4, 4), Share(1, 1), 0)
    assert full.fields["title"] == Count(right=1)
    assert (poor.lines, poor.begins, poor.ends, poor.untouched) == (Share(4, 2), Share(1), Share(1), Share(1))
    assert (poor.fields["title"], poor.invented) == (Count(missed=1), 1)
    assert poor.roles["story"] == Count(right=2, wrong=2)


def test_roles_that_a_set_of_labels_lacks_are_folded_into_what_it_calls_them() -> None:
    truth = truth_of("H|Warnings: none\n\nS|It went out.\n")
    answer = Answer(True, {0: "warning", 2: "lyrics"}, {}, 2, 2, ())

    assert score(truth, answer, ROLES).lines == Share(2, 2)
    assert score(truth, answer, ROLES | {"warning", "lyrics"}).lines == Share(2, 0)


@given(st.integers(1, 200).flatmap(lambda of: st.tuples(st.just(of), st.integers(0, of))))
def test_an_interval_holds_its_share(counted: tuple[int, int]) -> None:
    of, good = counted

    low, high = wilson(Share(of, good))

    assert 0 <= low <= good / of <= high <= 1


def test_the_baseline_calls_everything_story(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text("The Lamp\n\nIt went out.\n", "utf-8")

    answer = everything_is_story(tmp_path / "lamp.txt")

    assert (answer.roles, answer.begins, answer.ends) == ({0: "story", 2: "story"}, 0, 2)


def test_the_plain_reader_knows_labels_breaks_and_an_end(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(
        "Title: The Lamp\nRating: G\n\nIt went out.\n\n***\n\nDark.\n\nTHE END\n\nBye!\n", "utf-8"
    )

    answer = plain(tmp_path / "lamp.txt")

    assert [answer.roles[n] for n in (0, 1, 3, 5, 7, 9, 11)] == [
        "header", "header", "story", "scene_break", "story", "note", "note"
    ]  # fmt: skip
    assert answer.fields == {"title": ("The Lamp",), "rating": ("G",)}
    assert (answer.begins, answer.ends) == (3, 7)


@pytest.mark.parametrize(("inside", "seed"), SEEDS.items())
def test_the_committed_stories_are_what_their_parts_make(inside: str, seed: int, tmp_path: Path) -> None:
    folder = HERE / inside
    for name in ("hand", "parts.marked"):
        if (folder / name).exists():
            (tmp_path / name).symlink_to(folder / name)

    compose(tmp_path, seed)

    made = {file.name: file.read_bytes() for file in (tmp_path / "stories").iterdir()}
    kept = {file.name: file.read_bytes() for file in (folder / "stories").iterdir()}
    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name]] == []


def test_every_label_speaks_of_lines_that_are_there_and_enough_are_held_out() -> None:
    sets = all_sets()
    heldout = sets["held out"]
    every = list(chain(*sets.values()))

    for truth in every:
        lines = lines_of(truth.file.read_text("utf-8"), truth.file.suffix == ".html")
        labelled = json.loads(truth.file.with_name(f"{truth.file.name}.json").read_text("utf-8"))["lines"]
        assert {line.number: line.text[:24] for line in lines} == {row["n"]: row["begins"] for row in labelled}
    assert len(every) >= 400
    assert len(heldout) >= 80
    assert sum(truth.by_hand for truth in every) >= 350
    assert sum(not truth.is_story for truth in heldout) >= 15


def test_adding_scores_up_loses_nothing() -> None:
    truth = truth_of(STORY)
    one = score(truth, Answer(True, {}, {}, None, None, ()), ROLES)

    assert total([one, one]).lines == Share(8, 0)
    assert total([one, one]).roles["story"] == Count(missed=4)


def test_a_list_is_compared_item_by_item_however_it_was_cut() -> None:
    written = compared("warning", ("Character death, violence (mild, mostly)",))

    assert written == compared("warning", ("character death", "violence (mild, mostly)"))
    assert compared("title", ("Salt, Sand",)) == ["salt, sand"]
