"""What each cue weighs when it is decided who speaks.

A turn's people are weighed in a chain: what speaks for each of them by itself, and whether they have just spoken. The
weights are logarithms of odds, fitted by `python -m bench.voices.fitting`, which says to what; so what comes
out is a chance, and not only an order.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """One number a cue. What somebody does beside the words comes in four ways: see `Way`."""

    tag: float = 5.63
    apart: float = 3.89
    after: float = 2.20
    before: float = 4.08
    """Somebody named says so beside the words, or in the same breath; does something after them, or before."""

    he_tag: float = 1.02
    he_apart: float = 1.09
    he_after: float = 1.21
    he_before: float = -0.12
    """The same of a pronoun that fits; what follows: of one that does not, and of whom it most likely means."""

    not_he_tag: float = -3.60
    not_he_apart: float = -2.49
    not_he_after: float = -1.08
    not_he_before: float = -1.49
    meant_tag: float = 0.35
    meant_deed: float = -0.17
    meant_here: float = 1.12
    beside_he: float = -1.58

    noun: float = 4.45
    noun_of_many: float = 1.84
    """ "The waiter" says so; "the man" does, who may be somebody named."""
    noun_fits: float = 0.71
    noun_does_not: float = -1.44

    first_here: float = 0.41
    named_here: float = 0.98
    """Named in the paragraph beside what is said: as the first, or somewhere."""

    calls: float = -7.05
    speaks_of: float = -2.13
    called_before: float = 2.11
    called_after: float = 1.49
    spoken_of_before: float = -0.04
    told_of_before: float = 0.71
    """Names inside what is said, in this turn and in those beside it."""

    told_of: float = 0.96
    told_last: float = 0.29
    rank: float = -0.10
    soon: float = -0.87
    partner: float = 0.10
    often: float = 0.07
    often_named: float = 0.13
    narrator: float = 0.0

    somebody: float = 1.27
    """Somebody else than all that are near."""

    same_bare: float = -0.29
    same_told: float = 0.86
    same_after: float = 2.27
    back_bare: float = 3.79
    back_told: float = 2.33
    back_after: float = 1.73
    back_in_a_crowd: float = -0.8
    goes_on: float = 2.38
    """Whoever has just spoken speaks again, or whoever spoke before: in nothing but words, in words with telling
    beside them, or after telling; or a speech goes on that was not closed."""


WEIGHTS = Weights()
