"""A story as plain text that any program can open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from remnant.give import breaks
from remnant.give.clean import fit
from remnant.give.fields import length, said, values
from remnant.give.flow import Apart, Flow, Run, flow_of, sections_of
from remnant.give.inline import Words, words_of
from remnant.give.markup import headed
from remnant.give.titles import heading_of
from remnant.model import Block, BlockKind, Field, Mark, Role, Section, Shown

_BREAK = "* * *"
_INDENT = "    "
_CALLED = {Apart.NOTE: "Author's note", Apart.SUMMARY: "Summary", Apart.WARNING: "Warning"}
_INDENTED = frozenset({Apart.EPIGRAPH, Apart.LYRICS, Apart.LETTER})
_INDENTED_KINDS = frozenset({BlockKind.VERSE, BlockKind.QUOTE})


def text(shown: Shown) -> bytes:
    """UTF-8 without a BOM; one line a paragraph, a blank line between; title, notices, fields, then the story.

    Emphasis is `_so_`, strong text `*so*`, as on Usenet, and only where the signs stand at the ends of words. Notes
    stand between `[Author's note]` and `[End of the note]`.
    """
    flow = flow_of(shown)
    blocks = [*_front(shown), *(line for section in sections_of(flow.body) for line in _section(flow, section))]
    return "".join(f"{block}\n\n" for block in blocks).encode("utf-8")


def _front(shown: Shown) -> Iterator[str]:
    authors = ", ".join(values(shown, Field.AUTHOR))
    yield fit(shown.label) + (f"\nby {authors}" if authors else "")
    if shown.notices:
        lines = (f"{headed(notice)} {fit(notice.text)}".strip() for notice in shown.notices)
        yield "\n".join(["Before you read", *(f"- {line}" for line in lines)])
    fields = (f"{one.label}: {one.value}" for one in said(shown) if one.field is not Field.AUTHOR)
    yield "\n".join([*fields, f"Length: {length(shown)}"])


def _section(flow: Flow, section: Section) -> Iterator[str]:
    title = heading_of(flow.body, section)
    if title is not None:
        yield f"\n{title}"
    for run in flow.runs(section.first, section.last):
        yield from _run(run)


def _run(run: Run) -> Iterator[str]:
    said = [line for _, block in run.blocks for line in _said(block, indent=run.apart in _INDENTED)]
    if run.apart in _CALLED:
        name = _CALLED[run.apart]
        yield from (f"[{name}]", *said, f"[End of the {name.rpartition(' ')[2].lower()}]")
    elif run.apart is Apart.HEADING:
        yield "\n" + "\n".join(said)
    elif run.apart is Apart.ABOUT:
        yield "\n".join(said)
    else:
        yield from said


def _said(block: Block, indent: bool) -> Iterator[str]:
    if block.role is Role.SCENE_BREAK or block.kind is BlockKind.BREAK:
        yield _BREAK
        if breaks.words_of(block.text) is None:
            return
    words = _worded(words_of(block))
    if block.kind is BlockKind.LIST_ITEM:
        yield f"- {words}"
    else:
        yield _indented(words) if indent or block.kind in _INDENTED_KINDS else words


def _indented(words: str) -> str:
    return "\n".join(_INDENT + line for line in words.split("\n"))


def _worded(words: Sequence[Words]) -> str:
    edges = [False, *(_within_word(one.text, other.text) for one, other in pairwise(words)), False]
    return "".join(_signed(word, edges[n] or edges[n + 1]) for n, word in enumerate(words))


def _within_word(before: str, after: str) -> bool:
    return before[-1:].isalnum() and after[:1].isalnum()


def _signed(words: Words, within_word: bool) -> str:
    """Signs inside a word would tear it, and signs around a line end or a blank would mark nothing."""
    bare = words.text.strip()
    if within_word or not bare or "\n" in bare:
        return words.text
    before, _, after = words.text.partition(bare)
    sign = "".join(sign for mark, sign in _SIGNS if mark in words.marks)
    return f"{before}{sign}{bare}{sign[::-1]}{after}"


_SIGNS: Iterable[tuple[Mark, str]] = ((Mark.STRONG, "*"), (Mark.EMPHASIS, "_"))
