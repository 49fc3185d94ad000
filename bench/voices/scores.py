"""What was heard beside what the labels say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bench.voices.baselines import nearest_name, taking_turns
from bench.voices.scenes import OTHER, TELLING, THOUGHT, UNKNOWABLE, Labelled

from remnant.model import VoiceKind
from remnant.understand.voices.people import cast_of
from remnant.understand.voices.quotes import marks_of, quotations

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
    nearest: int
    in_turns: int
    """Turns whose speaker the nearest name gets right, and taking turns."""


def judged(scene: Labelled) -> Heard:
    story = [block for block in scene.reading().blocks if block.text.strip()]
    if len(story) != len(scene.paragraphs):
        raise ValueError(f"{scene.name}: {len(story)} blocks for {len(scene.paragraphs)} paragraphs.")
    labels = {who for who, _ in scene.paragraphs} - {TELLING, THOUGHT, OTHER, UNKNOWABLE}
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
                right += {labelled_as(speaker, labels) for speaker in speakers} == {who}
    nearest, in_turns = (_plainly(scene, reader, labels) for reader in (nearest_name, taking_turns))
    return Heard(turns, named, right, voices, found, invented, nearest, in_turns)


def _plainly(scene: Labelled, reader: Callable[..., dict[int, str]], labels: Iterable[str]) -> int:
    texts = [text for _, text in scene.paragraphs]
    marks = marks_of(texts)
    spoken = [quotations(text, marks) for text in texts]
    said = reader(texts, spoken, cast_of(texts, spoken))
    return sum(
        who in labels and labelled_as(said.get(at), labels) == who for at, (who, _) in enumerate(scene.paragraphs)
    )


def labelled_as(speaker: str | None, labels: Iterable[str]) -> str | None:
    """Whom of the labelled persons a name means: "Brother Hew" is Hew, unless another label fits as well."""
    said = _words(speaker or "")
    meant = [who for who in labels if said and (said <= _words(who) or _words(who) <= said)]
    return meant[0] if len(meant) == 1 else next((who for who in meant if _words(who) == said), None)


def _words(name: str) -> frozenset[str]:
    return frozenset(name.casefold().replace(".", "").split())


def total(heard: Iterable[Heard]) -> Heard:
    rows: Sequence[Heard] = list(heard)
    return Heard(*(sum(getattr(row, name) for row in rows) for name in Heard.__dataclass_fields__))
