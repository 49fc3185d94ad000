"""`python -m bench.shield cost`, `oracle` and `apart`: figures for bench/results/shield.md."""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from math import erfc, sqrt
from pathlib import Path

from bench.shield.shelf import WORDS, entries, shelf

from remnant.find import embedded
from remnant.find.port import Eyes, Facet, Index, Question, Sort
from remnant.find.query import parse
from remnant.library.even_pace import paced
from remnant.model import ProfileKind, Reader, Wish, WishHow, WishKind
from remnant.shield.eyes import Eyes as ReadersEyes

READERS = {
    "a careful adult": Reader("adult"),
    "who hides a tag": Reader("wishes", wishes=(Wish(WishKind.TAG, "Tag 7", WishHow.HIDE),)),
    "a child": Reader("child", kind=ProfileKind.CHILD),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("cost", "oracle", "apart"))
    parser.add_argument("--works", type=int, default=100_000)
    parser.add_argument("--hidden", type=int, default=100)
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--length", type=int, default=60, help="words of a story")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if wish.what == "cost":
            with shelf(Path(place), wish.works) as index:
                cost(index, wish.works)
        elif wish.what == "apart":
            with shelf(Path(place), wish.works, length=wish.length) as index:
                apart(index, Path(place), wish.works, wish.length)
        else:
            with shelf(Path(place), wish.works, hidden=wish.hidden) as index:
                oracle(index, Path(place), wish.queries, wish.hidden)


def cost(index: Index, works: int) -> None:
    """Processor time of a search, with the shield and without it, turn by turn in one run."""
    dice = random.Random(5)
    asked = [dice.choice(WORDS) for _ in range(150)] + [
        f"{dice.choice(WORDS[:200])} {dice.choice(WORDS[:200])}" for _ in range(50)
    ]
    kinds = {
        "words, with facets": [Question(None, parse(text), counted=tuple(Facet)) for text in asked],
        "words": [Question(None, parse(text)) for text in asked],
        "the shelf, with facets": [Question(None, sort=sort, counted=tuple(Facet)) for sort in Sort] * 10,
    }
    index.search(Question(None, counted=tuple(Facet)))
    print(f"{works:,} works; milliseconds of processor time a search, mean; ratio to none")
    for name, reader in READERS.items():
        eyes = _Sharing(reader)
        first = _timed(partial(index.search, Question(eyes, counted=tuple(Facet))))
        print(f"\n{name}: first look {first * 1000:.0f} ms, {index.search(Question(eyes)).total:,} open")
        for kind, questions in kinds.items():
            bare, shielded = _in_turn(index, questions, None, eyes)
            print(f"  {kind}: {bare:.2f} without, {shielded:.2f} with, {shielded / bare:.3f}")


def _in_turn(index: Index, questions: list[Question], one: Eyes | None, other: Eyes) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for question in questions:
        for which, who in ((0, one), (1, other)) if len(times[0]) % 2 else ((1, other), (0, one)):
            asked = Question(who, question.query, question.sort, counted=question.counted)
            times[which].append(_timed(partial(index.search, asked)))
    return statistics.fmean(times[0]) * 1000, statistics.fmean(times[1]) * 1000


def _timed(do: Callable[[], object]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


def apart(index: Index, folder: Path, works: int, length: int) -> None:
    """What it costs to make an index of their own, to keep it up, and to be answered from it."""
    print(f"{works:,} works of {length:,} words; {_size(folder) / 1e6:.1f} MB")
    asked = [Question(None, parse(word), counted=tuple(Facet)) for word in WORDS[:2000:10]]
    for name in ("a child", "who hides a tag"):
        eyes = ReadersEyes(READERS[name])
        before, made = _size(folder), _timed(partial(_set_apart, folder, eyes))
        first = _timed(partial(index.search, Question(eyes)))
        held, size = index.search(Question(eyes)).total, _size(folder) - before
        index.put(entries(10, 9, length=length, first=works))
        index.commit()
        grown = _timed(partial(_set_apart, folder, eyes))
        shared, own = _in_turn(index, asked, _Sharing(eyes.reader), eyes)
        print(f"  {name}: {held:,} entries, {size / 1e6:.1f} MB, made in {made:.1f} s of processor time")
        print(f"    first answer after {first * 1000:.0f} ms; {grown * 1000:.0f} ms for ten more works")
        print(f"    a search takes {own:.2f} ms, in the index that all share {shared:.2f} ms")


def _set_apart(folder: Path, eyes: Eyes) -> None:
    assert embedded.set_apart(folder, eyes, lambda: False)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def oracle(index: Index, folder: Path, queries: int, hidden: int) -> None:
    """Words that stand only in hidden works, against words that stand nowhere: does the time tell which?"""
    child = ReadersEyes(READERS["a child"])
    began = time.perf_counter()
    assert embedded.set_apart(folder, child, lambda: False)
    print(f"an index of their own was made in {time.perf_counter() - began:.1f} s")
    print(f"{queries:,} questions for a word, {hidden} hidden works")
    ways: dict[str, tuple[Eyes, AbstractContextManager[None]]] = {
        "the index that all share": (_Sharing(child.reader), nullcontext()),
        "an index of their own": (child, nullcontext()),
        "the index that all share, at an even pace": (_Sharing(child.reader), _Paced(child)),
    }
    for name, (eyes, pace) in ways.items():
        times = _asked(index, queries, hidden, eyes, pace)
        one, other = (statistics.median(times[there]) for there in (True, False))
        u, p = _mann_whitney(times[True], times[False])
        print(f"  {name}: {one:.1f} microseconds where it stands only in hidden works, {other:.1f} where nowhere")
        print(
            f"    a guess from one time is right with probability {max(u, 1 - u):.3f} (0.5 tells nothing); p = {p:.2g}"
        )


class _Sharing(ReadersEyes):
    """Eyes that are answered from the index that all share, whatever is hidden from them."""

    @property
    def apart(self) -> bool:
        return False


class _Paced:
    """An even pace, as often as it is asked for."""

    def __init__(self, eyes: Eyes) -> None:
        self._eyes = eyes

    def __enter__(self) -> None:
        self._pace = paced(self._eyes)
        self._pace.__enter__()

    def __exit__(self, *ended: object) -> None:
        self._pace.__exit__(None, None, None)


def _asked(
    index: Index, queries: int, hidden: int, eyes: Eyes, pace: AbstractContextManager[None]
) -> dict[bool, list[float]]:
    """Microseconds of each answer, by whether the word stands anywhere; the two kinds in a random order."""
    dice = random.Random(7)
    index.search(Question(eyes))
    times: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(queries):
        there = dice.random() < 0.5
        word = f"{'secret' if there else 'absent'}{dice.randrange(hidden)}{dice.choice(('', 'a', 'b'))}"
        question = Question(eyes, parse(word), counted=tuple(Facet))
        began = time.perf_counter_ns()
        with pace:
            answer = index.search(question)
        times[there].append((time.perf_counter_ns() - began) / 1000)
        assert (answer.total, answer.hits) == (0, ())
    return times


def _mann_whitney(one: list[float], other: list[float]) -> tuple[float, float]:
    """The chance that a time of the one is larger, and how surely it is not one half (normal approximation)."""
    ranked = sorted([(t, 0) for t in one] + [(t, 1) for t in other])
    ranks = sum(rank for rank, (_, which) in enumerate(ranked, 1) if which == 0)
    n, m = len(one), len(other)
    u = ranks - n * (n + 1) / 2
    z = (u - n * m / 2) / sqrt(n * m * (n + m + 1) / 12)
    return u / (n * m), erfc(abs(z) / sqrt(2))


if __name__ == "__main__":
    main()
