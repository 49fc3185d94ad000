"""Pushing: once is enough, stopping loses nothing, what is read back counts, and nothing else does."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import ocfl as reference
import pytest
from tests.strategies.keep import NOW, now, put
from tests.strategies.vaults import (
    overwrite,
    pack_files,
    packs,
    pushed,
    stories,
    troubles,
    vault_of,
    whole_packs,
    with_vault,
)

from remnant.errors import DamageError, NewerFormatError, RefusedError
from remnant.keep.folder import create
from remnant.keep.ledger import Event, Ledger
from remnant.keep.readers import file_name
from remnant.keep.shelf import Shelf
from remnant.keep.vaults import begun, folder_store, form, pushing
from remnant.keep.vaults.counting import copies_elsewhere
from remnant.keep.vaults.folder_store import FolderStore
from remnant.keep.vaults.growing_back import GrowingBack
from remnant.keep.vaults.listed import Vaults
from remnant.keep.vaults.memory import Memory
from remnant.keep.vaults.stores import UnreachableError
from remnant.model import Digest


def test_what_is_pushed_counts_once_it_was_read_back(tmp_path: Path) -> None:
    contents = stories()
    folder, vault = with_vault(tmp_path, contents)
    before = copies_elsewhere(folder)
    done = pushed(folder, vault)

    assert not before
    assert done.originals == len(contents)
    assert copies_elsewhere(folder) == {form.short_of(Digest.of(data)): 1 for data in contents}
    assert troubles(folder, vault) == []


def test_pushing_twice_pushes_nothing(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories())
    pushed(folder, vault)
    stood = pack_files(vault)

    assert pushed(folder, vault).packs == []
    assert pack_files(vault) == stood


def test_a_pack_never_changes_and_new_stories_come_in_new_ones(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories())
    pushed(folder, vault)
    before = {path: path.read_bytes() for path in Path(vault.target).rglob("*") if path.is_file()}
    put(folder, b"a later story")
    done = pushed(folder, vault)

    assert done.originals == 1
    assert [pack.number for pack in packs(folder, vault)] == [1, 2]
    assert all(path.read_bytes() == data for path, data in before.items())


def test_a_vault_is_a_storage_root_by_the_reference(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories())
    pushed(folder, vault)
    put(folder, b"another")
    pushed(folder, vault)
    good = reference.StorageRoot(root=str(Path(vault.target) / "packs")).validate()

    assert good


def test_the_ledger_tells_of_each_pack(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories())
    pushed(folder, vault)
    told = [line.what for line in Ledger(folder).lines() if isinstance(line.what, Event)]
    (pack,) = packs(folder, vault)

    vaulted = [event for event in told if event.kind == "vaulted"]
    assert [(event.digest, event.detail["pack"], event.detail["vault"]) for event in vaulted] == [
        (pack.digest, pack.name, vault.identity)
    ]


@pytest.mark.parametrize("stop", [0, 1, 2])
def test_a_push_that_was_stopped_goes_on(stop: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form, "FULL_ORIGINALS", 4)
    folder, vault = with_vault(tmp_path, stories(12))
    first = pushed(folder, vault, stop_after=stop)
    second = pushed(folder, vault)

    assert (first.stopped, len(first.packs)) == (True, stop)
    assert first.originals + second.originals == 12
    assert troubles(folder, vault) == []


def test_a_sealed_pack_that_was_not_delivered_is_delivered_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, vault = with_vault(tmp_path, stories())
    put_pack = FolderStore.put

    def fails(self: FolderStore, place: str, home: Path) -> None:
        raise UnreachableError("The disk was pulled out.")

    monkeypatch.setattr(FolderStore, "put", fails)
    with pytest.raises(UnreachableError):
        pushed(folder, vault)
    (waiting,) = (path for path in Memory(folder, vault).sealed.iterdir() if path.is_dir())
    monkeypatch.setattr(FolderStore, "put", put_pack)
    done = pushed(folder, vault)

    assert [pack.name for pack in done.packs] == [waiting.name]
    assert not Memory(folder, vault).sealed.exists()
    assert troubles(folder, vault) == []


@pytest.mark.parametrize("lost", ["v1/inventory.json", "v1/content/pack.zip.par2", "0=ocfl_object_1.1"])
def test_a_waiting_pack_that_a_power_cut_spoilt_is_sealed_anew(
    lost: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, vault = with_vault(tmp_path, stories(3))
    with monkeypatch.context() as patch:
        patch.setattr(FolderStore, "put", _no_put)
        with pytest.raises(UnreachableError):
            pushed(folder, vault)
    (waiting,) = (path for path in Memory(folder, vault).sealed.iterdir() if path.is_dir())
    (waiting / lost).unlink()
    pushed(folder, vault)

    assert troubles(folder, vault) == []
    assert len(copies_elsewhere(folder)) == 3


def _no_put(_store: FolderStore, place: str, _home: Path) -> None:
    raise UnreachableError(place)


def test_a_pack_that_reads_back_otherwise_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, vault = with_vault(tmp_path, stories())
    put_pack = FolderStore.put

    def spoils(self: FolderStore, place: str, home: Path) -> None:
        put_pack(self, place, home)
        overwrite(pack_files(vault)[0], 100, b"spoilt")

    monkeypatch.setattr(FolderStore, "put", spoils)
    with pytest.raises(DamageError, match="reads back otherwise"):
        pushed(folder, vault)

    assert not copies_elsewhere(folder)
    monkeypatch.setattr(FolderStore, "put", put_pack)
    assert pushed(folder, vault).originals == 12
    assert troubles(folder, vault) == []


def test_what_the_shelf_holds_damaged_is_named_and_the_rest_goes(tmp_path: Path) -> None:
    contents = stories()
    folder, vault = with_vault(tmp_path, contents)
    overwrite(Shelf(folder).path_of(Digest.of(contents[3])), 0, b"spoilt")
    done = pushed(folder, vault)

    assert done.harmed == [Digest.of(contents[3])]
    assert done.originals == 11


def test_what_stays_damaged_is_named_each_time_and_nothing_is_pushed_for_it(tmp_path: Path) -> None:
    contents = stories()
    folder, vault = with_vault(tmp_path, contents)
    overwrite(Shelf(folder).path_of(Digest.of(contents[3])), 0, b"spoilt")
    pushed(folder, vault)
    again = pushed(folder, vault)

    assert again.harmed == [Digest.of(contents[3])]
    assert again.packs == []


def test_memory_that_is_lost_is_learnt_again(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories())
    pushed(folder, vault)
    before = copies_elsewhere(folder)
    shutil.rmtree(Memory(folder, vault).place)
    done = pushed(folder, vault)

    assert done.packs == []
    assert copies_elsewhere(folder) == before


def test_a_pack_that_is_gone_is_pushed_again(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories())
    pushed(folder, vault)
    shutil.rmtree(pack_files(vault)[0].parents[3])
    done = pushed(folder, vault)

    assert len(done.gone) == 1
    assert done.originals == 12


def test_a_disk_that_is_not_there_is_said_to_be_away(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories())
    shutil.rmtree(vault.target)
    Path(vault.target).mkdir()

    with pytest.raises(UnreachableError, match="is not at"):
        pushed(folder, vault)
    assert list(Path(vault.target).iterdir()) == []


def test_another_vault_at_the_same_place_is_left_alone(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories())
    shutil.rmtree(vault.target)
    begun.begin(vault.target, (), NOW)

    with pytest.raises(UnreachableError, match="another vault"):
        pushed(folder, vault)


def test_a_folder_with_something_else_in_it_becomes_no_vault(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "letter.txt").write_text("dear")

    with pytest.raises(RefusedError, match="not empty"):
        begun.begin(str(tmp_path / "there"), (), NOW)
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["letter.txt"]


def test_a_newer_vault_is_left_to_the_newer_program(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories())
    (Path(vault.target) / "0=remnant_vault_2").write_text("remnant_vault_2\n")

    with pytest.raises(NewerFormatError):
        pushed(folder, vault)


def test_two_vaults_hold_two_copies(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories())
    other = vault_of(folder, tmp_path / "other", "far")
    for one in (vault, other):
        pushed(folder, one)

    assert set(copies_elsewhere(folder).values()) == {2}
    assert Vaults(folder).copies() == 3
    assert len(list(whole_packs(other.target))) == 1


def test_a_readers_file_goes_in_only_by_their_wish(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories())
    for name in ("ann", "bob"):
        (folder.readers / file_name(name)).write_bytes(f"Day {name}\n".encode())
    pushed(folder, vault)
    without = pack_files(vault)[0].read_bytes()
    Vaults(folder).put(type(vault)(vault.name, vault.identity, vault.target, vault.created, (), ("ann",)))
    pushed(folder, Vaults(folder).get("usb"))
    data = b"".join(path.read_bytes() for path in pack_files(vault))

    assert b"Day ann" not in without
    assert b"Day ann" in data
    assert b"Day bob" not in data


def test_what_a_store_does_not_take_at_once_stays_and_the_rest_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, vault = with_vault(tmp_path, [b"large" * 1000, b"small"])
    monkeypatch.setattr(pushing, "_LARGE", 1000)
    monkeypatch.setattr(FolderStore, "largest", 2000 + pushing._AROUND)
    first, again = pushed(folder, vault), pushed(folder, vault)

    assert first.too_large == again.too_large == [Digest.of(b"large" * 1000)]
    assert copies_elsewhere(folder) == {form.short_of(Digest.of(b"small")): 1}
    assert again.packs == []
    assert troubles(folder, vault) == []


def test_canons_go_along_and_come_back(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories(2))
    canon = folder.path / "canons" / "Über uns.toml"
    canon.parent.mkdir()
    canon.write_bytes(b"# one\n")
    pushed(folder, vault)
    nothing = pushed(folder, vault)
    canon.write_bytes(b"# two\n")
    news = pushed(folder, vault)
    again = create(tmp_path / "again", NOW)
    GrowingBack(again, begun.reach(vault), None, now).run(lambda _done, _total: None, lambda: False)

    assert [len(nothing.packs), len(news.packs)] == [0, 1]
    assert (again.path / "canons" / "Über uns.toml").read_bytes() == b"# two\n"


def _fat(patch: pytest.MonkeyPatch, limit: int) -> None:
    """A disk under vaults that takes no file larger than this."""
    real = folder_store._copy

    def copy(source: Path, target: Path) -> None:
        if source.stat().st_size > limit:
            target.write_bytes(source.read_bytes()[:limit])
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(target))
        real(source, target)

    patch.setattr(folder_store, "_copy", copy)


def test_what_a_disk_does_not_take_is_named_and_the_rest_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, vault = with_vault(tmp_path, [b"first", b"large" * 20_000, b"last"])
    monkeypatch.setattr(form, "FULL_BYTES", 1000)
    _fat(monkeypatch, 60_000)
    done = [pushed(folder, vault) for _ in range(2)]
    large = Digest.of(b"large" * 20_000)

    assert [one.too_large for one in done] == [[large], [large]]
    assert [one.originals for one in done] == [2, 0]
    assert copies_elsewhere(folder) == {form.short_of(Digest.of(data)): 1 for data in (b"first", b"last")}
    assert troubles(folder, vault) == []
    assert not Memory(folder, vault).sealed.exists()


def test_the_records_go_though_the_last_original_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, vault = with_vault(tmp_path, [b"first", b"large" * 20_000])
    monkeypatch.setattr(form, "FULL_BYTES", 1000)
    _fat(monkeypatch, 60_000)
    pushed(folder, vault)
    monkeypatch.undo()

    assert [pack.records is not None for pack in packs(folder, vault)] == [False, True]
    assert pushed(folder, vault).originals == 1


def test_a_disk_is_asked_how_large_a_file_it_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lseek(_descriptor: int, at: int, _how: int) -> int:
        if at >= 1 << 32:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        return at

    here = FolderStore(str(tmp_path)).largest
    monkeypatch.setattr(os, "lseek", lseek)

    assert here is None
    assert FolderStore(str(tmp_path)).largest == (1 << 32) - 1
    assert list(tmp_path.iterdir()) == []
