"""What is killed and refused: whole commands, the places they are tried in, and what must be so in the end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.harm import forking, killing
from tests.harm.killing import promised
from tests.strategies.keep import files_of
from tests.strategies.libraries import shared_pool, story, write_all, zipped
from tests.strategies.unearthing import found_in

from remnant.keep.folder import open_folder
from remnant.keep.shelf import Shelf
from remnant.model import Digest

Wrong = Callable[[Path], list[str]]


@dataclass(frozen=True, slots=True)
class Drill:
    """A command, done in a place that `prepare` made.

    `undone` says what it left undone, and is asked whenever it said that all is done, and in the end; `wrong` says
    what else is not right once it was done again whole, and has finished what was to be finished later. One that
    `mends` finds harm, so harm may still stand there when it is killed. `ends` are the codes with which it may end
    when it is done again.
    """

    name: str
    prepare: Callable[[Path], None]
    words: tuple[str, ...]
    undone: Wrong
    wrong: Wrong
    mends: bool = False
    ends: tuple[int, ...] = (0, 1)


def remnant(place: Path, *words: str) -> forking.Ended:
    return forking.run(place, *words)


def work_in(place: Path) -> str:
    works = json.loads(remnant(place, "find", "title:ferry", "--json").out)["works"]
    return str(works[0]["work"])


def wrong_at_once(place: Path) -> list[str]:
    """What is wrong with the library before anybody has looked after it: every promise must be kept already."""
    found: list[str] = forking.apart(lambda: killing.wrong_at_once(place / "library"))
    return found


def _stories(place: Path, name: str, *titles: str) -> None:
    came = write_all(place / f"in {name}", [story(title, "Ann", f"Rain over {title}.") for title in titles])
    remnant(place, "--library", name, "add", str(came))


def _coming(place: Path) -> None:
    killing.coming(place)


def _two_libraries(place: Path) -> None:
    _stories(place, "library", "The Ferry", "The Tram")
    _stories(place, "other", "The Tram", "The Bridge", "The Lamp")


def _with_vault(place: Path) -> None:
    _stories(place, "library", "The Ferry", "The Tram", "The Bridge")
    remnant(place, "vault", "add", "vault")


def _pushed(place: Path) -> None:
    _with_vault(place)
    remnant(place, "vault", "push")


def _harmed_with_vault(place: Path) -> None:
    _pushed(place)
    shelf = Shelf(open_folder(place / "library"))
    first, second, *_ = [home for _, home in shelf.objects()]
    shutil.rmtree(first.parent)
    original = next((second / "v1/content").glob("original.*"))
    original.chmod(0o644)
    original.write_bytes(b"?")


def _one_to_wish(place: Path) -> None:
    _stories(place, "library", "The Ferry", "The Tram")


def _one_to_forget(place: Path) -> None:
    """Alone, in an archive, exported and spoken of, beside another that stays; and in a vault."""
    _one_to_wish(place)
    came = place / "in library"
    zipped(came / "all.zip", {path.name: path.read_bytes() for path in sorted(came.iterdir())})
    remnant(place, "add", str(came))
    remnant(place, "correct", work_in(place), "tag=ferries")
    remnant(place, "export", work_in(place), "--to", "epub", "out")
    remnant(place, "vault", "add", "vault")
    remnant(place, "vault", "push")


def _and_a_vault_away(place: Path) -> None:
    _one_to_forget(place)
    remnant(place, "vault", "add", "away")
    remnant(place, "vault", "push")
    (place / "away").rename(place / "elsewhere")


def _keeps(originals: int) -> Wrong:
    """So many are promised."""

    def undone(place: Path) -> list[str]:
        kept = forking.apart(lambda: len(promised(place / "library")))
        return [f"{kept} of {originals} are promised"] * (kept != originals)

    return undone


def _checked(originals: int) -> Wrong:
    """So many are read by check, which finds nothing wrong, and nothing is left over."""

    def wrong(place: Path) -> list[str]:
        done = remnant(place, "check", "--json")
        whole = f'"originals": {originals}' in done.out.replace('":', '": ').replace('":  ', '": ')
        told = [f"check: {done.out[:300]}{done.err[-300:]}"] * (not whole)
        left = [f"left over: {path.name}" for path in (place / "library/staging").glob("run-*")]
        return [*wrong_at_once(place), *told, *left]

    return wrong


def _as_after_a_quiet_add(place: Path) -> list[str]:
    def wrong() -> list[str]:
        forking.fork_workers()
        with shared_pool() as pool:
            return killing.wrong_after_going_on(place / "library", place / "in", pool)

    found: list[str] = forking.apart(wrong)
    return found


def _pushed_whole(place: Path) -> list[str]:
    """The library grown back from the vault alone has every original."""
    done = remnant(place, "restore", "vault", "grown")
    wrong = [f"restore: {done.err[-300:]}"] if done.code else _grown_back(place)
    shutil.rmtree(place / "grown", ignore_errors=True)
    return wrong


def _grown_back(place: Path) -> list[str]:
    """The library grown from the vault has every original."""
    kept, grown = (
        {name: data for name, data in files_of(place / library / "shelf").items() if "/original." in name}
        for library in ("library", "grown")
    )
    return ["what grew back is not what was kept"] * (kept != grown)


def _stands(wish: str) -> Wrong:
    """Of one work this wish stands, and no other wish of any."""

    def undone(place: Path) -> list[str]:
        works = json.loads(remnant(place, "wish", "--json").out)["works"]
        return [f"wishes: {works}"] * ([one["wishes"] for one in works] != [[wish]])

    return undone


def _forgotten(place: Path) -> list[str]:
    """It is in nothing that could be reached."""
    secrets = ["Rain over The Ferry", "ferry", Digest.of((place / "in library/story 0.txt").read_bytes()).hex]
    places = [where for where in ("library", "vault", "out") if (place / where).is_dir()]
    found = {where: _found(place / where, secrets) for where in places}
    wrong = [f"still in {where}: {told}" for where, told in found.items() if told]
    return wrong + ["a note is left"] * (place / "library/forgetting.json").exists()


def _found(folder: Path, secrets: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = forking.apart(lambda: found_in(folder, secrets))
    return found


def _finished_later(place: Path) -> list[str]:
    """What could not be reached is named until it is finished."""
    named = "forgotten in the vault" in remnant(place, "check").out
    wrong = ["the vault is not named"] * bool(_found(place / "vault", ["Rain over The Ferry"]) and not named)
    remnant(place, "wish", "--finish")
    return wrong + _checked(2)(place)


def _forgotten_when_back(place: Path) -> list[str]:
    """The vault that was away is named until it is back, mends nothing of it, and is cleared then."""
    named = "forgotten in the vault away" in remnant(place, "check").out
    wrong = _checked(2)(place) + ["the vault that is away is not named"] * (not named)
    (place / "elsewhere").rename(place / "away")
    remnant(place, "check", "--mend")
    wrong += _forgotten(place)
    remnant(place, "vault", "push")
    told = _found(place / "away", ["Rain over The Ferry", "ferry"])
    return wrong + [f"still in the vault that was away: {told}"] * bool(told)


_FORGET = ("wish", "WORK", "forget", "--yes")
DRILLS = (
    Drill("add", _coming, ("add", "in"), _keeps(killing.ENOUGH + 2), _as_after_a_quiet_add),
    Drill("join", _two_libraries, ("join", "other"), _keeps(4), _checked(4)),
    Drill("push", _with_vault, ("vault", "push"), _pushed_whole, _checked(3)),
    Drill("mend", _harmed_with_vault, ("check", "--mend"), wrong_at_once, _checked(3), mends=True),
    Drill("restore", _pushed, ("restore", "vault", "grown"), _grown_back, _checked(3)),
    Drill("private", _one_to_wish, ("wish", "WORK", "private"), _stands("private"), _checked(2)),
    Drill("withhold", _one_to_wish, ("wish", "WORK", "withhold-name"), _stands("withhold-name"), _checked(2)),
    Drill("seal", _one_to_wish, ("wish", "WORK", "seal"), _stands("seal"), _checked(2)),
    # Done again after its end, it finds no such work.
    Drill("forget", _one_to_forget, _FORGET, _forgotten, _finished_later, ends=(0, 1, 3)),
    Drill("away", _and_a_vault_away, _FORGET, _forgotten, _forgotten_when_back, ends=(0, 1, 3)),
)
