"""Law 7: the order in which claims come in never matters; a person outranks a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.strategies.testimony import claims, persons, rules

from remnant.model import MANY_VALUED, Claim, Confidence, Field, Person, Rule
from remnant.understand.settle import settle
from remnant.wire.claim import claim_id, new_claim

some_claims = st.lists(claims(), max_size=12)


@st.composite
def entangled(draw: st.DrawFn) -> list[Claim]:
    """Claims of which some replace or withdraw others."""
    told = draw(some_claims)
    ids = [claim.id for claim in told]
    some = st.none() | st.sampled_from(ids) if ids else st.none()
    answers = [replace(claim, replaces=draw(some), withdraws=draw(some)) for claim in told]
    answers = [replace(claim, id=claim_id(claim)) for claim in answers]
    return told + answers


@st.composite
def rings(draw: st.DrawFn) -> list[Claim]:
    """Claims that no honest journal holds, since ids are derived: each may withdraw or replace any other."""
    told = draw(st.lists(claims(), min_size=1, max_size=8, unique_by=lambda claim: claim.id))
    some = st.none() | st.sampled_from([claim.id for claim in told])
    return [replace(claim, replaces=draw(some), withdraws=draw(some)) for claim in told]


@given(entangled() | rings(), st.randoms(use_true_random=False))
def test_the_order_in_which_claims_come_in_never_matters(told: list[Claim], chance: Random) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)

    assert settle(shuffled) == settle(told)
    assert list(settle(shuffled).fields) == list(settle(told).fields)


@given(entangled())
def test_saying_a_thing_twice_changes_nothing(told: list[Claim]) -> None:
    assert settle(told + told) == settle(told)


@given(some_claims, persons, st.sampled_from(sorted(set(Field) - MANY_VALUED)), st.text(min_size=1))
def test_a_person_outranks_every_rule(told: list[Claim], person: Person, field: Field, value: str) -> None:
    by_rules = [claim for claim in told if isinstance(claim.witness, Rule)]
    word = new_claim(field, value, person, Confidence.STATED, "0")

    assert settle([*by_rules, word]).values(field) == (value,)


@given(some_claims, persons, st.sampled_from(list(Field)))
def test_a_blank_that_a_person_states_is_an_empty_value(told: list[Claim], person: Person, field: Field) -> None:
    by_rules = [claim for claim in told if isinstance(claim.witness, Rule)]
    word = new_claim(field, None, person, Confidence.STATED, "0")

    assert settle([*by_rules, word]).fields[field] == ()


@given(some_claims, claims(), persons)
def test_an_undo_gives_back_what_was_settled_before(told: list[Claim], word: Claim, person: Person) -> None:
    assume(word.id not in {claim.id for claim in told})
    spoken = replace(word, witness=person, id="")
    spoken = replace(spoken, id=claim_id(spoken))
    assume(spoken.id not in {claim.id for claim in told})
    undo = new_claim(spoken.field, None, person, Confidence.STATED, spoken.piece, withdraws=spoken.id)
    again = new_claim(spoken.field, None, person, Confidence.STATED, spoken.piece, withdraws=undo.id)

    assert settle([*told, spoken, undo]) == settle(told)
    assert settle([*told, spoken, undo, again]) == settle([*told, spoken])


@given(persons, st.text(min_size=1), st.text(min_size=1), st.text(min_size=1))
def test_the_last_of_a_chain_of_corrections_speaks(person: Person, one: str, two: str, three: str) -> None:
    first = new_claim(Field.TITLE, one, person, Confidence.STATED, "0")
    second = new_claim(Field.TITLE, two, person, Confidence.STATED, "0", replaces=first.id)
    third = new_claim(Field.TITLE, three, person, Confidence.STATED, "0", replaces=second.id)

    assert settle([second, third, first]).values(Field.TITLE) == (three,)


@given(rules, rules)
def test_a_rule_can_neither_replace_nor_withdraw(one: Rule, other: Rule) -> None:
    first = new_claim(Field.TITLE, "The Lamp", one, Confidence.STATED, "0")
    second = new_claim(Field.TITLE, "Zinc", other, Confidence.GUESSED, "0", replaces=first.id, withdraws=first.id)

    assert settle([first, second]).values(Field.TITLE) == ("The Lamp",)


def test_concurrent_persons_tie_by_name_and_id_whatever_the_clock_says() -> None:
    early, late = (datetime(year, 1, 1, tzinfo=UTC) for year in (2001, 2020))
    told = [
        new_claim(Field.TITLE, "Zinc", Person("Ada", late), Confidence.GUESSED, "0"),
        new_claim(Field.TITLE, "The Lamp", Person("Bea", early), Confidence.STATED, "0"),
    ]

    assert settle(told).values(Field.TITLE) == ("Zinc",)


def test_a_warning_that_a_person_adds_silences_no_other() -> None:
    told = [
        new_claim(Field.WARNING, "character death", Rule("opening", 1), Confidence.STATED, "0"),
        new_claim(Field.WARNING, "drowning", Person("Ada", datetime(2020, 1, 1, tzinfo=UTC)), Confidence.STATED, "0"),
    ]

    assert set(settle(told).values(Field.WARNING)) == {"character death", "drowning"}
