"""Chapter headings, dividers, and the sections and scenes they make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from remnant.model import STORY_ROLES, BlockKind, Confidence, Finding, Range, RangeKind, Role, Section
from remnant.understand.draft import Line
from remnant.understand.findings import finding
from remnant.understand.places import whole
from remnant.understand.sheet import Heading, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("structure")

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
    rf"^{_DRESS}(?:the )?(?P<number>{'|'.join(_FIRSTS)}) (?P<kind>chapter|part|book|act){_DRESS}$", re.IGNORECASE
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
_NUMBER_ALONE = re.compile(r"^[\s*_~\-–—=#\[(]*(?P<number>\d{1,3}|[IVXL]{1,7})[\s*_~\-–—=#\])]*[.)]?[\s*_~\-–—=#]*$")
_MARKDOWN = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<text>\S.*?)[ \t#]*$")


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
    number = number_of(found["number"])
    if number is None or (title is not None and _PROSE.search(title)):
        return None
    if found["kind"].lower() in _OFTEN_STORY and text.rstrip().endswith((".", ",", "?", "!")):
        return None
    if found["kind"].lower() in _OFTEN_STORY and title is not None and title[0].islower():
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
_INLINE_NAME = re.compile(r"^[\W_]{3,}\s*(?:\w+\s*){1,3}[\W_]{3,}$")


def is_divider(text: str) -> bool:
    """Whether a line is only drawn: `* * *`, `~*~`, `-----`, `xxx`, `oOo`."""
    if not text or len(text) > LONGEST:
        return False
    if _DIVIDER.match(text):
        marks = len(_MARKS.findall(text))
        return marks >= 3 or (
            marks >= 1
            and len(text) <= 3
            and text.strip() in {"*", "~", "#", "⁂", "•", "❧", "§", "**", "--", "—", "◊", "~~", "##", "-"}
        )
    return len(text) <= 60 and bool(_LETTERED.match(text))


def say(sheet: Sheet) -> Said:
    """Give headings and dividers their roles. Where a dialect knows the chapters, no other line is a heading."""
    headings = {} if sheet.headings else dict(_headings(sheet))
    headings |= {} if sheet.headings else _counted(sheet, headings)
    roles = dict.fromkeys(headings, Role.CHAPTER_HEADING)
    for index, text in sheet.open_lines():
        if index not in roles and is_divider(text):
            roles[index] = Role.SCENE_BREAK
    return Said(roles=roles, headings=headings, findings=tuple(_missing_chapters(sheet, headings)))


def _missing_chapters(sheet: Sheet, headings: Mapping[int, Heading]) -> Iterator[Finding]:
    """Where the count of chapters jumps. It may start again, as in each part of a long story."""
    counted = [(index, headings[index].number) for index in sorted(headings)]
    numbered = [(index, number) for index, number in counted if number is not None]
    for (_, before), (index, after) in pairwise(numbered):
        if after > before + 1:
            yield finding("R006", *whole(sheet.lines[index]), before=before, after=after)


def _headings(sheet: Sheet) -> Iterator[tuple[int, Heading]]:
    shown = _by_look(sheet)
    for index, text in sheet.open_lines():
        line = sheet.lines[index]
        if not text or len(text) > LONGEST or line.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE):
            continue
        found = heading_of(text) if _stands_alone(sheet, index) else None
        if found is not None:
            yield index, found
        elif index in shown:
            yield index, shown[index]


def _stands_alone(sheet: Sheet, index: int) -> bool:
    """A heading in plain text has blank lines around it, or other lines of the head."""
    line = sheet.lines[index]
    if not sheet.plain or line.kind is BlockKind.HEADING or index == 0 or line.gap:
        return True
    after = sheet.lines[index + 1] if index + 1 < len(sheet.lines) else None
    return after is None or after.gap > 0


_BYLINE = re.compile(r"^\W*(?:written )?by\b", re.IGNORECASE)


def _by_look(sheet: Sheet) -> dict[int, Heading]:
    """Lines set as headings by the format (or by `##`), at the level that repeats; a lone first one is a title."""
    levels: dict[int, tuple[int, str]] = {}
    for index, text in sheet.open_lines():
        line = sheet.lines[index]
        if line.kind is BlockKind.HEADING and text and len(text) <= LONGEST and not _BYLINE.match(text):
            levels[index] = (line.level or 1, text)
        elif sheet.plain and text.startswith("#") and (found := _MARKDOWN.match(text)):
            levels[index] = (len(found["marks"]), found["text"])
    if not levels:
        return {}
    count = Counter(level for level, _ in levels.values())
    top = min(count)
    repeated = {level for level, many in count.items() if many > 1 or level > top}
    return {
        index: _looked(text) for index, (level, text) in levels.items() if level in repeated and not is_divider(text)
    }


def _looked(text: str) -> Heading:
    return heading_of(text) or Heading(None, text.strip("*_ "))


def _counted(sheet: Sheet, named: Mapping[int, Heading]) -> Iterator[tuple[int, Heading]]:
    """Bare numbers standing alone, where they count on from one or from other headings: one "1." proves nothing."""
    found: list[tuple[int, Heading]] = []
    count = 0
    for index, text in sheet.open_lines():
        if index in named:
            count = named[index].number or count
        elif text and (heading := _numbered_line(sheet, index, text)) and heading.number == count + 1:
            found.append((index, heading))
            count += 1
    if len(found) + sum(heading.number is not None for heading in named.values()) >= 2:
        yield from found


def _numbered_line(sheet: Sheet, index: int, text: str) -> Heading | None:
    """A number alone on its line, or one before a title: "3. What the Dog Saw"."""
    if len(text) > 70 or not _set_apart(sheet, index):
        return None
    if match := _NUMBER_ALONE.match(text):
        return Heading(number_of(match["number"]), None)
    match = _NUMBER_AND_TITLE.match(text)
    if match is None or not is_capitalised(match["title"]):
        return None
    return Heading(number_of(match["number"]), match["title"])


_NUMBER_AND_TITLE = re.compile(
    r"^[\s*_~]*(?P<number>\d{1,3}"
    r"|[IVXL]{1,7})\s*[.):–—-]\s+(?P<title>[^\s.!?,;][^.!?;]{0,55}[?!]?)[\s*_~]*$"
)
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


def _set_apart(sheet: Sheet, index: int) -> bool:
    line = sheet.lines[index]
    if line.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE):
        return False
    after = sheet.lines[index + 1] if index + 1 < len(sheet.lines) else None
    apart = index == 0 or line.gap > 0 or not sheet.plain
    return apart and after is not None and (after.gap > 0 or not sheet.plain)


def sections_of(sheet: Sheet) -> tuple[Section, ...]:
    """The file cut at its headings. What stands before the first one joins it, unless it is story of its own."""
    if not sheet.lines:
        return ()
    starts = _starts(sheet)
    ends = [start - 1 for start in starts[1:]] + [len(sheet.lines) - 1]
    return tuple(_section(sheet.headings, first, last) for first, last in zip(starts, ends, strict=True))


def _starts(sheet: Sheet) -> list[int]:
    """A heading right under another (a part's first chapter) does not begin a section of its own."""
    starts: list[int] = []
    since = 0
    for index in sorted(sheet.headings):
        if _holds_story(sheet, since, index):
            if not starts:
                starts.append(0)
            starts.append(index)
        elif not starts:
            starts.append(0)
        since = index + 1
    return starts or [0]


def _holds_story(sheet: Sheet, first: int, end: int) -> bool:
    return any(role is None or role is Role.STORY for role in sheet.roles[first:end])


def _section(headings: Mapping[int, Heading], first: int, last: int) -> Section:
    own = [headings[index] for index in range(first, last + 1) if index in headings]
    numbers = [heading.number for heading in own if heading.number is not None]
    titles = [heading.title for heading in own if heading.title is not None]
    return Section(titles[-1] if titles else None, numbers[-1] if numbers else None, first, last)


def scenes_of(sheet: Sheet, sections: tuple[Section, ...]) -> tuple[Range, ...]:
    """Scenes between drawn breaks; where breaks seem lost, at gaps wider than the file's, and only guessed."""
    return tuple(scene for section in sections for scene in _scenes(sheet, section))


def _scenes(sheet: Sheet, section: Section) -> Iterator[Range]:
    told = [index for index in range(section.first, section.last + 1) if sheet.roles[index] in STORY_ROLES]
    if not told:
        return
    wide = _wide_gap(sheet, told)
    first, sure = told[0], Confidence.STATED
    found: list[Range] = []
    for before, index in pairwise(told):
        if sheet.roles[index] is Role.SCENE_BREAK:
            found.append(Range(RangeKind.SCENE, first, before, sure))
            first, sure = index + 1, Confidence.STATED
        elif wide is not None and sheet.lines[index].gap >= wide and index > first:
            found.append(Range(RangeKind.SCENE, first, before, Confidence.GUESSED))
            first, sure = index, Confidence.GUESSED
    found.append(Range(RangeKind.SCENE, first, told[-1], sure))
    if len(found) > 1:
        yield from (scene for scene in found if scene.first <= scene.last)


def _wide_gap(sheet: Sheet, told: list[int]) -> int | None:
    """Blank lines that mean a lost break: more than the file's habit, and rare. None where breaks are drawn."""
    if len(told) < 12 or any(sheet.roles[index] is Role.SCENE_BREAK for index in told):
        return None
    gaps = [sheet.lines[index].gap for index in told[1:]]
    usual = _middle(gaps)
    wider = sum(gap > usual for gap in gaps)
    return usual + 1 if 0 < wider <= len(gaps) // 8 else None


def usual_gap(lines: tuple[Line, ...]) -> int:
    """How many blank lines this file usually sets between paragraphs."""
    gaps = [line.gap for line in lines[1:]]
    return _middle(gaps) if gaps else 0


def _middle(gaps: list[int]) -> int:
    """The lower median. `statistics` has it too, and takes 10 ms to load."""
    return sorted(gaps)[(len(gaps) - 1) // 2]


def final_roles(sheet: Sheet) -> tuple[Role, ...]:
    """What no rule spoke of is story; a divider with story on one side only divides nothing, and is furniture."""
    count = len(sheet.roles)
    before, after = _meeting_story(sheet, range(count)), _meeting_story(sheet, range(count - 1, -1, -1))
    return tuple(
        Role.CHROME if role is Role.SCENE_BREAK and not (before[index] and after[index]) else role or Role.STORY
        for index, role in enumerate(sheet.roles)
    )


def _meeting_story(sheet: Sheet, way: range) -> list[bool]:
    """For each line, whether story is what one last met on this way, past other dividers and notes in the chapter."""
    met, found = False, [False] * len(way)
    for index in way:
        found[index] = met
        role = sheet.roles[index]
        if role not in (Role.SCENE_BREAK, Role.NOTE):
            met = role is None or role in STORY_ROLES
    return found
