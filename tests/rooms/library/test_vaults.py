"""Copies elsewhere, as a person uses them: pushed, counted, mended from, grown back from, and forgotten in."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bench.durability import harming
from tests.strategies import libraries
from tests.strategies.keep import put as put_into
from tests.strategies.libraries import BEGAN, READER
from tests.strategies.vaults import overwrite

from remnant.errors import RefusedError
from remnant.keep import ocfl
from remnant.keep.audit import Audit, Grade
from remnant.keep.folder import create, open_folder
from remnant.keep.ledger import Event
from remnant.library import indexing
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.clearing import forget_in_vaults
from remnant.library.correcting import Change, How, correct, undo
from remnant.library.knowing import known
from remnant.library.mending import Mended, tend
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.restoring import restore
from remnant.library.vaulting import add as add_vault
from remnant.library.vaulting import ask_for, copies, push, remove
from remnant.model import Digest, Field

Put = Callable[..., tuple[str, ...]]


def now() -> object:
    return BEGAN


def some_stories(many: int = 6) -> list[bytes]:
    chance = random.Random(3)
    words = ["rain", "ferry", "lamp", "harbour", "nobody", "tea", "ghost"]
    return [libraries.story(f"Part {number}", "Ann", " ".join(chance.choices(words, k=400))) for number in range(many)]


@pytest.fixture
def vault(library: Library, put: Put, tmp_path: Path) -> Path:
    """A library of six stories, a correction and an undoing, all of it pushed to a vault."""
    works = put(*some_stories())
    correct(library, "ann", works[0], [Change(Field.TITLE, ("The Long Night",))])
    said = correct(library, "bob", works[1], [Change(Field.FANDOM, ("Torchwood",), How.ALSO)])
    undo(library, "ann", works[1], said.claims[0].id)
    add_vault(library, str(tmp_path / "vault"))
    push(library)
    return tmp_path / "vault"


def pack_of(vault: Path) -> Path:
    return next(vault.glob(f"packs/*/urn*/{ocfl.CONTENT}/pack.zip"))


def objects(library: Library) -> list[Path]:
    return sorted(library.folder.shelf.glob("???/urn*"))


def harmed(library: Library) -> list[Digest]:
    found = [verdict.digest for verdict in Audit(library.folder).verdicts() if verdict.grade is Grade.HARM]
    return [digest for digest in found if digest]


def mend(library: Library) -> Mended:
    return tend(library, mend=True, harmed=harmed(library))


def is_whole(library: Library) -> bool:
    verdicts = Audit(open_folder(library.path)).verdicts()
    return all(verdict.grade is not Grade.HARM for verdict in verdicts)


@contextmanager
def grown_back(vault: Path, place: Path, workers: Pool) -> Iterator[Library]:
    restored = restore(str(vault), place)
    assert not restored.stopped
    with libraries.library_at(place, workers) as library:
        indexing.catch_up(library)
        yield library


def equal(one: Library, other: Library) -> bool:
    catalogues = {(library.path / "catalogue.tsv").read_bytes() for library in (one, other)}
    return one.index().dump() == other.index().dump() and len(catalogues) == 1


def test_a_library_grown_back_equals_what_was_there(
    library: Library, vault: Path, workers: Pool, tmp_path: Path
) -> None:
    with grown_back(vault, tmp_path / "again", workers) as again:
        (hit,) = search(again, READER, "title:long").hits

        assert equal(library, again)
        assert is_whole(again)
        assert known(again, READER, hit.work).label == "The Long Night"
        assert push(again)[0].packs == 0


def test_the_page_for_people_opens_every_story_once_the_packs_are_unzipped(
    library: Library, vault: Path, tmp_path: Path
) -> None:
    for pack in vault.rglob("pack.zip"):
        subprocess.run(["unzip", "-q", str(pack), "-d", str(tmp_path / "out")], check=True)
    page = tmp_path / "out/records/00000001/index.html"
    links = re.findall(r'href="(\.\./[^"]+)"', page.read_text("utf-8"))

    assert {(page.parent / link).read_bytes() for link in links} == set(some_stories())
    assert b"shelf/" not in page.read_bytes()


@pytest.mark.parametrize("number", range(4))
def test_out_of_a_damaged_vault_it_grows_back_the_same(
    number: int, library: Library, vault: Path, workers: Pool, tmp_path: Path
) -> None:
    chance = random.Random(number)
    harming.within_parity(pack_of(vault).parents[2], chance)
    for name in ("README.txt", "vault.json", "0=remnant_vault_1", "packs/0=ocfl_1.1"):
        chance.choice(harming.FILE_HARMS)(vault / name, chance)
    with grown_back(vault, tmp_path / "again", workers) as again:
        assert equal(library, again)


def test_of_a_vault_damaged_beyond_its_spare_parts_the_rest_grows_back_and_the_lost_is_named(
    library: Library, vault: Path, put: Put, tmp_path: Path
) -> None:
    put(b"Title: Later\n\nOnly the second pack has the records that name them all.\n")
    push(library)
    story = some_stories()[2]
    (first,) = (path for path in vault.glob("packs/*/urn*") if story in (path / "v1/content/pack.zip").read_bytes())
    data = (first / "v1/content/pack.zip").read_bytes()
    for part in first.glob("v1/content/*.par2"):
        part.unlink()
    overwrite(first / "v1/content/pack.zip", data.index(story), b"spoilt")
    restored = restore(str(vault), tmp_path / "again")

    assert restored.spoilt == 1
    assert [(lost.original, lost.label) for lost in restored.lost] == [(Digest.of(story), "Part 2 by Ann")]
    assert restored.originals == 6


def test_growing_back_goes_on_where_it_was_stopped(
    library: Library, vault: Path, workers: Pool, tmp_path: Path
) -> None:
    stopped = [restore(str(vault), tmp_path / "again", stop=libraries.stops_after(many)).stopped for many in (0, 1)]
    with grown_back(vault, tmp_path / "again", workers) as again:
        assert stopped == [True, True]
        assert equal(library, again)


def test_nothing_is_grown_over_what_is_there(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")

    with pytest.raises(RefusedError, match="not empty"):
        restore(str(vault), tmp_path / "mine")
    with pytest.raises(RefusedError, match="no vault"):
        restore(str(tmp_path / "mine"), tmp_path / "again")
    put_into(create(tmp_path / "other", BEGAN), b"somebody else's")
    with pytest.raises(RefusedError, match="a library already"):
        restore(str(vault), tmp_path / "other")


@pytest.mark.parametrize("number", range(6))
def test_a_damaged_shelf_is_mended_from_the_vault(number: int, library: Library, vault: Path) -> None:
    chance = random.Random(number)
    before = {path: (path / "v1/content/original.txt").read_bytes() for path in objects(library)}
    for home in chance.sample(objects(library), 3):
        inside = sorted(path for path in home.rglob("*") if path.is_file())
        if chance.random() < 0.3:
            shutil.rmtree(home)
        else:
            chance.choice(harming.FILE_HARMS)(chance.choice(inside), chance)
    assert not is_whole(library)
    done = mend(library)

    assert done.left == ()
    assert is_whole(library)
    assert {path: (path / "v1/content/original.txt").read_bytes() for path in objects(library)} == before
    told = [line.what for line in library.ledger.lines() if isinstance(line.what, Event)]
    assert {event.digest for event in told if event.kind == "mended"} == set(done.originals)


def test_shelf_and_vault_damaged_at_once_mend_each_other(library: Library, vault: Path) -> None:
    overwrite(pack_of(vault), 1000, bytes(300))
    shutil.rmtree(objects(library)[0])
    harming.garbage(objects(library)[1] / "v1/content/original.txt", random.Random(1))
    (library.path / "README.txt").unlink()
    done = mend(library)

    assert (len(done.originals), done.files, done.left) == (2, ("README.txt",), ())
    assert done.vaults[0].troubles
    assert done.vaults[0].left == ()
    assert is_whole(library)


def test_a_vault_beyond_its_spare_parts_gets_new_packs_from_the_shelf(library: Library, vault: Path) -> None:
    overwrite(pack_of(vault), 100, bytes(8000))
    done = mend(library)

    assert done.vaults[0].left == ()
    assert copies(library).short == ()
    assert len(list((vault / "aside").iterdir())) == 1


def test_what_no_copy_has_whole_is_named_and_the_rest_is_mended(library: Library, vault: Path) -> None:
    story = some_stories()[2]
    for part in pack_of(vault).parent.glob("*.par2"):
        part.unlink()
    overwrite(pack_of(vault), pack_of(vault).read_bytes().index(story), b"spoilt")
    for home in objects(library):
        harming.flip(home / "v1/content/original.txt", random.Random(1))
    done = mend(library)

    assert done.left == (Digest.of(story),)
    assert len(done.originals) == 5
    assert done.vaults[0].left != ()
    assert pack_of(vault).exists()


def test_a_spoilt_ledger_and_journal_are_made_whole_from_the_vault(library: Library, vault: Path) -> None:
    chains = [*library.folder.ledger.glob("*.jsonl"), *library.folder.journal.glob("*.jsonl")]
    before = {path: path.read_bytes() for path in chains}
    for path in chains:
        overwrite(path, 700, b"XXXX")
    shutil.rmtree(objects(library)[0])
    done = mend(library)

    assert len(done.files) == 2
    assert done.left == ()
    assert is_whole(library)
    assert all(path.read_bytes().startswith(data[: len(data) - 2000]) for path, data in before.items())


def test_a_ledger_that_is_gone_does_not_hide_what_is_missing(library: Library, vault: Path) -> None:
    (chain,) = library.folder.ledger.glob("*.jsonl")
    chain.unlink()
    shutil.rmtree(objects(library)[0])
    done = mend(library)

    assert len(done.originals) == 1
    assert len(library.ledger.promised()) == 6
    assert is_whole(library)


def test_copies_are_counted_against_how_many_were_asked_for(library: Library, put: Put, tmp_path: Path) -> None:
    put(*some_stories(3))
    alone = copies(library)
    add_vault(library, str(tmp_path / "vault"))
    waiting = copies(library)
    push(library)
    pushed = copies(library)
    ask_for(library, 3)
    asked = copies(library)

    assert (alone.asked, alone.by_count, alone.short) == (1, ((1, 3),), ())
    assert (waiting.asked, waiting.by_count, len(waiting.short)) == (2, ((1, 3),), 3)
    assert (pushed.asked, pushed.by_count, pushed.short) == (2, ((2, 3),), ())
    assert (asked.asked, asked.by_count, len(asked.short)) == (3, ((2, 3),), 3)


def test_a_vault_that_is_away_is_named_and_the_others_are_used(library: Library, put: Put, tmp_path: Path) -> None:
    put(*some_stories(2))
    for name in ("one", "two"):
        add_vault(library, str(tmp_path / name))
    shutil.rmtree(tmp_path / "one")
    first, second = push(library)
    done = tend(library)

    assert "is not at" in str(first.why)
    assert second.originals == 2
    assert [(one.name, bool(one.why)) for one in done.vaults] == [("two", False), ("one", True)]


def test_forgetting_a_vault_touches_nothing_there(library: Library, vault: Path) -> None:
    before = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    remove(library, "vault")
    again = add_vault(library, str(vault))
    done = push(library)

    assert {path: path.read_bytes() for path in before} == before
    assert again.waiting == 6
    assert done[0].originals == 0


@pytest.mark.parametrize("where", ["library/inside", "."])
def test_a_vault_is_never_in_the_library_nor_round_it(where: str, library: Library, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="one in the other"):
        add_vault(library, str(tmp_path / where))


def test_keys_are_never_written_down(library: Library) -> None:
    with pytest.raises(RefusedError, match="Keys do not belong"):
        add_vault(library, "s3://key:secret@bucket/prefix")
    assert not (library.path / "vaults").exists()


def test_what_is_forgotten_is_in_no_pack_any_more_and_the_rest_is(
    library: Library, vault: Path, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = some_stories()[2]
    gone = Digest.of(story)
    put(b"Title: Later\n\nIn a pack of its own.\n")
    push(library)
    overwrite(pack_of(vault), 10, b"x")
    mend(library)
    library_forgets(library, gone, monkeypatch)
    (done,) = forget_in_vaults(library, [gone])
    (tmp_path / "out").mkdir()
    for number, pack in enumerate(vault.rglob("*.zip")):
        subprocess.run(["unzip", "-q", str(pack), "-d", str(tmp_path / "out" / str(number))], check=True)
    held = {path.read_bytes() for path in (tmp_path / "out").rglob("originals/*")}

    assert (done.why, done.left) == (None, 0)
    assert story not in held
    assert len(held) == 6
    assert not (vault / "aside").exists()
    assert not any(story in path.read_bytes() for path in vault.rglob("*") if path.is_file())
    assert tend(library).vaults[0].troubles == ()


def test_a_pack_that_holds_what_no_other_does_stays_and_is_named(
    library: Library, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, only = Digest.of(some_stories()[2]), Digest.of(some_stories()[3])
    shutil.rmtree(library.shelf.path_of(only).parents[2])
    library_forgets(library, gone, monkeypatch)
    (done,) = forget_in_vaults(library, [gone])

    assert done.left == 1
    assert copies(library).vaults[0].owes
    assert any(some_stories()[3] in path.read_bytes() for path in vault.rglob("pack.zip"))


def library_forgets(library: Library, gone: Digest, patch: pytest.MonkeyPatch) -> None:
    """As far as a vault can tell: the promise is not there any more."""
    promised = type(library.ledger).promised

    def without(self: object) -> object:
        return {digest: one for digest, one in promised(self).items() if digest != gone}  # type: ignore[arg-type]

    patch.setattr(type(library.ledger), "promised", without)


def test_adding_a_story_again_after_all_is_no_harm(library: Library, vault: Path, tmp_path: Path) -> None:
    done = add(library, [libraries.write_all(tmp_path / "again", some_stories())])

    assert done.kept == ()
    assert push(library)[0].originals == 0
