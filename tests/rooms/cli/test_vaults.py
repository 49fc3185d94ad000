"""`remnant vault`, `restore`, `check --vaults` and `check --mend`: their words, their JSON, their exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.rooms.cli.faces import Do, speaking_of
from tests.strategies.libraries import story, write_all
from tests.strategies.vaults import overwrite

from remnant.cli import main as face
from remnant.keep.vaults import parity
from remnant.keep.vaults.form import short_of
from remnant.model import Digest


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Do:
    return speaking_of(tmp_path / "library", monkeypatch, capsys)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two stories."""
    place = tmp_path_factory.mktemp("made")
    came = write_all(place / "in", [story("The Ferry", "Ann"), story("Other", "Bob", "Sunshine all day.")])
    assert face.main(["--library", str(place / "library"), "add", "--jobs", "1", str(came)]) == 0
    return place / "library"


@pytest.fixture
def kept(made: Path, tmp_path: Path) -> Path:
    """A copy of it, for a test of its own."""
    return Path(shutil.copytree(made, tmp_path / "library", symlinks=True))


def asked(do: Do, *words: object, code: int = 0) -> dict[str, Any]:
    found, out, err = do(*words, "--json")
    assert found == code, (out, err)
    answer = json.loads(out)
    assert answer["v"] == 1
    return dict(answer)


def original(library: Path) -> Path:
    return min(library.glob("shelf/???/urn*/v1/content/original.txt"))


def test_one_copy_is_said_to_be_one(do: Do, kept: Path) -> None:
    code, out, _ = do("check")

    assert code == 0
    assert "One copy, on this disk alone" in out
    assert asked(do, "check")["copies"]["asked"] == 1


def test_from_a_new_vault_to_two_copies(do: Do, kept: Path, tmp_path: Path) -> None:
    added = asked(do, "vault", "add", tmp_path / "stick")
    waiting = asked(do, "vault", "status", code=1)
    told = do("vault", "status")
    rehearsed = asked(do, "vault", "push", "--dry-run")
    pushed = asked(do, "vault", "push")
    again = do("vault", "push")
    after = asked(do, "check")

    assert added["vault"]["name"] == "stick"
    assert (waiting["asked"], len(waiting["short"])) == (2, 2)
    assert "Next: remnant vault push" in told[1]
    assert [one["waiting"] for one in rehearsed["vaults"]] == [2]
    assert [(one["originals"], one["packs"]) for one in pushed["pushed"]] == [(2, 1)]
    assert "everything was there already" in again[1]
    assert (after["copies"]["by_count"], after["copies"]["short"]) == ([{"copies": 2, "originals": 2}], [])


def test_a_dry_run_writes_nothing(do: Do, kept: Path, tmp_path: Path) -> None:
    do("vault", "add", tmp_path / "stick")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    do("vault", "push", "--dry-run")

    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before


def test_too_few_copies_are_an_exit_code_of_their_own(do: Do, kept: Path, tmp_path: Path) -> None:
    do("vault", "add", tmp_path / "stick")
    do("vault", "push")
    enough = do("check")[0]
    do("vault", "copies", 3)
    code, out, _ = do("check")

    assert (enough, code) == (0, 1)
    assert "2 originals fall short" in out
    assert "remnant vault add" in out


def test_the_list_and_the_forgetting_of_a_vault(do: Do, kept: Path, tmp_path: Path) -> None:
    do("vault", "add", tmp_path / "stick", "--name", "usb")
    listed = do("vault", "list")[1]
    removed = do("vault", "remove", "usb")
    code, _, err = do("vault", "remove", "usb")

    assert listed == f"usb\t{tmp_path / 'stick'}\n"
    assert "was not touched" in removed[1]
    assert (tmp_path / "stick" / "vault.json").exists()
    assert code == 3
    assert "no vault called usb" in err


def test_harm_is_named_then_mended_and_then_there_is_none(do: Do, kept: Path, tmp_path: Path) -> None:
    do("vault", "add", tmp_path / "stick")
    do("vault", "push")
    overwrite(original(kept), 5, b"spoilt")
    overwrite(next((tmp_path / "stick").rglob("pack.zip")), 900, bytes(50))
    looked = do("check", "--vaults")
    mended = asked(do, "check", "--mend")
    after = asked(do, "check", "--vaults")

    assert looked[0] == 4
    assert "pack.zip is missing or changed" in looked[1]
    assert "are harmed" in looked[1]
    assert (mended["whole"], len(mended["mended"]["originals"]), mended["mended"]["left"]) == (True, 1, [])
    assert after["vaults_read"][0]["troubles"] == []


def test_what_cannot_be_mended_is_said_with_exit_code_4(do: Do, kept: Path, tmp_path: Path) -> None:
    overwrite(original(kept), 5, b"spoilt")
    code, out, _ = do("check", "--mend")

    assert code == 4
    assert "1 original is still harmed" in out


def test_a_library_is_restored_and_read_at_once(do: Do, kept: Path, tmp_path: Path, monkeypatch: Any) -> None:
    do("vault", "add", tmp_path / "stick")
    do("vault", "push")
    shutil.rmtree(kept)
    restored = asked(do, "restore", tmp_path / "stick", tmp_path / "again")
    monkeypatch.setenv("REMNANT_LIBRARY", str(tmp_path / "again"))
    found = asked(do, "find", "title:ferry")
    told = do("restore", tmp_path / "stick", tmp_path / "again")

    assert (restored["originals"], restored["lost"]) == (2, [])
    assert found["total"] == 1
    assert told[0] == 0
    assert "every one proved by its digest" in told[1]


def test_what_the_vault_lost_is_named_by_its_title(do: Do, kept: Path, tmp_path: Path) -> None:
    do("vault", "add", tmp_path / "stick")
    do("vault", "push")
    first = next((tmp_path / "stick").glob("packs/???"))
    write_all(tmp_path / "more", [story("Later", "Cid", "Much later.")])
    do("add", tmp_path / "more")
    do("vault", "push")
    shutil.rmtree(first)
    code, out, _ = do("restore", tmp_path / "stick", tmp_path / "again")

    assert code == 4
    assert "The Ferry by Ann" in out
    assert "Other by Bob" in out
    assert "1 original is back" in out


def test_without_par2_nothing_is_begun(do: Do, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parity, "find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", "")
    code, _, err = do("vault", "add", tmp_path / "stick")

    assert code == 3
    assert "apt install par2" in err
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize("words", [["vault"], ["vault", "burn"], ["vault", "copies", "0"], ["vault", "copies", "many"]])
def test_what_makes_no_sense_is_a_wrong_command_line(words: list[str], do: Do) -> None:
    with pytest.raises(SystemExit) as stop:
        do(*words)
    assert stop.value.code == 2


@pytest.mark.parametrize("words", [["vault", "--help"], ["vault", "add", "--help"], ["restore", "--help"]])
def test_help_teaches(words: list[str], do: Do, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        do(*words)
    assert "TARGET" in (out := capsys.readouterr().out) or "remnant restore" in out or "remnant vault add" in out


def test_a_control_character_in_a_target_never_reaches_the_terminal(do: Do, kept: Path, tmp_path: Path) -> None:
    _, out, _ = do("vault", "add", tmp_path / "st\x1b[31mick")

    assert "\x1b" not in out


def test_a_wish_that_came_while_a_vault_was_away_is_seen_to_when_it_is_back(do: Do, kept: Path, tmp_path: Path) -> None:
    do("vault", "add", tmp_path / "stick")
    do("vault", "push")
    shutil.move(tmp_path / "stick", tmp_path / "away")
    work = asked(do, "find", "title:ferry")["works"][0]["work"]
    short = short_of(Digest.of(story("The Ferry", "Ann")))
    receipt = do("wish", work, "forget", "--yes")
    named = [path for path in kept.rglob("*") if path.is_file() and short.encode() in path.read_bytes()]
    shutil.move(tmp_path / "away", tmp_path / "stick")
    before = b"".join(path.read_bytes() for path in (tmp_path / "stick").rglob("*") if path.is_file())
    pushed = asked(do, "vault", "push")
    after = b"".join(path.read_bytes() for path in (tmp_path / "stick").rglob("*") if path.is_file())
    restored = asked(do, "restore", tmp_path / "stick", tmp_path / "again")

    assert named == []
    assert "was not cleared" in receipt[1].replace("\n    ", " ")
    assert b"The Ferry" in before
    assert pushed["pushed"][0]["forgotten"] == 1
    assert b"The Ferry" not in after
    assert b"Other" in after
    assert (restored["originals"], restored["lost"]) == (1, [])
    assert asked(do, "vault", "push")["pushed"][0]["packs"] == 0


def test_a_vault_is_not_added_as_stories(do: Do, kept: Path, tmp_path: Path) -> None:
    do("vault", "add", tmp_path / "stick")
    do("vault", "push")
    code, out, _ = do("add", tmp_path / "stick")

    assert code == 1
    assert "remnant restore" in out
    assert "0 new files kept" in out
