"""What the head of a mail says of the story in it: its subject, who sent it and when; and what others' words are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from remnant.model import Confidence, Field, Region, Role
from remnant.understand.addresses import ADDRESS
from remnant.understand.draft import Fact
from remnant.understand.normal import CARDINALS, normal
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.subjects import Code, codes_of
from remnant.understand.versions import rule_named

RULE = rule_named("envelope")

LONGEST = 1000
"""Characters of a header value that are looked at."""

REPLY = re.compile(r"^\s*(?:\[[^\]]{1,40}\]\s*)?(?:re|aw|sv|antw|res)\s?(?:\[\d{1,3}\])?:", re.IGNORECASE)
_LEADING = re.compile(
    r"(?:\s*(?:\[[^\]]{1,40}\]|\([^)]{1,20}\)|\{[^}]{1,20}\}|(?:fw|fwd)\s?:"
    r"|(?:fan ?)?fic(?:tion|let)?\s?:"
    r"|(?:new|repost|rep|story|revised|rev|n2u|update|ffml|drabble)\b\s?:?(?=[^\w]))\s*)*+",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"[\s,:–-]*+(?:[\[({]\s*+)?(?:\b(?:parts?|pts?\.?|chap(?:ter)?s?\.?|ch\.?)\s*+)?"
    r"(?P<count>(?:(?<![\d.])\d{1,3}\s?(?:-|–|&|to)\s?)?(?P<number>\d{1,3})\s?(?:/|of)\s?(?P<total>\d{1,3}|\?+))"
    r"\s*+[\])}]?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[\s,:–-]*+[\[({]?\b(?:parts?|pts?\.?|chap(?:ter)?\.?|ch\.?)\s?"
    r"(?P<count>\d{1,3}|(?<=\s)(?:"
    + "|".join(CARDINALS)
    + r")|(?<=\s)(?-i:[IVX]{1,5})(?=\s*(?:$|[\[({:,–-])))\b[\])}]?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\[(](?P<said>[^\])\[(]{1,30})[\])]")
_QUOTED = re.compile(r"[\"“](?P<title>[^\"”]{2,100})[\"”]")
_FIC = re.compile(r"\b(?:fan ?)?fic(?:let|tion)?\b|\bdrabble\b|\bNEW:|\brepost\b|\bstory:|\bffml\b", re.IGNORECASE)
_LIST = re.compile(r"^\s*\[(?!\W*(?:fan ?)?fic(?:let|tion)?\W*\])[^\]]{1,40}\]", re.IGNORECASE)
"""The name of the list, which says nothing of one mail."""
_NAME = re.compile(r"^\s*\"?(?P<before>[^\"<@]{2,60}?)\"?\s*<|\((?P<after>[^()@]{2,60})\)\s*$")


def say(sheet: Sheet) -> Said:
    """Claims from the header fields; nothing of a file that is no mail."""
    facts = {fact.name: fact for fact in reversed(sheet.draft.facts) if fact.name.startswith(("mail:", "warc:"))}
    if not facts:
        return Said()
    if (address := facts.get("warc:target-uri")) is not None:
        return Said(remarks=(_whole(address, Field.SOURCE_URL, Confidence.STATED),))
    if (page := facts.get("mail:snapshot-content-location")) is not None:
        return Said(remarks=(_whole(page, Field.SOURCE_URL, Confidence.STATED),))
    return Said(remarks=tuple(_remarks(sheet, facts)), roles=dict.fromkeys(_others(sheet, facts), Role.CHROME))


def subject_of(sheet: Sheet) -> str:
    """The subject, decoded; empty where there is none."""
    return next((fact.value for fact in sheet.draft.facts if fact.name == "mail:subject"), "")[:LONGEST]


def names_a_story(subject: str) -> bool:
    """Whether a subject is written as lists asked for: a part's number, a rating, a word for what comes."""
    subject = _LIST.sub("", subject)
    rated = any(_rating(found["said"]) for found in _BRACKETED.finditer(subject))
    return rated or _COUNT.search(subject) is not None or _FIC.search(subject) is not None


def _remarks(sheet: Sheet, facts: dict[str, Fact]) -> Iterator[Remark]:
    if (subject := facts.get("mail:subject")) is not None:
        place = facts.get("mail:newsgroups") or facts.get("mail:list-id")
        yield from _of_subject(_Value.of(sheet, subject), place.value.lower() if place is not None else "")
    if (sender := facts.get("mail:from")) is not None:
        yield from _of_sender(_Value.of(sheet, sender))
    if (date := facts.get("mail:date")) is not None:
        yield _whole(date, Field.PUBLISHED, Confidence.LIKELY)


@dataclass(frozen=True, slots=True)
class _Value:
    """A header value, and whether its characters stand in the mail as they are meant."""

    text: str
    region: Region
    plain: bool

    @classmethod
    def of(cls, sheet: Sheet, fact: Fact) -> _Value:
        text = next(part.text for part in sheet.draft.parts if part.path == fact.region.part)
        value = fact.value[:LONGEST]
        return cls(value, fact.region, text[fact.region.start : fact.region.end] == fact.value)

    def remark(self, field: Field, start: int, end: int, confidence: Confidence, *, sensitive: bool = False) -> Remark:
        said = self.text[start:end]
        at = self.region.start
        region = self.region
        if self.plain:
            region = Region(region.original, region.part, region.encoding, at + start, at + end)
        return Remark(field, said, confidence, (region,), 0, *normal(field, said), sensitive=sensitive)

    def told(self, code: Code) -> Remark:
        """What a code of the subject says; as likely as such lines are."""
        said = self.remark(code.field, code.start, code.end, Confidence.LIKELY)
        if code.label:
            value, detail = f"{code.label.capitalize()}: {said.value}", {"label": code.label, "said": said.value}
            return replace(said, value=value, normalised=None, detail=detail)
        return replace(said, normalised=code.ready) if code.ready is not None else said


def _whole(fact: Fact, field: Field, confidence: Confidence) -> Remark:
    return Remark(field, fact.value[:LONGEST], confidence, (fact.region,), 0, *normal(field, fact.value[:LONGEST]))


def _of_subject(value: _Value, place: str) -> Iterator[Remark]:
    """Title, part and rating; of an answer only the subject as it stands."""
    text = value.text
    if not text.strip():
        return
    if REPLY.match(text):
        yield value.remark(Field.TITLE, 0, len(text), Confidence.GUESSED)
        return
    count = _COUNT.search(text) or _NUMBER.search(text)
    if count is not None:
        yield value.remark(Field.CHAPTER, *count.span("count"), Confidence.STATED)
    for found in _BRACKETED.finditer(text):
        if _rating(found["said"]) and not _COUNT.fullmatch(found["said"]):
            yield value.remark(Field.RATING, *found.span("said"), Confidence.STATED)
    for code in codes_of(text, place):
        yield value.told(code)
    start, end = _title(text, count)
    if start < end:
        yield value.remark(Field.TITLE, start, end, Confidence.LIKELY if names_a_story(text) else Confidence.GUESSED)


def _title(text: str, count: re.Match[str] | None) -> tuple[int, int]:
    """Where the title stands: in quotes, else between what lists set before and after it."""
    if quoted := _QUOTED.search(text):
        return quoted.span("title")
    start = _after(_LEADING.match(text))
    ends = [found.start() for found in _BRACKETED.finditer(text, start)]
    ends += [count.start()] if count is not None and count.start() > start else []
    end = min(ends, default=len(text))
    said = text[start:end]
    return start + len(said) - len(said.lstrip(" -:~*")), start + len(said.rstrip(" -:,~*"))


def _after(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _rating(said: str) -> bool:
    return normal(Field.RATING, said)[0] is not None


def _of_sender(value: _Value) -> Iterator[Remark]:
    """Names in heads of mails are often those of the passport; an address is always somebody's."""
    for found in ADDRESS.finditer(value.text):
        yield value.remark(Field.EMAIL, *found.span(), Confidence.STATED, sensitive=True)
    if named := _NAME.search(value.text):
        group = "before" if named["before"] else "after"
        yield value.remark(Field.AUTHOR, *named.span(group), Confidence.GUESSED, sensitive=True)


_QUOTE = re.compile(r"^\s*(?:[A-Za-z]{1,4})?>")
_ATTRIBUTION = re.compile(
    r"^\W{0,5}(?:on\b.{5,200}\bwrote|.{2,80}(?:<[^<>]{3,80}>|@\S{1,60}).{0,60}\b(?:wrote|writes|said)"
    r"|in [a-z.]+, .{3,80} wrote"
    r"|--- ?in .{3,80}wrote|.{2,80}\bwrote|-+ ?original message ?-+|from: .{2,80})\s*:?\W{0,5}$",
    re.IGNORECASE | re.DOTALL,
)
_FOOTER = re.compile(
    r"^[-_~=\s]*(?:yahoo! groups (?:links|sponsor)|to unsubscribe\b|your use of yahoo|community email addresses"
    r"|post message:|[\w.-]{2,40} (?:mailing )?list\n)"
    r"|^_{20,}\s*\n?[\w.-]{2,60} mailing list\b",
    re.IGNORECASE,
)
_LAST = 30
"""Lines from the end in which a list's own foot begins, if it has one."""


def _others(sheet: Sheet, facts: dict[str, Fact]) -> Iterator[int]:
    """Lines that are somebody else's: quoted in an answer, the line that says whose they are, the list's foot."""
    if not sheet.plain:
        return
    quoted = {index for index, line in enumerate(sheet.lines) if _is_quoted(sheet.texts[index], line.text)}
    said = {at for index in quoted for at in (index - 1, index - 2) if at >= 0 and _attributes(sheet.texts[at])}
    subject = facts.get("mail:subject")
    if said or (subject is not None and REPLY.match(subject.value)):
        yield from quoted | said
    for index in range(max(len(sheet.lines) - _LAST, 0), len(sheet.lines)):
        if _FOOTER.match(sheet.texts[index]) or _is_ruled_off(sheet, index):
            yield from range(index, len(sheet.lines))
            return


_LISTED = re.compile(r"[\w.-]{2,60} (?:mailing )?list\b", re.IGNORECASE)


def _is_ruled_off(sheet: Sheet, index: int) -> bool:
    """A line of underscores, and the list's name below it."""
    ruled = len(sheet.texts[index]) >= _RULED and set(sheet.texts[index]) == {"_"}
    return ruled and index + 1 < len(sheet.texts) and _LISTED.match(sheet.texts[index + 1]) is not None


_RULED = 20


def _is_quoted(text: str, whole: str) -> bool:
    return ">" in text[:8] and all(_QUOTE.match(row) for row in whole.splitlines() if row.strip())


def _attributes(text: str) -> bool:
    return len(text) <= 300 and _ATTRIBUTION.match(text) is not None
