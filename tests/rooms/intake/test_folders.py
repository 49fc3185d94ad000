"""Files and folders at the door: a settled order, links and special files, litter, and nothing changed outside."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.libraries import a_folder

from remnant.intake.doors import from_paths
from remnant.intake.parcels import Coming, Parcel, Passed, Refusal


def came(*paths: Path, own: Path | None = None) -> list[Coming]:
    return list(from_paths(paths, own=own))


def names(coming: list[Coming]) -> list[str]:
    return [one.name for one in coming if isinstance(one, Parcel)]


def bytes_of(coming: Coming) -> bytes:
    assert isinstance(coming, Parcel)
    with coming.open() as file:
        return file.read()


_plain = st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="/."), min_size=1, max_size=8)
_names = _plain | st.binary(min_size=1, max_size=8).filter(lambda b: not set(b) & set(b"/\0.")).map(os.fsdecode)


@given(st.dictionaries(st.lists(_names, min_size=1, max_size=3).map(tuple), st.binary(max_size=20), max_size=8))
def test_every_file_comes_once_with_its_own_bytes_in_the_order_of_bytes(
    tmp_path_factory: pytest.TempPathFactory, tree: dict[tuple[str, ...], bytes]
) -> None:
    with a_folder(tmp_path_factory.getbasetemp()) as place:
        written: dict[str, bytes] = {}
        for path, data in tree.items():
            target = place.joinpath("in", *path)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            except OSError:  # a file stands where a folder should
                continue
            written["/".join(("in", *path))] = data
        (place / "in").mkdir(exist_ok=True)
        found = {one.name: bytes_of(one) for one in came(place / "in") if isinstance(one, Parcel)}

        assert found == written
        assert names(came(place / "in")) == sorted(written, key=lambda name: list(map(os.fsencode, name.split("/"))))


def test_a_name_no_encoding_explains_keeps_its_bytes(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"x")

    assert [os.fsencode(name) for name in names(came(tmp_path))] == [os.fsencode(tmp_path.name) + b"/caf\xe9.txt"]


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder 1,050 levels deep, which Python's own ways of deleting cannot take away again."""
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1050):
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    yield tmp_path
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_a_folder_deeper_than_the_stack_is_walked(deep: Path) -> None:
    (deep / "top.txt").write_bytes(b"x")

    assert names(came(deep)) == [f"{deep.name}/top.txt"]


def test_a_link_that_leads_outside_is_refused_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"not yours")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "nowhere").symlink_to("gone")
    coming = came(inside)

    assert names(coming) == []
    assert [type(one) for one in coming] == [Refusal, Refusal]


def test_links_that_go_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_bytes(b"x")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    coming = came(tmp_path)

    assert names(coming) == [f"{tmp_path.name}/story.txt"]
    assert [type(one) for one in coming] == [Passed, Refusal, Parcel]


def test_a_link_named_at_the_door_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"x")
    (tmp_path / "link").symlink_to("real.txt")

    assert names(came(tmp_path / "link")) == ["real.txt"]


def test_special_files_are_refused_with_what_they_are(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "socket"))
        coming = came(tmp_path)

    assert [one.why.split(";")[0] for one in coming if isinstance(one, Refusal)] == [
        "Not a file but a pipe",
        "Not a file but a socket",
    ]


def test_a_pipe_put_in_a_files_place_hangs_nobody(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_bytes(b"x")
    [parcel] = came(tmp_path / "story.txt")
    (tmp_path / "story.txt").unlink()
    os.mkfifo(tmp_path / "story.txt")

    with pytest.raises(OSError, match="no longer a file"):
        bytes_of(parcel)


def test_what_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked.txt").write_bytes(b"x")
    # Root may read everything, so the system's answer is put in its mouth.
    monkeypatch.setattr(os, "access", lambda *_: False)
    [refused] = came(tmp_path)

    assert isinstance(refused, Refusal)
    assert "permission" in refused.why


def test_litter_is_passed_over_by_its_known_names_only(tmp_path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "._story.txt", ".hack sign.txt", "story.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(b"x")
    coming = came(tmp_path)

    assert names(coming) == [f"{tmp_path.name}/.hack sign.txt", f"{tmp_path.name}/story.txt"]
    assert sum(isinstance(one, Passed) for one in coming) == 4


def test_a_library_never_goes_into_itself_or_another(tmp_path: Path) -> None:
    own, other = tmp_path / "in" / "own", tmp_path / "in" / "other"
    for library in (own, other):
        library.mkdir(parents=True)
        (library / "0=remnant_library_1").write_bytes(b"remnant_library_1\n")
        (library / "kept.txt").write_bytes(b"x")
    inside, itself = came(tmp_path / "in", own=own), came(own / "kept.txt", own=own)

    assert [type(one) for one in inside] == [Refusal, Passed]
    assert [type(one) for one in itself] == [Refusal]


def test_what_is_not_there_is_refused_and_the_rest_comes(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_bytes(b"x")
    coming = came(tmp_path / "gone", tmp_path / "story.txt")

    assert [type(one) for one in coming] == [Refusal, Parcel]


def test_nothing_outside_is_changed_by_looking(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_bytes(b"x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_bytes(b"y")
    before = _state(tmp_path)
    for one in came(tmp_path):
        bytes_of(one)

    assert _state(tmp_path) == before


def test_nothing_more_comes_once_someone_said_stop(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_bytes(b"x")
    asked = iter([False, False, True])

    assert len(list(from_paths([tmp_path], stop=lambda: next(asked)))) == 2


def _state(folder: Path) -> dict[str, tuple[int, int, int, int]]:
    found = ((path, path.lstat()) for path in sorted(folder.rglob("*")))
    return {str(p): (s.st_size, s.st_mtime_ns, s.st_ctime_ns, stat.S_IMODE(s.st_mode)) for p, s in found}
