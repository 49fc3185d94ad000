"""What kind of thing a file holds: a story, one chapter of one, or no story at all."""

from __future__ import annotations

import re

from remnant.model import BlockKind, Confidence, Field, PieceKind, Region, Role
from remnant.understand.draft import Line
from remnant.understand.findings import finding
from remnant.understand.frame_words import is_furniture, is_said_by_a_site
from remnant.understand.listings import lists_stories
from remnant.understand.places import whole
from remnant.understand.refusals import refusal
from remnant.understand.register import is_dialogue
from remnant.understand.sheet import Remark, Said, Sheet, Testimony
from remnant.understand.talk import names_itself, tells, why_only_talk
from remnant.understand.talk_score import calls_itself, is_rest_of_talk, is_talk
from remnant.understand.versions import rule_named

RULE = rule_named("kinds")


def say(sheet: Sheet) -> Said:
    """Decide the kind, and give lines of what is no story a role that says so."""
    told = [(index, text) for index, text in sheet.open_lines() if text]
    if sheet.kind is not None or (sheet.dialect is not None and told):
        return Said(kind=sheet.kind or PieceKind.STORY)
    texts = [text for _, text in told]
    why, where = _known_page(sheet, texts) or (_no_story(sheet, texts), ())
    if why:
        roles = {index: Role.CHROME if _is_linked(sheet, index) else Role.NOTE for index, _ in told}
        return Said(roles=roles, findings=(finding("R003", *where, why=why),), kind=PieceKind.OTHER)
    chapter = _only_chapter(sheet)
    if chapter is not None:
        found = (finding("R005", *whole(sheet.lines[chapter])),)
        return Said(remarks=_chapter_remark(sheet, chapter), findings=found, kind=PieceKind.CHAPTER)
    return Said(kind=PieceKind.STORY)


def still_said(sheet: Sheet) -> tuple[Testimony, ...]:
    """What still holds when it is known what a file is: the first line of what is no story is nobody's title.

    Of a page that lists stories, what is said of one of them is not said of the page.
    """
    if sheet.kind is not PieceKind.OTHER:
        return sheet.testimony
    lists = not sheet.plain and sheet.dialect is None and lists_stories(sheet) is not None
    return tuple(told for told in sheet.testimony if not (_is_only_a_heading(told) or (lists and _is_of_one(told))))


_OF_A_WORK = frozenset({Field.TITLE, Field.AUTHOR, Field.RATING, Field.SUMMARY, Field.WARNING, Field.WORDCOUNT})


def _is_of_one(told: Testimony) -> bool:
    return told.rule.name == "opening" and told.remark.field in _OF_A_WORK


def _is_only_a_heading(told: Testimony) -> bool:
    remark = told.remark
    return told.rule.name == "opening" and remark.field is Field.TITLE and remark.confidence is not Confidence.STATED


def _known_page(sheet: Sheet, texts: list[str]) -> tuple[str, tuple[Region, ...]] | None:
    """A page that sites of all kinds have, and where it says what it is."""
    if not sheet.plain and _prose(texts) < LITTLE and (refused := refusal(sheet, texts)) is not None:
        return f"this looks like {refused[0]}", refused[1]
    if not sheet.plain and (listed := lists_stories(sheet)) is not None:
        return "this looks like a list of stories", listed
    if sheet.plain and _prose(texts) < LITTLE and (answer := _typed_answer(sheet)) is not None:
        return "this looks like an answer to a mail", whole(sheet.lines[answer])
    return None


_ANSWER = re.compile(r"Subject:\s*Re:", re.IGNORECASE)
_QUOTED = re.compile(r">(?!From )")


def _typed_answer(sheet: Sheet) -> int | None:
    """The subject of an answer, in a post whose head was typed or kept with it, if it quotes what it answers."""
    head = (index for index, role in enumerate(sheet.roles[:30]) if role is Role.CHROME)
    subject = next((index for index in head if _ANSWER.match(sheet.texts[index])), None)
    quoted = sum(1 for text in sheet.texts[:400] if _QUOTED.match(text))
    return subject if quoted >= 2 and not tells(sheet.texts) else None


def _no_story(sheet: Sheet, texts: list[str]) -> str | None:
    """Why this is no story, or None. Kept narrow: a story taken for a list would be lost to its reader."""
    if not texts:
        return "there is no text of a story" if sheet.lines else None
    prose = _prose(texts)
    if sheet.plain and prose < LITTLE and (page := refusal(sheet, texts)) is not None:
        return f"this looks like {page[0]}"
    if prose < LITTLE and _mostly_links(sheet) and sum(map(is_dialogue, texts)) < _SPOKEN:
        return "this looks like an index or a list of links"
    if _is_code(texts):
        return "this looks like code or a style sheet"
    if _is_manual(sheet, texts):
        return "this looks like instructions or notes about a project"
    if (prose == 0 and _is_list(texts)) or (prose < 300 and _is_recipe(texts)):
        return "this looks like a list"
    if prose < LITTLE and not names_itself(sheet) and _is_of_a_site(texts):
        return "this looks like a page about a site or a list"
    if any(fact in text for text in sheet.texts[:10] for fact in _LIST_MAIL):
        return "this looks like a list's own message"
    return (why_only_talk(sheet, texts) if prose < LITTLE else None) or _why_talk(sheet, texts)


def _why_talk(sheet: Sheet, texts: list[str]) -> str | None:
    """What all its words together say of lines that have no title and no author of their own."""
    if _is_headed(sheet):
        return None
    titled = is_titled(sheet)
    noted = [sheet.texts[at] for at, role in enumerate(sheet.roles) if role in (None, Role.NOTE) and sheet.texts[at]]
    named = calls_itself(sheet.texts)
    wholly = all(is_talk(said, titled=titled, named=named) for said in (texts, noted))
    if wholly or is_rest_of_talk(texts, noted, titled=titled):
        return "this looks like talk, and not like a story"
    return None


def _is_headed(sheet: Sheet) -> bool:
    """Whether somebody stated its title and its author."""
    remarks = (testimony.remark for testimony in sheet.testimony)
    return {Field.TITLE, Field.AUTHOR} <= {one.field for one in remarks if one.confidence is Confidence.STATED}


def is_titled(sheet: Sheet) -> bool:
    """Whether a title and an author are known, however surely."""
    return {Field.TITLE, Field.AUTHOR} <= {testimony.remark.field for testimony in sheet.testimony}


_SPOKEN = 2
"""Lines in which somebody speaks: tags and links around a short story are more than it, and it is a story."""
LITTLE = 1500
"""Characters of prose: an error page or an index has less, a story more."""

_STOP = re.compile(r"[.!?…][\"”'’)*_]*$")


def _prose(texts: list[str]) -> int:
    """Characters in lines that read like sentences, counted until there are too many to matter."""
    count = 0
    for text in texts:
        if not _MARKED.match(text) and (is_dialogue(text) or (len(text) > 30 and _STOP.search(text))):
            count += len(text)
            if count >= LITTLE:
                break
    return count


def _is_linked(sheet: Sheet, index: int) -> bool:
    return any(span.href for span in sheet.lines[index].spans)


def _mostly_links(sheet: Sheet) -> bool:
    """An index: most lines hold a link, and none is a paragraph."""
    said = [line for line, text in zip(sheet.lines, sheet.texts, strict=True) if text and not _is_framing(line, text)]
    linked = sum(any(span.href for span in line.spans) for line in said)
    return linked >= 3 and 2 * linked > len(said) and max(len(line.text) for line in said) <= 300


def _is_framing(line: Line, text: str) -> bool:
    return any(map(is_furniture, line.inside)) or is_said_by_a_site(text)


_CODE = re.compile(
    r"\s*(?:[.#@]?[\w-]+\s*\{|[\w-]+\s*:\s*[^;]+;"
    r"|</?(?:html|head|body|title|meta|link|script|style|div|span|p|a|b|i|br|hr|img|font|center|table|t[rdh]|[uo]l|li|form"
    r"|input)\b|def |import |function |var |const |#include"
    r"|INSERT INTO|CREATE TABLE|/\*|\*/|//)"
)
_CODE_ENDS = ("{", "}", ";")


def _is_code(texts: list[str]) -> bool:
    rows = [row for text in texts[:400] for row in text.splitlines() if row.strip()]
    written = sum(1 for row in rows if row.rstrip().endswith(_CODE_ENDS) or _CODE.match(row))
    return len(rows) >= 3 and 2 * written > len(rows)


_MANUAL = re.compile(
    r"\b(?:installation|usage|license|licence|requirements|dependencies|changelog|getting started|readme"
    r"|contributing|configuration|how to (?:use|install|build|run))\b|^\s*(?:\$ |pip install|npm |git clone|sudo "
    r"|make\b|cd )|```",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"^\W*(?:synopsis|description|short description|ideas?|outline|characters?|cast|chapters?|prompt|cover|story"
    r"|plot|notes?|to ?do|timeline|themes?|setting|tags)\W*$",
    re.IGNORECASE,
)


def _is_manual(sheet: Sheet, texts: list[str]) -> bool:
    """A README or a page of plans: its headings and commands are about a project."""
    if any(is_dialogue(text) for text in texts):
        return False
    headings = [sheet.texts[index] for index in sheet.headings]
    plans = sum(1 for heading in headings if _PLAN.match(heading.strip("# :")))
    if plans >= 3 and 2 * plans > len(headings):
        return True
    signs = {match[0].lower() for text in [*texts, *headings] for match in _MANUAL.finditer(text[:500])}
    return len(signs) >= 3


_ITEM = re.compile(r"^\s*(?:[-*•+x☐☑✓]\s+|\[[ x]?\]\s*|\(?\d{1,3}[.)x]?\s+)?\S.{0,50}$")
_MARKED = re.compile(
    r"^\s*(?:[-*•+☐☑✓]\s+|\[[ x]?\]|\d{1,3}\s*(?:x|[.)]|kg|g|ml|l|cups?|tins?|cans?|packets?|bags?|boxes"
    r"|bottles?)\b|\d{1,3}\s+\w+)",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"\b(?:shopping|grocer\w+|to-?do|packing|wish|reading|price|check) ?list\b|^(?:to buy|buy|groceries|shopping)\b",
    re.IGNORECASE,
)


def _is_list(texts: list[str]) -> bool:
    """Short lines, none of them a sentence, marked as items, called a list, or of a few words each.

    A poem is none of these: its lines are longer, or end as sentences do.
    """
    rows = [row.strip() for text in texts for row in text.splitlines() if row.strip()]
    if len(rows) < 3 or not all(_ITEM.match(row) for row in rows):
        return False
    marked = sum(1 for row in rows if _MARKED.match(row))
    if 5 * marked >= 3 * len(rows) or any(_LISTS.search(row) for row in rows[:2]):
        return True
    words = [len(row.split()) for row in rows]
    brief = len(rows) >= 5 and max(words) <= 5 and sum(words) <= 3 * len(rows)
    return brief and any(map(_AMOUNT.search, rows)) and not any(map(_VERSE.search, rows))


_MEASURE = re.compile(
    r"^\W*(?:\d+(?:[./]\d+)?|half|a|an|one|two|three)\s*(?:a\s+)?(?:oz|lbs?|kg|g|ml|l|cups?|tsp|tbsp|teaspoons?"
    r"|tablespoons?|pints?|tins?|cans?|pinch|sticks?|cloves?)\b",
    re.IGNORECASE,
)


def _is_recipe(texts: list[str]) -> bool:
    """Measures of things, line by line."""
    rows = [row for text in texts for row in text.splitlines() if row.strip()]
    return sum(1 for row in rows if _MEASURE.match(row)) >= 3


_SITE = re.compile(
    r"\b(?:archives?|web ?mast\w+|webmistress|submissions?|submit|guest ?book|webring|mailing list|listmom"
    r"|moderators?|unsubscribe"
    r"|subscribe|servers?|passwords?|user ?names?|accounts?|faqs?|rules|guidelines|under construction|updated"
    r"|home ?page|download"
    r"|browsers?|e-?mails?|netscape|site map|parent directory|posts?|posting|members?|profiles?|links?|forums?"
    r"|lists?)\b",
    re.IGNORECASE,
)


def _is_of_a_site(texts: list[str]) -> bool:
    """Nobody speaks, and one line after another is of archives, passwords, lists and their rules."""
    if any(map(is_dialogue, texts)):
        return False
    words = {match[0].lower().rstrip("s") for text in texts for match in _SITE.finditer(text[:500])}
    return len(words) >= 4 and 2 * sum(1 for text in texts if _SITE.search(text[:500])) >= len(texts)


_LIST_MAIL = ("Subject: ADMIN", "Subject: [ADMIN]", "Subject: Admin:")
_AMOUNT = re.compile(r"\d")
_VERSE = re.compile(r"[.,;:!?…—-]$")


def _only_chapter(sheet: Sheet) -> int | None:
    """The one chapter heading of a file that is a chapter saved alone."""
    if sheet.dialect is not None or len(sheet.headings) != 1:
        return None
    (index, heading), *_ = sheet.headings.items()
    before = [role for at, role in enumerate(sheet.roles[:index]) if role in (None, Role.STORY) and sheet.texts[at]]
    if before or (heading.number is None and not _NAMED.match(sheet.texts[index])):
        return None
    return index


_NAMED = re.compile(r"^\W*(?:epilogue|prologue|interlude|epilog|prolog)\b", re.IGNORECASE)


def _chapter_remark(sheet: Sheet, index: int) -> tuple[Remark, ...]:
    heading, line = sheet.headings[index], sheet.lines[index]
    if line.kind is BlockKind.BREAK:
        return ()
    number = None if heading.number is None else str(heading.number)
    detail = {"number": heading.number, "title": heading.title}
    text = " ".join(sheet.texts[index].split())
    return (Remark(Field.CHAPTER, text, Confidence.STATED, whole(line), index, number, detail),)
