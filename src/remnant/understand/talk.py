"""Pages on which nobody tells a story: lists of rules and of stories, mail, reviews, questions, talk about a show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from remnant.model import Confidence, Field
from remnant.understand.places import rows_of
from remnant.understand.register import Voice, is_dialogue, says_i_or_you, voice_of
from remnant.understand.sheet import Sheet

_SOMEBODY = re.compile(r"\b(?:he|she|him|his|hers?|himself|herself)\b", re.IGNORECASE)


def why_only_talk(sheet: Sheet, texts: Sequence[str]) -> str | None:
    """Why these lines tell nothing, or None: asked only where nobody speaks and nobody is spoken of."""
    if why := _of_software(sheet):
        return why
    if _is_of_quotations([row.text for line in sheet.lines[:200] for row in rows_of(line) if row.text.strip()]):
        return "this looks like a page of quotations"
    if any(map(is_dialogue, texts)) and not _is_shared_mail(sheet):
        return None
    if len(texts) <= 3 and any(map(_NO_CHAPTER.search, sheet.texts)) and not any(map(_SOMEBODY.search, texts)):
        return "this looks like a notice to readers"
    if why := _by_shape(sheet):
        return why
    return None if names_itself(sheet) else _by_subject(texts) or _of_a_community(sheet, texts)


def names_itself(sheet: Sheet) -> bool:
    """Whether labels say what this is called and who wrote it."""
    told = {testimony.remark.field for testimony in sheet.testimony if testimony.remark.confidence is Confidence.STATED}
    return {Field.TITLE, Field.AUTHOR} <= told


_NO_CHAPTER = re.compile(r"\b(?:not|isn['’]?t) an? (?:actual |real |new )?(?:chapter|update)\b", re.IGNORECASE)


_PROFILE = re.compile(r"\bauthor has written \d+ stor(?:y|ies)\b|\bprofile updated:?\s", re.IGNORECASE)
_REVIEWS = re.compile(r"\bchapter \d+\s?\W\s?(?:\d{1,4}[/-]\d{1,2}[/-]\d{1,4}|[A-Z][a-z]{2} \d)", re.IGNORECASE)
_FAILED = re.compile(r"\b(?:fatal error|warning|parse error|notice)\b.{0,200}\bon line \d+", re.IGNORECASE | re.DOTALL)
_ART = re.compile(r"^\W{0,3}(artist|medium)\s*:", re.IGNORECASE)
_LISTING = re.compile(r"^index of /", re.IGNORECASE)


def _of_software(sheet: Sheet) -> str | None:
    texts = [text for text in sheet.texts[:60] if text]
    if any(map(_FAILED.search, texts)):
        return "this looks like an error page"
    if any(map(_LISTING.match, texts[:3])) and any("Parent Directory" in text for text in texts):
        return "this looks like an index or a list of links"
    if any(map(_PROFILE.search, texts[:12])):
        return "this looks like somebody's profile"
    rows = [row.text for line in sheet.lines[:30] for row in rows_of(line)]
    if len({found[1].lower() for found in map(_ART.match, rows) if found}) == 2:
        return "this looks like art"
    if sum(1 for text in texts if len(text) <= 80 and _REVIEWS.search(text)) >= 3:
        return "this looks like a page of reviews"
    return None


_ANSWERED = re.compile(r"^(?:on .{6,80}|.{2,60}) (?:wrote|writes):$|^-+ ?original message ?-+", re.IGNORECASE)


def _is_shared_mail(sheet: Sheet) -> bool:
    """An answer to somebody: their words, quoted, under a line that says who wrote them."""
    rows = [row.text for line in sheet.lines[:200] for row in rows_of(line)]
    said = any(map(_ANSWERED.match, rows[:40]))
    return said and any(row.startswith(">") for row in rows) and not tells(rows)


def tells(texts: Sequence[str]) -> bool:
    """Whether below what is quoted somebody speaks, and is spoken of: a story sent in answer is a story."""
    own = [text for text in texts if not text.startswith(">")]
    others = sum(len(_SOMEBODY.findall(text)) for text in own)
    return others >= _OFTEN or (others >= 3 and sum(map(is_dialogue, own)) >= 2)


_OFTEN = 8


_NUMBERED = re.compile(r"^\W{0,3}\d{1,2}[.)]\s+\S")
_BULLET = re.compile(r"^[-*•+☐☑✓]\s+\S")
_ORDERS = re.compile(
    r"\b(?:must|should|may not|please|no exceptions|not allowed|(?:is|are) (?:due|fine|allowed|required)|do not"
    r"|don['’]t|can['’]t|cannot|deadline|sign[- ]?ups?)\b",
    re.IGNORECASE,
)
_CREDITED = re.compile(r"^\W{0,3}\S.{1,70}?,? by [\w.'’-]+(?: [\w.'’-]+){0,2}\s*(?:$|[(\[,.:;–—-])")
_LISTED = re.compile(r"^\W{0,3}\S.{1,70}?,? by [\w.'’-]+(?: [\w.'’-]+){0,2}\s*[(\[]")
_QUESTION = re.compile(r"^\W{0,3}(?:q\d*|question)\s*[:.)]\s*\S", re.IGNORECASE)
_ANSWER = re.compile(r"^\W{0,3}(?:a\d*|answer)\s*[:.)]\s*\S", re.IGNORECASE)
_ASKED = re.compile(r"\bfrequently asked\b|\bf\.?a\.?q\b", re.IGNORECASE)


def _by_shape(sheet: Sheet) -> str | None:
    if _is_shared_mail(sheet):
        return "this looks like an answer to a mail"
    rows = [row.text for line in sheet.lines[:200] for row in rows_of(line)]
    if len(rows) < 4:
        return None
    numbered = [row for row in rows if _NUMBERED.match(row) and len(row) <= 200]
    if (
        len(numbered) >= 3
        and 2 * len(numbered) >= len(rows)
        and _count(_ORDERS, numbered) >= 2
        and _communal(rows) >= 2
    ):
        return "this looks like rules"
    bullets = [row for row in rows if _BULLET.match(row) and len(row) <= 80]
    if len(bullets) >= 4 and 2 * len(bullets) >= len(rows):
        return "this looks like a list"
    listed, credited = _count(_LISTED, rows), _count(_CREDITED, rows)
    if (listed >= 3 and listed * 3 >= len(rows)) or (credited >= 3 and credited * 2 >= len(rows)):
        return "this looks like a list of stories"
    asked = _count(_QUESTION, rows) >= 2 and _count(_ANSWER, rows) >= 2
    if asked and any(map(_ASKED.search, rows[:4])):
        return "this looks like questions and answers"
    return None


_SOURCE = re.compile(r"^(?:[-–—~]{1,3}\s?\w|\([A-Z])[^!?]{1,70}(?<!\.)$")


def _is_of_quotations(rows: Sequence[str]) -> bool:
    """One quotation after another, each with a line under it that says whose it is."""
    sources = _count(_SOURCE, rows)
    quoted = sum(1 for before, row in pairwise(rows) if _SOURCE.match(row) and before.rstrip()[-1:] in "\"”'’»")
    return quoted >= _QUOTED and 4 * sources >= len(rows)


_QUOTED = 3


def _count(pattern: re.Pattern[str], rows: Sequence[str]) -> int:
    return sum(1 for row in rows if pattern.search(row))


_COMMUNAL = re.compile(
    r"\b(archives?|authors?|stor(?:y|ies)|sign[- ]?ups?|comments?|mods?|moderators?|rounds?|questions?|e-?mails?|posts?"
    r"|posting|web ?mistress|web ?master|members?|lists?|pairings?|prompts?|challenges?|claims?|entries|deadline"
    r"|submissions?|submit|subscribe|links?|site|page|server|rules|recs?|icons?|community|polls?|votes?|join|register)\b",
    re.IGNORECASE,
)


def _communal(rows: Sequence[str]) -> int:
    """How many things of a list, a site or a challenge are spoken of: a story may well have rules, on a page."""
    said = {word.lower().rstrip("s") for row in rows for word in _COMMUNAL.findall(row[:500])}
    return len(said - {"rule", "page"})


def _of_a_community(sheet: Sheet, texts: Sequence[str]) -> str | None:
    """Nobody is spoken of, readers are spoken to, and line after line is of the doings of a site or of a show."""
    if len(texts) < 3 or any(map(_SOMEBODY.search, texts)):
        return None
    about = [{word.lower().rstrip("s") for word in _COMMUNAL.findall(text) + _OF_SHOWS.findall(text)} for text in texts]
    spoken = sum(1 for text in texts if says_i_or_you(text) or _ORDERS.search(text))
    if 2 * sum(map(bool, about)) >= len(texts) and len(set().union(*about)) >= 4 and 3 * spoken >= len(texts):
        return "this looks like a page about a site or a list"
    return None


_OF_SHOWS = re.compile(
    r"\b(seasons?|finales?|pilot|episodes?|shows?|actors?|actress(?:es)?|writers?|writing|audiences?|viewers?"
    r"|characters?|fandoms?|dvds?|spoilers?|canon|on ?screen|plots?|ships?|shippers?|fics?|fanfics?|chapters?"
    r"|reviews?|hiatus|updates?|network|cancell?ed|reboot|rewatch|franchise|sequel|movie|film)\b",
    re.IGNORECASE,
)
_LONGEST = 8000


def _by_subject(texts: Sequence[str]) -> str | None:
    """Somebody says "I" or "you" in most paragraphs, and most are about a show, its makers or its readers."""
    if not texts or sum(map(len, texts)) > _LONGEST:
        return None
    if _is_rest_of_a_notice(texts):
        return "this looks like a notice to readers"
    personal = sum(map(says_i_or_you, texts))
    about = [{found.lower().rstrip("s") for found in _OF_SHOWS.findall(text)} for text in texts]
    words = set().union(*about)
    others = sum(len(_SOMEBODY.findall(text)) for text in texts)
    if (
        len(texts) >= 3
        and 2 * personal >= len(texts)
        and 2 * sum(map(bool, about)) >= len(texts)
        and len(words) >= 4
        and others <= len(texts)
    ):
        return "this looks like talk about a show or about stories"
    return None


def _is_rest_of_a_notice(texts: Sequence[str]) -> bool:
    """What is left when the notes are taken away is the author too."""
    voices = [voice_of(text) for text in texts]
    alone = len(texts) <= 3 and Voice.NONE not in voices and Voice.SURE in voices
    return alone and not any(map(_SOMEBODY.search, texts)) and all(map(says_i_or_you, texts))
