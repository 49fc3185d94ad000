"""What speaks for somebody having a turn: tags, deeds beside the words, who is called, who is near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from remnant.understand.voices.near import Memory
from remnant.understand.voices.people import Cast, Sex
from remnant.understand.voices.quotes import Quote
from remnant.understand.voices.telling import NARRATOR, Subject, Telling
from remnant.understand.voices.verbs import HE

TAGGED = 9.0
DEED, PRONOUN, WRONG_PRONOUN, ANTECEDENT = 9.0, 2.0, -7.0, 0.75
CALLED_BY_NAME, SPOKEN_OF = -6.0, -2.5
CALLED_BEFORE, CALLED_AFTER = 2.5, 1.5
INTRODUCED, TOLD_OF = 3.0, 0.75
BY_DISTANCE = -0.2
PLAIN = 6.0
"""A score from which a paragraph says by itself who speaks."""

FAR = 4
"""Paragraphs of telling after which a conversation is another."""


@dataclass
class Cues:
    """One turn: the scores of the people near it, and how it stands to the turn before."""

    paragraph: int
    scores: dict[str, float] = field(default_factory=dict)
    adjacent: bool = False
    goes_on: bool = False
    called: frozenset[str] = frozenset()
    alone: float = 0.0
    others: dict[int, str] = field(default_factory=dict)

    def is_plain(self, who: str) -> bool:
        """Whether the paragraph itself says that this person speaks."""
        return self.scores.get(who, 0.0) >= PLAIN

    def rename_narrator(self, name: str) -> None:
        """Let what speaks for "I" speak for a name, beside what spoke for the name itself."""
        self.others = {quote: name if who == NARRATOR else who for quote, who in self.others.items()}
        if NARRATOR in self.scores:
            score, named = self.scores.pop(NARRATOR), self.scores.get(name, 0.0)
            self.scores[name] = score + min(named, 0.0) if score >= PLAIN else max(score, named)


@dataclass
class Scene:
    """Turns that follow one another with little telling between, and how often each is named beside them."""

    turns: list[Cues]
    told: Counter[str]


PARTNER, PARTNERS_WITHIN = 0.6, 8
"""What each tag near by, before or after, speaks for somebody who takes part in the conversation; and how near."""


def _count_partners(turns: list[Cues]) -> None:
    tagged = [next((who for who, score in cue.scores.items() if score >= PLAIN), None) for cue in turns]
    for at, cue in enumerate(turns):
        near = tagged[max(0, at - PARTNERS_WITHIN) : at + PARTNERS_WITHIN + 1]
        for who in dict.fromkeys(near):
            if who in (None, tagged[at]):
                continue
            if who in cue.scores:
                cue.scores[who] += PARTNER * min(near.count(who), 3)


def _plain(cue: Cues) -> str | None:
    """Who the paragraph itself says is speaking: by a tag, or a deed beside the words."""
    best = max(cue.scores, key=lambda who: (cue.scores[who], who), default=None)
    return best if best is not None and cue.scores[best] >= PLAIN else None


def cues_of(texts: Sequence[str], quotes: Sequence[tuple[Quote, ...]], cast: Cast) -> Iterator[Scene]:
    """The story cut into conversations, each turn with its cues."""
    memory = Memory(cast)
    turns: list[Cues] = []
    tellings: list[Telling] = []
    last = -1
    speaking = [at for at, spoken in enumerate(quotes) if spoken]
    if not speaking:
        return
    for at, text in enumerate(texts):
        telling = Telling(text, quotes[at], cast)
        if not quotes[at]:
            memory.told(telling)
            continue
        if turns and at - last > FAR:
            yield _scene(turns, tellings)
            turns, tellings = [], []
        cue = _cue(at, telling, memory)
        cue.adjacent = at - last == 1
        cue.goes_on = cue.adjacent and bool(quotes[last]) and quotes[last][-1].open and quotes[at][0].start == 0
        turns.append(cue)
        tellings.append(telling)
        memory.heard(telling, _plain(cue))
        last = at
    if turns:
        yield _scene(turns, tellings)


def _scene(turns: list[Cues], tellings: list[Telling]) -> Scene:
    """With what turns say of one another: who is called answers, who has spoken is called."""
    for (one, told), (other, told_next) in pairwise(zip(turns, tellings, strict=True)):
        if not other.adjacent:
            continue
        for who in sorted(told.called):
            other.scores[who] = other.scores.get(who, -1.0) + CALLED_BEFORE
        for who in sorted(told_next.called):
            one.scores[who] = one.scores.get(who, -1.0) + CALLED_AFTER
    # Somebody who is tagged soon may be speaking already.
    for at, cue in enumerate(turns):
        for later in turns[at + 1 : at + 3]:
            for who, score in later.scores.items():
                if score >= PLAIN:
                    cue.scores.setdefault(who, -0.5)
    _count_partners(turns)
    for cue in turns:
        if cue.scores:
            cue.alone = max(cue.scores.values())
    return Scene(turns, Counter(told.name(mention) for told in tellings for mention in told.outside))


def _cue(at: int, telling: Telling, memory: Memory) -> Cues:
    cue = Cues(at, called=frozenset(telling.called))
    for rank, who in enumerate(memory.near):
        cue.scores[who] = BY_DISTANCE * rank
    for mention in telling.outside:
        cue.scores.setdefault(telling.name(mention), 0.0)
    if memory.introduced:
        _add(cue, memory.introduced, INTRODUCED)
    elif memory.told_of:
        _add(cue, memory.told_of, TOLD_OF)
    for who in sorted(telling.called):
        _add(cue, who, CALLED_BY_NAME)
    for who in sorted(telling.spoken_of):
        _add(cue, who, SPOKEN_OF)
    _weigh_subjects(cue, telling, memory)
    return cue


def _add(cue: Cues, who: str, score: float) -> None:
    cue.scores[who] = cue.scores.get(who, -2.0 if score < 0 else 0.0) + score


def _weigh_subjects(cue: Cues, telling: Telling, memory: Memory) -> None:
    tags = [subject for subject in telling.subjects if subject.says]
    chosen = tags or telling.subjects[:1]
    told: str | None = None
    for subject in chosen:
        if subject.pronoun is None:
            if told is None:
                told = subject.who
                _add(cue, subject.who, TAGGED if subject.says else DEED)
            elif subject.who != told:
                cue.others[subject.quote] = subject.who
        elif told is None:
            _weigh_pronoun(cue, subject, memory, 1.0 if subject.says else 0.7)
            told = ""


def _weigh_pronoun(cue: Cues, subject: Subject, memory: Memory, strength: float) -> None:
    sex = Sex.HE if subject.pronoun in HE else Sex.SHE
    for who in cue.scores:
        own = memory.sex(who)
        if own is sex:
            cue.scores[who] += PRONOUN * strength
        elif own is not Sex.UNKNOWN or who == NARRATOR:
            cue.scores[who] += WRONG_PRONOUN * strength
    antecedent = memory.subject.get(sex)
    if antecedent in cue.scores:
        cue.scores[antecedent] += ANTECEDENT * strength
