"""`remnant canon`: seen, checked and written; what is wrong is told with its line, and nothing is written over."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from remnant.cli import main as face
from remnant.keep.folder import create
from remnant.library.canons import canons
from remnant.library.watching import utc_now
from remnant.model import Canon
from remnant.shield.canons import read

Do = Callable[..., tuple[int, str, str]]
LISTED = """\
Season 1 (2009)
1\t1\t"First Light"\tA. Director\t6 July 2009\t5.5
2\t2\t"The Depot"\tA. Director\t13 July 2009\t5.1
Season Two
3. Last Train (July 5, 2010)
4. Terminus
S03E01 - Day One (2011-07-09)
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    create(tmp_path / "library", utc_now())
    return tmp_path / "library"


@pytest.fixture
def do(library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Do:
    monkeypatch.setenv("REMNANT_LIBRARY", str(library))

    def done(*words: object) -> tuple[int, str, str]:
        code = face.main(["canon", *map(str, words)])
        return code, *capsys.readouterr()

    return done


def test_what_comes_with_us_is_listed_and_shown(do: Do) -> None:
    assert "torchwood" in do("list")[1]
    code, out, _ = do("show", "TW")

    assert code == 0
    assert "3.4" in out
    assert "Day Four  (GB 2009-07-09, US 2009-07-23)" in out


def test_a_pasted_list_is_a_canon_in_a_minute(do: Do, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(LISTED))
    code, out, _ = do("new", "The Northern Line", "--list", "-", "--region", "gb")

    assert code == 0, out
    canon = canons(library).by_id["northern-line"]
    titles = {part.id: part.title for part in canon.parts()}
    assert titles == {
        "1.1": "First Light",
        "1.2": "The Depot",
        "2.1": "Last Train",
        "2.2": "Terminus",
        "3.1": "Day One",
    }
    days = [day.isoformat() for part in canon.parts() for day in part.released.values()]
    assert days == ["2009-07-06", "2009-07-13", "2010-07-05", "2011-07-09"]
    assert do("check", "northern-line.toml")[0] == 0


def test_days_of_no_said_region_are_left_out_and_that_is_said(do: Do, tmp_path: Path, library: Path) -> None:
    (tmp_path / "list.txt").write_text(LISTED, "utf-8")
    _, _, err = do("new", "Northern", "--list", tmp_path / "list.txt")

    assert "--region" in err
    assert not any(part.released for part in canons(library).by_id["northern"].parts())


def test_a_rehearsal_writes_nothing_and_shows_a_file_that_is_one(do: Do, library: Path) -> None:
    code, out, _ = do("new", "Terminus", "--dry-run")

    assert code == 0
    assert not (library / "canons").exists()
    assert isinstance(read(out[: out.index("This would stand")]), Canon)


def test_a_file_that_is_there_is_never_written_over(do: Do, library: Path) -> None:
    do("new", "Terminus")
    before = (library / "canons" / "terminus.toml").read_bytes()
    code, _, err = do("new", "Terminus")

    assert code == 3
    assert "Nothing was changed" in err
    assert (library / "canons" / "terminus.toml").read_bytes() == before


def test_ones_own_canon_outranks_ours_and_a_faulty_one_keeps_no_other_away(do: Do, library: Path) -> None:
    (library / "canons").mkdir()
    own = 'format = 1\nid = "torchwood"\nname = "Torchwood"\n[[series]]\nnumber = 1\nparts = ["Only One"]\n'
    (library / "canons" / "mine.toml").write_text(own, "utf-8")
    (library / "canons" / "broken.toml").write_bytes(b"format = 1\nname = \xff\n")
    code, out, err = do("list", "--json")

    assert code == 0
    listed = {canon["id"]: canon for canon in json.loads(out)["canons"]}
    assert (listed["torchwood"]["parts"], listed["torchwood"]["own"]) == (1, True)
    assert listed["buffy"]["parts"] == 144
    assert "broken.toml is not used" in err


def test_a_check_says_what_is_wrong_where_and_what_to_do(do: Do, tmp_path: Path) -> None:
    file = tmp_path / "one.toml"
    file.write_text(
        'format = 1\nname = "One"\n[[series]]\nnumber = 1\nparts = [\n{title = "A", GB = "May"},\n]\n', "utf-8"
    )
    code, out, _ = do("check", file)

    assert code == 1
    assert "line 6: GB = 'May' is not a day. Write GB = 2009-07-09" in out
    problems = json.loads(do("check", file, "--json")[1])["files"][0]["problems"]
    assert [problem["line"] for problem in problems] == [6]


def test_a_check_remarks_on_what_will_not_do_what_one_may_think(do: Do, tmp_path: Path) -> None:
    file = tmp_path / "one.toml"
    text = 'format = 1\nname = "One"\naliases = ["TW"]\nrelated = ["nobody"]\n[[series]]\nnumber = 1\nparts = ["A"]\n'
    file.write_text(text, "utf-8")
    code, out, _ = do("check", file)

    assert code == 0
    assert "also a name of Torchwood" in out
    assert "'nobody'" in out


@pytest.mark.parametrize("words", [("show", "no such canon"), ("new", "!!!"), ("new", "A", "--list", "nowhere.txt")])
def test_what_cannot_be_done_is_refused_in_words(do: Do, words: tuple[str, ...]) -> None:
    code, _, err = do(*words)

    assert code == 3
    assert err.strip()
