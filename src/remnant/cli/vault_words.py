"""The words of `remnant vault`: what each of its actions takes."""

from __future__ import annotations

import argparse
from pathlib import Path

from remnant.cli import measures
from remnant.cli.actions import nothing

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
    parser.add_argument("number", type=measures.whole, metavar="N", help="3 is wise: here, another disk, another place")


def identity(parser: argparse.ArgumentParser) -> None:
    """The key of a locked vault, for the commands that look into one."""
    parser.add_argument("--identity", metavar="FILE", type=_file, help="the file with the secret key of a locked vault")


def _file(name: str) -> Path | None:
    return Path(name) if name else None


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


ACTIONS = {
    "add": ("make a vault at an empty place, or take up the one that is there; copies nothing yet", _add),
    "push": ("seal what is not in the vaults yet into packs, and push them; stopped, it goes on the next time", _push),
    "status": ("how many copies there are of everything, and what each vault holds, as it was last read", nothing),
    "list": ("the vaults, one a line", nothing),
    "remove": ("forget a vault; what stands there stays", _remove),
    "copies": ("say how many copies of each story you want, the one in the library included", _copies),
}
