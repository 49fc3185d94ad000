"""What was forgotten does not come back inside of something else, and takes nothing else with it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.strategies.libraries import READER, library_at, shared_pool, story, write_all
from tests.strategies.unearthing import found_in

from remnant.library import forms
from remnant.library.adding import Added, add
from remnant.library.asking import search
from remnant.library.checking import check
from remnant.library.correcting import Change, correct
from remnant.library.forgetting import forget
from remnant.library.forgetting_plans import plan_of_work
from remnant.library.joining import join
from remnant.library.knowing import known
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.rehearsing import rehearse
from remnant.library.wishing import alike_forgotten
from remnant.model import Digest, Field

TEXT = " ".join(
    f"On the {day} night the verdigris lantern hummed above the crooked water, and nobody counted the boats."
    for day in ("first", "second", "third", "fourth", "fifth", "sixth")
)
GONE = story("The Crooked Lantern", "Quill Wrenfeather", TEXT)
OTHER = story("The Tram", "Bea", "Nobody rode it that night, or the night after.")
THIRD = story("The Bridge", "Cleo", "It was longer than it looked from the water.")
WORDS = ["verdigris", "wrenfeather", "crooked lantern"]


def mail(number: int, who: str, title: str, text: str) -> bytes:
    return (
        f"From {who.lower()}@lists.example Mon Mar  {number} 12:00:00 2004\n"
        f"From: {who} <{who.lower()}@lists.example>\nTo: list@lists.example\nSubject: FIC: {title}\n"
        f"Date: Mon, {number:02d} Mar 2004 12:00:00 +0000\nMessage-ID: <{number}@lists.example>\n"
        f"MIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\n\nTitle: {title}\nAuthor: {who}\n\n{text}\n\n"
    ).encode()


LETTERS = {
    "tram": mail(1, "Bea", "The Tram", "The boats came in at noon, and the harbour master counted them. " * 8),
    "lantern": mail(2, "Wrenfeather", "The Crooked Lantern", TEXT),
    "bridge": mail(3, "Cleo", "The Bridge", "It was longer than it looked from the water, and older. " * 8),
    "ferry": mail(4, "Ann", "The Ferry", "The rain came down on the last ferry, and nobody came. " * 8),
}


def a_zip(members: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return whole.getvalue()


def a_tar(members: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as made:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
    return whole.getvalue()


TWO = {"lantern.txt": GONE, "bridge.txt": THIRD}
WRAPPED: dict[str, Callable[[], bytes]] = {
    "all.zip": lambda: a_zip(TWO),
    "all.tar": lambda: a_tar(TWO),
    "all.tar.gz": lambda: gzip.compress(a_tar(TWO)),
    "all.tar.bz2": lambda: bz2.compress(a_tar(TWO)),
    "all.tar.xz": lambda: lzma.compress(a_tar(TWO)),
    "in another.zip": lambda: a_zip({"inner.zip": a_zip(TWO), "note.txt": story("A Note", "Dee", "Nothing else.")}),
    "in a tar.zip": lambda: a_zip({"inner.tar.xz": lzma.compress(a_tar(TWO))}),
    "lines end otherwise.zip": lambda: a_zip({"l.txt": GONE.replace(b"\n", b"\r\n"), "b.txt": THIRD}),
}


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with shared_pool() as pool:
        yield pool


@dataclass(frozen=True)
class Home:
    """A library in which a story was forgotten, and a folder for what comes."""

    library: Library
    place: Path

    def add(self, name: str, data: bytes, *, despite: bool = False) -> Added:
        came = self.place / "came"
        came.mkdir(exist_ok=True)
        (came / name).write_bytes(data)
        return add(self.library, [came / name], despite=despite)

    def labels(self) -> set[str]:
        return {hit.label for hit in search(self.library, READER, size=100).hits}

    def work(self, label: str) -> str:
        return next(hit.work for hit in search(self.library, READER, size=100).hits if hit.label == label)

    def forget(self, label: str) -> None:
        forget(self.library, plan_of_work(self.library, READER, self.work(label)))

    def assert_away(self) -> None:
        assert found_in(self.library.path, WORDS) == {}
        assert check(self.library, READER).harmed == ()


@pytest.fixture
def home(tmp_path: Path, pool: Pool) -> Iterator[Home]:
    with library_at(tmp_path / "library", pool) as library:
        add(library, [write_all(tmp_path / "in", [GONE, OTHER])])
        home = Home(library, tmp_path)
        home.forget("The Crooked Lantern")
        home.assert_away()
        yield home


@pytest.mark.parametrize("name", WRAPPED)
def test_an_archive_that_holds_it_is_refused_and_the_rest_of_it_kept(name: str, home: Home) -> None:
    data = WRAPPED[name]()
    would = rehearse(home.library.path, [_written(home.place / name, data)])
    added = home.add(name, data)
    again = home.add(name, data)

    assert any("so it is not kept as a whole" in one.why for one in added.refused)
    assert {(one.name.rpartition("/")[2], one.why) for one in would.refused} == {
        (one.name.rpartition("/")[2], one.why) for one in added.refused
    }
    assert len(would.kept) == len(added.kept)
    assert "The Bridge" in home.labels()
    assert Digest.of(THIRD) in home.library.ledger.promised()
    assert again.kept == ()
    home.assert_away()


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_the_story_in_a_stream_or_with_other_line_ends_is_refused(home: Home) -> None:
    streams = {"lantern.txt.gz": gzip.compress(GONE), "lantern.txt.xz": lzma.compress(GONE)}
    for name, data in {**streams, "lantern.txt": GONE.replace(b"\n", b"\r\n"), "l.txt": GONE + b"\n\n"}.items():
        assert home.add(name, data).kept == (), name
    home.assert_away()


def test_what_says_nothing_is_not_taken_for_it(home: Home) -> None:
    """Whoever forgets a blank page forgets that file, and not every other blank one."""
    assert forms.of_whole(b"\n \n") == ()
    assert forms.of_whole(b"") == ()
    assert len(home.add("blank.txt", b"\n\n").kept) == 1


def test_a_person_may_keep_the_archive_all_the_same(home: Home) -> None:
    data = WRAPPED["all.zip"]()
    home.add("all.zip", data, despite=True)

    assert {"The Crooked Lantern", "The Bridge"} <= home.labels()
    assert home.add("all.zip", data).refused == ()
    assert alike_forgotten(home.library, READER) == ()


def test_of_a_mailbox_that_holds_a_forgotten_mail_a_copy_without_it_is_kept(tmp_path: Path, pool: Pool) -> None:
    came = write_all(tmp_path / "in", [])
    (came / "list.mbox").write_bytes(LETTERS["tram"] + LETTERS["lantern"])
    with library_at(tmp_path / "library", pool) as library:
        home = Home(library, tmp_path)
        add(library, [came])
        home.forget("The Crooked Lantern")
        kept = set(library.ledger.promised())
        same = add(library, [came])
        whole = b"".join(LETTERS.values())
        would = rehearse(library.path, [_written(tmp_path / "year.mbox", whole)])
        newer = home.add("year.mbox", whole)
        zipped = home.add("year.zip", a_zip({"year.mbox": whole}))

        assert same.kept == ()
        assert set(library.ledger.promised()) == kept | {newer.redacted[0].original.digest}
        assert [one.original for one in would.redacted] == [one.original for one in newer.redacted]
        assert [one.name for one in zipped.redacted] == ["year.mbox"]
        assert "so it is not kept as a whole" in zipped.refused[0].why
        assert {"The Tram", "The Bridge", "The Ferry"} <= home.labels()
        assert home.add("lantern.eml", LETTERS["lantern"].partition(b"\n")[2]).kept == ()
        home.assert_away()


def test_a_join_brings_the_mailbox_without_it_and_what_was_said_of_the_rest(tmp_path: Path, pool: Pool) -> None:
    with library_at(tmp_path / "library", pool) as library, library_at(tmp_path / "other", pool) as other:
        home, there = Home(library, tmp_path), Home(other, tmp_path)
        home.add("list.mbox", LETTERS["tram"] + LETTERS["lantern"])
        home.forget("The Crooked Lantern")
        there.add("year.mbox", b"".join(LETTERS.values()))
        there.add("all.zip", a_zip({"lantern.eml": LETTERS["lantern"].partition(b"\n")[2], "bridge.txt": THIRD}))
        for label in ("The Ferry", "The Crooked Lantern"):
            correct(other, "ann", there.work(label), [Change(Field.TAG, ("verdigris" if "L" in label else "boats",))])
        rehearsed = join(library, other.path, dry_run=True)
        joined = join(library, other.path)
        again = join(library, other.path)

        assert len(joined.redacted) == 1
        assert any("so it is not kept as a whole" in one.why for one in joined.skipped)
        assert rehearsed.originals == joined.originals
        assert rehearsed.skipped == joined.skipped
        assert again.originals == ()
        assert again.acts == 0
        assert known(library, READER, home.work("The Ferry")).fields[Field.TAG] == ("boats",)
        home.assert_away()


def test_the_same_story_in_another_form_is_kept_and_named(home: Home) -> None:
    page = b"<html><body><h1>A Light</h1><p>" + TEXT.replace(". ", ".</p><p>").encode() + b"</p></body></html>"
    would = rehearse(home.library.path, [_written(home.place / "page.html", page)])
    added = home.add("page.html", page)

    assert len(added.kept) == 1
    assert added.alike == would.alike == added.works
    assert home.add("tram.html", b"<html><body><p>Nobody rode it.</p></body></html>").alike == ()
    assert [one.work for one in alike_forgotten(home.library, READER)] == list(added.works)
    forget(home.library, plan_of_work(home.library, READER, added.works[0]))
    assert alike_forgotten(home.library, READER) == ()
    assert home.add("page.html", page).kept == ()
    home.assert_away()


def test_a_tombstone_tells_nobody_what_it_was_set_for(home: Home) -> None:
    """Of what can be guessed (a title, a name, a line) no digest stands there, keyed or not."""
    stone = home.library.tombstones.all()[0]
    guesses = ["The Crooked Lantern", "Quill Wrenfeather", "Title: The Crooked Lantern", TEXT.partition(",")[0]]

    assert len(stone.macs) >= 1
    assert len(stone.words) > 8
    assert not home.library.tombstones.among(Digest.of(guess.encode()) for guess in guesses)
    assert not any(home.library.tombstones.shared([Digest.of(guess.encode())]) for guess in guesses)


def test_a_copy_with_a_tombstone_only_still_stays_away(home: Home, pool: Pool) -> None:
    """A library copied after the wish knows of it too: the tombstone is a line of the journal."""
    shutil.copytree(home.library.path, home.place / "copy")
    with library_at(home.place / "copy", pool) as copy:
        other = Home(copy, home.place)

        assert other.add("all.zip", WRAPPED["all.zip"]()).refused
        other.assert_away()
