"""Once forgotten it is nowhere, in whatever it came; nothing brings it back; and what stood beside it stays."""

from __future__ import annotations

import bz2
import gzip
import lzma
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest
from tests.harm.test_forgotten_stays_away import GONE, LETTERS, TEXT, THIRD, WORDS, WRAPPED, a_tar, a_zip, mail
from tests.strategies.libraries import READER, library_at, shared_pool, story
from tests.strategies.unearthing import found_in

from remnant.keep import checkpoint, ledger, ocfl, pending
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.checking import check
from remnant.library.correcting import Change, correct
from remnant.library.forgetting import Receipt, finish, forget
from remnant.library.forgetting_plans import plan_of_work
from remnant.library.giving import export
from remnant.library.joining import join
from remnant.library.knowing import known
from remnant.library.mending import OWED, tend
from remnant.library.opening import Library
from remnant.library.placing import keep_place
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.library.redacting import MARK_NAME, archive_without
from remnant.library.restoring import restore
from remnant.library.vaulting import add as add_vault
from remnant.library.vaulting import copies, push, remove
from remnant.model import Digest, Field

OTHER = story("The Tram", "Bea", "Nobody rode it that night, or the night after.")
TWO = {"lantern.txt": GONE, "tram.txt": OTHER}
RULE = b"_" * 72 + b"\n"


def a_digest() -> bytes:
    """A day of a list, in one mail: what is to go, and two others."""
    typed = [
        b"Message: 1\n   Date: Wed, 8 Aug 2001 22:01:10 +0100\n   From: bea@lists.example\nSubject: FIC: The Tram\n\n"
        b"Title: The Tram\nAuthor: Bea\n\n" + b"Nobody rode it that night, or the night after.\n" * 9 + b"\n",
        b"Message: 2\n   Date: Wed, 8 Aug 2001 23:40:00 +0200\n   From: wrenfeather@lists.example\n"
        b"Subject: FIC: The Crooked Lantern\n\nTitle: The Crooked Lantern\nAuthor: Quill Wrenfeather\n\n"
        + TEXT.replace(". ", ".\n").encode()
        + b"\n\n",
        b"Message: 3\n   Date: Thu, 9 Aug 2001 09:12:44 +0100\n   From: cleo@lists.example\nSubject: Re: who comes\n\n"
        b"I do. I can bring cake and two folding chairs.\n\n",
    ]
    top = (
        b"From: list@lists.example\nTo: list@lists.example\nDate: 9 Aug 2001 10:00:12 -0000\nSubject: Digest Number 7\n"
        b"Message-ID: <7@lists.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=US-ASCII\n\n"
        b"There are 3 messages in this issue.\n\nTopics in this digest:\n\n"
        b"      1. FIC: The Tram\n           From: bea@lists.example\n"
        b"      2. FIC: The Crooked Lantern\n           From: wrenfeather@lists.example\n"
        b"      3. Re: who comes\n           From: cleo@lists.example\n\n\n"
    )
    return top + b"".join(RULE + RULE + b"\n" + one for one in typed) + RULE + RULE


def a_dump(text: str = TEXT.replace(". ", r".\r\n")) -> bytes:
    """An archive's database: two stories, their authors, chapters and what readers wrote."""
    return (
        "CREATE TABLE `a_authors` (`uid` int(11), `penname` varchar(200), `email` varchar(200), PRIMARY KEY (`uid`));\n"
        "INSERT INTO `a_authors` VALUES (4,'Quill Wrenfeather','q@stories.example'),(9,'Bea','b@stories.example');\n"
        "INSERT INTO a_stories (sid,title,summary,uid,coauthors) VALUES\n"
        "(31,'The Crooked Lantern','It is verdigris; all of it.',4,'9'),\n(32,'The Tram','A tram.',9,'');\n"
        "INSERT INTO a_chapters (chapid,title,inorder,storytext,sid,uid) VALUES\n"
        f"(101,'Above the verdigris',1,'{text}',31,4),\n(102,'Below',2,'She said: \\'verdigris\\'.',31,4),\n"
        "(103,'The Tram',1,'Nobody rode it that night, or the night after.',32,9);\n"
        "INSERT INTO a_reviews (reviewid,item,chapid,reviewer,review) VALUES (1,32,103,'pell','More!');\n"
    ).encode()


KINDS: dict[str, Callable[[], dict[str, bytes]]] = {
    "alone": lambda: TWO,
    "zip": lambda: {"all.zip": a_zip(TWO)},
    "zip in tar.xz": lambda: {"all.tar.xz": lzma.compress(a_tar({"inner.zip": a_zip(TWO)}))},
    "tar.gz": lambda: {"all.tar.gz": gzip.compress(a_tar(TWO))},
    "tar.bz2": lambda: {"all.tar.bz2": bz2.compress(a_tar(TWO))},
    "gz": lambda: {"lantern.txt.gz": gzip.compress(GONE), "tram.txt": OTHER},
    "mailbox": lambda: {"list.mbox": LETTERS["tram"] + LETTERS["lantern"] + LETTERS["ferry"]},
    "mailbox in zip": lambda: {"list.zip": a_zip({"list.mbox": LETTERS["tram"] + LETTERS["lantern"]})},
    "digest": lambda: {"day.eml": a_digest()},
    "digest in mailbox": lambda: {
        "l.mbox": mail(5, "Dee", "The Pier", "It was closed. " * 40)
        + b"From l@l Mon Mar  1 12:00:00 2004\n"
        + a_digest()
    },
    "mails in parts": lambda: {
        "1.eml": mail(1, "Wrenfeather", "The Crooked Lantern (1/2)", TEXT).partition(b"\n")[2],
        "2.eml": mail(2, "Wrenfeather", "The Crooked Lantern (2/2)", TEXT.upper()).partition(b"\n")[2],
        "tram.txt": OTHER,
    },
    "dump": lambda: {"backup.sql": a_dump()},
    "dump and chapters": lambda: {
        "site/backup.sql": a_dump(""),
        "site/stories/4/101.txt": TEXT.encode(),
        "site/stories/9/103.txt": b"never used",
    },
}


@dataclass(frozen=True)
class Kept:
    library: Library
    came: Path
    work: str
    digests: tuple[str, ...]
    """Of what is to leave the shelf."""

    def secrets(self) -> list[str]:
        ids = [ocfl.object_id(Digest(digest)).rpartition(":")[2] for digest in self.digests]
        return [*WORDS, *self.digests, *ids, self.work]


@pytest.fixture(autouse=True, scope="module")
def _what_is_promised_is_remembered_at_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "WORTH", 1)
        yield


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with shared_pool() as pool:
        yield pool


def _work(library: Library, label: str) -> str:
    return next(hit.work for hit in search(library, READER, size=100).hits if hit.label == label)


def _kept(library: Library, place: Path, kind: str) -> Kept:
    """Added, and once more, spoken of, read and exported."""
    for name, data in KINDS[kind]().items():
        path = place / "came" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for _ in range(2):
        add(library, [place / "came"])
    work = _work(library, "The Crooked Lantern")
    correct(library, "ann", work, [Change(Field.TAG, ("verdigris",))])
    correct(library, "ann", _work(library, "The Tram"), [Change(Field.TAG, ("trams",))])
    keep_place(library, READER, work, 0)
    export(library, READER, work, "epub", place / "out")
    digests = tuple(digest.hex for digest in plan_of_work(library, READER, work).gone)
    return Kept(library, place / "came", work, digests)


def _forget(kept: Kept) -> Receipt:
    return forget(kept.library, plan_of_work(kept.library, READER, kept.work))


def assert_nowhere(kept: Kept, *others: Path) -> None:
    for folder in (kept.library.path, *others):
        assert found_in(folder, kept.secrets()) == {}, folder
    assert check(kept.library, READER).harmed == ()
    assert not pending.read(kept.library.folder)
    tram = known(kept.library, READER, _work(kept.library, "The Tram"))
    assert tram.fields[Field.TAG] == ("trams",)
    assert tram.fields[Field.AUTHOR] == ("Bea",)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_nowhere_and_neither_add_nor_join_nor_rebuild_brings_it_back(
    kind: str, tmp_path: Path, pool: Pool
) -> None:
    with library_at(tmp_path / "library", pool) as library:
        kept = _kept(library, tmp_path, kind)
        there = found_in(library.path, kept.secrets())
        shutil.copytree(library.path, tmp_path / "other")
        (tmp_path / "other" / "replica.json").write_text('{"v": 1, "replica": "aaaaaaaaaaaaaaaa"}')
        receipt = _forget(kept)

        assert {name.partition("/")[0] for name in there} >= {"shelf", "ledger", "journal", "index"}
        assert f"index/{checkpoint.NAME}" in there
        assert {word for words in there.values() for word in words} >= set(kept.secrets())
        assert receipt.unfinished == ()
        assert_nowhere(kept, tmp_path / "out")

        add(library, [kept.came])
        assert_nowhere(kept)
        with library_at(tmp_path / "other", pool) as other:
            join(library, other.path)
        assert_nowhere(kept)
        rebuild(library)
        assert_nowhere(kept)


@pytest.mark.parametrize("kind", ["alone", "zip", "dump"])
def test_it_leaves_packs_and_parity_and_mending_does_not_bring_it_back(kind: str, tmp_path: Path, pool: Pool) -> None:
    """From a vault at hand it goes at once; one that was away is named, mends nothing of it, and is seen to later."""
    here, away = tmp_path / "here", tmp_path / "away"
    with library_at(tmp_path / "library", pool) as library:
        kept = _kept(library, tmp_path, kind)
        for vault in (here, away):
            add_vault(library, str(vault))
        push(library)
        before = [found_in(vault, kept.secrets()) for vault in (here, away)]
        away.rename(tmp_path / "elsewhere")
        receipt = _forget(kept)

        assert all(before)
        assert receipt.vaults == ("here",)
        assert len(receipt.unfinished) == 1
        assert str(away) in receipt.unfinished[0]
        assert_nowhere(kept, here)

        owed = [harm.what for harm in check(library, READER).remarks if "vault away" in harm.what]
        assert len(owed) == 1
        (tmp_path / "elsewhere").rename(away)
        assert OWED in [remark for one in tend(library).vaults for remark in one.remarks]
        tended = tend(library, mend=True)
        assert tended.left == ()
        assert_nowhere(kept, here, away)
        assert [remark for one in tended.vaults for remark in one.remarks if "Forgotten in it now" in remark]
        assert all(not one.why for one in push(library))
        assert_nowhere(kept, here, away)


OPENED: dict[str, Callable[[bytes], bytes]] = {
    "all.zip": lambda data: data,
    "all.tar": lambda data: data,
    "all.tar.gz": gzip.decompress,
    "all.tar.bz2": bz2.decompress,
    "all.tar.xz": lzma.decompress,
}


@pytest.mark.parametrize("name", OPENED)
def test_a_redacted_copy_is_of_its_own_kind_and_marked(name: str) -> None:
    whole = WRAPPED[name]()
    copy = archive_without(whole, {Digest.of(GONE): None})
    again = OPENED[name](copy.data)

    assert copy.lost == ()
    assert name == "all.tar" or whole[:3] == copy.data[:3]
    assert THIRD in again or name == "all.zip"
    assert MARK_NAME.encode() in again
    assert b"lantern.txt" not in again
    assert archive_without(whole, {Digest.of(GONE): None}).data == copy.data


def test_of_a_row_that_could_be_guessed_no_digest_stands_in_the_tombstone(tmp_path: Path, pool: Pool) -> None:
    with library_at(tmp_path / "library", pool) as library:
        _forget(_kept(library, tmp_path, "dump"))
        guesses = [b"The Crooked Lantern", b"Quill Wrenfeather", b"Above the verdigris", b"It is verdigris; all of it."]

        assert library.tombstones.among(map(Digest.of, guesses)) == frozenset()
        assert len(library.tombstones.all()[0].macs) >= 5


def test_a_newer_dump_comes_without_the_rows_and_one_where_they_changed_is_named(tmp_path: Path, pool: Pool) -> None:
    with library_at(tmp_path / "library", pool) as library:
        kept = _kept(library, tmp_path, "dump")
        _forget(kept)
        newer = a_dump() + b"INSERT INTO a_stories (sid,title,uid) VALUES (33,'The Pier',9);\n"
        newer += b"INSERT INTO a_chapters (chapid,title,storytext,sid,uid) VALUES (104,'P','It was closed.',33,9);\n"
        (tmp_path / "newer.sql").write_bytes(newer)
        added = add(library, [tmp_path / "newer.sql"])

        assert [one.name for one in added.redacted] == ["newer.sql"]
        assert {hit.label for hit in search(library, READER, size=20).hits} >= {"The Tram", "The Pier"}
        assert found_in(library.path, ["verdigris", "wrenfeather"]) == {}

        (tmp_path / "changed.sql").write_bytes(a_dump(TEXT.replace("verdigris", "green", 2)))
        named = add(library, [tmp_path / "changed.sql"])

        assert len(named.alike) == 1


def test_what_a_backup_brings_back_is_named_promised_by_nobody_and_taken_away(tmp_path: Path, pool: Pool) -> None:
    """A sync program puts a deleted folder of the shelf back; a stopped adder's successor promises what it finds."""
    with library_at(tmp_path / "library", pool) as library:
        kept = _kept(library, tmp_path, "alone")
        home = library.folder.shelf / ocfl.place_of(ocfl.object_id(Digest(kept.digests[0])))
        shutil.copytree(home, tmp_path / "backup")
        _forget(kept)
        shutil.copytree(tmp_path / "backup", home)
        (library.folder.staging / "run-0123456789abcdef").mkdir(parents=True)
        add(library, [kept.came / "tram.txt"])
        rebuild(library)

        assert Digest(kept.digests[0]) not in library.ledger.promised()
        assert search(library, READER, "verdigris").total == 0
        assert [one.what for one in check(library, READER).remarks if "wish --finish takes it away" in one.what]
        receipt = finish(library)
        assert receipt is not None
        assert receipt.originals == 1
        assert_nowhere(kept)
        assert finish(library) is None


def test_a_vault_that_was_let_go_and_is_taken_up_again_is_looked_through(tmp_path: Path, pool: Pool) -> None:
    away = tmp_path / "away"
    with library_at(tmp_path / "library", pool) as library:
        kept = _kept(library, tmp_path, "alone")
        add_vault(library, str(away))
        push(library)
        away.rename(tmp_path / "elsewhere")
        _forget(kept)
        let_go = remove(library, "away")
        (tmp_path / "elsewhere").rename(away)
        again = add_vault(library, str(away))

        assert let_go.owes
        assert again.owes
        assert push(library)[0].forgotten == 1
        assert not copies(library).vaults[0].owes
        assert_nowhere(kept, away)


def test_a_locked_vault_that_nobody_can_read_is_named_until_somebody_gives_its_key(tmp_path: Path, pool: Pool) -> None:
    """What is remembered of its packs may be deleted at any time: then only its key tells what is in them."""
    key, away = tmp_path / "key.txt", tmp_path / "away"
    secret = pyrage.x25519.Identity.generate()
    key.write_text(f"{secret}\n")
    with library_at(tmp_path / "library", pool) as library:
        kept = _kept(library, tmp_path, "alone")
        add_vault(library, str(away), recipients=(str(secret.to_public()),))
        push(library)
        for path in (library.path / "vaults" / "away").glob("*.json"):
            path.unlink()
        receipt = _forget(kept)

        assert receipt.vaults == ()
        assert "that are locked" in receipt.unfinished[0]
        assert "--identity" in (push(library)[0].why or "")
        assert push(library, identity=key)[0].forgotten == 1
        restore(str(away), tmp_path / "grown", identity=key)
        assert_nowhere(kept, tmp_path / "grown")
