"""How much one story's words are another's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from remnant.model.original import Digest
from remnant.model.testimony import Witness


@dataclass(frozen=True, slots=True)
class ChapterTrace:
    """One chapter's story text: how many words, what they hash to, and what everything up to its end hashes to."""

    words: int
    digest: int
    up_to: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is remembered of a story's words to compare it by: hashes of 63 bits, and no word of it.

    `sample` are hashes of runs of words in the order of the text, each once: about one in `scale`. `addresses` are
    hashes of where it says it was found.
    """

    words: int
    chapters: tuple[ChapterTrace, ...]
    scale: int
    sample: tuple[int, ...]
    addresses: tuple[int, ...] = ()

    @property
    def whole(self) -> int:
        return self.chapters[-1].up_to


class Kinship(StrEnum):
    """What two texts are to one another, the nearest first."""

    SAME_WORDS = "same words"
    MORE_CHAPTERS = "more chapters"
    EDITED = "edited"
    IN_COMMON = "parts in common"
    NOT_ALIKE = "not alike"


@dataclass(frozen=True, slots=True)
class Alike:
    """A verdict on two texts, and what it rests on.

    `shares` is how much of each stands in the other, 0 to 1, by a sample. Of the chapters of the shorter, `unchanged`
    stand in the other word for word and `changed` do not; `new` are the longer one's others. `stretch` is about how
    many words they share in one run. `longer` says which of the two has more: 0 or 1. `exact`: nothing was measured;
    every chapter of the shorter stands in the longer, word for word and in its order.
    """

    kinship: Kinship
    shares: tuple[float, float]
    unchanged: int
    changed: int
    new: int
    stretch: int
    longer: int
    exact: bool


class Likening(StrEnum):
    """What is said of two works: that they are one story, that they are two; or of one, that it is to stand first."""

    SAME = "same"
    OTHER = "other"
    FIRST = "first"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of a story: a work, and the original it stands in."""

    work: str
    original: Digest


@dataclass(frozen=True, slots=True)
class Likened:
    """A word on which works are one story. The id is made of all the rest (`wire.likened.new_likened`).

    What was said at once has one `batch`, by which it is undone at once; `undoes` is the id of what is taken back.
    """

    id: str
    what: Likening
    of: tuple[Told, ...]
    witness: Witness
    batch: str
    undoes: str | None = None
