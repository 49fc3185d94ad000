"""With ordinary tools alone, by the words of the README in the folder, a person lists, checks and reads."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.strategies.keep import library, put_all, sealing

from remnant.keep.folder import Folder
from remnant.keep.ocfl import object_id, place_of
from remnant.model import Digest

TOOLS = ["sh", "find", "awk", "sed", "sort", "comm", "cut", "grep", "sha512sum", "sha256sum", "cat", "tr"]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = library(tmp_path)
    put_all(folder, [sealing(b"A dark and stormy night.", "Night.txt"), sealing(b"", "Empty.html"), sealing(b"3", "c")])
    return folder


def _recipe(folder: Folder, heading: str) -> str:
    """The indented lines under a heading."""
    text = (folder.path / "README.txt").read_text().partition(f"\n{heading}\n{'-' * len(heading)}\n")[2]
    lines = text.partition("\n---")[0].splitlines()
    return "\n".join(line for line in lines if line.startswith("    "))


def _do(folder: Folder, heading: str, tmp_path: Path) -> str:
    """Type it in a shell that knows the ordinary tools and nothing else."""
    tools = tmp_path / "tools"
    tools.mkdir(exist_ok=True)
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        if not (tools / tool).exists():
            os.symlink(found, tools / tool)
    recipe = _recipe(folder, heading).replace("/tmp/", f"{tmp_path}/")
    done = subprocess.run(
        ["sh", "-c", recipe], cwd=folder.path, env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def _home(folder: Folder, data: bytes) -> Path:
    return folder.shelf / place_of(object_id(Digest.of(data)))


LIST = "To list every file by the name it came with"
FIND = "To find a file by words in it (text and HTML files)"
MISSING = "To check that no promised file is missing or damaged"
DAMAGED = "To see which files on the shelf are damaged"
LINES = "To check that no line of the ledger was changed"


def test_the_files_are_listed_and_read(folder: Folder, tmp_path: Path) -> None:
    listed = _do(folder, LIST, tmp_path)
    found = _do(folder, FIND, tmp_path)
    recipe = _recipe(folder, FIND).replace("words to look for", "STORMY")
    named = subprocess.run(["sh", "-c", recipe], cwd=folder.path, capture_output=True, text=True, check=True).stdout

    assert all(name in listed for name in ("Night.txt", "Empty.html", '"c"'))
    assert found == ""
    assert (folder.path / named.strip()).read_bytes() == b"A dark and stormy night."


@pytest.mark.parametrize("heading", [MISSING, DAMAGED, LINES])
def test_a_whole_library_gives_no_complaint(folder: Folder, tmp_path: Path, heading: str) -> None:
    assert _do(folder, heading, tmp_path) == ""


def test_a_missing_file_is_named(folder: Folder, tmp_path: Path) -> None:
    shutil.rmtree(_home(folder, b"3"))

    assert _do(folder, MISSING, tmp_path) == Digest.of(b"3").hex + "\n"


@pytest.mark.parametrize("name", ["v1/content/original.bin", "v1/content/arrival.json", "inventory.json"])
def test_a_damaged_file_is_named(folder: Folder, tmp_path: Path, name: str) -> None:
    path = _home(folder, b"3") / name
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data.replace(data[:1], b"?"))

    assert f"damaged: shelf/{place_of(object_id(Digest.of(b'3')))}" in _do(folder, DAMAGED, tmp_path)
    assert (_do(folder, MISSING, tmp_path) == "") == ("original" not in name)


def test_a_changed_line_is_named(folder: Folder, tmp_path: Path) -> None:
    (path,) = folder.ledger.glob("*.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"size":1', b'"size":2'))

    assert _do(folder, LINES, tmp_path).startswith("changed: {")
