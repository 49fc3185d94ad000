"""The chance of losing a story: formulas, and a simulation that must agree. docs/durability.md explains both."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from bench.durability.campaign import say
from bench.quality.scores import Share, wilson

DESTROYED = 0.0157 + 0.01
"""A whole copy a year: how often disks fail (Backblaze, 2024), and one mishap of people or programs in a century."""

DAMAGED = 1e-6
"""One story in one copy a year: between the 1e-7 of well-kept disks (CERN, 2007) and the 1e-5 of old ones."""

MENDED_AFTER = 14 / 365.25
"""Years from noticing to a mended copy: a new disk has to be bought."""

AUDITS = {"every 5 years": 5.0, "yearly": 1.0, "monthly": 1 / 12}
SPANS = (10, 100, 1000)
COMMON = (1e-3, 1e-4, 1e-5)
TRIALS = 200_000
STEPS = 2_000
"""Into which the time from audit to audit is cut to sum over it."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a story is kept. `rate`: faults of one copy of it a year; `common`: events a year that take all copies."""

    copies: int
    audit: float
    rate: float = DESTROYED + DAMAGED
    common: float = 0.0


def chance(keeping: Keeping, years: float) -> float:
    """That the story is lost: one copy fails while all others stand unmended."""
    return 1 - math.exp(-(losses(keeping) + keeping.common) * years)


def losses(keeping: Keeping) -> float:
    """A year. All copies are audited on the same day, as people do: so they are all worst on the day before."""
    if keeping.copies == 1:
        return keeping.rate
    unmended = (_unmended(keeping, (step + 0.5) / STEPS * keeping.audit) for step in range(STEPS))
    return keeping.copies * keeping.rate * sum(share ** (keeping.copies - 1) for share in unmended) / STEPS


def _unmended(keeping: Keeping, since: float) -> float:
    """The chance that one copy is bad so long after an audit: until then what the audit found may not be mended."""
    exposed = since + keeping.audit if since < MENDED_AFTER else since
    return 1 - math.exp(-keeping.rate * exposed)


def simulated(keeping: Keeping, years: float, trials: int, seed: int = 1) -> tuple[float, float, float]:
    """The share of so many stories that were lost, and its interval at 95 % (Wilson)."""
    dice = random.Random(seed)
    lost = sum(_is_lost(keeping, years, dice) for _ in range(trials))
    return lost / trials, *wilson(Share(trials, lost))


def _is_lost(keeping: Keeping, years: float, dice: random.Random) -> bool:
    """One story: is there a moment at which every copy is bad, or does something take them all?"""
    if keeping.common and dice.expovariate(keeping.common) < years:
        return True
    edges: list[tuple[float, int]] = []
    for _ in range(keeping.copies):
        spells = list(_bad_spells(keeping, years, dice))
        if not spells:
            return False
        edges += [edge for begun, ended in spells for edge in ((begun, 1), (ended, -1))]
    bad = 0
    for _, change in sorted(edges):
        bad += change
        if bad == keeping.copies:
            return True
    return False


def _bad_spells(keeping: Keeping, years: float, dice: random.Random) -> Iterator[tuple[float, float]]:
    """When one copy of the story is bad: from a fault until it was noticed at an audit, and mended."""
    at = dice.expovariate(keeping.rate)
    while at < years:
        if keeping.copies == 1:
            yield at, math.inf
            return
        noticed = math.ceil(at / keeping.audit) * keeping.audit
        yield at, noticed + MENDED_AFTER
        at = noticed + MENDED_AFTER + dice.expovariate(keeping.rate)


def expected_lost(stories: int, audit: float, unmendable: float, damaged: float = DAMAGED) -> float:
    """How many of so many stories in two copies are lost in a century to a damaged story meeting a destroyed copy."""
    return 4 * stories * DESTROYED * unmendable * damaged * (audit / 2 + MENDED_AFTER) * 100


def model(*, trials: int = TRIALS) -> bool:
    """Print the tables. Whether the simulation agrees with the formula wherever it can tell."""
    worst = 1.0
    rows = ""
    for copies in (1, 2, 3, 4, 5):
        for name, audit in AUDITS.items() if copies > 1 else [("any", 1.0)]:
            keeping = Keeping(copies, audit)
            cells = []
            for years in SPANS:
                cell = f"{chance(keeping, years):.1e}"
                if years < 1000 and chance(keeping, years) * trials > 20:
                    share, low, high = simulated(keeping, years, trials)
                    cell += f" ({share:.1e}, {low:.1e} to {high:.1e})"
                    worst = _further(worst, share / chance(keeping, years))
                cells.append(cell)
            rows += f"| {copies} | {name} | {' | '.join(cells)} |\n"
    hurried, agreed = _hurried(trials)
    text = (
        "The chance that one given story is lost, by the formula; in brackets what the simulation came to, with its "
        f"interval at 95 %, where {trials:,} lives are enough to tell. 1,000 years is arithmetic only.\n\n"
        f"| copies | audit | 10 years | 100 years | 1,000 years |\n|---|---|---|---|---|\n{rows}{_common_rows()}\n"
        f"Where the simulation can tell, it came to {worst:.2f} times the formula where they differ most.\n\n"
        f"Rarer losses, with every fault ten times as frequent so that they can be seen:\n\n{hurried}\n"
        f"Stories lost in a century with two copies, because one is damaged in the copy that is left:\n\n{_counts()}"
    )
    say("model", "The chance of losing a story", "python -m bench.durability model", text)
    return agreed and 0.5 < worst < 2


def _further(one: float, other: float) -> float:
    return max(one, other, key=lambda ratio: abs(math.log(max(ratio, 1e-9))))


def _common_rows() -> str:
    rows = ""
    for common in COMMON:
        cells = " | ".join(f"{1 - math.exp(-common * years):.1e}" for years in SPANS)
        rows += f"| any | with one event in {1 / common:,.0f} years that takes all copies, at least | {cells} |\n"
    return rows


def _hurried(trials: int) -> tuple[str, bool]:
    rows, agreed = "| copies | audit | years | formula | simulated |\n|---|---|---|---|---|\n", True
    for copies, audit, years, common in (
        (3, 1.0, 100, 0.0),
        (3, 1 / 12, 100, 0.0),
        (4, 1.0, 100, 0.0),
        (3, 1.0, 100, 1e-3),
    ):
        keeping = Keeping(copies, audit, 10 * (DESTROYED + DAMAGED), common)
        share, low, high = simulated(keeping, years, trials)
        right = chance(keeping, years)
        agreed = agreed and right / 2 < high and low < right * 2
        named = "yearly" if audit == 1.0 else "monthly"
        named += f", common cause {common:.0e} a year" if common else ""
        rows += f"| {copies} | {named} | {years} | {right:.1e} | {share:.1e} ({low:.1e} to {high:.1e}) |\n"
    return rows, agreed


def _counts() -> str:
    rows = "| stories | damage a year | audit | no parity | 10 % parity that mends 99 of 100 |\n|---|---|---|---|---|\n"
    for stories in (10_000, 1_000_000):
        for damaged in (1e-7, 1e-5):
            for name, audit in AUDITS.items():
                without, with_parity = (expected_lost(stories, audit, share, damaged) for share in (1.0, 0.01))
                rows += f"| {stories:,} | {damaged:.0e} | {name} | {without:.1e} | {with_parity:.1e} |\n"
    return rows
