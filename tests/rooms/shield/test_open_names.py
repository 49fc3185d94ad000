"""A name behind an address is hidden there, and not where its owner signs with it."""

from __future__ import annotations

from dataclasses import replace

from tests.strategies.readings import ORIGINAL, READER, RULE, Page, work_of

from remnant.model import Claim, Confidence, Field, Region, Role, Shown
from remnant.shield.showing import show
from remnant.wire.claim import new_claim


def by_mara(page: Page, line: int, sensitive: bool) -> Claim:
    start = page.region(line).start + page.blocks[line].text.index("Mara")
    place = Region(ORIGINAL.digest, "", "utf-8", start, start + len("Mara Quill"))
    confidence = Confidence.GUESSED if sensitive else Confidence.STATED
    claim = new_claim(Field.AUTHOR, "Mara Quill", RULE, confidence, "0", (place,))
    return replace(claim, sensitive=sensitive)


def shown(signed: bool) -> Shown:
    page = Page()
    page.block(Role.HEADER, "From: kestrel@inn.example (Mara Quill)")
    page.block(Role.BYLINE, "by Mara Quill" if signed else "by the usual suspect")
    page.block(Role.STORY, "The lamp went out.")
    claims = (by_mara(page, 0, sensitive=True), *((by_mara(page, 1, sensitive=False),) if signed else ()))
    reading = page.reading(claims)
    return show(work_of(reading), reading, READER)


def test_a_name_that_only_stands_behind_an_address_is_veiled() -> None:
    assert "Mara" not in repr(shown(signed=False).fields)


def test_a_name_that_also_signs_the_story_is_shown_there_and_veiled_in_the_mail_head() -> None:
    whole = shown(signed=True)

    assert "Mara Quill" in whole.fields[Field.AUTHOR]
    assert whole.body is not None
    assert "Mara" not in whole.body.blocks[0].text
    assert whole.body.blocks[1].text == "by Mara Quill"
