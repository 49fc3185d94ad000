"""What the command line says of `canon`."""

from __future__ import annotations

import argparse

from remnant.cli.actions import nothing

CANON = (
    "What stories are about, in order: see it, check it, write your own.",
    "A canon says which episodes, films or books there are and what comes before what, so that a notice such as\n"
    '"spoilers up to Day Four" can be held against what you have seen. Yours lie in the library, in canons/*.toml,\n'
    "and outrank those that come with Remnant. The form of the file: docs/formats/canon.md",
    '  remnant canon list\n  remnant canon show torchwood\n  remnant canon new "The Northern Line"\n'
    '  remnant canon new "The Northern Line" --list episodes.txt --region GB\n'
    "  xclip -o | remnant canon new Merlin --list -\n  remnant canon check northern-line.toml",
)

KINDS = ("episode", "film", "book", "game", "issue", "audio", "story")


def _show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("canon", metavar="CANON", help="its id, its name or another of its names")


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or the name of one in the library's canons/")


def _new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what people call it")
    parser.add_argument("--list", metavar="FILE", help="a list of its parts, one a line; - reads what is piped in")
    parser.add_argument("--kind", choices=KINDS, default="episode", help="what its parts are (default: episode)")
    parser.add_argument("--region", metavar="GB", help="the region whose days the list gives; else they are left out")
    parser.add_argument("--dry-run", action="store_true", help="show the file, write nothing")


ACTIONS = {
    "list": ("the canons that are known here", nothing),
    "show": ("one canon: its parts, their ids and days", _show),
    "check": ("what is wrong with a canon file, line by line, and what to do", _check),
    "new": ("write one of your own, from nothing or from a pasted list", _new),
}
