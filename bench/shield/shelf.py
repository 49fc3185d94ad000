"""A made-up index: entries as the shield guards them, without the cost of reading files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from remnant.find import embedded
from remnant.find.port import Entry, Facet, Index
from remnant.shield.guards import Guard, GuardKind, to_text

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
RATINGS = (None, None, "general", "general", "teen", "teen", "mature", "explicit")
WARNINGS = ("graphic violence", "major character death", "rape or non-consent", "angst", "character death")
FANDOMS = [f"Fandom {number}" for number in range(400)]
WORDS = [f"word{number}" for number in range(20_000)]


@contextmanager
def shelf(folder: Path, works: int, seed: int = 1, hidden: int = 0, length: int = 60) -> Iterator[Index]:
    """An index of so many works of `length` words, `hidden` of them explicit and with words of their own."""
    embedded.create(folder)
    with closing(embedded.open_to_write(folder)) as index:
        index.put(entries(works, seed, hidden, length))
        index.commit()
        yield index


def entries(works: int, seed: int, hidden: int = 0, length: int = 60, first: int = 0) -> Iterator[Entry]:
    dice = random.Random(seed)
    for number in range(first, first + works):
        yield _hidden(number, dice, length) if number < hidden else _entry(number, dice, length)


def _entry(number: int, dice: random.Random, length: int) -> Entry:
    fandom = FANDOMS[int(dice.random() ** 2 * len(FANDOMS))]
    return _made(number, dice, fandom, tuple(_guards(dice, fandom)), _text(dice, length))


def _hidden(number: int, dice: random.Random, length: int) -> Entry:
    own = f"secret{number} secret{number}a secret{number}b "
    return _made(number, dice, "Fandom 1", (to_text(Guard(GuardKind.RATING, "explicit")),), own + _text(dice, length))


def _made(number: int, dice: random.Random, fandom: str, guards: tuple[str, ...], text: str) -> Entry:
    tags = tuple({f"Tag {int(dice.random() ** 3 * 5000)}" for _ in range(4)})
    facets = {
        Facet.FANDOM: (fandom,),
        Facet.AUTHOR: (f"Author {dice.randrange(9000)}",),
        Facet.CHARACTER: (f"{fandom} A{dice.randrange(9)}", f"{fandom} B{dice.randrange(9)}"),
        Facet.TAG: tags,
        Facet.KIND: ("story",),
    }
    return Entry(
        work=f"w{number:07}",
        guards=guards,
        card=b"{}",
        added=BEGAN + timedelta(minutes=number),
        title=f"Title {dice.randrange(10**6)}",
        facets=facets,
        words=dice.randrange(200, 90_000),
        story=(text,),
    )


def _guards(dice: random.Random, fandom: str) -> Iterator[str]:
    """Each has a rating, a third warns, one in eight names what it spoils, some of them in words of their own."""
    yield to_text(Guard(GuardKind.RATING, dice.choice(RATINGS)))
    if dice.random() < 0.33:
        yield to_text(Guard(GuardKind.WARNING, dice.choice(WARNINGS)))
    if dice.random() < 0.05:
        yield to_text(Guard(GuardKind.SILENT))
    if dice.random() < 0.125:
        part = f"season {dice.randrange(1, 9)}" if dice.random() < 0.7 else f"that thing number {dice.randrange(10**6)}"
        relation = "seen up to and including"
        yield to_text(Guard(GuardKind.SPOILER, part, None, (), part, relation, (fandom,)))


def _text(dice: random.Random, length: int) -> str:
    return " ".join(WORDS[int(dice.random() ** 2 * len(WORDS))] for _ in range(length))
