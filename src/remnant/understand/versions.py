"""The version of every rule, in one place: who only wants to know which reader this is need not load its rules.

Whatever changes what a rule says of any file raises its number here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from remnant.model import Rule

VERSIONS: Mapping[str, int] = MappingProxyType(
    {
        "addresses": 1,
        "asides": 4,
        "beginnings": 8,
        "blends": 1,
        "boards": 1,
        "boxed": 3,
        "calibre": 1,
        "closing": 16,
        "correspondence": 2,
        "dating": 1,
        "dialect ao3": 3,
        "dialect archive pages": 1,
        "dialect automated archive": 2,
        "dialect efiction": 2,
        "dialect efiction dump": 3,
        "dialect fanficfare": 6,
        "dialect ff2ebook": 1,
        "dialect ffn": 3,
        "dialect fichub": 2,
        "dialect journal": 4,
        "dialect leech": 1,
        "dialect remnant": 4,
        "dialect screenplay": 1,
        "dialect wattpad": 3,
        "dialect xenforo": 3,
        "endings": 4,
        "envelope": 6,
        "facts": 7,
        "formats": 23,
        "frame": 7,
        "furniture": 10,
        "inserts": 6,
        "kinds": 10,
        "likeness": 1,
        "listed": 3,
        "noted": 2,
        "opening": 33,
        "overheard": 8,
        "pointers": 1,
        "songs": 2,
        "structure": 5,
        "styled": 3,
        "surroundings": 2,
        "voices": 3,
    }
)
"""One line a rule, a dialect or all formats together, in the order of the alphabet."""

READER = Rule("remnant", sum(VERSIONS.values()))
"""The reader version: the sum of all others, so it rises whenever one of them does."""


def rule_named(name: str) -> Rule:
    """The rule of this name, as a witness; KeyError if it has no version."""
    return Rule(name, VERSIONS[name])
