"""Who is near in a story: named, or speaking, not long ago."""

from __future__ import annotations

from remnant.understand.voices.clauses import Subject
from remnant.understand.voices.namings import Sex
from remnant.understand.voices.people import Cast
from remnant.understand.voices.telling import Telling
from remnant.understand.voices.verbs import FEMALE_NOUNS, MALE_NOUNS

NEAR = 14
"""People remembered as near, latest first."""


class Memory:
    """Who is near: named, or speaking, not long ago."""

    def __init__(self, cast: Cast) -> None:
        self.sexes = cast.sexes
        self.near: list[str] = []
        self.subject: dict[Sex, str] = {}
        self.told_of: str | None = None
        self.told_last: str | None = None
        self.brings_in: Subject | None = None

    def sex(self, who: str) -> Sex:
        if who in self.sexes:
            return self.sexes[who]
        noun = who.rsplit(" ", 1)[-1]
        return Sex.HE if noun in MALE_NOUNS else Sex.SHE if noun in FEMALE_NOUNS else Sex.UNKNOWN

    def named(self, who: str) -> None:
        if who in self.near:
            self.near.remove(who)
        self.near.insert(0, who)
        del self.near[NEAR:]

    def told(self, telling: Telling) -> None:
        """A paragraph in which nobody speaks."""
        self.told_of = self.told_last = None
        self.brings_in = telling.brings_in
        for mention in telling.outside:
            who = telling.name(mention)
            self.named(who)
            self.subject[self.sex(who)] = who
            self.told_of = self.told_of or who
            self.told_last = who

    def heard(self, telling: Telling, speaker: str | None) -> None:
        """A paragraph in which somebody speaks: `speaker`, where the paragraph itself says who."""
        for mention in telling.outside:
            self.named(telling.name(mention))
        for who in sorted(telling.called):
            self.named(who)
        if speaker is not None:
            self.named(speaker)
            self.subject[self.sex(speaker)] = speaker
        self.told_of = None
        self.told_last = telling.name(telling.outside[-1]) if telling.outside else None
        self.brings_in = None
