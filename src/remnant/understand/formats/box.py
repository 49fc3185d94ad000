"""A package taken apart: its members as they are, its texts as they are asked for."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field

from remnant.model import Finding, Original, Part, Skip, SkipClass
from remnant.understand.findings import finding
from remnant.understand.formats import html
from remnant.understand.formats.source import Source, decoding_findings
from remnant.unpack.archive import Member, Reason, Refused, ZipLimits, members
from remnant.unpack.decode import Decoded, decode

LIMITS = ZipLimits(members=10_000, member_bytes=32 * 2**20, total_bytes=128 * 2**20)


@dataclass(frozen=True, slots=True)
class Faults:
    """The codes by which a kind of package says that a member, or the list of members, cannot be read."""

    member: str
    listing: str


@dataclass(slots=True)
class Box:
    """What is in a package. A text that is asked for becomes a part, in the order of asking."""

    original: Original
    faults: Faults
    members: dict[str, Member] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    texts: dict[str, tuple[Source, Decoded]] = field(default_factory=dict)

    @classmethod
    def opened(cls, original: Original, data: bytes, faults: Faults) -> Box:
        """Open a package, however damaged; what is refused is a finding."""
        box = cls(original, faults)
        for member in members(io.BytesIO(data), LIMITS):
            if isinstance(member, Member):
                box.members[member.name] = member
            else:
                box.findings.append(box._refusal(member))
        return box

    def text(self, path: str) -> Source | None:
        """The text of a member, as much of it as can be had; None if there is none."""
        if path not in self.texts and path in self.members:
            self.texts[path] = self._read(self.members[path])
        found = self.texts.get(path)
        return found[0] if found else None

    def bom(self, path: str) -> int:
        """Characters of the byte order mark at the start of a text that was asked for."""
        return self.texts[path][1].bom

    def head(self, path: str, size: int) -> bytes:
        """The first bytes of a member, or of as much of it as can be had."""
        return self.members[path].salvage()[0][:size] if path in self.members else b""

    def parts(self, paths: Iterable[str]) -> tuple[Part, ...]:
        return tuple(self.texts[path][0].part for path in paths)

    def passed_over(self, paths: Iterable[str]) -> list[Skip]:
        """One skip for each of these texts, whole."""
        sources = (self.texts[path][0] for path in paths)
        return [skip for source in sources for skip in source.passed_over(SkipClass.PACKAGE)]

    def _refusal(self, refused: Refused) -> Finding:
        if refused.reason is Reason.NO_DIRECTORY:
            return finding(self.faults.listing)
        return finding(self.faults.member, why=refused.message)

    def _read(self, member: Member) -> tuple[Source, Decoded]:
        data, refused = member.salvage()
        decoded = decode(data, html.declared_charset(data))
        source = Source.of(self.original.digest, member.name, decoded)
        if refused is not None:
            self.findings.append(finding(self.faults.member, source.region(0, len(decoded.text)), why=refused.message))
        self.findings.extend(decoding_findings(source, decoded))
        return source, decoded


def names_in(data: bytes) -> frozenset[str]:
    """The names of all that a zip holds."""
    return frozenset(member.name for member in members(io.BytesIO(data), LIMITS))
