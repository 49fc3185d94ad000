"""A vault in a bucket of a real S3 server: the same promises as in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import obstore
import pytest
from obstore.store import S3Store as Bucket
from tests.strategies.buckets import BUCKET, serving
from tests.strategies.keep import NOW, library, now, put
from tests.strategies.vaults import packs, pushed, stories, troubles

from remnant.errors import RefusedError
from remnant.keep.folder import Folder, create
from remnant.keep.ledger import Ledger
from remnant.keep.vaults import begun, form, looking, reaching
from remnant.keep.vaults.growing_back import GrowingBack
from remnant.keep.vaults.listed import Vault, Vaults
from remnant.keep.vaults.s3_store import S3Store
from remnant.keep.vaults.stores import UnreachableError
from remnant.keep.vaults.tending import Tending


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with serving(tmp_path_factory.mktemp("s3") / "server") as environ:
        yield environ


@pytest.fixture
def target(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return f"s3://{BUCKET}/{request.node.name}/deep"


def ready(path: Path, target: str) -> tuple[Folder, Vault]:
    folder = library(path)
    put(folder, *stories())
    says = begun.begin(target, (), NOW)
    vault = Vault("far", says.vault, target, says.created)
    Vaults(folder).put(vault)
    return folder, vault


def bucket(target: str) -> Bucket:
    return Bucket(BUCKET, prefix=target.partition(f"{BUCKET}/")[2])


def spoil(target: str, name: str, start: int, data: bytes) -> None:
    found = bytearray(obstore.get(bucket(target), name).bytes())
    found[start : start + len(data)] = data
    obstore.put(bucket(target), name, bytes(found))


def pack_name(folder: Folder, vault: Vault) -> str:
    return f"{form.place_of(packs(folder, vault)[0].name)}/v1/content/pack.zip"


def test_pushed_read_back_whole_and_pushed_only_once(tmp_path: Path, target: str) -> None:
    folder, vault = ready(tmp_path, target)
    done = pushed(folder, vault)
    again = pushed(folder, vault)

    assert done.originals == 12
    assert again.packs == []
    assert troubles(folder, vault) == []


def test_a_name_that_is_taken_is_never_written_over(tmp_path: Path, target: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "inventory.json").write_bytes(b"one")
    store = S3Store(target)
    store.put("packs/place", home)
    store.put("packs/place", home)
    (home / "inventory.json").write_bytes(b"two")

    with pytest.raises(FileExistsError):
        store.put("packs/place", home)
    assert b"".join(store.read("packs/place/inventory.json")) == b"one"


def test_a_damaged_pack_is_named_and_mended_from_its_spare_parts(tmp_path: Path, target: str) -> None:
    folder, vault = ready(tmp_path, target)
    pushed(folder, vault)
    name = pack_name(folder, vault)
    before = bytes(obstore.get(bucket(target), name).bytes())
    spoil(target, name, 700, bytes(300))
    found = troubles(folder, vault)
    tending = Tending(folder, vault, begun.reach(vault), now)

    assert [one.pack for one in found] == [packs(folder, vault)[0].name]
    assert tending.mend_pack(str(found[0].pack), (found[0].what,))
    assert bytes(obstore.get(bucket(target), name).bytes()) == before
    assert troubles(folder, vault) == []


def test_a_pack_half_put_holds_nothing_that_counts_and_is_put_again(tmp_path: Path, target: str) -> None:
    folder, vault = ready(tmp_path, target)
    pushed(folder, vault)
    place = form.place_of(packs(folder, vault)[0].name)
    for name in ("inventory.json", "v1/inventory.json"):
        obstore.delete(bucket(target), f"{place}/{name}")
    Ledger(folder)
    for path in (folder.path / "vaults" / "far").glob("*.json"):
        path.unlink()
    done = pushed(folder, vault)

    assert done.originals == 12
    assert len(looking.packs_in(reaching.open_store(target))) == 2


def test_a_library_grows_back_from_a_bucket(tmp_path: Path, target: str) -> None:
    folder, vault = ready(tmp_path, target)
    pushed(folder, vault)
    again = create(tmp_path / "again", NOW)
    done = GrowingBack(again, reaching.open_store(target), None, now).run(lambda _done, _total: None, lambda: False)

    assert (done.originals, done.lost) == (12, {})
    assert Ledger(again).promised() == Ledger(folder).promised()


def test_a_bucket_that_does_not_answer_is_said_to_be_away(
    tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, vault = ready(tmp_path, target)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")

    with pytest.raises(UnreachableError, match="AWS_ENDPOINT_URL"):
        pushed(folder, vault)


def test_no_key_is_written_anywhere(tmp_path: Path, target: str, environ: dict[str, str]) -> None:
    folder, vault = ready(tmp_path, target)
    pushed(folder, vault)
    everything = b"".join(path.read_bytes() for path in folder.path.rglob("*") if path.is_file())

    assert environ["AWS_SECRET_ACCESS_KEY"].encode() not in everything


def test_without_its_client_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "obstore", None)
    with pytest.raises(RefusedError, match=r"remnant\[s3\]"):
        S3Store("s3://bucket/prefix")
