"""Stories as a person thinks of them, over the files they came in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from remnant.model.original import Digest
from remnant.model.testimony import Claim, Field, Person
from remnant.model.text import PieceKind


def work_id(digest: Digest, piece_key: str) -> str:
    """Sixteen lower-case base32 characters from the first edition: never from claims or reader versions."""
    seed = hashlib.sha256(f"{digest.hex}\0{piece_key}".encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(seed[:10]).decode("ascii").lower()


@dataclass(frozen=True, slots=True)
class Edition:
    """One telling of the story as it came: pieces of one original, in order."""

    original: Digest
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What settling chose. A field nobody spoke of is absent; one that a person left blank is an empty tuple."""

    fields: Mapping[Field, tuple[Claim, ...]]

    def values(self, field: Field) -> tuple[str, ...]:
        return tuple(claim.value for claim in self.fields.get(field, ()) if claim.value is not None)

    def one(self, field: Field) -> str | None:
        return next(iter(self.values(field)), None)


@dataclass(frozen=True, slots=True)
class Measure:
    """Counts taken from the newest edition: words of the story alone, chapters as sections, blocks of any role."""

    words: int
    sections: int
    blocks: int


class WorkWish(StrEnum):
    """What somebody asked to be done with a work that is kept; the wish to forget it leaves no work to hold it.

    `PRIVATE`: never beyond this device, shared or exported. `WITHHOLD_NAME`: its author's name stands nowhere.
    `SEAL`: kept, and shown to nobody.
    """

    PRIVATE = "private"
    WITHHOLD_NAME = "withhold-name"
    SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Work:
    """A story: its editions, everything claimed of it, and what settling made of that.

    `since` is the newest arrival or person's claim used: the `modified` of everything given back (law 10). `late` are
    the warnings, by claim, that stand behind the beginning of the story, where they are known.
    """

    id: str
    kind: PieceKind
    editions: tuple[Edition, ...]
    claims: tuple[Claim, ...]
    settled: Settled
    measure: Measure
    added: datetime
    since: datetime
    late: frozenset[str] = frozenset()

    @property
    def wishes(self) -> frozenset[WorkWish]:
        """What persons wished of it and did not take back; what a file says of itself is no wish."""
        said = (claim for claim in self.settled.fields.get(Field.WISH, ()) if isinstance(claim.witness, Person))
        return frozenset(WorkWish(claim.value) for claim in said if claim.value in set(WorkWish))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a work that survives a better reading: never a bare offset.

    `start` and `end` are characters of the part's decoded text where they are known. `quote` is the text there,
    `before` and `after` up to 32 characters on either side.
    """

    original: Digest
    piece: str
    part: str
    start: int | None
    end: int | None
    quote: str
    before: str
    after: str
