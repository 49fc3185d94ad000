"""A second reader, written from docs/formats/library.md alone, in sh and awk: it sees what Remnant sees."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.strategies.keep import NOW, library, put, put_all, sealing

from remnant.keep.audit import Audit, Grade
from remnant.keep.folder import Folder
from remnant.keep.journal import Arrived, Journal
from remnant.keep.shelf import Shelf
from remnant.model import Arrival, Digest, Original

SCRIPT = Path(__file__).with_name("library.sh")
TOOLS = ("sh", "awk", "basename", "base32", "cat", "cmp", "cut", "dirname", "find", "grep", "head", "mkdir", "mktemp",
         "rm", "sed", "sha256sum", "sha512sum", "sort", "tee", "tr", "wc")  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = library(tmp_path)
    put_all(
        folder, [sealing(b"one", "A Tale.txt"), sealing(b"", 'say "no".html'), sealing(b"\x00\xff" * 99, "\udcff.zip")]
    )
    put(folder, b"two")
    Journal(folder).append([Arrived(Arrival(Original(Digest.of(b"one"), 3), "zip", 'a","open":{.txt', NOW))], NOW)
    return folder


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Folder], tuple[int, list[str]]]:
    """The second reader, with ordinary tools on its path and nothing else."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in TOOLS:
        (tools / tool).symlink_to(str(shutil.which(tool)))

    def done(folder: Folder) -> tuple[int, list[str]]:
        ended = subprocess.run(
            [tools / "sh", SCRIPT, folder.path], env={"PATH": str(tools)}, capture_output=True, text=True, check=False
        )
        assert ended.stderr == ""
        return ended.returncode, ended.stdout.splitlines()

    return done


Read = Callable[[Folder], tuple[int, list[str]]]


def test_it_lists_every_story(folder: Folder, read: Read) -> None:
    code, lines = read(folder)
    rows = {digest: rest for _, digest, *rest in (line.split("\t") for line in lines)}
    shelf = Shelf(folder)

    assert code == 0
    assert [line.split("\t")[0] for line in lines] == ["whole"] * 4
    assert set(rows) == {Digest.of(data).hex[:12] for data in (b"one", b"two", b"", b"\x00\xff" * 99)}
    assert rows[Digest.of(b"one").hex[:12]][:2] == ["3", "A Tale.txt"]
    assert folder.path / rows[Digest.of(b"two").hex[:12]][2] == shelf.path_of(Digest.of(b"two")).parents[2]


def _home(folder: Folder) -> Path:
    return Shelf(folder).path_of(Digest.of(b"one")).parents[2]


def _change(path: Path, at: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


def _ledger(folder: Folder) -> Path:
    return folder.ledger / f"{folder.replica}.jsonl"


def _cut_line(folder: Folder) -> None:
    lines = _ledger(folder).read_bytes().splitlines(keepends=True)
    _ledger(folder).write_bytes(b"".join([*lines[:2], *lines[3:]]))


def _other_words(folder: Folder) -> None:
    """The words of a sealed line are others than its seal says; the line's own hash is right."""
    data = _ledger(folder).read_bytes()
    assert data.count(b'"size":3,') + data.count(b'"size":3}') >= 1
    _ledger(folder).write_bytes(data.replace(b'"size":3', b'"size":4', 1))


HARMS: dict[str, Callable[[Folder], object]] = {
    "original": lambda folder: _change(_home(folder) / "v1/content/original.txt"),
    "arrival": lambda folder: _change(_home(folder) / "v1/content/arrival.json", 30),
    "inventory": lambda folder: _change(_home(folder) / "inventory.json", 40),
    "sidecar": lambda folder: _change(_home(folder) / "inventory.json.sha512"),
    "declaration": lambda folder: _change(_home(folder) / "0=ocfl_object_1.1"),
    "end of declaration": lambda folder: _change(_home(folder) / "0=ocfl_object_1.1", -1),
    "inner inventory gone": lambda folder: (_home(folder) / "v1/inventory.json").unlink(),
    "object gone": lambda folder: shutil.rmtree(_home(folder)),
    "ledger line changed": lambda folder: _change(_ledger(folder), 400),
    "ledger line gone": _cut_line,
    "ledger line says other things": _other_words,
    "journal changed": lambda folder: _change(folder.journal / f"{folder.replica}.jsonl", 10),
    "ledger end changed": lambda folder: _change(_ledger(folder), -20),
    "marker": lambda folder: _change(folder.path / "0=remnant_library_1"),
}


@pytest.mark.parametrize("harm", [*HARMS])
def test_it_finds_what_a_check_finds(harm: str, folder: Folder, read: Read) -> None:
    assert read(folder)[0] == 0

    HARMS[harm](folder)
    found = [verdict for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]
    code, lines = read(folder)

    assert found
    assert code == 1
    assert any(line.startswith("HARM ") for line in lines)


def test_what_is_not_promised_yet_is_a_note(folder: Folder, read: Read) -> None:
    lines = _ledger(folder).read_bytes().splitlines(keepends=True)
    _ledger(folder).write_bytes(b"".join(lines[:-1]))
    code, said = read(folder)

    assert code == 0
    assert [line for line in said if "not promised yet" in line]


def test_a_line_cut_off_in_writing_is_a_note(folder: Folder, read: Read) -> None:
    with _ledger(folder).open("ab") as file:
        file.write(b'{"at":"2026')
    code, said = read(folder)

    assert code == 0
    assert [line for line in said if "cut off in writing" in line]
