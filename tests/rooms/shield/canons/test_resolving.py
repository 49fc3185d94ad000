"""From a notice to what it asks of a reader; what is not sure stays closed."""

from __future__ import annotations

import pytest
from tests.rooms.shield.canons.test_reading import canon as small

from remnant.library.canons import canons
from remnant.model import Claim, Confidence, Field, NameKind, PartName, Place, Relation, Rule
from remnant.shield.canons import Condition, Unresolved, aired, comes_before, label_of, named, resolve, seen_up_to
from remnant.wire.claim import new_claim

KNOWN = canons(None)
TORCHWOOD = KNOWN.by_id["torchwood"]
WIZARDS = KNOWN.by_id["harry-potter"]


def notice(relation: Relation, *parts: str, canon: str | None = None, words: str = "as written") -> Claim:
    detail = {"canon": canon, "part": " ".join(parts) or None, "parts": parts, "relation": relation.value}
    return new_claim(Field.SPOILER, words, Rule("test", 1), Confidence.STATED, "0", (), detail=detail)


def condition(claim: Claim, *fandoms: str) -> Condition:
    found = resolve(claim, KNOWN, fandoms)
    assert isinstance(found, Condition), found
    return found


def unresolved(claim: Claim, *fandoms: str) -> Unresolved:
    found = resolve(claim, KNOWN, fandoms)
    assert isinstance(found, Unresolved), found
    return found


def title(text: str) -> PartName:
    return PartName(NameKind.TITLE, title=text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Children Of Earth Day Four", ("3.4",)),
        ("CoE: day 4", ("3.4",)),
        ("DAY FOUR", ("3.4",)),
        ("Exit Wounds", ("2.13",)),
        ("Torchwood: Exit Wounds", ("2.13",)),
        ("Kiss Kiss Bang Bang", ("2.1",)),
        ("KKBB", ("2.1",)),
        ("Children of Earth", ("3.1", "3.2", "3.3", "3.4", "3.5")),
        ("Day One", ("1.2", "3.1")),
        ("Day Six", ()),
        ("Torchwood: Day Six", ()),
        ("Lost Souls", ("radio.1",)),
    ],
)
def test_a_title_means_what_bears_it(text: str, parts: tuple[str, ...]) -> None:
    assert named(TORCHWOOD, title(text)) == parts


def test_numbers_name_seasons_episodes_and_ends() -> None:
    assert named(TORCHWOOD, PartName(NameKind.EPISODE, 2, 13)) == ("2.13",)
    assert named(TORCHWOOD, PartName(NameKind.EPISODE, None, 4)) == ()
    assert named(TORCHWOOD, PartName(NameKind.LAST, 2)) == ("2.13",)
    assert named(TORCHWOOD, PartName(NameKind.FIRST)) == ("1.1",)
    assert len(named(TORCHWOOD, PartName(NameKind.SEASON, 1, to=PartName(NameKind.SEASON, 3)))) == 31
    assert named(TORCHWOOD, PartName(NameKind.SEASON, 3, to=PartName(NameKind.SEASON, 1))) == ()
    assert "radio.1" not in named(TORCHWOOD, PartName(NameKind.ALL))


def test_a_name_that_book_and_film_share_means_the_book() -> None:
    assert named(WIZARDS, title("Deathly Hallows")) == ("book.7",)
    assert named(WIZARDS, title("Deathly Hallows, Part II")) == ("film.8",)
    assert named(WIZARDS, PartName(NameKind.BOOK, number=5)) == ("book.5",)
    assert len(named(WIZARDS, PartName(NameKind.FILM))) == 8


def test_up_to_asks_for_all_that_came_before_in_its_track() -> None:
    found = condition(notice(Relation.UP_TO, "title Children of Earth Day Four"))

    assert (found.canon, found.named) == ("torchwood", ("3.4",))
    assert found.needs[0] == "1.1"
    assert found.needs[-1] == "3.4"
    assert len(found.needs) == 30
    assert condition(notice(Relation.UP_TO, "book 2"), "Harry Potter").needs == ("book.1", "book.2")


def test_contains_asks_for_what_is_named() -> None:
    claim = notice(Relation.CONTAINS, "episode 2x12", "title Exit Wounds", canon="TW")

    assert condition(claim).needs == ("2.12", "2.13")
    assert len(condition(notice(Relation.WHOLE, canon="Torchwood")).needs) == 41


def test_before_the_first_part_nothing_is_asked() -> None:
    assert condition(notice(Relation.SET_BEFORE, "first"), "Torchwood (TV)").needs == ()
    assert condition(notice(Relation.SET_BEFORE, "episode 1x03"), "Torchwood").needs == ("1.1", "1.2")
    assert condition(notice(Relation.NONE)).needs == ()


def test_a_title_may_stand_on_both_sides_of_a_colon_or_hold_an_and() -> None:
    assert condition(notice(Relation.CONTAINS, "title Day Four", canon="Children of Earth")).needs == ("3.4",)
    halves = notice(Relation.CONTAINS, "title Smith", "title Jones", words="Smith and Jones")
    assert condition(halves, "Doctor Who").needs == ("3.1",)


def test_what_is_named_is_looked_for_in_canons_of_the_same_world() -> None:
    found = condition(notice(Relation.CONTAINS, "title Journey's End"), "Torchwood")

    assert (found.canon, found.needs) == ("doctor-who", ("4.13",))


@pytest.mark.parametrize(
    ("claim", "fandoms"),
    [
        (notice(Relation.CONTAINS, "season 2"), ()),
        (notice(Relation.CONTAINS, "season 2"), ("Torchwood", "Doctor Who")),
        (notice(Relation.CONTAINS, "season 2", canon="Nobody Knows"), ("Torchwood",)),
        (notice(Relation.CONTAINS, "title Adrift"), ()),
        (notice(Relation.CONTAINS, "title Adrift"), ("Another Show",)),
        (notice(Relation.CONTAINS, "title Exit Wounds", "title Never Shown"), ("Torchwood",)),
        (notice(Relation.CONTAINS, "season 12"), ("Doctor Who (1963)",)),
        (notice(Relation.CONTAINS, "season 9"), ("Torchwood",)),
        (notice(Relation.UP_TO), ()),
        (notice(Relation.CONTAINS, "nonsense"), ("Torchwood",)),
    ],
)
def test_what_is_not_sure_stays_unresolved(claim: Claim, fandoms: tuple[str, ...]) -> None:
    assert unresolved(claim, *fandoms).words == "as written"


def test_a_claim_without_parsed_parts_stays_unresolved() -> None:
    detail = {"canon": None, "part": "Exit Wounds", "relation": "contains"}
    claim = new_claim(Field.SPOILER, "Exit Wounds", Rule("old", 1), Confidence.STATED, "0", (), detail=detail)

    assert unresolved(claim, "Torchwood")
    assert unresolved(new_claim(Field.SPOILER, "Exit Wounds", Rule("old", 1), Confidence.STATED, "0", ()), "Torchwood")


def test_order_goes_across_canons_that_touch() -> None:
    def before(first: str, second: str) -> bool:
        one, other = (Place(*name.split(":")) for name in (first, second))
        return comes_before(KNOWN, one, other)

    assert before("torchwood:1.1", "torchwood:3.4")
    assert before("doctor-who:2.13", "torchwood:3.4")
    assert before("torchwood:1.13", "doctor-who:4.1")
    assert not before("torchwood:3.4", "torchwood:3.4")
    assert not before("torchwood:3.4", "doctor-who:2.13")
    assert not before("torchwood:9.9", "torchwood:1.1")


def test_a_region_has_days_and_an_order_of_its_own() -> None:
    from datetime import date

    day = date(2009, 7, 9)
    assert "3.4" in aired(TORCHWOOD, "GB", day)
    assert "3.1" not in aired(TORCHWOOD, "US", day)
    assert "1.2" not in aired(TORCHWOOD, "US", date(2030, 1, 1))
    text = """format = 1
name = "Shuffled"
[[series]]
number = 1
parts = [{title = "A", US = 2002-12-20}, {title = "B", US = 2002-09-20}, {title = "C", US = 2002-09-27}]
"""
    shuffled = small(text)
    assert seen_up_to(shuffled, "1.2") == ("1.1", "1.2")
    assert seen_up_to(shuffled, "1.2", "US") == ("1.2",)
    assert seen_up_to(shuffled, "1.1", "US") == ("1.2", "1.3", "1.1")
    assert seen_up_to(shuffled, "1.1", "GB") == ("1.1",)
    assert seen_up_to(shuffled, "7.7") == ()


def test_a_part_has_a_label_for_people() -> None:
    assert label_of(TORCHWOOD, "3.4") == "Day Four (3x04)"
    assert label_of(WIZARDS, "book.4") == "Harry Potter and the Goblet of Fire (book 4)"
