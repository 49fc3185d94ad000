"""The door a phone comes in by, and the list of who came."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Page, expect
from tests.journeys.axe import needs_axe, too_wide, violations
from tests.rooms.web.desks import desk

from remnant.web.app import build
from remnant.web.desk import Desk
from remnant.web.doors import open_doors

Pages = Callable[..., Page]
NARROWEST: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}


@dataclass(frozen=True)
class Doorway:
    """A desk without a library, that says it is open to the network, and where it answers."""

    desk: Desk
    address: str


@pytest.fixture(scope="module")
def doorway() -> Iterator[Doorway]:
    with open_doors("127.0.0.1", 0, phone=False) as doors:
        at = desk(phone=doors.address, hosts=doors.hosts)
        server = uvicorn.Server(uvicorn.Config(build(at), log_config=None, lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": list(doors.sockets)})
        thread.start()
        yield Doorway(at, doors.address)
        server.should_exit = True
        thread.join()


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_door_and_the_list_are_for_everybody(doorway: Doorway, pages: Pages, scheme: str) -> None:
    page = pages(color_scheme=scheme, **NARROWEST)
    page.goto(f"{doorway.address}/enter/{doorway.desk.devices.invite()}")

    assert violations(page) == []
    assert not too_wide(page)

    page.goto(f"{doorway.address}/devices")
    page.get_by_role("button", name="A code for one more device").click()

    expect(page.get_by_role("img", name="The address below, as a code for a camera")).to_be_visible()
    assert violations(page) == []
    assert not too_wide(page)


def test_a_device_comes_in_by_a_press_of_the_button_and_is_shut_out(doorway: Doorway, pages: Pages) -> None:
    phone, here = pages(java_script_enabled=False), pages(java_script_enabled=False)
    phone.goto(f"{doorway.address}/enter/{doorway.desk.devices.invite()}")
    phone.get_by_role("button", name="Come in").click()
    device = doorway.desk.devices.all()[-1]
    here.goto(f"{doorway.address}/devices")
    here.get_by_role("button", name=f"Shut out device {device.number}").click()

    expect(here.get_by_text(f"Device {device.number}")).to_have_count(0)
    assert device not in doorway.desk.devices.all()
