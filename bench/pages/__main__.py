"""Chrome told from story on pages of unknown makers: `python -m bench.pages`; `--wrong` says what is no story."""

from __future__ import annotations

import argparse
import html

from bench.pages import shapes_known, shapes_unseen
from bench.pages.measure import measured
from bench.pages.tales import TALES

from remnant.model import STORY_ROLES
from remnant.understand.reader import understand_bytes


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--wrong", action="store_true", help="name what is taken for story on the known shapes")
    told.add_argument("--known", action="store_true", help="only the shapes that the rules were made on")
    asked = told.parse_args()
    if asked.wrong:
        wrong()
        return 0
    sets = [("known", shapes_known.SHAPES)] + ([] if asked.known else [("unseen", shapes_unseen.SHAPES)])
    print("| shapes | pages | story found | story clean | pages exact | notes hidden |\n|---|---|---|---|---|---|")
    for name, shapes in sets:
        count = measured(shapes)
        print(
            f"| {name} | {count.pages} | {count.recall:.3f} | {count.precision:.3f} | {count.whole}/{count.pages} "
            f"| {count.hidden}/{count.notes} |"
        )
        for line in count.lost if name == "known" else ():
            print(line)
    return 0


def wrong() -> None:
    for shape in shapes_known.SHAPES:
        for tale in TALES:
            right = {" ".join(html.unescape(text).split()) for text in tale.paragraphs}
            blocks = understand_bytes(shape(tale).encode("utf-8")).blocks
            taken = [" ".join(block.text.split()) for block in blocks if block.role in STORY_ROLES]
            print(shape.__name__, tale.title, [text[:60] for text in taken if text and text not in right])


if __name__ == "__main__":
    raise SystemExit(main())
