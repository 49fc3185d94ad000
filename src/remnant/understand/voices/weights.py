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

    tag: float = 5.61
    apart: float = 3.85
    after: float = 2.10
    before: float = 3.93
    """Somebody named says so beside the words, or in the same breath; does something after them, or before."""

    he_tag: float = 1.07
    he_apart: float = 1.15
    he_after: float = 1.29
    he_before: float = -0.40
    """The same of a pronoun that fits; what follows: of one that does not, and of whom it most likely means."""

    not_he_tag: float = -3.82
    not_he_apart: float = -2.98
    not_he_after: float = -1.04
    not_he_before: float = -1.78
    meant_tag: float = 0.42
    meant_deed: float = -0.25
    meant_here: float = 0.90
    beside_he: float = -2.41

    noun: float = 4.42
    noun_of_many: float = 1.81
    """ "The waiter" says so; "the man" does, who may be somebody named."""
    noun_fits: float = 0.73
    noun_does_not: float = -1.07

    first_here: float = 0.52
    named_here: float = 1.01
    """Named in the paragraph beside what is said: as the first, or somewhere."""

    calls: float = -7.27
    speaks_of: float = -2.25
    called_before: float = 2.18
    called_after: float = 1.52
    spoken_of_before: float = -0.05
    told_of_before: float = 0.74
    """Names inside what is said, in this turn and in those beside it."""

    told_of: float = 0.98
    told_last: float = 0.29
    rank: float = -0.10
    soon: float = -0.91
    partner: float = 0.12
    often: float = 0.05
    often_named: float = 0.15
    narrator: float = 0.0

    somebody: float = 1.37
    """Somebody else than all that are near."""

    same_bare: float = -0.32
    same_told: float = 0.90
    same_after: float = 2.29
    back_bare: float = 3.90
    back_told: float = 2.54
    back_after: float = 1.88
    back_in_a_crowd: float = -0.28
    goes_on: float = 2.41
    """Whoever has just spoken speaks again, or whoever spoke before: in nothing but words, in words with telling
    beside them, or after telling; or a speech goes on that was not closed."""

    evened: float = 0.63
    raised: float = 0.03
    """The chain knows only its own cues and is too sure: the logarithm of odds that comes out is drawn in."""


WEIGHTS = Weights()
