"""A bag that the tool of the Library of Congress finds whole, with nothing in it that was not to go."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import bagit
import pytest
from tests.rooms.library.test_forgetting import mail
from tests.strategies.libraries import READER, library_at, story, write_all

from remnant.errors import RefusedError
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.bagging import bag
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.wishing import wish
from remnant.model import WorkWish

_P = "{http://www.loc.gov/premis/v3}"
STORIES = [story(f"Part {number}", "Ann", f"It rained {number} times.") for number in range(4)]


@pytest.fixture
def library(tmp_path: Path, workers: Pool) -> Iterator[Library]:
    logging.disable()
    came = write_all(tmp_path / "in", STORIES)
    (came / "ann@canary.example 100% näh.txt").write_bytes(story("Named"))
    (came / "list.mbox").write_bytes(mail(1, "Bea", "FIC: Mailed", "Title: Mailed\n\nIt came by mail."))
    with library_at(tmp_path / "library", workers) as library:
        add(library, [came])
        yield library
    logging.disable(logging.NOTSET)


def test_a_bag_is_valid_and_holds_the_originals(library: Library, tmp_path: Path) -> None:
    made = bag(library, READER, "", tmp_path / "bag")
    found = {path.read_bytes() for path in (tmp_path / "bag" / "data" / "originals").glob("*/original.*")}

    assert bagit.Bag(str(tmp_path / "bag")).validate()
    assert found == {*STORIES, story("Named")}
    assert made.originals == 5
    assert [("Raw mail" in one.why) for one in made.passed] == [True]
    assert not [path for path in (tmp_path / "bag").rglob("*") if path.is_file() and b"canary" in path.read_bytes()]


def test_a_changed_byte_in_it_is_found(library: Library, tmp_path: Path) -> None:
    bag(library, READER, "", tmp_path / "bag")
    path = next((tmp_path / "bag" / "data" / "originals").glob("*/original.txt"))
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(tmp_path / "bag")).validate()


def test_premis_tells_of_every_original_what_happened(library: Library, tmp_path: Path) -> None:
    bag(library, READER, "", tmp_path / "bag")
    root = ElementTree.parse(tmp_path / "bag" / "metadata" / "premis.xml").getroot()
    objects = {found.text for found in root.iterfind(f"{_P}object/{_P}objectIdentifier/{_P}objectIdentifierValue")}
    told = [
        (event.findtext(f"{_P}eventType"), event.findtext(f".//{_P}linkingObjectIdentifierValue"))
        for event in root.iterfind(f"{_P}event")
    ]

    assert len(objects) == 5
    assert {(kind, one) for one in objects for kind in ("ingestion", "fixity check")} == set(told)


def test_what_is_wished_otherwise_is_not_handed_over(library: Library, tmp_path: Path) -> None:
    works = {hit.label: hit.work for hit in search(library, READER).hits}
    wishes = zip(("Part 0", "Part 1", "Part 2"), WorkWish, strict=True)
    for label, what in wishes:
        wish(library, "ann", works[label], what)
    made = bag(library, READER, "", tmp_path / "bag")

    assert bagit.Bag(str(tmp_path / "bag")).validate()
    assert made.originals == 2
    assert len(made.passed) == 3  # the private and the nameless one, and the mail; of the sealed one nothing is said
    assert b"Part 3" in (tmp_path / "bag" / "data" / "catalogue.tsv").read_bytes()
    assert b"Part 2" not in (tmp_path / "bag" / "data" / "catalogue.tsv").read_bytes()


def test_nothing_is_written_over_and_a_rehearsal_writes_nothing(library: Library, tmp_path: Path) -> None:
    assert bag(library, READER, "", tmp_path / "bag", dry_run=True).originals == 5
    assert not (tmp_path / "bag").exists()

    (tmp_path / "bag").mkdir()
    with pytest.raises(RefusedError, match="is there already"):
        bag(library, READER, "", tmp_path / "bag")
    with pytest.raises(RefusedError, match="Stopped"):
        bag(library, READER, "", tmp_path / "other", stop=lambda: True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bag", "in", "library"]
