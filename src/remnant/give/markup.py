"""A flow as clean markup, HTML and XHTML at once; nothing of a stranger's markup survives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from remnant.give import breaks
from remnant.give.clean import fit, marked_up
from remnant.give.flow import Apart, Flow, Run
from remnant.give.inline import LINE_END, inline, plain_words, words_of
from remnant.give.manner import Manner
from remnant.model import STORY_ROLES, Block, BlockKind, Notice, Role, Shown

LONG_NOTE = 60
"""Words above which a note of one paragraph gets its own way past; of more paragraphs, any note does."""

Numbered = tuple[int, Block]


def notices(shown: Shown, flow: Flow, manner: Manner, *, folded: bool = False) -> str:
    """What stands before the story, as a list so that its length is announced; empty if there is nothing.

    `folded`: what its author wrote further down, and may tell of the story, waits behind one tap.
    """
    if not shown.notices:
        return ""
    early = [notice for notice in shown.notices if not (folded and notice.late)]
    late = [notice for notice in shown.notices if folded and notice.late]
    inside = _list(early, flow, manner) + (_folded(_list(late, flow, manner), len(late)) if late else "")
    attributes = f'class="notices" role="doc-notice" aria-label="Before you read"{manner.typed("notice")}'
    return f"<section {attributes}>\n{inside}</section>\n"


def _list(notices: Sequence[Notice], flow: Flow, manner: Manner) -> str:
    items = "\n".join(_notice(notice, flow, manner) for notice in notices)
    return f"<ul>\n{items}\n</ul>\n" if notices else ""


def _folded(inside: str, number: int) -> str:
    told = "One more warning stands" if number == 1 else f"{number} more warnings stand"
    summary = f"{told} further down, and may tell of the story"
    return f'<details lang="en">\n<summary>{summary}</summary>\n{inside}</details>\n'


def headed(notice: Notice) -> str:
    """What a notice is, unless its own words begin by saying so."""
    kind = notice.kind.value.capitalize()
    return "" if kind.casefold() in notice.text[:24].casefold() else f"{kind}:"


@dataclass(slots=True)
class Writer:
    """Writes the blocks of one section; it remembers only whether a heading stands above."""

    flow: Flow
    manner: Manner
    under_heading: bool = False

    def blocks(self, first: int, last: int) -> str:
        """The blocks between two, both included."""
        return "".join(map(self._run, self.flow.runs(first, last)))

    def heading(self, text: str, attributes: str = "") -> str:
        """The first of a section on the manner's own level, all others one below: no level is ever skipped."""
        level = self.manner.top + self.under_heading
        self.under_heading = True
        return f"<h{level}{attributes}>{text}</h{level}>\n"

    def _run(self, run: Run) -> str:
        match run.apart:
            case Apart.STORY:
                return self._flowing(run.blocks)
            case Apart.HEADING:
                return self._chapter_heading(run.blocks)
            case Apart.NOTE:
                return self._note(run.blocks)
            case Apart.SUMMARY:
                return self._aside("summary", "Summary", run.blocks)
            case Apart.WARNING:
                return self._aside("warning", "Warning", run.blocks)
            case Apart.ABOUT:
                about = self._flowing(run.blocks)
                return f'<div class="about" role="group" aria-label="As the file is headed">\n{about}</div>\n'
            case quoted_as:
                return _blockquote(quoted_as, "".join(map(self._one, run.blocks)), self.manner)

    def _chapter_heading(self, blocks: Sequence[Numbered]) -> str:
        """Neighbouring lines of a heading are one heading, said in one breath."""
        if len(blocks) == 1:
            index, block = blocks[0]
            return self.heading(self._words(index, block), f' class="chapter" id="p{index}"')
        lines = (f'<span id="p{index}">{self._words(index, block)}</span>' for index, block in blocks)
        return self.heading("<br/>\n".join(lines), ' class="chapter"')

    def _note(self, blocks: Sequence[Numbered]) -> str:
        """Set apart, and passed in one move: by a link where it is long, as one paragraph where it is not."""
        if len(blocks) == 1 and len(blocks[0][1].text.split()) <= LONG_NOTE:
            return self._aside("note", "Author's note", blocks)
        past = f"past{blocks[-1][0]}"
        skip = f'<p class="skip-note" lang="en"><a href="#{past}">Skip this note</a></p>\n'
        return self._aside("note", "Author's note", blocks, skip) + f'<span id="{past}"></span>\n'

    def _aside(self, kind: str, label: str, blocks: Sequence[Numbered], before: str = "") -> str:
        inside = before + self._flowing(blocks)
        return f'<aside class="{kind}" role="note" aria-label="{label}">\n{inside}</aside>\n'

    def _flowing(self, blocks: Iterable[Numbered]) -> str:
        grouped = groupby(blocks, key=lambda item: item[1].kind)
        return "".join(self._alike(kind, group) for kind, group in grouped)

    def _alike(self, kind: BlockKind, blocks: Iterable[Numbered]) -> str:
        match kind:
            case BlockKind.LIST_ITEM:
                return f"<ul>\n{self._each(blocks, 'li')}</ul>\n"
            case BlockKind.QUOTE:
                return f"<blockquote>\n{self._each(blocks, 'p')}</blockquote>\n"
            case BlockKind.VERSE:
                return _blockquote(Apart.LYRICS, self._each(blocks, "p"), self.manner)
        return "".join(map(self._one, blocks))

    def _one(self, numbered: Numbered) -> str:
        index, block = numbered
        if block.role is Role.SCENE_BREAK or block.kind is BlockKind.BREAK:
            return self._scene_break(index, block)
        if block.kind is BlockKind.HEADING and block.role is Role.STORY:
            return self.heading(self._words(index, block), f' id="p{index}"')
        return self._element("pre" if block.kind is BlockKind.PREFORMATTED else "p", index, block)

    def _scene_break(self, index: int, block: Block) -> str:
        """Said once. Its stars are not given: they stand in the original."""
        said = f'<hr class="scene" id="p{index}" aria-label="{breaks.SAID}"/>\n'
        words = breaks.words_of(block.text)
        return said if words is None else f"{said}<p>{self._words(index, block)}</p>\n"

    def _each(self, blocks: Iterable[Numbered], tag: str) -> str:
        return "".join(self._element(tag, index, block) for index, block in blocks)

    def _element(self, tag: str, index: int, block: Block) -> str:
        story = mark = ""
        if self.manner.mark is not None and block.role in STORY_ROLES:
            story, mark = " data-story", self.manner.mark(index)
        return f'<{tag} id="p{index}"{story}>{self._words(index, block)}{mark}</{tag}>\n'

    def _words(self, index: int, block: Block) -> str:
        return self._inside(index, block) + back(index, self.flow, self.manner)

    def _inside(self, index: int, block: Block) -> str:
        plain = plain_words(block) if index not in self.flow.pointers else None
        if plain is not None:
            return marked_up(plain).replace("\n", LINE_END)
        words = words_of(block, self.flow.pointers.get(index, ()))
        return inline(words, self.manner, "\n" if block.kind is BlockKind.PREFORMATTED else LINE_END)


def back(index: int, flow: Flow, manner: Manner) -> str:
    """From what a pointer leads to, the way back to the pointer."""
    if index not in flow.back:
        return ""
    label = "Back to where this is mentioned"
    return f' <a class="back" href="{manner.to(flow.back[index])}" role="doc-backlink" aria-label="{label}">\u21a9</a>'


def _notice(notice: Notice, flow: Flow, manner: Manner) -> str:
    text = f'{_headed(notice)}<span dir="auto">{marked_up(fit(notice.text))}</span>'
    if notice.block not in flow.forward or notice.block is None:
        return f"<li>{text}</li>"
    return f'<li id="p{notice.block}">{text}{back(notice.block, flow, manner)}</li>'


def _headed(notice: Notice) -> str:
    kind = headed(notice)
    return f'<strong lang="en">{kind}</strong> ' if kind else ""


def _blockquote(apart: Apart, inside: str, manner: Manner) -> str:
    name, kind, role = _QUOTED[apart]
    return f'<blockquote class="{name}"{manner.typed(kind)}{role}>\n{inside}</blockquote>\n'


_QUOTED = {
    Apart.EPIGRAPH: ("epigraph", "epigraph", ' role="doc-epigraph"'),
    Apart.LYRICS: ("verse", "z3998:verse", ""),
    Apart.LETTER: ("letter", "z3998:letter", ""),
}
