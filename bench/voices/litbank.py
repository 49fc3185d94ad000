"""Quotations and their speakers in LitBank: some 2,000 words each of 100 books, labelled by hand (CC BY 4.0).

The corpus is given as a folder (`quotations/tsv`, `original`) and never becomes part of this project. Its labels speak
of tokens, one sentence a line, without paragraphs; so each excerpt is sought in the book's own text, letter by
letter, and read there as it is printed. Speakers are labelled as persons without names, and scored by B-cubed: of every
quotation, how many of those given to the same speaker are truly the same person's, and the other way round.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from bench.voices.baselines import nearest_name, taking_turns
from bench.voices.pdnc import heard_at, paragraphs

from remnant.understand.voices.people import cast_of
from remnant.understand.voices.quotes import Quote, speech
from remnant.understand.voices.speakers import turns_of

Stretch = tuple[int, int]
"""From and to which letter of the excerpt, white space and signs not counted."""
SIDES = ("Remnant", "nearest name", "taking turns", "all one person", "each another")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Quotations as labelled and as found; of each labelled one the person, and whom each side takes them for."""

    name: str
    labelled: frozenset[Stretch]
    found: frozenset[Stretch]
    persons: tuple[str, ...]
    taken: Mapping[str, tuple[str, ...]]


def excerpts(corpus: Path) -> Iterator[Excerpt]:
    for tokens in sorted((corpus / "quotations" / "tsv").glob("*_brat.txt")):
        name = tokens.name.removesuffix("_brat.txt")
        yield _judged(name, corpus / "original" / f"{name}.txt", tokens, tokens.with_suffix(".ann"))


def _judged(name: str, book: Path, tokens: Path, labels: Path) -> Excerpt:
    text = _excerpt(book.read_text("utf-8", "replace"), tokens.read_text("utf-8"))
    letters = list(accumulate((character.isalnum() for character in text), initial=0))
    placed = list(paragraphs(text))
    starts, texts = [start for start, _ in placed], [paragraph for _, paragraph in placed]
    spoken = speech(texts)
    cast = cast_of(texts, spoken)
    turns = {turn.paragraph: turn for turn in turns_of(texts, spoken, cast)}
    plainer = [reader(texts, spoken, cast) for reader in (nearest_name, taking_turns)]
    labelled, persons = _labelled(tokens.read_text("utf-8"), labels.read_text("utf-8"))
    heard: list[list[str | None]] = [[], [], []]
    for first, last in labelled:
        place = bisect_right(letters, (first + last) // 2) - 1
        at = bisect_right(starts, place) - 1
        heard[0].append(heard_at(turns.get(at), spoken[at], place - starts[at])[0])
        for side, said in zip(heard[1:], plainer, strict=True):
            side.append(said.get(at))
    one: list[str | None] = ["one"] * len(labelled)
    none: list[str | None] = [None] * len(labelled)
    sides: list[list[str | None]] = [*heard, one, none]
    taken = {side: _alone(said) for side, said in zip(SIDES, sides, strict=True)}
    return Excerpt(name, frozenset(labelled), frozenset(_found(letters, starts, spoken)), tuple(persons), taken)


def _excerpt(book: str, tokens: str) -> str:
    """The book's own text from the excerpt's first letter to its last."""
    places = [place for place, character in enumerate(book) if character.isalnum()]
    letters = "".join(book[place].lower() for place in places)
    wanted = "".join(character.lower() for character in tokens if character.isalnum())
    at = letters.find(wanted)
    if at < 0:
        raise ValueError(f"The excerpt that begins {wanted[:30]!r} is not in its book.")
    first = book.rfind("\n", 0, places[at]) + 1
    last = places[at + len(wanted) - 1] + 1
    return book[places[at] if book[first : places[at]].strip() else first : last] + book[last : last + 2]


def _labelled(tokens: str, labels: str) -> tuple[list[Stretch], list[str]]:
    sentences = [line.split(" ") for line in tokens.split("\n")]
    counted = iter(accumulate((_letters(token) for line in sentences for token in line), initial=0))
    before = [[next(counted) for _ in line] for line in sentences]
    rows = [line.split("\t") for line in labels.splitlines()]
    whose = {row[1]: row[2] for row in rows if row[0] == "ATTRIB"}
    found: dict[Stretch, str] = {}
    for row in rows:
        if row[0] == "QUOTE" and row[1] in whose:
            first, start, last, end = map(int, row[2:6])
            found[before[first][start], before[last][end] + _letters(sentences[last][end])] = whose[row[1]]
    return list(found), list(found.values())


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def _found(letters: Sequence[int], starts: Sequence[int], spoken: Sequence[tuple[Quote, ...]]) -> Iterator[Stretch]:
    for start, quotes in zip(starts, spoken, strict=True):
        for quote in quotes:
            yield letters[start + quote.start], letters[min(start + quote.end, len(letters) - 1)]


def _alone(said: Sequence[str | None]) -> tuple[str, ...]:
    """Who is not named is nobody else."""
    return tuple(who if who is not None else f"nobody {at}" for at, who in enumerate(said))


def b_cubed(read: Sequence[Excerpt], side: str) -> tuple[float, float]:
    """Precision and recall over all quotations of all excerpts."""
    total = precision = recall = 0.0
    for excerpt in read:
        said, true = excerpt.taken[side], excerpt.persons
        both, ours, theirs = Counter(zip(said, true, strict=True)), Counter(said), Counter(true)
        for pair in zip(said, true, strict=True):
            precision += both[pair] / ours[pair[0]]
            recall += both[pair] / theirs[pair[1]]
            total += 1
    return (precision / total, recall / total) if total else (0.0, 0.0)
