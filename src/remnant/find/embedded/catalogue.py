"""Writing the catalogue: entries, what is counted of them, heads, and originals that could not be read."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import zlib
from array import array
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from remnant.find.embedded import schema
from remnant.find.embedded.schema import FACETS, STRIDE
from remnant.find.embedded.sound import catalogue_sound, stale
from remnant.find.port import Entry, Facet, Unread
from remnant.find.words import key, name, words
from remnant.model import Digest

_LAST = "\U0010ffff"
"""Sorts after every name."""

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)


class Catalogue:
    """The catalogue as its one writer sees it; others see it as it was at the last commit."""

    def __init__(self, data: Path) -> None:
        with catalogue_sound():
            self._sql = schema.open_to_write(data)
            generation, last = self._sql.execute("SELECT generation, last FROM state").fetchone()
        self._generation: int = generation
        self._last: int = last
        self._values: dict[tuple[int, bytes], int] = {}
        self._guards: dict[str, int] = {}
        self._started = False

    @property
    def last(self) -> int:
        """The greatest document number given so far."""
        return self._last

    @property
    def written(self) -> bool:
        """Whether there is anything to commit."""
        return self._started

    def put(self, entry: Entry) -> int:
        """Put an entry in place of an older one, and give the number of its document.

        ValueError for one without guards: nobody would have said who may see it.
        """
        if not entry.guards:
            raise ValueError(f"The work {entry.work} has no guards.")
        with catalogue_sound():
            self._begin()
            self._remove(entry.work)
            self._last += 1
            labels = self._labels(entry.facets)
            self._insert(self._last, entry, labels)
            self._count(labels, 1)
            return self._last

    def remove(self, work: str) -> None:
        with catalogue_sound():
            self._begin()
            self._remove(work)

    def put_unread(self, unread: Unread) -> None:
        row = (unread.digest.hex, raw(unread.name), unread.reason.encode("utf-8", "replace").decode())
        with catalogue_sound():
            self._begin()
            self._sql.execute("INSERT OR REPLACE INTO unread VALUES (?, ?, ?)", row)

    def remove_unread(self, digest: Digest) -> None:
        with catalogue_sound():
            self._begin()
            self._sql.execute("DELETE FROM unread WHERE digest = ?", (digest.hex,))

    def store_heads(self, heads: Mapping[str, str]) -> None:
        with catalogue_sound():
            self._begin()
            self._sql.execute("DELETE FROM head")
            self._sql.executemany("INSERT INTO head VALUES (?, ?)", heads.items())

    def dying(self) -> tuple[int, ...]:
        """Documents that no reader of the last commit needs, so that the text index may drop them."""
        with catalogue_sound():
            rows = self._sql.execute("SELECT doc FROM dead WHERE generation <= ?", (self._generation,))
            return tuple(doc for (doc,) in rows)

    def commit(self) -> None:
        """Make all of it known; the text index must hold the documents by now, and have dropped the dying."""
        with catalogue_sound():
            self._sql.execute("DELETE FROM dead WHERE generation <= ?", (self._generation,))
            self._sql.execute("UPDATE state SET generation = generation + 1, last = ?", (self._last,))
            moment = (self._generation + 1, secrets.token_hex(8))
            self._sql.execute("INSERT INTO moment VALUES (?, ?)", moment)
            self._sql.execute("COMMIT")
        self._started = False
        self._generation += 1

    def close(self) -> None:
        self._sql.close()

    def _begin(self) -> None:
        if not self._started:
            self._sql.execute("BEGIN IMMEDIATE")
            self._started = True

    def _insert(self, doc: int, entry: Entry, labels: tuple[int, ...]) -> None:
        guards = sorted({self._guard(guard) for guard in entry.guards})
        held = (array("q", guards).tobytes(), *_title(entry), array("q", labels).tobytes())
        row = (doc, entry.work, *held, *_measures(entry))
        sorts = (*_sorts(entry), _digest(entry))
        places = ", ".join("?" * (len(row) + len(sorts)))
        self._sql.execute(f"INSERT INTO entry VALUES ({places})", row + sorts)
        self._sql.execute("INSERT INTO card VALUES (?, ?)", (doc, entry.card))
        self._sql.execute("INSERT INTO told VALUES (?, ?)", (doc, packed(entry)))
        if entry.likeness:
            traces = array("q", sorted(set(entry.traces)))
            self._sql.execute("INSERT INTO likeness VALUES (?, ?, ?)", (doc, entry.likeness, traces.tobytes()))
            self._sql.executemany("INSERT INTO trace VALUES (?, ?)", [(trace, doc) for trace in traces])
        self._sql.executemany("INSERT INTO label VALUES (?, ?)", [(value, doc) for value in labels])
        self._sql.executemany("INSERT INTO guarded VALUES (?, ?)", [(guard, doc) for guard in guards])

    def _remove(self, work: str) -> None:
        row = self._sql.execute("SELECT doc, guards, labels FROM entry WHERE work = ?", (work,)).fetchone()
        if row is None:
            return
        doc, guards, labels = row[0], array("q", row[1]), tuple(array("q", row[2]))
        self._sql.execute("DELETE FROM entry WHERE doc = ?", (doc,))
        self._sql.execute("DELETE FROM card WHERE doc = ?", (doc,))
        self._sql.execute("DELETE FROM told WHERE doc = ?", (doc,))
        for (traces,) in self._sql.execute("DELETE FROM likeness WHERE doc = ? RETURNING traces", (doc,)).fetchall():
            gone = [(trace, doc) for trace in array("q", traces)]
            self._sql.executemany("DELETE FROM trace WHERE trace = ? AND doc = ?", gone)
        self._sql.executemany("DELETE FROM label WHERE value = ? AND doc = ?", [(value, doc) for value in labels])
        self._sql.executemany("DELETE FROM guarded WHERE guard = ? AND doc = ?", [(guard, doc) for guard in guards])
        self._sql.execute("INSERT INTO dead VALUES (?, ?)", (doc, self._generation + 1))
        self._count(labels, -1)

    def _count(self, labels: tuple[int, ...], by: int) -> None:
        self._sql.execute("UPDATE total SET works = works + ?", (by,))
        self._sql.executemany(
            "INSERT INTO tally VALUES (?1, ?2) ON CONFLICT DO UPDATE SET works = works + ?2",
            [(value, by) for value in labels],
        )

    def _guard(self, guard: str) -> int:
        """The id of a guard; guards are few beside works, and each is kept once."""
        if guard not in self._guards:
            self._sql.execute("INSERT OR IGNORE INTO guard (guard) VALUES (?)", (guard,))
            row = self._sql.execute("SELECT id FROM guard WHERE guard = ?", (guard,)).fetchone()
            self._guards[guard] = int(row[0])
        return self._guards[guard]

    def _labels(self, facets: Mapping[Facet, tuple[str, ...]]) -> tuple[int, ...]:
        """The ids of the values, each once: of spellings of one value within a work, the first is taken."""
        chosen: dict[tuple[int, str], str] = {}
        for place, facet in enumerate(FACETS):
            for value in facets.get(facet, ()):
                chosen.setdefault((place, name(value)), value)
        return tuple(self._value(place, value) for (place, _), value in chosen.items())

    def _value(self, place: int, value: str) -> int:
        given = (place, raw(value))
        if given not in self._values:
            self._values[given] = self._known(*given) or self._new(place, value)
        return self._values[given]

    def _known(self, place: int, value: bytes) -> int | None:
        row = self._sql.execute("SELECT id FROM value WHERE facet = ? AND value = ?", (place, value)).fetchone()
        return int(row[0]) if row else None

    def _new(self, place: int, value: str) -> int:
        greatest = int(self._sql.execute("SELECT coalesce(max(id), 0) FROM value").fetchone()[0])
        number = (greatest // STRIDE + 1) * STRIDE + place
        same = "SELECT first FROM value WHERE facet = ? AND name = ?"
        first = self._sql.execute(same, (place, name(value))).fetchone() or (number,)
        row = (number, place, raw(value), name(value), key(value), first[0])
        self._sql.execute("INSERT INTO value VALUES (?, ?, ?, ?, ?, ?)", row)
        return number


def raw(text: str) -> bytes:
    """A text as given, even with what is not Unicode."""
    return text.encode("utf-8", "surrogatepass")


def cooked(given: bytes) -> str:
    """What `raw` was made of; IndexStale for what it never made."""
    try:
        return given.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise stale() from error


def packed(entry: Entry) -> bytes:
    """The texts of an entry, as small as they get in little time."""
    return zlib.compress(raw(json.dumps([entry.story, entry.notes], ensure_ascii=False)), 1)


def unpacked(texts: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Story and notes, as they were packed."""
    story, notes = json.loads(zlib.decompress(texts))
    return tuple(story), tuple(notes)


def _title(entry: Entry) -> tuple[bytes | None, str, str]:
    title = entry.title
    return (None, "", "") if title is None else (raw(title), key(title), name(title))


def _measures(entry: Entry) -> tuple[int, int, str, str | None, str | None]:
    added = entry.added.astimezone(UTC).isoformat(timespec="microseconds")
    return entry.words, entry.sections, added, _date(entry.published), _date(entry.updated)


def _sorts(entry: Entry) -> tuple[str, str, int, int, int]:
    authors = entry.facets.get(Facet.AUTHOR, ())
    since = _date(entry.updated) or _date(entry.published)
    return (
        _by_name(entry.title),
        _by_name(authors[0] if authors else None),
        -entry.words,
        -_microseconds(entry.added),
        -int((since or "0").ljust(10, "0").replace("-", "0")),
    )


def _by_name(value: str | None) -> str:
    return (" ".join(words(value)) or name(value) if value else "") or _LAST


def _microseconds(at: datetime) -> int:
    since = at - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _date(value: str | None) -> str | None:
    """As much of a date as is a year, a month, a day."""
    found = _DATE.match(value or "")
    return found[0] if found else None


def _digest(entry: Entry) -> bytes:
    texts = "\0\0".join("\0".join(chunks) for chunks in (entry.story, entry.notes))
    return hashlib.sha256(raw(texts)).digest()
