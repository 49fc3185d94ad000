"""`remnant understand` says nothing sensitive of a file unless the keeper asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from remnant.cli import main as face
from remnant.model import VEILED

ADDRESS = "mara.jones@example.org"
STORY = (
    f"Title: The Ferry\nAuthor: Mara <{ADDRESS}>\nFeedback: to {ADDRESS} please\nDisclaimer: ask {ADDRESS}, not me\n"
    "\nThe rain came down on the last ferry.\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / f"from {ADDRESS}.txt"
    path.write_text(STORY, "utf-8")
    return path


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_it_is_veiled_and_the_keeper_may_ask(file: Path, more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert face.main(["understand", str(file), *more]) == 0
    veiled = capsys.readouterr().out
    assert face.main(["understand", str(file), "--unveiled", *more]) == 0
    asked = capsys.readouterr().out

    assert ADDRESS not in veiled
    assert VEILED in veiled
    assert ADDRESS in asked
    assert VEILED not in asked


def test_what_is_veiled_keeps_its_places(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    face.main(["understand", str(file), "--json"])
    veiled = json.loads(capsys.readouterr().out)
    face.main(["understand", str(file), "--json", "--unveiled"])
    asked = json.loads(capsys.readouterr().out)

    assert veiled["settled"]["feedback"] == [f"to {VEILED} please"]
    assert [claim["evidence"] for claim in veiled["claims"]] == [claim["evidence"] for claim in asked["claims"]]
    assert [claim["id"] for claim in veiled["claims"]] == [claim["id"] for claim in asked["claims"]]
    assert [len(block["spans"]) for block in veiled["blocks"]] == [len(block["spans"]) for block in asked["blocks"]]
    assert veiled["skipped"] == asked["skipped"]
