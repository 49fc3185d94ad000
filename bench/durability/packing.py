"""What packs cost: `python -m bench.durability.packing [--stories N] [--at DIR]`.

Megabytes a second for sealing, pushing, reading through, mending and growing back; files and bytes a story beside the
shelf's; and the heir's drill, typed with a shell, unzip, sha512sum and par2, timed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.durability.stories import NOW, now, sealing
from bench.machine import machine

from remnant.keep.folder import open_folder
from remnant.keep.sealing import seal
from remnant.keep.vaults import parity
from remnant.library.mending import tend
from remnant.library.opening import open_library
from remnant.library.restoring import restore
from remnant.library.vaulting import add, push

DRILL = """
for pack in packs/???/urn*/v1/content; do
  ( cd "$pack" && sha512sum --quiet -c manifest-sha512.txt ) || echo "damaged: $pack"
done
cp -r "$(dirname "$(ls packs/???/urn*/v1/content/pack.zip | head -1)")" "$1/scratch"
cd "$1/scratch" && chmod +w pack.zip
par2 repair -q -q pack.zip.par2 && sha512sum --quiet -c manifest-sha512.txt
unzip -n -q pack.zip -d "$1/stories" && cd "$1/stories" && cat manifests/*.sha512 | sha512sum --quiet -c -
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=4000)
    parser.add_argument("--at", help="a folder on the disk to be measured (default: a temporary one)")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=wish.at) as place:
        for line in measured(Path(place), wish.stories):
            print(line, flush=True)
    return 0


def measured(place: Path, stories: int) -> list[str]:
    """Everything, as the lines of a table."""
    chance = random.Random(5)
    contents = [chance.randbytes(int(chance.lognormvariate(10.1, 0.6))) for _ in range(stories)]
    megabytes = sum(map(len, contents)) / 1e6
    with open_library(place / "library", NOW, create=True) as library:
        list(seal(library.folder, map(sealing, contents), now))
        vault = place / "vault"
        add(library, str(vault), clock=now)
        pushing = _seconds(lambda: push(library, clock=now))
        reading = _seconds(lambda: tend(library, clock=now))
        pack = min(vault.rglob("pack.zip"))
        made = _parity_alone(pack, place / "parity")
        _spoil(pack)
        mending = _seconds(lambda: tend(library, mend=True, clock=now))
    drill = _drill(vault, place / "drill")
    back = _seconds(lambda: restore(str(vault), place / "again", clock=now))
    shelf = _cost(open_folder(place / "library").shelf, stories)
    packed = _cost(vault / "packs", stories)
    rows = [
        ("push: read, pack, make and prove parity, write, read back", pushing),
        ("read a vault through", reading),
        ("mend one pack of several from parity, whole vault read twice", mending),
        ("grow a library back", back),
    ]
    return [
        f"On {machine()}; {stories:,} originals of {megabytes / stories * 1000:.1f} KB, {megabytes:.0f} MB.",
        "",
        "| | s | MB/s |",
        "|---|---|---|",
        *(f"| {name} | {seconds:.1f} | {megabytes / seconds:.0f} |" for name, seconds in rows),
        f"| parity of one pack of {pack.stat().st_size / 1e6:.0f} MB, made | {made:.1f} "
        f"| {pack.stat().st_size / 1e6 / made:.0f} |",
        f"| heir's drill: all packs checked, one of them mended, unzipped and proved | {drill:.1f} | |",
        "",
        "| | files and folders a story | bytes on disk / bytes of stories |",
        "|---|---|---|",
        f"| shelf | {shelf[0]:.2f} | {shelf[1] / 1e6 / megabytes:.2f} |",
        f"| vault, parity and records included | {packed[0]:.3f} | {packed[1] / 1e6 / megabytes:.3f} |",
    ]


def _seconds(what: Callable[[], object]) -> float:
    began = time.monotonic()
    what()
    return time.monotonic() - began


def _parity_alone(pack: Path, room: Path) -> float:
    room.mkdir()
    shutil.copyfile(pack, room / pack.name)
    return _seconds(lambda: parity.make(room / pack.name))


def _spoil(pack: Path) -> None:
    pack.chmod(0o644)
    with pack.open("r+b") as file:
        file.seek(pack.stat().st_size // 2)
        file.write(bytes(pack.stat().st_size // 20))


def _drill(vault: Path, room: Path) -> float:
    """On a copy of which one pack is spoilt; the path has no Python on it."""
    room.mkdir()
    shutil.copytree(vault, room / "vault")
    _spoil(min((room / "vault/packs").rglob("pack.zip")))
    tools = room / "bin"
    tools.mkdir()
    for name in ("sh", "unzip", "sha512sum", "par2", "cat", "cp", "chmod", "ls", "head", "dirname"):
        (tools / name).symlink_to(str(shutil.which(name)))
    command = [str(tools / "sh"), "-c", DRILL, "sh", str(room)]
    began = time.monotonic()
    done = subprocess.run(command, cwd=room / "vault", env={"PATH": str(tools)}, capture_output=True, check=False)
    seconds = time.monotonic() - began
    proved = sum(1 for _ in (room / "stories/originals").iterdir())
    if done.stderr.count(b"FAILED") > 1 or not proved:
        raise SystemExit(done.stderr.decode())
    return seconds


def _cost(root: Path, stories: int) -> tuple[float, float]:
    """Files and folders a story, and bytes on the disk in all."""
    every = list(root.rglob("*"))
    return len(every) / stories, sum(path.stat().st_blocks * 512 for path in every)


if __name__ == "__main__":
    raise SystemExit(main())
