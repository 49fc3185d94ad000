"""Spare parts for a pack, by the program `par2`: whoever has that program can mend a vault without Remnant.

The program is run beside us and never linked in. It works in a scratch folder only: it leaves copies lying about.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from remnant.errors import RefusedError
from remnant.keep.objects import pieces

PERCENT = 10
FEWEST_BLOCKS, MOST_BLOCKS = 100, 2000
_A_BLOCK = 4096
_MAGIC = b"PAR2\0PKT"
_LONGEST = 3600
_SMALL = 8 << 20


def program() -> str:
    """Where `par2` is, the quicker one that comes as `remnant[par2]` first; RefusedError if this machine has none."""
    spec = find_spec("par2")
    inside = [Path(place) / "binaries" / "par2" for place in (spec and spec.submodule_search_locations) or ()]
    found = next((str(path) for path in inside if os.access(path, os.X_OK)), None) or shutil.which("par2")
    if found is None:
        raise RefusedError(
            "Vaults need the program par2, which makes and uses the spare parts, and it is not here. Nothing was "
            "changed. Install it (on Debian: apt install par2; else: pip install 'remnant[par2]') and do it again."
        )
    return found


def make(pack: Path) -> list[Path]:
    """Write spare parts beside a pack: a tenth of it, in two files. Gives their paths."""
    size = pack.stat().st_size
    blocks = max(FEWEST_BLOCKS, min(MOST_BLOCKS, size // _A_BLOCK))
    amount = (f"-b{blocks}", f"-r{PERCENT}", "-n1", *_threads(pack))
    _run("create", "-q", "-q", *amount, f"{pack.name}.par2", pack.name, cwd=pack.parent)
    return sorted(pack.parent.glob(f"{pack.name}*.par2"))


def prove(pack: Path, parts: Sequence[Path], scratch: Path) -> bool:
    """Whether the spare parts truly mend: a copy of the pack is spoilt in a stretch of a twentieth, and repaired."""
    room = _room(scratch)
    shutil.copyfile(pack, room / pack.name)
    for part in parts:
        shutil.copyfile(part, room / part.name)
    size = pack.stat().st_size
    with (room / pack.name).open("r+b") as file:
        file.seek(size // 3)
        file.write(bytes(max(1, size // 20)))
    whole = _sha512(pack)
    return repair(room, pack.name, lambda sha512: sha512 == whole) is not None


def repair(room: Path, name: str, right: Callable[[str], bool]) -> Path | None:
    """Mend a pack out of whatever lies in a scratch folder, under whatever names; None unless its SHA-512 is right."""
    pack = room / name
    if pack.exists() and right(_sha512(pack)):
        return pack
    found = sorted(path for path in room.iterdir() if path.is_file())
    moved = next((path for path in found if path != pack and right(_sha512(path))), None)
    if moved is not None:
        os.replace(moved, pack)
        return pack
    parts = sorted(filter(_has_parts, found), key=lambda path: path.stat().st_size)
    others = [path.name for path in found if path not in parts]
    for part in _as_parts(parts, name):
        _run("repair", "-q", "-q", *_threads(parts[0].parent / part), part, *others, cwd=room, may_fail=True)
        if pack.exists() and right(_sha512(pack)):
            return pack
    return None


def _as_parts(parts: Sequence[Path], name: str) -> list[str]:
    """The files of spare parts under names that par2 looks for beside one another."""
    names = [f"{name}.par2", *(f"{name}.vol{number:03}+01.par2" for number in range(len(parts)))][: len(parts)]
    for number, part in enumerate(parts):
        part.rename(part.with_name(f"parts-{number}"))
    for number, new in enumerate(names):
        (parts[0].parent / f"parts-{number}").rename(parts[0].parent / new)
    return names


def _threads(file: Path) -> tuple[str, ...]:
    """One thread where starting others would take longer than the work."""
    return ("-t1",) if file.stat().st_size < _SMALL else ()


def _room(scratch: Path) -> Path:
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    return scratch


def _has_parts(path: Path) -> bool:
    """Whether a file holds spare parts, at its beginning or after damage there."""
    with path.open("rb") as file:
        return path.name.endswith(".par2") or file.read(len(_MAGIC)) == _MAGIC


def _run(*words: str, cwd: Path, may_fail: bool = False) -> None:
    done = subprocess.run(
        [program(), *words],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        timeout=_LONGEST,
        check=False,
    )
    if done.returncode and not may_fail:
        said = done.stderr.decode("utf-8", "replace").strip()[-300:]
        raise RefusedError(f"par2 could not make the spare parts of a pack ({said}). Nothing was written to the vault.")


def _sha512(path: Path) -> str:
    digest = hashlib.sha512()
    with path.open("rb") as file:
        for piece in pieces(file):
            digest.update(piece)
    return digest.hexdigest()
