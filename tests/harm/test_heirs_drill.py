"""An heir's drill: with a shell, unzip, sha512sum and par2, and no Python, a vault is checked, mended and opened.

The commands are those of the README that stands in every vault, taken out of it as an heir would.
"""

from __future__ import annotations

import shutil
import subprocess
from itertools import takewhile
from pathlib import Path

import pytest
from tests.strategies.vaults import overwrite, pushed, with_vault

TOOLS = ("sh", "unzip", "sha512sum", "par2", "cat", "grep", "cp", "mkdir")
STORIES = [f"Title: Part {number}\n\nThe rain came down on ferry {number}.\n".encode() * 40 for number in range(9)]
PAR2 = shutil.which("par2")

pytestmark = pytest.mark.skipif(PAR2 is None, reason="par2 is not installed")


@pytest.fixture
def tools(tmp_path: Path) -> str:
    """A path on which there is nothing else."""
    place = tmp_path / "bin"
    place.mkdir()
    for name in TOOLS:
        (place / name).symlink_to(str(shutil.which(name)))
    return str(place)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder, vault = with_vault(tmp_path, STORIES)
    pushed(folder, vault)
    shutil.rmtree(folder.path)
    return Path(vault.target)


def typed(commands: str, place: Path, tools: str) -> str:
    done = subprocess.run(
        ["sh", "-c", commands], cwd=place, env={"PATH": tools, "LC_ALL": "C"}, capture_output=True, check=False
    )
    return (done.stdout + done.stderr).decode()


def commands_under(heading: str, vault: Path) -> str:
    """What the README tells to type under a heading: its indented lines."""
    after = (vault / "README.txt").read_text("ascii").partition(f"{heading}\n")[2].splitlines()[1:]
    section = takewhile(lambda line: not line.startswith("---"), after)
    return "\n".join(line[4:] for line in section if line.startswith("    ") and line[4:8].strip())


def test_a_whole_vault_says_nothing_and_a_damaged_one_says_which(vault: Path, tools: str) -> None:
    check = commands_under("To check that every pack is whole", vault)
    whole = typed(check, vault, tools)
    overwrite(pack_files_of(vault)[0], 2000, bytes(300))
    damaged = typed(check, vault, tools)

    assert "sha512sum" in check
    assert whole == ""
    assert "damaged: packs/" in damaged


def test_a_damaged_pack_is_mended_and_every_story_opened(vault: Path, tools: str, tmp_path: Path) -> None:
    overwrite(pack_files_of(vault)[0], 2000, bytes(300))
    scratch = tmp_path / "scratch"
    shutil.copytree(pack_files_of(vault)[0].parent, scratch)
    mended = typed(commands_under("To mend a damaged pack", vault), scratch, tools)
    shutil.copyfile(scratch / "pack.zip", pack_files_of(vault)[0])
    take = commands_under("To take everything out", vault).replace("/tmp/stories", str(tmp_path / "stories"))
    took = typed(take, vault, tools)

    assert "pack.zip: OK" in mended
    assert took == ""
    assert sorted(path.read_bytes() for path in (tmp_path / "stories/originals").iterdir()) == sorted(STORIES)


def pack_files_of(vault: Path) -> list[Path]:
    found = sorted(vault.glob("packs/*/urn*/v1/content/pack.zip"))
    for path in found:
        path.chmod(0o644)
    return found


def test_there_is_no_python_on_that_path(vault: Path, tools: str) -> None:
    assert "not found" in typed("python3 -c 1", vault, tools)
