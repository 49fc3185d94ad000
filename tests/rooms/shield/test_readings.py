"""A reading as it may be shown: nothing sensitive in it, every offset as it was."""

from __future__ import annotations

from dataclasses import replace

from tests.strategies.readings import READER, Page, claim

from remnant.model import VEILED, Field, Finding, How, Mark, Role, Severity, Voice, VoiceKind
from remnant.model import Confidence as Sure
from remnant.shield.readings import show_reading
from remnant.understand.settle import settle
from remnant.wire.reading import to_json

ADDRESS = "mara@inn.example"


def test_sensitive_words_go_and_every_place_stays() -> None:
    page = Page(path=f"{ADDRESS}.xhtml")
    page.block(Role.NOTE, "Write to ", page.span("mara@", frozenset({Mark.STRONG})), "inn.example please")
    page.block(Role.STORY, "It rained.")
    said = claim(Field.FEEDBACK, f"to {ADDRESS}", page.place_of(ADDRESS[:4]))
    reading = page.reading((said, claim(Field.EMAIL, ADDRESS, sensitive=True)))
    reading = replace(reading, findings=(Finding("E003", Severity.LOSS, f"{ADDRESS}.xhtml is empty."),))
    shown, settled = show_reading(reading, {piece.key: settle(reading.claims) for piece in reading.pieces}, READER)

    assert ADDRESS not in repr(to_json(shown, next(iter(settled.values()))))
    assert "".join(block.text for block in shown.blocks) == f"Write to {VEILED}{VEILED} pleaseIt rained."
    assert [span.how for span in shown.blocks[0].spans] == [How.VERBATIM, How.DECODED, How.DECODED]
    assert [(skip.region.start, skip.region.end) for skip in shown.skipped] == [
        (skip.region.start, skip.region.end) for skip in reading.skipped
    ]
    assert [(span.source.start, span.source.end) for block in shown.blocks for span in block.spans] == [
        (span.source.start, span.source.end) for block in reading.blocks for span in block.spans
    ]
    assert {span.source.part for block in shown.blocks for span in block.spans} == {f"{VEILED}.xhtml"}


def test_parts_veiled_alike_stay_apart() -> None:
    page = Page(path=f"{ADDRESS}.xhtml")
    page.block(Role.STORY, "It rained.")
    reading = page.reading()
    other = replace(reading.parts[0], path="ann@inn.example.xhtml")
    shown, _ = show_reading(replace(reading, parts=(*reading.parts, other)), {}, READER)

    assert len({part.path for part in shown.parts}) == 2
    assert not any("@" in part.path for part in shown.parts)


def test_a_voice_stays_on_its_words() -> None:
    page = Page()
    block = page.block(Role.NOTE, f"{ADDRESS} says: hello")
    start = len(ADDRESS) + 7
    heard = replace(block, voices=(Voice(start, start + 5, VoiceKind.SPEECH, ADDRESS, Sure.STATED),))
    shown, _ = show_reading(replace(page.reading(), blocks=(heard,)), {}, READER)
    voice = shown.blocks[0].voices[0]

    assert shown.blocks[0].text[voice.start : voice.end] == "hello"
    assert voice.speaker == VEILED
