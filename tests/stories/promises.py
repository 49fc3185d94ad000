"""What a person wrote down about a story before any rule read it: `must.json`, which `--accept` never touches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from remnant.library.works import works_of
from remnant.model import STORY_ROLES, Block, Field, Piece, Reading, Role, Work
from remnant.understand.settle import settle

Must = dict[str, Any]

TOLD = frozenset({"about", "maker", "form", "era", "traps"})
"""Keys that promise nothing by themselves: what the case is, and what `docs/dialects.md` says of it."""


def broken(must: Must, reading: Reading) -> list[str]:
    """Every promise that the reading breaks, in plain words."""
    checks: dict[str, Callable[[Any, Reading], Iterator[str]]] = {
        "settled": _settled,
        "unclaimed": _unclaimed,
        "roles": _roles,
        "story": _story,
        "story_blocks": _story_blocks,
        "marked": _marked,
        "chapters": _chapters,
        "links": _links,
        "kind": _kind,
        "finding": _finding,
        "text": _text,
        "works": _works,
        "spoilers": _spoilers,
        "normal": _normal,
        "detail": _detail,
        "other": _other,
        "why": _why,
    }
    return [word for key, value in must.items() if key not in TOLD for word in checks[key](value, reading)]


def _settled(wanted: dict[str, Any], reading: Reading) -> Iterator[str]:
    """A value, a list of values, or null for a field that must stay blank."""
    settled = settle(reading.claims)
    for name, value in wanted.items():
        got = [_folded(said) for said in settled.values(Field(name))]
        right = [] if value is None else [_folded(said) for said in _listed(value)]
        if sorted(got) != sorted(right):
            yield f"{name} should be {value!r}, not {list(settled.values(Field(name)))!r}"


def _spoilers(wanted: list[dict[str, Any]], reading: Reading) -> Iterator[str]:
    """All that the notices say, as data: a canon or null, the names of parts, the relation."""
    claims = [claim for claim in reading.claims if claim.field is Field.SPOILER]
    got = [{key: claim.detail[key] for key in ("canon", "parts", "relation")} for claim in claims]
    right = [{"canon": None, "parts": (), **want} for want in wanted]
    right = [{**want, "parts": tuple(want["parts"])} for want in right]
    if sorted(got, key=str) != sorted(right, key=str):
        yield f"the notices should say {right!r}, not {got!r}"


def _normal(wanted: dict[str, Any], reading: Reading) -> Iterator[str]:
    """The normal forms of a field's settled values; null for one that has none."""
    settled = settle(reading.claims)
    for name, value in wanted.items():
        got = [claim.normalised for claim in settled.fields.get(Field(name), ())]
        right = value if isinstance(value, list) else [value]
        if sorted(got, key=str) != sorted(right, key=str):
            yield f"the normal form of {name} should be {value!r}, not {got!r}"


def _detail(wanted: dict[str, list[dict[str, Any]]], reading: Reading) -> Iterator[str]:
    """What the settled values of a field say beside themselves, in order: as much of it as is written down."""
    settled = settle(reading.claims)
    for name, right in wanted.items():
        got = [dict(claim.detail) for claim in settled.fields.get(Field(name), ())]
        told = [{key: _plain(said.get(key)) for key in want} for said, want in zip(got, right, strict=False)]
        if len(got) != len(right) or told != right:
            yield f"beside itself, {name} should say {right!r}, not {got!r}"


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _other(wanted: dict[str, str | list[str]], reading: Reading) -> Iterator[str]:
    """All facts that no field is for, by their makers' labels in small letters."""
    got: dict[str, list[str]] = {}
    for claim in settle(reading.claims).fields.get(Field.OTHER, ()):
        got.setdefault(str(claim.detail.get("label")), []).append(str(claim.detail.get("said")))
    right = {label: _listed(said) for label, said in wanted.items()}
    if got != right:
        yield f"beside all fields it should say {right!r}, not {got!r}"


def _unclaimed(texts: list[str], reading: Reading) -> Iterator[str]:
    """Words that stand in the story and must be nobody's testimony."""
    for text in texts:
        for claim in reading.claims:
            if claim.value is not None and _folded(text) in _folded(claim.value):
                yield f"{text!r} was taken for the {claim.field} by {claim.witness}"


def _roles(wanted: dict[str, str], reading: Reading) -> Iterator[str]:
    for start, role in wanted.items():
        got = [block.role.value for block in reading.blocks if _folded(block.text).startswith(_folded(start))]
        if role not in got:
            yield f"{start!r} should be {role}, not {got or 'missing'}"


def _story(wanted: dict[str, str | list[str]], reading: Reading) -> Iterator[str]:
    """How it begins and ends; a list where more than one is right, as with "The End"."""
    told = [block.text for block in reading.blocks if block.role in STORY_ROLES and block.text.strip()]
    if not told:
        yield "no block is story"
        return
    if not any(_folded(told[0]).startswith(_folded(first)) for first in _listed(wanted["first"])):
        yield f"the story should begin {wanted['first']!r}, not {told[0][:60]!r}"
    if not any(_folded(told[-1]).endswith(_folded(last)) for last in _listed(wanted["last"])):
        yield f"the story should end {wanted['last']!r}, not {told[-1][-60:]!r}"


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _story_blocks(count: int, reading: Reading) -> Iterator[str]:
    got = sum(block.role in STORY_ROLES and bool(block.text.strip()) for block in reading.blocks)
    if got != count:
        yield f"{count} blocks should be story, not {got}"


def _marked(wanted: dict[str, str], reading: Reading) -> Iterator[str]:
    """Words that must carry a mark, and which."""
    for text, mark in wanted.items():
        if not any(_folded(text) in _folded(_with_mark(block, mark)) for block in reading.blocks):
            yield f"{text!r} should be marked {mark}"


def _with_mark(block: Block, mark: str) -> str:
    return "".join(span.text if mark in {m.value for m in span.marks} else "\n" for span in block.spans)


def _chapters(titles: list[str], reading: Reading) -> Iterator[str]:
    got = [block.text.strip() for block in reading.blocks if block.role is Role.CHAPTER_HEADING]
    if [_folded(title) for title in got] != [_folded(title) for title in titles]:
        yield f"the chapter headings should be {titles!r}, not {got!r}"


def _links(wanted: dict[str, str | None], reading: Reading) -> Iterator[str]:
    """Pointer to the start of what it points to, or null where nothing is there."""
    for source, target in wanted.items():
        found = [link for link in reading.links if _folded(source) in _folded(reading.text_of(link.source))]
        ends = [None if link.target is None else _folded(reading.text_of(link.target)) for link in found]
        right = [end for end in ends if (end is None) == (target is None)]
        if not any(end is None or end.startswith(_folded(target or "")) for end in right):
            yield f"{source!r} should point to {target!r}, not {ends!r}"


def _kind(wanted: str, reading: Reading) -> Iterator[str]:
    got = {piece.kind.value for piece in reading.pieces} or {"none"}
    if got != {wanted}:
        yield f"its pieces should be {wanted!r}, not {sorted(got)!r}"


def _finding(severity: str, reading: Reading) -> Iterator[str]:
    if severity not in {finding.severity.value for finding in reading.findings}:
        yield f"there should be a finding of severity {severity}"


def _why(wanted: str, reading: Reading) -> Iterator[str]:
    """Words with which it is said that this is no story."""
    said = [finding.message for finding in reading.findings if finding.code == "R003"]
    if not any(wanted in message for message in said):
        yield f"it should say that it is no story because of {wanted!r}, not {said!r}"


def _text(wanted: list[str], reading: Reading) -> Iterator[str]:
    """Texts that must stand in some block, letter for letter."""
    whole = "\n".join(block.text for block in reading.blocks)
    for text in wanted:
        if text not in whole:
            yield f"{text!r} is not in any block"


ADDED = datetime(2026, 3, 1, tzinfo=UTC)


def _works(wanted: list[Must], reading: Reading) -> Iterator[str]:
    """The stories and letters in one file, in order: kind, pieces, settled values, first and last words."""
    works = works_of(reading, (), ADDED)
    if len(works) != len(wanted):
        made = [(work.kind.value, work.settled.one(Field.TITLE)) for work in works]
        yield f"there should be {len(wanted)} works, not {made}"
        return
    for number, (must, work) in enumerate(zip(wanted, works, strict=True)):
        blocks = [block for piece in _pieces(work, reading) for block in reading.blocks_of(piece)]
        told = [block.text for block in blocks if block.role in STORY_ROLES and block.text.strip()]
        got = {
            "kind": work.kind.value,
            "pieces": list(work.editions[0].pieces),
            "first": told[0][: len(must.get("first", ""))] if told else None,
            "last": told[-1][-len(must.get("last", "")) :] if told else None,
        }
        for name, value in must.items():
            said = got[name] if name in got else _one_or_all(work.settled.values(Field(name)))
            if said != value:
                yield f"{name} of work {number} should be {value!r}, not {said!r}"


def _pieces(work: Work, reading: Reading) -> list[Piece]:
    by_key = {piece.key: piece for piece in reading.pieces}
    return [by_key[key] for key in work.editions[0].pieces]


def _one_or_all(values: tuple[str, ...]) -> str | list[str] | None:
    return values[0] if len(values) == 1 else list(values) or None


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
