"""What is known of one work, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from remnant.errors import NotFoundError, RefusedError
from remnant.keep.journal import Arrived
from remnant.library.cards import Card, card_from_bytes
from remnant.library.even_pace import answering, paced
from remnant.library.opening import Library
from remnant.library.tellings import behind, hit_of
from remnant.library.works import works_of
from remnant.model import Arrival, Claim, Digest, Reader, Reading, Region, Shown, Work, WorkWish
from remnant.shield.names import veiled_arrival
from remnant.shield.showing import Excerpts, HiddenError
from remnant.understand.serials import is_posted


@dataclass(frozen=True, slots=True)
class Came:
    """How a work came here: every sighting of the originals of its editions, oldest first, their names veiled.

    Of a story posted in parts they are the files of all its parts.
    """

    arrivals: tuple[Arrival, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One place in an original where a claim stands written, with the text around it, veiled as the shield wishes.

    `name` is what the original arrived as; `part` the member path in a package; `start` and `end` are characters of
    the part's decoded text.
    """

    name: str
    part: str
    start: int
    end: int
    before: str
    here: str
    after: str


def full_id(library: Library, reader: Reader, work: str) -> str:
    """The one work whose id begins so. RefusedError lists the candidates if several do, or says that none does."""
    eyes = library.seeing.eyes(reader)
    with answering(library, eyes):
        found = library.index().resolve(work.lower(), eyes) if work else ()
    if work and not found:
        with paced(eyes):
            found = behind(library, reader, work.lower())
    if work.lower() in found or len(found) == 1:
        return work.lower() if work.lower() in found else found[0]
    if not found:
        raise _no_work(work)
    raise RefusedError(f"Several works begin with {work!r}: {', '.join(found)}. Say a little more of the id.")


def known(library: Library, reader: Reader, work: str) -> Shown:
    """The whole work as this reader may see it: claims and body. `work` may be an id cut short.

    Of a veiled work it is a card: `unveiling` opens it.
    """
    whole, reading = whole_work(library, reader, work)
    return _shown(library, whole, reading, reader)


def card(library: Library, reader: Reader, work: str) -> Shown:
    """The work without its text: cheap."""
    return _shown(library, card_of(library, reader, work).work, None, reader)


def is_open(library: Library, reader: Reader, work: str) -> bool:
    """Whether the work is neither veiled nor hidden from this reader."""
    return not card(library, reader, work).veiled


def _shown(library: Library, work: Work, reading: Reading | None, reader: Reader) -> Shown:
    """What is hidden is answered as what is not there."""
    try:
        return library.seeing.show(work, reading, reader)
    except HiddenError:
        raise _no_work(work.id) from None


def _no_work(work: str) -> NotFoundError:
    return NotFoundError(f"No work has an id that begins with {work!r}.")


def came(library: Library, reader: Reader, work: str) -> Came:
    """Where the files of a work came from; nothing of a veiled one, since the name of a file may tell of it."""
    if not is_open(library, reader, work):
        return Came(())
    carded = (whole := card_of(library, reader, work)).work
    posted = whole.beside if is_posted(path for path, _ in whole.beside) else ()
    originals = {edition.original for edition in carded.editions} | {one.digest for _, one in posted}
    first = [library.shelf.arrival(original) for original in sorted(originals)]
    later = [
        entry.act.arrival
        for entry in library.journal.acts()
        if isinstance(entry.act, Arrived) and entry.act.arrival.original.digest in originals
    ]
    every = dict.fromkeys(sorted(first + later, key=lambda arrival: (arrival.at, arrival.inside, arrival.name)))
    withheld = WorkWish.WITHHOLD_NAME in carded.wishes
    return Came(tuple(veiled_arrival(arrival, withheld=withheld) for arrival in every))


def standings(library: Library, reader: Reader, work: str, claim: str) -> tuple[Standing, ...]:
    """Where in the originals this claim of the work stands written; none if a person said it or a rule inferred it.

    None of a veiled work either.
    """
    if not is_open(library, reader, work):
        return ()
    whole, reading = whole_work(library, reader, work)
    return _standings(library, reader, whole, reading, [one for one in whole.claims if one.id == claim]).get(claim, ())


def standings_of(library: Library, reader: Reader, work: str) -> dict[str, tuple[Standing, ...]]:
    """The same of every claim of the work, by the claim's id."""
    if not is_open(library, reader, work):
        return {}
    whole, reading = whole_work(library, reader, work)
    return _standings(library, reader, whole, reading, whole.claims)


def card_of(library: Library, reader: Reader, work: str) -> Card:
    """The card of a work that this reader may see."""
    name = full_id(library, reader, work)
    hit = hit_of(library, reader, name)
    if hit is None:
        raise RefusedError(f"The work {name} is no longer here.")
    return card_from_bytes(hit.card)


def whole_work(library: Library, reader: Reader, work: str) -> tuple[Work, Reading]:
    """The work made anew from its original and all that was said of it, and the reading it was made from."""
    card = card_of(library, reader, work)
    carded, newest = card.work, card.work.editions[-1]
    reading = library.readings.of(newest.original, newest.pieces, card.beside)
    library.sayings.catch_up()
    said = library.sayings.together(_original(reading), card.beside)
    carried = {carded.id: card.standing.carried}
    works = works_of(reading, said, carded.added, {carded.id: carded.measure}, carried)
    made = next((made for made in works if made.id == carded.id), None)
    if made is None:
        raise RefusedError(f"The work {carded.id} was found by another version of the reader. Run: remnant rebuild")
    return made, reading


def _original(reading: Reading) -> Digest:
    return reading.bundle.members[0][1].digest


def _standings(
    library: Library, reader: Reader, work: Work, reading: Reading, claims: Iterable[Claim]
) -> dict[str, tuple[Standing, ...]]:
    excerpts, withheld = Excerpts(reading, reader, work), WorkWish.WITHHOLD_NAME in work.wishes
    names = {
        one.digest: veiled_arrival(library.shelf.arrival(one.digest), withheld=withheld).name
        for _, one in reading.bundle.members
    }
    return {
        claim.id: tuple(
            _standing(excerpts, region, names[region.original]) for region in claim.evidence if region.original in names
        )
        for claim in claims
    }


def _standing(excerpts: Excerpts, region: Region, name: str) -> Standing:
    seen = excerpts.at(region)
    return Standing(name, seen.part, region.start, region.end, seen.before, seen.quoted, seen.after)
