"""How the pages say things: numbers, dates, fields and witnesses in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import groupby
from urllib.parse import quote

from remnant.model import Claim, Confidence, Field, Notice, Person, Severity

_FIELDS: Mapping[Field, str] = {
    Field.SPOILER: "spoilers",
    Field.SOURCE_URL: "source address",
    Field.WORDCOUNT: "word count as stated",
    Field.BETA: "beta reader",
    Field.PERMISSION: "archiving terms",
    Field.EMAIL: "e-mail address",
    Field.FEEDBACK: "feedback wishes",
    Field.MEDIA: "kind of work",
    Field.OTHER: "other facts",
}
_SURELY: Mapping[Confidence, str] = {
    Confidence.STATED: "as stated",
    Confidence.LIKELY: "likely",
    Confidence.GUESSED: "a guess",
}
_GRAVITY: Mapping[Severity, str] = {
    Severity.LOSS: "Something is lost",
    Severity.WARNING: "Worth a look",
    Severity.NOTE: "For your knowledge",
}
_SAYS_ITSELF = re.compile(r"\W*(content |trigger )?(warning|spoiler|rat(ed|ing)|contains|tw\b|cw\b)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")


def field_name(field: str) -> str:
    """What to call a field or a facet."""
    return _FIELDS[Field(field)] if field in _FIELDS else field.replace("_", " ")


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 work`, `1,234 works`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(moment: datetime) -> str:
    """`3 March 2009`."""
    return f"{moment.day} {moment:%B %Y}"


def minute(moment: datetime) -> str:
    return f"{day(moment)}, {moment:%H:%M} UTC" if moment.tzinfo else f"{day(moment)}, {moment:%H:%M}"


def witness(claim: Claim) -> str:
    """Who says so."""
    if isinstance(claim.witness, Person):
        return f"{claim.witness.name}, on {day(claim.witness.at)}"
    return f"Remnant’s rule “{claim.witness.name}”, version {claim.witness.version}"


def surely(claim: Claim) -> str:
    """How surely a witness says it; a person's word is their word."""
    return "their word" if isinstance(claim.witness, Person) else _SURELY[claim.confidence]


def detail(claim: Claim) -> str:
    """What a claim says beside its value, in words: "artist: Jem"; nothing that repeats the value."""
    beside = () if claim.field is Field.OTHER else claim.detail.items()
    told = ((name, value) for name, value in beside if _tells(value, claim))
    return "; ".join(f"{name.replace('_', ' ')}: {_in_words(value)}" for name, value in told)


def _tells(value: object, claim: Claim) -> bool:
    return value not in (None, "", (), False, claim.value)


def _in_words(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "yes" if value is True else str(value)


def gravity(severity: Severity) -> str:
    return _GRAVITY[severity]


def language(values: tuple[str, ...]) -> str | None:
    """A language tag a browser understands, or nothing."""
    return next((value for value in values if _LANGUAGE.fullmatch(value)), None)


def gathered(notices: Iterable[Notice]) -> list[tuple[str, list[str]]]:
    """Notices by what they are, in order: (what, texts); nothing stands for it where the author's words say it.

    Most authors begin theirs with "Warnings:" themselves; those stay whole, one by one.
    """
    named = ((_notice_name(notice), notice.text) for notice in notices)
    lines: list[tuple[str, list[str]]] = []
    for name, group in groupby(named, key=lambda pair: pair[0]):
        texts = [text for _, text in group]
        lines += [(name, texts)] if name else [("", [text]) for text in texts]
    return lines


def warning(notices: Iterable[Notice]) -> list[Notice]:
    """Those that warn. A rating warns of nothing by itself: on a card it stands among the facts."""
    return [notice for notice in notices if notice.kind is not Field.RATING]


def early(notices: Iterable[Notice]) -> list[Notice]:
    """Those that their author set before the story."""
    return [notice for notice in notices if not notice.late]


def late(notices: Iterable[Notice]) -> list[Notice]:
    """Those from further down: they may tell of the story, and wait behind one tap."""
    return [notice for notice in notices if notice.late]


def _notice_name(notice: Notice) -> str:
    return "" if _SAYS_ITSELF.match(notice.text) else field_name(notice.kind).capitalize()


def in_address(text: str) -> str:
    """The text as it stands in an address; of half a surrogate pair, which could stand in none, a question mark."""
    return quote(text, safe="/", errors="replace")


FILTERS: Mapping[str, Callable[..., object]] = {
    "field_name": field_name,
    "count": count,
    "day": day,
    "minute": minute,
    "witness": witness,
    "surely": surely,
    "gravity": gravity,
    "detail": detail,
    "language": language,
    "gathered": gathered,
    "warning": warning,
    "early": early,
    "late": late,
    "urlencode": in_address,
}
