"""Law 11 for the names of files: an address that somebody put into one stands on no page and in no answer."""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.web.desks import Browser, desk

from remnant.cli import main as face
from remnant.library.adding import add
from remnant.library.opening import open_library
from remnant.library.watching import utc_now
from remnant.model import VEILED
from remnant.shield.names import veiled_name

ADDRESS = "jess@inn.example"
STORY = "Title: The Lamp\nAuthor: TBA\n\nPlease see the notes at the end.\n\nThe lamp had gone out twice already.\n"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A story with findings, a picture, and a zip with a story, each named by an address."""
    (tmp_path / f"from {ADDRESS}.txt").write_text(STORY, "utf-8")
    (tmp_path / f"{ADDRESS}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with zipfile.ZipFile(tmp_path / f"{ADDRESS}.zip", "w") as parcel:
        parcel.writestr(f"{ADDRESS}/ferry.txt", "Title: The Ferry\n\nNobody came down to the ferry that night.\n")
    with open_library(tmp_path / "library", utc_now(), create=True) as library:
        add(library, sorted(path for path in tmp_path.iterdir() if path.is_file()))
    return tmp_path / "library"


def test_no_page_shows_an_address_out_of_a_name(kept: Path) -> None:
    with open_library(kept, utc_now()) as library:
        pages = dict(_pages(Browser(desk(library=library))))

    assert {"/kept", "/findings"} < set(pages)
    assert f"from {VEILED}.txt" in pages["/findings"]
    assert f"{VEILED}.png" in pages["/kept"]
    assert any(f"{VEILED}.zip" in text for address, text in pages.items() if address.startswith("/work/"))
    assert [address for address, text in pages.items() if ADDRESS in text] == []


def test_no_answer_on_the_command_line_shows_one(
    kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REMNANT_LIBRARY", str(kept))
    face.main(["find", "lamp", "--json"])
    work = json.loads(capsys.readouterr().out)["works"][0]["work"]
    for words in (["show", work], ["show", work, "--json"]):
        assert face.main(words) == 0
        said = capsys.readouterr().out

        assert ADDRESS not in said
        assert f"from {VEILED}.txt" in said


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (f"from {ADDRESS}.txt", f"from {VEILED}.txt"),
        (ADDRESS, VEILED),
        (f"{ADDRESS} (1).html", f"{VEILED} (1).html"),
        ("jess at inn dot example.txt", f"{VEILED}.txt"),
        ("Chapter 7 @ home.html", "Chapter 7 @ home.html"),
        ("odd \udcff name.txt", "odd \udcff name.txt"),
    ],
)
def test_only_the_address_is_veiled(name: str, shown: str) -> None:
    assert veiled_name(name) == shown


@given(st.text(max_size=20), st.sampled_from([" ", "-", "("]), st.sampled_from(["", ".txt", ").epub", " 2.html"]))
def test_whatever_stands_around_it_the_address_is_veiled(before: str, between: str, after: str) -> None:
    shown = veiled_name(f"{before}{between}{ADDRESS}{after}")

    assert "jess" not in shown.replace(before, "")
    assert shown.endswith(after)


def _pages(browser: Browser) -> Iterator[tuple[str, str]]:
    waiting, seen = ["/", "/kept", "/findings"], set[str]()
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith("/static/"):
            continue
        seen.add(address)
        text = html.unescape(browser.get(address).text)
        yield address, text
        if address.startswith("/work/") or address == "/":
            waiting += re.findall(r'href="(/work/[^"#]*)', text)
