"""The pool of workers: limits held, the killed replaced, answers in order, nothing half said believed."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from remnant.library import answering, frames, tasks, worker
from remnant.library import pool as pools
from remnant.library.allowance import A_SECOND
from remnant.library.pool import Answer, Job, Limits, Outcome, Pool, Stopped
from remnant.library.readings import READ_UP_TO
from remnant.model import Digest, Original

HOSTILE = (sys.executable, str(Path(__file__).parent / "hostile_worker.py"))
BRIEF = Limits(seconds=1, memory=1024)


def job(data: bytes) -> Job:
    return Job(tasks.to_read(Original(Digest.of(data), len(data))), data)


def asked(how: str) -> Job:
    return Job({"do": how}, b"abc")


@pytest.fixture
def hostile() -> Iterator[Pool]:
    pool = Pool(2, BRIEF, HOSTILE)
    yield pool
    pool.close()


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("spin", "more than 1 seconds of work"),
        ("crash", "was stopped"),
        ("leave", "was stopped"),
        ("babble", "was stopped"),
        ("boast", "was stopped"),
        ("half", "was stopped"),
        ("nonsense", "was stopped"),
    ],
)
def test_whatever_a_file_does_to_a_worker_the_next_file_is_read(hostile: Pool, how: str, why: str) -> None:
    outcome = hostile.ask(asked(how))
    after = hostile.ask(asked("nothing"))

    assert isinstance(outcome, Stopped)
    assert why in outcome.why
    assert outcome.again
    assert after == Answer({"said": 3}, {})


def test_an_answer_is_at_most_a_few_times_what_may_be_asked() -> None:
    assert 6 * READ_UP_TO < frames.LONGEST <= 8 * READ_UP_TO


def test_an_archive_is_given_more_time_than_a_story(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(worker, "_allow", given.append)
    monkeypatch.setattr(answering, "answer", lambda _head, _data: ({}, {}))
    asked_of = io.BytesIO(frames.pack(b"{}", b"short") + frames.pack(b"{}", bytes(3 * A_SECOND)))
    worker._serve(asked_of, io.BytesIO(), 60, 10)
    gc.unfreeze()
    gc.enable()

    assert given == [60, 63]
    assert Limits(60).of(3 * A_SECOND).seconds == 63
    assert Limits(60).of(READ_UP_TO).patience > Limits(60).patience


def test_who_never_answers_is_waited_for_so_long_and_no_longer(hostile: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limits, "patience", 2.0)
    outcome = hostile.ask(asked("sleep"))

    assert outcome == Stopped("understanding it took too long")


def test_a_worker_can_write_no_file(hostile: Pool, tmp_path: Path) -> None:
    outcome = hostile.ask(Job({"do": "write", "where": str(tmp_path / "written")}, b"abc"))

    assert isinstance(outcome, Stopped)
    assert (tmp_path / "written").read_bytes() == b""


def test_answers_come_in_the_order_of_the_questions_whoever_dies_between(hostile: Pool) -> None:
    deeds = ["nothing", "crash", "nothing", "leave", "nothing", "nothing", "crash", "nothing"]
    jobs = ((number, partial(asked, how)) for number, how in enumerate(deeds))
    outcomes = list(hostile.ask_all(jobs))

    assert [number for number, _ in outcomes] == list(range(len(deeds)))
    assert [isinstance(outcome, Answer) for _, outcome in outcomes] == [how == "nothing" for how in deeds]


def test_only_a_few_questions_are_made_before_they_are_answered(hostile: Pool) -> None:
    made: list[int] = []

    def make(number: int) -> Job:
        made.append(number)
        return asked("nothing")

    answers = hostile.ask_all((number, partial(make, number)) for number in range(100))
    next(answers)
    answers.close()

    assert len(made) <= 12


def test_memory_has_an_end_and_the_worker_says_so() -> None:
    pool = Pool(1, Limits(seconds=20, memory=160))
    try:
        outcome = pool.ask(job(b"x\n\n" * 5_000_000))
        after = pool.ask(job(b"A story.\n"))
    finally:
        pool.close()

    assert isinstance(outcome, Stopped)
    assert isinstance(after, Answer)


def test_a_worker_killed_from_outside_while_idle_costs_nobody_a_reading() -> None:
    pool = Pool(1, Limits())
    try:
        first = pool.ask(job(b"A story.\n"))
        worker = pool._idle[0]
        os.kill(worker._process.pid, signal.SIGKILL)
        worker._process.wait()
        second = pool.ask(job(b"A story.\n"))
    finally:
        pool.close()

    assert first == second


def test_the_same_bytes_give_the_same_reading_in_every_worker() -> None:
    data = b"Title: One\nAuthor: Two\n\nThe rain came down.\n\nA/N: thanks!\n" * 3
    readings = set()
    for _ in range(2):
        pool = Pool(1, Limits())
        outcome = pool.ask(job(data))
        pool.close()
        assert isinstance(outcome, Answer)
        readings.add(repr(outcome))

    assert len(readings) == 1


def test_a_worker_is_replaced_after_its_life(hostile: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "FILES_A_LIFE", 3)
    for _ in range(3):
        hostile.ask(asked("nothing"))

    assert not hostile._idle


def test_a_worker_hears_no_ctrl_c(hostile: Pool) -> None:
    hostile.ask(asked("nothing"))
    worker = hostile._idle[0]
    os.kill(worker._process.pid, signal.SIGINT)

    assert os.getpgid(worker._process.pid) != os.getpgid(0)
    assert hostile.ask(asked("nothing")) == Answer({"said": 3}, {})


def test_closing_ends_every_worker(hostile: Pool) -> None:
    outcomes: list[Outcome] = []
    threads = [threading.Thread(target=lambda: outcomes.append(hostile.ask(asked("nothing")))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    workers = list(hostile._idle)
    hostile.close()

    assert len(outcomes) == 3
    assert not any(worker.alive for worker in workers)


@pytest.mark.parametrize(("worth", "workers"), [(1000.0, 1), (0.0, 2)])
def test_a_second_worker_starts_when_waiting_was_worth_it(
    hostile: Pool, monkeypatch: pytest.MonkeyPatch, worth: float, workers: int
) -> None:
    monkeypatch.setattr(pools, "WORTH_A_START", worth)
    jobs = ((number, partial(asked, "a moment")) for number in range(20))
    outcomes = [outcome for _, outcome in hostile.ask_all(jobs)]

    assert outcomes == [Answer({"said": 3}, {})] * 20
    assert len(hostile._idle) == workers


def test_who_waits_for_a_worker_that_dies_gets_a_new_one(hostile: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "WORTH_A_START", 1000.0)
    jobs = ((number, partial(asked, "crash")) for number in range(4))

    assert [type(outcome) for _, outcome in hostile.ask_all(jobs)] == [Stopped] * 4


def test_who_asks_alone_never_waits_for_another(hostile: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "WORTH_A_START", 1000.0)
    done: list[str] = []

    def ask(how: str) -> None:
        hostile.ask(asked(how))
        done.append(how)

    threads = [threading.Thread(target=ask, args=(how,)) for how in ("a while", "nothing")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert done == ["nothing", "a while"]
