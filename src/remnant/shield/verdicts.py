"""What one guard says to one reader."""

from __future__ import annotations

from dataclasses import dataclass

from remnant.model import Strength


@dataclass(frozen=True, slots=True)
class Verdict:
    """How strongly it keeps a work back; why, as the rest of a sentence; and a sign that the reader asked for."""

    strength: Strength = Strength.OPEN
    reason: str | None = None
    sign: str | None = None


OPEN = Verdict()


def veiled(reason: str) -> Verdict:
    return Verdict(Strength.VEILED, reason)


def hidden() -> Verdict:
    """Without a reason: whoever it is hidden from is never told that there is something."""
    return Verdict(Strength.HIDDEN)


def signed(sign: str) -> Verdict:
    return Verdict(sign=sign)
