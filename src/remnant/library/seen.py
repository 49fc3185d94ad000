"""What a reader has seen: told, changed, and asked for once where stories depend on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from remnant.errors import RefusedError, UsageError
from remnant.library.opening import Library
from remnant.library.readers import file_of, must_be_trusted, reader_of
from remnant.library.readers import member as household_member
from remnant.library.watching import Clock, utc_now
from remnant.model import EVERY_CANON, NOTHING_SEEN, Canon, NameKind, PartName, ProfileKind, Reader, Seen
from remnant.shield.canons import fold, label_of, named
from remnant.shield.guards import from_text
from remnant.shield.spoilers import ledger_line, seen_of, subject_of

LONGEST = 300
"""Characters of a name."""

MOST_PARTS = 2_000


class How(StrEnum):
    """Up to a part and all before it; a part alone; a clip of it; all there is; nothing; and not minding spoilers."""

    UP_TO = "up to"
    ONLY = "only"
    CLIP = "clip"
    ALL = "all"
    NONE = "none"
    DONT_MIND = "don't mind"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reader's ledger. `told` says it in words; `described` is whether a canon file knows its parts."""

    canon: str
    name: str
    seen: Seen
    told: str
    described: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A canon that veils works from a reader who has said nothing of it yet."""

    canon: str
    name: str
    works: int


def ledger(library: Library, reader: Reader) -> tuple[Line, ...]:
    """What this reader has said they have seen, by name."""
    lines = (_line(library, canon, seen) for canon, seen in reader.seen.items())
    return tuple(sorted(lines, key=lambda line: (line.name, line.canon)))


def see(
    library: Library,
    reader: Reader,
    canon: str,
    part: str | None = None,
    how: How = How.UP_TO,
    *,
    region: str | None = None,
    of: str | None = None,
    clock: Clock = utc_now,
) -> Line:
    """Write down what the reader has seen, or the child or guest `of` this name; from now on it counts everywhere.

    `canon` is any of its names, or EVERY_CANON; of one that nobody described, names are kept as written. RefusedError
    for a part that a described canon does not have, and for whoever may change nothing.
    """
    whose = _writable(library, reader, of)
    if how in (How.UP_TO, How.ONLY, How.CLIP) and not part:
        raise UsageError("Say which part, or --all, --none or --dont-mind. Nothing was changed.")
    _check_lengths(canon, part or "")
    if canon == EVERY_CANON and how not in (How.DONT_MIND, How.NONE):
        raise UsageError("Of all canons at once one can only say --dont-mind or --none. Nothing was changed.")
    known, key, before = _found(library, whose, canon)
    after = _changed(before, _parts(known, part) if part else (), how, _region(region))
    file_of(library, whose.name).see(_written(whose, known, key), after, clock())
    return _line(library, key, after)


def put_in_order(
    library: Library,
    reader: Reader,
    canon: str,
    parts: Sequence[str],
    *,
    of: str | None = None,
    clock: Clock = utc_now,
) -> Line:
    """Write down in which order the reader (or the child or guest `of` this name) sees the parts of a canon.

    "Up to" a part that stands in it then means this order. No parts: the canon's own order again.
    """
    whose = _writable(library, reader, of)
    _check_lengths(canon, *parts)
    if len(parts) > MOST_PARTS:
        raise UsageError(f"An order names up to {MOST_PARTS:,} parts. Nothing was changed.")
    known, key, before = _found(library, whose, canon)
    order = tuple(dict.fromkeys(one for part in parts for one in _parts(known, part)))
    after = replace(before, order=order)
    file_of(library, whose.name).see(_written(whose, known, key), after, clock())
    return _line(library, key, after)


def whose_ledger(library: Library, reader: Reader, of: str | None) -> Reader:
    """Whose ledger is asked for: the reader's own, or that of a child or guest, which a grown-up may see and set."""
    if of is None or of == reader.name:
        return reader
    must_be_trusted(reader, "What others have seen is theirs.")
    member = household_member(library, of)
    if member is None or member.kind not in (ProfileKind.CHILD, ProfileKind.GUEST):
        raise RefusedError(f"There is no child or guest {of!r} here. What others have seen is theirs.")
    return reader_of(library, of)


def _writable(library: Library, reader: Reader, of: str | None) -> Reader:
    must_be_trusted(reader, "What this profile has seen is written down by a grown-up reader.")
    return whose_ledger(library, reader, of)


def _found(library: Library, whose: Reader, canon: str) -> tuple[Canon | None, str, Seen]:
    """The canon of this name, what it is called in a ledger, and what stands there of it."""
    known = _canon(library, canon)
    key = known.id if known else " ".join(canon.split())
    return known, key, seen_of(whose, known) if known else ledger_line(whose, key, ())


def _check_lengths(canon: str, *parts: str) -> None:
    if any(len(name) > LONGEST for name in (canon, *parts)) or not canon.strip():
        raise UsageError(f"A name has 1 to {LONGEST} characters. Nothing was changed.")


def to_ask(library: Library, reader: Reader) -> tuple[Asked, ...]:
    """The canons to ask this reader about, the most works first: they veil works, and the ledger has no line yet."""
    if not reader.is_trusted or EVERY_CANON in reader.seen:
        return ()
    canons, works, names = library.seeing.canons(), Counter[str](), dict[str, str]()
    for text, count in library.index().closing(library.seeing.eyes(reader)).items():
        subject = subject_of(from_text(text), canons)
        if subject is not None and ledger_line(reader, *subject) is NOTHING_SEEN:
            key, aliases = subject
            works[key] += count
            names[key] = aliases[0] if aliases else key
    return tuple(Asked(key, names[key], count) for key, count in sorted(works.items(), key=lambda i: (-i[1], i[0])))


def line_of(library: Library, reader: Reader, canon: str) -> Line:
    """What the ledger says of a canon, by any of its names; a line that says nothing where there is none."""
    known = next(iter(library.seeing.canons().called(canon)), None)
    key = known.id if known else " ".join(canon.split())
    return _line(library, key, seen_of(reader, known) if known else ledger_line(reader, key, ()))


def described(library: Library) -> tuple[tuple[str, str], ...]:
    """The canons that somebody described, by name: id and name."""
    return tuple(sorted(((canon.id, canon.name) for canon in library.seeing.canons()), key=lambda pair: pair[::-1]))


def parts_of(library: Library, canon: str) -> tuple[tuple[str, str], ...]:
    """The parts of a described canon in order: id, and what to call it before people."""
    canons = library.seeing.canons()
    known = canons.get(canon) or next(iter(canons.called(canon)), None)
    return tuple((part.id, label_of(known, part.id)) for part in known.parts()) if known else ()


def order_of(library: Library, line: Line) -> tuple[str, ...]:
    """The reader's own order of a canon's parts, each by a name that it can be written by."""
    known = library.seeing.canons().get(line.canon)
    return tuple(_name_of(known, part) for part in line.seen.order)


def _name_of(canon: Canon | None, part: str) -> str:
    title = next((one.title for one in canon.parts() if one.id == part), None) if canon else None
    return title if canon and title and named(canon, _name(title)) == (part,) else part


def _canon(library: Library, name: str) -> Canon | None:
    found = library.seeing.canons().called(name)
    if len(found) > 1:
        ids = ", ".join(canon.id for canon in found)
        raise RefusedError(f"Several canons are called {name}: {ids}. Nothing was changed; name one of these.")
    return found[0] if found else None


def _written(reader: Reader, canon: Canon | None, key: str) -> str:
    """The key the ledger has it under already: it may have been written down before anybody described the canon."""
    names = {fold(name) for name in ((canon.id, canon.name, *canon.aliases) if canon else (key,))}
    return next((known for known in reader.seen if fold(known) in names), key)


_EPISODE = re.compile(r"s?(\d{1,3})\s?[xe]\s?(\d{1,4})", re.IGNORECASE)
_SEASON = re.compile(r"(?:season|series|s)\s?(\d{1,3})", re.IGNORECASE)


def _parts(canon: Canon | None, part: str) -> tuple[str, ...]:
    written = " ".join(part.split())
    if canon is None:
        return (written,)
    if any(known.id == written for known in canon.parts()):
        return (written,)
    found = named(canon, _name(written))
    if not found:
        raise RefusedError(
            f"{canon.name} has no part that is called {written}. Nothing was changed. "
            f"remnant canon show {canon.id} lists its parts; everything is --all."
        )
    return found


def _name(part: str) -> PartName:
    if episode := _EPISODE.fullmatch(part):
        return PartName(NameKind.EPISODE, season=int(episode[1]), number=int(episode[2]))
    if season := _SEASON.fullmatch(part):
        return PartName(NameKind.SEASON, season=int(season[1]))
    return PartName(NameKind.TITLE, title=part)


def _region(region: str | None) -> str | None:
    if region is None:
        return None
    if not re.fullmatch(r"[A-Za-z]{2}", region):
        raise UsageError("A region is the two letters of a country: GB, US, DE. Nothing was changed.")
    return region.upper()


def _changed(before: Seen, parts: tuple[str, ...], how: How, region: str | None) -> Seen:
    region = region or before.region
    match how:
        case How.UP_TO:
            return replace(before, up_to=parts[-1], everything=False, dont_mind=False, region=region)
        case How.ONLY:
            return replace(before, parts=before.parts | set(parts), dont_mind=False, region=region)
        case How.CLIP:
            return replace(before, clips=before.clips | set(parts), dont_mind=False, region=region)
        case How.ALL:
            return Seen(everything=True, region=region, order=before.order)
        case How.DONT_MIND:
            return replace(before, dont_mind=True, region=region)
    return Seen(region=region, order=before.order)


def _line(library: Library, key: str, seen: Seen) -> Line:
    canon = library.seeing.canons().get(key) or next(iter(library.seeing.canons().called(key)), None)
    name = "every canon" if key == EVERY_CANON else canon.name if canon else key
    return Line(key, name, seen, told(canon, seen), canon is not None)


def told(canon: Canon | None, seen: Seen) -> str:
    """A ledger line in words."""
    if seen.dont_mind:
        return "you don't mind spoilers"
    if seen.everything:
        return "everything"
    said = [f"up to {_called(canon, seen.up_to)}"] if seen.up_to else []
    said += [f"{_called(canon, part)} alone" for part in sorted(seen.parts)]
    said += [f"only a clip of {_called(canon, part)}" for part in sorted(seen.clips)]
    order = ", in your own order" if seen.order else f", in the order of {seen.region}" if seen.region and said else ""
    return (", ".join(said) or "nothing yet") + order


def _called(canon: Canon | None, part: str) -> str:
    return label_of(canon, part) if canon else part
