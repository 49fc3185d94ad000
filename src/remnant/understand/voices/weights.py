"""What each cue weighs when it is decided who speaks.

A turn's people are weighed in a chain: what speaks for each of them by itself, and whether they have just spoken. The
weights are logarithms of odds, fitted by `python -m bench.voices.fitting`, which says to what. How surely the likeliest
speaks is weighed after that.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure it is that whoever came out likeliest speaks: one number for each sign of it, and the logarithms of odds
    are their sum. The chain's own chance is only one of them, since the chain knows nothing but its own cues."""

    odds: float = 0.405
    ahead: float = 0.337
    second: float = 0.185
    somebody: float = 0.088
    """The chance of the likeliest as logarithm of odds; how many times it is the second's; the second's, and that of
    somebody else."""

    said: float = 0.906
    fits: float = 0.322
    """The paragraph says so by name, or by a pronoun that fits."""

    part: float = 0.083
    often: float = -0.060
    """What part of all turns is this one's, and how often the telling says so by name: logarithms."""

    around: float = 1.574
    crowd: float = -0.070
    """How likely the likeliest of the turns around are, and how many people these are."""

    goes_on: float = -0.455
    went_on: float = -0.538
    """The turn before is the same one's, or the turn after."""

    several_words: float = -0.043
    a_name: float = 1.378
    always: float = -1.797


@dataclass(frozen=True, slots=True)
class Weights:
    """One number a cue. What somebody does beside the words comes in four ways: see `Way`."""

    tag: float = 5.27
    apart: float = 2.75
    after: float = 2.51
    before: float = 3.59
    """Somebody named says so beside the words, or in the same breath; does something after them, or before."""

    he_tag: float = 1.18
    he_apart: float = 0.96
    he_after: float = 1.26
    he_before: float = -0.05
    """The same of a pronoun that fits; what follows: of one that does not, and of whom it most likely means."""

    not_he_tag: float = -3.95
    not_he_apart: float = -2.53
    not_he_after: float = -1.12
    not_he_before: float = -1.80
    meant_tag: float = 0.70
    meant_deed: float = 0.29
    meant_here: float = 0.89
    meant_here_tag: float = 0.63
    beside_he: float = -2.30

    noun: float = 3.37
    noun_of_many: float = 1.39
    """ "The waiter" says so; "the man" does, who may be somebody named."""
    noun_fits: float = 0.59
    noun_does_not: float = -1.13

    first_here: float = 0.14
    named_here: float = 1.53
    named_after: float = -0.69
    to_whom: float = -0.84
    """Named in the paragraph beside what is said: as the first, somewhere, after words were said; behind "to"."""

    calls: float = -7.13
    speaks_of: float = -2.52
    called_before: float = 2.09
    called_after: float = 1.22
    spoken_of_before: float = 0.02
    told_of_before: float = 0.69
    """Names inside what is said, in this turn and in those beside it."""

    sir_here: float = -0.84
    sir_beside: float = 0.07
    sir_not_beside: float = -0.98
    """Somebody is called "sir" or "madam": of those who may be, who says so; beside it, who may and may not."""

    told_of: float = 1.08
    told_last: float = 0.30
    told_next: float = -1.11
    nearest: float = 0.15
    rank: float = -0.06
    far: float = -0.41
    soon: float = -1.41
    soon_two: float = -0.65
    partner: float = 0.07
    takes_part: float = 0.42
    often: float = -0.07
    often_named: float = 0.21
    narrator: float = 1.39

    somebody: float = 1.74
    """Somebody else than all that are near."""

    same_bare: float = -0.27
    same_told: float = 0.87
    same_after: float = 2.55
    back_bare: float = 3.86
    back_told: float = 2.62
    back_after: float = 2.05
    same_far: float = -1.01
    back_far: float = -1.06
    same_asked: float = -0.85
    back_turned: float = -0.50
    back_in_a_crowd: float = -0.37
    goes_on: float = 2.25
    """Whoever has just spoken speaks again, or whoever spoke before: in nothing but words, in words with telling
    beside them, after telling, or after more of it; who has just asked, or has turned to somebody by name who is not
    the one before; or a speech goes on that was not closed."""


WEIGHTS = Weights()
SURENESS = Sureness()
