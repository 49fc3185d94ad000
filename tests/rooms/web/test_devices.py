"""One token, one device, and every leave can be taken back."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta

from remnant.web.devices import LIFETIME, Devices

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Clock:
    """A clock that a test can wind."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def test_a_token_lets_one_device_in_and_no_second() -> None:
    devices = Devices(Clock())
    token = devices.invite()
    secret = devices.let_in(token, "iPhone")

    assert secret is not None
    assert devices.knows(secret)
    assert not devices.knows(token)
    assert not devices.awaits(token)
    assert devices.let_in(token, "Android") is None


def test_a_token_is_good_for_a_quarter_of_an_hour() -> None:
    clock = Clock()
    devices = Devices(clock)
    token = devices.invite()
    clock.now = NOON + LIFETIME + timedelta(seconds=1)

    assert not devices.awaits(token)
    assert devices.waiting() == 0
    assert devices.let_in(token, "iPhone") is None


def test_a_device_shut_out_is_known_no_more() -> None:
    devices = Devices(Clock())
    first = devices.let_in(devices.invite(), "iPhone")
    second = devices.let_in(devices.invite(), "Kobo")
    assert first is not None
    assert second is not None

    assert devices.shut_out(1)
    assert not devices.knows(first)
    assert devices.knows(second)
    assert not devices.shut_out(1)


def test_shutting_all_out_tears_up_the_invitations_too() -> None:
    devices = Devices(Clock())
    secret = devices.let_in(devices.invite(), "iPhone")
    token = devices.invite()
    devices.shut_all()

    assert secret is not None
    assert not devices.knows(secret)
    assert not devices.awaits(token)


def test_neither_token_nor_secret_is_held_in_plain() -> None:
    devices = Devices(Clock())
    token = devices.invite()
    secret = devices.let_in(devices.invite(), "iPhone")
    held = " ".join(repr(getattr(devices, field.name)) for field in fields(devices))

    assert token not in held
    assert secret is not None
    assert secret not in held
