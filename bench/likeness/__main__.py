"""How well stories are told to be one, and what it costs: `python -m bench.likeness [--each N] [--works N...]`."""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.likeness.pairs import KINDS, Pair, pairs
from bench.machine import machine
from bench.quality.scores import Share, wilson
from bench.speed.prose import Prose, words_of

from remnant.find import embedded
from remnant.find.port import Entry
from remnant.library.comparing import twins
from remnant.model import ChapterTrace, Kinship, Likeness
from remnant.understand import likeness as room
from remnant.understand.reader import understand_bytes
from remnant.wire.canonical import canonical
from remnant.wire.likeness import to_json

SEEN, HELD_OUT = 1, 20_261_123
"""Thresholds were chosen on pairs of the first seed; what is reported is measured on the second."""

RESULTS = Path(__file__).parents[1] / "results" / "likeness.md"


@dataclass
class Score:
    """What was said of the pairs of one kind."""

    said: dict[Kinship, int] = field(default_factory=lambda: dict.fromkeys(Kinship, 0))
    right: int = 0
    asked: int = 0
    unasked: int = 0
    pairs: int = 0
    one: bool = False


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=40, help="pairs of each kind")
    parser.add_argument("--works", type=int, nargs="*", default=[8000, 50_000], help="sizes of made libraries")
    parser.add_argument("--seed", type=int, default=HELD_OUT)
    wish = parser.parse_args(words)
    told = [
        f"# Likeness\n\n`python -m bench.likeness --each {wish.each}`, {datetime.now(UTC):%Y-%m-%d}, {machine()}.\n"
    ]
    told += quality(wish.each, wish.seed)
    told += cost(wish.works)
    RESULTS.write_text("\n".join(told) + "\n", "utf-8")
    print("\n".join(told))


def scored(each: int, seed: int) -> dict[str, Score]:
    """What was said of so many pairs of each kind."""
    scores = {kind: Score() for kind in KINDS}
    for pair in pairs(each, seed):
        _judge(pair, scores[pair.kind])
    return scores


def quality(each: int, seed: int) -> list[str]:
    scores = scored(each, seed)
    found = [score for score in scores.values() if score.one]
    false = [score for score in scores.values() if not score.one]
    asked = Share(of=sum(score.pairs for score in false), good=sum(score.asked for score in false))
    unasked = Share(of=asked.of, good=sum(score.unasked for score in false))
    recall = Share(of=sum(score.pairs for score in found), good=sum(score.asked for score in found))
    lines = [
        "| pairs | same words | more chapters | edited | in common | not alike | rightly said |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for kind, score in scores.items():
        said = " | ".join(str(score.said[kinship]) for kinship in Kinship)
        lines.append(f"| {kind} | {said} | {score.right}/{score.pairs} |")
    return [
        *lines,
        "",
        f"- one story, and found to be alike: {_share(recall)}",
        f"- two stories, and put before a person as one: {_share(asked)}",
        f"- two stories at one address, and joined unasked: {_share(unasked)}",
        "",
    ]


def _judge(pair: Pair, score: Score) -> None:
    one, other = _read(pair.first), _read(pair.second)
    alike = room.compare(one, other)
    score.pairs += 1
    score.one = pair.one
    score.said[alike.kinship] += 1
    score.right += alike.kinship in pair.right
    shared = len({*room.traces(one)} & {*room.traces(other)})
    score.asked += alike.kinship is not Kinship.NOT_ALIKE and shared >= 2
    score.unasked += alike.exact


def _read(data: bytes) -> Likeness:
    reading = understand_bytes(data)
    found = room.likeness_of(reading, reading.pieces)
    assert found is not None
    return found


def _share(share: Share) -> str:
    low, high = wilson(share)
    return f"{share.good} of {share.of} (95 %: {low:.1%} to {high:.1%})"


def cost(sizes: Sequence[int]) -> list[str]:
    """Remembering, on prose; and indexes of so many works, one in fifty a newer version of the one before it."""
    if not sizes:
        return []
    lines = [
        _remembering(),
        "",
        "| works | putting them in, s | index, MB of it | every two alike, s | pairs found | of those made |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    return [*lines, *(_costs(size) for size in sizes)]


def _remembering() -> str:
    prose = Prose(3)
    texts = ["\n".join(prose.paragraphs(3000)) for _ in range(60)]
    start = time.process_time()
    for text in texts:
        room.likeness([room.words_of(text)])
    took, size = time.process_time() - start, sum(map(len, texts))
    return f"- remembering a story of 3,000 words: {took / len(texts) * 1e3:.1f} ms, {size / took / 1e6:.1f} MB/s"


def _costs(size: int) -> str:
    folder = Path(tempfile.mkdtemp())
    try:
        embedded.create(folder)
        index = embedded.open_to_write(folder)
        put = 0.0
        for number, one in enumerate(_made(size)):
            entry = _entry(number, canonical(to_json(one)), room.traces(one))
            start = time.process_time()
            index.put([entry])
            if number % 2000 == 1999 or number == size - 1:
                index.commit()
            put += time.process_time() - start
        held = sum(file.stat().st_size for file in folder.rglob("*.sqlite*"))
        start = time.process_time()
        found = {two.pair for two in twins(index)}
        took = time.process_time() - start
        index.close()
    finally:
        shutil.rmtree(folder)
    planted = {(_name(n - 1), _name(n)) for n in range(1, size) if n % 50 == 0}
    good = f"{len(found & planted)}/{len(planted)}"
    return f"| {size:,} | {put:.1f} | {held / 1e6:.0f} | {took:.2f} | {len(found):,} | {good} |"


def _made(size: int) -> Iterator[Likeness]:
    """What is remembered of works of the usual lengths; their hashes are drawn, as those of texts are."""
    chance = random.Random(3)
    before: tuple[int, ...] = ()
    words = 0
    for number in range(size):
        words = words if number and number % 50 == 0 else words_of(chance)
        scale = room.scale_of(words)
        drawn = tuple(sorted(_hash(chance, scale) for _ in range(words // scale)))
        sample = (*before, *drawn[: len(drawn) // 2]) if number and number % 50 == 0 else drawn
        chapters = [ChapterTrace(2500, _hash(chance, 1), _hash(chance, 1)) for _ in range(words // 2500 + 1)]
        before = drawn
        yield Likeness(words, tuple(chapters), scale, sample)


def _hash(chance: random.Random, scale: int) -> int:
    number = chance.getrandbits(63)
    return (
        number | 1
        if scale == 1 and number % room.GATE == 0
        else number & ~1
        if scale == 1
        else number * room.GATE // scale | 1
    )


def _entry(number: int, held: bytes, traces: tuple[int, ...]) -> Entry:
    return Entry(_name(number), ("open",), b"{}", datetime(2026, 1, 1, tzinfo=UTC), likeness=held, traces=traces)


def _name(number: int) -> str:
    return f"w{number:07}"


if __name__ == "__main__":
    main()
