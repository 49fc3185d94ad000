"""The words of `remnant vault`: what each of its actions takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable

MORE = """\
A vault is a whole copy of the library in another place: a folder on another disk, or a bucket that speaks S3.
It is made of sealed packs that anyone can check, mend and open with sha512sum, par2 and unzip. Remnant only ever
adds to it. What is pushed is read back before it counts as a copy; `remnant check` says how many copies there are."""

EXAMPLES = """\
  remnant vault add /media/stick/stories
  remnant vault push
  remnant vault status
  remnant vault add s3://my-bucket/stories --name far --recipient age1...
  remnant vault copies 3"""

_ACTIONS = {
    "add": "make a vault at an empty place, or take up the one that is there; copies nothing yet",
    "push": "seal what is not in the vaults yet into packs, and push them; stopped, it goes on the next time",
    "status": "how many copies there are of everything, and what each vault holds, as it was last read",
    "list": "the vaults, one a line",
    "remove": "forget a vault; what stands there stays",
    "copies": "say how many copies of each story you want, the one in the library included",
}


def fill(parser: argparse.ArgumentParser, common: Callable[[argparse.ArgumentParser], None]) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="actions")
    for name, about in _ACTIONS.items():
        made = actions.add_parser(name, help=about, description=about.capitalize() + ".", allow_abbrev=False)
        _WORDS.get(name, _nothing)(made)
        common(made)


def _nothing(_parser: argparse.ArgumentParser) -> None:
    """Nothing of its own."""


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help="a folder, or s3://BUCKET/PREFIX (keys from AWS_... )")
    parser.add_argument("--name", help="what to call it (default: from the target)")
    parser.add_argument(
        "--recipient", action="append", default=[], metavar="AGE1...", help="lock it for this public key of age"
    )
    parser.add_argument(
        "--with-reader",
        action="append",
        default=[],
        metavar="NAME",
        help="NAME's private file goes in too, as NAME wishes",
    )


def _push(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="only to these vaults (default: to all)")
    identity(parser)
    parser.add_argument("--dry-run", action="store_true", help="say how much would be pushed, push nothing")


def _remove(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a vault, as `remnant vault list` calls it")


def _copies(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=_from_one, metavar="N", help="3 is wise: here, another disk, another place")


def identity(parser: argparse.ArgumentParser) -> None:
    """The key of a locked vault, for the commands that look into one."""
    parser.add_argument("--identity", metavar="FILE", help="the file with the secret key of a locked vault")


def check(parser: argparse.ArgumentParser) -> None:
    """What `remnant check` takes besides, for vaults."""
    parser.add_argument("--vaults", action="store_true", help="read the vaults through as well")
    parser.add_argument(
        "--mend",
        action="store_true",
        help="read the vaults and make good what is harmed, here and there: exact bytes or nothing",
    )
    identity(parser)


def restore(parser: argparse.ArgumentParser) -> None:
    """The words of `remnant restore`."""
    parser.add_argument("target", metavar="VAULT", help="where the vault stands: a folder, or s3://BUCKET/PREFIX")
    parser.add_argument("directory", metavar="DIR", help="where the library is to grow: an empty or a new folder")
    identity(parser)


def _from_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


_from_one.__name__ = "whole number above 0"
_WORDS = {"add": _add, "push": _push, "remove": _remove, "copies": _copies}
