"""What a line says if it is a chapter heading, a divider or a title, by its words alone."""

from __future__ import annotations

import re

from remnant.understand.sheet import Heading

LONGEST = 100
"""Characters of a heading."""

_ORDINALS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_FIRSTS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_WORDS = {word: number for words in (_ORDINALS, _FIRSTS) for number, word in enumerate(words, start=1)}
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "twenty": 20}
_ROMAN = re.compile(r"^M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

_NUMBER = (
    r"(?:\d{1,4}|[IVXLC]{1,8}|(?:twenty|thirty|forty|fifty)[- ](?:one|two|three|four|five|six|seven|eight|nine)"
    r"|thirty|forty|fifty|" + "|".join(_WORDS) + r")"
)
_DRESS = r"[\s*_~=#\-–—.•>|+<\[({\"“”'`:^°]*"
_KINDS = (
    r"chapter|chap\.?|chappie|chptr?\.?|ch\.|part|book|act|episode|volume|vol\.|scene|day|night|letter|entry"
    r"|capítulo|capitulo|chapitre|kapitel|capitolo|hoofdstuk|rozdział|глава|часть"
)
_NUMBERED = re.compile(
    rf"^{_DRESS}(?P<kind>{_KINDS})[\s.:#-]*(?P<number>{_NUMBER})(?![\w'’])(?:\s*(?:of|/)\s*(?:{_NUMBER}|\?+))?"
    rf"(?:{_DRESS}$|(?P<apart>\s*[:\-–—.~,|)\]]+\s*|\s*\n\s*)(?P<title>\S.*?){_DRESS}$)",
    re.IGNORECASE,
)
_UNPUNCTUATED = re.compile(
    rf"^{_DRESS}(?P<kind>chapter|chap\.?"
    rf"|ch\.)\s*(?P<number>\d{{1,4}})\s+(?P<title>[\"“A-Z0-9][^.!?\n]{{0,60}}?){_DRESS}$"
)
_SIGNED = re.compile(
    rf"^{_DRESS}chapter\s+(?P<number>\d{{1,4}}) by [\w.'’-]+(?: [\w.'’-]+){{0,2}}{_DRESS}$", re.IGNORECASE
)
_ORDINAL = re.compile(
    rf"^{_DRESS}(?:the )?(?P<number>{'|'.join(_FIRSTS)}) (?P<kind>chapter|part|book|act){_DRESS}$"
    rf"|^{_DRESS}(?P<named>chapter|part|book|act) the (?P<nth>{'|'.join(_FIRSTS)})"
    rf"(?:{_DRESS}$|(?:\s*[:\-–—.,]\s*|\s*\n\s*)(?P<title>\S.*?){_DRESS}$)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"^{_DRESS}(?P<title>prologue|prolog|epilogue|epilog|interlude|intermission|prelude|coda|프롤로그|에필로그|prólogo"
    rf"|epílogo|пролог|эпилог)"
    rf"(?:\s*(?P<number>{_NUMBER}))?(?:{_DRESS}$|\s*[:\-–—.~]+\s*(?P<name>\S.*?){_DRESS}$)",
    re.IGNORECASE,
)
_EAST = re.compile(
    r"^\W*第\s*(?P<number>\d{1,4}|[一二三四五六七八九十百]{1,5})\s*[章話话回卷部](?P<title>.*)$"
    r"|^\W*제?\s*(?P<korean>\d{1,4})\s*[장화부]\W*(?P<name>.*)$"
)


def number_of(written: str) -> int | None:
    """The number that digits, words or Roman numerals write."""
    said = written.strip().lower()
    if said.isdecimal():
        return int(said)
    if said in _WORDS:
        return _WORDS[said]
    tens, _, ones = said.replace(" ", "-").partition("-")
    if tens in _TENS:
        return _TENS[tens] + _WORDS.get(ones, 0)
    return _roman(said) if said and _ROMAN.match(said) else None


def _roman(said: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in said]
    later = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, later, strict=True))


def heading_of(text: str) -> Heading | None:
    """What a line says if it is a chapter heading by its words alone."""
    if not text or len(text) > LONGEST:
        return None
    if found := _NUMBERED.match(text) or _ORDINAL.match(text):
        return _numbered(found, text)
    if found := _UNPUNCTUATED.match(text):
        return Heading(number_of(found["number"]), found["title"].strip(' "“”'))
    if found := _SIGNED.match(text):
        return Heading(number_of(found["number"]), None)
    if found := _NAMED.match(text):
        number = number_of(found["number"]) if found["number"] else None
        return Heading(number, f"{found['title']}: {found['name']}" if found["name"] else found["title"])
    if found := _EAST.match(text):
        digits = found["number"] or found["korean"] or ""
        return Heading(
            int(digits) if digits.isdecimal() else None, (found["title"] or found["name"] or "").strip(" :：") or None
        )
    return None


_PROSE = re.compile(r"[a-z][^.!?]{30,}[.!?]$|[,;]$")


def _numbered(found: re.Match[str], text: str) -> Heading | None:
    groups = found.groupdict()
    title = (groups.get("title") or "").strip(' "“”*_~') or None
    number = number_of(groups["number"] or groups.get("nth") or "")
    kind = (groups["kind"] or groups.get("named") or "").lower()
    if number is None or (title is not None and _PROSE.search(title)):
        return None
    if kind in _OFTEN_STORY and text.rstrip().endswith((".", ",", "?", "!")):
        return None
    if kind in _OFTEN_STORY and title is not None and title[0].islower():
        return None
    return Heading(number, title)


_OFTEN_STORY = frozenset(["part", "book", "act", "day", "night", "scene", "letter", "entry", "episode", "volume"])

_DIVIDER = re.compile(r"^[\s*~_=#+\-–—.•·°¤×|/\\<>^:;§¶†‡◊◆◇★☆♥♡❤♦♠♣✿❀❁✦✧⁂☙❧•●○■□▪▫@&%$!ºª«»¬()\[\]{}′'`\"”“,?0]+$")
_MARKS = re.compile(r"(?<=\s)\.|\.(?=\s)|[/\\<>|:^*~_=#+\-–—•·°×◊◆◇★☆♥♡❤♦♠♣✿❀✦✧⁂☙❧●○■□▪▫@&%$§†¤]")
_LETTERED = re.compile(
    r"^[\W_]*(?:x(?:[\W_]*x){2,}|x?o(?:[\W_]*o){1,}[\W_]*x?o?|(?:[xo][\W_]*){3,}|(?:[\W_]*(?:page|scene|line"
    r"|section|time)[\W_]*(?:break|skip)[\W_]*)+|[\W_]*line ?break(?: here)?|break|hr(?=\]))[\W_]*$",
    re.IGNORECASE,
)


_DRAWN = frozenset("xXoOpPsSlLtTbBhHſ")
"""Letters with which a line begins that is drawn, or that says `page break`, `scene break`, `hr`."""


def is_divider(text: str) -> bool:
    """Whether a line is only drawn: `* * *`, `~*~`, `-----`, `xxx`, `oOo`."""
    if not text or len(text) > LONGEST or (text[0].isalpha() and text[0] not in _DRAWN):
        return False
    if _DIVIDER.match(text):
        marks = len(_MARKS.findall(text))
        return marks >= 3 or (
            marks >= 1
            and len(text) <= 3
            and text.strip() in {"*", "~", "#", "⁂", "•", "❧", "§", "**", "--", "—", "◊", "~~", "##", "-"}
        )
    return len(text) <= 60 and bool(_LETTERED.match(text))


_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "it", "nor", "of", "on", "or"}
    | {"our", "out", "over", "so", "the", "to", "up", "via", "vs", "with", "de", "la", "le", "der", "die", "das", "et"}
)


def is_capitalised(text: str) -> bool:
    """Whether the words of a line begin with capitals, as a title's do; small words need not."""
    words = [word.strip("\"'“”‘’*_()[]-–—.,!?:…") for word in text.split()]
    told = [word for word in words if word and word[0].isalpha()]
    first = next((word for word in words if word), "")
    return bool(told) and not first[:1].islower() and all(not w[0].islower() or w.lower() in _SMALL for w in told)
