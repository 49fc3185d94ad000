"""One input after the other through the reader, each judged by the laws; it can be stopped and goes on."""

from __future__ import annotations

import json
import os
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType

from bench.fuzz.mutations import made
from tests.laws.accounting import check_reading

from remnant.model import Reading
from remnant.understand.reader import understand_bytes
from remnant.understand.voices.hearing import heard

SECONDS, MEBIBYTES = 20, 2048
"""What one input may cost: a worker has three times the seconds, and as much memory."""

VOICES_EVERY = 4
"""One input in so many is also listened to."""


@dataclass
class State:
    """How far a campaign has come. `slowest` is in CPU seconds."""

    done: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    slowest_input: int = -1
    failed: dict[int, str] = field(default_factory=dict)


class TooLongError(Exception):
    """An input took more than its share."""


def run(state: State, upto: int, seeds: Sequence[bytes], save: Callable[[State], None]) -> Iterator[int]:
    """Go on to input `upto`, saving now and then; yields the number of each input done."""
    resource.setrlimit(resource.RLIMIT_AS, (MEBIBYTES << 20, MEBIBYTES << 20))
    while state.done < upto:
        number = state.done
        began = time.process_time()
        why = judge(made(number, seeds), number % VOICES_EVERY == 0)
        taken = time.process_time() - began
        state.seconds += taken
        if taken > state.slowest:
            state.slowest, state.slowest_input = taken, number
        if why is not None:
            state.failed[number] = why
        state.done += 1
        if state.done % 500 == 0 or why is not None:
            save(state)
        yield number
    save(state)


def judge(data: bytes, voices: bool) -> str | None:
    """Why this input is a fault of ours, or None. Every exception counts, and every broken law."""
    try:
        with _allowed(SECONDS):
            reading = understand_bytes(data)
            if voices:
                reading = heard(reading)
        check_reading(reading)
        _covers(reading)
    except MemoryError:
        return f"took more than {MEBIBYTES} MiB"
    except Exception:  # noqa: BLE001 - that nothing raises is what is tested
        return traceback.format_exc(limit=-3)
    return None


def _covers(reading: Reading) -> None:
    """Law 5: sections cover the blocks in order, pieces the sections."""
    _in_order([(section.first, section.last) for section in reading.sections], len(reading.blocks))
    _in_order([(piece.first, piece.last) for piece in reading.pieces], len(reading.sections))


def _in_order(runs: list[tuple[int, int]], count: int) -> None:
    at = 0
    for first, last in runs:
        assert first == at <= last + 1, f"a run begins at {first}, not {at}"
        at = last + 1
    assert at == count or not runs, f"runs end at {at} of {count}"


@contextmanager
def _allowed(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooLongError(f"more than {seconds} seconds of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def load(path: Path) -> State:
    if not path.exists():
        return State()
    record = json.loads(path.read_text("utf-8"))
    record["failed"] = {int(number): why for number, why in record["failed"].items()}
    return State(**record)


def save(path: Path, state: State) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(state), indent=1) + "\n", "utf-8")
    os.replace(beside, path)
