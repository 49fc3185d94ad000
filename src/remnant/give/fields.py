"""The fields of a work with who says so, in the order in which a reader asks for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from remnant.give.clean import fit
from remnant.model import STORY_ROLES, VEILED, Claim, Confidence, Field, Person, Shown

UNKNOWN_LANGUAGE = "und"

_LABELS = {
    Field.AUTHOR: "Author",
    Field.FANDOM: "Fandom",
    Field.RELATIONSHIP: "Relationship",
    Field.CHARACTER: "Character",
    Field.GENRE: "Genre",
    Field.CATEGORY: "Category",
    Field.TAG: "Tag",
    Field.SERIES: "Series",
    Field.SUMMARY: "Summary",
    Field.LANGUAGE: "Language",
    Field.STATUS: "Status",
    Field.PUBLISHED: "Published",
    Field.UPDATED: "Updated",
    Field.DATE: "Date",
    Field.BETA: "Beta reader",
    Field.DEDICATION: "Dedication",
    Field.CHALLENGE: "Challenge",
    Field.SONG: "Song",
    Field.DISCLAIMER: "Disclaimer",
    Field.PERMISSION: "Archiving",
    Field.SOURCE_URL: "Found at",
}
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?")
_LETTERS = re.compile(r"[^\W\d_]+")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+")
_SAMPLE = 4_000


@dataclass(frozen=True, slots=True)
class Said:
    """One value of one field, and in a few words who says so."""

    field: Field
    label: str
    value: str
    by: str


def said(shown: Shown) -> tuple[Said, ...]:
    """Every value that may leave the library, one line each. What is veiled stays out of what is given back."""
    best = _best(shown.claims)
    return tuple(
        Said(field, label, *_told(value, best.get((field, value))))
        for field, label in _LABELS.items()
        for value in shown.fields.get(field, ())
        if value != VEILED and one_line(value)
    )


def values(shown: Shown, field: Field) -> tuple[str, ...]:
    """The values of a field that may leave the library, each on one line."""
    lines = (one_line(value) for value in shown.fields.get(field, ()) if value != VEILED)
    return tuple(line for line in lines if line)


def one_line(text: str) -> str:
    return " ".join(fit(text).split())


def language(shown: Shown) -> str:
    """The language somebody named, as a tag; `und` if nobody did: to name one would be to make it up."""
    return next((v for v in values(shown, Field.LANGUAGE) if _LANGUAGE_TAG.fullmatch(v)), UNKNOWN_LANGUAGE)


def right_to_left(shown: Shown) -> bool:
    """Whether most of the story's first letters are of a script that runs to the left."""
    blocks = shown.body.blocks if shown.body else ()
    letters = ""
    for block in blocks:
        if block.role in STORY_ROLES:
            letters += "".join(_LETTERS.findall(block.text[:_SAMPLE]))
        if len(letters) >= _SAMPLE:
            break
    return 2 * sum(map(len, _RIGHT_TO_LEFT.findall(letters))) > len(letters)


def length(shown: Shown) -> str:
    """`1,180 words`, `83,000 words in 20 chapters`."""
    words = f"{shown.measure.words:,} {'word' if shown.measure.words == 1 else 'words'}"
    return words if shown.measure.sections < 2 else f"{words} in {shown.measure.sections} chapters"


def _best(claims: tuple[Claim, ...]) -> dict[tuple[Field, str], Claim]:
    """The best witnessed claim of every value: a person's, else the surest rule's."""
    best: dict[tuple[Field, str], Claim] = {}
    for claim in sorted(claims, key=lambda claim: (isinstance(claim.witness, Person), claim.confidence.rank)):
        value = claim.normalised if claim.normalised is not None else claim.value
        if value is not None:
            best[claim.field, value] = claim
    return best


def _told(value: str, claim: Claim | None) -> tuple[str, str]:
    """The value in full, and who says so."""
    if claim is None:
        return one_line(value), ""
    artist = claim.detail.get("artist") if claim.field is Field.SONG else None
    return one_line(f"{value} by {artist}" if isinstance(artist, str) and artist else value), _by(claim)


def _by(claim: Claim) -> str:
    if isinstance(claim.witness, Person):
        return f"says {one_line(claim.witness.name)}"
    return _SURELY[claim.confidence]


_SURELY = {Confidence.STATED: "as stated", Confidence.LIKELY: "likely", Confidence.GUESSED: "a guess"}
