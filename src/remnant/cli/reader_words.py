"""What `remnant seen`, `veiled`, `open` and `reader` take, and how their help tells it."""

from __future__ import annotations

import argparse

from remnant.cli import measures

RATINGS = ("general", "teen", "mature", "explicit", "any")

SEEN = (
    "Say what you have seen or read, so that spoiler warnings know whom they warn.",
    "A story whose author warns of spoilers for what you have not seen is veiled until you have, or open it.\n"
    "CANON is a series of films, books or episodes by any of its names; PART an episode, a book, a season.\n"
    "Of one that nobody described yet, what you write counts as it is written. Without CANON: what you said so far.",
    "  remnant seen torchwood 'Day Three'        up to it, and all before\n"
    "  remnant seen torchwood 2x04 --only        this one alone\n"
    "  remnant seen torchwood 'Day Four' --clip  only a clip of it, so not it\n"
    "  remnant seen 'Harry Potter' --all\n  remnant seen sherlock --dont-mind\n  remnant seen\n"
    "  remnant seen angel --order mine.txt       a part a line, in the order you see them\n"
    "  remnant seen --for kit 'Harry Potter' 'Goblet of Fire'",
)
VEILED = (
    "List what is veiled from you, and why.",
    "Each with its author's own notice and nothing else. No search finds them.",
    "  remnant veiled\n  remnant veiled --page 2\n  remnant veiled --json",
)
OPEN = (
    "Open a veiled work for good.",
    "From then on it is shown and found like any other. To look once: remnant show WORK --open",
    "  remnant open abcd2345\n  remnant open abcd2345 --close",
)
READER = (
    "Who reads here: a household's profiles, and what each wishes to see.",
    "A child's profile shows only what is stated to be for everybody, and opens nothing; a guest's is as one who\n"
    "has seen nothing. What they are not shown is absent everywhere. KIND is warning, tag, fandom; --rating is the\n"
    "highest that is shown (unrated counts as above all). Whoever can read the disk is outside all this.",
    "  remnant reader list\n  remnant reader add kit --child\n  remnant reader add ann --pin\n"
    "  remnant reader set --hide warning:gore --veil tag:angst\n  remnant reader set kit --rating teen\n"
    "  remnant reader set --forget tag:angst\n"
    "  remnant reader set --passphrase           what you have seen is read by nobody without it",
)


def seen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("canon", nargs="?", metavar="CANON", help="any of its names; '*' with --dont-mind is all")
    parser.add_argument("part", nargs="?", metavar="PART", help="a title, 2x04, 'season 2'")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--only", action="store_true", help="this part alone, not what is before it")
    how.add_argument("--clip", action="store_true", help="only a clip of this part")
    how.add_argument("--all", action="store_true", help="everything there is")
    how.add_argument("--none", action="store_true", help="nothing of it")
    how.add_argument("--dont-mind", action="store_true", help="spoilers for it are welcome")
    parser.add_argument("--region", metavar="XX", help="in the order of this country: GB, US")
    parser.add_argument("--order", metavar="FILE", help="your own order: a part a line ('-': typed here; empty: none)")
    parser.add_argument("--for", dest="whose", metavar="NAME", help="of a child or a guest")


def veiled(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--page", type=measures.whole, default=1, metavar="N", help="default: 1")
    parser.add_argument("--size", type=measures.whole, default=20, metavar="N", help="works a page (default: 20)")


def open_(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("work", metavar="WORK", help="a work's id, or the start of one")
    parser.add_argument("--close", action="store_true", help="veil it again")


def reader(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("list", "add", "set"), help="list all, add a profile, or set one's wishes")
    parser.add_argument("name", nargs="?", metavar="NAME", help="whose (default: yours)")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--adult", dest="kind", action="store_const", const="adult", help="sees, veils and opens")
    kind.add_argument("--child", dest="kind", action="store_const", const="child", help="an allow-list; opens nothing")
    kind.add_argument("--guest", dest="kind", action="store_const", const="guest", help="of whom nothing is known")
    parser.add_argument("--pin", action="store_true", help="ask for a PIN that is asked for from then on")
    locked = parser.add_mutually_exclusive_group()
    locked.add_argument(
        "--passphrase",
        action="store_true",
        default=None,
        help="encrypt what you keep (seen, places, wishes) under a passphrase",
    )
    locked.add_argument(
        "--no-passphrase", dest="passphrase", action="store_false", default=None, help="take the passphrase away"
    )
    for how, about in (
        ("hide", "never show works of this kind anywhere"),
        ("veil", "show a card in their place"),
        ("sign", "show them with a sign"),
        ("show", "show them though another wish would not"),
        ("forget", "take a wish back"),
    ):
        parser.add_argument(f"--{how}", action="append", default=[], metavar="KIND:VALUE", help=about)
    parser.add_argument("--rating", choices=RATINGS, help="the highest rating that is shown")
