"""What a reader may be shown of a work, and why: one pure function of the work, the reader and the canons.

It looks at each guard by itself; the strictest decides. So whoever keeps many works by their guards decides alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from remnant.model import Field, ProfileKind, Reader, Strength, Wish, WishHow, WishKind, Work, WorkWish
from remnant.shield.canons import Canons
from remnant.shield.guards import SCALE, Guard, GuardKind, guards_of
from remnant.shield.matching import first_match
from remnant.shield.spoilers import judge_spoiler
from remnant.shield.veil import Veil, veil_of
from remnant.shield.verdicts import OPEN, Verdict, hidden, signed, veiled

NO_CANONS = Canons.of(())

_ANY = "any"
"""As the highest rating wished for: also what is not rated."""

_HIGHEST = {ProfileKind.CHILD: "general", ProfileKind.GUEST: "teen"}
"""The highest rating shown to those who have no wish of their own, and may open nothing."""

TAGS = (Field.TAG, Field.GENRE, Field.CATEGORY)


@dataclass(frozen=True, slots=True)
class Decision:
    """How much is shown, why it is not all, and the signs that the reader asked for."""

    strength: Strength = Strength.OPEN
    reasons: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.strength is Strength.OPEN


def decide(work: Work, reader: Reader, canons: Canons = NO_CANONS, veil: Veil | None = None) -> Decision:
    """What this reader may be shown of a work; `veil` if it is at hand already."""
    veil = veil or veil_of(work)
    verdicts = [judge(guard, reader, canons) for guard in guards_of(work, veil)]
    verdicts += [judge_value(facet, value, reader) for facet, value in _values(work, veil)]
    return _decided(verdicts, opened=work.id in reader.opened and reader.is_trusted)


def judge(guard: Guard, reader: Reader, canons: Canons) -> Verdict:
    """What one guard says to a reader."""
    if guard.kind is GuardKind.WISH:
        return _of_its_people(guard, reader)
    if reader.kind is ProfileKind.KEEPER:
        return OPEN
    match guard.kind:
        case GuardKind.RATING:
            return _rating(guard.value, reader)
        case GuardKind.SPOILER:
            return _firmly(judge_spoiler(guard, reader, canons), reader)
        case GuardKind.WARNING:
            return _warning(guard.value or "", reader)
        case GuardKind.PERHAPS:
            return _perhaps(guard.value or "", reader)
        case GuardKind.SILENT:
            return _silent(reader)
    return _firmly(veiled("its author warns of more than can be looked at here"), reader)


def judge_value(facet: str, value: str, reader: Reader) -> Verdict:
    """What a tag or a fandom says to a reader who has wishes about such."""
    wish = first_match(_wishes(reader, facet), value) if reader.kind is not ProfileKind.KEEPER else None
    return _firmly(_wished(wish, f"the {facet} “{value}”"), reader) if wish else OPEN


def wary_of(reader: Reader) -> frozenset[str]:
    """The facets whose values matter to this reader."""
    if reader.kind is ProfileKind.KEEPER:
        return frozenset()
    return frozenset(facet for facet in ("tag", "fandom") if any(True for _ in _wishes(reader, facet)))


def _decided(verdicts: Iterable[Verdict], *, opened: bool) -> Decision:
    verdicts = list(verdicts)
    strength = max((verdict.strength for verdict in verdicts), default=Strength.HIDDEN)
    signs = tuple(dict.fromkeys(verdict.sign for verdict in verdicts if verdict.sign))
    reasons = tuple(dict.fromkeys(v.reason for v in verdicts if v.reason and v.strength > Strength.OPEN))
    if strength is Strength.VEILED and opened:
        return Decision(Strength.OPEN, (), (*signs, *(f"You opened it, though {reason}." for reason in reasons)))
    return Decision(strength, tuple(f"Veiled: {reason}." for reason in reasons), signs)


def _values(work: Work, veil: Veil) -> Iterator[tuple[str, str]]:
    for facet, fields in (("tag", TAGS), ("fandom", (Field.FANDOM,))):
        for field in fields:
            for claim in work.settled.fields.get(field, ()):
                if said := veil.value(claim):
                    yield facet, said


def _wishes(reader: Reader, facet: str) -> Iterator[Wish]:
    """What is wished of warnings holds for tags too, and the other way round: authors warn in both."""
    kinds = (WishKind.FANDOM,) if facet == "fandom" else (WishKind.TAG, WishKind.WARNING)
    return (wish for wish in reader.wishes if wish.kind in kinds)


def _wished(wish: Wish, what: str) -> Verdict:
    match wish.how:
        case WishHow.HIDE:
            return hidden()
        case WishHow.VEIL:
            return veiled(f"it has {what}, and you asked to have “{wish.value}” veiled")
        case WishHow.SIGN:
            return signed(f"You asked for a sign: it has {what}.")
    return OPEN


def _of_its_people(guard: Guard, reader: Reader) -> Verdict:
    """What persons wished of a work holds against every reader, the keeper too."""
    if guard.value == WorkWish.SEAL or (guard.value == WorkWish.PRIVATE and reader.beyond):
        return hidden()
    return OPEN


def _rating(value: str | None, reader: Reader) -> Verdict:
    """What nobody rated is above every limit but “any”: unknown is not General."""
    wish = next((wish for wish in reader.wishes if wish.kind is WishKind.RATING), None)
    highest = wish.value if wish else _HIGHEST.get(reader.kind, _ANY)
    if highest == _ANY or (value in SCALE and highest in SCALE and SCALE.index(value) <= SCALE.index(highest)):
        return OPEN
    said = f"it is rated {value}" if value in SCALE else "nobody says how it is rated"
    if wish is None:
        return hidden()
    return _firmly(_rated(wish, said), reader)


def _rated(wish: Wish, said: str) -> Verdict:
    match wish.how:
        case WishHow.VEIL:
            return veiled(f"{said}, and you asked for nothing above {wish.value}")
        case WishHow.SIGN:
            return signed(f"You asked for a sign: {said}.")
        case WishHow.SHOW:
            return OPEN
    return hidden()


def _warning(value: str, reader: Reader) -> Verdict:
    wish = first_match(_wishes(reader, "tag"), value)
    if wish is not None:
        return _firmly(_wished(wish, f"the warning “{value}”"), reader)
    return hidden() if reader.kind is ProfileKind.CHILD else OPEN


def _perhaps(value: str, reader: Reader) -> Verdict:
    """A rule's guess never hides from those who may look for themselves."""
    wish = first_match(_wishes(reader, "tag"), value)
    if wish is None or wish.how is WishHow.SHOW:
        return hidden() if reader.kind is ProfileKind.CHILD else OPEN
    if wish.how is WishHow.SIGN:
        return signed(f"You asked for a sign: it may contain “{value}”; nobody says so.")
    return _firmly(veiled(f"it may contain “{value}” (nobody says so), and you asked for none of it"), reader)


def _silent(reader: Reader) -> Verdict:
    """An author who would not say has not said that there is nothing."""
    if reader.kind is ProfileKind.CHILD:
        return hidden()
    minded = [wish for wish in _wishes(reader, "tag") if wish.how in (WishHow.HIDE, WishHow.VEIL)]
    minded = [wish for wish in minded if wish.kind is WishKind.WARNING]
    if not minded:
        return OPEN
    named = ", ".join(sorted(wish.value for wish in minded))
    return _firmly(veiled(f"its author chose not to warn, and you asked for none of: {named}"), reader)


def _firmly(verdict: Verdict, reader: Reader) -> Verdict:
    """For those who may open nothing, what would be veiled is hidden."""
    return verdict if reader.is_trusted or verdict.strength is not Strength.VEILED else hidden()
