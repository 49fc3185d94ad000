"""The line of codes that lists and newsgroups asked for as a subject: NEW VOY "Title" 2/4 [PG-13] (J/C, T)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from remnant.model import Field
from remnant.understand.normal import normal


@dataclass(frozen=True, slots=True)
class Code:
    """What some characters of a subject say: a field, or a fact that no field is for, under `label`."""

    field: Field
    start: int
    end: int
    ready: str | None = None
    label: str = ""


_SERIES = {
    "TOS": "Star Trek",
    "TAS": "Star Trek: The Animated Series",
    "TNG": "Star Trek: The Next Generation",
    "DS9": "Star Trek: Deep Space Nine",
    "VOY": "Star Trek: Voyager",
    "ENT": "Star Trek: Enterprise",
}
_STATUS = re.compile(r"(?:\[[^\]]{1,40}\]\s*+)*+(?P<said>NEW|N2U|REP|REPOST|COR|REV|REVISED|DRA|WIP|UPDATE)\b")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]?")
_NAMED = re.compile(rf"\b(?:{'|'.join(_SERIES)})\b")
_PAIR = re.compile(r"(?<![\w/])[A-Z][\w&.]{0,14}(?:/[A-Z][\w&.]{0,14}){1,3}(?![\w/])")
_RATED = re.compile(r"(?<![\w\[(-])(?:NC-?17|PG-?1[35]|FRAO|FRM[AO]?|FRT|FR13|FR15|FR18|FR21)(?![\w-])", re.IGNORECASE)
_LAST = re.compile(r"\((?P<said>[^()]{1,60})\)\s*$")
_COUNT = re.compile(r"(?<![\w/])\d{1,3}\s?(?:/|of)\s?(?:\d{1,3}(?![\w/])|\?+)", re.IGNORECASE)
_KIND = re.compile(
    r"\W*(?:fan ?)?(?:fic(?:tion|let)?|story|repost|new|rep|lemon|lime|spamfic|revised|drabble|crossover|x-?over|wip"
    r"|part|chapter|complete|adult|long|short|o?neshot)s?\W*(?:\d.*)?",
    re.IGNORECASE,
)
_TAGS = re.compile(r"\s*\[[^\[\]]{1,40}\]\s*\[(?P<said>[^\[\]]{2,30})\]")


def codes_of(subject: str, place: str) -> Iterator[Code]:
    """What a subject says beside its title, part and bracketed rating; `place` is the newsgroup or the list."""
    if found := _STATUS.match(subject):
        yield Code(Field.OTHER, *found.span("said"), label="status of the post")
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), subject)
    if "startrek" in place and (series := _NAMED.search(bare)):
        yield Code(Field.FANDOM, *series.span(), _SERIES[series[0]])
    if tagged := _tagged(subject):
        yield tagged
    for pair in _PAIR.finditer(bare):
        yield Code(Field.RELATIONSHIP, *pair.span())
    if rated := _RATED.search(bare):
        yield Code(Field.RATING, *rated.span())
    last = _LAST.search(bare)
    if last and not _COUNT.search(last["said"]) and normal(Field.RATING, last["said"])[0] is None:
        yield Code(Field.OTHER, *last.span("said"), label="codes")


_GRADED = re.compile(
    r"[\[(]\s*(?:rated:?\s+)?(?P<said>NC-?17|PG-?1[35]|PG|K\+|[GRTMKX])\s*[\])]|[,;]\s*(?P<last>PG|K\+|[GRTM])\s*$"
)


def grade_of(subject: str) -> Code | None:
    """The rating that a subject has in brackets or as its last item: "[PG]", ", R"."""
    found = _GRADED.search(subject)
    if found is None:
        return None
    group = "said" if found["said"] else "last"
    return Code(Field.RATING, *found.span(group))


def part_of(subject: str) -> Code | None:
    """Which part of how many a subject says that the post is."""
    found = _COUNT.search(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), subject))
    return Code(Field.CHAPTER, *found.span()) if found else None


def _tagged(subject: str) -> Code | None:
    """ "[FFML] [Ranma][Fic] ...": behind the list's name the story's world, if it is no kind of post."""
    found = _TAGS.match(subject)
    if found is None or _KIND.fullmatch(found["said"]) or normal(Field.RATING, found["said"])[0] is not None:
        return None
    return None if _COUNT.search(found["said"]) else Code(Field.FANDOM, *found.span("said"))


_SUBJECT = re.compile(
    r"^(?:(?:re|fwd?)\s*:\s*|\[[^\]]{1,30}\]\s*|\([^)]{1,20}\)\s*"
    r"|(?:[A-Z0-9&-]{2,6} )?(?:fic|fanfic|new|repost|rep|story|revised|n2u|update|ffml)\s*:\s*)*"
    r"(?P<title>.*?)"
    r"(?:[\s,:-]*(?:[\[(]\s*(?:\d{1,3}|\?)\s*(?:/|of)\s*(?:\d{1,3}|\?+)\s*[\])]|\b\d{1,3}/(?:\d{1,3}|\?+)"
    r"|[\[(][^\])]{1,24}[\])]|(?:part|chap(?:ter)?s?\.?) [\w/]+))*\s*$",
    re.IGNORECASE,
)
_TITLED = re.compile(r"[\"“](?P<title>[^\"”]{2,80})[\"”]")
_COUNTED = re.compile(r"(?<=\w)\s*[\[(]\s*(?:\d{1,3}|\?)\s*(?:/|of)\s*(?:\d{1,3}|\?{1,3})\s*[\])]", re.IGNORECASE)


def title_in(subject: str) -> re.Match[str] | None:
    """The title that the subject of a typed head names: what is quoted in it, or what stands before its (1/3)."""
    counted = _COUNTED.search(subject)
    found = _TITLED.search(subject) or _SUBJECT.match(subject[: counted.end()] if counted else subject)
    return found if found is not None and found["title"].strip() else None
