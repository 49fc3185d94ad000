"""What each kind of guard says to each kind of reader, and what a card then carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.readings import Page, claim, person, readings, work_of

from remnant.model import (
    Claim,
    Confidence,
    Field,
    ProfileKind,
    Reader,
    Reading,
    Role,
    Strength,
    Wish,
    WishHow,
    WishKind,
)
from remnant.shield.deciding import decide
from remnant.shield.eyes import Eyes
from remnant.shield.guards import MOST, from_text, guards_of, to_text
from remnant.shield.matching import first_match, matches
from remnant.shield.showing import HiddenError, searchable, show
from remnant.shield.veil import veil_of

OPEN, VEILED, HIDDEN = Strength


def reader(*wishes: tuple[WishKind, str, WishHow], kind: ProfileKind = ProfileKind.ADULT) -> Reader:
    return Reader("ann", {}, tuple(Wish(*wish) for wish in wishes), kind)


GORE = (WishKind.WARNING, "gore", WishHow.HIDE)
ANGST = (WishKind.TAG, "angst", WishHow.VEIL)
TEEN = (WishKind.RATING, "teen", WishHow.VEIL)
CHILD, GUEST = (reader(kind=kind) for kind in (ProfileKind.CHILD, ProfileKind.GUEST))
GENERAL = claim(Field.RATING, "G", normalised="general")
MATURE = claim(Field.RATING, "R", normalised="mature")
GUESSED = claim(Field.RATING, "perhaps G", normalised="general", confidence=Confidence.GUESSED)
ODD = claim(Field.RATING, "five stars")
SILENT = claim(Field.WARNING, "Choose not to warn", normalised="chose not to warn")
NOTHING = claim(Field.WARNING, "none", normalised="none apply")
BLOOD = claim(Field.WARNING, "Graphic Violence", normalised="graphic violence")
PERHAPS = claim(Field.WARNING, "gore", confidence=Confidence.GUESSED)

CASES: list[tuple[Reader, tuple[Claim, ...], Strength]] = [
    (reader(), (), OPEN),
    (reader(), (MATURE, BLOOD, SILENT), OPEN),
    (reader(TEEN), (GENERAL,), OPEN),
    (reader(TEEN), (MATURE,), VEILED),
    (reader(TEEN), (), VEILED),
    (reader(TEEN), (GUESSED,), VEILED),
    (reader(TEEN), (ODD,), VEILED),
    (reader((WishKind.RATING, "any", WishHow.HIDE)), (), OPEN),
    (reader(GORE), (BLOOD,), HIDDEN),
    (reader(GORE), (NOTHING,), OPEN),
    (reader(GORE), (SILENT,), VEILED),
    (reader(GORE), (PERHAPS,), VEILED),
    (reader(GORE), (claim(Field.TAG, "Extreme Violence"),), HIDDEN),
    (reader(ANGST), (claim(Field.TAG, "Light Angst"),), VEILED),
    (reader(ANGST), (claim(Field.GENRE, "Angst"),), VEILED),
    (reader(ANGST), (claim(Field.TAG, "No Angst"),), OPEN),
    (reader(ANGST, (WishKind.TAG, "Angst with a Happy Ending", WishHow.SHOW)), (SILENT,), OPEN),
    (
        reader(ANGST, (WishKind.TAG, "Angst with a Happy Ending", WishHow.SHOW)),
        (claim(Field.TAG, "Angst with a happy ending"),),
        OPEN,
    ),
    (reader((WishKind.FANDOM, "Salt Road", WishHow.HIDE)), (claim(Field.FANDOM, "salt road (TV)"),), HIDDEN),
    (CHILD, (GENERAL,), OPEN),
    (CHILD, (GENERAL, NOTHING), OPEN),
    (CHILD, (), HIDDEN),
    (CHILD, (GUESSED,), HIDDEN),
    (CHILD, (MATURE,), HIDDEN),
    (CHILD, (GENERAL, BLOOD), HIDDEN),
    (CHILD, (GENERAL, SILENT), HIDDEN),
    (CHILD, (GENERAL, PERHAPS), HIDDEN),
    (CHILD, (GENERAL, claim(Field.SPOILER, "the end of it")), HIDDEN),
    (reader((WishKind.RATING, "mature", WishHow.HIDE), kind=ProfileKind.CHILD), (MATURE,), OPEN),
    (reader(ANGST, kind=ProfileKind.CHILD), (GENERAL, claim(Field.TAG, "Angst")), HIDDEN),
    (GUEST, (GENERAL, BLOOD), OPEN),
    (GUEST, (), HIDDEN),
    (reader(TEEN, kind=ProfileKind.KEEPER), (MATURE, SILENT, claim(Field.SPOILER, "all of it")), OPEN),
]


@pytest.mark.parametrize(("who", "said", "strength"), CASES)
def test_what_is_said_decides(who: Reader, said: tuple[Claim, ...], strength: Strength) -> None:
    work = work_of(Page().reading(), *said)
    decision = decide(work, who)

    assert decision.strength is strength
    assert bool(decision.reasons) == (strength is VEILED)
    if strength is HIDDEN:
        with pytest.raises(HiddenError):
            show(work, None, who)
    else:
        assert show(work, None, who).veiled == (strength is VEILED)


@given(given_work=readings(), number=st.integers(0, len(CASES) - 1))
def test_an_index_judges_as_the_decision_does(given_work: Reading, number: int) -> None:
    """Guards, tags and fandoms one by one, as they stand in the index, and the work as a whole: one strength."""
    who, said, _ = CASES[number]
    work = work_of(given_work, *said)
    held, eyes = searchable(work, given_work), Eyes(who)
    values = [("tag", v) for f in (Field.TAG, Field.GENRE, Field.CATEGORY) for v in held.fields.get(f, ())]
    values += [("fandom", v) for v in held.fields.get(Field.FANDOM, ())]
    judged = [*map(eyes.sees, held.guards), *(eyes.sees_value(*each) for each in values)]

    assert max(judged) is decide(work, who, veil=veil_of(work, given_work)).strength
    assert {facet for facet, value in values if eyes.sees_value(facet, value)} <= eyes.wary
    assert all(to_text(from_text(guard)) == guard for guard in held.guards)


def test_more_notices_than_can_be_looked_at_close_it() -> None:
    many = [claim(Field.WARNING, f"thing {number}") for number in range(MOST + 5)]
    work = work_of(Page().reading(), *many)

    assert decide(work, reader()).strength is VEILED
    assert len(guards_of(work, veil_of(work))) == MOST + 1


@pytest.mark.parametrize("guard", ["", "[]", "{}", '["mood","sad"]', '["rating"]', "[" * 5000, '["spoiler",1,2]'])
def test_a_guard_that_cannot_be_read_hides(guard: str) -> None:
    assert Eyes(reader()).sees(guard) is HIDDEN


def test_a_sign_is_shown_and_closes_nothing() -> None:
    shown = show(work_of(Page().reading(), BLOOD), None, reader((WishKind.WARNING, "gore", WishHow.SIGN)))

    assert (shown.veiled, shown.signs) == (False, ("You asked for a sign: it has the warning “graphic violence”.",))


def test_a_guess_is_never_the_authors_word() -> None:
    shown = show(work_of(Page().reading(), BLOOD, PERHAPS), None, reader())

    assert [notice.text for notice in shown.notices] == ["graphic violence"]
    assert [notice.text for notice in shown.perhaps] == ["gore"]
    assert shown.fields[Field.WARNING] == ("graphic violence",)


def test_the_note_at_the_end_is_veiled_with_the_work_and_waits_behind_a_tap_else() -> None:
    page = Page()
    page.block(Role.SPOILER, "Spoilers for Night Four.")
    page.block(Role.STORY, "It rained.")
    page.block(Role.WARNING, "Warning: the boat sinks.")
    said = (
        claim(Field.SPOILER, "Night Four", page.place_of("Night Four")),
        claim(Field.WARNING, "the boat sinks", page.place_of("the boat sinks")),
    )
    reading = page.reading(said)
    work = work_of(reading)
    veiled, opened = show(work, reading, reader()), show(work, reading, reader(kind=ProfileKind.KEEPER))

    assert [notice.text for notice in veiled.notices] == ["Spoilers for Night Four."]
    assert [(notice.text, notice.late) for notice in opened.notices] == [
        ("Spoilers for Night Four.", False),
        ("Warning: the boat sinks.", True),
    ]
    assert searchable(work, reading).late == {said[1].id}


def _meant() -> Iterator[tuple[str, str, bool]]:
    yield from (("rape", "Past Rape/Non-con", True), ("non-con", "Implied rape", True), ("angst", "Angsty", False))
    yield from (("MCD", "Major Character Death", True), ("gore", "Not gore", False), ("fluff", "fluff and angst", True))
    yield from (("violence", "Torture", True), ("torture", "Violence", False), ("abuse", "Past Rape", True))
    yield from (("comfort", "Hurt No Comfort", False), ("gore", "Story without gore", False))
    yield from (("", "anything", False), ("dub-con", "Dubious Consent", True), ("death", "Deathly Hallows", False))


@pytest.mark.parametrize(("wished", "value", "meant"), list(_meant()))
def test_kinds_of_a_thing_and_other_words_for_it_are_meant(wished: str, value: str, meant: bool) -> None:
    assert matches(wished, value) is meant


def test_of_several_wishes_the_one_that_names_it_decides_and_else_the_strictest() -> None:
    veil, hide = Wish(WishKind.TAG, "angst", WishHow.VEIL), Wish(WishKind.TAG, "light angst", WishHow.HIDE)

    assert first_match([veil, hide], "Very Light Angst") is hide
    assert first_match([hide, veil], "Angst") is veil
    assert first_match([hide, veil], "Fluff") is None


def test_a_persons_word_on_a_rating_is_a_rating() -> None:
    work = work_of(Page().reading(), MATURE, replace(person(Field.RATING, "all"), normalised="general"))

    assert decide(work, CHILD).strength is OPEN
