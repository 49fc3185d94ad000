"""`remnant find`: works by their words and by what is known of them."""

from __future__ import annotations

import argparse
from shlex import quote

from remnant.cli import cards, opened, terminal
from remnant.cli.first_use import asking_once
from remnant.cli.terminal import clean, counted, folded
from remnant.library import records
from remnant.library.asking import Answer, search
from remnant.model import Shown
from remnant.settings import Settings


def run(wish: argparse.Namespace, settings: Settings) -> int:
    with opened.up_to_date(settings) as library:
        reader = opened.reader(library, settings)
        reader = asking_once(library, reader, quiet=wish.json or settings.plain)
        answer = search(
            library,
            reader,
            asked(wish.query),
            sort=wish.sort,
            page=wish.page,
            size=wish.size,
            facets=wish.facets or wish.json,
        )
    if wish.json:
        terminal.result_json(records.answer(answer))
        return 0
    for note in answer.notes:
        terminal.remark(*folded(note))
    terminal.result(*lines(answer, facets=wish.facets))
    return 0


def asked(words: list[str]) -> str:
    """The words as the shell gave them: one that has blanks and is no field was quoted, so it is a phrase."""
    if len(words) == 1:
        return words[0]
    return " ".join(f'"{word}"' if " " in word and '"' not in word and ":" not in word else word for word in words)


def lines(answer: Answer, *, facets: bool) -> list[str]:
    shown = [_head(answer), *_aside(answer), *_veiled(answer)]
    for hit in answer.hits:
        shown += ["", cards.head(hit), *_notices(hit), *cards.sign_lines(hit), *cards.snippet_lines(hit)]
    if answer.page < answer.pages:
        shown += ["", f"More: the same with --page {answer.page + 1}"]
    return shown + (_facets(answer) if facets else [])


def _notices(hit: Shown) -> list[str]:
    """What its author says before the story; what stands behind its beginning may tell of it, and is told if asked."""
    late = sum(notice.late for notice in hit.notices)
    more = [f"  ! {counted(late, 'more warning stands', 'more warnings stand')} further down: remnant show {hit.work}"]
    early = tuple(notice for notice in hit.notices if not notice.late)
    return [*cards.notice_lines(early), *(more if late else [])]


def _aside(answer: Answer) -> list[str]:
    """What is no story and matched too, with the words that find it."""
    return [
        clean(f"and {counted(count.works, count.value)}: remnant find {quote(count.query)}") for count in answer.aside
    ]


def _veiled(answer: Answer) -> list[str]:
    if answer.unasked:
        return [f"{counted(answer.unasked, 'work is', 'works are')} veiled, and no question finds them: remnant veiled"]
    if answer.veiled:
        return [f"and {counted(answer.veiled, 'work is', 'works are')} veiled; why: remnant veiled"]
    return []


def _head(answer: Answer) -> str:
    found = counted(answer.total, "work")
    if answer.page > answer.pages:
        return f"{found}; there is no page {answer.page}, the last is --page {answer.pages}"
    return f"{found}, page {answer.page} of {answer.pages}" if answer.pages > 1 else found


def _facets(answer: Answer) -> list[str]:
    shown = []
    for name, counts in answer.facets.items():
        if counts:
            shown += ["", name, *(f"  {count.works:>7,}  {clean(count.value)}" for count in counts)]
    return shown
