"""An original of many works without some of them: a mailbox without a mail, a dump without rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from remnant.library import forms, tasks
from remnant.library.cards import Beside, Card, card_from_bytes
from remnant.library.opening import Library
from remnant.library.pool import Job, Stopped
from remnant.library.redacting import dump_without, mailbox_without, text_without
from remnant.library.redacting_digests import Typed, digest_without
from remnant.model import Digest, Original, Reading, Work, work_id
from remnant.understand.formats.efiction_rows import is_one_of, rows_of
from remnant.unpack import mbox
from remnant.wire.canonical import Json

_TYPED = re.compile(r"(?P<root>.+/\d+)/HEADER/")
"""The head of a mail typed in a digest: the digest's own has no number before it, or that of its mail alone."""

_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Parted:
    """The copy, the works in it that stay by their new ids, and what the parts that went may be known by."""

    data: bytes
    moved: tuple[tuple[str, str], ...]
    barred: tuple[Digest, ...]


@dataclass(frozen=True, slots=True)
class Going:
    """What goes of one original: these works, and of others that stay only these parts, by work."""

    works: tuple[Work, ...]
    partly: tuple[tuple[Work, frozenset[str]], ...] = ()


def without(library: Library, original: Digest, going: Going, mates: Sequence[Work]) -> Parted | None:
    """The original without what goes; None where it cannot be told apart from its mates safely."""
    data = library.shelf.get(original)
    found = (
        _without_mails(library, data, original, going, mates)
        if mbox.is_mbox(data) and not going.partly
        else _without_rows(library, data, original, going, mates)
        if forms.is_dump(data)
        else None
    )
    copy, barred = found or (_without_typed(library, data, original, going, mates), ())
    if copy is None:
        copy = _without_texts(library, data, original, going, mates)
    if copy is None:
        return None
    moved = _moved(library, copy, mates, original)
    return None if moved is None else Parted(copy, moved, barred)


def told_of(library: Library, card: Card) -> list[Json]:
    """What the index would be told of a work, as if nobody had said anything of it."""
    edition = card.work.editions[-1]
    data = b"".join(map(library.shelf.get, (edition.original, *(one.digest for _, one in card.beside))))
    size = len(data) - sum(one.size for _, one in card.beside)
    found = _entries(library, Original(edition.original, size), data, card.beside, edition.pieces)
    return [entry for entry in found if entry["work"] == card.work.id]


def _entries(
    library: Library, original: Original, data: bytes, beside: Beside = (), pieces: Sequence[str] = ()
) -> list[Json]:
    outcome = library.pool.ask(Job(tasks.to_index(original, (), _ANY_TIME, beside, None, pieces), data))
    return [] if isinstance(outcome, Stopped) else list(outcome.head["entries"])


_Found = tuple[bytes, tuple[Digest, ...]] | None


def _without_mails(library: Library, data: bytes, original: Digest, going: Going, mates: Sequence[Work]) -> _Found:
    """Without the mails that hold these works and no other; None if they share a mail with others."""
    ours = _numbers(library, original, going.works)
    theirs = _numbers(library, original, mates)
    ranges = mbox.mails(data)
    if not ours or ours & theirs or not all(0 < number <= len(ranges) for number in ours):
        return None
    mails = [data[slice(*ranges[number - 1])] for number in sorted(ours)]
    forms_of = (digest for mail in mails for digest in (*_itself(mail), *_itself(mbox.without_from_line(mail)[1])))
    return mailbox_without(data, ours), tuple(dict.fromkeys(forms_of))


def _itself(data: bytes) -> tuple[Digest, ...]:
    return Digest.of(data), *forms.of_whole(data)


def _numbers(library: Library, original: Digest, works: Iterable[Work]) -> set[int]:
    """The mails that works stand in; parts of a mailbox are called by the mail's number first."""
    paths = (part.path for work in works for part in _reading(library, original, work).parts)
    tops = (path.partition("/")[0] for path in paths)
    return {int(top) for top in tops if top.isdecimal()}


def _without_rows(library: Library, data: bytes, original: Digest, going: Going, mates: Sequence[Work]) -> _Found:
    """Without the rows that hold these works and no other."""
    partly = {path for _, paths in going.partly for path in paths}
    ours = partly | {part.path for work in going.works for part in _reading(library, original, work).parts}
    theirs = {part.path for work in mates for part in _reading(library, original, work).parts} - partly
    mine, others = rows_of(ours), rows_of(theirs)
    rows = [row for row in forms.rows_of(data) if is_one_of(row, mine) and not is_one_of(row, others)]
    copy = dump_without(data, {row.start for row in rows}) if rows else None
    if copy is None:
        return None
    return copy, tuple(dict.fromkeys(digest for row in rows for digest in forms.digests_of(data, row)))


def _without_typed(
    library: Library, data: bytes, original: Digest, going: Going, mates: Sequence[Work]
) -> bytes | None:
    """A digest without the mails typed in it that hold these works and no other."""
    theirs = {part.path for work in mates for part in _reading(library, original, work).parts}
    parts = {part.path: part for work in going.works for part in _reading(library, original, work).parts}
    roots = {found["root"] for path in parts if (found := _TYPED.match(path))}
    if (
        not roots
        or theirs & parts.keys()
        or not all(path.startswith(tuple(f"{root}/" for root in roots)) for path in parts)
    ):
        return None
    typed = []
    for root in sorted(roots):
        heads = tuple(part.text for path, part in parts.items() if path.startswith(f"{root}/HEADER/"))
        body = parts.get(f"{root}/1")
        if body is None:
            return None
        typed.append(Typed(body.text, body.encoding, heads))
    return digest_without(data, typed)


def _without_texts(
    library: Library, data: bytes, original: Digest, going: Going, mates: Sequence[Work]
) -> bytes | None:
    if going.partly:
        return None
    shared = {part.path for work in mates for part in _reading(library, original, work).parts}
    texts = (text for work in going.works for text in _texts(library, original, work, shared))
    return text_without(data, list(dict.fromkeys(texts)))


def _texts(library: Library, original: Digest, work: Work, shared: set[str]) -> Iterator[tuple[str, str]]:
    """Each stretch of the file that a work is read from, with its encoding; of its own parts, all that stands there."""
    reading = _reading(library, original, work)
    pieces = [piece for piece in reading.pieces if piece.key in work.editions[-1].pieces]
    hulls: dict[str, tuple[int, int]] = {}
    for span in (span for piece in pieces for block in reading.blocks_of(piece) for span in block.spans):
        start, end = hulls.get(span.source.part, (span.source.start, span.source.end))
        hulls[span.source.part] = min(start, span.source.start), max(end, span.source.end)
    for part in reading.parts:
        start, end = hulls.get(part.path, (0, 0)) if part.path in shared else (0, len(part.text))
        if part.text[start:end].strip():
            yield part.text[start:end], part.encoding


def _moved(
    library: Library, copy: bytes, mates: Sequence[Work], original: Digest
) -> tuple[tuple[str, str], ...] | None:
    """The new id of each work that stays, and of each part of one, if all of them are found again in the copy.

    Of a part too: while it stood alone something may have been said of it.
    """
    digest = Digest.of(copy)
    cards = [card_from_bytes(entry["card"].encode()) for entry in _entries(library, Original(digest, len(copy)), copy)]
    there = {key for card in cards for edition in card.work.editions for key in edition.pieces}
    keys = [
        key for work in mates for edition in work.editions if edition.original == original for key in edition.pieces
    ]
    return tuple((work_id(original, key), work_id(digest, key)) for key in keys) if there.issuperset(keys) else None


def _reading(library: Library, original: Digest, work: Work) -> Reading:
    pieces = next(edition.pieces for edition in work.editions if edition.original == original)
    return library.readings.of(original, pieces)
