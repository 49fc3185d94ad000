"""The embedded index: the catalogue says what there is, the text index which of it holds which words.

A commit first makes the new documents known to the text index and only then to the catalogue; what they replace is
dropped from the text index by the commit after. So whoever has one generation of the catalogue, and a text index
loaded while it was the present one, has everything of that generation.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from remnant.errors import RefusedError
from remnant.find.embedded import asking, schema, stamp
from remnant.find.embedded.catalogue import Catalogue, cooked
from remnant.find.embedded.dumping import dump
from remnant.find.embedded.readings import Readings
from remnant.find.embedded.sound import catalogue_sound
from remnant.find.embedded.texts import Chunks, Texts, TextWriter
from remnant.find.port import Answer, Counts, Entry, Facet, Hit, IndexStale, Question, Unread
from remnant.model import Digest

TEXT = "text"

_READ_ONLY = "This index was opened to read. Nothing was changed."


class _Opened:
    """One data folder, open for questions."""

    def __init__(self, stamped: stamp.Stamp) -> None:
        self.mark = stamped.mark
        with catalogue_sound():
            self._sql = schema.open_to_read(stamped.data)
        self.texts = Texts(stamped.data / TEXT)
        self._loaded: int | None = None

    @contextmanager
    def moment(self) -> Iterator[sqlite3.Connection]:
        """One generation of the catalogue, with the text index that belongs to it."""
        with catalogue_sound():
            while not self._begun(self._generation()):
                self._sql.execute("COMMIT")
            try:
                yield self._sql
            finally:
                self._sql.execute("COMMIT")

    def close(self) -> None:
        self._sql.close()

    def _begun(self, generation: int) -> bool:
        """Whether the text index was loaded while this generation was the present one, and it still is."""
        if generation != self._loaded:
            self.texts.reload()
            self._loaded = generation
        self._sql.execute("BEGIN")
        return self._generation() == generation

    def _generation(self) -> int:
        return int(self._sql.execute("SELECT generation FROM state").fetchone()[0])


class ReadingIndex:
    """The index open for questions. Threads may share it; it follows the writer, and a new index in its place."""

    def __init__(self, folder: Path, stamped: stamp.Stamp | None = None) -> None:
        """`stamped` holds it to data that the folder's stamp does not name yet."""
        self._folder = folder
        self._held = stamped is not None
        self._lock = RLock()
        self._readings = Readings(folder)
        self._opened = _Opened(stamped) if stamped else self._open()

    def search(self, question: Question) -> Answer:
        with self._moment() as (sql, texts):
            return asking.answer(sql, texts.found, question)

    def get(self, work: str, classes: frozenset[str] | None) -> Hit | None:
        with self._moment() as (sql, _):
            return asking.one(sql, work, classes)

    def resolve(self, prefix: str, classes: frozenset[str] | None, limit: int = 10) -> tuple[str, ...]:
        with self._moment() as (sql, _):
            return asking.beginning(sql, prefix, classes, limit)

    def heads(self) -> Mapping[str, str]:
        with self._moment() as (sql, _):
            return dict(sql.execute("SELECT chain, seen FROM head ORDER BY chain"))

    def unread(self) -> tuple[Unread, ...]:
        with self._moment() as (sql, _):
            rows = sql.execute("SELECT digest, name, reason FROM unread ORDER BY name, digest")
            return tuple(Unread(Digest(digest), cooked(name), reason) for digest, name, reason in rows)

    def counts(self) -> Counts:
        with self._moment() as (sql, _):
            works = sql.execute("SELECT coalesce(sum(works), 0) FROM total").fetchone()[0]
            unread = sql.execute("SELECT count(*) FROM unread").fetchone()[0]
            return Counts(works, unread, self._readings.count())

    def reading(self, digest: Digest, reader_version: str) -> bytes | None:
        with self._lock:
            return self._readings.get(digest, reader_version)

    def dump(self) -> bytes:
        with self._moment() as (sql, _):
            return dump(sql)

    def close(self) -> None:
        with self._lock:
            self._readings.close()
            self._opened.close()

    def put(self, entries: Iterable[Entry]) -> None:
        raise RefusedError(_READ_ONLY)

    def remove(self, works: Iterable[str]) -> None:
        raise RefusedError(_READ_ONLY)

    def put_unread(self, unread: Iterable[Unread]) -> None:
        raise RefusedError(_READ_ONLY)

    def remove_unread(self, digests: Iterable[Digest]) -> None:
        raise RefusedError(_READ_ONLY)

    def store_heads(self, heads: Mapping[str, str]) -> None:
        raise RefusedError(_READ_ONLY)

    def put_reading(self, digest: Digest, reader_version: str, data: bytes) -> None:
        raise RefusedError(_READ_ONLY)

    def commit(self) -> None:
        raise RefusedError(_READ_ONLY)

    @contextmanager
    def _moment(self) -> Iterator[tuple[sqlite3.Connection, Texts]]:
        with self._lock:
            if not self._held and stamp.mark_of(self._folder) != self._opened.mark:
                self._opened.close()
                self._opened = self._open()
            with self._opened.moment() as sql:
                yield sql, self._opened.texts

    def _open(self) -> _Opened:
        """The data that the stamp names; again if a new index took its place meanwhile."""
        stamped = stamp.read(self._folder)
        try:
            return _Opened(stamped)
        except IndexStale:
            if stamp.mark_of(self._folder) == stamped.mark:
                raise
            return self._open()


class WritingIndex(ReadingIndex):
    """The index open for writing too: its questions are answered from the last commit, like everyone's."""

    def __init__(self, folder: Path, stamped: stamp.Stamp, *, held: bool = False) -> None:
        self._catalogue = Catalogue(stamped.data)
        try:
            self._texts = TextWriter(stamped.data / TEXT, self._catalogue.last)
        except BaseException:
            self._catalogue.close()
            raise
        super().__init__(folder, stamped if held else None)

    def put(self, entries: Iterable[Entry]) -> None:
        with self._lock:
            for entry in entries:
                doc = self._catalogue.put(entry)
                self._texts.add(doc, _chunks(entry))

    def remove(self, works: Iterable[str]) -> None:
        with self._lock:
            for work in works:
                self._catalogue.remove(work)

    def put_unread(self, unread: Iterable[Unread]) -> None:
        with self._lock:
            for one in unread:
                self._catalogue.put_unread(one)

    def remove_unread(self, digests: Iterable[Digest]) -> None:
        with self._lock:
            for digest in digests:
                self._catalogue.remove_unread(digest)

    def store_heads(self, heads: Mapping[str, str]) -> None:
        with self._lock:
            self._catalogue.store_heads(heads)

    def put_reading(self, digest: Digest, reader_version: str, data: bytes) -> None:
        with self._lock:
            self._readings.put(digest, reader_version, data)

    def commit(self) -> None:
        with self._lock:
            if self._catalogue.written:
                self._texts.drop(self._catalogue.dying())
                self._texts.commit()
                self._catalogue.commit()

    def close(self) -> None:
        with self._lock:
            super().close()
            self._catalogue.close()
            self._texts.close()


def _chunks(entry: Entry) -> Chunks:
    return {"name": _titles(entry), "label": _labels(entry), "story": entry.story, "notes": entry.notes}


def _titles(entry: Entry) -> tuple[str, ...]:
    title = () if entry.title is None else (entry.title,)
    return (*title, *entry.facets.get(Facet.AUTHOR, ()), *entry.facets.get(Facet.SERIES, ()))


def _labels(entry: Entry) -> tuple[str, ...]:
    named = (Facet.FANDOM, Facet.CHARACTER, Facet.RELATIONSHIP, Facet.TAG)
    return tuple(value for facet in named for value in entry.facets.get(facet, ()))
