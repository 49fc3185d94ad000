"""Whole libraries and what people do with them, for tests of the rooms together."""

from __future__ import annotations

import itertools
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from remnant.keep import folder as folders
from remnant.library.opening import Library
from remnant.library.pool import Limits, Pool
from remnant.model import EVERY_CANON, Field, Reader, Seen

READER = Reader("ann", {EVERY_CANON: Seen(dont_mind=True)})
BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def ticking() -> Callable[[], datetime]:
    """A clock that is a second later each time it is asked."""
    seconds = itertools.count()
    return lambda: BEGAN + timedelta(seconds=next(seconds))


def stops_after(asked: int) -> Callable[[], bool]:
    """Someone who presses Ctrl-C at some moment: `stop` says so from its n-th asking on."""
    times = itertools.count()
    return lambda: next(times) >= asked


@contextmanager
def shared_pool(jobs: int = 1, limits: Limits | None = None) -> Iterator[Pool]:
    pool = Pool(jobs, limits or Limits())
    try:
        yield pool
    finally:
        pool.close()


@contextmanager
def library_at(path: Path, pool: Pool) -> Iterator[Library]:
    """A library whose workers live longer than it does."""
    library = Library(folders.create(path, BEGAN), pool)
    try:
        yield library
    finally:
        library.let_go_of_index()


@contextmanager
def a_folder(base: Path) -> Iterator[Path]:
    """A folder of its own for one example of a property."""
    with tempfile.TemporaryDirectory(dir=base, prefix="example-") as place:
        yield Path(place)


def write_all(folder: Path, stories: list[bytes], first: int = 0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number, story in enumerate(stories, first):
        (folder / f"story {number}.txt").write_bytes(story)
    return folder


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def story(title: str | None = "The Ferry", author: str | None = "Ann", text: str = "The rain came down.") -> bytes:
    head = [f"Title: {title}"] if title else []
    head += [f"Author: {author}"] if author else []
    lines = [*head, "", text, "She waited by the water until the light was gone.", "Nobody came.", ""]
    return "\n\n".join(lines).encode()


_words = st.sampled_from(["rain", "lamp", "ferry", "harbour", "Tuesday", "nobody", "ghost", "tea"])
_names = st.none() | st.lists(_words, min_size=1, max_size=3).map(" ".join)
stories = st.builds(story, _names, _names, st.lists(_words, min_size=1, max_size=12).map(" ".join))
files = st.one_of(
    stories,
    stories,
    stories.map(lambda data: b"<html><body><p>" + data.replace(b"\n\n", b"</p><p>") + b"</p></body></html>"),
    st.binary(max_size=60),
)
fields = st.sampled_from([Field.TITLE, Field.AUTHOR, Field.FANDOM, Field.WARNING, Field.TAG, Field.EMAIL])
values = st.lists(_words, min_size=1, max_size=2).map(" ".join)
