"""`remnant veiled`: what is veiled from somebody, and why."""

from __future__ import annotations

import argparse
from typing import Any

from remnant.cli import cards, opened, terminal
from remnant.cli.terminal import counted
from remnant.library import records
from remnant.library.asking import Answer, veiled
from remnant.settings import Settings


def run(wish: argparse.Namespace, settings: Settings) -> int:
    with opened.up_to_date(settings) as library:
        answer = veiled(library, opened.reader(library, settings), page=wish.page, size=wish.size)
    if wish.json:
        terminal.result_json(to_json(answer))
    else:
        terminal.result(*lines(answer))
    return 0


def to_json(answer: Answer) -> dict[str, Any]:
    works = [records.card(hit) for hit in answer.hits]
    return {"v": 1, "total": answer.total, "page": answer.page, "pages": answer.pages, "works": works}


def lines(answer: Answer) -> list[str]:
    if not answer.total:
        return ["Nothing is veiled from you."]
    shown = [f"{counted(answer.total, 'work')} veiled, page {answer.page} of {answer.pages}"]
    for hit in answer.hits:
        shown += ["", *cards.veiled_lines(hit)]
    more = [f"More: remnant veiled --page {answer.page + 1}"] if answer.page < answer.pages else []
    return [*shown, "", *more, "To look once: remnant show WORK --open     For good: remnant open WORK"]
