"""Whole commands killed before every call that changes anything: joining, pushing to a vault, mending, wishing."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.durability.campaign import Campaign, Tried, say
from tests.harm import tracing
from tests.harm.commands import REMNANT
from tests.harm.killing import wrong_at_once
from tests.strategies.keep import files_of
from tests.strategies.libraries import story, write_all, zipped
from tests.strategies.unearthing import found_in

from remnant.keep.folder import open_folder
from remnant.keep.shelf import Shelf
from remnant.model import Digest

TIMEOUT = 240


@dataclass(frozen=True, slots=True)
class Drill:
    """A command, done in a place that `prepare` made; `wrong` says what is not right once it was done again whole.

    One that `mends` finds harm, so harm may still stand there when it is killed. `ends` are the codes with which it
    may end when it is done again.
    """

    name: str
    prepare: Callable[[Path], None]
    words: tuple[str, ...]
    wrong: Callable[[Path], list[str]]
    mends: bool = False
    ends: tuple[int, ...] = (0, 1)


def remnant(place: Path, *words: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "REMNANT_LIBRARY": "library", "REMNANT_JOBS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    environ["PYTHONPATH"] = os.pathsep.join((os.environ.get("PYTHONPATH", ""), str(Path.cwd())))
    return subprocess.run(
        [*before, *REMNANT, *words],
        cwd=place, env=environ, capture_output=True, text=True, timeout=TIMEOUT, check=False,
    )  # fmt: skip


def _stories(place: Path, name: str, *titles: str) -> None:
    came = write_all(place / f"in {name}", [story(title, "Ann", f"Rain over {title}.") for title in titles])
    remnant(place, "--library", name, "add", str(came))


def _two_libraries(place: Path) -> None:
    _stories(place, "library", "The Ferry", "The Tram")
    _stories(place, "other", "The Tram", "The Bridge", "The Lamp")


def _with_vault(place: Path) -> None:
    _stories(place, "library", "The Ferry", "The Tram", "The Bridge")
    remnant(place, "vault", "add", "vault")


def _harmed_with_vault(place: Path) -> None:
    _with_vault(place)
    remnant(place, "vault", "push")
    shelf = Shelf(open_folder(place / "library"))
    first, second, *_ = [home for _, home in shelf.objects()]
    shutil.rmtree(first.parent)
    original = next((second / "v1/content").glob("original.*"))
    original.chmod(0o644)
    original.write_bytes(b"?")


def _one_to_wish(place: Path) -> None:
    _stories(place, "library", "The Ferry", "The Tram")


def one_to_forget(place: Path) -> None:
    """Alone, in an archive, exported and spoken of, beside another that stays."""
    _one_to_wish(place)
    came = place / "in library"
    zipped(came / "all.zip", {path.name: path.read_bytes() for path in sorted(came.iterdir())})
    remnant(place, "add", str(came))
    remnant(place, "correct", _work(place), "tag=ferries")
    remnant(place, "export", _work(place), "--to", "epub", "out")


def _one_in_a_vault(place: Path) -> None:
    one_to_forget(place)
    remnant(place, "vault", "add", "vault")
    remnant(place, "vault", "push")


def _and_a_vault_away(place: Path) -> None:
    _one_in_a_vault(place)
    remnant(place, "vault", "add", "away")
    remnant(place, "vault", "push")
    (place / "away").rename(place / "elsewhere")


def forgotten(place: Path) -> list[str]:
    """It is in nothing that could be reached, and what was not to go is there."""
    secrets = ["Rain over The Ferry", "ferry", Digest.of((place / "in library/story 0.txt").read_bytes()).hex]
    places = (where for where in ("library", "vault", "out") if (place / where).is_dir())
    found = {where: found_in(place / where, secrets) for where in places}
    wrong = [f"still in {where}: {told}" for where, told in found.items() if told]
    wrong += ["a note is left"] * (place / "library/forgetting.json").exists()
    return wrong + _checked(place, 2) + _left_over(place)


def _forgotten_when_back(place: Path) -> list[str]:
    """The vault that was away is named until it is back, mends nothing of it, and is cleared then."""
    named = "forgotten in the vault away" in remnant(place, "check").stdout
    wrong = forgotten(place) + ["the vault that is away is not named"] * (not named)
    (place / "elsewhere").rename(place / "away")
    remnant(place, "check", "--mend")
    wrong += forgotten(place)
    remnant(place, "vault", "push")
    told = found_in(place / "away", ["Rain over The Ferry", "ferry"])
    return wrong + [f"still in the vault that was away: {told}"] * bool(told)


def _checked(place: Path, promised: int) -> list[str]:
    done = remnant(place, "check", "--json")
    whole = f'"originals": {promised}' in done.stdout.replace('":', '": ').replace('":  ', '": ')
    return [*wrong_at_once(place / "library"), *([] if whole else [f"check: {done.stdout[:300]}{done.stderr[-300:]}"])]


def _left_over(place: Path) -> list[str]:
    return [f"left over: {path.name}" for path in (place / "library/staging").glob("run-*")]


def _pushed(place: Path) -> None:
    _with_vault(place)
    remnant(place, "vault", "push")


def _grown_back(place: Path) -> list[str]:
    """The library grown from the vault has every original."""
    kept, grown = (
        {name: data for name, data in files_of(place / library / "shelf").items() if "/original." in name}
        for library in ("library", "grown")
    )
    return ["what grew back is not what was kept"] * (kept != grown)


def _vault_holds(place: Path) -> list[str]:
    """The library grown back from the vault alone has every original."""
    done = remnant(place, "restore", "vault", "grown")
    return [f"restore: {done.stderr[-300:]}"] if done.returncode else _grown_back(place)


DRILLS = (
    Drill("join", _two_libraries, ("join", "other"), lambda place: _checked(place, 4) + _left_over(place)),
    Drill("push", _with_vault, ("vault", "push"), lambda place: _checked(place, 3) + _vault_holds(place)),
    Drill("mend", _harmed_with_vault, ("check", "--mend"), lambda place: _checked(place, 3), mends=True),
    Drill("restore", _pushed, ("restore", "vault", "grown"), _grown_back),
    Drill("wish", _one_to_wish, ("wish", "WORK", "seal"), lambda place: _checked(place, 2)),
    # Done again after its end, it finds no such work.
    Drill("forget", _one_in_a_vault, ("wish", "WORK", "forget", "--yes"), forgotten, ends=(0, 1, 3)),
    Drill("away", _and_a_vault_away, ("wish", "WORK", "forget", "--yes"), _forgotten_when_back, ends=(0, 1, 3)),
)


Try = Callable[[Drill, Path, tuple[str, ...], Path, str], Tried]
"""Tries a drill from its base, with the words of its command, in a place, at a step."""


def kill_commands(*, again: bool, place: Path | None, only: list[str], stride: int) -> bool:
    """Kill each command at every nth call, do it again, and see whether all is right. Whether nothing was wrong."""
    campaign = Campaign.of("kill-commands", again=again)
    drilled(campaign, place, only, lambda: map(str, itertools.count(1, stride)), _killed)
    _report(campaign, stride)
    return not campaign.wrong


def drilled(
    campaign: Campaign, place: Path | None, only: list[str], ways: Callable[[], Iterator[str]], one: Try
) -> None:
    """Try every drill, or `only` these, in each of the ways, until a call is named that it does not come to."""
    for drill in DRILLS:
        if not only or drill.name in only:
            with tempfile.TemporaryDirectory(dir=place) as scratch:
                _drill(campaign, drill, Path(scratch), ways(), one)


def _drill(campaign: Campaign, drill: Drill, scratch: Path, ways: Iterator[str], one: Try) -> None:
    base, place = scratch / "base", scratch / "try"
    words = prepared(drill, base, place)

    def steps() -> Iterator[str]:
        for way in ways:
            yield (step := f"{drill.name} {way}")
            if not campaign.done[step]["reached"]:
                return

    campaign.try_all(steps(), lambda step: one(drill, base, words, place, step))


def _killed(drill: Drill, base: Path, words: tuple[str, ...], place: Path, step: str) -> Tried:
    return tried(drill, base, words, place, int(step.split()[1]))


def prepared(drill: Drill, base: Path, place: Path) -> tuple[str, ...]:
    """Make the state that each try begins with; the words of the command."""
    place.mkdir()
    drill.prepare(place)
    words = tuple(_work(place) if word == "WORK" else word for word in drill.words)
    # Always in the same place: a library knows its vaults by where they are.
    place.rename(base)
    return words


def tried(drill: Drill, base: Path, words: tuple[str, ...], place: Path, nth: int) -> Tried:
    """Killed at its nth call and done again; which call that was, and what is wrong then."""
    shutil.copytree(base, place, symlinks=True)
    log = place.with_suffix(".calls")
    tracer = (sys.executable, "-m", "tests.harm.tracing", str(place), str(log), "--kill", str(nth), "--")
    remnant(place, *words, before=tracer)
    calls = tracing.calls(log)
    reached = nth <= len(calls)
    wrong = [] if drill.mends else wrong_at_once(place / "library")
    done = remnant(place, *words)
    wrong += [f"again: {done.returncode} {done.stderr[-300:]}"] * (done.returncode not in drill.ends)
    wrong += drill.wrong(place)
    shutil.rmtree(place)
    return {"at": calls[nth - 1].step if reached else None, "reached": reached, "wrong": wrong}


def _work(base: Path) -> str:
    works = json.loads(remnant(base, "find", "title:ferry", "--json").stdout)["works"]
    return str(works[0]["work"])


def _report(campaign: Campaign, stride: int) -> None:
    rows = ""
    for drill in DRILLS:
        tried = [one for step, one in campaign.done.items() if step.startswith(f"{drill.name} ") and one["reached"]]
        wrong = sum(bool(one["wrong"]) for one in tried)
        steps = len({one["at"] for one in tried})
        rows += f"| {drill.name} | `remnant {' '.join(drill.words)}` | {len(tried)} | {steps} | {wrong} |\n"
    named = "".join(f"\n- {one['step']} ({one['at']}): {one['wrong']}" for one in campaign.wrong)
    text = (
        "Killed before calls spread over all that change anything in the place (library, other library, vault), "
        f"one in {stride} in the last run, then done again: it completes, check is clean, everything is there; what a "
        "vault holds grows back to what was kept; what was to be forgotten is in nothing that was reached (forget: "
        "alone, in an archive, exported and in a vault; away: in a second vault that comes back later, too).\n\n"
        f"| drill | command | kills | different steps | violations |\n|---|---|---|---|---|\n{rows}{named}"
    )
    say("kill-commands", "Killed at a step of other commands", "python -m bench.durability kill-commands", text)
