"""The reader: bytes in, a reading out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from remnant.model import (
    Block,
    Bundle,
    Digest,
    Original,
    Piece,
    PieceKind,
    Reading,
    Role,
    Rule,
)
from remnant.understand import (
    addresses,
    asides,
    beginnings,
    blends,
    boards,
    boxed,
    calibre,
    closing,
    correspondence,
    dating,
    endings,
    envelope,
    facts,
    frame,
    furniture,
    head_rows,
    inserts,
    kinds,
    listed,
    noted,
    opening,
    overheard,
    pointers,
    scenes,
    songs,
    structure,
    styled,
    surroundings,
)
from remnant.understand.dialects import recognised
from remnant.understand.draft import Draft, Volume
from remnant.understand.findings import finding
from remnant.understand.formats import draft_of
from remnant.understand.formats.volumes import volume_of
from remnant.understand.joining import end_to_end, joined
from remnant.understand.serials import chained, stories
from remnant.understand.sheet import Said, Sheet, sheet_of
from remnant.understand.testifying import claims_of
from remnant.understand.versions import READER

RULES: tuple[tuple[Rule, Callable[[Sheet], Said]], ...] = (
    (styled.RULE, styled.say),
    (envelope.RULE, envelope.say),
    (boards.RULE, boards.say),
    (frame.RULE, frame.say),
    (furniture.RULE, furniture.say),
    (boxed.RULE, boxed.say),
    (structure.RULE, structure.say),
    (opening.RULE, opening.say),
    (closing.RULE, closing.say),
    (asides.RULE, asides.say),
    (noted.RULE, noted.say),
    (facts.RULE, facts.say),
    (correspondence.RULE, correspondence.say),
    (kinds.RULE, kinds.say),
    (surroundings.RULE, surroundings.say),
    (beginnings.RULE, beginnings.say),
    (endings.RULE, endings.say),
    (overheard.RULE, overheard.say),
    (songs.RULE, songs.say),
    (inserts.RULE, inserts.say),
    (addresses.RULE, addresses.say),
    (pointers.RULE, pointers.say),
    (dating.RULE, dating.say),
    (blends.RULE, blends.say),
    (calibre.RULE, calibre.say),
    (listed.RULE, listed.say),
)
"""In the order in which they speak: where a story starts depends on its headings, a song on what is a note."""


def understand(bundle: Bundle, files: Mapping[str, bytes]) -> Reading:
    """Read a bundle, given the bytes of each member by path. No bytes make it raise.

    A member with an empty path among others is an anchor: it says what the others are, and only its own reading
    counts, with those of them that it uses.
    """
    if len(bundle.members) > 1 and bundle.members[0][0] == "":
        volume = _volume_of(bundle, files)
        if volume is None:
            return understand(Bundle(bundle.members[:1]), files)
        return _with_used(bundle, end_to_end(bundle, READER, volume.rest.format, _leaves(volume, bundle)))
    return joined(bundle, READER, [_read(original, files.get(path), path) for path, original in bundle.members])


def understand_bytes(data: bytes) -> Reading:
    """Read one file that stands alone."""
    original = Original(Digest.of(data), len(data))
    return understand(Bundle.of_one(original), {"": data})


def stories_of(
    bundle: Bundle, files: Mapping[str, bytes], wanted: Collection[str] | None = None
) -> tuple[Reading, ...]:
    """The same in parts that stand alone: one reading for each story with all its pieces, and for whatever is none.

    End to end they are what `understand` gives, but for the order of a story's pieces. `wanted` names the pieces of
    one story of a container: then no other is read.
    """
    volume = _volume_of(bundle, files)
    if volume is None:
        return (understand(bundle, files),)
    leaves = [leaf for leaf in volume.leaves if wanted is None or leaf.key in wanted]
    readings = _leaves(replace(volume, leaves=tuple(leaves)), bundle)
    found = (end_to_end(bundle, READER, volume.rest.format, story) for story in stories(readings))
    return tuple(_with_used(bundle, story) for story in found)


def _with_used(bundle: Bundle, reading: Reading) -> Reading:
    """The bundle of a reading is the anchor and what was read of its companions."""
    if len(bundle.members) == 1:
        return reading
    paths = {part.path for part in reading.parts}
    used = (member for member in bundle.members[1:] if member[0] in paths)
    return replace(reading, bundle=Bundle((bundle.members[0], *used)))


def _volume_of(bundle: Bundle, files: Mapping[str, bytes]) -> Volume | None:
    """A file that holds many things, alone or as the anchor of a bundle."""
    (path, original), *others = bundle.members
    if path or path not in files:
        return None
    return volume_of(original, files[path], {name: (one, files[name]) for name, one in others if name in files})


def _read(original: Original, data: bytes | None, path: str) -> Reading:
    if data is None:
        return _missing(original, path)
    volume = volume_of(original, data)
    if volume is None:
        return reading_of(draft_of(original, data), original, path)
    bundle = Bundle(((path, original),))
    return end_to_end(bundle, READER, volume.rest.format, _leaves(volume, bundle))


def _leaves(volume: Volume, bundle: Bundle) -> list[Reading]:
    """Each leaf read by itself, those that go on from one another chained; what belongs to none stands last."""
    path, original = bundle.members[0]
    readings = [reading_of(leaf.made(), original, path, leaf.key) for leaf in volume.leaves]
    return [*chained(readings), reading_of(volume.rest, original, path)]


def reading_of(draft: Draft, original: Original, path: str = "", key: str = "") -> Reading:
    """What the rules make of one draft: roles, then sections, then the piece, then claims, links and findings."""
    sheet = _read_by_rules(sheet_of(draft))
    sections = scenes.sections_of(sheet)
    name = "/".join(filter(None, (path, key))) or "0"
    pieces = (Piece(name, sheet.kind or PieceKind.STORY, 0, len(sections) - 1),) if sections else ()
    return Reading(
        bundle=Bundle(((path, original),)),
        reader=READER,
        format=draft.format,
        dialect=sheet.dialect,
        parts=draft.parts,
        blocks=_blocks(sheet),
        sections=sections,
        pieces=pieces,
        claims=claims_of(sheet.testimony, name) if pieces or not key else (),
        links=sheet.links,
        ranges=scenes.scenes_of(sheet, sections),
        repairs=(),
        findings=draft.findings + sheet.findings,
        skipped=sheet.draft.skips,
    )


def _read_by_rules(sheet: Sheet) -> Sheet:
    sheet = recognised(sheet)
    if sheet.dialect is None:
        sheet = sheet_of(head_rows.parted(sheet.draft))
    for rule, say in RULES:
        sheet = sheet.told(rule, say(sheet))
    roles = surroundings.final_roles(sheet, scenes.final_roles(sheet))
    return replace(sheet, roles=roles, testimony=kinds.still_said(sheet))


def _blocks(sheet: Sheet) -> tuple[Block, ...]:
    return tuple(
        Block(line.kind, role or Role.STORY, line.spans, level=line.level)
        for line, role in zip(sheet.lines, sheet.roles, strict=True)
    )


def _missing(original: Original, path: str) -> Reading:
    lost = (finding("R004"),)
    draft = Draft(format="application/octet-stream", parts=(), lines=(), facts=(), skips=(), findings=lost)
    return reading_of(draft, original, path)
