"""Locked vaults: what leaves the machine says nothing to whoever has no key, and any age opens it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest
from tests.strategies.keep import NOW, now
from tests.strategies.vaults import overwrite, pack_files, packs, pushed, stories, troubles, with_vault

from remnant.errors import RefusedError
from remnant.keep.folder import Folder, create
from remnant.keep.ledger import Ledger
from remnant.keep.vaults import age, begun, form, reaching
from remnant.keep.vaults.growing_back import GrowingBack
from remnant.keep.vaults.listed import Vault
from remnant.keep.vaults.memory import Memory
from remnant.keep.vaults.opening import LockedError
from remnant.keep.vaults.tending import Tending

AGE = shutil.which("age")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.txt"
    path.write_text(f"# created long ago\n{pyrage.x25519.Identity.generate()}\n")
    return path


def recipient(key: Path) -> str:
    return str(pyrage.x25519.Identity.from_str(key.read_text().split()[-1]).to_public())


@pytest.fixture
def locked(tmp_path: Path, key: Path) -> tuple[Folder, Vault]:
    folder, vault = with_vault(tmp_path, [b"Title: The Ferry\n\nThe rain came down.", *stories()], (recipient(key),))
    pushed(folder, vault)
    return folder, vault


def grown(vault: Vault, place: Path, key: Path | None) -> Folder:
    again = create(place, NOW)
    GrowingBack(again, reaching.open_store(vault.target), key, now).run(lambda _done, _total: None, lambda: False)
    return again


def test_nothing_of_a_story_nor_its_digest_stands_open(locked: tuple[Folder, Vault]) -> None:
    folder, vault = locked
    every = {path: path.read_bytes() for path in Path(vault.target).rglob("*") if path.is_file()}
    data = b"".join(every.values()) + "".join(map(str, every)).encode()

    assert b"rain" not in data
    for digest in Ledger(folder).promised():
        assert digest.hex.encode() not in data
        assert form.short_of(digest).encode() not in data


def test_with_its_key_a_library_grows_back(locked: tuple[Folder, Vault], key: Path, tmp_path: Path) -> None:
    folder, vault = locked

    assert Ledger(grown(vault, tmp_path / "again", key)).promised() == Ledger(folder).promised()


def test_without_the_key_or_with_another_it_is_refused(locked: tuple[Folder, Vault], tmp_path: Path) -> None:
    _, vault = locked
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))

    with pytest.raises(LockedError, match="--identity"):
        grown(vault, tmp_path / "one", None)
    with pytest.raises(RefusedError, match="do not open"):
        grown(vault, tmp_path / "two", other)


def test_it_is_read_through_and_mended_without_any_key(locked: tuple[Folder, Vault]) -> None:
    folder, vault = locked
    (pack,) = pack_files(vault)
    before = pack.read_bytes()
    overwrite(pack, 300, bytes(200))
    found = troubles(folder, vault)
    tending = Tending(folder, vault, begun.reach(vault), now)

    assert tending.mend_pack(str(found[0].pack), (found[0].what,))
    assert pack.read_bytes() == before
    assert troubles(folder, vault) == []


def test_the_secret_is_neither_asked_for_nor_written_down(locked: tuple[Folder, Vault], key: Path) -> None:
    folder, vault = locked
    secret = key.read_text().split()[-1].encode()
    places = [path for root in (folder.path, Path(vault.target)) for path in root.rglob("*") if path.is_file()]

    assert not any(secret in path.read_bytes() for path in places)
    with pytest.raises(RefusedError, match="secret key"):
        age.check_recipients([secret.decode()])


@pytest.mark.parametrize("text", ["", "age1", "ssh-rsa AAAA", "someone"])
def test_what_is_no_public_key_locks_nothing(text: str) -> None:
    with pytest.raises(RefusedError, match="age-keygen"):
        age.check_recipients([text])


def test_memory_that_is_lost_is_learnt_again_with_the_key(locked: tuple[Folder, Vault], key: Path) -> None:
    from remnant.keep.vaults.pushing import Push

    folder, vault = locked
    before = packs(folder, vault)
    shutil.rmtree(Memory(folder, vault).place)
    push = Push(folder, vault, begun.reach(vault), now)
    push.learn(None)
    unknown = list(push.done.unknown)
    push.learn(key)

    assert unknown == [before[0].name]
    assert [pack.originals for pack in packs(folder, vault)] == [before[0].originals]


@pytest.mark.skipif(AGE is None, reason="age is not installed")
def test_any_age_opens_a_pack(locked: tuple[Folder, Vault], key: Path, tmp_path: Path) -> None:
    _, vault = locked
    (pack,) = pack_files(vault)
    plain = tmp_path / "pack.zip"
    subprocess.run([str(AGE), "--decrypt", "--identity", str(key), "-o", str(plain), str(pack)], check=True)
    done = subprocess.run(["unzip", "-t", "-q", str(plain)], check=False, capture_output=True)

    assert done.returncode == 0


def test_without_its_part_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(RefusedError, match=r"remnant\[age\]"):
        age.check_recipients(["age1xyz"])
