"""What is forgotten is nowhere, stays away, and takes nothing else with it."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.strategies.libraries import READER, library_at, shared_pool, story, write_all, zipped
from tests.strategies.unearthing import found_in

from remnant.errors import BusyError, RefusedError
from remnant.keep import pending
from remnant.keep.ocfl import object_id
from remnant.keep.readers import ReaderFile
from remnant.library import setting_apart
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.checking import check
from remnant.library.correcting import Change, correct
from remnant.library.forgetting import Receipt, finish, forget
from remnant.library.forgetting_plans import NeighboursError, plan_of_person, plan_of_work
from remnant.library.giving import export
from remnant.library.indexing import catch_up
from remnant.library.joining import join
from remnant.library.knowing import known
from remnant.library.opening import Library
from remnant.library.placing import keep_place
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.model import Digest, Field

GONE = story("The Crooked Lantern", "Quill Wrenfeather", "The verdigris lantern hummed above the crooked water.")
OTHER = story("The Tram", "Bea", "Nobody rode it that night, or the night after.")
REPLY = story("A Letter", "Cleo", "You wrote of verdigris. Every verdigris boat is yours.")
WORDS = ["verdigris", "wrenfeather", "crooked lantern", "gone for good"]


def mail(number: int, who: str, subject: str, text: str) -> bytes:
    return (
        f"From {who.lower()}@lists.example Mon Mar  {number} 12:00:00 2004\n"
        f"From: {who} Wrenfeather <{who.lower()}@lists.example>\nTo: list@lists.example\nSubject: {subject}\n"
        f"Date: Mon, {number:02d} Mar 2004 12:00:00 +0000\nMessage-ID: <{number}@lists.example>\n"
        f"MIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\n\n{text}\n\n"
    ).encode()


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with shared_pool() as pool:
        yield pool


@dataclass(frozen=True)
class Kept:
    library: Library
    came: Path
    work: str
    digest: Digest

    def secrets(self) -> list[str]:
        """All that tells of it: words, names, digests, the id of its object, the id of the work."""
        return [*WORDS, self.digest.hex, object_id(self.digest).rpartition(":")[2], self.work]


def _work(library: Library, label: str) -> str:
    return next(hit.work for hit in search(library, READER, size=100).hits if hit.label == label)


@pytest.fixture
def alone(tmp_path: Path, pool: Pool) -> Iterator[Kept]:
    """A story that came twice, was spoken of, read and exported, beside another."""
    came = write_all(tmp_path / "in", [OTHER])
    (came / "gone for good.txt").write_bytes(GONE)
    (came / "gone for good, again.txt").write_bytes(GONE)
    with library_at(tmp_path / "library", pool) as library:
        add(library, [came])
        work = _work(library, "The Crooked Lantern")
        correct(library, "ann", work, [Change(Field.TAG, ("verdigris",))])
        correct(library, "ann", _work(library, "The Tram"), [Change(Field.TAG, ("trams",))])
        keep_place(library, READER, work, 2)
        yield Kept(library, came, work, Digest.of(GONE))


def _forget(kept: Kept) -> Receipt:
    return forget(kept.library, plan_of_work(kept.library, READER, kept.work))


def assert_forgotten(kept: Kept) -> None:
    """Nowhere in the folder, in no answer; and what remains is whole."""
    library = kept.library
    assert found_in(library.path, kept.secrets()) == {}
    assert search(library, READER, "verdigris").total == 0
    assert check(library, READER).harmed == ()
    assert not pending.read(library.folder)
    assert known(library, READER, _work(library, "The Tram")).fields[Field.TITLE] == ("The Tram",)


def test_the_search_finds_what_is_there(alone: Kept) -> None:
    """Else the tests below would prove nothing: before, it stands in shelf, chains, index and catalogue."""
    found = found_in(alone.library.path, alone.secrets())
    places = {name.partition("/")[0] for name in found}

    assert {"shelf", "ledger", "journal", "index", "catalogue.tsv"} <= places
    assert {word for words in found.values() for word in words} == set(alone.secrets())


def test_a_story_alone_is_nowhere_and_stays_away(alone: Kept, tmp_path: Path) -> None:
    out = tmp_path / "out"
    exported = export(alone.library, READER, alone.work, "txt", out)
    moved = export(alone.library, READER, alone.work, "html", out)
    moved.written[0].write_bytes(b"somebody's own")
    receipt = _forget(alone)

    assert_forgotten(alone)
    assert receipt.originals == 1
    assert receipt.words == 1
    assert receipt.exports == exported.written
    assert not exported.written[0].exists()
    assert "left alone" in receipt.unfinished[0]
    assert f"{moved.written[0].parent}/… {moved.written[0].name.split()[-1]}" in receipt.unfinished[0]
    assert "Crooked" not in receipt.unfinished[0]
    assert not (ReaderFile(alone.library.folder, READER.name).spots())

    added = add(alone.library, [alone.came])
    assert [one.why.startswith("Somebody asked") for one in added.refused] == [True, True]
    rebuild(alone.library)
    assert_forgotten(alone)


def test_a_person_may_keep_it_all_the_same(alone: Kept) -> None:
    _forget(alone)
    add(alone.library, [alone.came], despite=True)

    assert known(alone.library, READER, alone.work).label == "The Crooked Lantern"
    assert check(alone.library, READER).harmed == ()
    rebuild(alone.library)
    assert search(alone.library, READER, "verdigris").total == 1


def test_a_join_meets_the_tombstone(alone: Kept, pool: Pool, tmp_path: Path) -> None:
    shutil.copytree(alone.library.path, tmp_path / "other")
    (tmp_path / "other" / "replica.json").write_text('{"v": 1, "replica": "aaaaaaaaaaaaaaaa"}')
    _forget(alone)
    with library_at(tmp_path / "other", pool) as other:
        joined = join(alone.library, other.path)
        back = join(other, alone.library.path)

        assert [one.original.digest for one in joined.skipped] == [alone.digest]
        assert_forgotten(alone)
        assert back.asked == (alone.digest,)
        assert known(other, READER, alone.work).label == "The Crooked Lantern"
        assert join(alone.library, other.path, despite=True).originals[0].digest == alone.digest


@pytest.mark.parametrize("packed", ["zip", "zip in zip", "tar.gz"])
def test_a_container_is_replaced_and_keeps_its_other_members(packed: str, tmp_path: Path, pool: Pool) -> None:
    came = write_all(tmp_path / "in", [])
    members = {"gone for good.txt": GONE, "tram.txt": OTHER}
    inner = zipped(tmp_path / "inner.zip", members)
    if packed == "zip":
        inner.rename(came / "all.zip")
    elif packed == "zip in zip":
        zipped(came / "all.zip", {"inner.zip": inner.read_bytes(), "letter.txt": REPLY.replace(b"verdigris", b"green")})
    else:
        (came / "all.tar.gz").write_bytes(gzip.compress(_tarred(tmp_path / "all.tar", members)))
    with library_at(tmp_path / "library", pool) as library:
        add(library, [came])
        kept = Kept(library, came, _work(library, "The Crooked Lantern"), Digest.of(GONE))
        receipt = _forget(kept)

        assert receipt.copies == (2 if packed == "zip in zip" else 1)
        assert_forgotten(kept)
        assert Digest.of(OTHER) in library.ledger.promised()
        assert any("tram" in library.shelf.arrival(digest).name for digest in library.ledger.promised())
        add(library, [came])
        assert_forgotten(kept)


def _tarred(path: Path, members: dict[str, bytes]) -> bytes:
    import io
    import tarfile

    with tarfile.open(path, "w") as made:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
    return path.read_bytes()


def test_a_mail_goes_out_of_its_mailbox_and_the_others_stay(tmp_path: Path, pool: Pool) -> None:
    long = "The boats came in at noon, and the harbour master counted every one of them twice over. " * 8
    mails = [
        mail(1, "Bea", "FIC: The Tram", f"Title: The Tram\nAuthor: Bea\n\n{long}"),
        mail(2, "Quill", "FIC: The Crooked Lantern", f"Title: The Crooked Lantern\nAuthor: Quill\n\nVerdigris. {long}"),
        mail(3, "Cleo", "FIC: The Bridge", f"Title: The Bridge\nAuthor: Cleo\n\n{long}"),
    ]
    mails = [one if b"Quill" in one else one.replace(b" Wrenfeather", b"") for one in mails]
    came = write_all(tmp_path / "in", [])
    (came / "list.mbox").write_bytes(b"".join(mails))
    with library_at(tmp_path / "library", pool) as library:
        add(library, [came])
        tram = _work(library, "The Tram")
        correct(library, "ann", tram, [Change(Field.TAG, ("trams",))])
        kept = Kept(library, came, _work(library, "The Crooked Lantern"), Digest.of(b"".join(mails)))
        plan = plan_of_work(library, READER, kept.work)
        forget(library, plan)

        assert {one.label for one in plan.staying} == {"The Tram", "The Bridge"}
        assert_forgotten(kept)
        assert known(library, READER, _work(library, "The Tram")).fields[Field.TAG] == ("trams",)
        (came / "one.eml").write_bytes(mails[1].partition(b"\n")[2])
        add(library, [came])
        assert_forgotten(kept)


def test_neighbours_that_cannot_be_told_apart_are_named(tmp_path: Path, pool: Pool) -> None:
    came = write_all(tmp_path / "in", [OTHER])
    twice = b"\n".join([mail(1, "Quill", "FIC: A", "One."), mail(2, "Bea", "FIC: B", "Two.")])
    (came / "list.mbox").write_bytes(twice)
    with library_at(tmp_path / "library", pool) as library:
        add(library, [came])
        works = [hit.work for hit in search(library, READER, "kind:letter", size=10).hits]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("remnant.library.forgetting_plans.without", lambda *_: None)
            with pytest.raises(NeighboursError, match="--with-neighbours forgets them too"):
                plan_of_work(library, READER, works[0])
            plan = plan_of_work(library, READER, works[0], with_neighbours=True)

        assert {one.work for one in (*plan.works, *plan.beside)} == set(works)


def test_near_copies_and_quotes_are_listed_for_decision(alone: Kept) -> None:
    write_all(alone.came, [GONE.replace(b"nobody", b"no one") + b"\n\nAnd more.\n"], first=7)
    add(alone.library, [alone.came])
    plan = plan_of_work(alone.library, READER, alone.work)

    assert plan.near[0][0].label == "The Crooked Lantern"
    assert plan.near[0][1].is_copy
    assert plan.near[0][1].share > plan.near[-1][1].share
    assert plan.near[-1][0].label == "The Tram"


def test_mails_of_one_person_are_forgotten_together(tmp_path: Path, pool: Pool) -> None:
    came = write_all(tmp_path / "in", [OTHER])
    mails = [mail(1, "Quill", "Re: boats", "I liked the verdigris one."), mail(2, "Bea", "Re: trams", "So did I.")]
    (came / "list.mbox").write_bytes(b"".join(mails))
    with library_at(tmp_path / "library", pool) as library:
        add(library, [came])
        with pytest.raises(RefusedError, match="is by 'Nobody'"):
            plan_of_person(library, READER, "Nobody")
        forget(library, plan_of_person(library, READER, "quill wrenfeather"))

        assert found_in(library.path, ["verdigris", "quill"]) == {}
        assert search(library, READER, "did kind:letter").total == 1
        assert check(library, READER).harmed == ()


STEPS = [
    "library.forgetting._exports_gone",
    "keep.forgetting.forget_in_readers",
    "keep.forgetting.clear_aside",
    "keep.forgetting.remove_originals",
    "keep.forgetting._close",
    "keep.closing.close",
    "library.forgetting._index_anew",
    "keep.pending.clear",
]


@pytest.mark.parametrize("step", STEPS)
def test_a_forgetting_that_was_stopped_is_finished(step: str, alone: Kept) -> None:
    """Stopped before each step in turn, as a kill would: nothing is half forgotten once it is finished."""

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    plan = plan_of_work(alone.library, READER, alone.work)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"remnant.{step}", stopped)
        with pytest.raises(KeyboardInterrupt):
            forget(alone.library, plan)

        assert [harm for harm in check(alone.library, READER).harmed if "promised" in harm.what] == []
    assert finish(alone.library) is not None
    assert_forgotten(alone)
    assert finish(alone.library) is None


@pytest.mark.parametrize("lock", ["index", setting_apart.LOCK])
def test_while_another_writes_an_index_nothing_goes(
    lock: str, alone: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is anything said of it: what is told as unchanged is."""
    monkeypatch.setattr("remnant.library.forgetting._PATIENCE", 0)
    exported = export(alone.library, READER, alone.work, "txt", tmp_path / "out")
    stones = len(alone.library.tombstones.all())
    with alone.library.folder.lock(lock, "hanging"), pytest.raises(BusyError, match="hanging"):
        _forget(alone)

    assert exported.written[0].exists()
    assert known(alone.library, READER, alone.work).label == "The Crooked Lantern"
    assert (check(alone.library, READER).harmed, len(alone.library.tombstones.all())) == ((), stones)
    assert finish(alone.library) is None
    _forget(alone)
    assert_forgotten(alone)


def test_lines_of_the_first_form_are_sealed_and_closed(tmp_path: Path, pool: Pool) -> None:
    frozen = Path(__file__).parents[2] / "old" / "lines_1" / "library"
    shutil.copytree(frozen, tmp_path / "library")
    with library_at(tmp_path / "library", pool) as library:
        catch_up(library)
        ferry = _work(library, "The Ferry")
        digest = known(library, READER, ferry).originals[0]
        before = set(library.ledger.promised())
        forget(library, plan_of_work(library, READER, ferry))

        assert found_in(library.path, [digest.hex, ferry, "The Ferry"]) == {}
        assert set(library.ledger.promised()) == before - {digest}
        assert check(library, READER).harmed == ()
        assert known(library, READER, _work(library, "The Tram")).label == "The Tram"
