"""How much one text is another: by its words alone, whichever comes first."""

from __future__ import annotations

import random
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies.tales import chapter, edited, page, text

from remnant.model import Kinship, Likeness
from remnant.understand.difference import Change, difference
from remnant.understand.likeness import address_of, compare, likeness, likeness_of, traces, words_of
from remnant.understand.reader import understand_bytes
from remnant.wire import likeness as wire

CHAPTERS = [chapter(seed, 400) for seed in range(6)]

some_words = st.lists(st.sampled_from(["rain", "lamp", "ferry", "tea", "ghost", "Ünder", "東京"]), max_size=60)
many = st.lists(st.builds(lambda words, times: words * times, some_words, st.integers(1, 30)), max_size=6)


def of(*chapters: list[str]) -> Likeness:
    made = likeness(words_of(" ".join(one)) for one in chapters)
    assert made is not None
    return made


def read(data: bytes) -> Likeness:
    reading = understand_bytes(data)
    made = likeness_of(reading, reading.pieces)
    assert made is not None
    return made


@settings(max_examples=40)
@given(many, many)
def test_whichever_comes_first_the_verdict_is_the_same(one: list[list[str]], other: list[list[str]]) -> None:
    ours, theirs = likeness(one), likeness(other)
    if ours is None or theirs is None:
        return
    there, back = compare(ours, theirs), compare(theirs, ours)

    assert there.kinship is back.kinship
    assert there.shares == back.shares[::-1]
    assert there.longer != back.longer or ours == theirs
    assert wire.from_json(wire.to_json(ours)) == ours


def test_the_same_words_in_another_form_are_the_same() -> None:
    typed = [[line.replace(" was ", " “was” ").replace(" not ", " —not— ").upper() for line in one] for one in CHAPTERS]

    assert compare(of(*CHAPTERS), of(*typed)).kinship is Kinship.SAME_WORDS
    assert compare(read(text(*CHAPTERS)), read(page(*CHAPTERS))).kinship is Kinship.SAME_WORDS
    assert set(traces(of(*CHAPTERS))) == set(traces(of(*typed)))


def test_notes_and_headers_do_not_count() -> None:
    more = "Summary: Another one altogether.\nRating: PG-13\nDisclaimer: Not mine at all, any of it, not even the tea."
    found = compare(read(text(*CHAPTERS)), read(text(*CHAPTERS, title="Other", author="Bea", more=more)))

    assert found.kinship is Kinship.SAME_WORDS


def test_a_newer_version_goes_on_and_the_old_chapters_are_counted() -> None:
    grown = compare(of(*CHAPTERS[:2]), of(*CHAPTERS))
    mended = compare(of(*CHAPTERS[:2]), of(CHAPTERS[0], edited(CHAPTERS[1]), *CHAPTERS[2:]))

    assert (grown.kinship, grown.unchanged, grown.changed, grown.new) == (Kinship.MORE_CHAPTERS, 2, 0, 4)
    assert grown.exact
    assert (mended.kinship, mended.unchanged, mended.changed) == (Kinship.MORE_CHAPTERS, 1, 1)
    assert not mended.exact


def test_chapters_that_lost_their_headings_are_still_all_there() -> None:
    found = compare(of([*chain(*CHAPTERS[:3])]), of(*CHAPTERS))

    assert (found.kinship, found.exact) == (Kinship.MORE_CHAPTERS, True)


def test_an_edited_text_is_the_same_story_and_says_how_much() -> None:
    found = compare(of(*CHAPTERS), of(*map(edited, CHAPTERS)))

    assert (found.kinship, found.exact) == (Kinship.EDITED, False)
    assert 0.6 < min(found.shares) <= max(found.shares) < 0.95


def test_a_story_inside_a_file_of_several_is_no_older_version() -> None:
    assert compare(of(*CHAPTERS[3:5]), of(*CHAPTERS)).kinship is Kinship.IN_COMMON


@pytest.mark.parametrize("share", [0.2, 0.35, 0.5])
def test_two_tellings_of_one_scene_are_two_stories(share: float) -> None:
    """What is said stands in both word for word; all else is each one's own."""
    chance = random.Random(7)
    said = [" ".join(line.split()[: chance.randint(3, 15)]) for line in chapter(50, 4000)]
    own = [[*chain.from_iterable(line.split() for line in chapter(seed, 30_000))] for seed in (51, 52)]
    tellings = [
        [
            f'{" ".join(mine[n * 30 : n * 30 + int(len(line.split()) * (1 / share - 1))])} "{line}"'
            for n, line in enumerate(said)
        ]
        for mine in own
    ]

    assert compare(of(tellings[0]), of(tellings[1])).kinship is Kinship.NOT_ALIKE


def test_a_text_of_a_few_words_says_nothing() -> None:
    assert likeness([["rain"] * 19]) is None


def test_one_address_for_every_chapter_and_view() -> None:
    same = [
        ("https://archiveofourown.org/works/77/chapters/9?view_adult=true", "http://www.archiveofourown.org/works/77"),
        ("https://www.fanfiction.net/s/123/4/A-Title", "http://m.fanfiction.net/s/123"),
        ("http://old.example/viewstory.php?sid=5&chapter=2", "http://www.old.example/viewstory.php?sid=5"),
    ]
    other = [
        "http://archiveofourown.org/works/78",
        "http://old.example/viewstory.php?sid=6",
        "http://old.example/a.html",
    ]

    assert all(address_of(one) == address_of(two) is not None for one, two in same)
    assert len({*map(address_of, [one for one, _ in same] + other)}) == 6
    assert [address_of(url) for url in ("http://old.example/", "not an address", "http://[", "file:///a/b")] == [
        None
    ] * 4


@settings(max_examples=60)
@given(st.lists(st.sampled_from("abcde"), max_size=12), st.lists(st.sampled_from("abcde"), max_size=12))
def test_a_difference_says_all_of_both_in_order(ours: list[str], theirs: list[str]) -> None:
    """Paragraphs of words, drawn from few, so that they move, double and change."""
    first, second = ([" ".join([sign] * 3 + ["word"] * 4) for sign in side] for side in (ours, theirs))
    rows = difference(first, second)
    told = [
        [
            " ".join(s.text for s in row if s.change in (Change.SAME, kept))
            for row in rows
            if {s.change for s in row} != {gone}
        ]
        for kept, gone in ((Change.GONE, Change.NEW), (Change.NEW, Change.GONE))
    ]

    assert told == [first, second]


def test_a_changed_word_is_told_by_itself() -> None:
    rows = difference(
        ["The same.", "He took the lamp home that day."], ["The same!", "He took the kettle home that day."]
    )

    assert [(s.change, s.text) for s in rows[1]] == [
        (Change.SAME, "He took the"),
        (Change.GONE, "lamp"),
        (Change.NEW, "kettle"),
        (Change.SAME, "home that day."),
    ]


def test_hostile_texts_are_told_whole_and_soon() -> None:
    ours, theirs = ["la lu " * 900 + str(n) for n in range(60)], ["lu la " * 900 + str(-n) for n in range(60)]

    rows = difference(ours, theirs)
    assert sum(any(s.change is not Change.GONE for s in row) for row in rows) == 60
