"""Random damage, and whether it is found and mended: `python -m bench.durability.damage [--trials N] [--full N]`.

Each trial harms a library with two vaults within the budget (docs/durability.md) and asks: was all harm named, and is
every byte back? Beyond the budget: is each lost original named, and nothing else lost? Trials are told by their number,
are written down one by one in `bench/out/damage.jsonl`, and are not done twice; `--report` only counts them.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.durability import harming
from bench.durability.stories import NOW, now, sealing
from bench.machine import machine

from remnant.durable import files
from remnant.keep.audit import Audit, Grade, Verdict
from remnant.keep.folder import Folder, open_folder
from remnant.keep.ledger import Ledger
from remnant.keep.sealing import seal
from remnant.keep.shelf import Shelf
from remnant.keep.vaults.form import short_of
from remnant.library.mending import Mended, tend
from remnant.library.opening import Library, open_library
from remnant.library.vaulting import add, copies, push
from remnant.model import Digest

OUT = Path(__file__).resolve().parent.parent / "out"
SMALL, FULL = (12, 85_000), (2000, 32_000)
"""How many originals and how large, on the average: a pack of 1 MB, and one of 64 MB."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial: `kind` small, full or beyond; `harmed` things, `missed` not named, `wrong` not as they should be."""

    kind: str
    number: int
    harmed: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]
    lost: int
    seconds: float
    done: Mapping[str, int]
    """How often each kind of harm was done."""


def make_template(place: Path, shape: tuple[int, int], vaults: int = 2) -> None:
    """A library of random originals, pushed to its vaults, all in one folder that can be copied about."""
    chance = random.Random(7)
    place.mkdir(parents=True)
    with open_library(place / "library", NOW, create=True) as library:
        many, size = shape
        contents = (chance.randbytes(chance.randrange(1, 2 * size)) for _ in range(many))
        list(seal(library.folder, map(sealing, contents), now))
        for number in range(vaults):
            add(library, str(place / f"vault{number}"), clock=now)
        push(library, clock=now)


def run_trial(template: Path, place: Path, kind: str, number: int) -> Trial:
    """Harm a copy of the template, look, mend, and compare with the template."""
    began = time.monotonic()
    chance = harming.Fate(f"{kind} {number}")
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    aim(place)
    expected = _spoil_beyond(place, chance) if kind == "beyond" else _spoil(place, chance)
    with open_library(place / "library", NOW) as library:
        verdicts = [verdict for verdict in Audit(library.folder).verdicts() if verdict.grade is Grade.HARM]
        harmed = [verdict.digest for verdict in verdicts if verdict.digest]
        done = tend(library, mend=True, harmed=harmed, clock=now)
        missed = tuple(_missed(done, expected, verdicts))
        wrong = tuple(_wrong(library, template, done, beyond=kind == "beyond"))
        seconds = round(time.monotonic() - began, 2)
        return Trial(kind, number, len(expected), missed, wrong, len(done.left), seconds, dict(chance.done))


def _spoil(place: Path, chance: random.Random) -> list[str]:
    """Leave one place within what its spare parts mend, and the shelf or the other vault to any harm."""
    anchor = chance.randrange(3)
    harmed: list[str] = []
    for number in range(2):
        root = place / f"vault{number}"
        if anchor in (number, 2) and chance.random() < 0.7:
            pack = chance.choice(sorted(root.glob("packs/*/urn*")))
            harmed += [f"vault{number} {pack.name[-26:]}"] if harming.within_parity(pack, chance) else []
        elif anchor != number:
            harming.any_harm(root / "packs", chance)
            harmed.append(f"vault{number}")
    if anchor != 2:
        harmed += _spoil_shelf(place / "library", chance)
    return harmed


def _spoil_shelf(library: Path, chance: random.Random) -> list[str]:
    """Some objects harmed in any way, all of them gone, or a chain spoilt."""
    harmed: list[str] = []
    objects = sorted((library / "shelf").glob("???/urn*"))
    if chance.random() < 0.05:
        for home in objects:
            harming.lose_folder(home, chance)
        return [f"shelf {home.name[-26:]}" for home in objects]
    for home in chance.sample(objects, chance.randrange(1, len(objects))):
        inside = sorted(path for path in home.rglob("*") if path.is_file() and path.name != "arrival.json")
        if chance.random() < 0.3:
            harming.lose_folder(home, chance)
        else:
            chance.choice(harming.FILE_HARMS)(chance.choice(inside), chance)
        harmed.append(f"shelf {home.name[-26:]}")
    if chance.random() < 0.3:
        chain = chance.choice(sorted((library / "ledger").glob("*.jsonl")))
        carried = b"".join(chain.read_bytes().splitlines(keepends=True)[: 1 + len(objects)])
        chance.choice(harming.FILE_HARMS)(chain, chance)
        # The word that the last push was done stands nowhere else, and a torn end is what a power cut leaves too.
        if not chain.exists() or not chain.read_bytes().startswith(carried):
            harmed.append("ledger")
    return harmed


def _spoil_beyond(place: Path, chance: random.Random) -> list[str]:
    """Every copy harmed beyond the spare parts: a third of each pack, and as many objects as there are dice for."""
    for number in range(2):
        for pack in sorted((place / f"vault{number}").glob("packs/*/urn*/v1/content/pack.zip")):
            data = bytearray(pack.read_bytes())
            start = chance.randrange(len(data) * 2 // 3)
            data[start : start + len(data) // 3] = chance.randbytes(len(data) // 3)
            harming.note(chance, "a third of a pack overwritten")
            pack.chmod(0o644)
            pack.write_bytes(bytes(data))
    return [*_spoil_shelf(place / "library", chance), "vault0", "vault1"]


def _missed(done: Mended, expected: list[str], verdicts: list[Verdict]) -> Iterator[str]:
    """What was harmed and was named nowhere before it was mended."""
    shelf = {short_of(verdict.digest) for verdict in verdicts if verdict.digest}
    said = " ".join(verdict.what for verdict in verdicts)
    troubles = {one.name: one.troubles for one in done.vaults}
    for what in expected:
        where, _, short = what.partition(" ")
        if where == "shelf":
            found = short in shelf or f"urn:remnant:{short}" in said or bool(troubles["vault0"] + troubles["vault1"])
        elif where == "ledger":
            told = "ledger" in said or "not promised" in said
            found = told or any("ledger" in trouble for told in troubles.values() for trouble in told)
        else:
            found = bool(troubles[where])
        if not found:
            yield what


def _wrong(library: Library, template: Path, done: Mended, *, beyond: bool) -> Iterator[str]:
    """What is not as it should be after mending."""
    folder, sound = open_folder(library.path), open_folder(template / "library")
    shelf, left = Shelf(folder), set(done.left)
    told = " ".join(trouble for one in done.vaults for trouble in one.left) if beyond else ""
    for digest in Ledger(sound).promised():
        if digest not in left and short_of(digest) not in told and not _equal(shelf, Shelf(sound), digest):
            yield f"original {digest.short} is not as it was, and is not named"
    for verdict in Audit(folder).verdicts():
        named = verdict.digest in left or (beyond and "urn:remnant:" in verdict.what)
        if verdict.grade is Grade.HARM and not named and not _never_pushed(verdict.what, beyond):
            yield verdict.what
    if beyond:
        return
    yield from (f"{digest.short} is not mended" for digest in left)
    yield from (f"{one.name}: {trouble}" for one in done.vaults for trouble in one.left)
    yield from (f"{digest.short} has too few copies" for digest in copies(library).short)
    yield from _chains_lack(folder, sound)


def _never_pushed(what: str, beyond: bool) -> bool:
    """Whether this is harm to a line of the ledger that stands in no vault: the word that the last push was done."""
    found = re.search(r"[Tt]he ledger .*: line (\d+)", what)
    return bool(found and (beyond or int(found[1]) > 1 + SMALL[0]))


def _equal(shelf: Shelf, sound: Shelf, digest: Digest) -> bool:
    one, other = shelf.check(digest), sound.check(digest)
    return not one.harms and one.original == other.original and one.arrival == other.arrival


def _chains_lack(folder: Folder, sound: Folder) -> Iterator[str]:
    """Lines that were there before and are not now."""
    for path in sorted(sound.ledger.glob("*.jsonl")):
        ours = folder.ledger / path.name
        found = set(ours.read_bytes().splitlines()) if ours.exists() else set()
        if set(path.read_bytes().splitlines()[:-2]) - found:
            yield f"lines of {path.name} are gone"


def aim(place: Path) -> None:
    """Let the copied library look for its vaults beside itself."""
    for path in (place / "library" / "vaults").glob("*.json"):
        record = json.loads(path.read_bytes())
        record["target"] = str(place / Path(record["target"]).name)
        path.write_text(json.dumps(record))


def done_before(path: Path) -> dict[tuple[str, int], Trial]:
    if not path.exists():
        return {}
    records = [json.loads(line) for line in path.read_text().splitlines()]
    made = [
        Trial(**{**record, "missed": tuple(record["missed"]), "wrong": tuple(record["wrong"])}) for record in records
    ]
    return {(trial.kind, trial.number): trial for trial in made}


def report(trials: list[Trial]) -> list[str]:
    """A table of what was reached."""
    lines = [
        f"On {machine()}.",
        "",
        "| | trials | harm not named | not as it should be | seconds a trial |",
        "|---|---|---|---|---|",
    ]
    for kind, about in (("small", "1 MB, within the budget"), ("full", "64 MB, within"), ("beyond", "1 MB, beyond")):
        of = [trial for trial in trials if trial.kind == kind]
        if of:
            missed, wrong = sum(bool(one.missed) for one in of), sum(bool(one.wrong) for one in of)
            mean = sum(one.seconds for one in of) / len(of)
            lines.append(f"| {about} | {len(of):,} | {missed} | {wrong} | {mean:.2f} |")
    lost = [trial.lost for trial in trials if trial.kind == "beyond"]
    if lost:
        lines += ["", f"Beyond the budget {sum(lost):,} originals were lost in {len(lost):,} trials, every one named."]
    return [*lines, "", *_kinds(trials)]


def _kinds(trials: list[Trial]) -> Iterator[str]:
    """How often each kind of harm was done, within the budget and beyond."""
    yield "| harm | within the budget | beyond |"
    yield "|---|---|---|"
    within: Counter[str] = Counter()
    beyond: Counter[str] = Counter()
    for trial in trials:
        (beyond if trial.kind == "beyond" else within).update(trial.done)
    for kind in sorted(within.keys() | beyond.keys()):
        yield f"| {kind} | {within[kind]:,} | {beyond[kind]:,} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=9800, help="on packs of 1 MB")
    parser.add_argument("--full", type=int, default=200, help="on packs of full size")
    parser.add_argument("--beyond", type=int, default=500, help="beyond the budget")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so many")
    parser.add_argument("--scratch", default="/dev/shm" if os.path.isdir("/dev/shm") else None, help="where to work")
    parser.add_argument("--report", action="store_true")
    wish = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    path = OUT / "damage.jsonl"
    known = done_before(path)
    if not wish.report:
        _go_on(wish, path, known)
    print("\n".join(report(list(done_before(path).values()))))
    return int(any(trial.missed or trial.wrong for trial in done_before(path).values()))


def _go_on(wish: argparse.Namespace, path: Path, known: dict[tuple[str, int], Trial]) -> None:
    logging.disable()
    # Power is not what is tried here, and a sync is nearly all that a trial would wait for.
    files.sync = lambda descriptor: None
    end = time.monotonic() + 60 * wish.minutes
    room = Path(wish.scratch or OUT) / f"remnant-damage-{os.getpid()}"
    try:
        for kind, many, shape in (
            ("small", wish.trials, SMALL),
            ("beyond", wish.beyond, SMALL),
            ("full", wish.full, FULL),
        ):
            wanted = [number for number in range(many) if (kind, number) not in known]
            if wanted and time.monotonic() < end:
                shutil.rmtree(room, ignore_errors=True)
                make_template(room / "template", shape)
            for number in wanted:
                if time.monotonic() > end:
                    break
                trial = run_trial(room / "template", room / "trial", kind, number)
                with path.open("a") as file:
                    file.write(json.dumps(asdict(trial)) + "\n")
                if trial.missed or trial.wrong:
                    print(trial, flush=True)
    finally:
        shutil.rmtree(room, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
