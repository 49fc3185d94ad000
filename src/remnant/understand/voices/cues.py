"""What speaks for somebody having a turn: tags, deeds beside the words, who is called, who is near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

from remnant.understand.voices.clauses import NARRATOR, Subject, Way
from remnant.understand.voices.namings import Sex
from remnant.understand.voices.near import Memory
from remnant.understand.voices.story import Story
from remnant.understand.voices.telling import Telling
from remnant.understand.voices.verbs import HE, OF_MANY
from remnant.understand.voices.weights import Weights

FAR_OFF = 5
"""Of those who are near, so many were named later than one who is far."""

BESIDE = 60
"""Characters after a pronoun in which a name is hardly the same person's: "he said to Jack"."""


@dataclass(slots=True)
class Cues:
    """One turn: the scores of the people near it, and what it weighs that one of the two who spoke last speaks again.

    `place` counts paragraphs without asides. `plain` is whom the paragraph itself names as speaking, `said` whom it
    says so of; `fitting` are those whom it may mean by "he said"; `others` whom it names for another of its quotes.
    """

    paragraph: int
    place: int
    telling: Telling
    scores: dict[str, float] = field(default_factory=dict)
    plain: str | None = None
    said: str | None = None
    fitting: frozenset[str] = frozenset()
    others: dict[int, str] = field(default_factory=dict)
    same: float = 0.0
    back: float = 0.0


class Weigher:
    """Scores of one turn after the other, in the order of the story."""

    def __init__(self, story: Story, weights: Weights) -> None:
        self.memory = Memory(story.cast)
        self.story = story
        self.weights = weights
        self.narrator = story.narrator
        self.named = story.named
        self.tagged = story.tagged
        if story.narrator not in (None, NARRATOR):
            self.tagged = story.tagged + Counter({story.narrator or "": story.tagged[NARRATOR]})
        self.most_tagged = 1 + max(self.tagged.values(), default=0)
        self.most_named = 1 + max(self.named.values(), default=0)
        self.known: dict[str, float] = {}

    def cue(self, paragraph: int, place: int, telling: Telling) -> Cues:
        cue, weights = Cues(paragraph, place, telling), self.weights
        for rank, who in enumerate(self.memory.near):
            at = weights.nearest if rank == 0 else weights.far if rank >= FAR_OFF else 0.0
            cue.scores[who] = weights.rank * rank + at + self.often(who)
        for mention in reversed(telling.outside):
            self.add(cue, telling.name(mention), 0.0)
        self._add_once(cue, (telling.name(mention) for mention in telling.outside), weights.named_here)
        if telling.outside:
            self.add(cue, telling.name(telling.outside[0]), weights.first_here)
            ended = telling.spoken[0].end
            self._add_once(
                cue, (telling.name(one) for one in telling.outside if one.start >= ended), weights.named_after
            )
            self._add_once(cue, telling.to_whom(), weights.to_whom)
        if telling.sir is not None:
            self.add_by_sex(cue, telling.sir, weights.sir_here, 0.0)
        if self.memory.told_of:
            self.add(cue, self.memory.told_of, weights.told_of)
        if self.memory.told_last:
            self.add(cue, self.memory.told_last, weights.told_last)
        if self.narrator:
            self.add(cue, self.narrator, weights.narrator)
        for who in sorted(telling.called):
            self.add(cue, who, weights.calls)
        for who in sorted(telling.spoken_of):
            self.add(cue, who, weights.speaks_of)
        self._weigh_subjects(cue, telling)
        return cue

    def often(self, who: str) -> float:
        """How much somebody is talked of in the whole story, and how much heard in it, beside whoever is so most."""
        if who not in self.known:
            heard = log((1 + self.tagged[who]) / self.most_tagged)
            named = log((1 + self.named[who]) / self.most_named)
            self.known[who] = self.weights.often * heard + self.weights.often_named * named
        return self.known[who]

    def add(self, cue: Cues, who: str, score: float) -> None:
        own = cue.scores.get(who)
        if own is None:
            own = self.weights.rank * len(self.memory.near) + self.often(who)
        cue.scores[who] = own + score

    def add_by_sex(self, cue: Cues, sex: Sex, fits: float, does_not: float) -> None:
        """To all near who are known to be of a sex, and to those known to be of the other."""
        for who in cue.scores:
            own = self.memory.sex(who)
            if own is not Sex.UNKNOWN:
                cue.scores[who] += fits if own is sex else does_not

    def _add_once(self, cue: Cues, names: Iterable[str], score: float) -> None:
        for who in dict.fromkeys(names):
            self.add(cue, who, score)

    def _weigh_subjects(self, cue: Cues, telling: Telling) -> None:
        said = [subject for subject in telling.subjects if subject.way in (Way.TAG, Way.APART)]
        if not said and self.memory.brings_in:
            said = [self.memory.brings_in]
        chosen = said[:1] or _deeds(telling.subjects)
        for subject in chosen:
            if subject.pronoun:
                self._weigh_pronoun(cue, subject, telling)
            elif subject.noun:
                self._weigh_noun(cue, subject)
            else:
                self._weigh_name(cue, subject)
        claimed = {subject.quote for subject in said[:1]}
        for subject in said[1:]:
            who = self._who(subject)
            own = not subject.pronoun and who != cue.plain and not (subject.noun and subject.way is Way.APART)
            if own and subject.quote not in claimed:
                cue.others[subject.quote] = who
            # What comes first, before the words, says who speaks; what comes after goes on: "Ada said, "No," and Jack".
            claimed.add(subject.quote)

    def _who(self, subject: Subject) -> str:
        return self.narrator if self.narrator and subject.who == NARRATOR else subject.who

    def _weigh_name(self, cue: Cues, subject: Subject) -> None:
        who = self._who(subject)
        self.add(cue, who, _of_way(self.weights, "", subject.way))
        cue.plain = cue.plain or who
        if subject.way in (Way.TAG, Way.APART):
            cue.said = who

    def _weigh_noun(self, cue: Cues, subject: Subject) -> None:
        weights = self.weights
        cue.plain = cue.plain or subject.who
        cue.said = subject.who
        if subject.who.rsplit(" ", 1)[-1] not in OF_MANY:
            self.add(cue, subject.who, weights.noun)
            return
        self.add(cue, subject.who, weights.noun_of_many)
        sex = self.memory.sex(subject.who)
        for who in cue.scores:
            own = self.memory.sex(who)
            if sex is not Sex.UNKNOWN and own is sex and who != subject.who:
                cue.scores[who] += weights.noun_fits
            elif (own is not Sex.UNKNOWN and own is not sex) or who == self.narrator:
                cue.scores[who] += weights.noun_does_not

    def _weigh_pronoun(self, cue: Cues, subject: Subject, telling: Telling) -> None:
        weights = self.weights
        sex = Sex.HE if subject.who in HE else Sex.SHE
        fits, does_not = _of_way(weights, "he_", subject.way), _of_way(weights, "not_he_", subject.way)
        for who in cue.scores:
            own = self.memory.sex(who)
            if who == self.narrator or (own is not sex and own is not Sex.UNKNOWN):
                cue.scores[who] += does_not
            elif own is sex:
                cue.scores[who] += fits
        if subject.way in (Way.TAG, Way.APART):
            cue.fitting = frozenset(who for who in cue.scores if who != self.narrator and self.memory.sex(who) is sex)
        meant = self.memory.subject.get(sex)
        if meant in cue.scores:
            cue.scores[meant] += weights.meant_tag if subject.way is Way.TAG else weights.meant_deed
        here = self._named_before(telling, subject, sex)
        if here is not None:
            self.add(cue, here, weights.meant_here)
            if subject.way is Way.TAG:
                self.add(cue, here, weights.meant_here_tag)

        for who in dict.fromkeys(telling.name(one) for one in telling.outside if 0 < one.start - subject.at < BESIDE):
            self.add(cue, who, weights.beside_he)

    def _named_before(self, telling: Telling, subject: Subject, sex: Sex) -> str | None:
        """Whom a pronoun may mean in its own paragraph: whoever acts before it, else whoever is named."""
        acting = (
            one.who for one in telling.subjects if one.at < subject.at and not one.pronoun and one.who != NARRATOR
        )
        named = (telling.name(mention) for mention in telling.outside if mention.start < subject.at)
        return next((who for who in (*acting, *named) if self.memory.sex(who) in (sex, Sex.UNKNOWN)), None)


def _deeds(subjects: Sequence[Subject]) -> list[Subject]:
    """The first thing done before something said, and the first thing done after."""
    chosen: list[Subject] = []
    for way in (Way.BEFORE, Way.AFTER):
        found = next((subject for subject in subjects if subject.way is way), None)
        if found is not None and found.who not in [subject.who for subject in chosen]:
            chosen.append(found)
    return chosen


def _of_way(weights: Weights, kind: str, way: Way) -> float:
    return float(getattr(weights, kind + _WAYS[way]))


_WAYS = {Way.TAG: "tag", Way.APART: "apart", Way.AFTER: "after", Way.BEFORE: "before"}
