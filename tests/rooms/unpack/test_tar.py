"""Tars as others write them read alike; harmed and hostile ones cost only what is harmed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remnant.errors import RefusedError, TooLargeError
from remnant.unpack import streams, tar
from remnant.unpack.archive import Reason, Refused, ZipLimits

_NAMES = st.text(alphabet="abé字 ._-", min_size=1, max_size=150).filter(lambda name: name.strip(". "))
_files = st.dictionaries(_NAMES, st.binary(max_size=1500), max_size=5)
_forms = st.sampled_from([tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])


def packed(files: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def special(kind: bytes, name: str = "x", target: str = "/etc/passwd") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, target
        archive.addfile(member)
    return out.getvalue()


def read(data: bytes, limits: ZipLimits | None = None) -> tuple[dict[str, bytes], list[Refused]]:
    found: dict[str, bytes] = {}
    refused: list[Refused] = []
    for member in tar.members(io.BytesIO(data), limits):
        if isinstance(member, Refused):
            refused.append(member)
        else:
            found[member.name] = b"".join(member.chunks())
    return found, refused


@given(_files, _forms)
def test_what_the_standard_library_packs_comes_out_again(files: dict[str, bytes], form: int) -> None:
    files = {f"in/{number}/{name}"[:200]: data for number, (name, data) in enumerate(files.items())}
    try:
        data = packed(files, form)
    except ValueError:
        return  # ustar has no room for every name
    found, refused = read(data)

    assert list(found.values()) == list(files.values())
    assert list(found) == list(files)
    assert refused == []


@given(_files, st.data())
def test_no_harm_makes_it_raise_and_sound_members_behind_it_are_found(
    files: dict[str, bytes], data: st.DataObject
) -> None:
    packed_files = bytearray(
        packed({f"{number}": body for number, body in enumerate(files.values())}, tarfile.GNU_FORMAT)
    )
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(packed_files) - 1))
        packed_files[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(packed_files)))
    for member in tar.members(io.BytesIO(bytes(packed_files[:cut]))):
        if isinstance(member, tar.Member):
            assert sum(map(len, member.chunks())) == member.size


def test_one_harmed_header_costs_one_member() -> None:
    data = bytearray(packed({"a": b"one" * 300, "b": b"two", "c": b"three"}, tarfile.GNU_FORMAT))
    data[5] ^= 0xFF
    found, refused = read(bytes(data))

    assert found == {"b": b"two", "c": b"three"}
    assert [one.reason for one in refused] == [Reason.DAMAGED]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, Reason.SYMLINK),
        (tarfile.LNKTYPE, Reason.SYMLINK),
        (tarfile.CHRTYPE, Reason.DEVICE),
        (tarfile.BLKTYPE, Reason.DEVICE),
        (tarfile.FIFOTYPE, Reason.DEVICE),
        (tarfile.GNUTYPE_SPARSE, Reason.METHOD),
    ],
)
def test_what_is_no_file_is_refused(kind: bytes, reason: Reason) -> None:
    assert read(special(kind)) == ({}, [Refused("x", reason)])


@pytest.mark.parametrize("name", ["../up.txt", "a/../../up.txt", "/etc/up.txt", "C:/up.txt"])
def test_a_climbing_name_is_refused(name: str) -> None:
    assert [one.reason for one in read(packed({name: b"x"}))[1]] == [Reason.CLIMBS]


def test_limits_are_kept() -> None:
    data = packed({"a": b"x" * 100, "b": b"y" * 100, "c": b"z" * 200})

    assert [one.reason for one in read(data, ZipLimits(members=2))[1]] == [Reason.TOO_MANY]
    assert [one.reason for one in read(data, ZipLimits(member_bytes=150))[1]] == [Reason.TOO_LARGE]
    assert [one.reason for one in read(data, ZipLimits(total_bytes=250))[1]] == [Reason.TOTAL]
    assert [one.reason for one in read(data, ZipLimits(depth=0))[1]] == [Reason.DEPTH]


@given(
    st.lists(st.binary(max_size=3000), min_size=1, max_size=3),
    st.sampled_from([gzip.compress, bz2.compress, lzma.compress]),
)
def test_a_stream_of_one_or_several_members_comes_out_whole(parts: list[bytes], pack: object) -> None:
    assert callable(pack)
    data = b"".join(pack(part) for part in parts)

    assert b"".join(streams.unpacked(io.BytesIO(data), "x", ZipLimits())) == b"".join(parts)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_bomb_is_refused_and_a_cut_stream_named(pack: object) -> None:
    assert callable(pack)
    bomb = pack(b"\0" * (64 * 2**20))
    with pytest.raises(TooLargeError):
        for _ in streams.unpacked(io.BytesIO(bomb), "x", ZipLimits()):
            pass
    cut = pack(bytes(range(256)) * 400)[:-9]
    with pytest.raises(RefusedError, match="damaged"):
        b"".join(streams.unpacked(io.BytesIO(cut), "x", ZipLimits()))
