"""Who is asking, and what may be shown to them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from remnant.model.original import Digest
from remnant.model.profile import ProfileKind, Seen, Wish
from remnant.model.testimony import Claim, Field, Link
from remnant.model.text import Block, PieceKind, Section
from remnant.model.work import Measure

VEILED = "[veiled]"
"""What stands where something sensitive stood."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is asking: what they have seen, by canon, what they wish, and which veiled works they opened for good."""

    name: str
    seen: Mapping[str, Seen] = field(default_factory=dict)
    wishes: tuple[Wish, ...] = ()
    kind: ProfileKind = ProfileKind.ADULT
    opened: frozenset[str] = frozenset()
    beyond: bool = False
    """Whether they ask from beyond this device, or for whoever may: a phone, an export, a file for strangers."""

    @property
    def is_trusted(self) -> bool:
        """Whether they may open what is veiled, and change what is kept from them."""
        return self.kind in (ProfileKind.ADULT, ProfileKind.KEEPER)


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning in its author's words, to stand before the story; `block` is where it stands, if in the text.

    A late one was written behind the beginning of the story and may itself tell of it: it waits behind one tap.
    """

    kind: Field
    text: str
    claim: str | None
    block: int | None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a work as one reader may see it: the newest edition's blocks, sections and links.

    Block indexes are positions in `blocks`; sections speak of them. A veiled stretch reads `[veiled]`.
    """

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text with the words that were asked for: (text, is it a hit) in order."""

    pieces: tuple[tuple[str, bool], ...]


class Shown(ABC):
    """What may be shown of a work to one reader, and why.

    Abstract on purpose: the only class that can be instantiated lives in `shield`, which no face and no giver
    may import. So whatever shows something was handed it by the shield.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def work(self) -> str:
        """The work's id."""

    @property
    @abstractmethod
    def originals(self) -> tuple[Digest, ...]:
        """The originals it came in, the first edition first."""

    @property
    @abstractmethod
    def kind(self) -> PieceKind: ...

    @property
    @abstractmethod
    def reader(self) -> str:
        """The name of the reader this was made for."""

    @property
    @abstractmethod
    def label(self) -> str:
        """What to call it: the settled title, else a distinct label that quotes none of the story."""

    @property
    @abstractmethod
    def titled(self) -> bool:
        """Whether `label` is a title that somebody stated."""

    @property
    @abstractmethod
    def notices(self) -> tuple[Notice, ...]:
        """What stands before the story, in order."""

    @property
    @abstractmethod
    def veiled(self) -> bool:
        """Whether this is a card that carries nothing but its author's own notices; `why` says what for."""

    @property
    @abstractmethod
    def signs(self) -> tuple[str, ...]:
        """Sentences that this reader asked for, of works that are shown to them."""

    @property
    @abstractmethod
    def perhaps(self) -> tuple[Notice, ...]:
        """What a rule thinks that it may contain: never its author's word, and never given away as such."""

    @property
    @abstractmethod
    def fields(self) -> Mapping[Field, tuple[str, ...]]:
        """Settled values, normalised where there is a normal form, sensitive ones veiled."""

    @property
    @abstractmethod
    def claims(self) -> tuple[Claim, ...]:
        """Everything claimed, sensitive values veiled; empty on a card."""

    @property
    @abstractmethod
    def measure(self) -> Measure: ...

    @property
    @abstractmethod
    def added(self) -> datetime: ...

    @property
    @abstractmethod
    def since(self) -> datetime:
        """The newest arrival or claim used; the `modified` of everything given back."""

    @property
    @abstractmethod
    def body(self) -> Body | None:
        """The text, or None on a card."""

    @property
    @abstractmethod
    def snippet(self) -> Snippet | None: ...

    @property
    @abstractmethod
    def why(self) -> tuple[str, ...]:
        """Plain sentences on what was held back or moved, for the reader."""
