"""Labels: a stated title as it is, a guess as a guess, else what tells the work apart and none of its story."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.readings import READER, Page, claim, person, readings, story_words, words_in, work_of

from remnant.model import Claim, Confidence, Field, Reading, Shown, Work
from remnant.shield.showing import show


def labelled(*said: Claim, words: int = 1180) -> Shown:
    return show(work_of(NOTHING, *said, words=words), None, READER)


NOTHING = Page().reading()


def test_a_stated_title_is_the_label() -> None:
    shown = labelled(claim(Field.TITLE, "Night  Shift\n"))

    assert (shown.label, shown.titled) == ("Night Shift", True)


def test_a_guessed_title_is_shown_as_a_guess() -> None:
    shown = labelled(claim(Field.TITLE, "Night Shift", confidence=Confidence.GUESSED))

    assert shown.label.startswith("Perhaps “Night Shift” · ")
    assert not shown.titled


def test_a_person_is_never_a_guess() -> None:
    said = replace(person(Field.TITLE, "Night Shift"), confidence=Confidence.GUESSED)

    assert labelled(said).titled


def test_a_person_may_leave_the_title_blank() -> None:
    shown = labelled(claim(Field.TITLE, "Night Shift"), person(Field.TITLE, None))

    assert shown.label.startswith("Untitled, 1,180 words")


def test_an_untitled_work_is_told_apart_by_what_is_known() -> None:
    spoiler = claim(Field.SPOILER, "who dies in Part Four", part="Part Four")

    assert labelled(claim(Field.AUTHOR, "Mara")).label.startswith("Untitled, by Mara, 1,180 words · ")
    assert labelled(spoiler).label.startswith("Untitled, 1,180 words, Part Four · ")
    assert labelled(claim(Field.SONG, "They")).label.startswith("Untitled, 1,180 words, to the song They · ")
    assert labelled(words=1).label.startswith("Untitled, 1 word, came 9 July 2009 · ")
    assert labelled(words=0).label.startswith("Untitled, no words read, came 9 July 2009 · ")


def test_a_sensitive_title_or_author_makes_no_label() -> None:
    shown = labelled(claim(Field.TITLE, "Jane Doe", sensitive=True), claim(Field.AUTHOR, "Jane Doe", sensitive=True))

    assert "Jane" not in shown.label


@given(st.text(min_size=1, max_size=400))
def test_a_label_is_one_line_of_bounded_length(title: str) -> None:
    label = labelled(claim(Field.TITLE, title)).label

    assert len(label.splitlines()) == 1
    assert len(label) <= 200


@given(readings())
def test_an_untitled_label_quotes_none_of_the_story(reading: Reading) -> None:
    work = work_of(reading)
    known = {word for values in show(work, None, READER).fields.values() for word in words_in(" ".join(values))}

    assert not set(words_in(show(work, reading, READER).label)) & (set(story_words(reading.blocks)) - known)


def test_labels_of_works_that_nothing_tells_apart_differ() -> None:
    work = work_of(NOTHING, words=5)
    works: list[Work] = [replace(work, id=f"{n:06}aaaaaaaaaa") for n in range(50)]

    assert len({show(one, None, READER).label for one in works}) == 50


@given(readings())
def test_a_card_and_the_whole_work_have_one_label(reading: Reading) -> None:
    work = work_of(reading)

    assert show(work, None, READER).label == show(work, reading, READER).label
