"""A pen name written "pseud (account)" is withheld as each of the two: addresses of pages have them apart."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.strategies.readings import READER, RULE, Page, work_of

from remnant.model import Confidence, Field, Person, Role, WorkWish
from remnant.shield.showing import show
from remnant.wire.claim import new_claim

KEEPER = Person("keeper", datetime(2026, 3, 1, tzinfo=UTC))


def test_neither_half_of_a_withheld_pseud_stands_anywhere() -> None:
    page = Page()
    page.block(Role.BYLINE, "by Reed Marlow (sallowbank)")
    page.block(Role.NOTE, "Find me at sallowbank, or ask for Reed Marlow.")
    page.block(Role.STORY, "The lamp went out.")
    author = new_claim(Field.AUTHOR, "Reed Marlow (sallowbank)", RULE, Confidence.STATED, "0", (page.region(0),))
    wish = new_claim(Field.WISH, WorkWish.WITHHOLD_NAME.value, KEEPER, Confidence.STATED, "0")
    reading = page.reading((author,))

    said = repr(show(work_of(reading, wish), reading, READER))

    assert "sallowbank" not in said
    assert "Marlow" not in said
    assert "The lamp went out." in said
