"""The sheet a file lies on while rules read it, and what a rule may say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from remnant.model import BlockKind, Confidence, Detail, Field, Finding, Link, PieceKind, Region, Role, Rule
from remnant.understand.draft import Draft, Line

_PLAIN = frozenset({"text/plain", "text/markdown", "application/vnd.palm"})
"""Formats that are nothing but lines of text."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule says of one field: a claim before it has a piece and an id. `line` is where it was said."""

    field: Field
    value: str
    confidence: Confidence
    evidence: tuple[Region, ...]
    line: int
    normalised: str | None = None
    detail: Detail = dataclass_field(default_factory=dict)
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """What a chapter heading says."""

    number: int | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """All that one rule says of a sheet. A role given here never overrides an earlier rule's."""

    roles: Mapping[int, Role] = dataclass_field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    headings: Mapping[int, Heading] = dataclass_field(default_factory=dict)
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()
    kind: PieceKind | None = None


@dataclass(frozen=True, slots=True)
class Testimony:
    """A remark and the rule whose word it is."""

    rule: Rule
    remark: Remark


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft with what the rules so far have said of it. `texts` are the lines' texts without outer white space."""

    draft: Draft
    texts: tuple[str, ...]
    roles: tuple[Role | None, ...]
    dialect: str | None = None
    notes_apart: bool = False
    testimony: tuple[Testimony, ...] = ()
    headings: Mapping[int, Heading] = dataclass_field(default_factory=dict)
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()
    kind: PieceKind | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.draft.lines

    @property
    def plain(self) -> bool:
        return self.draft.format in _PLAIN

    def told(self, rule: Rule, said: Said) -> Sheet:
        """The sheet after a rule has spoken."""
        roles = self.roles
        if said.roles:
            roles = tuple(said.roles.get(index) if role is None else role for index, role in enumerate(roles))
        return replace(
            self,
            roles=roles,
            testimony=self.testimony + tuple(Testimony(rule, remark) for remark in said.remarks),
            headings=self.headings if not said.headings else {**said.headings, **self.headings},
            links=self.links + said.links,
            findings=self.findings + said.findings,
            kind=self.kind or said.kind,
        )

    def open_lines(self) -> Iterator[tuple[int, str]]:
        """The lines no rule has given a role yet, with their texts."""
        texts = self.texts
        return ((index, texts[index]) for index, role in enumerate(self.roles) if role is None)

    def chapters(self) -> list[tuple[int, int]]:
        """Half-open runs of lines: the file cut before each chapter heading that begins something."""
        starts = [0] + [index for index in sorted(self.headings) if index > 0]
        ends = [*starts[1:], len(self.lines)]
        return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]

    def heard(self, field: Field) -> bool:
        """Whether somebody has spoken of a field already."""
        return any(testimony.remark.field is field for testimony in self.testimony)


def sheet_of(draft: Draft) -> Sheet:
    """A fresh sheet, on which only breaks drawn by the format have a role."""
    roles = tuple(Role.SCENE_BREAK if line.kind is BlockKind.BREAK else None for line in draft.lines)
    return Sheet(draft, tuple(line.text.strip() for line in draft.lines), roles)
