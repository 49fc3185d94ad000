"""Making an index of their own for readers from whom something is hidden, and keeping it up with the one it copies.

It grows in the order in which entries were put in, and says how far it has come; stopped anywhere, it is gone on with.
It is made anew where something that it holds was hidden since: a text index may keep the words of what left it.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from remnant.errors import BusyError, RefusedError
from remnant.find.embedded import schema, stamp, wholeness
from remnant.find.embedded.apart import FOLDER, LAST, LEFT, MOMENT, WHOLE, heads_of, moment_of, places
from remnant.find.embedded.copying import entries_of
from remnant.find.embedded.index import WritingIndex
from remnant.find.embedded.opened import TEXT, Opened
from remnant.find.embedded.room import clear_all_but, has_room
from remnant.find.embedded.sound import catalogue_sound
from remnant.find.embedded.still import is_still
from remnant.find.embedded.texts import Texts
from remnant.find.port import Entry, Eyes, IndexStale

MOST = 6
"""How many there may be where nobody needs more; the one that was not wanted for longest makes room."""

_TOGETHER = 50
"""Entries that are copied at once."""

_PAUSE = 5.0
"""Seconds between two commits."""

_ROUNDS = 3
"""How often the index may be written meanwhile before this waits for another time."""

T = TypeVar("T")

Stop = Callable[[], bool]
Tell = Callable[[int, int], None]


class _SourceError(Exception):
    """Damage in the index that is copied from: what was copied is none the worse."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an index of their own is to hold: works and their documents, the oldest document first."""

    moment: str
    last: int
    shown: dict[str, int]
    hidden: frozenset[str]
    is_needed: bool


@dataclass(frozen=True, slots=True)
class _Held:
    """What one holds. All that was shown up to the document `last` is in it; words may be of works that `left` too."""

    moment: str = ""
    last: int = 0
    whole: str | None = None
    is_pure: bool = True
    works: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()

    def due(self, plan: _Plan) -> list[int]:
        """The documents that it lacks."""
        return [doc for doc in plan.shown.values() if doc > self.last]

    def share(self, plan: _Plan) -> float:
        """How much of the whole index it lacks."""
        return len(self.due(plan)) / max(1, len(plan.shown) + len(plan.hidden))


_NOTHING = _Held()


def _nobody(_done: int, _total: int) -> None:
    """Who does not watch."""


def set_apart(
    folder: Path, eyes: Eyes, stop: Stop, most: int | None = None, tell: Tell = _nobody, needed: int = 0
) -> bool:
    """Have an index of their own that answers for these eyes; False where there is none yet.

    That is where nothing may be written, it would fill the disk, another process is at it, `stop` said so, or more than
    `most` entries would have to be copied. Nothing is harmed, and what was done is gone on with. `tell` hears how many
    entries were copied, of how many. Damage in the index that is copied from is left as a doubt about it.

    `needed` is how many of them somebody wants at the same time: as many may lie there, if that is more than `MOST`.
    """
    try:
        stamped = stamp.read(folder)
        if is_still(stamped.data):
            return False
        with closing(_opened(stamped)) as mother:
            return _bring_up(mother, eyes, stop, most, tell, max(MOST, needed))
    except _SourceError:
        if stamp.mark_of(folder) == stamped.mark:
            wholeness.doubt(stamped.data)
        return False
    except (IndexStale, BusyError, RefusedError, OSError):
        return False


def _opened(stamped: stamp.Stamp) -> Opened:
    try:
        return Opened(stamped)
    except IndexStale as error:
        raise _SourceError from error


def _asked(mother: Opened, question: Callable[[sqlite3.Connection], T]) -> T:
    try:
        return mother.ask(lambda sql, _: question(sql))
    except IndexStale as error:
        raise _SourceError from error


def _bring_up(mother: Opened, eyes: Eyes, stop: Stop, most: int | None, tell: Tell, many: int) -> bool:
    """Again where the index was written meanwhile, or what was there before turns out damaged."""
    for _ in range(_ROUNDS):
        plan = _asked(mother, lambda sql: _plan(sql, mother, eyes))
        place, held = _best(mother, eyes, plan) if plan.is_needed else (None, _NOTHING)
        if not plan.is_needed or held.whole == plan.moment:
            return True
        if (most is not None and len(held.due(plan)) > most) or not has_room(mother.data, held.share(plan)):
            return False
        if place is None:
            grown = _make(mother, plan, stop, tell, many)
        else:
            grown = _grow_or_drop(mother, place, held, plan, stop, tell)
        if not grown:
            return False
    return False


def _make(mother: Opened, plan: _Plan, stop: Stop, tell: Tell, many: int) -> bool:
    """A new one. One that fails has no second try at once: it would fill the disk again."""
    place = _placed(mother.data / FOLDER, many)
    try:
        _furnish(place)
        return _grow(mother, place, _NOTHING, plan, stop, tell)
    except (IndexStale, RefusedError, OSError):
        shutil.rmtree(place, ignore_errors=True)
        raise


def _grow_or_drop(mother: Opened, place: Path, held: _Held, plan: _Plan, stop: Stop, tell: Tell) -> bool:
    """A damaged one is dropped, to be made anew."""
    try:
        return _grow(mother, place, held, plan, stop, tell)
    except IndexStale:
        shutil.rmtree(place, ignore_errors=True)
        return True


def _plan(sql: sqlite3.Connection, mother: Opened, eyes: Eyes) -> _Plan:
    sight = mother.sight(eyes)
    last = int(sql.execute("SELECT last FROM state").fetchone()[0])
    shown = sql.execute(f"SELECT work, doc FROM entry WHERE {sight.is_known} ORDER BY doc")
    hidden = sql.execute(f"SELECT work FROM entry WHERE NOT {sight.is_known}")
    return _Plan(moment_of(sql), last, dict(shown), frozenset(work for (work,) in hidden), not sight.is_pure)


def _best(mother: Opened, eyes: Eyes, plan: _Plan) -> tuple[Path | None, _Held]:
    """The one that can be grown into what is wanted, and has come furthest."""
    found = [(held, place) for place in places(mother.data / FOLDER) if (held := _held(place, eyes)) is not None]
    theirs = [(held, place) for held, place in found if _is_theirs(mother, held, plan)]
    held, place = max(theirs, key=lambda one: (one[0].last, len(one[0].works)), default=(_NOTHING, None))
    return place, held


def _held(place: Path, eyes: Eyes) -> _Held | None:
    """None for one that cannot be read."""

    def look(sql: sqlite3.Connection) -> _Held:
        heads = heads_of(sql)
        works = frozenset(work for (work,) in sql.execute("SELECT work FROM entry"))
        is_pure, left = opened.sight(eyes).is_pure, frozenset(heads.get(LEFT, "").split())
        return _Held(heads.get(MOMENT, ""), int(heads.get(LAST, 0)), heads.get(WHOLE), is_pure, works, left)

    try:
        with closing(Opened(stamp.Stamp(place, stamp.NOWHERE))) as opened:
            return opened.ask(lambda sql, _: look(sql))
    except (IndexStale, OSError):
        return None


def _is_theirs(mother: Opened, held: _Held, plan: _Plan) -> bool:
    """Whether it holds nothing that is hidden, and lacks nothing but what came since."""
    known = _asked(mother, lambda sql: _was(sql, held.moment))
    lacks = any(doc <= held.last and work not in held.works for work, doc in plan.shown.items())
    return known and held.is_pure and not lacks and plan.hidden.isdisjoint(held.works | held.left)


def _was(sql: sqlite3.Connection, moment: str) -> bool:
    """Whether the index went through this moment: after a power cut it may have lost it, and what came then."""
    return sql.execute("SELECT 1 FROM moment WHERE generation || ' ' || token = ?", (moment,)).fetchone() is not None


def _placed(folder: Path, most: int) -> Path:
    """A place for another one, where no more than `most` shall lie."""
    folder.mkdir(exist_ok=True)
    clear_all_but(folder, places(folder)[: most - 1])
    place = folder / secrets.token_hex(6)
    place.mkdir()
    return place


def _furnish(place: Path) -> None:
    with catalogue_sound():
        schema.make(place)
    Texts.make(place / TEXT)


def _grow(mother: Opened, place: Path, held: _Held, plan: _Plan, stop: Stop, tell: Tell) -> bool:
    """Put in what it lacks, saying now and then how far that is; False where it was stopped."""
    with closing(WritingIndex(place, stamp.Stamp(place, stamp.NOWHERE), held=True)) as index:
        leaving = held.works - plan.shown.keys()
        index.remove(leaving)
        heads = {MOMENT: plan.moment, LEFT: " ".join(sorted(held.left | leaving))}
        committed, due = time.monotonic(), held.due(plan)
        for at, docs in _batches(due):
            index.put(_entries(mother, docs))
            tell(at + len(docs), len(due))
            stopped = stop()
            if stopped or time.monotonic() > committed + _PAUSE:
                index.store_heads(heads | {LAST: str(docs[-1])})
                index.commit()
                committed = time.monotonic()
            if stopped:
                return False
        index.store_heads(heads | {LAST: str(plan.last), WHOLE: plan.moment})
        index.commit()
    return True


def _entries(mother: Opened, docs: Sequence[int]) -> list[Entry]:
    return _asked(mother, lambda sql: entries_of(sql, docs))


def _batches(docs: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    return ((at, docs[at : at + _TOGETHER]) for at in range(0, len(docs), _TOGETHER))
