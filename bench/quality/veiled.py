"""How much of a library is veiled on day one, for three kinds of reader: `python -m bench.quality.veiled`."""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench.speed.corpus import as_page, as_text, tell
from bench.speed.prose import Prose

from remnant.library.canons import canons
from remnant.library.works import works_of
from remnant.model import Canon, PieceKind, ProfileKind, Reader, Seen, Strength, Work
from remnant.shield.deciding import decide
from remnant.understand.reader import understand_bytes

RESULTS = Path(__file__).parents[1] / "results" / "veiled.md"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = 300
NOTICED = 0.25
"""The share of works with a spoiler notice: an assumption, stated with the figures."""

DESCRIBED = {
    "Torchwood": "torchwood",
    "Doctor Who (2005)": "doctor-who",
    "Buffy the Vampire Slayer": "buffy",
    "Angel: the Series": "angel",
    "Harry Potter - J. K. Rowling": "harry-potter",
}
UNKNOWN = ("Harrow Light", "Lantern Street", "Starfall Station", "Quiet Bureau", "Arthurian Mythology")
SAID = {
    "who has said nothing": Reader("new"),
    "who has said what they saw": Reader(
        "fan",
        {
            "torchwood": Seen(everything=True),
            "doctor-who": Seen(up_to="4.13"),
            "buffy": Seen(everything=True),
            "harry-potter": Seen(up_to="book.7"),
            "Harrow Light": Seen(everything=True),
        },
    ),
    "a child": Reader("child", kind=ProfileKind.CHILD),
}
FORMS = ((".txt", as_text), (".html", as_page))
ARCHIVED = (
    '<p class="message"><b>Posted originally on the Archive of Our Own at http://archive.example/works/1.</b></p>'
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.quality.veiled", description=__doc__)
    parser.add_argument("--works", type=int, default=8000, help="how many are made (default: 8000)")
    parser.add_argument("--folder", type=Path, help="instead, the files of a folder")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name}")
    wish = parser.parse_args()
    works = list(of_a_folder(wish.folder) if wish.folder else made(wish.works))
    told = table(works)
    print(told)
    if wish.write:
        RESULTS.write_text(PAGE.format(works=len(works), noticed=f"{NOTICED:.0%}", table=told), "utf-8")


def of_a_folder(folder: Path) -> Iterator[Work]:
    """The stories in a folder, each file by itself."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from _stories(path.read_bytes())


def made(many: int, seed: int = 1) -> Iterator[Work]:
    """Stories of the speed bench's making, of fandoms half of which are described here, with notices in summaries."""
    prose, chance = Prose(seed), random.Random(seed)
    known = canons(None)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(many):
            suffix, writer = FORMS[number % len(FORMS)]
            fandom = chance.choice([*DESCRIBED] if chance.random() < 0.5 else UNKNOWN)
            canon = known.get(DESCRIBED.get(fandom, ""))
            notice = _notice(chance, canon) if chance.random() < NOTICED else ""
            story = replace(tell(prose, chance, WORDS), fandom=fandom)
            story = replace(story, summary=f"{story.summary} {notice}".strip())
            file = Path(folder) / f"{number}{suffix}"
            writer(file, story)
            data = file.read_bytes().replace(b'<div id="preface">', b'<div id="preface">' + ARCHIVED.encode())
            yield from _stories(data)


def _stories(data: bytes) -> Iterator[Work]:
    reading = understand_bytes(data)
    if any(piece.kind is PieceKind.STORY for piece in reading.pieces):
        yield from works_of(reading, (), NOW)


def _notice(chance: random.Random, canon: Canon | None) -> str:
    """A notice of a shape as they are, of a part that there is; of a canon nobody described, of one there may be."""
    season, episode = chance.randint(1, 5), chance.randint(1, 12)
    parts = [part for part in canon.parts() if part.title] if canon else []
    title = chance.choice(parts).title if parts else f"The {chance.choice(['Lamp', 'Tide', 'Visit', 'Bridge'])}"
    return chance.choice(
        [
            f"Spoilers for season {season}.",
            f"Spoilers up to {season}x{episode:02}.",
            f"Spoilers for {season}x{episode:02} and {season}x{episode + 1:02}.",
            f'Spoilers for "{title}".',
            f"Spoilers if you haven't seen {title}!",
            f"Spoilers through the season {season} finale.",
            f'Set after "{title}".',
            "Spoilers for everything.",
            "Spoilers for the latest episode!",
            "No spoilers.",
            "No spoilers.",
            f"No spoilers past season {season}.",
        ]
    )


def table(works: list[Work]) -> str:
    """A row a reader: how many works are open, veiled, hidden."""
    known = canons(None)
    rows = ["| reader | works | open | veiled | hidden |", "|---|---|---|---|---|"]
    for name, reader in SAID.items():
        counts: Mapping[Strength, int] = Counter(decide(work, reader, known).strength for work in works)
        shares = " | ".join(f"{counts[one]} ({counts[one] / max(len(works), 1):.1%})" for one in Strength)
        rows.append(f"| {name} | {len(works)} | {shares} |")
    return "\n".join(rows)


PAGE = """\
# How much is veiled on day one

`python -m bench.quality.veiled --write`: {works} short works of our own making, half text, half pages in the shape
of the largest archive. Half are of fandoms whose canons come with Remnant, half of fandoms nobody described. One work
in four ({noticed}) has a spoiler notice, in its summary; that share is an assumption, and so is the mix of shapes, of
which two in twelve say that there are no spoilers. Ratings are drawn evenly from five, "Not Rated" among them, which a
child's profile takes for unknown; what is unknown it never sees.

{table}

*Who has said what they saw*: all of Torchwood and Buffy, Doctor Who up to Journey's End, the books of Harry Potter, and
all of one of the five fandoms that nobody described. What stays veiled from them is of other fandoms, of later parts,
or a notice that names no part ("the latest episode"). `--folder DIR` counts somebody's own files.
"""

if __name__ == "__main__":
    main()
