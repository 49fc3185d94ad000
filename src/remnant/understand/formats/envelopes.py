"""What stands on a mail and not in it: its header fields, as facts with their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from remnant.model import Original
from remnant.understand.draft import Fact
from remnant.understand.formats.source import Source
from remnant.unpack.decode import Decoded, decode
from remnant.unpack.encoded_words import words_of
from remnant.unpack.mime import Entity, Field, fields_of, typed_fields_of

HEADER = "HEADER"

TOLD = frozenset(
    {"subject", "from", "date", "list-id", "in-reply-to", "references", "snapshot-content-location", "content-location"}
)
"""The fields whose values become facts."""

LONGEST_KEY = 250


@dataclass(frozen=True)
class Envelope:
    """A mail's head, and where it stands: `path` is its number in a mailbox, or the place of what holds it.

    `whole` is the mail as bytes; one that stands typed in a digest has none, and `typed` is its text.
    """

    path: str
    head: Source
    whole: Entity | None = None
    typed: Source | None = None

    @classmethod
    def of(cls, original: Original, path: str, line: bytes, whole: Entity) -> Envelope:
        """With the line above the head that a mailbox sets there."""
        place = f"{path}/{HEADER}" if path else HEADER
        return cls(path, Source.of(original.digest, place, decode(line + whole.head)), whole)

    def source(self, section: str, decoded: Decoded) -> Source:
        """A part of this mail. Sections of a mail inside a mail begin with that one's own, which the path says."""
        outer = f"{self.whole.section}." if self.whole is not None and self.whole.section else ""
        inner = section.removeprefix(outer) if section != outer[:-1] else "1"
        return Source.of(self.head.original, f"{self.path}/{inner or '1'}" if self.path else inner or "1", decoded)

    @cached_property
    def _fields(self) -> list[Field]:
        return fields_of(self.head.text) if self.typed is None else typed_fields_of(self.head.text)

    @cached_property
    def told(self) -> tuple[tuple[Source, Fact], ...]:
        """The fields that say something of the mail, each a part of its own.

        The rest of a head names servers, machines and receivers: it stays in the original, and no excerpt shows it.
        """
        return tuple(self._told())

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for _, fact in self.told)

    def _told(self) -> Iterator[tuple[Source, Fact]]:
        seen = set[str]()
        for field in self._fields:
            if field.name in TOLD and field.name not in seen and field.raw.strip():
                seen.add(field.name)
                source = replace(self.head, path=f"{self.head.path}/{field.name}", text=field.raw.strip())
                region = source.region(0, len(source.text))
                yield source, Fact(f"mail:{field.name}", words_of(field.value), region)

    @cached_property
    def message_id(self) -> str | None:
        named = next((field.value.strip("<> \t") for field in self._fields if field.name == "message-id"), "")
        return named if 0 < len(named) <= LONGEST_KEY else None
