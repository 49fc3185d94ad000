"""Who may ask, from where; and what a browser may do with the answer."""

from __future__ import annotations

import pytest
from tests.rooms.web.desks import HERE, THERE, Browser, desk

PHONE = "192.168.1.77"


@pytest.mark.parametrize("path", ["/devices", "/nowhere", "/work/x", "/static/remnant.css", "/enter/x"])
def test_every_answer_carries_the_policy_faults_included(path: str) -> None:
    answer = Browser(desk()).get(path)
    policy = answer.headers["content-security-policy"]

    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8017", "127.0.0.1:9999", "", "127.0.0.1.evil.example"])
def test_a_name_that_is_not_ours_is_not_answered_to(host: str) -> None:
    answer = Browser(desk()).get("/devices", headers={"Host": host})

    assert answer.status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": HERE, "Sec-Fetch-Site": "same-site"},
        {"Origin": HERE, "Sec-Fetch-Site": "none"},
        {"Origin": ""},
    ],
)
def test_a_form_from_elsewhere_changes_nothing(headers: dict[str, str]) -> None:
    at = desk()
    at.devices.let_in(at.devices.invite(), "Kobo")
    answer = Browser(at).post("/devices", data={"do": "all"}, headers=headers)

    assert answer.status_code == 403
    assert at.devices.all()


def test_a_form_of_ours_is_heard() -> None:
    at = desk()
    at.devices.let_in(at.devices.invite(), "Kobo")
    answer = Browser(at).post("/devices", data={"number": "1"})

    assert answer.status_code == 303
    assert not at.devices.all()


@pytest.mark.parametrize("path", ["/", "/kept", "/findings", "/work/x", "/work/x/read/1", "/devices", "/nowhere"])
def test_a_device_without_leave_sees_no_page(path: str) -> None:
    answer = Browser(desk(), THERE, PHONE).get(path)

    assert answer.status_code == 403
    assert "This device is not let in" in answer.text


def test_a_phone_comes_in_with_its_code_and_is_shut_out_at_once() -> None:
    at = desk()
    phone = Browser(at, THERE, PHONE)
    token = at.devices.invite()

    assert phone.get(f"/enter/{token}").status_code == 200
    assert at.devices.awaits(token)

    entered = phone.post(f"/enter/{token}")
    cookie = entered.headers["set-cookie"].lower()

    assert entered.status_code == 303
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert token.lower() not in cookie
    assert phone.get("/nowhere").status_code == 404
    assert Browser(at, THERE, "192.168.1.78").post(f"/enter/{token}").status_code == 410

    at.devices.shut_out(1)

    assert phone.get("/nowhere").status_code == 403


def test_only_the_machine_itself_lists_and_invites() -> None:
    at = desk()
    phone = Browser(at, THERE, PHONE)
    phone.post(f"/enter/{at.devices.invite()}")

    assert phone.get("/devices").status_code == 403
    assert phone.post("/devices", data={"do": "invite"}).status_code == 403
    assert at.devices.waiting() == 0
    assert Browser(at).get("/devices").status_code == 200
    assert "data:image/svg" in Browser(at).post("/devices", data={"do": "invite"}).text


def test_a_library_not_opened_to_the_network_invites_nobody() -> None:
    at = desk(phone=None)
    answer = Browser(at).post("/devices", data={"do": "invite"})

    assert answer.status_code == 409
    assert at.devices.waiting() == 0


def test_a_form_too_large_is_refused_before_it_is_read_whole() -> None:
    answer = Browser(desk()).post("/look", content=b"theme=" + b"x" * 70_000)

    assert answer.status_code == 413


def test_a_form_with_too_many_fields_is_refused() -> None:
    answer = Browser(desk()).post("/look", content=b"&".join(b"a=b" for _ in range(100)))

    assert answer.status_code == 400


def test_a_fault_says_nothing_of_what_was_asked(caplog: pytest.LogCaptureFixture) -> None:
    answer = Browser(desk()).get("/?q=secretword")

    assert answer.status_code == 500
    assert "What is kept is safe" in answer.text
    assert "secretword" not in answer.text
    assert "secretword" not in caplog.text
    assert "Traceback" not in answer.text


def test_the_look_is_kept_in_a_cookie_and_leads_back() -> None:
    page = Browser(desk())
    answer = page.post("/look", data={"theme": "sepia", "size": "l", "back": "/devices"})

    assert answer.status_code == 303
    assert answer.headers["location"] == "/devices"
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert 'data-theme="sepia" data-size="l"' in page.get("/devices").text


def test_no_page_has_a_script_or_a_style_inside_it() -> None:
    at = desk()
    pages = [Browser(at).get("/devices").text, Browser(at).get(f"/enter/{at.devices.invite()}").text]

    for text in pages:
        assert "<style" not in text
        assert " style=" not in text
        assert " on" + "click" not in text
