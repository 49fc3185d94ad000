"""What `remnant check` says, and the measures it is given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.strategies.libraries import story, write_all

from remnant.cli import main as face
from remnant.cli import measures
from remnant.cli.check import lines
from remnant.library.checking import Checked, Harm


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), ("90s", 90), ("30m", 1800), ("2h", 7200), ("1.5h", 5400), (" 1D ", 86400)]
)
def test_times_are_read_as_people_write_them(text: str, seconds: float) -> None:
    assert measures.duration(text) == seconds


@pytest.mark.parametrize("text", ["", "h", "0", "-1h", "2 h 3", "1e3", "²h", "nan", "2w", "1" * 40])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="No such measure"):
        measures.duration(text)


@pytest.mark.parametrize(("text", "size"), [("1M", 1 << 20), ("50m", 50 << 20), ("1.5G", 3 << 29), ("2048k", 2 << 20)])
def test_rates_are_read_as_people_write_them(text: str, size: int) -> None:
    assert measures.rate(text) == size


@pytest.mark.parametrize("text", ["", "1000", "1023k", "50MB", "fast", "-5M"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="No such measure"):
        measures.rate(text)


def test_of_a_whole_shelf_that_is_gone_not_every_story_is_named_before_the_advice() -> None:
    gone = tuple(Harm(None, f"Story {number} is not on the shelf.") for number in range(5000))
    said = lines(Checked(0, 0, gone, (), stopped=False, promised=5000, complete=True, since=None))

    assert "5,000 things are not as promised" in said[0]
    assert sum("is not on the shelf" in line for line in said) == 100
    assert "  and 4,900 more; remnant check --json names them all" in said
    assert "All else is safe" in " ".join(said)


def test_a_check_of_a_part_says_how_much_and_that_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REMNANT_LIBRARY", str(tmp_path / "library"))
    came = write_all(tmp_path / "in", [story(f"Story {number}") for number in range(3)])
    face.main(["add", "--jobs", "1", str(came)])
    capsys.readouterr()
    codes, said = [], []
    for _ in range(3):
        codes.append(face.main(["check", "--for", "0.000001s", "--rate", "100M"]))
        said.append(capsys.readouterr().out.splitlines())
    face.main(["check", "--json"])
    told = json.loads(capsys.readouterr().out)

    assert codes == [0, 0, 0]
    assert said[0][0].startswith("1 of 3 originals read, ")
    assert said[0][0].endswith(" bytes: every one of them is whole.")
    assert "Some were never checked yet" in said[1][1]
    assert said[2][1].startswith("Every original was checked since 20")
    assert (told["complete"], told["promised"], told["originals"]) == (True, 3, 3)
    assert told["since"].endswith("Z")
