"""Voices heard in a whole reading: a pass of its own over what was understood, for whoever wants it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from remnant.model import Block, BlockKind, Confidence, Range, Reading, Role, Voice, VoiceKind
from remnant.understand.voices.clauses import NARRATOR
from remnant.understand.voices.memories import memories_of
from remnant.understand.voices.people import cast_of
from remnant.understand.voices.quotes import LONGEST, Quote, speech
from remnant.understand.voices.speakers import LIKELY, SURE, Turn, turns_of
from remnant.understand.voices.unquoted import is_first_person, voices_outside


def heard(reading: Reading) -> Reading:
    """The same reading with voices in its story blocks and remembered passages as ranges.

    Everything here is a proposal. A speech's confidence is that of its speaker where one is named, and its own
    otherwise; a speaker of whom the cues leave doubt is not named. The narrator is called `narrator`.
    """
    blocks = list(reading.blocks)
    ranges: list[Range] = []
    for piece in reading.pieces:
        first, last = reading.sections[piece.first].first, reading.sections[piece.last].last
        _hear(blocks, first, last)
        ranges += memories_of(blocks, first, last)
    return replace(reading, blocks=tuple(blocks), ranges=reading.ranges + tuple(ranges))


def _is_told(block: Block) -> bool:
    return block.role is Role.STORY and block.kind not in (BlockKind.BREAK, BlockKind.PICTURE)


def _hear(blocks: list[Block], first: int, last: int) -> None:
    places = [at for at in range(first, last + 1) if _is_told(blocks[at])]
    texts = [blocks[at].text[:LONGEST] for at in places]
    spoken = speech(texts)
    cast = cast_of(texts, spoken)
    first_person = is_first_person(texts, spoken)
    # Where story blocks do not follow one another, something divides them.
    divided = {index for index in range(1, len(places)) if places[index] != places[index - 1] + 1}
    others = [
        tuple(voices_outside(blocks[at], said, cast, first_person=first_person))
        for at, said in zip(places, spoken, strict=True)
    ]
    asides = {index for index, text in enumerate(texts) if not spoken[index] and _is_aside(text, others[index])}
    turns = {turn.paragraph: turn for turn in turns_of(texts, spoken, cast, divided, asides)}
    for index, at in enumerate(places):
        voices = (*_speech(spoken[index], turns.get(index)), *others[index])
        if voices:
            blocks[at] = replace(blocks[at], voices=tuple(sorted(voices, key=lambda voice: voice.start)))


def _is_aside(text: str, voices: Sequence[Voice]) -> bool:
    """Whether a paragraph is nothing but a thought, or a voice outside quotation marks: nobody tells of the speaker."""
    return len(voices) == 1 and voices[0].end - voices[0].start >= len(text.strip())


def _speech(spoken: tuple[Quote, ...], turn: Turn | None) -> Iterator[Voice]:
    for number, quote in enumerate(spoken):
        speaker, confidence = _named(number, turn)
        yield Voice(quote.start, quote.end, VoiceKind.SPEECH, speaker, confidence)


def _named(number: int, turn: Turn | None) -> tuple[str | None, Confidence]:
    if turn is None:
        return None, Confidence.LIKELY
    if number in turn.others:
        return _called(turn.others[number]), Confidence.GUESSED
    if turn.speaker is None or turn.chance < LIKELY:
        return None, Confidence.LIKELY
    return _called(turn.speaker), Confidence.LIKELY if turn.chance >= SURE else Confidence.GUESSED


def _called(speaker: str) -> str:
    return "narrator" if speaker == NARRATOR else speaker
