"""Counts of right and wrong, and how far chance could have moved them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bench.quality.answers import Answer
from bench.quality.labels import ABSENT, Truth

FOLDS = {
    "warning": ("header",),
    "spoiler": ("header", "note"),
    "summary": ("header",),
    "epigraph": ("story",),
    "lyrics": ("story",),
    "letter": ("story",),
}
"""Where a set of labels has no such role, what it calls the same thing."""


@dataclass(frozen=True)
class Count:
    """True and false positives, false negatives."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else None


@dataclass(frozen=True)
class Share:
    of: int = 0
    good: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.of + other.of, self.good + other.good)


@dataclass(frozen=True)
class Score:
    """What one answer, or many added up, got right."""

    roles: Mapping[str, Count] = field(default_factory=dict)
    fields: Mapping[str, Count] = field(default_factory=dict)
    invented: int = 0
    story: Count = field(default_factory=Count)
    others: Share = field(default_factory=Share)
    """Files that are no stories, and how many were not taken for one."""
    lines: Share = field(default_factory=Share)
    begins: Share = field(default_factory=Share)
    ends: Share = field(default_factory=Share)
    untouched: Share = field(default_factory=Share)

    def __add__(self, other: Score) -> Score:
        return Score(
            _added(self.roles, other.roles),
            _added(self.fields, other.fields),
            self.invented + other.invented,
            self.story + other.story,
            self.others + other.others,
            self.lines + other.lines,
            self.begins + other.begins,
            self.ends + other.ends,
            self.untouched + other.untouched,
        )


def _added(one: Mapping[str, Count], two: Mapping[str, Count]) -> dict[str, Count]:
    return {key: one.get(key, Count()) + two.get(key, Count()) for key in sorted({*one, *two})}


def score(truth: Truth, answer: Answer, vocabulary: frozenset[str]) -> Score:
    """One file. `vocabulary` is the roles that the set of labels knows; fields of no story count not."""
    pairs = [(right, _folded(answer.roles.get(n), right, vocabulary)) for n, right in truth.roles.items()]
    fields, invented = _fields(truth, answer) if truth.is_story else ({}, 0)
    result = Score(
        roles=_roles(pairs),
        fields=fields,
        invented=invented,
        story=_judged(truth.is_story, answer.is_story),
        others=Share(int(not truth.is_story), int(not truth.is_story and not answer.is_story)),
        lines=Share(len(pairs), sum(said in right for right, said in pairs)),
    )
    return result + _edges(truth, answer, fields) if truth.is_story else result


def _folded(said: str | None, right: tuple[str, ...], vocabulary: frozenset[str]) -> str | None:
    if said is None or said in vocabulary:
        return said
    names = FOLDS.get(said, (said,))
    return next((name for name in names if name in right), names[0])


def _roles(pairs: list[tuple[tuple[str, ...], str | None]]) -> dict[str, Count]:
    found: dict[str, Count] = {}
    for right, said in pairs:
        if said is not None and said in right:
            found[right[0]] = found.get(right[0], Count()) + Count(right=1)
            continue
        found[right[0]] = found.get(right[0], Count()) + Count(missed=1)
        if said is not None:
            found[said] = found.get(said, Count()) + Count(wrong=1)
    return found


def _judged(truth: bool, said: bool) -> Count:
    return Count(right=int(truth and said), wrong=int(said and not truth), missed=int(truth and not said))


def _fields(truth: Truth, answer: Answer) -> tuple[dict[str, Count], int]:
    """A value for a labelled field is right, or wrong; for a field that the file does not state it is invented."""
    found: dict[str, Count] = {}
    invented = 0
    for name in sorted({*truth.fields, *truth.also} | ({*answer.fields} & JUDGED)):
        said, right, also = (compared(name, one.get(name, ())) for one in (answer.fields, truth.fields, truth.also))
        found[name] = _count(said, right, also)
        if not right and not also:
            invented += len(said)
    return found, invented


JUDGED = frozenset({"title", "author", "fandom", "rating", "summary", "song", "spoiler", "relationship", "character"})
"""Fields whose blanks the labels vouch for; of others a label only says what is surely stated."""


def _count(said: list[str], right: list[str], also: list[str]) -> Count:
    good = [value for value in said if value in right or value in also]
    missed = [value for value in right if value not in said]
    if missed and (ABSENT in also or any(value in also for value in said)):
        missed = []
    return Count(len(good), len(said) - len(good), len(missed))


LISTS = frozenset({"warning", "character", "fandom", "relationship", "tag", "genre"})
_ITEMS = re.compile(r"\s*[,;]\s*(?:and\s+|&\s*)?(?![^()\[\]]*[)\]])")


def items(name: str, value: str) -> list[str]:
    """The items of a list field, cut at commas and semicolons outside brackets; other values stay whole."""
    return _ITEMS.split(value) if name in LISTS else [value]


def compared(name: str, values: Sequence[str]) -> list[str]:
    """The values of a field as they are compared: a label and a rule may have cut the same list otherwise."""
    return list(dict.fromkeys(same(item) for value in values for item in items(name, value)))


def same(value: str) -> str:
    """Case, white space, quotation marks and a full stop do not make another value."""
    plain = value.casefold().translate(str.maketrans("“”‘’", "\"\"''"))
    return " ".join(plain.split()).strip(" .\"'*")


def _edges(truth: Truth, answer: Answer, fields: Mapping[str, Count]) -> Score:
    begins = answer.begins in truth.begins
    ends = answer.ends in truth.ends
    named = all(not (fields[name].wrong or fields[name].missed) for name in ("title", "author") if name in fields)
    whole = begins and ends and named and _chapters(truth, answer) and answer.is_story
    return Score(begins=Share(1, int(begins)), ends=Share(1, int(ends)), untouched=Share(1, int(whole)))


def _chapters(truth: Truth, answer: Answer) -> bool:
    """Every heading that can be nothing else was found, and nothing else was called one."""
    surely = {number for number in truth.chapters if truth.roles[number] == ("chapter_heading",)}
    said = {number for number in answer.chapters if number in truth.roles}
    return surely <= said and all("chapter_heading" in truth.roles[number] for number in said)


def wilson(share: Share, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share; it stays within 0 and 1 and is honest for few cases."""
    if not share.of:
        return 0.0, 1.0
    p, n = share.good / share.of, share.of
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half))


def bootstrap(counts: Sequence[Count], draws: Sequence[Sequence[int]]) -> tuple[float, float]:
    """The 95 % interval of F1 when whole files are drawn again: lines of one file stand and fall together."""
    figures = sorted(value for draw in draws if (value := _f1([counts[i] for i in draw])) is not None)
    if not figures:
        return 0.0, 1.0
    return figures[len(figures) * 25 // 1000], figures[min(len(figures) - 1, len(figures) * 975 // 1000)]


def _f1(counts: Sequence[Count]) -> float | None:
    right = sum(count.right for count in counts)
    whole = 2 * right + sum(count.wrong + count.missed for count in counts)
    return 2 * right / whole if whole else None


def total(scores: Sequence[Score]) -> Score:
    whole = Score()
    for one in scores:
        whole = whole + one
    return whole
