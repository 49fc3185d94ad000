"""Two adders and a reader at once, in processes of their own."""

from __future__ import annotations

from pathlib import Path

from tests.harm import commands
from tests.strategies.libraries import story, write_all


def test_two_adders_and_a_reader_at_once_are_safe(tmp_path: Path) -> None:
    library = tmp_path / "library"
    one = write_all(tmp_path / "one", [story(f"One {n}") for n in range(25)] + [story("Shared")])
    two = write_all(tmp_path / "two", [story(f"Two {n}") for n in range(25)] + [story("Shared")])
    commands.run(library, "add", str(write_all(tmp_path / "before", [story("Before")])))
    adders = [commands.begin(library, "add", str(path), "--json") for path in (one, two)]
    seen = []
    while any(adder.poll() is None for adder in adders):
        seen.append(commands.asked(library, "find", "--size", "1")["total"])
    codes = [adder.communicate() and adder.returncode for adder in adders]

    assert codes == [0, 0]
    assert seen == sorted(seen)
    assert seen[0] >= 1
    assert commands.asked(library, "find")["total"] == 52
    assert commands.asked(library, "check")["whole"]


def test_correcting_while_another_adds_is_kept(tmp_path: Path) -> None:
    library = tmp_path / "library"
    [work] = commands.asked(library, "add", str(write_all(tmp_path / "a", [story("Old")])))["works"]
    adder = commands.begin(library, "add", str(write_all(tmp_path / "b", [story(f"B {n}") for n in range(30)])))
    commands.run(library, "correct", work, "title=New")
    adder.communicate()

    assert commands.asked(library, "show", work)["label"] == "New"
    assert commands.asked(library, "find", "title:new")["total"] == 1
