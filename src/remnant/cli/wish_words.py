"""What `remnant join` and `remnant wish` take, and how their help tells it."""

from __future__ import annotations

import argparse

from remnant.cli.vault_words import identity

WISHES = ("private", "withhold-name", "seal", "forget")

JOIN = (
    "Take in another library: its files, and what people said there.",
    "Whichever is joined to which, and how often, both come to keep and know the same. Every byte is proved on\n"
    "the way; what is damaged there is named and the rest is taken. Readers' own files and what is wished private\n"
    "stay where they are.",
    "  remnant join /media/disk/remnant\n  remnant join --dry-run ../old-library\n"
    "  remnant join ../laptop --with-reader ann",
)
WISH = (
    "Record what somebody wishes of a work: their own, or one kept here.",
    "private: never beyond this device, in an export or in a join. withhold-name: its author's name stands\n"
    "nowhere. seal: kept and proved, shown to nobody. forget: taken out of all that is here; asks first, and\n"
    "leaves a receipt of what went and what remains elsewhere. Without a work: the wishes that stand.",
    "  remnant wish abcd2345 private\n  remnant wish abcd2345 private --undo\n"
    "  remnant wish abcd2345 forget --dry-run\n  remnant wish forget --person 'Mara Quill'\n  remnant wish",
)


def join(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("other", metavar="OTHER", help="another library's folder; it is only read")
    parser.add_argument("--with-reader", action="append", default=[], metavar="NAME", help="also this reader's file")
    despite(parser)
    parser.add_argument("--dry-run", action="store_true", help="prove and count everything, write nothing")


def wish(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words", nargs="*", metavar="WORK WISH", help=f"a work's id and one of {', '.join(WISHES)}; none lists wishes"
    )
    parser.add_argument("--undo", action="store_true", help="take the wish back; what is forgotten stays so")
    parser.add_argument("--person", metavar="NAME", help="with forget: the reviews and mails of this person")
    parser.add_argument("--with-neighbours", action="store_true", help="forget also what stands in the same file")
    parser.add_argument("--finish", action="store_true", help="go on with a forgetting that was stopped")
    identity(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, do nothing")


def despite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--despite-wish", action="store_true", help="keep what somebody asked to be forgotten here")
