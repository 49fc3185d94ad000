"""Plain text, records, names and the catalogue."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.readings import READER, Page, claim, readings, work_of
from tests.strategies.sample import sample

from remnant.give import catalogue, names, plain, record
from remnant.model import Field, Mark, Reading, Role, Shown
from remnant.shield.showing import show

RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in range(10))}


def titled(title: str, author: str = "") -> Shown:
    made = Page()
    made.block(Role.STORY, "It rained.")
    said = [claim(Field.TITLE, title), *([claim(Field.AUTHOR, author)] if author else [])]
    return show(work_of(made.reading(tuple(said))), None, READER)


@given(st.text(st.characters(exclude_categories=[]), max_size=120), st.sampled_from([".epub", ".html", "txt"]))
def test_a_file_name_is_safe_on_every_file_system(title: str, suffix: str) -> None:
    name = names.file_name(titled(title, title[::-1]), suffix)

    assert len(name.encode("utf-8")) <= 100
    assert not set(name) & set('<>:"/\\|?*%\0')
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Cs"} for char in name)
    assert name.partition(".")[0].strip().upper() not in RESERVED
    assert name[0] not in " .-~"
    assert unicodedata.normalize("NFC", name) == name
    assert name.endswith(f".{suffix.lstrip('.')}")


@pytest.mark.parametrize(
    "title", ["CON", "con.txt", "AUX .a", "..", "../../etc/passwd", "-rf", "~", "\u202egpj.exe", "COM¹.b"]
)
def test_a_name_that_would_do_harm_does_none(title: str) -> None:
    name = names.file_name(titled(title), ".txt")

    assert "/" not in name
    assert name.partition(".")[0].strip().upper() not in RESERVED
    assert not name.startswith((".", "-", "~"))


def test_works_of_one_title_have_two_names_even_where_case_and_accents_fold() -> None:
    work = work_of(Page().reading((claim(Field.TITLE, "Home"),)))
    other = replace(work, id="zzzzzzzzzzzzzzzz")

    assert names.file_name(show(work, None, READER), ".txt") != names.file_name(show(other, None, READER), ".txt")


def test_plain_text_marks_emphasis_only_at_the_ends_of_words() -> None:
    made = Page()
    soft, loud = frozenset({Mark.EMPHASIS}), frozenset({Mark.EMPHASIS, Mark.STRONG})
    made.block(
        Role.STORY,
        "He ",
        made.span("never ", soft),
        "said un",
        made.span("believ", soft),
        "able, ",
        made.span("no", loud),
        ".",
    )

    assert b"He _never_ said unbelievable, *_no_*.\n" in _text(made)


def test_plain_text_says_the_warning_first_and_sets_notes_apart() -> None:
    text = plain.text(sample()).decode()

    assert text.startswith(
        "Night Shift\nby Mara Quill\n\nBefore you read\n- Warnings: spoilers if you haven't seen Part Four.\n"
    )
    assert text.index("Before you read") < text.index("nobody sang")
    assert "\n[Author's note]\n\nWell, that took" in text
    assert "\nThanks, everyone.\n\n[End of the note]\n" in text
    assert text.count("* * *") == 2
    assert "\n    The lamp is low\n    the night is long\n" in text


@given(readings())
def test_plain_text_commands_no_terminal(reading: Reading) -> None:
    text = plain.text(show(work_of(reading), reading, READER)).decode("utf-8")

    assert all(char in "\n\t" or unicodedata.category(char) != "Cc" for char in text)


@given(readings())
def test_a_record_is_json_with_the_text_exactly_as_it_stands(reading: Reading) -> None:
    told = json.loads(record.record(show(work_of(reading), reading, READER)))

    assert [block["text"] for block in told["blocks"]] == [block.text for block in reading.blocks]
    assert [said["field"] for said in told["claims"]] == [said.field.value for said in reading.claims]


def test_a_record_has_the_shape_that_is_documented() -> None:
    told = json.loads(record.record(sample()))

    assert list(told) == [
        *("v", "work", "kind", "label", "titled", "originals", "added", "since", "measure"),
        *("notices", "fields", "claims", "why", "sections", "blocks", "links"),
    ]
    assert told["fields"]["email"] == ["[veiled]"]
    assert told["blocks"][6]["marks"] == [[7, 11, "emphasis"]]
    assert told["blocks"][15]["hrefs"] == [[11, 20, "https://a.example/?a=1&b"]]
    assert told["links"] == [{"from_block": 3, "to_block": 19, "kind": "note"}]


@given(st.lists(st.text(st.characters(exclude_categories=[]), max_size=20), max_size=3))
def test_the_catalogue_is_a_table_whatever_the_titles(titles: list[str]) -> None:
    table = catalogue.table(titled(title, title) for title in titles).decode("utf-8")
    lines = table.split("\n")

    assert lines.pop() == ""
    assert len(lines) == len(titles) + 1
    assert {len(line.split("\t")) for line in lines} == {15}


def test_a_title_is_no_formula() -> None:
    line = catalogue.table([titled("=HYPERLINK(1)")]).decode().splitlines()[1]

    assert line.split("\t")[1] == " =HYPERLINK(1)"


def _text(made: Page) -> bytes:
    reading = made.reading()
    return plain.text(show(work_of(reading), reading, READER))
