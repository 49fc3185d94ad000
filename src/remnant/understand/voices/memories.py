"""Remembered passages: where somebody begins to remember, and where the telling comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from remnant.model import Block, Confidence, Range, RangeKind, Role, VoiceKind
from remnant.understand.voices.quotes import LONGEST as LONGEST_PARAGRAPH

LONGEST = 60
"""Paragraphs of one memory: what runs on for longer has become the story."""

_BEGINS = re.compile(
    r"^\W*(?:flash ?back|\*+flashback\*+)\W*$"
    r"|\b(?:[Hh]e|[Ss]he|I|[A-Z][\w'’-]+) (?:(?:still|can|could|suddenly|now|vividly|clearly) ){0,3}"
    r"(?:remember(?:s|ed)?|recall(?:s|ed)?|thinks? back|thought back)\b(?! to (?!the)| that\b)"
    r"|\b(?:memor(?:y|ies)|the past) (?:came|come|comes|flooded|flood|floods|washed|rushed|swept|hit|took)\b"
)
_GOES_ON = re.compile(
    r"\b(?:remember(?:s|ed)?|recall(?:s|ed)?|first time|that (?:night|day|morning)|years? (?:ago|before))\b"
)
_BEGINS_WITH = ("ember", "ecall", "back", "emor", "past")
_COMES_BACK_WITH = ("shook", "blink", "snap", "back", "open", "jerk", "woke", "present")
"""One of these stands in whatever these patterns find: to look for them first takes a tenth of the time."""

_COMES_BACK = re.compile(
    r"^\W*(?:end (?:of )?flash ?back|present(?: day)?|now)\W*$"
    r"|^(?:Now|Back in the present|In the present|Presently)\b"
    r"|\b(?:shook (?:his|her|my) head|blinked|snapped? (?:out|back)|(?:came|comes|come) back to the present"
    r"|open(?:s|ed) (?:his|her|my) eyes|jerked? awake|woke)\b",
    re.IGNORECASE,
)


def memories_of(blocks: Sequence[Block], first: int, last: int) -> Iterator[Range]:
    """Runs of story blocks between `first` and `last` (both included) in which something past is told as it was.

    A memory is marked only where it goes on in the next paragraph; it ends at a divider, where the telling says that
    it is back, or at a voice that breaks in. All are guesses.
    """
    at = first
    while at <= last:
        if blocks[at].role is Role.STORY and _begins(blocks[at]):
            end = _end(blocks, at, last)
            if end > at:
                yield Range(RangeKind.MEMORY, at, end, Confidence.GUESSED)
            at = end
        at += 1


def _begins(block: Block) -> bool:
    return any(sign in block.text for sign in _BEGINS_WITH) and bool(_BEGINS.search(_told(block)))


def _comes_back(text: str) -> bool:
    small = text.lower()
    may = "now" in small[:80] or any(sign in small for sign in _COMES_BACK_WITH)
    return may and bool(_COMES_BACK.search(text))


def _end(blocks: Sequence[Block], start: int, last: int) -> int:
    """The last block of a memory; the start itself where nothing says that it goes on."""
    lively = start
    for at in range(start + 1, min(last, start + LONGEST) + 1):
        block = blocks[at]
        if block.role is not Role.STORY or _comes_back(block.text[:LONGEST_PARAGRAPH]) or _breaks_in(block):
            return max(start, lively)
        lively = at
        if at - start > 3 and not _still(blocks, start, at):
            return start
    return lively


def _still(blocks: Sequence[Block], start: int, at: int) -> bool:
    """Whether within a few paragraphs something was said or remembered again: else it was only a remark."""
    near = blocks[start + 1 : at + 1]
    return any(_GOES_ON.search(_told(block)) or block.voices for block in near)


def _breaks_in(block: Block) -> bool:
    return any(voice.kind is VoiceKind.OTHER for voice in block.voices)


def _told(block: Block) -> str:
    """The paragraph without what is spoken in it."""
    text = block.text[:LONGEST_PARAGRAPH]
    for voice in reversed(block.voices):
        if voice.kind is VoiceKind.SPEECH:
            text = text[: voice.start] + text[voice.end :]
    return text
