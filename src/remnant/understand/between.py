"""What stands between the parts of a head and carries no sign of its own: notes, a summary, a title, a first scene."""

from __future__ import annotations

from itertools import islice

from remnant.model import Confidence, Field, Role
from remnant.understand.bylines import is_byline
from remnant.understand.fact_items import is_facts
from remnant.understand.head_lines import OF_THE_WORK, Head, among_others, summed_up
from remnant.understand.header import Entry, entries_of
from remnant.understand.inserts import is_over_its_source
from remnant.understand.names import titled_late
from remnant.understand.places import whole
from remnant.understand.register import Voice, is_dialogue, is_surely_authors, run_of, says_i_or_you, voice_of
from remnant.understand.sheet import Remark, Sheet

_BELOW = 400
"""Lines below a head in which a story is looked for."""


def goes_on(sheet: Sheet, walk: Head, waiting: list[int], role: Role | None, end: int) -> bool:
    """Whether the head goes on past this line: prose between its parts is a note, if the author says it.

    Otherwise the story had begun there, and what was taken after its first words is given back.
    """
    if not waiting or role is None:
        return True
    if role is Role.HEADER and (talk := _talk_over_a_title(sheet, walk, waiting)):
        named = titled_late(sheet, [*waiting[talk:], waiting[-1] + 1])
        if named.roles:
            walk.roles |= dict.fromkeys(waiting[:talk], Role.NOTE) | named.roles
            walk.remarks += named.remarks
            waiting.clear()
            return True
    if role in _FIELDS and _is_of_the_work(sheet, waiting):
        if not _is_told_below(sheet, waiting[-1] + 1, end):
            return _begin(walk, waiting[0])
        if _is_told(sheet, waiting):
            _named_below_a_scene(sheet, walk, waiting)
            waiting.clear()
            return True
    if _is_note(sheet, walk, waiting, role) and (role is not Role.NOTE or _leaves_a_story(sheet, walk, waiting, end)):
        between = _role_between(sheet, walk, waiting, role)
        walk.roles |= dict.fromkeys(waiting, between)
        if between is Role.SUMMARY:
            walk.remarks.append(summed_up(sheet, waiting[0]))
        _under_the_counts(sheet, walk, waiting)
        waiting.clear()
        return True
    if role in (Role.CHROME, Role.SCENE_BREAK):
        _above_a_divider(sheet, walk, waiting)
        return True
    return _begin(walk, waiting[0])


def _begin(walk: Head, begun: int) -> bool:
    """Give back to the story whatever was taken after its first words."""
    walk.roles = {index: role for index, role in walk.roles.items() if index < begun}
    walk.entries = [entry for entry in walk.entries if entry.value[0].line < begun]
    walk.remarks = [remark for remark in walk.remarks if remark.line < begun]
    return False


def _talk_over_a_title(sheet: Sheet, walk: Head, waiting: list[int]) -> int:
    """How many of these lines are talk above a title, and perhaps a name, right above facts; 0 if they are not that."""
    below = waiting[-1] + 1
    if below >= len(sheet.texts) or not is_facts(sheet.texts[below]) or not 1 < len(waiting) <= _FEW:
        return 0
    talk = next((at for at, index in enumerate(waiting) if _is_brief(sheet.texts[index])), 0)
    texts = [sheet.texts[index] for index in waiting[:talk]]
    if len(waiting) - talk > 2 or min(walk.roles, default=below) < waiting[0]:
        return 0
    return talk if all(says_i_or_you(text) and not is_dialogue(text) for text in texts) else 0


def _is_told(sheet: Sheet, waiting: list[int]) -> bool:
    """Whether lines above a title are a scene: somebody speaks in it, and nobody to readers."""
    texts = [sheet.texts[index] for index in waiting]
    told = [text for text in texts if not is_dialogue(text)]
    return len(texts) > len(told) and len(texts) > 1 and not any(voice_of(text) is not Voice.NONE for text in told)


def _is_told_below(sheet: Sheet, start: int, end: int) -> bool:
    """Whether a story still follows these fields: if not, it stands above them."""
    below = (at for at in range(start, end) if sheet.texts[at] and sheet.roles[at] is None)
    return any(not entries_of(at, sheet.lines[at]) for at in islice(below, _BELOW))


def _named_below_a_scene(sheet: Sheet, walk: Head, waiting: list[int]) -> None:
    """The title and name that close a cold opening, above their labelled fields."""
    if len(waiting) > 3 and is_byline(sheet.texts[waiting[-1]]):
        named = titled_late(sheet, waiting[-2:])
        walk.roles |= named.roles
        walk.remarks += named.remarks


def _under_the_counts(sheet: Sheet, walk: Head, waiting: list[int]) -> None:
    """A page of the largest archive, copied as text: title and name stand between its counts and the summary."""
    above = [entry for entry in walk.entries if entry.value[0].line < waiting[0]]
    if not 1 <= len(waiting) <= 2 or not any(entry.label.name == "stats" for entry in above):
        return
    if above[-1].value[-1].line != waiting[0] - 1 or not all(_is_brief(sheet.texts[index]) for index in waiting):
        return
    for index, (named, role) in zip(waiting, ((Field.TITLE, Role.TITLE), (Field.AUTHOR, Role.BYLINE)), strict=False):
        line = sheet.lines[index]
        walk.roles[index] = role
        walk.remarks.append(Remark(named, sheet.texts[index], Confidence.LIKELY, whole(line), index))


def _leaves_a_story(sheet: Sheet, walk: Head, waiting: list[int], end: int) -> bool:
    """Whether anything is left to be told in this chapter if what waits is a note; if not, it may be the story."""
    rest = range(waiting[-1] + 1, end)
    left = (at for at in rest if at not in walk.roles and sheet.roles[at] is None and sheet.texts[at])
    if any(not is_surely_authors(sheet.texts[at]) for at in left):
        return True
    return Voice.NONE not in run_of(sheet.texts[index] for index in waiting).voices


def _role_between(sheet: Sheet, walk: Head, waiting: list[int], role: Role) -> Role:
    """Between the parts of a head a few words are a field; one paragraph under names and over fields sums up."""
    texts = [sheet.texts[index] for index in waiting]
    if role in _FIELDS and all(map(_is_brief, texts)):
        return Role.HEADER
    if all(map(is_over_its_source, texts)):
        return Role.EPIGRAPH
    named = {Role.TITLE, Role.BYLINE} & _roles_above(walk, waiting)
    if role is Role.HEADER and named and len(texts) == 1 and voice_of(texts[0]) is not Voice.SURE:
        return Role.SUMMARY
    return Role.NOTE


def _roles_above(walk: Head, waiting: list[int]) -> set[Role]:
    return {role for index, role in walk.roles.items() if index < waiting[0]}


def _above_a_divider(sheet: Sheet, walk: Head, waiting: list[int]) -> None:
    """Between an unlabelled title and a divider: a few words are a field, one short paragraph a summary."""
    named = _roles_above(walk, waiting)
    texts = [sheet.texts[index] for index in waiting]
    if named & {Role.TITLE, Role.BYLINE} and all(map(_is_brief, texts)):
        walk.roles |= dict.fromkeys(waiting, Role.HEADER)
        waiting.clear()
    elif Role.BYLINE in named and len(texts) == 1 and _may_sum_up(sheet, texts[0]):
        walk.roles[waiting[0]] = Role.SUMMARY
        walk.remarks.append(summed_up(sheet, waiting[0]))
        waiting.clear()


def _may_sum_up(sheet: Sheet, text: str) -> bool:
    """Where more dividers follow, the first may end a scene of one paragraph."""
    return len(text) <= 300 and not is_dialogue(text) and sheet.roles.count(Role.SCENE_BREAK) == 1


BETWEEN_NOTES = 250
"""Characters between two notes that are a note too; a drabble is longer."""

_FIELDS = frozenset({Role.HEADER, Role.SUMMARY, Role.WARNING, Role.SPOILER, Role.TITLE, Role.BYLINE})


def _is_note(sheet: Sheet, walk: Head, waiting: list[int], role: Role) -> bool:
    run = run_of(sheet.texts[index] for index in waiting)
    if role in _FIELDS and _is_of_the_work(sheet, waiting):
        return True
    if run.spoken or role in (Role.TITLE, Role.BYLINE):
        return not run.spoken
    if role in _FIELDS and all(map(_is_brief, run.texts)):
        return True
    if walk.in_note and role is Role.NOTE and sum(map(len, run.texts)) <= BETWEEN_NOTES:
        return True
    if walk.in_note and role in _FIELDS:
        return 2 * run.voices.count(Voice.NONE) <= len(waiting)
    return 2 * sum(run.sure) >= len(waiting)


def _is_of_the_work(sheet: Sheet, waiting: list[int]) -> bool:
    """Whether what stands below names two things that only a work has: no story begins above its own title."""
    below = range(waiting[-1] + 1, min(waiting[-1] + 6, len(sheet.lines)))
    found = (entry.label for at in below for entry in _entries(sheet, at))
    return len({label.field for label in found if label.strong} & OF_THE_WORK) >= 2 and len(waiting) <= _FEW


def _entries(sheet: Sheet, index: int) -> tuple[Entry, ...]:
    return entries_of(index, sheet.lines[index]) or among_others(sheet, index)


_FEW = 6

_BRIEF = 60


def _is_brief(text: str) -> bool:
    """A few words that are no sentence: between a title and its fields they are one more field."""
    return len(text) <= _BRIEF and not text.endswith((".", "!", "?", ",", ";", "…"))
