"""A story cut into conversations, each turn with what speaks for the people near it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from remnant.understand.voices.beside import weigh_beside
from remnant.understand.voices.cues import Cues, Weigher
from remnant.understand.voices.near import Memory
from remnant.understand.voices.story import Story
from remnant.understand.voices.weights import Weights

FAR = 4
"""Paragraphs of telling after which a conversation is another."""

MOST_TURNS = 500
"""Turns of one conversation weighed together: what is longer is weighed in stretches, and takes no more memory."""


def scenes_of(story: Story, weights: Weights) -> Iterator[list[Cues]]:
    """The story cut into conversations, each turn with its cues. Asides stand in none and part none."""
    weigher = Weigher(story, weights)
    told = [at for at in range(len(story.tellings)) if at not in story.asides]
    turns: list[Cues] = []
    divided = False
    last = 0
    for place, at in enumerate(told):
        if any(between in story.divided for between in range(last + 1, at + 1)):
            weigher.memory = Memory(story.cast)
            divided = True
        last = at
        telling = story.tellings[at]
        if not telling.spoken:
            weigher.memory.told(telling)
            continue
        if turns and (divided or place - turns[-1].place > FAR or len(turns) == MOST_TURNS):
            yield _weighed(weigher, turns, told)
            turns = []
        divided = False
        cue = weigher.cue(at, place, telling)
        turns.append(cue)
        weigher.memory.heard(telling, cue.plain)
    if turns:
        yield _weighed(weigher, turns, told)


def _weighed(weigher: Weigher, turns: list[Cues], told: Sequence[int]) -> list[Cues]:
    tellings = weigher.story.tellings
    after = [tellings[told[turn.place + 1]] if turn.place + 1 < len(told) else None for turn in turns]
    weigh_beside(weigher, turns, after)
    return turns
