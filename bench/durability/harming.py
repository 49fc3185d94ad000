"""Harm as disks, people and programs do it: bits flipped, files cut, zeroed, lost, renamed, filled with garbage."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

SHARE = 0.07
"""Of a pack, what one stretch of harm takes: under the tenth that the spare parts mend, whole blocks counted."""

FLIPS = 6
"""Single flipped bits in one pack: each costs one block of at least a hundred."""


class Fate(random.Random):
    """Dice that remember what they brought: how often each kind of harm was done."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self.done: Counter[str] = Counter()


def note(chance: random.Random, kind: str) -> None:
    if isinstance(chance, Fate):
        chance.done[kind] += 1


def flip(path: Path, chance: random.Random, times: int = 1) -> None:
    note(chance, "bits flipped")
    data = bytearray(path.read_bytes())
    for _ in range(times if data else 0):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    _write(path, bytes(data))


def cut(path: Path, chance: random.Random, share: float = 1.0) -> None:
    note(chance, "cut short")
    size = path.stat().st_size
    lost = max(1, int(size * share * chance.random()))
    _write(path, path.read_bytes()[: max(0, size - lost)])


def zero(path: Path, chance: random.Random, share: float = 1.0) -> None:
    note(chance, "zeroed")
    _overwrite(path, chance, share, bytes)


def garbage(path: Path, chance: random.Random, share: float = 1.0) -> None:
    note(chance, "garbage written")
    _overwrite(path, chance, share, chance.randbytes)


def lose(path: Path, chance: random.Random) -> None:
    note(chance, "files lost")
    path.unlink()


def rename(path: Path, chance: random.Random) -> None:
    note(chance, "files renamed")
    path.rename(path.with_name(f"{path.name}.{chance.randrange(100)}"))


def lose_folder(path: Path, chance: random.Random) -> None:
    note(chance, "whole packs gone" if "packs" in path.parts else "whole objects gone")
    shutil.rmtree(path)


FILE_HARMS: tuple[Callable[[Path, random.Random], None], ...] = (flip, cut, zero, garbage, lose, rename)
"""Any harm to a single file."""


def within_parity(pack: Path, chance: random.Random) -> list[Path]:
    """Harm a pack's folder so that its own spare parts must mend it; the files that were harmed."""
    content = pack / "v1" / "content"
    file, index = content / "pack.zip", content / "pack.zip.par2"
    others = [pack / name for name in ("inventory.json", "inventory.json.sha512", "0=ocfl_object_1.1")]
    others += [pack / "v1" / "inventory.json", content / "manifest-sha512.txt"]
    harms: list[tuple[Path, Callable[[], None]]] = [
        (file, lambda: flip(file, chance, chance.randrange(1, FLIPS + 1))),
        (file, lambda: cut(file, chance, SHARE)),
        (file, lambda: zero(file, chance, SHARE)),
        (file, lambda: garbage(file, chance, SHARE)),
        (file, lambda: rename(file, chance)),
        (index, lambda: chance.choice(FILE_HARMS)(index, chance)),
        *((path, lambda path=path: chance.choice(FILE_HARMS)(path, chance)) for path in others),
    ]
    chosen = [harms[chance.randrange(5)], *chance.sample(harms[5:], chance.randrange(3))]
    for _, harm in chosen:
        harm()
    return [path for path, _ in chosen]


def any_harm(root: Path, chance: random.Random) -> None:
    """Harm anything in a folder: some files, some folders whole, or all of it."""
    every = sorted(path for path in root.rglob("*") if path.is_file())
    for path in chance.sample(every, chance.randrange(1, 1 + len(every))):
        if path.exists():
            chance.choice(FILE_HARMS)(path, chance)
    for path in sorted(root.rglob("urn*")):
        if chance.random() < 0.3:
            lose_folder(path, chance)


def _overwrite(path: Path, chance: random.Random, share: float, what: Callable[[int], bytes]) -> None:
    data = bytearray(path.read_bytes())
    length = max(1, int(len(data) * share * chance.random()))
    start = chance.randrange(max(1, len(data) - length + 1))
    data[start : start + length] = what(min(length, len(data) - start))
    _write(path, bytes(data))


def _write(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)
