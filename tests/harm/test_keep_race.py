"""Many adders at once, of the same files and of others: each original is placed once, promised once, and whole."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.strategies.keep import library

from remnant.keep.audit import Audit, Grade
from remnant.keep.chain import Line, walk
from remnant.keep.ledger import Ledger
from remnant.model import Digest

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
    print(text, word.how.value, sep="\\t")
"""


def test_four_adders_at_once(tmp_path: Path) -> None:
    path = tmp_path / "library"
    adders = [
        subprocess.Popen(
            [sys.executable, "-c", ADDER, str(path), name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for name in "abcd"
    ]
    ends = [adder.communicate() for adder in adders]
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
