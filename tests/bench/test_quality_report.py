"""The page says what was measured: the figures of every set, who stands beside, and who does not."""

from __future__ import annotations

from pathlib import Path

from bench.quality.__main__ import commit, page
from bench.quality.answers import Answer
from bench.quality.labels import Truth, from_json
from bench.quality.marked import label_of, parse, source_of
from bench.quality.report import Set, as_text, at_a_glance, judged
from bench.quality.rivals import everything_is_story, plain

STORY = "= title: The Lamp\nT|The Lamp\n\nS|It went out.\n\nS|Nobody lit it.\n"
FEED = "= story: no\nX|Not found\n"


def truths(folder: Path) -> list[Truth]:
    made = []
    for name, text in (("lamp.txt", STORY), ("lost.txt", FEED)):
        (folder / name).write_text(source_of(parse(text)), "utf-8")
        made.append(from_json(label_of(parse(text), name, False, by_hand=True), folder / name, heldout=False))
    return made


def measured(folder: Path) -> Set:
    known = truths(folder)
    right = [
        Answer(True, {0: "title", 2: "story", 4: "story"}, {"title": ("The Lamp",)}, 2, 4, ()),
        Answer(False, {0: "chrome"}, {}, None, None, ()),
    ]
    plainly, base = ([reader(truth.file) for truth in known] for reader in (plain, everything_is_story))
    return Set("lamps", known, judged(known, right), judged(known, plainly), judged(known, base), None)


def row(text: str, name: str) -> list[str]:
    return next(line for line in text.split("\n") if line.startswith(name))[24:].split()


def test_each_side_has_its_column_and_a_missing_one_is_named(tmp_path: Path) -> None:
    text = as_text(measured(tmp_path))

    assert text.startswith("lamps: 2 files, 2 by hand, 4 labelled lines")
    assert [row(text, "story begins right")[at] for at in (0, 4, 8)] == ["100.0", "100.0", "0.0"]
    assert row(text, "fields, recall") == ["100.0", "100.0", "0.0"]
    assert "calibre is not installed here or gave up" in text


def test_the_headline_figures_of_all_sets_stand_side_by_side(tmp_path: Path) -> None:
    whole = measured(tmp_path)
    rest = Set("no lamps", whole.truths[1:], whole.ours[1:], whole.plain[1:], whole.base[1:], None)

    told = at_a_glance([whole, rest])

    assert row(told, "lines right") == ["100.0", "100.0"]
    assert row(told, "files left untouched") == ["100.0", "-"]
    assert "2 no lamps, 1 files" in told


def test_a_page_says_what_it_was_taken_at() -> None:
    assert commit().startswith(("commit ", "no commit known"))
    assert page("table\n").startswith("# How well stories are understood")
