"""Settling: the one place where claims become the values a work is shown with."""

from __future__ import annotations

from collections.abc import Iterable

from remnant.model import Claim, Settled


def settle(claims: Iterable[Claim]) -> Settled:
    """Choose among claims; the order they come in never matters, and a person outranks a rule."""
    raise NotImplementedError
