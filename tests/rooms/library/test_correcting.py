"""A person's word: what it replaces, what it stands beside, and that it can always be undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import libraries
from tests.strategies.libraries import READER

from remnant.errors import RefusedError, UsageError
from remnant.library.asking import search
from remnant.library.correcting import Change, Corrected, How, change_of, correct, undo, withdrawn
from remnant.library.knowing import full_id, known
from remnant.library.opening import Library
from remnant.model import MANY_VALUED, VEILED, Field

Put = Callable[..., tuple[str, ...]]
CLOCK = libraries.ticking()


def say(library: Library, work: str, *texts: str, person: str = "ann") -> Corrected:
    return correct(library, person, work, [change_of(text) for text in texts], clock=CLOCK)


def values(library: Library, work: str, field: Field) -> tuple[str, ...] | None:
    return known(library, READER, work).fields.get(field)


def test_a_persons_title_stands_before_the_rules_and_is_found(library: Library, put: Put) -> None:
    [work] = put(libraries.story("Old Name"))
    said = say(library, work, "title=The Lighthouse Keeper")

    assert said.indexed
    assert known(library, READER, work).label == "The Lighthouse Keeper"
    assert [hit.work for hit in search(library, READER, "title:lighthouse").hits] == [work]
    assert search(library, READER, 'title:"old name"').total == 0


def test_no_title_is_a_thing_one_can_say(library: Library, put: Put) -> None:
    [work] = put(libraries.story("Not Its Name"))
    say(library, work, "title=")
    shown = known(library, READER, work)

    assert not shown.titled
    assert "Not Its Name" not in shown.label


def test_undoing_brings_back_what_was_hidden(library: Library, put: Put) -> None:
    [work] = put(libraries.story("First"))
    second = say(library, work, "title=Second")
    third = say(library, work, "title=Third")
    undone = undo(library, "ann", work, third.claims[0].id[:6], clock=CLOCK)

    assert values(library, work, Field.TITLE) == ("Second",)
    undo(library, "ann", work, undone.claims[0].id, clock=CLOCK)
    assert values(library, work, Field.TITLE) == ("Third",)
    undo(library, "ann", work, third.claims[0].id, clock=CLOCK)
    undo(library, "ann", work, second.claims[0].id, clock=CLOCK)
    assert values(library, work, Field.TITLE) == ("First",)


def test_another_persons_word_can_be_replaced_and_comes_back(library: Library, put: Put) -> None:
    [work] = put(libraries.story())
    say(library, work, "title=By Zoe", person="zoe")
    mine = say(library, work, "title=By Ann", person="ann")
    zoes = say(library, work, "title=By Zoe Again", person="zoe")

    assert values(library, work, Field.TITLE) == ("By Zoe Again",)
    undo(library, "zoe", work, zoes.claims[0].id, clock=CLOCK)
    undo(library, "ann", work, mine.claims[0].id, clock=CLOCK)
    assert values(library, work, Field.TITLE) == ("By Zoe",)


def test_adding_a_value_leaves_the_others(library: Library, put: Put) -> None:
    [work] = put(b"Title: A\nAuthor: Ann\nFandom: Torchwood\n\nThe rain came down.\n\nNobody came.\n")
    before = values(library, work, Field.FANDOM) or ()
    say(library, work, "fandom+=Sherlock")
    say(library, work, "fandom+=Merlin")

    assert set(values(library, work, Field.FANDOM) or ()) == {*before, "Sherlock", "Merlin"}


def test_setting_several_values_says_exactly_those(library: Library, put: Put) -> None:
    [work] = put(b"Title: A\nAuthor: Ann\nFandom: Torchwood\n\nThe rain came down.\n\nNobody came.\n")
    say(library, work, "tag=one", "tag=two", "tag=three")
    say(library, work, "tag=four", "fandom=Sherlock")

    assert values(library, work, Field.TAG) == ("four",)
    assert values(library, work, Field.FANDOM) == ("Sherlock",)


def test_a_blank_brings_back_nothing_that_was_said_before(library: Library, put: Put) -> None:
    [work] = put(libraries.story())
    say(library, work, "author=one", "author=two")
    say(library, work, "author=three", "author=four", "author=five")
    say(library, work, "author=")

    assert values(library, work, Field.AUTHOR) == ()


fields = st.sampled_from(sorted(Field))
said_values = st.lists(libraries.values, max_size=3, unique=True)


@settings(
    max_examples=max(8, settings().max_examples // 8), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(says=st.lists(st.tuples(fields, said_values), min_size=1, max_size=4))
def test_what_was_set_last_is_what_stands(library: Library, put: Put, says: list[tuple[Field, list[str]]]) -> None:
    work = _only(library, put)
    for field, words in says:
        # What is said as an e-mail address is hidden in every other field too.
        many = [f"{word}@inn.example" for word in words] if field is Field.EMAIL else words
        chosen = tuple(many if field in MANY_VALUED else many[:1])
        correct(library, "ann", work, [Change(field, chosen)], clock=CLOCK)
        stands = values(library, work, field)

        assert stands is not None
        assert set(stands) == ({VEILED} if chosen and field is Field.EMAIL else set(chosen))


def _only(library: Library, put: Put) -> str:
    found = search(library, READER).hits if library.tally.originals() else ()
    return found[0].work if found else put(libraries.story())[0]


def test_a_dry_run_writes_nothing(library: Library, put: Put) -> None:
    [work] = put(libraries.story("Old"))
    said = correct(library, "ann", work, [Change(Field.TITLE, ("New",))], dry_run=True)

    assert said.claims[0].value == "New"
    assert values(library, work, Field.TITLE) == ("Old",)
    assert not list(library.journal.acts())


def test_what_cannot_be_meant_is_said_plainly(library: Library, put: Put) -> None:
    [work] = put(libraries.story())

    with pytest.raises(UsageError, match="one title at most"):
        say(library, work, "title=A", "title=B")
    with pytest.raises(UsageError, match="one title at most"):
        say(library, work, "title+=B")
    with pytest.raises(UsageError, match="There are: title, author"):
        say(library, work, "colour=red")
    with pytest.raises(UsageError, match="no equals sign"):
        say(library, work, "title")
    with pytest.raises(RefusedError, match="Nobody made a claim"):
        undo(library, "ann", work, "zzzz")
    with pytest.raises(RefusedError, match="Nobody made a claim"):
        undo(library, "ann", work, known(library, READER, work).claims[0].id)


def test_reading_a_change() -> None:
    assert change_of("title=A = B") == Change(Field.TITLE, ("A = B",))
    assert change_of("title= ") == Change(Field.TITLE, ())
    assert change_of("fandom+=X") == Change(Field.FANDOM, ("X",), How.ALSO)


def test_an_id_cut_short_is_enough_if_it_is_enough(library: Library, put: Put) -> None:
    works = put(*(libraries.story(f"Story {number}") for number in range(40)))
    by_first: dict[str, list[str]] = {}
    for work in works:
        by_first.setdefault(work[0], []).append(work)
    start, several = next((s, w) for s, w in by_first.items() if len(w) > 1)

    assert full_id(library, READER, works[0][:12].upper()) == works[0]
    with pytest.raises(RefusedError, match="Several works begin") as told:
        full_id(library, READER, start)
    assert all(work in str(told.value) for work in several)
    with pytest.raises(RefusedError, match="No work has an id"):
        full_id(library, READER, "zzzzzzzzzzzzzzzz")
    with pytest.raises(RefusedError, match="No work has an id"):
        full_id(library, READER, "")


def test_what_a_person_says_is_understood_as_the_rules_would(library: Library, put: Put) -> None:
    [work] = put(libraries.story())
    say(library, work, "rating=PG-13", "language=French")

    assert [hit.work for hit in search(library, READER, "rating:teen").hits] == [work]
    assert [hit.work for hit in search(library, READER, "lang:fr").hits] == [work]


def test_what_is_taken_back_is_not_taken_back_again(library: Library, put: Put) -> None:
    [work] = put(libraries.story("First"))
    said = say(library, work, "title=Second").claims[0].id
    undone = undo(library, "ann", work, said, clock=CLOCK).claims[0].id

    assert undo(library, "ann", work, said, clock=CLOCK).claims == ()
    assert withdrawn(known(library, READER, work).claims) == {said}
    undo(library, "ann", work, undone, clock=CLOCK)
    assert withdrawn(known(library, READER, work).claims) == {undone}
    assert values(library, work, Field.TITLE) == ("Second",)
