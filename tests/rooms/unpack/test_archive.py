"""Archives from strangers: what is refused, for which reason, and that the rest is read."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib

import pytest
from tests.strategies.formats import zipped

from remnant.errors import RefusedError, TooLargeError
from remnant.unpack.archive import Member, Reason, Refused, ZipLimits, members

SMALL = ZipLimits(members=10, member_bytes=4 * 2**20, total_bytes=8 * 2**20)


def listed(data: bytes, limits: ZipLimits = SMALL, depth: int = 0) -> list[Member | Refused]:
    return list(members(io.BytesIO(data), limits, depth))


def reasons(data: bytes, limits: ZipLimits = SMALL) -> list[tuple[str, Reason | None]]:
    return [(member.name, getattr(member, "reason", None)) for member in listed(data, limits)]


def whole(member: Member | Refused) -> bytes:
    assert isinstance(member, Member)
    return b"".join(member.chunks())


def test_members_come_in_the_order_of_the_list_and_whole() -> None:
    files = {"b.txt": b"two", "folder/": b"", "folder/a.txt": b"one" * 1000}

    found = listed(zipped(files))

    assert [(member.name, whole(member)) for member in found] == [("b.txt", b"two"), ("folder/a.txt", b"one" * 1000)]


def test_two_members_may_be_read_by_turns() -> None:
    one, two = (bytes([byte]) * 200_000 for byte in (1, 2))
    first, second = listed(zipped({"1": one, "2": two}, stored=True))
    assert isinstance(first, Member)
    assert isinstance(second, Member)

    pairs = list(zip(first.chunks(), second.chunks(), strict=True))

    assert b"".join(pair[0] for pair in pairs) == one
    assert b"".join(pair[1] for pair in pairs) == two


@pytest.mark.parametrize("name", ["../up.txt", "a/../../up.txt", "/etc/passwd", "C:\\x.txt", "..\\up.txt", "\\x"])
def test_paths_that_leave_the_archive_are_refused(name: str) -> None:
    assert [reason for _, reason in reasons(zipped({name: b"x", "good.txt": b"y"}))] == [Reason.CLIMBS, None]


def test_links_are_refused() -> None:
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    assert reasons(file.getvalue()) == [("link", Reason.SYMLINK)]


def test_the_second_of_a_name_is_refused() -> None:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("same", b"1")
        archive.writestr("same", b"2")
        archive.writestr("./same", b"3")

    assert reasons(file.getvalue()) == [("same", None), ("same", Reason.DUPLICATE), ("./same", Reason.DUPLICATE)]


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    assert reasons(zipped({"bomb": bytes(3 * 2**20)})) == [("bomb", Reason.RATIO)]
    assert reasons(zipped({"large": bytes(5 * 2**20)}, stored=True)) == [("large", Reason.TOO_LARGE)]


def test_a_bomb_that_lies_of_its_size_is_stopped_while_it_unpacks() -> None:
    data = zipped({"bomb": bytes(3 * 2**20)})
    lying = data.replace(struct.pack("<I", 3 * 2**20), struct.pack("<I", 1000))
    (member,) = listed(lying)
    assert isinstance(member, Member)

    with pytest.raises(RefusedError):
        whole(member)
    assert len(member.salvage()[0]) <= 2**16


def test_totals_counts_and_depth_are_limits() -> None:
    many = zipped({str(number): b"x" for number in range(12)})
    much = zipped({str(number): bytes(range(256)) * 2**13 for number in range(5)}, stored=True)

    assert reasons(many)[0] == ("", Reason.TOO_MANY)
    assert [reason for _, reason in reasons(much)] == [None, None, None, None, Reason.TOTAL]
    assert listed(many, SMALL, depth=3) == [Refused("", Reason.DEPTH)]
    assert isinstance(Refused("", Reason.DEPTH).error(), TooLargeError)


def test_encrypted_and_unknown_members_are_refused() -> None:
    data = bytearray(zipped({"locked": b"x"}))
    central = data.rfind(b"PK\1\2")
    data[central + 8] |= 1

    assert reasons(bytes(data)) == [("locked", Reason.ENCRYPTED)]

    data[central + 8], data[central + 10] = 0, 99

    assert reasons(bytes(data)) == [("locked", Reason.METHOD)]


def test_members_that_share_bytes_are_refused() -> None:
    data = zipped({"one": b"x" * 50, "two": b"y" * 50}, stored=True)
    second = data.rfind(b"PK\1\2")
    overlapping = data[: second + 42] + struct.pack("<I", 10) + data[second + 46 :]

    assert reasons(overlapping) == [("one", None), ("two", Reason.OVERLAPS)]


def test_a_member_that_is_not_where_the_list_says_is_a_lie() -> None:
    data = zipped({"one": b"x" * 50}, stored=True).replace(b"PK\3\4", b"PK\3\5", 1)
    (member,) = listed(data)

    with pytest.raises(RefusedError, match="not what the archive says"):
        whole(member)


def test_damage_is_named_and_what_can_be_had_is_salvaged() -> None:
    data = bytearray(zipped({"story": b"once upon a time " * 100}, stored=True))
    data[200] ^= 0xFF
    (member,) = listed(bytes(data))
    assert isinstance(member, Member)

    salvaged, refused = member.salvage()

    assert len(salvaged) == 1700
    assert refused == Refused("story", Reason.DAMAGED)


def test_without_a_list_members_are_found_in_the_file_itself() -> None:
    data = zipped({"one": b"first", "two": b"second" * 500, "three": b"third"})
    cut = data[: data.rfind(b"three", 0, data.find(b"PK\1\2")) + 3]

    found = listed(cut)

    assert found[0] == Refused("", Reason.NO_DIRECTORY)
    assert [(member.name, whole(member)) for member in found[1:3]] == [("one", b"first"), ("two", b"second" * 500)]


def test_sizes_written_behind_a_member_are_measured_when_the_list_is_lost() -> None:
    packed = zlib.compress(b"word " * 1000, wbits=-15)
    header = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 8, 8, 0, 0, 0, 0, 0, 4, 0)
    descriptor = struct.pack("<4s3I", b"PK\7\x08", zlib.crc32(b"word " * 1000), len(packed), 5000)

    found = listed((header + b"name" + packed + descriptor) * 1)

    assert whole(found[1]) == b"word " * 1000


def test_large_offsets_are_read_from_their_wide_fields() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive, archive.open(zipfile.ZipInfo("wide"), "w", force_zip64=True) as member:
        member.write(b"x" * 100)

    assert whole(listed(file.getvalue())[0]) == b"x" * 100


def test_what_stands_before_an_archive_does_not_matter() -> None:
    assert whole(listed(b"#!/bin/sh\n" + zipped({"a": b"x"}))[0]) == b"x"


def test_bogus_headers_are_tried_as_often_as_there_may_be_members() -> None:
    """Each says that its size follows and that it is stored, so none can be found the end of."""
    bogus = b"PK\3\4" + struct.pack("<5H3I2H", 20, 8, 0, 0, 0, 0, 0, 0, 0, 0)
    file = Counted(bogus * 2000)
    found = list(members(file, ZipLimits(members=10)))

    assert found == [Refused("", Reason.NO_DIRECTORY)]
    assert file.reads < 60


class Counted(io.BytesIO):
    """A file that counts how often it is read."""

    reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.reads += 1
        return super().read(size)
