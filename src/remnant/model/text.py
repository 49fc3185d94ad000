"""Text and where it stands in the original."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from remnant.model.original import Digest


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """Characters `start` to `end` (half-open) of one part's decoded text.

    Decoded text is the part's bytes read as `encoding`: code points, no newline translation, each undecodable
    byte one U+FFFD. `part` is the member's path in a package, empty for a plain file.
    """

    original: Digest
    part: str
    encoding: str
    start: int
    end: int


class Mark(StrEnum):
    EMPHASIS = "emphasis"
    STRONG = "strong"
    UNDERLINE = "underline"
    STRIKE = "strike"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    CODE = "code"


class How(StrEnum):
    VERBATIM = "verbatim"
    DECODED = "decoded"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with the place it was read from.

    Verbatim text equals the decoded text of its region; decoded text is what the format says the region means
    (`&amp;` is `&`, `<br>` is a line end).
    """

    text: str
    source: Region
    marks: frozenset[Mark] = frozenset()
    how: How = How.VERBATIM
    href: str | None = None


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BREAK = "break"
    VERSE = "verse"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    TABLE = "table"
    PREFORMATTED = "preformatted"
    PICTURE = "picture"


class Role(StrEnum):
    CHROME = "chrome"
    TITLE = "title"
    BYLINE = "byline"
    HEADER = "header"
    WARNING = "warning"
    SPOILER = "spoiler"
    NOTE = "note"
    SUMMARY = "summary"
    CHAPTER_HEADING = "chapter_heading"
    SCENE_BREAK = "scene_break"
    EPIGRAPH = "epigraph"
    LYRICS = "lyrics"
    LETTER = "letter"
    STORY = "story"


STORY_ROLES = frozenset({Role.STORY, Role.SCENE_BREAK, Role.EPIGRAPH, Role.LYRICS, Role.LETTER})
"""Roles whose blocks are the story itself: what law 10 says every surface must say."""


class VoiceKind(StrEnum):
    SPEECH = "speech"
    THOUGHT = "thought"
    OTHER = "other_voice"


class Confidence(StrEnum):
    GUESSED = "guessed"
    LIKELY = "likely"
    STATED = "stated"

    @property
    def rank(self) -> int:
        return (Confidence.GUESSED, Confidence.LIKELY, Confidence.STATED).index(self)


@dataclass(frozen=True, slots=True)
class Voice:
    """Part of a block, in characters of the block's text, and whose voice it is."""

    start: int
    end: int
    kind: VoiceKind
    speaker: str | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or the like, in reading order. A break may have no span at all (`<hr>`)."""

    kind: BlockKind
    role: Role
    spans: tuple[Span, ...]
    voices: tuple[Voice, ...] = ()
    level: int = 0
    """Heading level 1 to 6, or nesting depth of a list item or quote; else 0."""

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter or another titled run of blocks; `first` and `last` are block indexes, both included."""

    title: str | None
    number: int | None
    first: int
    last: int


class PieceKind(StrEnum):
    STORY = "story"
    CHAPTER = "chapter"
    REVIEW = "review"
    LETTER = "letter"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of sections that stands as one story (or one saved chapter, review ...), with a stable key.

    `key` is the member path, Message-ID or story id where there is one, else the ordinal as a string. `continues` is
    the key of the piece that this one goes on from, where one story came in several ("Part 2/5"); it may stand later.
    """

    key: str
    kind: PieceKind
    first: int
    last: int
    continues: str | None = None


class SkipClass(StrEnum):
    """Why characters stand in no span."""

    TAG = "tag"
    ATTRIBUTE = "attribute"
    SCRIPT = "script"
    STYLE = "style"
    COMMENT = "comment"
    HEAD = "head"
    PACKAGE = "package"
    HIDDEN = "hidden"
    SPACE = "space"
    BOM = "bom"


@dataclass(frozen=True, slots=True)
class Skip:
    region: Region
    kind: SkipClass


@dataclass(frozen=True, slots=True)
class Part:
    """One decoded text of an original: the file itself (path empty) or a member of a package."""

    path: str
    encoding: str
    text: str

    @property
    def length(self) -> int:
        return len(self.text)
