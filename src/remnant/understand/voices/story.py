"""The whole of what is told: every paragraph's telling, who is tagged and named how often, and who says "I"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from remnant.understand.voices.clauses import NARRATOR, Way
from remnant.understand.voices.people import Cast
from remnant.understand.voices.quotes import Quote
from remnant.understand.voices.telling import Telling

TOLD_BY_ONE = 2
"""A story has a narrator who speaks where "I said" is read so often, and once in fifty tags."""

CALLED_OFTEN, TOLD_RARELY = 2, 5
"""A narrator is called by name at least so often, and so many times as often as told of beside what is spoken."""


@dataclass(frozen=True, slots=True)
class Story:
    """The whole of what is told, and who is tagged and who is named how often."""

    tellings: tuple[Telling, ...]
    cast: Cast
    tagged: Counter[str]
    named: Counter[str]
    narrator: str | None
    divided: Collection[int]
    asides: Collection[int]


def story_of(
    texts: Sequence[str],
    quotes: Sequence[tuple[Quote, ...]],
    cast: Cast,
    divided: Collection[int] = (),
    asides: Collection[int] = (),
) -> Story:
    """What every paragraph tells.

    `divided`: paragraphs before which something stands between. `asides`: those that are wholly a thought or a voice
    outside quotation marks; they tell nothing of who speaks, and nobody's turn ends with them.
    """
    tellings = tuple(Telling(text, spoken, cast) for text, spoken in zip(texts, quotes, strict=True))
    tagged = Counter(
        subject.who
        for telling in tellings
        for subject in telling.subjects[:2]
        if subject.way is Way.TAG and not subject.pronoun
    )
    named = Counter(telling.name(mention) for telling in tellings for mention in telling.outside)
    return Story(tellings, cast, tagged, named, _narrator(tellings, tagged, named), divided, asides)


def _narrator(tellings: Sequence[Telling], tagged: Counter[str], told: Counter[str]) -> str | None:
    """Whoever says "I": by the name by which others call one that is hardly ever told of, if there is one."""
    if tagged[NARRATOR] < TOLD_BY_ONE or 50 * tagged[NARRATOR] < tagged.total():
        return None
    called = Counter[str]()
    for telling in tellings:
        if telling.called and not any(subject.who == NARRATOR for subject in telling.subjects):
            called.update(telling.called)
    fitting = [name for name in called if called[name] >= CALLED_OFTEN and TOLD_RARELY * told[name] <= called[name]]
    return max(fitting, key=lambda name: (called[name], name), default=NARRATOR)
