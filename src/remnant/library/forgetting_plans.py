"""What a wish to forget would take away, and what would stay: found out before anybody is asked, changing nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from remnant.errors import DamageError, RefusedError
from remnant.keep.exports import Exports
from remnant.library import every, forms
from remnant.library.cards import Card
from remnant.library.containing import holding
from remnant.library.opening import Library
from remnant.library.parting import Going, told_of, without
from remnant.library.redacting import Copy, Gone, archive_without
from remnant.library.resembling import Near, near
from remnant.library.same_words import sampled
from remnant.library.serials import standing_in
from remnant.library.wishing import work_of_anyone
from remnant.library.written_by import authors_of, stories_by, written_by
from remnant.model import Digest, Field, Reader, Work
from remnant.shield.showing import HiddenError


@dataclass(frozen=True, slots=True)
class Named:
    """A work, and what it may be called to whoever asks; None for one that is shown to nobody."""

    work: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Redacted:
    """A container as it is to be, in place of what it is; `moved` are the works in it that stay, by their new ids."""

    of: Digest
    data: bytes
    moved: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go and stay. `beside` are neighbours that go too, `staying` those that stay in a redacted copy.

    Of `partly` only what one person wrote in it goes; `stories` are that person's own, and stay.

    `barred` are digests by which parts of it, or other forms, are known again; `words` samples of what it says.
    """

    works: tuple[Named, ...]
    ids: tuple[str, ...]
    whole: tuple[Digest, ...]
    copies: tuple[Redacted, ...]
    others: tuple[tuple[str, bytes], ...]
    barred: tuple[Digest, ...]
    words: tuple[Digest, ...]
    beside: tuple[Named, ...]
    staying: tuple[Named, ...]
    near: tuple[tuple[Named, Near], ...]
    exports: tuple[Path, ...]
    partly: tuple[Named, ...] = ()
    stories: tuple[Named, ...] = ()
    secrets: tuple[str, ...] = field(repr=False, default=())
    """Names that tell of it: no file that stays is to be called by them."""

    @property
    def gone(self) -> tuple[Digest, ...]:
        """Every original that leaves the shelf, replaced by a redacted copy or not."""
        return (*self.whole, *(copy.of for copy in self.copies))


class NeighboursError(RefusedError):
    """Other works stand in the same original and would go with it."""


_Partly = Mapping[str, frozenset[str]]
"""By the id of a work that stays, the parts of it that go."""


def plan_of_work(library: Library, reader: Reader, work: str, *, with_neighbours: bool = False) -> Plan:
    """What forgetting this work would do, with all tellings of it.

    NeighboursError names the works that cannot be told apart from it.
    """
    named = work_of_anyone(library, work)
    library.sayings.catch_up()
    others = library.sayings.kin().of(named.id) - {named.id}
    kept = (work_of_anyone(library, one) for one in sorted(others) if library.index().get(one, None) is not None)
    return _plan(library, reader, [named, *kept], {}, with_neighbours=with_neighbours)


def plan_of_person(library: Library, reader: Reader, name: str, *, with_neighbours: bool = False) -> Plan:
    """The same of every review, letter and mail whose author is called so; RefusedError if there is none."""
    found = written_by(library, name)
    if not found:
        raise RefusedError(f"No review, letter or mail here is by {name!r}. Stories are forgotten by their ids.")
    stories = tuple(_named(library, reader, work) for work in stories_by(library, name))
    whole = [one.work for one in found if not one.parts]
    partly = {one.work.id: one.parts for one in found if one.parts}
    return replace(_plan(library, reader, whole, partly, with_neighbours=with_neighbours), stories=stories)


def _plan(library: Library, reader: Reader, works: list[Work], partly: _Partly, *, with_neighbours: bool) -> Plan:
    around = _Around.of(library, {work.id for work in works}, partly)
    bodies, moved, barred = dict[Digest, bytes | None](), dict[Digest, tuple[tuple[str, str], ...]](), list[Digest]()
    stuck: list[Work] = []
    for original, going in around.going.items():
        mates = around.mates[original]
        copy = without(library, original, going, mates) if mates else None
        if copy is not None:
            bodies[original], moved[original] = copy.data, copy.moved
            barred += copy.barred
        else:
            bodies[original] = None
            stuck += mates
    if stuck and not with_neighbours:
        raise NeighboursError(_neighbours(library, reader, stuck))
    bodies |= dict.fromkeys(around.companions, None)
    beside = list({work.id: work for work in stuck}.values())
    copies, others = _containers(library, bodies, with_neighbours=with_neighbours)
    copies += [Redacted(of, data, moved[of]) for of, data in bodies.items() if data is not None]
    every_one = [*works, *beside]
    whole = tuple(of for of, data in bodies.items() if data is None)
    gone, ids = {*whole, *(copy.of for copy in copies)}, {work.id for work in every_one}
    staying = {work.id: work for of, data in bodies.items() if data is not None for work in around.mates[of]}
    return Plan(
        works=tuple(_named(library, reader, work) for work in works),
        partly=tuple(_named(library, reader, work) for work in around.partly),
        ids=tuple(work.id for work in every_one),
        whole=whole,
        copies=tuple(copies),
        others=tuple(others),
        barred=(*barred, *(digest for of in whole for digest in _forms(library, of))),
        words=tuple(_words(library, ids)),
        beside=tuple(_named(library, reader, work) for work in beside),
        staying=tuple(_named(library, reader, work) for work in staying.values() if work.id not in partly),
        near=_near(library, reader, every_one),
        exports=tuple(_exports(library, gone, ids)),
        secrets=tuple(_secrets(library, every_one, bodies)),
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What is to go of each original, which works stay in it, and what companions are of no use to those that stay."""

    going: dict[Digest, Going]
    mates: dict[Digest, list[Work]]
    companions: tuple[Digest, ...]
    partly: tuple[Work, ...]

    @classmethod
    def of(cls, library: Library, ids: set[str], partly: _Partly) -> _Around:
        cards = list(every.card(library.index(), None))
        told = [card for card in cards if card.work.id in ids]
        some = [card.work for card in cards if card.work.id in partly]
        staying = [card for card in cards if card.work.id not in ids]
        theirs = [work for card in staying for work in standing_in(card)]
        shared = {one.original for work in theirs for one in work.editions}
        ours = [work for card in told for work in _own_or_shared(card, shared)]
        touched = dict.fromkeys(one.original for work in (*ours, *some) for one in work.editions)
        mates: dict[Digest, list[Work]] = {original: [] for original in touched}
        for work in theirs:
            for original in {one.original for one in work.editions} & mates.keys():
                mates[original].append(work)
        used = {one.digest for card in staying for _, one in card.beside}
        going = {
            original: Going(
                tuple(work for work in ours if _is_in(work, original)),
                tuple((work, partly[work.id]) for work in some if _is_in(work, original)),
            )
            for original in touched
        }
        companions = (one.digest for card in told for _, one in card.beside if one.digest not in used | {*touched})
        return cls(going, mates, tuple(dict.fromkeys(companions)), tuple(some))


def _own_or_shared(card: Card, shared: Set[Digest]) -> Iterator[Work]:
    """The work as it stands in its own original, and in each other where parts of it stand among what stays."""
    own = {edition.original for edition in card.work.editions}
    for work in standing_in(card):
        if (own | shared) & {edition.original for edition in work.editions}:
            yield work


def _is_in(work: Work, original: Digest) -> bool:
    return any(edition.original == original for edition in work.editions)


def _words(library: Library, ids: set[str]) -> Iterator[Digest]:
    for card in every.card(library.index(), None):
        if card.work.id in ids:
            yield from (word for entry in told_of(library, card) for word in sampled(entry["story"]))


def _forms(library: Library, original: Digest) -> tuple[Digest, ...]:
    try:
        return forms.of_whole(library.shelf.get(original))
    except DamageError:
        return ()


def _exports(library: Library, gone: set[Digest], works: set[str]) -> Iterator[Path]:
    return (one.path for one in Exports(library.folder).all() if one.work in works or gone & {*one.originals})


def _containers(
    library: Library, bodies: Gone, *, with_neighbours: bool
) -> tuple[list[Redacted], list[tuple[str, bytes]]]:
    """Every kept container that holds any of it, as it is to be; and members that are not kept on their own yet."""
    promised = library.ledger.promised()
    found = holding(library.shelf, promised, set(bodies))
    known = {*promised, *found}
    copies: list[Redacted] = []
    others: list[tuple[str, bytes]] = []
    lost: list[str] = []
    for container in sorted(found):
        copy: Copy = archive_without(library.shelf.get(container), bodies)
        copies.append(Redacted(container, copy.data))
        others += [(name, data) for name, data in copy.others if Digest.of(data) not in known]
        lost += copy.lost
    if lost and not with_neighbours:
        raise NeighboursError(
            f"An archive that holds it also holds {len(lost)} members that cannot be read, and would be lost: "
            f"{', '.join(lost[:5])}. Nothing was changed. --with-neighbours goes on without them."
        )
    return copies, others


def _neighbours(library: Library, reader: Reader, works: Sequence[Work]) -> str:
    named = [_named(library, reader, work) for work in works]
    told = "; ".join(f"{one.label or 'a sealed work'} ({one.work})" for one in named[:10])
    more = f" and {len(named) - 10} more" if len(named) > 10 else ""
    return (
        f"In the same file stand {told}{more}, and cannot be told apart from it there. Nothing was changed. "
        "--with-neighbours forgets them too."
    )


def _named(library: Library, reader: Reader, work: Work) -> Named:
    try:
        return Named(work.id, library.seeing.show(work, None, reader).label)
    except HiddenError:
        return Named(work.id, None)


def _near(library: Library, reader: Reader, works: list[Work]) -> tuple[tuple[Named, Near], ...]:
    return tuple((_named(library, reader, work_of_anyone(library, one.work)), one) for one in near(library, works))


def _secrets(library: Library, works: Iterable[Work], bodies: Gone) -> Iterator[str]:
    """The titles and authors of what goes whole, and the names its files came under."""
    for work in works:
        if all(bodies.get(edition.original) is None for edition in work.editions):
            yield from (*work.settled.values(Field.TITLE), *authors_of(library, work))
    for original in (original for original, data in bodies.items() if data is None):
        try:
            yield library.shelf.arrival(original).name.rpartition("/")[2].rpartition(".")[0]
        except DamageError:
            continue
