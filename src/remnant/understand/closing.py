"""What stands after a story or a chapter: the author's last words, credits, pleas for reviews, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from remnant.model import Field, Role
from remnant.understand import last_lines, small_print
from remnant.understand.head_lines import said_again
from remnant.understand.header import entries_of, remarks_of
from remnant.understand.headings import is_divider
from remnant.understand.notices import open_remarks
from remnant.understand.register import (
    Run,
    Voice,
    is_dialogue,
    is_surely_authors,
    run_of,
    share_in_first_person,
    voice_of,
)
from remnant.understand.scenes import usual_gap
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.tone import steps_out
from remnant.understand.versions import rule_named

RULE = rule_named("closing")

LONGEST_TAIL = 60
"""Lines; no author's afterword is longer without a label."""

STORY_HEARD = 200
"""Lines of the story before, from which one hears who tells it."""

_THE_END = re.compile(
    r"^[\s*_~=#\[(<{\"“\-–—.:oO]*(?:the end|fin|finis|finito|end|ende|owari|the end\W{1,4}for now"
    r"|end of (?:chapter|part|story|file|book|prologue)(?: \w+)?|end (?:chapter|part) \w+|to be continued|tbc"
    r"|end (?:of )?(?:(?:chapter|part|pt\.?) )?\d{1,3}(?:\s?(?:/|of)\s?\d{1,3})?"
    r"|t\.b\.c|la fin|~?fin~?|end\s*\?|complete)"
    r"[\s*_~=#\])>}\"”\-–—.:!?…oO]*$",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"^[\s*_~\[(<{>=#-]{0,6}(?:a/?n'?s?\b\s*[-–—:.,*\])]|a/n\b|authors?['’]?s?['’]? ?notes?\b|end ?notes?\b"
    r"|notes?\s*[:\-–—]|final notes?\b|disclaimer\b|p\.?s\.?\s*[:,-]?\s.*\breview|next chapter\s*[:\-–—]"
    r"|please (?:read and )?review\b|r&r\b|review replies\b|reviewer (?:thanks|responses|replies)|thanks to (?:all"
    r"|everyone|my|(?-i:[A-Z]))|(?:many|special|big|huge) thanks\b"
    r"|(?:title|summary|quote|lyrics?) (?:is |are )?(?:taken )?from\b|(?:first )?posted (?:to|in|on)\b"
    r"|(?:inspired by|based on|written for|feedback|comments?)\b[^.!?]{0,60}(?:[.?!:]|$))",
    re.IGNORECASE,
)


_DRESS = " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\xa0*_~[(<{>=#-"
_CUE_BEGINS = frozenset(
    (
        *("aut", "end", "not", "fin", "dis", "nex", "ple", "r&r", "rev", "tha", "man", "spe", "big", "hug", "tit"),
        *("sum", "quo", "lyr", "fir", "pos", "ins", "bas", "wri", "fee", "com"),
    )
)
"""The first three letters of a cue; those of one or two letters are looked for apart."""
_END_BEGINS = frozenset("tTfFeEoOlLcC")


def _may_cue(text: str) -> bool:
    """Whether a line begins as a cue does. Most begin with other letters, and that is quickly seen."""
    begins = text.lstrip(_DRESS)[:3].lower()
    return begins in _CUE_BEGINS or begins[:1] in ("a", "p") or not begins.isascii()


def say(sheet: Sheet) -> Said:
    """Read the end of every chapter, and what stands under "The End" before one more scene."""
    usual, names = usual_gap(sheet.lines), _names(sheet)
    roles: dict[int, Role] = {}
    for start, end in sheet.chapters():
        roles |= dict.fromkeys(_tail(sheet, start, end, usual, names), Role.NOTE)
        roles |= dict.fromkeys(_under_the_end(sheet, start, end), Role.NOTE)
    return Said(roles=_refined(sheet, roles), remarks=tuple(_remarks(sheet, roles)))


def _tail(sheet: Sheet, start: int, end: int, usual: int, names: set[str]) -> list[int]:
    """The open lines at the end of a chapter that the author says."""
    told = [index for index in range(start, end) if sheet.roles[index] is None and sheet.texts[index]]
    window = told[max(1, len(told) - LONGEST_TAIL) :]
    if not window:
        return []
    story = sum(len(sheet.texts[index]) for index in told)
    apart = [place for place, index in enumerate(window) if _is_apart(sheet, index, usual)]
    whole = [sheet.texts[index] for index in told]
    before = len(told) - len(window)
    texts = whole[before:]
    run = run_of(texts[min(apart, default=len(window)) :])
    own = min(
        last_lines.where_fields_begin(sheet, window), last_lines.where_the_last_divider_parts(sheet, told) - before
    )
    for place, until in zip(apart, [*apart[1:], len(window)], strict=False):
        after = run.since(place - apart[0])
        if _is_afterword(sheet, window[place], after, story, until - place, names) or _is_another_voice(
            sheet, told, window[place], usual, after
        ):
            return window[last_lines.with_valediction(texts, min(place, own)) :]
    first = min(
        own,
        last_lines.where_it_is_said_plainly(texts, names),
        last_lines.where_it_shifts(texts, apart=sheet.notes_apart),
        last_lines.where_the_author_steps_out(whole, apart=sheet.notes_apart) - before,
        small_print.begins(whole, names) - before,
    )
    return window[last_lines.with_valediction(texts, first) :]


def _under_the_end(sheet: Sheet, start: int, end: int) -> list[int]:
    """The author's words between "The End" and a divider, below which the story goes on after all."""
    found: list[int] = []
    ended = False
    for index in range(start, end):
        text = sheet.texts[index]
        if ended and sheet.roles[index] is Role.SCENE_BREAK:
            break
        if ended and text and sheet.roles[index] is None:
            found.append(index)
        ended = ended or is_the_end(text)
    else:
        return []
    said = [sheet.texts[index] for index in found]
    if not said or len(said) > _FEW or any(map(is_dialogue, said)):
        return []
    above = [sheet.texts[at] for at in range(start, found[0]) if sheet.roles[at] is None and sheet.texts[at]]
    heard = sum(1 for text in said if is_surely_authors(text) or steps_out(text, above[-STORY_HEARD:]))
    return found if 2 * heard >= len(said) else []


_FEW = 6


def _is_another_voice(sheet: Sheet, told: list[int], index: int, usual: int, run: Run) -> bool:
    """Past a wider gap "I" speaks, in a story that hardly ever said it, and some line is plainly the author's."""
    if sheet.notes_apart or sheet.lines[index].gap <= usual or run.spoken or not any(run.sure) or len(run.texts) < 2:
        return False
    before = [sheet.texts[at] for at in told if at < index][-STORY_HEARD:]
    return share_in_first_person(run.texts) >= 0.5 and share_in_first_person(before) <= 0.2


def _is_afterword(sheet: Sheet, index: int, run: Run, story: int, length: int, names: set[str]) -> bool:
    """Whether what is set apart here is the author's: by its voice, its cue, its name, or where it stands.

    `length` is how many lines there are up to the next that is set apart: under a divider the last scene may come
    first, and the author only after it.
    """
    if is_dialogue(run.texts[0]) or small_print.BRACKETED.match(run.texts[0]):
        return False
    cued = (bool(_CUE.match(run.texts[0])) or _is_labelled_note(sheet, index)) and not _is_refrain(sheet, index)
    if sheet.notes_apart and not cued:
        return False
    if cued and _is_brief(run, story):
        return True
    if voice_of(run.texts[0]) is not Voice.NONE and run.is_authors:
        scene = sheet.roles[index - 1] is Role.SCENE_BREAK and not any(run.sure[:length])
        if not scene:
            return True
    return _is_signature(run) and (
        _after_the_end(sheet, index) or (len(run.texts) <= 3 and _names_author(run.texts, names))
    )


def _is_refrain(sheet: Sheet, index: int) -> bool:
    """A label that the story itself says again and again."""
    entries = entries_of(index, sheet.lines[index])
    return bool(entries) and said_again(sheet, index, entries[0])


def _is_labelled_note(sheet: Sheet, index: int) -> bool:
    entries = entries_of(index, sheet.lines[index])
    return bool(entries) and entries[0].label.strong and entries[0].label.role is Role.NOTE


def _is_brief(run: Run, story: int) -> bool:
    """Under a cue the author may say anything, but not more than the story does, nor mostly in dialogue."""
    return 3 * run.spoken <= len(run.texts) and 2 * sum(map(len, run.texts)) <= story


def _names_author(texts: Sequence[str], names: set[str]) -> bool:
    """Whether the last words are signed, in a short line, with the name the head gives."""
    signed = [text for text in (texts[0], texts[-1]) if len(text) <= 80]
    return any(last_lines.is_named(text, name) for name in names for text in signed)


def _names(sheet: Sheet) -> set[str]:
    """Who wrote the story, so far as its head says, in small letters."""
    return {told.remark.value.casefold() for told in sheet.testimony if told.remark.field is Field.AUTHOR}


def _is_signature(run: Run) -> bool:
    return len(run.texts) <= 6 and not run.spoken and sum(map(len, run.texts)) <= 400


def _is_apart(sheet: Sheet, index: int, usual: int) -> bool:
    line, before = sheet.lines[index], sheet.roles[index - 1]
    if line.gap > usual or before is Role.SCENE_BREAK or before is Role.CHROME:
        return True
    text = sheet.texts[index]
    if _may_cue(text) and _CUE.match(text):
        return True
    return bool(entries_of(index, line)) or _after_the_end(sheet, index)


def _after_the_end(sheet: Sheet, index: int) -> bool:
    if index > 0 and len(sheet.texts[index - 1]) > _LONGEST_SIGN:
        return False
    for at in range(index - 1, max(index - 4, -1), -1):
        text = sheet.texts[at]
        if text and not is_divider(text):
            return is_the_end(text)
    return False


_LONGEST_SIGN = 100
"""Characters: neither a divider nor "The End" is longer."""


def is_the_end(text: str) -> bool:
    return 0 < len(text) <= 60 and (text[0] in _END_BEGINS or not text[0].isalpha()) and bool(_THE_END.match(text))


def _refined(sheet: Sheet, roles: dict[int, Role]) -> dict[int, Role]:
    """Warnings and labelled fields among the last words keep their own roles."""
    return {index: _own_role(sheet, index) or role for index, role in roles.items()}


def _own_role(sheet: Sheet, index: int) -> Role | None:
    entries = entries_of(index, sheet.lines[index])
    if entries:
        own = entries[0].label.role
        return own if entries[0].label.strong or own is not Role.HEADER else None
    return None


def _remarks(sheet: Sheet, roles: dict[int, Role]) -> Iterator[Remark]:
    for index in roles:
        line = sheet.lines[index]
        entries = entries_of(index, line)
        for entry in entries:
            if entry.label.field is not None and (entry.label.strong or entry.label.role is not Role.HEADER):
                yield from remarks_of(entry, sheet.lines)
        if not entries:
            yield from open_remarks(index, line)[1]
