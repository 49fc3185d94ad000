"""Law 2: the same bytes give the same reading, in any process."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from tests.strategies import soup

from remnant.understand.reader import understand_bytes

SAMPLES = sorted((Path(__file__).parents[1] / "stories").glob("*/story.*"))
PROGRAM = """
import hashlib, sys
from pathlib import Path
from remnant.understand.reader import understand_bytes
for path in sys.argv[1:]:
    reading = repr(understand_bytes(Path(path).read_bytes()))
    print(hashlib.sha256(reading.encode("utf-8", "backslashreplace")).hexdigest())
"""


@given(soup.files)
def test_a_second_reading_is_the_first(data: bytes) -> None:
    assert understand_bytes(data) == understand_bytes(data)


def test_readings_do_not_depend_on_how_a_process_hashes() -> None:
    paths = [str(path) for path in SAMPLES]
    here = [_digest(path) for path in SAMPLES]

    for seed in ("0", "1", "4242"):
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM, *paths],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )

        assert run.stdout.split() == here


def _digest(path: Path) -> str:
    reading = understand_bytes(path.read_bytes())
    return hashlib.sha256(repr(reading).encode("utf-8", "backslashreplace")).hexdigest()
