"""A folder that claims to be an OCFL object is judged by the specification, whoever wrote it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.keep import library, put
from tests.strategies.vaults import pack_files, pushed, stories, with_vault

from remnant.keep.ocfl_inventory import read
from remnant.keep.ocfl_object import is_valid, judge
from remnant.keep.shelf import Shelf

Record = dict[str, Any]

FIRST, SECOND = b"Rain over the ferry.\n", b"Rain over the tram.\n"
ONE, TWO = (hashlib.sha512(data).hexdigest() for data in (FIRST, SECOND))


def _inventory(head: str = "v2", version: str = "1.1") -> Record:
    user = {"name": "Ann", "address": "mailto:ann@example.org"}
    made = {"created": "2026-03-01T12:00:00Z", "message": "Kept.", "user": user}
    manifest = {ONE: ["v1/content/ferry.txt"], TWO: ["v2/content/tram.txt"]}
    versions = {"v1": {**made, "state": {ONE: ["ferry.txt"]}}}
    if head == "v2":
        versions["v2"] = {**made, "state": {ONE: ["ferry.txt"], TWO: ["tram.txt"]}}
    else:
        del manifest[TWO]
    return {
        "id": "urn:example:rain", "type": f"https://ocfl.io/{version}/spec/#inventory", "digestAlgorithm": "sha512",
        "head": head, "manifest": manifest, "versions": versions,
    }  # fmt: skip


def _write(folder: Path, record: Record) -> None:
    data = json.dumps(record, indent=1).encode()
    (folder / "inventory.json").write_bytes(data)
    (folder / "inventory.json.sha512").write_text(f"{hashlib.sha512(data).hexdigest()} inventory.json\n")


def _object(home: Path, version: str = "1.1") -> Path:
    """One of two versions, without a fault."""
    for name, data in (("v1/content/ferry.txt", FIRST), ("v2/content/tram.txt", SECOND)):
        (home / name).parent.mkdir(parents=True)
        (home / name).write_bytes(data)
    (home / f"0=ocfl_object_{version}").write_text(f"ocfl_object_{version}\n")
    _write(home, _inventory(version=version))
    _write(home / "v2", _inventory(version=version))
    _write(home / "v1", _inventory("v1", version))
    return home


def _codes(home: Path) -> set[str]:
    return {fault.code for fault in judge(home)}


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_of_a_perfect_object_nothing_is_said(version: str, tmp_path: Path) -> None:
    home = _object(tmp_path / "object", version)

    assert judge(home) == ()


def test_of_what_we_write_nothing_is_said(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put(folder, *(b"story %d" % number for number in range(8)))

    assert [judge(home) for _, home in Shelf(folder).objects()] == [()] * 8


def test_of_our_packs_nothing_is_said(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, stories(3, 500))
    pushed(folder, vault)

    assert [judge(pack.parents[2]) for pack in pack_files(vault)] == [()]


Spoil = Callable[[Path], object]


def _both(change: Callable[[Record], object]) -> Spoil:
    """Change the object's inventory and its newest version's alike."""

    def spoil(home: Path) -> None:
        record = _inventory()
        change(record)
        _write(home, record)
        _write(home / "v2", record)

    return spoil


def _version(change: Callable[[Record], object]) -> Spoil:
    return _both(lambda record: change(record["versions"]["v2"]))


def _says(**members: object) -> Spoil:
    return _both(lambda record: record.update(members))


def _version_says(**members: object) -> Spoil:
    return _version(lambda version: version.update(members))


def _earlier_says(**members: object) -> Spoil:
    return lambda home: _write(home / "v1", {**_inventory("v1"), **members})


def _state(digest: str, *paths: str) -> Spoil:
    return _version(lambda version: version["state"].update({digest: [*paths]}))


def _manifest(digest: str, *paths: str) -> Spoil:
    return _both(lambda record: record["manifest"].update({digest: [*paths]}))


def _twice(name: str) -> Spoil:
    """The second version once more, under this name."""
    return _both(lambda record: record["versions"].update({name: record["versions"]["v2"]}))


def _another_sidecar(home: Path) -> None:
    (home / "v1/inventory.json.sha512").write_text(f"{TWO} inventory.json\n")


def _file_among_extensions(home: Path) -> None:
    (home / "extensions").mkdir()
    (home / "extensions/a").touch()


def _no_first_inventory(home: Path) -> None:
    for path in (home / "v1").glob("inventory*"):
        path.unlink()


def _called_rain(home: Path) -> None:
    for at, head in (("", "v2"), ("v2", "v2"), ("v1", "v1")):
        _write(home / at, {**_inventory(head), "id": "rain"})


NOT_ITS_MD5 = {"md5": {"0" * 32: ["v1/content/ferry.txt"]}}

FAULTS: dict[str, tuple[str, Spoil]] = {
    "a stray file": ("E001", lambda home: (home / "notes.txt").write_text("?")),
    "a stray folder": ("E001", lambda home: (home / "more").mkdir()),
    "a file called as a version": ("E001", lambda home: (home / "v3").write_text("?")),
    "no declaration": ("E003", lambda home: (home / "0=ocfl_object_1.1").unlink()),
    "another declaration": ("E007", lambda home: (home / "0=ocfl_object_1.1").write_text("ocfl_object_1.1")),
    "no version": ("E008", _says(versions={})),
    "a version that is not there": ("E010", _twice("v3")),
    "names padded and not": ("E011", _twice("v03")),
    "a file beside the content": ("E015", lambda home: (home / "v1/ferry.txt").write_bytes(FIRST)),
    "a content folder deeper down": ("E017", _says(contentDirectory="content/text")),
    "a content folder that is a dot": ("E018", _says(contentDirectory="..")),
    "another content folder before": ("E019", _earlier_says(contentDirectory="c")),
    "content that nobody listed": ("E023", lambda home: (home / "v2/content/lamp.txt").write_bytes(b"Lamp.")),
    "an empty folder of content": ("E024", lambda home: (home / "v2/content/empty").mkdir()),
    "digests of a kind that may not be": ("E025", _says(digestAlgorithm="md5")),
    "no JSON": ("E033", lambda home: (home / "inventory.json").write_text("{")),
    "no id": ("E036", _both(lambda record: record.pop("id"))),
    "another id before": ("E037", _earlier_says(id="urn:example:snow")),
    "another specification": ("E038", _says(type="urn:example")),
    "an old head": ("E040", _says(head="v1")),
    "another version's inventory": ("E040", _earlier_says(head="v2")),
    "no manifest": ("E041", _both(lambda record: record.pop("manifest"))),
    "a version nobody listed": ("E046", lambda home: (home / "v3/content").mkdir(parents=True)),
    "a version that is a word": ("E047", _both(lambda record: record["versions"].update(v2="tram"))),
    "no state": ("E048", _version(lambda version: version.pop("state"))),
    "a time without its zone": ("E049", _version_says(created="2026-03-01T12:00:00")),
    "a day that never was": ("E049", _version_says(created="2026-02-30T12:00:00Z")),
    "a digest nobody listed": ("E050", _state("f" * 128, "lamp.txt")),
    "a digest in other letters": ("E050", _version_says(state={TWO.upper(): ["tram.txt"]})),
    "a path with a dot": ("E052", _state(TWO, "../tram.txt")),
    "a path from the root": ("E053", _state(TWO, "/tram.txt")),
    "a user without a name": ("E054", _version_says(user={"address": "urn:ann"})),
    "no digest of the inventory": ("E058", lambda home: (home / "inventory.json.sha512").unlink()),
    "no digest of the newest inventory": ("E058", lambda home: (home / "v2/inventory.json.sha512").unlink()),
    "another digest of the inventory": ("E060", _another_sidecar),
    "a digest that is no line": ("E061", lambda home: (home / "inventory.json.sha512").write_text(ONE)),
    "no inventory": ("E063", lambda home: (home / "inventory.json").unlink()),
    "two newest inventories": ("E064", lambda home: _write(home, {**_inventory(), "id": "urn:example:snow"})),
    "an earlier version told otherwise": ("E066", lambda home: _write(home, _told_otherwise())),
    "a file among the extensions": ("E067", _file_among_extensions),
    "a link": ("E090", lambda home: os.symlink("ferry.txt", home / "v1/content/again.txt")),
    "two names of one file": ("E090", lambda home: os.link(home / "v1/content/ferry.txt", home / "v1/content/b.txt")),
    "content that is gone": ("E092", lambda home: (home / "v1/content/ferry.txt").unlink()),
    "content that is changed": ("E092", lambda home: (home / "v1/content/ferry.txt").write_bytes(SECOND)),
    "fixity that does not fit": ("E093", _says(fixity=NOT_ITS_MD5)),
    "a message that is a list": ("E094", _version_says(message=["Kept."])),
    "a path for two": ("E095", _state(TWO, "ferry.txt")),
    "a path that is a folder": ("E095", _state(TWO, "ferry.txt/tram.txt")),
    "a digest twice": ("E096", _manifest(ONE.upper(), "v1/content/ferry.txt")),
    "a digest of fixity twice": ("E097", _says(fixity={"md5": {"a" * 32: [], "A" * 32: []}})),
    "content outside": ("E099", _manifest(ONE, "v1/content/../../ferry.txt")),
    "content from the root": ("E100", _manifest(ONE, "/v1/content/ferry.txt")),
    "content listed twice": ("E101", _manifest(ONE, *["v1/content/ferry.txt"] * 2)),
    "an older specification later": ("E103", _earlier_says(type="https://ocfl.io/2.0")),
    "content that no version has": ("E107", _version_says(state={ONE: ["ferry.txt"]})),
    "fixity that is a list": ("E111", _says(fixity=[])),
}  # fmt: skip


def _told_otherwise() -> Record:
    record = _inventory()
    record["versions"]["v1"]["state"] = {ONE: ["boat.txt"]}
    return record


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_by_its_code(name: str, tmp_path: Path) -> None:
    code, spoil = FAULTS[name]
    home = _object(tmp_path / "object")
    spoil(home)

    assert code in _codes(home)
    assert not is_valid(home)


ODDITIES: dict[str, tuple[str, Spoil]] = {
    "a folder beside the content": ("W002", lambda home: (home / "v1/drafts").mkdir()),
    "an id that is no URI": ("W005", _called_rain),
    "no message": ("W007", _version(lambda version: version.pop("message"))),
    "a user without an address": ("W008", _version_says(user={"name": "Ann"})),
    "an address that is a place": ("W009", _version_says(user={"name": "Ann", "address": "Cardiff"})),
    "a version without its inventory": ("W010", _no_first_inventory),
    "a version told in other words": ("W011", _both(lambda record: record["versions"]["v1"].update(message="Held."))),
    "an extension of one's own": ("W013", lambda home: (home / "extensions/ours").mkdir(parents=True)),
}  # fmt: skip


@pytest.mark.parametrize("name", ODDITIES)
def test_an_oddity_is_a_remark_and_no_fault(name: str, tmp_path: Path) -> None:
    code, spoil = ODDITIES[name]
    home = _object(tmp_path / "object")
    spoil(home)

    assert _codes(home) == {code}
    assert is_valid(home)


def test_logs_are_nobodys_business(tmp_path: Path) -> None:
    home = _object(tmp_path / "object")
    (home / "logs").mkdir()
    (home / "logs/today.log").write_text("All is well.")

    assert judge(home) == ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["v1", "v2", ONE, "sha512"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*_inventory(), "v1", ONE]), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*_inventory(), "fixity", "contentDirectory"]), json_values))
def test_no_inventory_makes_the_judge_raise(record: Record) -> None:
    assert read(json.dumps(record).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"id": ' + b"9" * 9000 + b"}"])
def test_whatever_stands_there_instead_is_a_fault(data: bytes, tmp_path: Path) -> None:
    home = _object(tmp_path / "object")
    (home / "inventory.json").write_bytes(data)

    assert "E033" in _codes(home)
