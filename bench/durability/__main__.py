"""The proofs of keeping: `python -m bench.durability WHAT`. Each goes on where it was stopped; --again begins anew."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.durability import fixtures, kills, line, model, power, refusals, scale, speed
from bench.durability.campaign import results

ORDER = (
    "kill-commands",
    "refuse-commands",
    "power",
    "model",
    "speed",
    "scale",
    "line",
    "ocfl-fixtures",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.durability", description=__doc__)
    parser.add_argument("what", choices=(*ORDER, "results"))
    parser.add_argument("folder", type=Path, nargs="?", help="a checkout of github.com/OCFL/fixtures (ocfl-fixtures)")
    parser.add_argument("--again", action="store_true", help="forget what was tried before")
    parser.add_argument("--place", type=Path, metavar="DIR", help="where to make scratch libraries")
    parser.add_argument(
        "--stride",
        type=int,
        default=5,
        metavar="N",
        help="every nth call only; 0: the first that takes each different step (kill-commands, refuse-commands)",
    )
    parser.add_argument("--whims", type=int, default=40, metavar="N", help="random states a moment (power)")
    parser.add_argument("--aim", type=int, default=100_000, metavar="N", help="different states to be seen (power)")
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="N", help="(scale)")
    parser.add_argument("--stories", type=int, default=300, metavar="N", help="a round (speed)")
    parser.add_argument(
        "--only", nargs="*", default=[], metavar="NAME", help="only these (kill-commands, refuse-commands)"
    )
    parser.add_argument(
        "--errors", nargs="*", default=[], choices=refusals.NAMES, metavar="NAME", help="only these (refuse-commands)"
    )
    wish = parser.parse_args()
    if wish.what == "ocfl-fixtures" and wish.folder is None:
        parser.error("ocfl-fixtures needs the folder of a checkout of github.com/OCFL/fixtures")
    whole = True
    match wish.what:
        case "power":
            whole = power.power(again=wish.again, place=wish.place, aim=wish.aim, whims=wish.whims)
        case "model":
            whole = model.model()
        case "scale":
            whole = scale.scale(wish.counts, wish.place)
        case "speed":
            whole = speed.speed(wish.stories, wish.place)
        case "line":
            whole = line.line(wish.place)
        case "ocfl-fixtures":
            whole = fixtures.ocfl_fixtures(wish.folder)
        case "kill-commands":
            whole = kills.kill_commands(again=wish.again, place=wish.place, only=wish.only, stride=wish.stride)
        case "refuse-commands":
            whole = refusals.refuse_commands(
                again=wish.again, place=wish.place, only=wish.only, stride=wish.stride, errors=wish.errors
            )
    results(ORDER)
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
