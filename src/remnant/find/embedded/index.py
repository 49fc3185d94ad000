"""The embedded index: the catalogue says what there is, the text index which of it holds which words.

A commit first makes the new documents known to the text index and only then to the catalogue; what they replace is
dropped from the text index by the commit after. So whoever has one generation of the catalogue, and a text index
loaded while it was the present one, has everything of that generation.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import RLock
from typing import TypeVar

from remnant.errors import RefusedError
from remnant.find.embedded import asking, copying, likening, stamp, wholeness
from remnant.find.embedded.apart import Apart, Asked, OutdatedError, Wanted, moment_of
from remnant.find.embedded.catalogue import Catalogue
from remnant.find.embedded.dumping import dump
from remnant.find.embedded.opened import TEXT, Opened
from remnant.find.embedded.readings import Readings
from remnant.find.embedded.texts import Chunks, Texts, TextWriter
from remnant.find.port import Answer, Counts, Entry, Eyes, Facet, Hit, IndexStale, Question, Unread
from remnant.model import Digest

T = TypeVar("T")

_READ_ONLY = "This index was opened to read. Nothing was changed."


class ReadingIndex:
    """The index open for questions. Threads may share it; it follows the writer, and a new index in its place."""

    def __init__(self, folder: Path, stamped: stamp.Stamp | None = None) -> None:
        """`stamped` holds it to data that the folder's stamp does not name yet."""
        self._folder = folder
        self._held = stamped is not None
        self._lock = RLock()
        self._readings = Readings(folder)
        self._opened = Opened(stamped) if stamped else self._open()
        self._apart = Apart(self._opened.data)

    def search(self, question: Question) -> Answer:
        return self._see(question.eyes, lambda sql, texts, sight: asking.answer(sql, texts.found, question, sight))

    def is_apart(self, eyes: Eyes) -> bool:
        return self._see(eyes, lambda _, __, sight: sight.is_pure)

    def moment(self) -> str:
        return self._ask(lambda sql, _: moment_of(sql))

    def veiled(self, eyes: Eyes, page: int = 1, size: int = 24) -> Answer:
        return self._see(eyes, lambda sql, _, sight: asking.veiled(sql, sight, page, size))

    def closing(self, eyes: Eyes) -> Mapping[str, int]:
        return self._see(eyes, lambda sql, _, sight: asking.closing(sql, eyes, sight))

    def get(self, work: str, eyes: Eyes | None) -> Hit | None:
        return self._see(eyes, lambda sql, _, sight: asking.one(sql, work, sight))

    def resolve(self, prefix: str, eyes: Eyes | None, limit: int = 10) -> tuple[str, ...]:
        return self._see(eyes, lambda sql, _, sight: asking.beginning(sql, prefix, sight, limit))

    def sharing(self, most: int, among: Collection[str] | None = None) -> tuple[tuple[str, str, int], ...]:
        return self._ask(lambda sql, _: likening.sharing(sql, most, among))

    def open_among(self, works: Collection[str], eyes: Eyes | None) -> frozenset[str]:
        return self._see(eyes, lambda sql, _, sight: asking.open_among(sql, works, sight))

    def likenesses(self, works: Collection[str]) -> Mapping[str, bytes]:
        return self._ask(lambda sql, _: likening.likenesses(sql, works))

    def texts(self, work: str) -> tuple[str, ...]:
        return self._ask(lambda sql, _: copying.texts_of(sql, work))

    def heads(self) -> Mapping[str, str]:
        return self._ask(lambda sql, _: dict(sql.execute("SELECT chain, seen FROM head ORDER BY chain")))

    def unread(self) -> tuple[Unread, ...]:
        return self._ask(lambda sql, _: asking.unread(sql))

    def counts(self, eyes: Eyes | None = None) -> Counts:
        works, unread = self._ask(lambda sql, _: asking.sizes(sql, self._opened.sight(eyes)))
        with self._lock:
            return Counts(works, unread, self._readings.count())

    def reading(self, digest: Digest, reader_version: str) -> bytes | None:
        with self._lock:
            return self._readings.get(digest, reader_version)

    def dump(self) -> bytes:
        return self._ask(lambda sql, _: dump(sql))

    def close(self) -> None:
        with self._lock:
            self._readings.close()
            self._apart.close()
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

    def _see(self, eyes: Eyes | None, question: Asked[T]) -> T:
        """Ask as these eyes see: of an index of their own, where they are to have one and there is one."""
        with self._lock:
            if eyes is not None and eyes.apart:
                wanted = self._ask(lambda sql, _: self._wanted(sql, eyes))
                place = self._apart.find(eyes, wanted) if wanted else None
                if wanted and place:
                    with suppress(OutdatedError):
                        return self._apart.ask(place, eyes, wanted, question)
            return self._ask(lambda sql, texts: question(sql, texts, self._opened.sight(eyes)))

    def _wanted(self, sql: sqlite3.Connection, eyes: Eyes) -> Wanted | None:
        """What an index of their own has to hold; None where this one is as good."""
        sight = self._opened.sight(eyes)
        return None if sight.is_pure else Wanted(moment_of(sql), asking.everything(sql) - sight.hidden)

    def _ask(self, question: Callable[[sqlite3.Connection, Texts], T]) -> T:
        with self._lock:
            while True:
                self._follow()
                try:
                    return self._opened.ask(question)
                except IndexStale:
                    if self._is_present(self._opened.mark):
                        wholeness.doubt(self._opened.data)
                        raise

    def _follow(self) -> None:
        """Go over to the index that has taken the place of this one, if one has."""
        if self._opened.moved or not self._is_present(self._opened.mark):
            self._apart.close()
            self._opened.close()
            self._opened = self._open()
            self._apart = Apart(self._opened.data)

    def _open(self) -> Opened:
        """The data that the stamp names; again if a new index took its place meanwhile."""
        while True:
            stamped = stamp.read(self._folder)
            try:
                return Opened(stamped)
            except IndexStale:
                if self._is_present(stamped.mark):
                    wholeness.doubt(stamped.data)
                    raise

    def _is_present(self, mark: stamp.Mark) -> bool:
        """Whether no other index has taken the place of this one; then whatever is wrong is damage."""
        return self._held or stamp.mark_of(self._folder) == mark


class WritingIndex(ReadingIndex):
    """The index open for writing too: its questions are answered from the last commit, like everyone's."""

    def __init__(self, folder: Path, stamped: stamp.Stamp, *, held: bool = False) -> None:
        self._data = stamped.data
        with ExitStack() as undo:
            self._catalogue = Catalogue(stamped.data)
            undo.callback(self._catalogue.close)
            self._texts = TextWriter(stamped.data / TEXT, self._catalogue.last)
            undo.callback(self._texts.close)
            wholeness.begin(stamped.data, stamped.data / TEXT)
            super().__init__(folder, stamped if held else None)
            undo.pop_all()

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
            wholeness.end(self._data)


def _chunks(entry: Entry) -> Chunks:
    return {"name": _titles(entry), "label": _labels(entry), "story": entry.story, "notes": entry.notes}


def _titles(entry: Entry) -> tuple[str, ...]:
    title = () if entry.title is None else (entry.title,)
    return (*title, *entry.facets.get(Facet.AUTHOR, ()), *entry.facets.get(Facet.SERIES, ()))


def _labels(entry: Entry) -> tuple[str, ...]:
    named = (Facet.FANDOM, Facet.CHARACTER, Facet.RELATIONSHIP, Facet.TAG)
    return tuple(value for facet in named for value in entry.facets.get(facet, ()))
