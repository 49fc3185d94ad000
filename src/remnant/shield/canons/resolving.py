"""From what a notice says to what it asks of a reader; what is not understood for sure stays unresolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from remnant.model import Canon, CanonPart, CanonSeries, Claim, NameKind, PartKind, PartName, Relation
from remnant.shield.canons.naming import fold
from remnant.shield.canons.ordering import in_order, seen_up_to, track_of
from remnant.shield.canons.shelf import Canons
from remnant.wire.part_name import from_text


@dataclass(frozen=True, slots=True)
class Condition:
    """What a notice asks: whoever has seen all that it `needs` is spoiled of nothing. Ids, in the canon's order.

    `named` are the parts that the notice names. A notice that says that there are no spoilers needs nothing, and may
    be of no canon.
    """

    canon: str | None
    relation: Relation
    named: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A notice that nobody can match: it is shown as it is written, and closes what it stands on.

    `canon` is the canon's id where only the part is not known.
    """

    words: str
    why: str
    canon: str | None = None


def resolve(claim: Claim, canons: Canons, fandoms: Iterable[str] = ()) -> Condition | Unresolved:
    """What a spoiler claim asks of its reader, by its `detail`; `fandoms` are those the work states.

    A canon is taken from the notice itself, else from the fandoms, else from a name that only one canon has and that is
    no common word. One part that is not found leaves the whole notice unresolved.
    """
    words = claim.value or ""
    relation = _relation(claim)
    if relation is Relation.NONE:
        return Condition(None, relation)
    names = _names(claim)
    if relation is None or names is None:
        return Unresolved(words, "The notice is not understood.")
    asked = _Asked(words, relation, names)
    said = claim.detail.get("canon")
    stated = _stated(canons, fandoms)
    if isinstance(said, str) and said:
        return _in_canon_said(asked, said, canons, stated)
    return _in_fandoms(asked, canons, stated) if stated else _anywhere(asked, canons)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a notice says, before it is known of which canon."""

    words: str
    relation: Relation
    names: tuple[PartName, ...]


def named(canon: Canon, name: PartName) -> tuple[str, ...]:
    """The ids of the parts that a name means in a canon, in order; none where it means none for sure."""
    found = _meant(canon, name)
    if name.to is not None:
        ends = _meant(canon, name.to)
        return _between(canon, found, ends) if found and ends else ()
    return _in_canon_order(canon, found)


def _relation(claim: Claim) -> Relation | None:
    try:
        return Relation(str(claim.detail.get("relation")))
    except ValueError:
        return None


def _names(claim: Claim) -> tuple[PartName, ...] | None:
    """The parts that the notice names; none is a notice without any, and None one that cannot be read."""
    said = claim.detail.get("parts", ())
    if not isinstance(said, tuple | list) or (not said and claim.detail.get("part")):
        return None
    try:
        return tuple(from_text(str(text)) for text in said)
    except ValueError:
        return None


def _stated(canons: Canons, fandoms: Iterable[str]) -> tuple[Canon, ...]:
    found = (canon for fandom in fandoms for canon in canons.called(fandom))
    return tuple({canon.id: canon for canon in found}.values())


def _in_canon_said(asked: _Asked, said: str, canons: Canons, stated: tuple[Canon, ...]) -> Condition | Unresolved:
    called = canons.called(said)
    if len(called) > 1:
        called = tuple(canon for canon in called if canon in stated)
    if len(called) == 1:
        return _condition(asked, called[0])
    titles = all(name.kind is NameKind.TITLE for name in asked.names)
    if called:
        return Unresolved(asked.words, "More than one canon bears this name.")
    if not titles:
        return Unresolved(asked.words, "No canon of this name is known here.")
    # What stands before a colon may be an arc, or the first half of a title.
    whole = replace(asked, names=_within(asked.names, said))
    return _in_fandoms(whole, canons, stated) if stated else _anywhere(whole, canons)


def _within(names: tuple[PartName, ...], group: str) -> tuple[PartName, ...]:
    """ "Children of Earth", "Day Four": the part is looked for inside the group."""
    if not names:
        return (PartName(NameKind.TITLE, title=group),)
    return tuple(replace(name, title=f"{group} {name.title}") for name in names)


def _in_fandoms(asked: _Asked, canons: Canons, stated: tuple[Canon, ...]) -> Condition | Unresolved:
    """Among the fandoms of the work, then, for what is named by a title, among canons of the same world."""
    found = _conditions(asked, stated)
    if not found and all(name.kind is NameKind.TITLE for name in asked.names):
        kin = {other.id: other for canon in stated for other in canons.related(canon)}
        found = _conditions(asked, kin.values())
    if len(found) == 1:
        return found[0]
    only = stated[0].id if len(stated) == 1 else None
    why = "More than one fandom of this work has such a part." if found else "No part of this name is known here."
    return Unresolved(asked.words, why, only)


def _conditions(asked: _Asked, canons: Iterable[Canon]) -> list[Condition]:
    return [made for canon in canons if isinstance(made := _condition(asked, canon), Condition)]


def _anywhere(asked: _Asked, canons: Canons) -> Condition | Unresolved:
    """Without canon and fandom only a name that no other thing is likely to have says enough."""
    titles = [fold(name.title or "") for name in asked.names if name.kind is NameKind.TITLE]
    if not titles or len(titles) != len(asked.names):
        return Unresolved(asked.words, "It does not say of what.")
    owners = [canon for canon in canons if all(_telling(canon, title) for title in titles)]
    if len(owners) != 1:
        return Unresolved(asked.words, "It does not say of what.")
    return _condition(asked, owners[0])


_MANY_WORDS = 3


def _telling(canon: Canon, title: str) -> bool:
    """Whether a title can hardly be another canon's: it opens with the name of a canon or an arc, or is long."""
    whose = [fold(name) for name in (canon.name, *canon.aliases)]
    groups = [fold(name) for arc in canon.arcs for name in (arc.name, *arc.aliases)]
    opens = any(_opens(title, name) for name in [*whose, *(group for group in groups if len(group) > 2)])
    return opens or (len(title.split()) >= _MANY_WORDS and bool(_titled(canon, title)))


def _condition(asked: _Asked, canon: Canon) -> Condition | Unresolved:
    words = fold(asked.words)
    parts = _parts_called(canon.parts(), words) if words else ()
    if not parts:
        found: dict[str, None] = {}
        for name in asked.names or (PartName(NameKind.ALL),):
            meant = named(canon, name)
            if not meant:
                return Unresolved(asked.words, "No part of this name is known here.", canon.id)
            found |= dict.fromkeys(meant)
        parts = _in_canon_order(canon, found)
    return Condition(canon.id, asked.relation, parts, _needs(canon, asked.relation, parts))


def _needs(canon: Canon, relation: Relation, parts: tuple[str, ...]) -> tuple[str, ...]:
    if relation in {Relation.CONTAINS, Relation.WHOLE}:
        return parts
    if relation is Relation.SET_BEFORE:
        # Whatever stands before the first of them may be told.
        before = {earlier for part in parts[:1] for earlier in seen_up_to(canon, part)[:-1]}
    else:
        before = {earlier for part in parts for earlier in seen_up_to(canon, part)}
    return _in_canon_order(canon, before)


def _in_canon_order(canon: Canon, parts: Iterable[str]) -> tuple[str, ...]:
    wanted = frozenset(parts)
    return tuple(part.id for part in in_order(canon) if part.id in wanted)


def _between(canon: Canon, first: tuple[str, ...], last: tuple[str, ...]) -> tuple[str, ...]:
    row = [part.id for part in track_of(canon, first[0])]
    if last[-1] not in row or first[0] not in row:
        return ()
    start, end = row.index(first[0]), row.index(last[-1])
    return tuple(row[start : end + 1]) if start <= end else ()


def _meant(canon: Canon, name: PartName) -> tuple[str, ...]:
    match name.kind:
        case NameKind.ALL | NameKind.AIRED:
            return _everything(canon)
        case NameKind.SEASON:
            return tuple(part.id for one in _seasons(canon, name.season) for part in one.parts)
        case NameKind.FIRST | NameKind.LAST:
            return _edge(canon, name)
        case NameKind.EPISODE:
            return _episode(canon, name)
        case NameKind.TITLE:
            return _titled(canon, fold(name.title or ""))
        case NameKind.CHAPTER | NameKind.ISSUE:
            return _numbered(canon, PartKind.ISSUE, name.number)
        case NameKind.VOLUME:
            return _group(canon, f"volume {name.number}")
        case NameKind.BOOK | NameKind.FILM | NameKind.GAME:
            return _numbered(canon, PartKind(name.kind), name.number)


def _everything(canon: Canon) -> tuple[str, ...]:
    """All that is not extra; of what was told twice, the first telling."""
    parts = (part for one in canon.series if not one.extra for part in one.parts)
    return tuple(part.id for part in parts if part.adapts is None)


def _seasons(canon: Canon, number: int | None) -> list[CanonSeries]:
    episodes = [one for one in canon.series if one.kind is PartKind.EPISODE and not one.extra]
    return [one for one in episodes if number is None or one.number == number]


def _edge(canon: Canon, name: PartName) -> tuple[str, ...]:
    seasons = [one for one in _seasons(canon, name.season) if one.parts]
    if not seasons:
        return ()
    return (seasons[0].parts[0].id,) if name.kind is NameKind.FIRST else (seasons[-1].parts[-1].id,)


def _episode(canon: Canon, name: PartName) -> tuple[str, ...]:
    seasons = _seasons(canon, name.season)
    if name.season is None and len(seasons) != 1:
        return ()
    return tuple(part.id for one in seasons for part in one.parts if part.number == name.number)


def _numbered(canon: Canon, kind: PartKind, number: int | None) -> tuple[str, ...]:
    """The nth book or film; all of them without a number."""
    parts = [part for one in canon.series if not one.extra for part in one.parts if part.kind is kind]
    return tuple(part.id for part in parts if number is None or part.number == number)


def _titled(canon: Canon, title: str) -> tuple[str, ...]:
    """What bears a title: parts, else a series or an arc, else a part of one, else the same after the canon's name."""
    if not title:
        return ()
    if parts := _parts_called(canon.parts(), title):
        return parts
    if group := _group(canon, title):
        return group
    for name in _group_names(canon):
        if _opens(title, name) and (inside := _inside(canon, name, title[len(name) :].strip())):
            return inside
    for name in {fold(name) for name in (canon.name, *canon.aliases)}:
        if _opens(title, name):
            rest = title[len(name) :].strip()
            return _titled(canon, rest) if rest else _everything(canon)
    return ()


def _parts_called(parts: Iterable[CanonPart], title: str) -> tuple[str, ...]:
    """Parts of this title. A film of a book is not meant by a name that both have: the book came first."""
    found = {part.id: part for part in parts if title in _titles(part)}
    return tuple(part.id for part in found.values() if part.adapts not in found)


def _titles(part: CanonPart) -> Iterator[str]:
    yield from (fold(name) for name in (part.title or "", *part.aliases))


def _group_names(canon: Canon) -> list[str]:
    names = [name for one in canon.series for name in _series_names(one)]
    names += [fold(name) for arc in canon.arcs for name in (arc.name, *arc.aliases)]
    return sorted({name for name in names if name}, key=lambda name: (-len(name), name))


def _series_names(series: CanonSeries) -> set[str]:
    """Its names; a numbered one is season and series 2 on either side of the sea."""
    numbered = (f"season {series.number}", f"series {series.number}") if series.number is not None else ()
    return {*numbered, *(fold(name) for name in (series.name, *series.aliases))}


def _group(canon: Canon, title: str) -> tuple[str, ...]:
    for arc in canon.arcs:
        if title in {fold(name) for name in (arc.name, *arc.aliases)}:
            return arc.parts
    series = [one for one in canon.series if title in _series_names(one)]
    return tuple(part.id for one in series for part in one.parts)


def _inside(canon: Canon, group: str, title: str) -> tuple[str, ...]:
    members = frozenset(_group(canon, group))
    return _parts_called((part for part in canon.parts() if part.id in members), title)


def _opens(title: str, name: str) -> bool:
    return bool(name) and (title == name or title.startswith(f"{name} "))
