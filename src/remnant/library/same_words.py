"""A story known again by its words, in whatever file, markup or letters: so that it is named, never to refuse it.

The words are sampled: of all runs of some words, those with the smallest digests. Two texts that are mostly the same
have mostly the same sample, whatever was added; who has neither cannot guess what a sample was taken of.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from heapq import nsmallest

from remnant.keep.tombstones import Tombstones
from remnant.model import Digest

RUN = 12
"""Words in a row: too many to be guessed, and to be the same by chance."""
SAMPLE = 32
ENOUGH = 8
"""Runs that must be the same, and at least a quarter of the sample: fewer may be a quotation."""

_WORD = re.compile(r"\w+")


def sampled(text: str) -> tuple[Digest, ...]:
    """The sample of a text; nothing of one too short to be told from others."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    digests = (hashlib.sha512(run.encode("utf-8", "surrogatepass")).hexdigest() for run in runs)
    smallest = nsmallest(SAMPLE, digests)
    return tuple(map(Digest, smallest)) if len(smallest) >= ENOUGH else ()


def was_forgotten(stones: Tombstones, text: str) -> bool:
    """Whether a tombstone was set for a story that says much the same."""
    if not any(stone.words for stone in stones.all()):
        return False
    sample = sampled(text)
    return bool(sample) and stones.shared(sample) >= max(ENOUGH, len(sample) // 4)
