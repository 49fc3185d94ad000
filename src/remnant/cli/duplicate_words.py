"""What `remnant duplicates` takes, and how its help tells it."""

from __future__ import annotations

import argparse

KINSHIPS = ("same words", "more chapters", "edited", "parts in common")

DUPLICATES = (
    "Show works that may be one story, and say whether they are.",
    "Works are compared by the words of their story text: form, type, notes and headings do not count. Files found\n"
    "at the same address, where every old chapter is unchanged in the newer, are joined unasked; all else waits here,\n"
    "in groups, until somebody says. Works that are one story stand on the shelf once; every telling is kept, can be\n"
    "shown, read and exported by its own id, and what is warned of in one is warned of for all. All of it is undone\n"
    "as easily.",
    "  remnant duplicates                               what is undecided, the nearest first\n"
    "  remnant duplicates diff abcd2345 efgh2345        how the second differs from the first\n"
    "  remnant duplicates accept abcd2345               the group that this work is in is one story\n"
    "  remnant duplicates accept --all-same-words --dry-run\n"
    "  remnant duplicates reject abcd2345 efgh2345      two stories; never asked again\n"
    "  remnant duplicates first abcd2345                this telling stands on the shelf\n"
    "  remnant duplicates apart abcd2345                this one is no telling of it after all\n"
    "  remnant duplicates apart abcd2345 3              part 3 of a story posted in parts is none of it\n"
    "  remnant duplicates decided                       what was decided, and how to undo it\n"
    "  remnant duplicates undo k3xq2ab7",
)


def duplicates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words",
        nargs="*",
        metavar="ACTION WORK",
        help="diff, accept, reject, first, apart, undo or decided, then the works' ids; none lists what is undecided",
    )
    parser.add_argument("--kind", choices=KINSHIPS, help="list only these")
    parser.add_argument("--page", type=int, default=1, metavar="N", help="default: 1")
    parser.add_argument("--size", type=int, default=20, metavar="N", help="groups a page (default: 20)")
    parser.add_argument("--all-same-words", action="store_true", help="with accept: every group of the same words")
    parser.add_argument("--whole", action="store_true", help="with diff: also what did not change")
    parser.add_argument("--dry-run", action="store_true", help="say what would be decided, write nothing")
