"""The reader: bytes in, a reading out."""

from __future__ import annotations

from collections.abc import Mapping

from remnant.model import Bundle, Digest, Original, Reading, Rule

READER = Rule("remnant", 1)
"""The reader version: the sum of its rules' versions, so it rises whenever one of them does."""


def understand(bundle: Bundle, files: Mapping[str, bytes]) -> Reading:
    """Read a bundle, given the bytes of each member by path. No bytes make it raise."""
    raise NotImplementedError


def understand_bytes(data: bytes) -> Reading:
    """Read one file that stands alone."""
    original = Original(Digest.of(data), len(data))
    return understand(Bundle.of_one(original), {"": data})
