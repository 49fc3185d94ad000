"""Loopback unless asked for more; and asked for more means with --phone."""

from __future__ import annotations

import pytest

from remnant.errors import BusyError, UsageError
from remnant.web import serving
from remnant.web.doors import open_doors
from remnant.web.phone import terminal_code


def test_without_phone_only_loopback_is_listened_at() -> None:
    with open_doors("127.0.0.1", 0, phone=False) as doors:
        names = [door.getsockname()[0] for door in doors.sockets]
        port = doors.sockets[0].getsockname()[1]

    assert names == ["127.0.0.1"]
    assert doors.phone is None
    assert doors.hosts == {f"127.0.0.1:{port}", f"localhost:{port}"}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org", ""])
def test_a_door_to_others_needs_phone(host: str) -> None:
    with pytest.raises(UsageError, match="--phone"), open_doors(host, 0, phone=False):
        pass


def test_a_taken_port_is_said_plainly() -> None:
    with open_doors("127.0.0.1", 0, phone=False) as doors:
        port = doors.sockets[0].getsockname()[1]
        with pytest.raises(BusyError, match="--port 0"), open_doors("127.0.0.1", port, phone=False):
            pass


def test_with_nobody_to_ask_the_phone_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    code = serving.main(["--phone", "--library", "nowhere"])

    assert code == 2
    assert "--yes" in capsys.readouterr().err


def test_the_code_in_the_terminal_is_a_square_of_half_blocks() -> None:
    rows = terminal_code("http://192.168.1.5:8017/enter/abc").splitlines()

    assert len({len(row) for row in rows}) == 1
    assert len(rows) == -(-len(rows[0]) // 2)
    assert set("".join(rows)) <= set("█▀▄ ")
