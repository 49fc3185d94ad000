"""Packs: any unzip reads them, damage to one member harms no other, and nothing is believed without proof."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import libraries
from tests.strategies.keep import put
from tests.strategies.vaults import pack_files, pushed, stories, with_vault

from remnant.keep.vaults import form, parity, zipped
from remnant.keep.vaults.opening import Members, Opened
from remnant.model import Digest


def members_of(path: Path, *, whole: bool = True) -> dict[str, bytes]:
    with Members(Opened(path, whole, None)) as members:
        return {short: b"".join(members.pieces(held)) for short, held in members.originals.items()}


def short(data: bytes) -> str:
    return form.short_of(Digest.of(data))


def packed(path: Path, contents: list[bytes]) -> Path:
    with zipped.Writer(path) as pack:
        for data in contents:
            pack.add(f"originals/{short(data)}.txt", iter([data]), len(data))
    return path


def test_a_pack_is_what_unzip_and_sha512sum_know(tmp_path: Path) -> None:
    contents = stories()
    folder, vault = with_vault(tmp_path, contents)
    pushed(folder, vault)
    (pack,) = pack_files(vault)
    out = tmp_path / "out"
    subprocess.run(["unzip", "-q", str(pack), "-d", str(out)], check=True)
    sums = next((out / "manifests").iterdir())
    subprocess.run(["sha512sum", "--quiet", "-c", str(sums)], cwd=out, check=True)
    subprocess.run(["sha512sum", "--quiet", "-c", form.MANIFEST], cwd=pack.parent, check=True)

    assert {path.read_bytes() for path in (out / "originals").iterdir()} == set(contents)
    assert {json.loads(path.read_bytes())["name"] for path in (out / "arrivals").iterdir()} == {"story.txt"}
    assert (out / "records/00000001/catalogue.tsv").read_bytes() == b"work\tlabel\n"
    ledger = next(folder.ledger.iterdir())
    assert ledger.read_bytes().startswith((out / f"records/00000001/ledger/{ledger.name}").read_bytes())


def test_what_is_written_is_read_back_by_both_readers(tmp_path: Path) -> None:
    contents = [b"", b"one", b"PK\x03\x04 no header", b"x" * 100_000]
    path = packed(tmp_path / "pack.zip", contents)

    assert set(members_of(path).values()) == set(contents)
    with zipfile.ZipFile(path) as pack:
        assert pack.testzip() is None
        assert {pack.read(name) for name in pack.namelist()} == set(contents)


def test_a_zip_within_a_zip_is_one_story(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", [b"inside"]).read_bytes()
    path = packed(tmp_path / "pack.zip", [b"before", inner, b"after"])

    assert set(members_of(path).values()) == {b"before", inner, b"after"}


@given(st.data(), st.lists(st.binary(max_size=2000), min_size=1, max_size=8, unique=True))
def test_out_of_a_spoilt_pack_come_right_bytes_or_none(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, contents: list[bytes]
) -> None:
    with libraries.a_folder(tmp_path_factory.getbasetemp()) as place:
        path = packed(place / "pack.zip", contents)
        spoilt = bytearray(path.read_bytes())
        start = data.draw(st.integers(0, len(spoilt) - 1))
        harm = data.draw(st.binary(min_size=1, max_size=300))
        spoilt[start : start + len(harm)] = harm
        path.write_bytes(bytes(spoilt[: data.draw(st.integers(0, len(spoilt)))]))
        found = members_of(path, whole=False)

        assert all(short(one) == name for name, one in found.items())
        assert set(found.values()) <= set(contents)


def test_harm_to_one_story_harms_no_other(tmp_path: Path) -> None:
    contents = stories(20)
    path = packed(tmp_path / "pack.zip", contents)
    at = path.read_bytes().index(contents[7])
    spoilt = bytearray(path.read_bytes())
    spoilt[at - 40 : at + 10] = bytes(50)
    path.write_bytes(spoilt[:-300])

    assert set(members_of(path, whole=False).values()) == set(contents) - {contents[7]}


def test_bytes_under_the_name_of_others_are_not_taken_for_them(tmp_path: Path) -> None:
    with zipped.Writer(tmp_path / "pack.zip") as pack:
        pack.add(f"originals/{short(b'a story')}.txt", iter([b"another"]), 7)

    assert members_of(tmp_path / "pack.zip") == {}


def test_records_out_of_a_spoilt_pack_are_not_believed(tmp_path: Path) -> None:
    with zipped.Writer(tmp_path / "pack.zip") as pack:
        pack.add("records/00000009/ledger/aaaaaaaaaaaaaaaa.jsonl", iter([b"forged\n"]), 7)
    with Members(Opened(tmp_path / "pack.zip", False, None)) as members:
        assert members.records == {}
    with Members(Opened(tmp_path / "pack.zip", True, None)) as members:
        assert list(members.records) == ["ledger/aaaaaaaaaaaaaaaa.jsonl"]


@pytest.mark.parametrize("size", [1, 500, 30_000, 1_000_000])
def test_spare_parts_mend_a_twentieth_wherever_it_is(size: int, tmp_path: Path) -> None:
    data = stories(1, size)[0]
    (tmp_path / "pack.zip").write_bytes(data)
    parts = parity.make(tmp_path / "pack.zip")

    assert parity.prove(tmp_path / "pack.zip", parts, tmp_path / "trial")
    assert sum(part.stat().st_size for part in parts) <= max(60_000, size // 4)


def test_beyond_what_spare_parts_mend_nothing_is_made_up(tmp_path: Path) -> None:
    data = stories(1, 200_000)[0]
    (tmp_path / "pack.zip").write_bytes(data)
    parity.make(tmp_path / "pack.zip")
    (tmp_path / "pack.zip").write_bytes(bytes(60_000) + data[60_000:])

    assert parity.repair(tmp_path, "pack.zip", lambda sha512: sha512 == Digest.of(data).hex) is None


def test_the_same_originals_make_the_same_pack(tmp_path: Path) -> None:
    one, other = (packed(tmp_path / f"{name}.zip", stories()) for name in "ab")

    assert one.read_bytes() == other.read_bytes()


def test_without_par2_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parity, "find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Exception, match="apt install par2"):
        parity.program()


def test_a_pack_takes_no_more_than_it_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form, "FULL_ORIGINALS", 5)
    monkeypatch.setattr(form, "FULL_BYTES", 9000)
    folder, vault = with_vault(tmp_path, [*stories(12, 1000), b"x" * 20_000])
    done = pushed(folder, vault)

    assert sorted(len(pack.originals) for pack in done.packs) == [1, 2, 5, 5]


def test_a_library_of_nothing_pushes_its_records_once(tmp_path: Path) -> None:
    folder, vault = with_vault(tmp_path, [])
    put(folder)

    first, second = pushed(folder, vault), pushed(folder, vault)

    assert [len(pack.originals) for pack in first.packs] in ([], [0])
    assert second.packs == []
