"""Who speaks in the Project Dialogism Novel Corpus: 28 novels, each quotation with its speaker.

The corpus is given as a folder (`data/NOVEL/novel_text.txt`, `quotation_info.csv`, `character_info.csv`); it has no
licence, so it is tested with and never part of this project. Rules were written looking at five of the novels only;
every novel is judged by weights fitted without it (`folds.json`).

Speakers are found end to end: nobody tells the rules who is in the novel, or where somebody speaks. What they call a
person is mapped to one of the corpus's characters by the names in its character list; a name that several characters
bear goes to the one whose main name it is, else to the more important one. An unnamed narrator counts as wrong.
"""

from __future__ import annotations

import ast
import csv
import json
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

from bench.voices.baselines import nearest_name, taking_turns

from remnant.understand.voices.namings import form_of
from remnant.understand.voices.people import Cast, cast_of
from remnant.understand.voices.quotes import Quote, speech
from remnant.understand.voices.speakers import TOLD_APART, Turn, turns_of
from remnant.understand.voices.story import Story, story_of
from remnant.understand.voices.weights import SURENESS, WEIGHTS, Sureness, Weights

LOOKED_AT = ("AHandfulOfDust", "APassageToIndia", "ARoomWithAView", "AlicesAdventuresInWonderland", "AnneOfGreenGables")
"""Novels that were looked at while the rules were written."""

_PARAGRAPH = re.compile(r"(?:[^\n]+\n?)+")
_OF_A_FAMILY = ("mrs", "miss", "young", "old", "lady")
_WEIGHT = {"major": 0.02, "intermediate": 0.01}


@dataclass(frozen=True, slots=True)
class Answer:
    """One quotation: how it is tagged (Explicit, Anaphoric, Implicit), whether the speaker is right, how surely so.

    `nearest` and `turns` say whether plainer readers are right: the nearest name, and taking turns.
    """

    kind: str
    right: bool
    chance: float
    nearest: bool
    turns: bool


@dataclass(frozen=True, slots=True)
class Novel:
    name: str
    answers: tuple[Answer, ...]
    characters: int
    seconds: float


@dataclass
class _Characters:
    """The corpus's people: by which names each is known."""

    weight: dict[str, float] = field(default_factory=dict)
    by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    main: dict[str, str] = field(default_factory=dict)

    def called(self, gold: str) -> str:
        """The character a label means: some labels give another name than the list's first."""
        if gold in self.weight:
            return gold
        return min(self.by_name.get(_plain(gold), {gold}))

    def same(self, one: str | None, other: str) -> bool:
        """Whether two entries are one character: some are listed twice, as "Bounderby" and "Josiah Bounderby"."""
        if one is None or one == other:
            return one == other
        short, long = sorted((_plain(one).split(), _plain(other).split()), key=len)
        if len(short) > 1 or len(long) < 2:
            return False
        return (long[-1:] == short and long[0] not in _OF_A_FAMILY) or (long[:1] == short and self._is_alone(short[0]))

    def _is_alone(self, first: str) -> bool:
        """Whether but one of the characters with several names begins with this one: "Reggie" is Reggie St Cloud."""
        return sum(name.startswith(first + " ") for name in self.main) == 1


FOLDS = 4
"""Every fourth novel is judged by weights that were fitted without it."""


@dataclass(frozen=True, slots=True)
class Fold:
    """What was fitted to the novels of the other folds."""

    weights: Weights
    sureness: Sureness


def folds() -> list[Fold]:
    """As they are kept beside this file."""
    kept = json.loads(Path(__file__).with_name("folds.json").read_text("utf-8"))
    return [Fold(Weights(**one["weights"]), Sureness(**one["sureness"])) for one in kept]


def named(corpus: Path) -> list[str]:
    """The novels of the corpus, in order."""
    return sorted(text.parent.name for text in (corpus / "data").glob("*/novel_text.txt"))


def fold_of(corpus: Path, novel: str) -> int:
    return named(corpus).index(novel) % FOLDS


def novels(corpus: Path, *, left_out: bool = True) -> Iterator[Novel]:
    """Every novel of the corpus, by weights that were fitted without it; or as it is read by those that are shipped."""
    kept = folds()
    shipped = Fold(WEIGHTS, SURENESS)
    for at, name in enumerate(named(corpus)):
        yield _judged(corpus / "data" / name, kept[at % FOLDS] if left_out else shipped)


def labelled_turns(corpus: Path, names: Sequence[str]) -> Iterator[tuple[Story, dict[int, frozenset[str]]]]:
    """Novels as they are told, and of their turns with one labelled speaker all whom the rules may mean by that one."""
    for name in names:
        folder = corpus / "data" / name
        text = (folder / "novel_text.txt").read_bytes().decode("utf-8")
        placed = list(paragraphs(text))
        texts = [paragraph for _, paragraph in placed]
        spoken = speech(texts)
        cast = cast_of(texts, spoken)
        story = story_of(texts, spoken, cast)
        characters = _characters(folder)
        whose = _Mapping(cast, characters, texts)
        starts = [start for start, _ in placed]
        said: dict[int, set[str]] = defaultdict(set)
        for place, gold, _ in _quotations(folder):
            said[bisect_right(starts, place) - 1].add(characters.called(gold))
        people = [person.name for person in cast.people]
        # A noun is somebody too: "the clerk".
        people += [who for who in story.tagged if who not in set(people)]
        yield (
            story,
            {
                at: frozenset(who for who in people if characters.same(whose.character(who), next(iter(golds))))
                for at, golds in said.items()
                if len(golds) == 1
            },
        )


def _judged(folder: Path, fold: Fold) -> Novel:
    text = (folder / "novel_text.txt").read_bytes().decode("utf-8")
    placed = list(paragraphs(text))
    characters = _characters(folder)
    began = process_time()
    texts = [paragraph for _, paragraph in placed]
    spoken = speech(texts)
    cast = cast_of(texts, spoken)
    turns = {
        turn.paragraph: turn for turn in turns_of(texts, spoken, cast, weights=fold.weights, sureness=fold.sureness)
    }
    seconds = process_time() - began
    plainer = [reader(texts, spoken, cast) for reader in (nearest_name, taking_turns)]
    whose = _Mapping(cast, characters, texts)
    starts = [start for start, _ in placed]
    answers = []
    for place, gold, kind in _quotations(folder):
        at = bisect_right(starts, place) - 1
        who, chance = heard_at(turns.get(at), spoken[at], place - starts[at])
        right, *others = (
            characters.same(whose.character(one), characters.called(gold))
            for one in (who, *(said.get(at) for said in plainer))
        )
        answers.append(Answer(kind, right, chance, *others))
    return Novel(folder.name, tuple(answers), len(text), seconds)


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    for match in _PARAGRAPH.finditer(text):
        told = match[0].strip()
        if told:
            yield match.start() + match[0].index(told[0]), told


def _characters(folder: Path) -> _Characters:
    known = _Characters()
    with (folder / "character_info.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            main = row["Main Name"]
            known.weight[main] = _WEIGHT.get(row["Category"], 0.0)
            known.main[_plain(main)] = main
            for name in {main, *_names(row["Aliases"])}:
                known.by_name[_plain(name)].add(main)
    return known


def _names(listed: str) -> set[str]:
    try:
        return set(ast.literal_eval(listed))
    except (ValueError, SyntaxError):
        return {listed}


def _plain(name: str) -> str:
    small = re.sub(r"^(?:the|a|an) ", "", name.lower().replace("-", " "))
    return re.sub(r"[^a-z0-9 ]", "", small).strip()


def _quotations(folder: Path) -> Iterator[tuple[int, str, str]]:
    """Of each quotation: a character in the middle of its first stretch, its speaker, its kind."""
    with (folder / "quotation_info.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            (start, end), *_ = ast.literal_eval(row["quoteByteSpans"])
            yield (start + end) // 2, row["speaker"], row["quoteType"]


def heard_at(turn: Turn | None, spoken: tuple[Quote, ...], place: int) -> tuple[str | None, float]:
    if turn is None:
        return None, 0.0
    number = next((at for at, quote in enumerate(spoken) if quote.start <= place < quote.end), -1)
    return (turn.others[number], TOLD_APART) if number in turn.others else (turn.speaker, turn.chance)


class _Mapping:
    """Which of the corpus's characters the rules mean by somebody."""

    def __init__(self, cast: Cast, characters: _Characters, texts: Sequence[str]) -> None:
        self._names = {person.name: person.names for person in cast.people}
        self._characters = characters
        self._often = Counter(form_of(text[m.start : m.end].split()) for text in texts for m in cast.mentions(text))
        self._known: dict[str, str | None] = {}
        self._full: dict[str, set[str]] = defaultdict(set)
        """By which of the corpus's main names the rules call somebody."""
        for who, names in self._names.items():
            self._full[who] = {characters.main[_plain(name)] for name in names if _plain(name) in characters.main}

    def character(self, who: str | None) -> str | None:
        if who is None:
            return None
        if who not in self._known:
            votes = self._votes(who)
            self._known[who] = max(votes, key=lambda name: (votes[name], name)) if votes else None
        return self._known[who]

    def _votes(self, who: str) -> Counter[str]:
        votes: Counter[str] = Counter()
        for name in self._names.get(who, (who,)):
            often = self._often[name] or 1
            plain = _plain(name)
            meant = self._characters.by_name.get(plain) or self._by_surname(plain)
            for main in meant:
                exact = self._characters.main.get(plain) == main
                # Counter holds whole numbers; thousandths let importance break ties.
                votes[main] += round(1000 * (often * (2 if exact else 1) + self._characters.weight[main]))
        others = set().union(*(full for other, full in self._full.items() if other != who)) - self._full[who]
        return Counter({main: votes[main] for main in votes if not self._full[who] or main not in others})

    def _by_surname(self, plain: str) -> set[str]:
        """By one word of a name, if it is of one character only."""
        words = plain.split()
        if len(words) == 2 and words[0] in ("mr", "mrs", "miss", "dr", "lady", "sir"):
            words = words[1:]
        if len(words) != 1:
            return set()
        bearing = [mains for name, mains in self._characters.by_name.items() if words[0] in name.split()]
        named = set().union(*bearing) if bearing else set()
        return named if len(named) == 1 else set()
