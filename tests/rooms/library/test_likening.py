"""Works that are one story: which are joined unasked, which are put before a person, and what a word does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.strategies import libraries
from tests.strategies.libraries import READER
from tests.strategies.tales import chapter, edited, text

from remnant.errors import NotFoundError, RefusedError, UsageError
from remnant.library import deciding_likeness as deciding
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.correcting import Change, correct, undo
from remnant.library.differing import differ
from remnant.library.forgetting_plans import plan_of_work
from remnant.library.giving import book
from remnant.library.joining import join
from remnant.library.knowing import known
from remnant.library.likening import group_of, queue
from remnant.library.opening import Library
from remnant.library.rebuilding import rebuild
from remnant.library.tellings import tellings
from remnant.library.wished import private_in
from remnant.library.wishing import wish
from remnant.model import Field, Kinship, ProfileKind, Reader, Wish, WishHow, WishKind, WorkWish

ONE, TWO, THREE, FOUR = (chapter(seed) for seed in (1, 2, 3, 4))
HERE = "https://archiveofourown.org/works/77"

Put = Callable[..., tuple[str, ...]]


def shelf(library: Library, reader: Reader = READER) -> set[str]:
    return {hit.work for hit in search(library, reader, size=100).hits}


def undecided(library: Library, reader: Reader = READER) -> list[tuple[Kinship, set[str]]]:
    return [(group.kinship, set(group.works)) for group in queue(library, reader).groups]


def test_a_newer_version_from_the_same_address_takes_the_place_of_the_old_one(library: Library, put: Put) -> None:
    (old,) = put(text(ONE, TWO, found_at=f"{HERE}/chapters/4"))
    (new,) = put(text(ONE, TWO, THREE, found_at=f"{HERE}?view_adult=true"))

    assert shelf(library) == {new}
    assert [(one.shown.work, one.first) for one in tellings(library, READER, old)] == [(new, True), (old, False)]
    assert known(library, READER, old).measure.sections == 2
    assert book(library, READER, old, "txt").data != book(library, READER, new, "txt").data
    assert undecided(library) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (text(ONE, TWO, found_at=HERE), text(edited(ONE), TWO, THREE, found_at=HERE)),
        (text(ONE, TWO, found_at=HERE), text(ONE, TWO, THREE, found_at=f"{HERE}8")),
        (text(ONE, TWO), text(ONE, TWO, title="Other")),
    ],
    ids=["an old chapter changed", "another address", "no address"],
)
def test_whatever_is_not_certain_waits_for_a_person(library: Library, put: Put, first: bytes, second: bytes) -> None:
    works = {*put(first), *put(second)}

    assert shelf(library) == works
    assert [group for _, group in undecided(library)] == [works]


def test_the_same_bytes_are_one_original_and_never_asked_about(library: Library, tmp_path: Path) -> None:
    came = [libraries.write_all(tmp_path / name, [text(ONE, TWO)]) for name in ("a", "b")]
    for folder in came:
        add(library, [folder])

    assert len(shelf(library)) == 1
    assert undecided(library) == []


def test_what_was_joined_unasked_is_taken_back_and_not_joined_again(library: Library, put: Put) -> None:
    works = {*put(text(ONE, TWO, found_at=HERE)), *put(text(ONE, TWO, THREE, found_at=HERE))}
    (decision,) = deciding.decisions(library, READER)
    deciding.undo(library, READER, decision.batch)
    apart = shelf(library)
    rebuild(library)

    assert decision.by is None
    assert apart == shelf(library) == works
    assert undecided(library) == [(Kinship.MORE_CHAPTERS, works)]


def test_a_word_joins_a_group_and_undoing_it_asks_again(library: Library, put: Put) -> None:
    works = put(text(ONE, TWO), text(ONE, TWO, title="Other"), text(edited(ONE), edited(TWO), title="Third"))
    rehearsed = deciding.accept(library, READER, [group_of(library, READER, works[0])], dry_run=True)
    before = shelf(library)
    decided = deciding.accept(library, READER, [group_of(library, READER, works[0])], clock=libraries.ticking())
    joined = shelf(library)
    again = deciding.accept(library, READER, [works])
    assert decided.batch is not None
    deciding.undo(library, READER, decided.batch)

    assert rehearsed.groups == decided.groups == (tuple(sorted(works)),)
    assert before == set(works)
    assert len(joined) == 1
    assert again.batch is None
    assert shelf(library) == set(works)
    assert [group for _, group in undecided(library)] == [set(works)]


def test_two_stories_are_never_asked_about_again_until_it_is_undone(library: Library, put: Put) -> None:
    works = put(text(ONE, TWO), text(ONE, TWO, title="Other"))
    decided = deciding.reject(library, READER, [works])
    silent = undecided(library)
    accepted = deciding.accept(library, READER, [works], clock=libraries.ticking())
    assert decided.batch
    assert accepted.batch

    assert silent == []
    assert len(shelf(library)) == 1
    deciding.undo(library, READER, accepted.batch)
    assert shelf(library) == set(works)
    assert undecided(library) == []
    deciding.undo(library, READER, decided.batch)
    assert undecided(library) == [(Kinship.SAME_WORDS, set(works))]


def test_a_person_says_which_telling_stands_first_and_which_is_none(library: Library, put: Put) -> None:
    works = put(text(ONE, TWO, THREE), text(ONE, TWO, title="Other"), text(ONE, TWO, title="Third"))
    deciding.accept(library, READER, [works], clock=libraries.ticking())
    longest = shelf(library)
    deciding.put_first(library, READER, works[1], clock=libraries.ticking())
    wanted = shelf(library)
    deciding.apart(library, READER, works[1], clock=libraries.ticking())

    assert longest == {works[0]}
    assert wanted == {works[1]}
    assert shelf(library) == {works[0], works[1]}
    assert len(tellings(library, READER, works[0])) == 2
    with pytest.raises(RefusedError, match="the only telling"):
        deciding.apart(library, READER, works[1])


def test_what_one_telling_warns_of_all_are_warned_of(library: Library, put: Put) -> None:
    """And a rating is the highest of them; a person's word on one holds for all."""
    (old,) = put(text(ONE, TWO, found_at=HERE, more="Rating: Mature\nWarnings: Character Death"))
    correct(library, "ann", old, [Change(Field.FANDOM, ("Ferries",))])
    (new,) = put(text(ONE, TWO, THREE, found_at=HERE, more="Rating: Teen And Up Audiences"))
    shown = known(library, READER, new)
    careful = Reader("bea", READER.seen, (Wish(WishKind.WARNING, "character death", WishHow.HIDE),))

    assert shown.fields[Field.WARNING] == ("character death",)
    assert shown.fields[Field.RATING] == ("mature",)
    assert shown.fields[Field.FANDOM] == ("Ferries",)
    assert search(library, READER, "warning:death fandom:ferries").total == 1
    assert shelf(library, careful) == set()
    with pytest.raises(NotFoundError):
        known(library, careful, new)


def test_a_word_on_any_telling_holds_for_all_and_is_taken_back_from_any(library: Library, put: Put) -> None:
    (old,) = put(text(ONE, TWO, found_at=HERE))
    (new,) = put(text(ONE, TWO, THREE, found_at=HERE))
    said = correct(library, "ann", old, [Change(Field.TITLE, ("Crossing",))])
    titles = [known(library, READER, work).label for work in (old, new)]
    found = search(library, READER, "title:crossing").total
    undo(library, "ann", new, said.claims[0].id)

    assert titles == ["Crossing", "Crossing"]
    assert found == 1
    assert [known(library, READER, work).label for work in (old, new)] == ["The Ferry", "The Ferry"]


def test_what_is_sealed_or_private_is_so_in_every_telling(library: Library, put: Put) -> None:
    (old,) = put(text(ONE, TWO, found_at=HERE))
    (new,) = put(text(ONE, TWO, THREE, found_at=HERE))
    wish(library, "ann", new, WorkWish.PRIVATE)
    private = private_in(library.journal)
    wish(library, "ann", new, WorkWish.SEAL)

    assert len(private) == 2
    assert shelf(library) == set()
    with pytest.raises(NotFoundError):
        known(library, READER, old)


def test_forgetting_a_story_names_every_telling(library: Library, put: Put) -> None:
    (old,) = put(text(ONE, TWO, found_at=HERE))
    (new,) = put(text(ONE, TWO, THREE, found_at=HERE))

    assert {*plan_of_work(library, READER, new).ids} == {old, new}


def test_a_child_finds_out_nothing_and_changes_nothing(library: Library, put: Put) -> None:
    """Law 11: what is hidden is in no group, no count and no comparison."""
    general = "Rating: General Audiences\nWarnings: No Archive Warnings Apply"
    works = put(
        text(ONE, TWO, more=general),
        text(ONE, TWO, title="Other", more="Rating: Explicit"),
        text(ONE, TWO, THREE, title="Third", more=general),
    )
    half = put(text(FOUR, FOUR, more=general), text(FOUR, FOUR, title="Fourth", more="Rating: Explicit"))
    child = Reader("kim", READER.seen, kind=ProfileKind.CHILD)
    found = queue(library, child)

    assert undecided(library) == [(Kinship.SAME_WORDS, set(half)), (Kinship.MORE_CHAPTERS, set(works))]
    assert [set(group.works) for group in found.groups] == [{works[0], works[2]}]
    assert dict(found.counts) == {Kinship.MORE_CHAPTERS: 1}
    with pytest.raises(NotFoundError):
        differ(library, child, works[0], works[1])
    with pytest.raises(RefusedError, match="changes nothing"):
        deciding.accept(library, child, [(works[0], works[2])])
    deciding.accept(library, READER, [works])
    assert shelf(library, child) == {half[0]}


def test_a_difference_is_told_by_chapter(library: Library, put: Put) -> None:
    works = put(text(ONE, TWO), text(ONE, edited(TWO), THREE))
    found = differ(library, READER, *works)

    assert [chapter.changed for chapter in found.chapters] == [False, True, True]


def test_one_work_alone_is_no_group(library: Library, put: Put) -> None:
    (work,) = put(text(ONE, TWO))

    with pytest.raises(UsageError, match="two works"):
        deciding.accept(library, READER, [group_of(library, READER, work)])


def test_what_was_decided_there_is_so_here_after_a_join(library: Library, put: Put, tmp_path: Path) -> None:
    works = put(text(ONE, TWO), text(ONE, TWO, title="Other"), text(THREE, ONE, title="Third"))
    deciding.accept(library, READER, [works[:2]])
    with libraries.library_at(tmp_path / "other", library.pool) as other:
        join(other, library.path)

        assert shelf(other) == shelf(library)
        assert undecided(other) == undecided(library)
