"""What was heard beside what the labels say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.voices.scenes import OTHER, TELLING, THOUGHT, UNKNOWABLE, Labelled

from remnant.model import VoiceKind

_KIND = {THOUGHT: {VoiceKind.THOUGHT, VoiceKind.OTHER}, OTHER: {VoiceKind.OTHER, VoiceKind.THOUGHT}}
"""Whose an unquoted voice is, is often open even to a person: it counts if it is told from telling and from speech."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Counts over scenes: turns with a known speaker, those named and those named rightly; voices told apart or not."""

    turns: int
    named: int
    right: int
    voices: int
    voices_found: int
    invented: int
    """Paragraphs of telling in which a voice was heard."""


def judged(scene: Labelled) -> Heard:
    story = [block for block in scene.reading().blocks if block.text.strip()]
    if len(story) != len(scene.paragraphs):
        raise ValueError(f"{scene.name}: {len(story)} blocks for {len(scene.paragraphs)} paragraphs.")
    turns = named = right = voices = found = invented = 0
    for block, (who, _) in zip(story, scene.paragraphs, strict=True):
        kinds = {voice.kind for voice in block.voices}
        speakers = {voice.speaker for voice in block.voices if voice.kind is VoiceKind.SPEECH}
        if who == TELLING:
            invented += bool(kinds)
        elif who in _KIND:
            voices += 1
            found += bool(kinds & _KIND[who]) and VoiceKind.SPEECH not in kinds
        else:
            voices += 1
            found += VoiceKind.SPEECH in kinds
            if who != UNKNOWABLE:
                turns += 1
                named += any(speakers)
                right += {speaker.casefold() for speaker in speakers if speaker} == {who.casefold()}
    return Heard(turns, named, right, voices, found, invented)


def total(heard: Iterable[Heard]) -> Heard:
    rows: Sequence[Heard] = list(heard)
    return Heard(*(sum(getattr(row, name) for row in rows) for name in Heard.__dataclass_fields__))
