"""What stands inside a paragraph of Markdown: emphasis, links, escapes, notes. What is not surely markup is text.

One pass with a stack for each kind of mark, so no number of marks that are never closed costs more than its length.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from remnant.model import Mark
from remnant.understand.formats.surroundings import safe_link

_STEP = re.compile(
    r"""
      \\(?P<escaped>[!-/:-@\[-`{-~])
    | `(?P<code>[^`\n]{1,500})`
    | (?P<note>\[\^(?P<name>[^\]\[\s^]{1,60})\])(?!:)
    | (?<!!)\[(?P<said>[^\]\[\n]{1,400})\]\((?P<href>[^()\s<>]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)
        (?:\x20+(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'))?\)
    | (?P<run>\*{1,3}(?!\*)|_{1,3}(?!_)|~~(?!~))
    """,
    re.VERBOSE,
)
_MARKS = {
    "*": frozenset({Mark.EMPHASIS}),
    "_": frozenset({Mark.EMPHASIS}),
    "**": frozenset({Mark.STRONG}),
    "__": frozenset({Mark.STRONG}),
    "***": frozenset({Mark.EMPHASIS, Mark.STRONG}),
    "___": frozenset({Mark.EMPHASIS, Mark.STRONG}),
    "~~": frozenset({Mark.STRIKE}),
}


class Range(NamedTuple):
    """Characters `start` to `end` of a paragraph that are marked, or a link."""

    start: int
    end: int
    marks: frozenset[Mark]
    href: str | None = None


class Inline(NamedTuple):
    """What the markup of a paragraph says: characters that are only markup, and ranges that it marks."""

    markup: tuple[tuple[int, int], ...]
    ranges: tuple[Range, ...]


def inline(text: str) -> Inline:
    """Read the markup of one paragraph."""
    markup: list[tuple[int, int]] = []
    ranges: list[Range] = []
    opened: defaultdict[str, list[int]] = defaultdict(list)
    for found in _steps(text):
        start, end = found.span()
        if found["escaped"]:
            markup.append((start, start + 1))
        elif found["code"]:
            markup += [(start, start + 1), (end - 1, end)]
            ranges.append(Range(start + 1, end - 1, frozenset({Mark.CODE})))
        elif found["note"]:
            markup += [(start, start + 2), (end - 1, end)]
            ranges.append(Range(start + 2, end - 1, frozenset({Mark.SUPERSCRIPT}), f"#note-{found['name']}"))
        elif found["said"] is not None:
            markup += [(start, start + 1), (found.end("said"), end)]
            ranges.append(Range(start + 1, found.end("said"), frozenset(), safe_link(found["href"])))
        else:
            _run(text, found, opened, markup, ranges)
    return Inline(tuple(sorted(markup)), tuple(ranges))


def _steps(text: str) -> Iterator[re.Match[str]]:
    """Each sign of markup in turn. What stands in the words of a link is looked at, what in its address is not."""
    at, until, behind = 0, len(text), len(text)
    while True:
        found = _STEP.search(text, at, until)
        if found is None:
            if until == len(text):
                return
            at, until = behind, len(text)
            continue
        yield found
        at = found.end()
        if found["said"] is not None:
            at, until, behind = found.start("said"), found.end("said"), found.end()


def _run(
    text: str,
    found: re.Match[str],
    opened: defaultdict[str, list[int]],
    markup: list[tuple[int, int]],
    ranges: list[Range],
) -> None:
    """Signs of emphasis: they end what signs like them began, or begin something, or are only signs."""
    run, (start, end) = found["run"], found.span()
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    may_open = not after.isspace() and (not _is_letter(before) if run[0] == "_" else _opens(before, after))
    may_close = not before.isspace() and (not _is_letter(after) if run[0] == "_" else _opens(after, before))
    if may_close and opened[run]:
        first = opened[run].pop()
        for stack in opened.values():
            while stack and stack[-1] > first:
                stack.pop()
        markup.extend(((first, first + len(run)), (start, end)))
        ranges.append(Range(first + len(run), start, _MARKS[run]))
    elif may_open:
        opened[run].append(start)


def _opens(outer: str, inner: str) -> bool:
    """Whether signs may stand between these two: before punctuation only where nothing or punctuation is outside."""
    return _is_letter(inner) or not _is_letter(outer)


def _is_letter(letter: str) -> bool:
    return letter.isalnum()
