"""Joining, wishing and forgetting from the command line: what is asked, what is said, and how it ends."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pyrage
import pytest
from tests.rooms.cli.faces import Do, speaking_of
from tests.strategies.libraries import story, write_all, zipped


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Do:
    do = speaking_of(tmp_path / "library", monkeypatch, capsys)

    def done(*words: object) -> tuple[int, str, str]:
        code, out, err = do(*words)
        return code, out, " ".join(err.split())

    done("add", write_all(tmp_path / "in", [story("The Ferry"), story("The Tram", "Bea", "It stood there.")]))
    return done


def _ferry(do: Do) -> str:
    works = json.loads(do("find", "title:ferry", "--json")[1])["works"]
    return str(works[0]["work"])


def test_forgetting_asks_first_and_where_nobody_can_say_yes_it_does_nothing(do: Do, tmp_path: Path) -> None:
    work = _ferry(do)
    code, told, refused = do("wish", work, "forget")
    rehearsed = json.loads(do("wish", work, "forget", "--dry-run", "--json")[1])

    assert code == 2
    assert "To be forgotten:" in told
    assert "Nobody is here to say yes to forgetting. Nothing was changed. Add --yes." in refused
    assert [one["label"] for one in rehearsed["works"]] == ["The Ferry"]
    assert rehearsed["dry_run"]
    assert not (tmp_path / "library" / "forgetting.json").exists()
    assert do("show", work)[0] == 0

    code, told, _ = do("wish", work, "forget", "--yes")
    assert code == 0
    assert "What remains here: the tombstone" in told
    assert "Not known to Remnant" in told
    code, told, _ = do("add", tmp_path / "in")
    assert code == 1
    assert "Somebody asked that this be forgotten" in told
    assert do("wish", "--finish")[1] == "No forgetting was stopped; there is nothing to go on with.\n"


def test_a_locked_vault_is_cleared_once_its_key_is_given(do: Do, tmp_path: Path) -> None:
    key, secret = tmp_path / "key.txt", pyrage.x25519.Identity.generate()
    key.write_text(f"{secret}\n")
    do("vault", "add", tmp_path / "away", "--recipient", secret.to_public())
    do("vault", "push")
    for path in (tmp_path / "library" / "vaults" / "away").glob("*.json"):
        path.unlink()
    code, told, _ = do("wish", _ferry(do), "forget", "--yes")

    assert code == 1
    assert "If it is locked, --identity FILE names its secret key." in " ".join(told.split())
    assert do("wish", "--finish")[0] == 1
    code, told, _ = do("wish", "--finish", "--identity", key)
    assert code == 0
    assert "Vaults cleared: away" in told


def test_wishes_are_listed_said_once_and_taken_back(do: Do) -> None:
    work = _ferry(do)
    said = json.loads(do("wish", work, "private", "--json")[1])
    listed = json.loads(do("wish", "--json")[1])

    assert said == {
        "v": 1, "work": work, "dry_run": False, "wishes": ["private"], "changed": True, "indexed": True, "exports": []
    }  # fmt: skip
    assert listed["works"] == [{"work": work, "label": "The Ferry", "wishes": ["private"]}]
    assert "no longer stands" in do("wish", work, "private", "--undo")[1]
    assert do("wish")[1].startswith("No wish stands.")


def test_a_wish_names_the_files_that_were_written_before_it_and_not_what_it_hides(do: Do, tmp_path: Path) -> None:
    work = _ferry(do)
    do("export", work, "--to", "txt", tmp_path / "out")
    (written,) = (tmp_path / "out").iterdir()
    told = [
        do("wish", work, wish, "--dry-run", *how)[1].replace("\\u2026", "…")
        for wish in ("seal", "withhold-name", "forget")
        for how in ([], ["--json"])
    ]

    assert [f"{tmp_path / 'out'}/… {work[:10]}.txt" in one for one in told] == [True] * 6
    assert not [one for one in told if written.name in one]
    do("wish", work, "withhold-name")
    assert "Ann" not in do("wish", work, "forget", "--dry-run")[1]
    assert "Delete them yourself" in do("wish", work, "private")[1]
    assert written.exists()


def test_what_could_not_be_deleted_or_cleared_is_told_and_finished_later(
    do: Do, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = _ferry(do)
    do("export", work, "--to", "txt", tmp_path / "out")
    do("vault", "add", tmp_path / "vault")
    do("vault", "push")
    with monkeypatch.context() as patch:
        (tmp_path / "vault").rename(tmp_path / "away")
        patch.setattr(Path, "unlink", _refused)
        code, told, _ = do("wish", work, "forget", "--yes")
    told = " ".join(told.split())

    assert code == 1
    assert "It cannot be deleted (Permission denied). Delete it yourself, or have remnant wish --finish" in told
    assert "was not cleared:" in told
    code, told, _ = do("wish", "--finish")
    assert code == 1
    assert "1 export deleted." in told
    assert "The next remnant vault push, or remnant wish --finish, tries again." in " ".join(told.split())
    (tmp_path / "away").rename(tmp_path / "vault")
    code, told, _ = do("wish", "--finish")
    assert code == 0
    assert told.startswith("What was left of an earlier forgetting was tried again.\nVaults cleared: vault\n")
    assert list((tmp_path / "out").iterdir()) == []
    assert do("wish", "--finish")[1] == "No forgetting was stopped; there is nothing to go on with.\n"


_UNLINK = Path.unlink


def _refused(path: Path, missing_ok: bool = False) -> None:
    if path.parent.name == "out":
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    _UNLINK(path, missing_ok)


def test_what_an_add_redacts_or_names_is_told(do: Do, tmp_path: Path) -> None:
    """A newer archive is refused in words, the same story in another form named, and listed until it is decided."""
    words = " ".join(f"On the {day} night the ferry hummed over the water." for day in ("first", "second", "third"))
    (tmp_path / "long.txt").write_bytes(story("The Long Ferry", "Ann", words))
    (work,) = json.loads(do("add", tmp_path / "long.txt", "--json")[1])["works"]
    do("wish", work, "forget", "--yes")
    zipped(tmp_path / "new.zip", {"long.txt": story("The Long Ferry", "Ann", words), "b.txt": story("The Bridge")})
    code, told, _ = do("add", tmp_path / "new.zip")
    (tmp_path / "page.html").write_text(f"<html><body><p>{words}</p><p>She waited.</p></body></html>")
    again, named, _ = do("add", tmp_path / "page.html")
    listed = json.loads(do("wish", "--json")[1])

    assert code == 1
    assert "1 new file kept, 1 work understood." in told
    assert "so it is not kept as a whole" in " ".join(told.split())
    assert again == 0
    assert "says much the same as something that somebody asked to be forgotten" in " ".join(named.split())
    assert len(listed["alike"]) == 1
    assert listed["alike"][0]["work"] in named


@pytest.mark.parametrize("words", [["abcd"], ["abcd", "burn"], ["forget"], ["abcd", "forget", "--undo"]])
def test_a_wish_that_makes_no_sense_is_refused_with_the_way_to_say_it(words: list[str], do: Do) -> None:
    code, _, told = do("wish", *words)

    assert code == 2
    assert "remnant" in told


def test_a_join_says_what_came_and_is_harmless_twice(do: Do, tmp_path: Path) -> None:
    other = tmp_path / "other"
    code, told, _ = do("--library", other, "join", tmp_path / "library")
    again = json.loads(do("--library", other, "join", tmp_path / "library", "--json")[1])
    itself, _, refused = do("join", tmp_path / "library")

    assert code == 0
    assert "2 new originals" in told
    assert (again["originals"], again["acts"]) == ([], 0)
    assert itself == 2
    assert "is this library itself" in refused
    assert do("join", tmp_path / "nowhere")[0] == 3
