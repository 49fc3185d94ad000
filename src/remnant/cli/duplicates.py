"""`remnant duplicates`: works that may be one story, and a person's word on whether they are."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from remnant.cli import cards, opened, terminal
from remnant.cli.terminal import clean, counted, folded
from remnant.errors import UsageError
from remnant.library import deciding_likeness as deciding
from remnant.library import records
from remnant.library.deciding_likeness import Decided, Decision, decisions
from remnant.library.differing import Chapter, Difference, differ
from remnant.library.evidence import evidence
from remnant.library.likening import Group, Queue, group_of, groups_of, queue
from remnant.library.opening import Library
from remnant.model import Alike, Kinship, Likening, Reader
from remnant.settings import Settings
from remnant.wire.canonical import time_to_json

ACTIONS = ("diff", "accept", "reject", "first", "apart", "undo", "decided")
_OF_GROUPS = {"accept": deciding.accept, "reject": deciding.reject}
_OF_ONE = {"first": deciding.put_first, "apart": deciding.apart, "undo": deciding.undo}
_SAID = {Likening.SAME: "one story", Likening.OTHER: "stories of their own", Likening.FIRST: "stands first"}


def run(wish: argparse.Namespace, settings: Settings) -> int:
    action, works = (wish.words[0], wish.words[1:]) if wish.words else (None, [])
    if action not in (None, *ACTIONS):
        raise UsageError(f"There is no action {action!r}. There are: {', '.join(ACTIONS)}.")
    with opened.up_to_date(settings) as library:
        reader = opened.reader(library, settings)
        match action:
            case None:
                kinship = Kinship(wish.kind) if wish.kind else None
                _list(queue(library, reader, kinship=kinship, page=wish.page, size=wish.size), json=wish.json)
            case "diff":
                _diff(library, reader, works, wish)
            case "decided":
                _decided(decisions(library, reader), json=wish.json)
            case _:
                _decide(library, reader, action, works, wish)
    return 0


def _list(found: Queue, *, json: bool) -> None:
    if json:
        terminal.result_json(queue_to_json(found))
    else:
        terminal.result(*queue_lines(found))


def queue_lines(found: Queue) -> list[str]:
    if not found.total:
        return ["No works here look like one story that nobody has decided on."]
    kinds = ", ".join(f"{many} {kind}" for kind, many in found.counts.items())
    told = [f"{counted(found.total, 'group')} that may each be one story: {kinds}. Page {found.page} of {found.pages}."]
    for group in found.groups:
        told += ["", f"{group.kinship.capitalize()}", *_group(group)]
    more = [f"More: remnant duplicates --page {found.page + 1}"] if found.page < found.pages else []
    return [*told, "", *more, "One story: remnant duplicates accept WORK...     Several: reject     Look closer: diff"]


def _group(group: Group) -> list[str]:
    lines: list[str] = []
    for member in group.members:
        lines.append(f"  {cards.head(member.shown)}")
        if member.alike is not None:
            lines += folded(evidence(member.alike), "      ", "      ")
        elif group.kinship is not Kinship.IN_COMMON:
            lines.append("      It would stand on the shelf.")
    return lines


def _diff(library: Library, reader: Reader, works: Sequence[str], wish: argparse.Namespace) -> None:
    if len(works) != 2:
        raise UsageError("Name two works: remnant duplicates diff WORK WORK.")
    found = differ(library, reader, *works)
    if wish.json:
        terminal.result_json(difference_to_json(found))
    else:
        terminal.result(*difference_lines(found, whole=wish.whole))


def difference_lines(found: Difference, *, whole: bool) -> list[str]:
    """What went between [- -], what is new between {+ +}, as word diffs are written everywhere."""
    told = [f"From  {cards.head(found.first)}", f"to    {cards.head(found.second)}"]
    for chapter in found.chapters:
        title = clean(chapter.title or "The text")
        told += ["", title if chapter.changed else f"{title}: unchanged"]
        told += _rows(chapter, whole=whole) if whole or chapter.changed else []
    return told


def _rows(chapter: Chapter, *, whole: bool) -> list[str]:
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    told = (row for row in chapter.rows if whole or any(stretch.change != "same" for stretch in row))
    texts = (" ".join(marks[stretch.change].format(stretch.text) for stretch in row) for row in told)
    return [line for text in texts for line in ("", *folded(text, "  ", "  "))]


def _decide(library: Library, reader: Reader, action: str, works: Sequence[str], wish: argparse.Namespace) -> None:
    if action in _OF_GROUPS:
        decided = _OF_GROUPS[action](library, reader, _groups(library, reader, works, wish), dry_run=wish.dry_run)
    elif action == "apart" and len(works) == 2 and works[1].isdecimal():
        decided = deciding.part_apart(library, reader, works[0], int(works[1][:9]), dry_run=wish.dry_run)
    elif len(works) == 1:
        decided = _OF_ONE[action](library, reader, works[0], dry_run=wish.dry_run)
    else:
        raise UsageError(f"Name one: remnant duplicates {action} ID.")
    if wish.json:
        terminal.result_json(decided_to_json(decided, action, dry_run=wish.dry_run))
    else:
        terminal.result(*decided_lines(decided, action, dry_run=wish.dry_run))


def _groups(library: Library, reader: Reader, works: Sequence[str], wish: argparse.Namespace) -> list[tuple[str, ...]]:
    """The works named; of one alone, the undecided group that it is in."""
    if wish.all_same_words:
        if works or wish.words[0] != "accept":
            raise UsageError("--all-same-words goes with accept alone, and names no works.")
        return list(groups_of(library, reader, Kinship.SAME_WORDS))
    return [group_of(library, reader, works[0]) if len(works) == 1 else tuple(works)]


def decided_lines(decided: Decided, action: str, *, dry_run: bool) -> list[str]:
    if decided.batch is None:
        return ["Nothing was to be decided: that is so already."]
    said = {
        "accept": f"One story{' each' if len(decided.groups) > 1 else ''}",
        "reject": "Stories of their own, not asked about again",
        "first": "Another of these tellings stands on the shelf",
        "apart": "The first of these is no telling of the others",
        "undo": "Taken back, what was said of",
    }
    named = [f"  {', '.join(group)}" for group in decided.groups[:20]]
    more = [f"  and {len(decided.groups) - 20} groups more"] if len(decided.groups) > 20 else []
    later = [] if decided.indexed or dry_run else [opened.LATER]
    how = "Nothing was written." if dry_run else f"Undone with: remnant duplicates undo {decided.batch}"
    return [
        f"{'Would be written: ' if dry_run else ''}{said[action]}:",
        *named,
        *more,
        *later,
        *([] if action == "undo" else [how]),
    ]


def _decided(found: tuple[Decision, ...], *, json: bool) -> None:
    if json:
        terminal.result_json({"v": 1, "decisions": [_decision_to_json(one) for one in found]})
        return
    told = [line for one in found for line in _decision(one)]
    terminal.result(*(told or ["Nothing was decided yet."]))


def _decision(one: Decision) -> list[str]:
    by = f"{one.by}, {one.at:%Y-%m-%d}" if one.by and one.at else "found at one address, unasked"
    works = [f"    {cards.head(shown)}" for shown in one.works]
    return [clean(f"{one.batch}  {_SAID[one.what]} ({by})"), *works]


def queue_to_json(found: Queue) -> dict[str, Any]:
    return {
        "v": 1,
        "total": found.total,
        "counts": {kind.value: many for kind, many in found.counts.items()},
        "page": found.page,
        "pages": found.pages,
        "groups": [
            {
                "kinship": group.kinship.value,
                "works": [records.card(m.shown) | {"to_first": alike_to_json(m.alike)} for m in group.members],
            }
            for group in found.groups
        ],
    }


def alike_to_json(alike: Alike | None) -> dict[str, Any] | None:
    if alike is None:
        return None
    return {
        "kinship": alike.kinship.value,
        "shares": [round(share, 3) for share in alike.shares],
        "chapters": {"unchanged": alike.unchanged, "changed": alike.changed, "new": alike.new},
        "stretch": alike.stretch,
        "longer": "first" if alike.longer == 0 else "this",
        "exact": alike.exact,
        "evidence": evidence(alike),
    }


def difference_to_json(found: Difference) -> dict[str, Any]:
    return {
        "v": 1,
        "first": found.first.work,
        "second": found.second.work,
        "chapters": [
            {
                "title": one.title,
                "changed": one.changed,
                "rows": [[[s.change.value, s.text] for s in row] for row in one.rows],
            }
            for one in found.chapters
        ],
    }


def decided_to_json(decided: Decided, action: str, *, dry_run: bool) -> dict[str, Any]:
    groups = [list(group) for group in decided.groups]
    return {
        "v": 1,
        "action": action,
        "dry_run": dry_run,
        "decision": decided.batch,
        "groups": groups,
        "indexed": decided.indexed,
    }


def _decision_to_json(one: Decision) -> dict[str, Any]:
    at = time_to_json(one.at) if one.at else None
    works = [shown.work for shown in one.works]
    return {"decision": one.batch, "said": one.what.value, "by": one.by, "at": at, "works": works}
