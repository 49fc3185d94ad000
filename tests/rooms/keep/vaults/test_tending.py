"""Tending a vault: every harm is named, spare parts mend what they can, and the ledger has the last word."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from bench.durability import harming
from tests.strategies.keep import NOW, now, put
from tests.strategies.vaults import overwrite, pack_files, packs, pushed, stories, troubles, with_vault

from remnant.keep.chain import link, read_line
from remnant.keep.folder import Folder, create, open_folder
from remnant.keep.journal import Forgotten, Journal
from remnant.keep.ledger import Event, Ledger
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import mac_of
from remnant.keep.vaults import begun, form, looking, sealing
from remnant.keep.vaults.carried import chains_in
from remnant.keep.vaults.chain_mending import made_whole, news_in, take_up
from remnant.keep.vaults.growing_back import GrowingBack
from remnant.keep.vaults.listed import Vault
from remnant.keep.vaults.memory import Memory
from remnant.keep.vaults.opening import Members, opened
from remnant.keep.vaults.reaching import open_store
from remnant.keep.vaults.tending import Tending
from remnant.model import Digest
from remnant.wire.canonical import time_to_json


def ready(path: Path) -> tuple[Folder, Vault]:
    folder, vault = with_vault(path, stories())
    pushed(folder, vault)
    return folder, vault


def mended(folder: Folder, vault: Vault) -> list[bool]:
    tending = Tending(folder, vault, begun.reach(vault), now)
    tending.mend_frame()
    return [tending.mend_pack(one.pack, (one.what,)) for one in troubles(folder, vault) if one.pack]


def every_file(vault: Vault) -> list[Path]:
    return sorted(path for path in Path(vault.target).rglob("*") if path.is_file())


def test_every_single_file_is_looked_at(tmp_path: Path) -> None:
    folder, vault = ready(tmp_path)
    unseen = []
    for path in every_file(vault):
        data = path.read_bytes()
        for harm in (data[:-1] + bytes([data[-1] ^ 1]), data[:-1], data + b"\n", None):
            path.chmod(0o644)
            path.unlink() if harm is None else path.write_bytes(harm)
            if not troubles(folder, vault):
                unseen.append((path.name, harm))
            path.write_bytes(data)

    assert unseen == []
    assert troubles(folder, vault) == []


def test_what_does_not_belong_there_is_remarked_on(tmp_path: Path) -> None:
    folder, vault = ready(tmp_path)
    (pack_files(vault)[0].parent / "pack.zip.1").write_bytes(b"left by par2")
    (Path(vault.target) / "Thumbs.db").write_bytes(b"litter")
    tending = Tending(folder, vault, begun.reach(vault), now)

    assert list(tending.troubles(lambda _done, _total: None, lambda: False)) == []
    assert sorted("pack.zip.1" in remark or "Thumbs.db" in remark for remark in tending.remarks) == [True, True]


@pytest.mark.parametrize("number", range(12))
def test_within_the_budget_a_pack_mends_itself_to_the_same_bytes(number: int, tmp_path: Path) -> None:
    folder, vault = ready(tmp_path)
    before = pack_files(vault)[0].read_bytes()
    harming.within_parity(pack_files(vault)[0].parents[2], random.Random(number))
    found = troubles(folder, vault)

    assert found
    assert all(mended(folder, vault))
    assert pack_files(vault)[0].read_bytes() == before
    assert troubles(folder, vault) == []


def test_a_damaged_pack_is_set_aside_and_the_ledger_tells_of_it(tmp_path: Path) -> None:
    folder, vault = ready(tmp_path)
    overwrite(pack_files(vault)[0], 500, bytes(100))
    mended(folder, vault)
    told = [line.what for line in Ledger(folder).lines() if isinstance(line.what, Event)]

    assert len(list((Path(vault.target) / "aside").iterdir())) == 1
    assert [event.detail["from"] for event in told if event.kind == "mended"] == ["parity"]


def test_beyond_the_budget_nothing_is_changed(tmp_path: Path) -> None:
    folder, vault = ready(tmp_path)
    overwrite(pack_files(vault)[0], 500, bytes(20_000))
    before = pack_files(vault)[0].read_bytes()

    assert mended(folder, vault) == [False]
    assert pack_files(vault)[0].read_bytes() == before


def test_spare_parts_that_were_spoilt_are_made_again(tmp_path: Path) -> None:
    folder, vault = ready(tmp_path)
    for path in pack_files(vault)[0].parent.glob("*.par2"):
        path.chmod(0o644)
        path.write_bytes(b"gone")

    assert mended(folder, vault) == [True]
    assert troubles(folder, vault) == []
    overwrite(pack_files(vault)[0], 500, bytes(200))
    assert mended(folder, vault) == [True]


def test_a_pack_forged_with_all_its_sums_is_found_out(tmp_path: Path) -> None:
    folder, vault = ready(tmp_path)
    home = pack_files(vault)[0].parents[2]
    content = pack_files(vault)[0].parent
    for path in home.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (content / "pack.zip").write_bytes(b"another pack, with manifests that fit it")
    shutil.rmtree(Memory(folder, vault).place)
    names = {path.name: looking.sums_of(path) for path in content.iterdir()}
    short = home.name[-26:]
    sealing.write_frame(home, short, names, time_to_json(NOW), folder.replica)

    assert ["named for" in one.what for one in troubles(folder, vault)] == [True]


def test_a_pack_that_is_gone_is_missed_though_nothing_is_remembered(tmp_path: Path) -> None:
    folder, vault = ready(tmp_path)
    shutil.rmtree(pack_files(vault)[0].parents[3])
    shutil.rmtree(Memory(folder, vault).place)

    assert [one.gone for one in troubles(folder, vault)] == [True]


def test_a_library_that_was_set_back_is_found_out(tmp_path: Path) -> None:
    folder, vault = ready(tmp_path)
    shutil.copytree(folder.ledger, tmp_path / "older")
    put(folder, b"a later story")
    pushed(folder, vault)
    shutil.rmtree(folder.ledger)
    shutil.copytree(tmp_path / "older", folder.ledger)
    found = [one.what for one in troubles(open_folder(folder.path), vault) if one.chain]

    assert ["set back" in what for what in found] == [False, True]
    assert form.short_of(Digest.of(b"a later story")) in found[0]


def test_what_is_said_in_the_list_of_vaults_holds_no_secret(tmp_path: Path) -> None:
    folder, vault = ready(tmp_path)
    (record,) = (json.loads(path.read_bytes()) for path in (folder.path / "vaults").glob("*.json"))

    assert record == {
        "v": 1,
        "name": "usb",
        "vault": vault.identity,
        "target": vault.target,
        "created": vault.created,
        "recipients": [],
        "readers": [],
    }
    assert [pack.file for pack in packs(folder, vault)] == [form.PLAIN]


def test_a_library_that_went_on_after_it_was_set_back_takes_up_what_the_vault_knows(tmp_path: Path) -> None:
    folder, vault = ready(tmp_path)
    shutil.copytree(folder.ledger, tmp_path / "older")
    put(folder, b"a later story")
    pushed(folder, vault)
    shutil.rmtree(folder.ledger)
    shutil.copytree(tmp_path / "older", folder.ledger)
    folder = open_folder(folder.path)
    put(folder, b"written where the vault knows another line")
    (pack,) = (pack for pack in packs(folder, vault) if pack.number == 2)
    with opened(begun.reach(vault), pack.name, tmp_path / "room") as bundle:
        assert bundle is not None
        with Members(bundle) as members:
            (chain,) = chains_in(members)
            before = news_in(folder, chain)
            took = take_up(folder, chain, NOW)

    assert [one.digest for one in before[0]] == [Digest.of(b"a later story")]
    assert took
    assert Digest.of(b"a later story") in Ledger(folder).promised()
    assert troubles(folder, vault) == []


def test_what_was_taken_away_from_a_line_does_not_come_back_with_a_mended_chain(tmp_path: Path) -> None:
    folder, _ = ready(tmp_path)
    (path,) = folder.ledger.glob("*.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    closed = lines[3][: lines[3].index(b',"open":')] + lines[3][lines[3].rindex(b',"hash":') :]
    ours = b"".join([*lines[:3], closed, lines[4], b"spoilt\n", *lines[6:]])
    mended = made_whole(ours, b"".join(lines))

    assert mended == b"".join([*lines[:3], closed, *lines[4:]])


def test_what_was_to_be_forgotten_does_not_grow_back(tmp_path: Path) -> None:
    folder, vault = ready(tmp_path)
    gone, key = Digest.of(stories()[4]), "ab" * 16
    Journal(folder).append([Forgotten("cd" * 8, key, (mac_of(key, gone),))], NOW)
    pushed(folder, vault)
    again = create(tmp_path / "again", NOW)
    done = GrowingBack(again, open_store(vault.target), None, now).run(lambda _done, _total: None, lambda: False)

    assert done.originals == 11
    assert not Shelf(again).has(gone)
    assert gone not in done.lost


def test_chains_that_went_different_ways_are_not_laced_together() -> None:
    common = link([{"kind": "chain"}, {"kind": "one"}], None)
    last = read_line(common.splitlines(keepends=True)[1], 0)
    assert last is not None
    head = f"{last.seq}:{len(common)}:{last.hash}"
    ours = common + link([{"kind": "ours"}], head)
    theirs = common + link([{"kind": "theirs"}, {"kind": "further"}], head)

    apart = b"".join(theirs.splitlines(keepends=True)[3:])

    assert made_whole(ours, theirs) is None
    assert made_whole(ours, common + apart) is None
    assert made_whole(common, theirs) == theirs


def test_a_line_that_no_copy_has_keeps_no_other_from_coming_back() -> None:
    whole = b""
    for kind in ("chain", "one", "two", "never pushed", "last"):
        lines = whole.splitlines(keepends=True)
        last = read_line(lines[-1], 0) if lines else None
        whole += link([{"kind": kind}], f"{last.seq}:{len(whole)}:{last.hash}" if last else None)
    lines = whole.splitlines(keepends=True)
    mended = made_whole(lines[0] + bytes(400) + b"\n" + lines[4], b"".join(lines[:3]))

    assert mended == b"".join([*lines[:3], lines[4]])
