"""Many adders at once, of the same files and of others: each original is placed once, promised once, and whole.

In processes and in threads; and whoever of them is killed, whenever, takes nothing along.
"""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from tests.strategies.keep import NOW, library, now

from remnant.keep.audit import Audit, Grade
from remnant.keep.chain import Line, walk
from remnant.keep.ledger import Ledger
from remnant.keep.sealing import Kept, Sealing, seal
from remnant.model import Arrival, Digest

ADDER = """
import io, random, sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from remnant.keep.folder import create
from remnant.keep.sealing import Sealing, seal
from remnant.model import Arrival

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
folder = create(Path(sys.argv[1]), NOW)
numbers = [f"same {n}" for n in range(40)] + [f"{sys.argv[2]} {n}" for n in range(10)]
random.Random(sys.argv[2]).shuffle(numbers)
sealings = [
    Sealing(partial(io.BytesIO, text.encode()), partial(Arrival, door="file", name=f"{text}.txt", at=NOW))
    for text in numbers
]
for text, word in zip(numbers, seal(folder, sealings, lambda: NOW, batch=7), strict=True):
    print(text, word.how.value, sep="\\t", flush=True)
"""
NAMES = "abcd"
KILLS = 200 if os.environ.get("REMNANT_TRIES") == "campaign" else 4


def adder(path: Path, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ADDER, str(path), name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def texts(name: str) -> list[str]:
    return [f"same {number}" for number in range(40)] + [f"{name} {number}" for number in range(10)]


def test_four_adders_at_once(tmp_path: Path) -> None:
    path = tmp_path / "library"
    adders = [adder(path, name) for name in NAMES]
    ends = [one.communicate() for one in adders]
    said = [line.split("\t") for out, _ in ends for line in out.splitlines()]
    new = Counter(text for text, how in said if how == "new")
    folder = library(tmp_path)
    verdicts = list(Audit(folder).verdicts())
    chain = list(walk(folder.ledger / f"{folder.replica}.jsonl"))
    promises = [item.fields["digest"] for item in chain if isinstance(item, Line) and item.fields["kind"] == "promise"]

    assert [err for _, err in ends] == [""] * 4
    assert len(said) == 200
    assert set(new.values()) == {1}
    assert len(new) == 80
    assert {verdict.grade for verdict in verdicts} == {Grade.WHOLE}
    assert set(Ledger(folder).promised()) == {Digest.of(text.encode()) for text in new}
    assert len(promises) == len(set(promises)) == 80
    assert all(isinstance(item, Line) for item in chain)
    assert not list(folder.staging.iterdir())


@pytest.mark.parametrize("seed", range(KILLS))
def test_one_of_four_is_killed_and_the_others_and_the_next_go_on(seed: int, tmp_path: Path) -> None:
    """At a random moment: after so many of its words, or of somebody else's."""
    chance = random.Random(seed)
    adders = {name: adder(tmp_path / "library", name) for name in NAMES}
    victim, heard = chance.choice(NAMES), chance.choice(NAMES)
    after = chance.randrange(45)
    told = {heard: "".join(_lines(adders[heard], after))}
    adders[victim].kill()
    for name, one in adders.items():
        told[name] = told.get(name, "") + one.communicate()[0]
    folder = library(tmp_path)
    kept = {Digest.of(line.partition("\t")[0].encode()) for said in told.values() for line in _whole(said)}
    harmed = [verdict.what for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]

    assert [name for name, one in adders.items() if one.returncode and name != victim] == []
    assert harmed == []
    assert kept <= set(Ledger(folder).promised())
    assert adder(folder.path, victim).communicate()[1] == ""
    assert {verdict.grade for verdict in Audit(folder).verdicts()} == {Grade.WHOLE}
    assert set(Ledger(folder).promised()) == {Digest.of(text.encode()) for name in NAMES for text in texts(name)}
    assert not list(folder.staging.iterdir())


def _lines(one: subprocess.Popen[str], most: int) -> Iterator[str]:
    assert one.stdout is not None
    for _ in range(most):
        yield one.stdout.readline()


def _whole(said: str) -> list[str]:
    """The lines that were told to their end."""
    return [line for line in said.splitlines(keepends=True) if line.endswith("\n")]


def test_four_adders_in_threads_of_one_process(tmp_path: Path) -> None:
    folder = library(tmp_path)

    def add(name: str) -> Counter[str]:
        sealings = [
            Sealing(partial(io.BytesIO, text.encode()), partial(Arrival, door="file", name=f"{text}.txt", at=NOW))
            for text in random.Random(name).sample(texts(name), 50)
        ]
        return Counter(word.how for word in seal(folder, sealings, now, batch=7) if isinstance(word, Kept))

    with ThreadPoolExecutor(4) as pool:
        counts = sum(pool.map(add, NAMES), Counter[str]())

    assert counts["new"] == 80
    assert counts.total() == 200
    assert {verdict.grade for verdict in Audit(folder).verdicts()} == {Grade.WHOLE}
    assert set(Ledger(folder).promised()) == {Digest.of(text.encode()) for name in NAMES for text in texts(name)}
    assert not list(folder.staging.iterdir())
