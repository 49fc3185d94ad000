"""The one door to whatever is shown: nothing reaches a face or a giver but through here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from remnant.errors import RefusedError
from remnant.model import (
    STORY_ROLES,
    VEILED,
    Block,
    Body,
    Claim,
    Digest,
    Edition,
    Field,
    Link,
    Measure,
    Notice,
    PieceKind,
    Places,
    Reader,
    Reading,
    Role,
    Section,
    Shown,
    Snippet,
    Strength,
    Work,
)
from remnant.shield.canons import Canons
from remnant.shield.deciding import NO_CANONS, Decision, decide
from remnant.shield.excerpts import Excerpt, Excerpts, excerpt
from remnant.shield.guards import guards_of, is_inferred, to_text
from remnant.shield.labels import SHORT_ID, label_of
from remnant.shield.notices import late_in, notices_of, one_line, perhaps_of
from remnant.shield.veil import Veil, veil_of
from remnant.shield.why import why

__all__ = ["Excerpt", "Excerpts", "HiddenError", "Searchable", "excerpt", "searchable", "show", "show_claims"]

SEARCHED_AS_STORY = (STORY_ROLES | {Role.CHAPTER_HEADING}) - {Role.SCENE_BREAK}
SEARCHED_AS_NOTES = frozenset({Role.NOTE, Role.SUMMARY, Role.WARNING, Role.SPOILER})


@dataclass(frozen=True, slots=True)
class _Values:
    """What a `Shown` answers with. Apart from it, since a dataclass would take its abstract properties for defaults."""

    work: str
    originals: tuple[Digest, ...]
    kind: PieceKind
    reader: str
    label: str
    titled: bool
    notices: tuple[Notice, ...]
    veiled: bool
    signs: tuple[str, ...]
    perhaps: tuple[Notice, ...]
    fields: Mapping[Field, tuple[str, ...]]
    claims: tuple[Claim, ...]
    measure: Measure
    added: datetime
    since: datetime
    body: Body | None
    snippet: Snippet | None
    why: tuple[str, ...]


class Showing(_Values, Shown):
    """The only `Shown` there is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Searchable:
    """What the index may hold of a work: veiled text, and values without the sensitive ones.

    Blocks are parted by a blank line; within a block all white space is one blank, so that a snippet reads well.
    """

    label: str
    titled: bool
    story: str
    notes: str
    fields: Mapping[Field, tuple[str, ...]]
    guards: tuple[str, ...]
    late: frozenset[str]


class HiddenError(RefusedError):
    """A work that this reader is to know nothing of; whoever asked for it is told that there is none."""


def show(
    work: Work,
    reading: Reading | None,
    reader: Reader,
    snippet: Snippet | None = None,
    *,
    canons: Canons = NO_CANONS,
) -> Shown:
    """What this reader may be shown of a work: whole with the reading of one of its originals, a card without.

    A veiled work is a card in either case, with its author's own notices alone. HiddenError if it is hidden;
    ValueError if the reading is of none of its originals.
    """
    veil = veil_of(work, reading)
    decision = decide(work, reader, canons, veil)
    if decision.strength is Strength.HIDDEN:
        raise HiddenError("There is no such work.")
    body = None if reading is None else _body(work, reading, veil)
    if not decision.is_open:
        return _veiled(work, body, veil, reader, decision)
    label, notices = label_of(work, veil), notices_of(work, body, veil)
    return Showing(
        work=work.id,
        originals=tuple(dict.fromkeys(edition.original for edition in work.editions)),
        kind=work.kind,
        reader=reader.name,
        label=label.text,
        titled=label.titled,
        notices=notices,
        veiled=False,
        signs=decision.signs,
        perhaps=perhaps_of(work, veil),
        fields=_fields(work, veil),
        claims=() if reading is None else tuple(map(veil.claim, work.claims)),
        measure=work.measure,
        added=work.added,
        since=work.since,
        body=body,
        snippet=None if snippet is None else _snippet(snippet, veil),
        why=why(work.claims, notices, body),
    )


def _veiled(work: Work, body: Body | None, veil: Veil, reader: Reader, decision: Decision) -> Shown:
    """The card of a veiled work: what its author says before the story, and why it is veiled."""
    notices = tuple(replace(notice, block=None) for notice in notices_of(work, body, veil) if not notice.late)
    return Showing(
        work=work.id,
        originals=(),
        kind=PieceKind.STORY,
        reader=reader.name,
        label=f"Veiled · {work.id[:SHORT_ID]}",
        titled=False,
        notices=notices,
        veiled=True,
        signs=(),
        perhaps=(),
        fields=MappingProxyType({}),
        claims=(),
        measure=Measure(0, 0, 0),
        added=work.added,
        since=work.since,
        body=None,
        snippet=None,
        why=decision.reasons,
    )


def show_claims(claims: Iterable[Claim], work: Work, reading: Reading, reader: Reader) -> tuple[Claim, ...]:
    """Claims on a work that it does not hold yet, as this reader may see them."""
    claims = tuple(claims)
    veil = veil_of(work, reading, claims)
    return tuple(map(veil.claim, claims))


def searchable(work: Work, reading: Reading) -> Searchable:
    """What may be searched of a work, by anyone who may see its class."""
    veil = veil_of(work, reading)
    body, label = _body(work, reading, veil), label_of(work, veil)
    fields = {field: tuple(v for v in values if v != VEILED) for field, values in _fields(work, veil).items()}
    return Searchable(
        label=label.text,
        titled=label.titled,
        story=_text(body.blocks, SEARCHED_AS_STORY),
        notes=_text(body.blocks, SEARCHED_AS_NOTES),
        fields=MappingProxyType({f: values for f, values in fields.items() if values and f is not Field.OTHER}),
        guards=tuple(map(to_text, guards_of(work, veil))),
        late=late_in(work, body),
    )


def _fields(work: Work, veil: Veil) -> Mapping[Field, tuple[str, ...]]:
    said = {
        field: [veil.value(claim) for claim in claims if field is not Field.WARNING or not is_inferred(claim)]
        for field, claims in work.settled.fields.items()
    }
    return MappingProxyType({field: tuple(dict.fromkeys(v for v in vs if v is not None)) for field, vs in said.items()})


def _text(blocks: Iterable[Block], roles: frozenset[Role]) -> str:
    return "\n\n".join(line for block in blocks if block.role in roles and (line := one_line(block.text)))


def _body(work: Work, reading: Reading, veil: Veil) -> Body:
    """The pieces of the newest edition that this reading is of, one after another, veiled and counted from nought."""
    sections: list[Section] = []
    blocks: list[Block] = []
    for section in _sections(reading, _edition(work, reading)):
        start = len(blocks)
        blocks += map(veil.block, reading.blocks[section.first : section.last + 1])
        title = None if section.title is None else veil.words(section.title)
        sections.append(replace(section, title=title, first=start, last=len(blocks) - 1))
    return Body(tuple(blocks), tuple(sections), _links(reading, blocks))


def _edition(work: Work, reading: Reading) -> Edition:
    read = {original.digest for _, original in reading.bundle.members}
    for edition in reversed(work.editions):
        if edition.original in read:
            return edition
    raise ValueError("This reading is of none of the work's originals.")


def _sections(reading: Reading, edition: Edition) -> Iterator[Section]:
    by_key = {piece.key: piece for piece in reading.pieces}
    for key in edition.pieces:
        if piece := by_key.get(key):
            yield from reading.sections[piece.first : piece.last + 1]


def _links(reading: Reading, blocks: list[Block]) -> tuple[Link, ...]:
    if not reading.links:
        return ()
    places = Places(blocks)
    return tuple(link for link in reading.links if places.block(link.source) is not None)


def _snippet(snippet: Snippet, veil: Veil) -> Snippet:
    """The index holds veiled text only, but a claim may be newer than the index."""
    text = "".join(piece for piece, _ in snippet.pieces)
    known = veil.known(text)
    return snippet if known == text else Snippet(((known, False),))
