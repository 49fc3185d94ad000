"""Metadata is testimony: who says what, how surely, and where it stands written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from remnant.model.text import Confidence, Region

Detail = Mapping[str, str | int | bool | tuple[str, ...] | None]
NOTHING: Detail = MappingProxyType({})


class Field(StrEnum):
    TITLE = "title"
    AUTHOR = "author"
    FANDOM = "fandom"
    CHARACTER = "character"
    RELATIONSHIP = "relationship"
    RATING = "rating"
    WARNING = "warning"
    SPOILER = "spoiler"
    SUMMARY = "summary"
    DISCLAIMER = "disclaimer"
    STATUS = "status"
    BETA = "beta"
    SONG = "song"
    DEDICATION = "dedication"
    LANGUAGE = "language"
    CHAPTER = "chapter"
    SERIES = "series"
    CHALLENGE = "challenge"
    PERMISSION = "permission"
    DATE = "date"
    PUBLISHED = "published"
    UPDATED = "updated"
    SOURCE_URL = "source_url"
    WORDCOUNT = "wordcount"
    TAG = "tag"
    GENRE = "genre"
    CATEGORY = "category"
    EMAIL = "email"
    FEEDBACK = "feedback"
    MEDIA = "media"
    POINTER = "pointer"
    WISH = "wish"
    OTHER = "other"
    """A fact that none of the others is for, with its maker's own label before it: "Kudos: 231"."""


MANY_VALUED = frozenset(Field) - {
    Field.TITLE,
    Field.RATING,
    Field.SUMMARY,
    Field.STATUS,
    Field.LANGUAGE,
    Field.PUBLISHED,
    Field.UPDATED,
    Field.WORDCOUNT,
}
"""Fields of which a work may have several at once; of the others, settling chooses one."""


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """A rule of ours, and its version: raised whenever what it says of any file changes."""

    name: str
    version: int


@dataclass(frozen=True, slots=True, order=True)
class Person:
    name: str
    at: datetime


Witness = Rule | Person


@dataclass(frozen=True, slots=True)
class Claim:
    """One witness's word on one field.

    `value` is as found, or None for a stated blank ("no title"); `normalised` stands beside it, never instead.
    `piece` is the key of the piece it speaks of. `replaces` and `withdraws` name other claims; only a person's
    claim may carry them. The id comes from `wire.claim.new_claim`: who says what of which place.
    """

    id: str
    field: Field
    value: str | None
    witness: Witness
    confidence: Confidence
    piece: str
    evidence: tuple[Region, ...] = ()
    normalised: str | None = None
    detail: Detail = dataclass_field(default_factory=lambda: NOTHING, hash=False)
    sensitive: bool = False
    replaces: str | None = None
    withdraws: str | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A proposal beside the text, never in its place."""

    region: Region
    text: str
    witness: Witness
    confidence: Confidence


class Severity(StrEnum):
    NOTE = "note"
    WARNING = "warning"
    LOSS = "loss"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know of a file. A code is never reused and has one severity."""

    code: str
    severity: Severity
    message: str
    where: tuple[Region, ...] = ()


class LinkKind(StrEnum):
    NOTE = "note"
    WARNING = "warning"
    TRANSLATION = "translation"


@dataclass(frozen=True, slots=True)
class Link:
    """A pointer ("see the note at the bottom") and what it points to; a dangling one has no target."""

    source: Region
    target: Region | None
    kind: LinkKind


class RangeKind(StrEnum):
    SCENE = "scene"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Range:
    """A run of blocks, both ends included: a scene, a remembered passage."""

    kind: RangeKind
    first: int
    last: int
    confidence: Confidence
