"""Normal forms, to stand beside what was found and never in its place. None where there is no sure one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from types import MappingProxyType

from remnant.model import Detail, Field
from remnant.understand.cautions import caution_of
from remnant.understand.notices import spoiler_said
from remnant.understand.scales import level_of

Normal = tuple[str | None, Detail]
"""A normal form, if there is one, and what else the value says."""

NOTHING: Detail = MappingProxyType({})

LONGEST = 400
"""A longer value is prose, and has no normal form."""


def normal(field: Field, value: str) -> Normal:
    """The normal form of a value of this field, and its detail."""
    rule = _RULES.get(field)
    return rule(value) if rule and len(value) <= LONGEST else (None, NOTHING)


def rating(value: str) -> Normal:
    """Ratings of every system, as the five that the largest archive knows."""
    return level_of(value), NOTHING


def warning(value: str) -> Normal:
    """What is warned of, under one name."""
    return caution_of(value), NOTHING


def spoiler(value: str) -> Normal:
    """What a notice says, as if it stood behind its label: canon, parts and relation."""
    return spoiler_said(value)


_DONE = re.compile(r"^(?:yes|complete[d]?|finished|done|one-?shot)\b", re.IGNORECASE)
_GOING = re.compile(
    r"^(?:no\b|in[- ]?progress|wip\b|ongoing|incomplete|unfinished|work in progress|not complete)", re.IGNORECASE
)
_LEFT = re.compile(r"\b(?:abandoned|discontinued|on hiatus|hiatus|dropped)\b", re.IGNORECASE)


def status(value: str) -> Normal:
    if found := _LEFT.search(value):
        return ("hiatus" if "hiatus" in found[0].lower() else "abandoned"), NOTHING
    if _DONE.match(value):
        return "complete", NOTHING
    return ("in progress" if _GOING.match(value) else None), NOTHING


_LANGUAGES = {
    "en": "english|en-us|en-gb|eng|en_us|en_gb",
    "de": "german|deutsch|ger|deu|de-de",
    "fr": "french|français|francais|fre|fra|fr-fr",
    "es": "spanish|español|espanol|castellano|spa|es-es",
    "it": "italian|italiano|ita",
    "pt": "portuguese|português|portugues|por",
    "pt-br": "português brasileiro|brazilian portuguese|pt_br|portuguese (brazil)",
    "nl": "dutch|nederlands|nld|dut",
    "pl": "polish|polski|język polski|pol",
    "ru": "russian|русский|rus",
    "sv": "swedish|svenska|swe",
    "fi": "finnish|suomi|fin",
    "da": "danish|dansk|dan",
    "no": "norwegian|norsk|nor",
    "cs": "czech|čeština|ces|cze",
    "hu": "hungarian|magyar|hun",
    "tr": "turkish|türkçe|tur",
    "zh": "chinese|中文|zho|chi|zh-cn|zh-tw|中文-普通话 國語",
    "ja": "japanese|日本語|jpn",
    "ko": "korean|한국어|kor",
    "id": "indonesian|bahasa indonesia|ind",
    "vi": "vietnamese|tiếng việt|vie",
    "uk": "ukrainian|українська|ukr",
    "he": "hebrew|עברית|heb",
    "ar": "arabic|العربية|ara",
    "la": "latin|lingua latina|lat",
    "eo": "esperanto|epo",
    "ro": "romanian|română|ron|rum",
    "el": "greek|ελληνικά|ell|gre",
}
_LANGUAGE_OF = {name: code for code, names in _LANGUAGES.items() for name in [code, *names.split("|")]}


def language(value: str) -> Normal:
    key = " ".join(value.lower().strip(" .").split())
    return _LANGUAGE_OF.get(key) or _LANGUAGE_OF.get(key.split("-")[0]), NOTHING


_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,.-]*(?:of\s+)?{_MONTH}[\s,.'-]*(?P<year>\d{{4}})\b",
        rf"\b{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*(?P<year>\d{{4}})\b",
        rf"\b{_MONTH}[\s,-]*(?P<year>\d{{4}})\b",
        r"^\D{0,12}(?P<year>(?:19|20)\d{2})\D{0,3}$",
    )
)
_NUMBERED = re.compile(r"\b(?P<first>\d{1,2})[-/.](?P<second>\d{1,2})[-/.](?P<year>\d{4}|\d{2})\b")


def date(value: str) -> Normal:
    """ISO dates, as exact as the value is: `detail.precision` is day, month or year.

    Of 03/04/2009 nobody can say which is the month: its precision is the year, and `detail.ambiguous` is set.
    """
    for pattern in _DATES:
        if found := pattern.search(value):
            return _iso(found.groupdict())
    if found := _NUMBERED.search(value):
        return _from_numbers(int(found["first"]), int(found["second"]), _full_year(found["year"]))
    return None, NOTHING


def _iso(said: dict[str, str]) -> Normal:
    month = _MONTHS[said["month"][:3].lower()] if said.get("month") else int(said.get("number") or 0)
    return _dated(int(said["year"]), month, int(said.get("day") or 0))


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) >= 70 else 2000)


def _from_numbers(first: int, second: int, year: int) -> Normal:
    if first > 12 >= second:
        return _dated(year, second, first)
    if second > 12 >= first or first == second:
        return _dated(year, first, second)
    if not (0 < first <= 12 and 0 < second <= 12):
        return None, NOTHING
    return f"{year:04}", {"precision": "year", "ambiguous": True}


def _dated(year: int, month: int, day: int) -> Normal:
    if month == 0 and day == 0:
        return f"{year:04}", {"precision": "year"}
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        return None, NOTHING
    if day == 0:
        return f"{year:04}-{month:02}", {"precision": "month"}
    return f"{year:04}-{month:02}-{day:02}", {"precision": "day"}


_COUNT = re.compile(
    r"(?<![\d.])(?P<digits>\d{1,3}(?:[,.\u2009\u202f\xa0 ]\d{3})+|\d+)(?P<part>\.\d+)?\s*(?P<thousand>k\b)?",
    re.IGNORECASE,
)


def wordcount(value: str) -> Normal:
    """Digits alone: "7,526" is 7526, "about 12k" is 12000 and `detail.about`."""
    found = _COUNT.search(value)
    if found is None:
        return None, NOTHING
    digits = re.sub(r"\D", "", found["digits"])[:12]
    about = bool(found["thousand"]) or bool(
        re.search(r"~|\babout|\bapprox|\bca\b|\baround|\bcirca|\+", value, re.IGNORECASE)
    )
    if found["thousand"]:
        digits = str(int(float(digits + (found["part"] or "")[:4]) * 1000))
    return str(int(digits)), ({"about": True} if about else NOTHING)


_CARDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
CARDINALS = {word: number for number, word in enumerate(_CARDINALS.split(), 1)}
_ROMAN = {word: number for number, word in enumerate(_ROMANS.split(), 1)}
_OF = re.compile(
    r"(?:(?<!\d)(?P<first>\d{1,3})\s*(?:-|–|&|to)\s*)?"
    r"(?<!\d)(?P<number>\d{1,5})\s*(?:/|of|out of)\s*(?P<total>\d{1,5}|\?+)",
    re.IGNORECASE,
)
_ONE = re.compile(r"^\W*(?P<number>\d{1,5})\W*$")


def chapter(value: str) -> Normal:
    """ "3/?" says: three so far, and nobody knows how many there will be. "4-6/10" are three at once."""
    if found := _OF.search(value):
        total = int(found["total"]) if found["total"].isdigit() else None
        last = int(found["number"])
        first = int(found["first"]) if found["first"] else last
        if first < last:
            said = f"{first}-{last}/{total if total is not None else '?'}"
            return said, {"number": first, "through": last, "total": total}
        return f"{last}/{total if total is not None else '?'}", {"number": last, "total": total}
    if found := _ONE.match(value):
        return str(int(found["number"])), {"number": int(found["number"])}
    number = CARDINALS.get(value.strip().lower()) or _ROMAN.get(value.strip())
    return (None, NOTHING) if number is None else (str(number), {"number": number})


_AGAINST = re.compile(r"\b(?:no|not|don'?t|don’t|never|please do not)\b", re.IGNORECASE)
_ASK = re.compile(
    r"\b(?:ask|permission|let me know|tell me|e-?mail me|inform me|contact me|just (?:tell|let|ask))\b", re.IGNORECASE
)
_FREE = re.compile(r"\b(?:yes|anywhere|anyone|sure|okay|ok|fine|go ahead|freely|be my guest)\b", re.IGNORECASE)


def permission(value: str) -> Normal:
    """What the author allows: yes, ask or no."""
    if _ASK.search(value):
        return "ask", NOTHING
    if _AGAINST.search(value):
        return "no", NOTHING
    return ("yes" if _FREE.search(value) else None), NOTHING


_BETWEEN = re.compile(r"\s*(?:/|\s&\s|\sx\s|\s[×♥]\s|\+)\s*")
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


def relationship(value: str) -> Normal:
    """Who stands in it: `detail.people`."""
    people = tuple(name for part in _BETWEEN.split(value.strip("[] ")) if (name := part.strip()))
    return None, ({"people": people} if len(people) > 1 else NOTHING)


_SERIES = re.compile(
    r"^\W*(?:part|book|story|#|no\.?|number)\s*(?P<number>\d{1,4})\s*(?:of|in)\s+(?P<name>.*\S)", re.IGNORECASE
)
_NUMBERED_SERIES = re.compile(
    r"^(?P<name>.+?)[\s,:-]*(?:\[|\(|#|\bpart\s|\bbook\s)\s*(?P<number>\d{1,4})\s*[\])]?$", re.IGNORECASE
)


def series(value: str) -> Normal:
    """The name without its place in the order, and the place."""
    found = _SERIES.match(value) or _NUMBERED_SERIES.match(value)
    if found is None:
        return None, NOTHING
    return found["name"].strip(), {"name": found["name"].strip(), "position": int(found["number"])}


_RULES: dict[Field, Callable[[str], Normal]] = {
    Field.RATING: rating,
    Field.WARNING: warning,
    Field.SPOILER: spoiler,
    Field.STATUS: status,
    Field.LANGUAGE: language,
    Field.DATE: date,
    Field.PUBLISHED: date,
    Field.UPDATED: date,
    Field.WORDCOUNT: wordcount,
    Field.CHAPTER: chapter,
    Field.PERMISSION: permission,
    Field.RELATIONSHIP: relationship,
    Field.SERIES: series,
}
