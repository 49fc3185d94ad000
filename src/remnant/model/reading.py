"""What was understood of a bundle, whole."""

from __future__ import annotations

from dataclasses import dataclass

from remnant.model.original import Bundle
from remnant.model.testimony import Claim, Finding, Link, Range, Repair, Rule
from remnant.model.text import Block, Part, Piece, Region, Section, Skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One pass of one version of the reader over a bundle.

    Every character of every part stands in exactly one span or one skip (law 3). `format` is a media type;
    `dialect` names the maker whose habits were recognised. No pieces means that nothing could be read.
    """

    bundle: Bundle
    reader: Rule
    format: str
    dialect: str | None
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    pieces: tuple[Piece, ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    ranges: tuple[Range, ...]
    repairs: tuple[Repair, ...]
    findings: tuple[Finding, ...]
    skipped: tuple[Skip, ...]

    def part(self, path: str) -> Part:
        """The part at this path; KeyError if there is none."""
        for part in self.parts:
            if part.path == path:
                return part
        raise KeyError(path)

    def text_of(self, region: Region) -> str:
        """The decoded text a region speaks of, exactly as it stands in the original."""
        return self.part(region.part).text[region.start : region.end]

    def blocks_of(self, piece: Piece) -> tuple[Block, ...]:
        return self.blocks[self.sections[piece.first].first : self.sections[piece.last].last + 1]
