"""What speaks for somebody having a turn: tags, deeds beside the words, who is called, who is near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from remnant.understand.voices.clauses import NARRATOR, Subject, Way
from remnant.understand.voices.namings import Sex
from remnant.understand.voices.near import Memory
from remnant.understand.voices.story import Story
from remnant.understand.voices.telling import Telling
from remnant.understand.voices.verbs import HE, OF_MANY
from remnant.understand.voices.weights import Weights

FAR = 4
"""Paragraphs of telling after which a conversation is another."""

MOST_TURNS = 500
"""Turns of one conversation weighed together: what is longer is weighed in stretches, and takes no more memory."""

PARTNERS_WITHIN, PARTNERS, SOON = 8, 3, 2
"""Turns before and after in which a tag speaks for somebody who takes part, how many count, and how near is soon."""

CROWDED = 6
"""Turns before and after that say how many are talking."""

BESIDE = 60
"""Characters after a pronoun in which a name is hardly the same person's: "he said to Jack"."""


@dataclass(slots=True)
class Cues:
    """One turn: the scores of the people near it, and what it weighs that one of the two who spoke last speaks again.

    `plain` is whom the paragraph itself names as speaking; `others` are those whom it names for another of its quotes.
    """

    paragraph: int
    scores: dict[str, float] = field(default_factory=dict)
    plain: str | None = None
    others: dict[int, str] = field(default_factory=dict)
    same: float = 0.0
    back: float = 0.0


def scenes_of(story: Story, weights: Weights) -> Iterator[list[Cues]]:
    """The story cut into conversations, each turn with its cues."""
    weigher = _Weigher(story, weights)
    turns: list[Cues] = []
    tellings: list[Telling] = []
    last = -FAR
    for at, telling in enumerate(story.tellings):
        if at in story.divided:
            weigher.memory = Memory(story.cast)
        if not telling.spoken:
            weigher.memory.told(telling)
            continue
        apart = at - last > FAR or any(place in story.divided for place in range(last + 1, at + 1))
        if turns and (apart or len(turns) == MOST_TURNS):
            yield weigher.beside_one_another(turns, tellings)
            turns, tellings = [], []
        cue = weigher.cue(at, telling)
        turns.append(cue)
        tellings.append(telling)
        weigher.memory.heard(telling, cue.plain)
        last = at
    if turns:
        yield weigher.beside_one_another(turns, tellings)


class _Weigher:
    """Scores of one turn after the other, in the order of the story."""

    def __init__(self, story: Story, weights: Weights) -> None:
        self.memory = Memory(story.cast)
        self.weights = weights
        self.narrator = story.narrator
        self.named = story.named
        self.tagged = story.tagged
        if story.narrator not in (None, NARRATOR):
            self.tagged = story.tagged + Counter({story.narrator or "": story.tagged[NARRATOR]})
        self.most_tagged = 1 + max(self.tagged.values(), default=0)
        self.most_named = 1 + max(self.named.values(), default=0)
        self.known: dict[str, float] = {}

    def cue(self, at: int, telling: Telling) -> Cues:
        cue, weights = Cues(at), self.weights
        scores = cue.scores
        for rank, who in enumerate(self.memory.near):
            scores[who] = weights.rank * rank + self._often(who)
        for mention in reversed(telling.outside):
            self._add(cue, telling.name(mention), 0.0)
        self._add_once(cue, (telling.name(mention) for mention in telling.outside), weights.named_here)
        if telling.outside:
            self._add(cue, telling.name(telling.outside[0]), weights.first_here)
        if self.memory.told_of:
            self._add(cue, self.memory.told_of, weights.told_of)
        if self.memory.told_last:
            self._add(cue, self.memory.told_last, weights.told_last)
        if self.narrator:
            self._add(cue, self.narrator, weights.narrator)
        for who in sorted(telling.called):
            self._add(cue, who, weights.calls)
        for who in sorted(telling.spoken_of):
            self._add(cue, who, weights.speaks_of)
        self._weigh_subjects(cue, telling)
        return cue

    def beside_one_another(self, turns: list[Cues], tellings: list[Telling]) -> list[Cues]:
        """With what turns say of one another: who is called answers, who has spoken is called."""
        weights = self.weights
        for (one, told), (other, told_next) in pairwise(zip(turns, tellings, strict=True)):
            if other.paragraph - one.paragraph > 1:
                continue
            for who in sorted(told.called):
                self._add(other, who, weights.called_before)
            for who in sorted(told.spoken_of):
                self._add(other, who, weights.spoken_of_before)
            for who in dict.fromkeys(told.name(mention) for mention in told.outside):
                if who != one.plain:
                    self._add(other, who, weights.told_of_before)
            for who in sorted(told_next.called):
                self._add(one, who, weights.called_after)
        for at, cue in enumerate(turns):
            for who in {later.plain: None for later in turns[at + 1 : at + 1 + SOON] if later.plain}:
                self._add(cue, who or "", weights.soon)
        self._count_partners(turns)
        self._weigh_steps(turns, tellings)
        return turns

    def _weigh_steps(self, turns: Sequence[Cues], tellings: Sequence[Telling]) -> None:
        """What it weighs that the last speaker goes on, or that the one before answers."""
        weights = self.weights
        plain = [cue.plain for cue in turns]
        for at in range(1, len(turns)):
            cue, before = turns[at], turns[at - 1]
            adjacent = cue.paragraph - before.paragraph == 1
            if adjacent and tellings[at - 1].spoken[-1].open and tellings[at].spoken[0].start == 0:
                cue.same = weights.goes_on
                continue
            bare = tellings[at].is_bare
            cue.same = weights.same_after if not adjacent else weights.same_bare if bare else weights.same_told
            in_turn = adjacent and at > 1 and cue.paragraph - turns[at - 2].paragraph == 2
            cue.back = weights.back_after if not in_turn else weights.back_bare if bare else weights.back_told
            if len({*plain[max(0, at - CROWDED) : at + CROWDED + 1]} - {None}) > 2:
                cue.back += weights.back_in_a_crowd

    def _count_partners(self, turns: list[Cues]) -> None:
        plain = [cue.plain for cue in turns]
        for at, cue in enumerate(turns):
            near = plain[max(0, at - PARTNERS_WITHIN) : at + PARTNERS_WITHIN + 1]
            for who in dict.fromkeys(near):
                if who is not None and who != plain[at]:
                    self._add(cue, who, self.weights.partner * min(near.count(who), PARTNERS))

    def _often(self, who: str) -> float:
        """How much somebody is talked of in the whole story, and how much heard in it, beside whoever is so most."""
        if who not in self.known:
            heard = log((1 + self.tagged[who]) / self.most_tagged)
            named = log((1 + self.named[who]) / self.most_named)
            self.known[who] = self.weights.often * heard + self.weights.often_named * named
        return self.known[who]

    def _add(self, cue: Cues, who: str, score: float) -> None:
        own = cue.scores.get(who)
        if own is None:
            own = self.weights.rank * len(self.memory.near) + self._often(who)
        cue.scores[who] = own + score

    def _add_once(self, cue: Cues, names: Iterator[str], score: float) -> None:
        for who in dict.fromkeys(names):
            self._add(cue, who, score)

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
        for subject in said[1:]:
            who = self._who(subject)
            if not subject.pronoun and who != cue.plain:
                cue.others[subject.quote] = who

    def _who(self, subject: Subject) -> str:
        return self.narrator if self.narrator and subject.who == NARRATOR else subject.who

    def _weigh_name(self, cue: Cues, subject: Subject) -> None:
        who = self._who(subject)
        self._add(cue, who, _of_way(self.weights, "", subject.way))
        cue.plain = cue.plain or who

    def _weigh_noun(self, cue: Cues, subject: Subject) -> None:
        weights = self.weights
        cue.plain = cue.plain or subject.who
        if subject.who.rsplit(" ", 1)[-1] not in OF_MANY:
            self._add(cue, subject.who, weights.noun)
            return
        self._add(cue, subject.who, weights.noun_of_many)
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
        meant = self.memory.subject.get(sex)
        if meant in cue.scores:
            cue.scores[meant] += weights.meant_tag if subject.way is Way.TAG else weights.meant_deed
        here = self._named_before(telling, subject, sex)
        if here is not None:
            self._add(cue, here, weights.meant_here)

        for who in dict.fromkeys(telling.name(one) for one in telling.outside if 0 < one.start - subject.at < BESIDE):
            self._add(cue, who, weights.beside_he)

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
