"""`remnant open`: a veiled work, for good."""

from __future__ import annotations

import argparse

from remnant.cli import opened, terminal
from remnant.library.knowing import full_id
from remnant.library.unveiling import close, for_good
from remnant.settings import Settings


def run(wish: argparse.Namespace, settings: Settings) -> int:
    with opened.up_to_date(settings) as library:
        reader = opened.reader(library, settings)
        work = full_id(library, reader, wish.work)
        (close if wish.close else for_good)(library, reader, work)
    if wish.json:
        terminal.result_json({"v": 1, "work": work, "opened": not wish.close})
    else:
        terminal.result(f"{work} is {'as veiled as others again' if wish.close else 'open to you from now on'}.")
    return 0
