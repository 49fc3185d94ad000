"""Zip archives at the door: the container first, packages left closed, bombs and climbing paths refused."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.strategies.libraries import zipped

from remnant.intake.archives import contents
from remnant.intake.doors import AT_THE_DOOR, from_paths
from remnant.intake.parcels import Coming, Parcel, Passed, Refusal
from remnant.unpack.archive import ZipLimits


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def came(path: Path, limits: ZipLimits = AT_THE_DOOR) -> list[tuple[str, tuple[str, ...], bytes | None]]:
    """Each parcel with its bytes, read before the next is asked for; what was refused has none."""
    return [(one.name, one.inside, _bytes(one)) for one in from_paths([path], limits)]


def _bytes(coming: Coming) -> bytes | None:
    if not isinstance(coming, Parcel):
        return None
    with coming.open() as file:
        return file.read()


def test_the_container_comes_first_and_its_members_after_it(tmp_path: Path) -> None:
    path = zipped(tmp_path / "fic.zip", {"b.txt": b"second", "sub/a.txt": b"first"})

    assert came(path) == [
        ("fic.zip", (), path.read_bytes()),
        ("b.txt", ("fic.zip",), b"second"),
        ("sub/a.txt", ("fic.zip",), b"first"),
    ]


def test_an_archive_is_told_by_its_content_not_its_name(tmp_path: Path) -> None:
    zipped(tmp_path / "fic", {"a.txt": b"x"})
    (tmp_path / "not.zip").write_bytes(b"plain words")

    assert [name for name, *_ in came(tmp_path / "fic")] == ["fic", "a.txt"]
    assert [name for name, *_ in came(tmp_path / "not.zip")] == ["not.zip"]


def test_archives_in_archives_are_opened_to_a_stated_depth(tmp_path: Path) -> None:
    data = packed({"deep.txt": b"bottom"})
    for level in range(5):
        data = packed({f"level{level}.zip": data})
    (tmp_path / "outer.zip").write_bytes(data)
    coming = came(tmp_path / "outer.zip")

    assert [name for name, _, data in coming if data is not None][:4] == [
        "outer.zip",
        "level4.zip",
        "level3.zip",
        "level2.zip",
    ]
    assert not any(name == "deep.txt" for name, *_ in coming)
    assert any(data is None for *_, data in coming)
    assert coming[2][1] == ("outer.zip", "level4.zip")


def test_a_package_is_kept_closed_even_under_another_name(tmp_path: Path) -> None:
    book = {"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<x/>", "a.xhtml": b"<p>"}
    zipped(tmp_path / "book.zip", book)
    zipped(tmp_path / "letter", {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    zipped(tmp_path / "broken.epub", {"a.xhtml": b"<p>"})

    for name in ("book.zip", "letter", "broken.epub"):
        assert [came_name for came_name, *_ in came(tmp_path / name)] == [name]


def test_of_an_archive_cut_short_comes_what_is_whole_and_the_loss_is_told(tmp_path: Path) -> None:
    whole = packed({"a.txt": b"x" * 500, "b.txt": b"y" * 500})
    (tmp_path / "cut.zip").write_bytes(whole[:900])
    coming = list(from_paths([tmp_path / "cut.zip"]))
    readable = []
    for one in came_parcels(tmp_path / "cut.zip"):
        with suppress(OSError), one.open() as file:
            readable.append((one.name, file.read()))

    assert readable == [("cut.zip", whole[:900]), ("a.txt", b"x" * 500)]
    assert any(isinstance(one, Refusal) and "kept as it is" in one.why for one in coming)


def came_parcels(path: Path) -> Iterator[Parcel]:
    return (one for one in from_paths([path]) if isinstance(one, Parcel))


def test_climbing_paths_and_links_stay_in_the_archive(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../../climbs.txt", b"x")
        archive.writestr("/absolute.txt", b"x")
        archive.writestr(link, b"/etc/passwd")
        archive.writestr("good.txt", b"story")
    coming = came(tmp_path / "evil.zip")

    assert [(name, data) for name, _, data in coming[1:] if data is not None] == [("good.txt", b"story")]
    assert sum(data is None for *_, data in coming) == 3


def test_a_member_that_expands_too_much_is_refused_and_the_rest_comes(tmp_path: Path) -> None:
    bomb = packed({"bomb.txt": b"0" * 30_000_000, "good.txt": b"story"}, zipfile.ZIP_DEFLATED)
    (tmp_path / "bomb.zip").write_bytes(bomb)
    coming = list(from_paths([tmp_path / "bomb.zip"]))

    assert [one.name for one in coming if isinstance(one, Parcel)] == ["bomb.zip", "good.txt"]
    assert [one.name for one in coming if isinstance(one, Refusal)] == ["bomb.txt"]


def test_one_archive_unpacks_to_so_much_and_no_more_however_nested(tmp_path: Path) -> None:
    inner = packed({f"{n}.txt": b"x" * 400 for n in range(3)})
    (tmp_path / "outer.zip").write_bytes(packed({"one.zip": inner, "two.zip": inner}))
    coming = list(from_paths([tmp_path / "outer.zip"], ZipLimits(total_bytes=3000)))
    unpacked = sum(one.size for one in coming if isinstance(one, Parcel) and one.inside)

    assert unpacked <= 3000
    assert any(isinstance(one, Refusal) for one in coming)


def test_litter_in_an_archive_is_passed_over(tmp_path: Path) -> None:
    path = zipped(tmp_path / "mac.zip", {"__MACOSX/._a.txt": b"x", "a/.DS_Store": b"x", "a.txt": b"story"})
    coming = list(from_paths([path]))

    assert [type(one) for one in coming] == [Parcel, Passed, Passed, Parcel]


def test_a_container_that_vanished_is_refused_not_raised(tmp_path: Path) -> None:
    path = zipped(tmp_path / "fic.zip", {"a.txt": b"x"})
    container = next(iter(from_paths([path])))
    path.unlink()

    assert isinstance(container, Parcel)
    assert [type(one) for one in contents(container, AT_THE_DOOR)] == [Refusal]


def tarred(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def test_tars_and_streams_are_opened_and_a_packed_tar_is_one_container(tmp_path: Path) -> None:
    inner = tarred({"list/2003-01.mbox": b"mail", "list/more.zip": packed({"deep.txt": b"bottom"})})
    (tmp_path / "a.tar").write_bytes(inner)
    (tmp_path / "b.tar.gz").write_bytes(gzip.compress(inner))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"a story"))

    members = ["list/2003-01.mbox", "list/more.zip", "deep.txt"]
    assert [name for name, *_ in came(tmp_path / "a.tar")] == ["a.tar", *members]
    coming = came(tmp_path / "b.tar.gz")
    assert [name for name, *_ in coming] == ["b.tar.gz", *members]
    assert coming[3] == ("deep.txt", ("b.tar.gz", "list/more.zip"), b"bottom")
    assert came(tmp_path / "c.txt.gz")[1] == ("c.txt", ("c.txt.gz",), b"a story")


def test_a_stream_that_cannot_be_unpacked_is_kept_and_named(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"\0" * (64 * 2**20)))
    data = b"x"
    for _ in range(6):
        data = gzip.compress(data)
    (tmp_path / "deep.gz").write_bytes(data)

    bomb = list(from_paths([tmp_path / "bomb.gz"]))
    assert [type(one) for one in bomb] == [Parcel, Refusal]
    assert isinstance(list(from_paths([tmp_path / "deep.gz"]))[-1], Refusal)


def test_a_web_archive_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "site.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\n"))

    assert [name for name, *_ in came(tmp_path / "site.warc.gz")] == ["site.warc.gz"]
