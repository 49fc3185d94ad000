"""The one port to the index: what is put in, what may be asked, what comes back.

An index is disposable: a function of what is kept, made again whenever its stamp is not ours. Every question
carries the eyes of its reader, and nothing in an answer (hits, total, counts, order) depends on entries that these
eyes do not see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from remnant.errors import RefusedError, RemnantError
from remnant.find.facets import Facet as Facet
from remnant.find.query import EVERYTHING, Query
from remnant.model import Digest, Strength


class IndexStale(RemnantError):  # noqa: N818 - a state to act on: make the index again
    """The index is missing, damaged or another version's; nothing kept is harmed, and it can be made again."""

    exit_code = RefusedError.exit_code


class Sort(StrEnum):
    """Names from A, words longest first, dates newest first; what has no value comes last; ties by work id.

    Relevance without words in the question is `added`. `updated` falls back on `published`.
    """

    RELEVANCE = "relevance"
    TITLE = "title"
    AUTHOR = "author"
    WORDS = "words"
    ADDED = "added"
    UPDATED = "updated"


class Eyes(Protocol):
    """What one reader may see, said of guards: pure, and equal eyes see alike, so that an engine may remember it.

    An entry is open if all its guards are, veiled if none hides it, and hidden else. What was opened is open, unless
    it is hidden.
    """

    def sees(self, guard: str) -> Strength:
        """How strongly a guard keeps its entries from this reader; a guard nobody knows keeps them."""

    def sees_value(self, facet: str, value: str) -> Strength:
        """How strongly a value of one of the facets in `wary` keeps its entries from this reader."""

    @property
    def wary(self) -> frozenset[str]:
        """The facets whose values matter to this reader."""

    @property
    def opened(self) -> frozenset[str]:
        """Works that this reader opened though they are veiled."""

    @property
    def apart(self) -> bool:
        """Whether not even the work that a question makes may tell this reader of what is hidden.

        They are answered from an index of their own, wherever there is one (`Index.is_apart`).
        """


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index holds of one work. Every value is already veiled by the shield.

    `guards` are the things that showing it depends on, each a text that only the shield reads; there is at least one.

    `traces` are numbers that works alike have in common, `likeness` what they are then compared by, never looked into.

    A phrase is never found across two chunks of `story` and `notes`, which are kept to be quoted from. Dates
    but `added` may be cut short (`2009`, `2009-03`). `card` is handed back with a hit and never looked into.
    """

    work: str
    guards: tuple[str, ...]
    card: bytes
    added: datetime
    title: str | None = None
    facets: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    words: int = 0
    sections: int = 0
    published: str | None = None
    updated: str | None = None
    story: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    likeness: bytes = b""
    traces: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A page of what matches `query` among the entries that are open to these eyes; None is the library itself.

    `page` counts from 1. `counted` names the facets wanted, with up to `values` values each.
    """

    eyes: Eyes | None
    query: Query = EVERYTHING
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 24
    counted: tuple[Facet, ...] = ()
    values: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    work: str
    card: bytes


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the works found have a value. Spellings that differ only in case or accents are one value."""

    value: str
    works: int


Facets = Mapping[Facet, tuple[Count, ...]]
"""The commonest values first, then by name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of hits, and exact counts over all that matched.

    `veiled` counts the veiled entries where nothing was asked, and is 0 else: no question finds them.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Facets
    veiled: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """An original that is kept and could not be read, so that no work speaks for it."""

    digest: Digest
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    works: int
    unread: int
    readings: int


class Index(Protocol):
    """Entries in, answers out. Nothing written is seen by anyone before `commit`; then all of it is, at once.

    Any call raises IndexStale where the index turns out damaged or replaced by another version's. An index
    opened to read refuses the writing calls with RefusedError.
    """

    def put(self, entries: Iterable[Entry]) -> None:
        """Put entries in, each in place of an older one of the same work."""

    def remove(self, works: Iterable[str]) -> None:
        """Take works out; a work that is not here is no trouble."""

    def put_unread(self, unread: Iterable[Unread]) -> None: ...

    def remove_unread(self, digests: Iterable[Digest]) -> None: ...

    def store_heads(self, heads: Mapping[str, str]) -> None:
        """Remember how far each chain was seen, in place of what was remembered before."""

    def commit(self) -> None:
        """Let readers see everything written since the last commit. About 50 ms, so commit many together."""

    def search(self, question: Question) -> Answer:
        """Answer from one moment of the index, with exact counts."""

    def is_apart(self, eyes: Eyes) -> bool:
        """Whether these eyes are answered, just now, from what holds nothing that is hidden from them.

        An engine's `set_apart` sees to it; the answers are the same without.
        """

    def moment(self) -> str:
        """What tells this commit from every other, also where the index was made again between them."""

    def veiled(self, eyes: Eyes, page: int = 1, size: int = 24) -> Answer:
        """What is veiled from these eyes, by id: an order that nothing in a work has made."""

    def closing(self, eyes: Eyes) -> Mapping[str, int]:
        """The guards that veil works from these eyes, and how many each of them veils."""

    def get(self, work: str, eyes: Eyes | None) -> Hit | None:
        """The work if it is here and not hidden from these eyes; None is the library asking for itself."""

    def resolve(self, prefix: str, eyes: Eyes | None, limit: int = 10) -> tuple[str, ...]:
        """The ids that begin so and are not hidden, in order: for ids that a person cut short."""

    def sharing(self, most: int, among: Collection[str] | None = None) -> tuple[tuple[str, str, int], ...]:
        """Every two works that share traces, in order, and how many; with `among`, where one is of these.

        Of a trace that more than `most` works have, only works beside one another in order of id are paired.

        For the library itself: whatever becomes of it, its readers' eyes have to be asked of each work.
        """

    def open_among(self, works: Collection[str], eyes: Eyes | None) -> frozenset[str]:
        """Those of these works that are open to these eyes: neither veiled nor hidden."""

    def likenesses(self, works: Collection[str]) -> Mapping[str, bytes]:
        """What these works are compared by, of those that have it."""

    def texts(self, work: str) -> tuple[str, ...]:
        """What was put in of a work as story and notes, in order; nothing of one that is not here."""

    def heads(self) -> Mapping[str, str]: ...

    def unread(self) -> tuple[Unread, ...]:
        """In order of name, then digest."""

    def counts(self, eyes: Eyes | None = None) -> Counts:
        """How many there are; of works, those that are not hidden from these eyes."""

    def put_reading(self, digest: Digest, reader_version: str, data: bytes) -> None:
        """Keep a reading for later, compressed; a cache, so it does not wait for `commit` and may be dropped."""

    def reading(self, digest: Digest, reader_version: str) -> bytes | None:
        """The reading that this version of the reader made, if it is still cached."""

    def dump(self) -> bytes:
        """Everything committed, in one canonical form: two indexes that hold the same give the same bytes.

        Readings are a cache and stand outside it; of the texts it holds digests.
        """

    def close(self) -> None:
        """Let go, forgetting what was not committed."""
