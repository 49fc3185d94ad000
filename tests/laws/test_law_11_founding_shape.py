"""Law 11 on the shape of the page it all began with: a warning with no label, and a note below that itself spoils.

Asked as four readers: one in America who had seen nothing when it was posted, one who has come to Day Three, one who
saw only a clip of Day Four, one who has seen all of it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.rooms.web.desks import Browser, desk

from remnant.library.adding import add
from remnant.library.asking import search, veiled
from remnant.library.opening import Library, open_library
from remnant.library.seen import How, see
from remnant.library.watching import utc_now
from remnant.model import EVERY_CANON, Field, Reader, Seen

PAGE = """\
Warnings: spoilers if you haven't seen Children Of Earth Day Four. Please read the note at the bottom.


He had kept the lampword lit on the quay, and nobody came up the steps.

"You can't be here," said the harbourmaster. He was here all the same.

He remembers the first night, and the rain, and the boat that never sailed.

Nobody spoke after that, and the tide went out, and it began to get light....


Well, that was hard to write: I cannot believe that they let him notespoil in the fourth one. I wrote this in one go,
and I'm crying to much to check the spelling. Spoilers end here.
"""
WORDS = ("lampword", "notespoil", "harbourmaster")
NOTICE = "spoilers if you haven't seen Children Of Earth Day Four"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    with open_library(tmp_path / "library", utc_now(), create=True) as made:
        add(made, [tmp_path / "page.txt"])
        yield made


def _say(library: Library, who: str) -> None:
    reader = Reader("Ann")
    match who:
        case "in America":
            see(library, reader, "torchwood", how=How.NONE, region="US")
        case "through Day Three":
            see(library, reader, "torchwood", "Day Three")
        case "only a clip":
            see(library, reader, "torchwood", "Day Three")
            see(library, reader, "torchwood", "Day Four", How.CLIP)
        case "all of it":
            see(library, reader, "torchwood", how=How.ALL)


def _plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize(
    ("who", "because"),
    [
        ("in America", "you have not said that you have seen it"),
        ("through Day Three", "you have seen up to Day Three (3x03)"),
        ("only a clip", "you have seen only a clip of it"),
    ],
)
def test_whoever_has_not_seen_day_four_is_told_why_and_nothing_else(library: Library, who: str, because: str) -> None:
    _say(library, who)
    browser = Browser(desk(library=library))
    work = veiled(library, Reader("Ann")).hits[0].work
    pages = [browser.get(path).text for path in ("/", "/veiled", f"/work/{work}", f"/work/{work}/read/1")]
    told = _plain(pages[2])

    assert not [word for page in pages for word in WORDS if word in page]
    assert "No works" in browser.get("/?q=lampword").text
    assert NOTICE in told
    assert "spoilers for Children Of Earth Day Four (Torchwood)" in told
    assert because in told


def test_whoever_has_seen_all_of_it_reads_the_warning_first_and_the_note_last(library: Library) -> None:
    _say(library, "all of it")
    browser = Browser(desk(library=library))
    (hit,) = search(library, Reader("all", {EVERY_CANON: Seen(dont_mind=True)})).hits
    read = _plain(browser.get(f"/work/{hit.work}/read/1").text)

    assert [hit.work] == [
        found.work for found in search(library, Reader("Ann", {"torchwood": Seen(everything=True)})).hits
    ]
    assert read.index(NOTICE) < read.index("lampword") < read.index("began to get light") < read.index("notespoil")
    assert (hit.titled, Field.AUTHOR in hit.fields) == (False, False)
