"""What to call a work: its title, else a label of our own that quotes none of the story."""

from __future__ import annotations

import re
from dataclasses import dataclass

from remnant.model import VEILED, Claim, Confidence, Field, Person, Work
from remnant.shield.veil import Veil

SHORT_ID = 6
_LONGEST_TITLE, _LONGEST_PART = 160, 60
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    titled: bool


def label_of(work: Work, veil: Veil) -> Label:
    """A stated title as it is; a guessed one as a guess; else who, what for and how long.

    All but a stated title end in the first letters of the id, so that labels differ where nothing else does, and
    are read aloud as words first.
    """
    claim = next(iter(work.settled.fields.get(Field.TITLE, ())), None)
    title = _fit(veil, claim, _LONGEST_TITLE)
    if claim is None or title is None:
        return Label(f"{_described(work, veil)} · {work.id[:SHORT_ID]}", titled=False)
    if _guessed(claim):
        return Label(f"Perhaps “{title}” · {work.id[:SHORT_ID]}", titled=False)
    return Label(title, titled=True)


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _described(work: Work, veil: Veil) -> str:
    """`Untitled, by Mara, 1,180 words, Children Of Earth`: what tells it apart, the best remembered first."""
    words = counted(work.measure.words, "word", "words") if work.measure.words else "no words read"
    author = _sure(work, Field.AUTHOR, veil)
    known = [f"by {author}" if author else None, words, _world(work, veil)]
    parts = [part for part in known if part]
    if parts == [words]:
        parts.append(f"came {work.added.day} {work.added:%B %Y}")
    return ", ".join(["Untitled", *parts])


def _world(work: Work, veil: Veil) -> str | None:
    """The fandom, else the part of a canon it spoils, else the song it names."""
    return _sure(work, Field.FANDOM, veil) or _spoiled_part(work, veil) or _sung(work, veil)


def _spoiled_part(work: Work, veil: Veil) -> str | None:
    """Only the name of the canon or its part: the spoiler's own words may tell what they warn of."""
    for claim in work.settled.fields.get(Field.SPOILER, ()):
        for name in ("canon", "part"):
            told = veil.claim(claim).detail.get(name)
            if isinstance(told, str) and told.strip():
                return _short(told, _LONGEST_PART)
    return None


def _sung(work: Work, veil: Veil) -> str | None:
    song = _sure(work, Field.SONG, veil)
    return f"to the song {song}" if song else None


def _sure(work: Work, field: Field, veil: Veil) -> str | None:
    claims = (claim for claim in work.settled.fields.get(field, ()) if not _guessed(claim))
    return next((said for claim in claims if (said := _fit(veil, claim, _LONGEST_PART))), None)


def _fit(veil: Veil, claim: Claim | None, most: int) -> str | None:
    """The claim's value on one line, or None if nothing of it may be said."""
    said = _short(veil.value(claim) or "", most) if claim is not None else ""
    return None if said in {"", VEILED} else said


def _short(text: str, most: int) -> str:
    line = " ".join(_UNFIT.sub(" ", text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _guessed(claim: Claim) -> bool:
    return claim.confidence is Confidence.GUESSED and not isinstance(claim.witness, Person)
