"""`remnant show`: everything claimed of a work, who says so, how surely, and where it stands written."""

from __future__ import annotations

import argparse

from remnant.cli import cards, opened, terminal
from remnant.cli.terminal import clean, counted, folded
from remnant.library import records
from remnant.library.knowing import Standing, came, known, standings_of
from remnant.library.listing import Noted, findings
from remnant.library.tellings import Telling, tellings
from remnant.library.unveiling import once
from remnant.model import Arrival, Claim, Person, Shown
from remnant.settings import Settings


def run(wish: argparse.Namespace, settings: Settings) -> int:
    with opened.up_to_date(settings) as library:
        reader = opened.reader(library, settings)
        reader = once(library, reader, wish.work) if wish.open else reader
        shown = known(library, reader, wish.work)
        places = standings_of(library, reader, shown.work)
        arrivals = came(library, reader, shown.work).arrivals
        noted = findings(library, reader, work=shown.work)
        told = () if shown.veiled else tellings(library, reader, shown.work)
    if wish.json:
        terminal.result_json(records.work(shown, places, arrivals, noted, told))
    else:
        terminal.result(*lines(shown, places, arrivals, noted), *_part("Tellings of it", list(map(_telling, told))))
    return 0


def lines(
    shown: Shown, places: dict[str, tuple[Standing, ...]], arrivals: tuple[Arrival, ...], noted: tuple[Noted, ...]
) -> list[str]:
    if shown.veiled:
        return [*cards.veiled_lines(shown), "", f"To look once: remnant show {shown.work} --open"]
    said = [line for claim in shown.claims for line in _claim(claim, places.get(claim.id, ()))]
    return [
        cards.head(shown),
        *cards.notice_lines(shown.notices),
        *cards.sign_lines(shown),
        f"  {shown.kind.value}, {counted(shown.measure.sections, 'section')}, added {shown.added:%Y-%m-%d}",
        *(line for why in shown.why for line in folded(why, "  ")),
        *_part("What is known", [line for name, values in shown.fields.items() for line in _field(name, values)]),
        *_part("Who says so", said),
        *_part("What to know of the file", [line for one in noted for line in _finding(one)]),
        *_part("How it came", [line for arrival in arrivals for line in _arrival(arrival)]),
    ]


def _telling(one: Telling) -> str:
    return f"  {cards.head(one.shown)}{' (stands on the shelf)' if one.first else ''}"


def _part(title: str, body: list[str]) -> list[str]:
    return ["", title, *body] if body else []


def _field(name: str, values: tuple[str, ...]) -> list[str]:
    return folded("; ".join(values) or "none, a person says", f"  {name:<13} ", " " * 16)


def _claim(claim: Claim, places: tuple[Standing, ...]) -> list[str]:
    """What is claimed, by whom, how surely; then the words it was read from, in their place."""
    return [*folded(f"{_word(claim)} ({_witness(claim)}; claim {claim.id})", "  ", "    "), *map(_place, places)]


def _word(claim: Claim) -> str:
    if claim.withdraws is not None:
        return f"withdraws claim {claim.withdraws}"
    value = "none" if claim.value is None else claim.value
    normal = f" = {claim.normalised}" if claim.normalised not in (None, claim.value) else ""
    replaces = f", instead of claim {claim.replaces}" if claim.replaces else ""
    return f"{claim.field.value}: {value}{normal}{replaces}"


def _witness(claim: Claim) -> str:
    if isinstance(claim.witness, Person):
        return f"{claim.witness.name} says so, {claim.witness.at:%Y-%m-%d}"
    return f"{claim.confidence.value}, rule {claim.witness.name} {claim.witness.version}"


def _place(place: Standing) -> str:
    around = f"{place.before[-30:]}[{place.here}]{place.after[:30]}"
    part = f"{place.part} " if place.part else ""
    return clean(f"      at {part}{place.start}-{place.end}: {' '.join(around.split())}")


def _finding(noted: Noted) -> list[str]:
    return folded(f"{noted.finding.severity.value}: {noted.finding.message} ({noted.finding.code})", "  ", "    ")


def _arrival(arrival: Arrival) -> list[str]:
    name = " > ".join((*arrival.inside, arrival.name))
    return [f"  {arrival.at:%Y-%m-%d %H:%M} {clean(name)}", f"    original {arrival.original.digest.hex[:32]}..."]
