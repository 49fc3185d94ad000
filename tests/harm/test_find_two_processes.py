"""One process writes the index, another reads it, and the writer may be killed at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.strategies.find import OPEN, looking

from remnant.find import embedded
from remnant.find.embedded.catalogue import Catalogue
from remnant.find.port import Entry, Facet, Index, Question
from remnant.find.query import parse

ADDED = datetime(2026, 3, 1, tzinfo=UTC)
EVERYONE = looking(OPEN)
WORKS = 30

WRITER = """
import sys
from datetime import datetime, timedelta, UTC
from itertools import count
from pathlib import Path
from remnant.find import embedded
from remnant.find.port import Entry, Facet

added = datetime(2026, 3, 1, tzinfo=UTC)
index = embedded.open_to_write(Path(sys.argv[1]))
for version in count() if len(sys.argv) < 3 else range(int(sys.argv[2])):
    facets = {Facet.TAG: (f"version {version}",)}
    index.put(
        Entry(f"w{n:02}", ("open",), b"%d" % version, added, facets=facets, story=(f"every dragon, version{version}",))
        for n in range(30)
    )
    index.store_heads({"chain": str(version)})
    index.commit()
    print(version, flush=True)
index.close()
"""


def writer(folder: Path, *versions: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), *versions]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_reader_sees_the_old_or_the_new_and_nothing_between(tmp_path: Path) -> None:
    embedded.create(tmp_path)
    with writer(tmp_path, "25") as process:
        assert process.stdout is not None
        process.stdout.readline()
        index = embedded.open_to_read(tmp_path)
        seen = set()
        while process.poll() is None:
            answer = index.search(Question(EVERYONE, parse('"every dragon"'), size=WORKS, counted=(Facet.TAG,)))
            versions = {hit.card for hit in answer.hits}
            seen |= versions

            assert (answer.total, len(answer.hits), len(versions)) == (WORKS, WORKS, 1)
            assert [count.works for count in answer.facets[Facet.TAG]] == [WORKS]
        last = index.heads()
        index.close()

    assert process.returncode == 0
    assert len(seen) > 1
    assert last == {"chain": "24"}


@pytest.mark.parametrize("delay", [0.0, 0.013, 0.031, 0.057])
def test_a_writer_killed_at_any_moment_leaves_its_last_commit(tmp_path: Path, delay: float) -> None:
    embedded.create(tmp_path)
    with writer(tmp_path) as process:
        assert process.stdout is not None
        for _ in range(3):
            process.stdout.readline()
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        said = [2, *map(int, process.stdout.read().split())]
    index = embedded.open_to_write(tmp_path)
    before = index.search(Question(EVERYONE, parse("dragon"), size=WORKS))
    index.remove(["w00"])
    index.commit()
    after = index.search(Question(EVERYONE, parse("dragon")))
    version = int(index.heads()["chain"])
    strays = [index.search(Question(EVERYONE, parse(f"version{version + step}"))).total for step in (-1, 1)]
    index.close()

    assert (before.total, {int(hit.card) for hit in before.hits}) == (WORKS, {version})
    assert version in (said[-1], said[-1] + 1)
    assert (after.total, strays) == (WORKS - 1, [0, 0])


def put(index: Index, *stories: tuple[str, str]) -> None:
    index.put(Entry(work, (OPEN,), b"", ADDED, story=(story,)) for work, story in stories)
    index.commit()


def found(index: Index, text: str) -> list[str]:
    return [hit.work for hit in index.search(Question(EVERYONE, parse(text))).hits]


def test_a_kill_between_the_two_commits_leaves_the_old_and_no_trace_of_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: Catalogue) -> None:
        raise KeyboardInterrupt

    embedded.create(tmp_path)
    index = embedded.open_to_write(tmp_path)
    put(index, ("old", "a dragon"), ("other", "a dragon"))
    with monkeypatch.context() as patched:
        patched.setattr(Catalogue, "commit", killed)
        with pytest.raises(KeyboardInterrupt):
            put(index, ("old", "a wyvern"), ("new", "a wyvern"))
    reader = embedded.open_to_read(tmp_path)
    between = found(reader, "dragon"), found(reader, "wyvern")
    index.close()
    index = embedded.open_to_write(tmp_path)
    put(index, ("later", "a tower"), ("last", "a tower"))
    after = found(index, "dragon"), found(index, "wyvern"), found(reader, "tower")
    reader.close()
    index.close()

    assert between == (["old", "other"], [])
    assert after == (["old", "other"], [], ["last", "later"])
