"""Reading apps: a password each, bound to one reader, good for reading alone, shut out at once."""

from __future__ import annotations

import base64
import html
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.rooms.web.desks import HERE, NOON, THERE, Browser, desk

from remnant.keep.readers import file_name
from remnant.library import apps
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.opening import Library, open_library
from remnant.library.readers import file_of, take_in
from remnant.library.watching import utc_now
from remnant.library.wishing import wish
from remnant.model import ProfileKind, Reader, WorkWish
from remnant.web.desk import Desk
from remnant.web.sessions import FREE_TRIES, LONGEST_KNOCK, Gate

ANN, KIT = Reader("Ann"), Reader("kit", kind=ProfileKind.CHILD)
STORY = "Title: The {}\nRating: {}\n\nThe lamp was lit by the {}, and everybody came home.\n"
AFAR = "192.168.1.77"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that is copied for each test: reading files anew for each would take its time."""
    place = tmp_path_factory.mktemp("apps")
    for name, rating in (("Lamp", "G"), ("Dark", "NC-17")):
        (place / f"{name}.txt").write_text(STORY.format(name, rating, name.lower()), "utf-8")
    with open_library(place / "library", utc_now(), create=True) as made:
        add(made, sorted(place.glob("*.txt")))
    return place / "library"


@pytest.fixture
def household(library: Library) -> Library:
    take_in(library, ANN, "kit", ProfileKind.CHILD)
    take_in(library, ANN, "ann", ProfileKind.ADULT, "2468")
    return library


def _basic(password: str, name: str = "any") -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"}


def _bearer(password: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {password}"}


def _work(library: Library, title: str) -> str:
    return next(hit.work for hit in search(library, ANN).hits if hit.label == f"The {title}")


def _afar(at: Desk) -> Browser:
    return Browser(at, THERE, AFAR)


def _made(page: str) -> str:
    found = re.search(r"<dd class=\"address\">((?:\w{4}-){4}\w{4})</dd>", page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("way", [_basic, _bearer])
def test_a_password_made_at_the_machine_opens_downloads_from_afar(library: Library, way: object) -> None:
    assert callable(way)
    at = desk(library=library)
    page = Browser(at).post("/devices", data={"do": "app", "called": "KOReader", "reader": "Ann"}).text
    password, address = _made(page), f"/work/{_work(library, 'Dark')}/download/txt"
    answers = [_afar(at).get(address, headers=way(said)) for said in (password, password.upper(), password + "x")]

    assert f"{THERE}/opds" in html.unescape(page)
    assert [answer.status_code for answer in answers] == [200, 200, 401]
    assert "came home" in answers[0].text
    assert _afar(at).get(address).status_code == 401
    assert answers[2].headers["www-authenticate"] == 'Basic realm="Remnant", charset="UTF-8"'
    assert answers[2].json()["status"] == 401


def test_an_app_reads_as_its_reader_whoever_else_is_said(household: Library) -> None:
    """Neither the name it gives nor a session in the same browser makes it somebody else."""
    at = desk(library=household)
    _, kits = apps.let_in(household, ANN, "kit", "the child's app")
    browser = Browser(at)
    browser.post("/who", data={"name": "ann", "pin": "2468"})
    dark, lamp = (f"/work/{_work(household, title)}/download/txt" for title in ("Dark", "Lamp"))

    assert browser.get(dark).status_code == 200
    assert browser.get(lamp, headers=_basic(kits, "ann")).status_code == 200
    assert browser.get(dark, headers=_basic(kits, "ann")).status_code == 404


def test_a_password_opens_no_page_and_changes_nothing(library: Library) -> None:
    at = desk(library=library)
    app, password = apps.let_in(library, ANN, "Ann", "KOReader")
    work, sent = _work(library, "Lamp"), _basic(password)
    pages = ["/", "/kept", f"/work/{work}", f"/work/{work}/read/1", "/settings", "/seen", "/veiled", "/devices", "/who"]
    forms = ["/seen", "/settings", f"/work/{work}/correct", "/devices", f"/work/{work}/download/txt"]

    assert {_afar(at).get(page, headers=sent).status_code for page in pages} == {403}
    assert {_afar(at).post(form, headers=sent).status_code for form in forms} <= {403, 405}
    assert apps.listed(library, ANN) == (app,)


def test_what_is_private_is_told_to_no_app_wherever_it_asks(library: Library) -> None:
    at, work = desk(library=library), _work(library, "Lamp")
    wish(library, "Ann", work, WorkWish.PRIVATE)
    _, password = apps.let_in(library, ANN, "Ann", "KOReader")
    asked = [f"/work/{work}/download/epub", f"/api/v1/works/{work}", f"/api/v1/works/{work}/text"]
    answers = [
        browser.get(address, headers=_basic(password)) for browser in (_afar(at), Browser(at)) for address in asked
    ]
    lists = [
        browser.get(f"/api/v1/works?q={q}", headers=_basic(password)).json()
        for browser in (_afar(at), Browser(at))
        for q in ("", "title:lamp")
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert [[one["label"] for one in told["works"]] for told in lists] == [["The Dark"], []] * 2
    assert Browser(at).get(f"/work/{work}/download/epub").status_code == 403


def test_a_household_says_who_reads_before_an_app_sees_anything(household: Library) -> None:
    at, address = desk(library=household), f"/work/{_work(household, 'Lamp')}/download/txt"
    refused = Browser(at).get(address)
    browser = Browser(at).get(address, headers={"Accept": "text/html,*/*"})

    assert (refused.status_code, browser.status_code) == (401, 303)
    assert "www-authenticate" in refused.headers


def test_only_a_grown_up_at_the_machine_lets_an_app_in(household: Library) -> None:
    at = desk(library=household)
    wanted = {"do": "app", "called": "KOReader", "reader": "kit"}
    nobody, kit, ann = (Browser(at) for _ in range(3))
    kit.post("/who", data={"name": "kit"})
    ann.post("/who", data={"name": "ann", "pin": "2468"})
    phone = _afar(at)
    phone.post(f"/enter/{at.devices.invite()}")
    phone.post("/who", data={"name": "ann", "pin": "2468"})

    assert [who.post("/devices", data=wanted).status_code for who in (nobody, kit, phone)] == [403, 409, 403]
    assert ann.post("/devices", data=wanted | {"reader": "Bea"}).status_code == 409
    assert ann.post("/devices", data=wanted | {"called": " "}).status_code == 400
    assert apps.listed(household, Reader("ann")) == ()
    assert ann.post("/devices", data=wanted).status_code == 200
    assert "Let a reading app in" not in kit.get("/devices").text + nobody.get("/devices").text
    assert "reads as <bdi>kit</bdi>" in ann.get("/devices").text


def test_nobody_is_told_of_another_grown_ups_apps(household: Library) -> None:
    at = desk(library=household)
    take_in(household, ANN, "bea", ProfileKind.ADULT, "1357")
    app, password = apps.let_in(household, Reader("ann"), "ann", "secretapp")
    bea, kit = Browser(at), Browser(at)
    bea.post("/who", data={"name": "bea", "pin": "1357"})
    kit.post("/who", data={"name": "kit"})
    told = " ".join(who.get("/devices").text for who in (bea, kit, Browser(at)))
    for who in (bea, kit):
        who.post("/devices", data={"do": "shut-app", "app": app.id})
        who.post("/devices", data={"do": "all"})

    assert "secretapp" not in told
    assert apps.app_of(household, password) == app


def test_an_app_shut_out_is_out_at_once_and_for_good(library: Library) -> None:
    at = desk(library=library)
    first, password = apps.let_in(library, ANN, "Ann", "KOReader")
    _, other = apps.let_in(library, ANN, "Ann", "Moon+")
    Browser(at).post("/devices", data={"do": "shut-app", "app": first.id})
    held = (library.path / "apps.jsonl").read_text()

    assert apps.app_of(library, password) is None
    assert apps.app_of(library, other) is not None
    assert first.key.hex() not in held
    Browser(at).post("/devices", data={"do": "all"})
    assert apps.app_of(library, other) is None


def test_a_password_outlives_the_process_and_only_its_hash_is_written(tmp_path: Path, library: Library) -> None:
    app, password = apps.let_in(library, ANN, "Ann", "KOReader")
    path = library.path / "apps.jsonl"
    everything = b"".join(one.read_bytes() for one in library.path.rglob("*") if one.is_file())

    with open_library(library.path, utc_now()) as again:
        assert apps.app_of(again, password) == app
    assert path.stat().st_mode & 0o777 == 0o600
    assert password.encode() not in everything
    assert password.replace("-", "").encode() not in everything


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"\xff\xfe", b'{"kind":"app"}\n'])
def test_a_damaged_list_lets_nobody_in_and_breaks_nothing(library: Library, damage: bytes) -> None:
    _, password = apps.let_in(library, ANN, "Ann", "KOReader")
    path = library.path / "apps.jsonl"
    path.write_bytes(damage + path.read_bytes().replace(b'"sha256":"', b'"sha256":"0'))

    assert apps.app_of(library, password) is None
    _, fresh = apps.let_in(library, ANN, "Ann", "KOReader again")
    assert apps.app_of(library, fresh) is not None


def test_wrong_passwords_are_tried_ever_more_slowly(library: Library) -> None:
    now = [NOON]
    at = replace(desk(library=library), knocking=Gate(lambda: now[0], "app password", LONGEST_KNOCK, guessable=False))
    _, password = apps.let_in(library, ANN, "Ann", "KOReader")
    address, wrong = f"/work/{_work(library, 'Lamp')}/download/txt", _basic("aaaa-bbbb")
    tried = [_afar(at).get(address, headers=wrong) for _ in range(FREE_TRIES + 1)]
    elsewhere = Browser(at, THERE, "192.168.1.78").get(address, headers=wrong)
    now[0] += LONGEST_KNOCK + timedelta(seconds=1)
    later = [_afar(at).get(address, headers=wrong).status_code for _ in range(2)]

    assert [answer.status_code for answer in tried] == [401] * FREE_TRIES + [429]
    assert (tried[-1].headers["retry-after"], later) == ("30", [401, 429])
    assert elsewhere.status_code == 401
    assert _afar(at).get(address, headers=_basic(password)).status_code == 200


def test_an_app_with_an_old_password_keeps_no_other_out(library: Library) -> None:
    """Not on the same device either."""
    at = desk(library=library)
    _, password = apps.let_in(library, ANN, "Ann", "KOReader")
    address, wrong = f"/work/{_work(library, 'Lamp')}/download/txt", _basic("aaaa-bbbb")
    tried = [_afar(at).get(address, headers=wrong).status_code for _ in range(FREE_TRIES + 1)]

    assert tried[-1] == 429
    assert _afar(at).get(address, headers=_basic(password)).status_code == 200


@pytest.mark.parametrize("said", ["", "Basic", "Basic !!!", "Basic YQ==", "Digest x", "Bearer", "Basic " + "A" * 9000])
def test_whatever_stands_in_the_line_is_a_wrong_password(library: Library, said: str) -> None:
    address = f"/work/{_work(library, 'Lamp')}/download/txt"
    answer = Browser(desk(library=library)).get(address, headers={"Authorization": said})

    assert answer.status_code == 401


def test_under_a_name_that_is_not_ours_no_password_is_tried(library: Library) -> None:
    at = desk(library=library)
    for _ in range(FREE_TRIES + 1):
        Browser(at, HERE).get("/opds", headers=_basic("aaaa") | {"Host": "evil.example"})
    _, password = apps.let_in(library, ANN, "Ann", "KOReader")

    assert Browser(at).get(f"/work/{_work(library, 'Lamp')}/download/txt", headers=_basic(password)).status_code == 200


def test_a_childs_app_never_reads_with_a_grown_ups_eyes(household: Library) -> None:
    """Not when the profile is lost, nor when its owner has grown up."""
    at = desk(library=household)
    _, password = apps.let_in(household, ANN, "kit", "the child's app")
    address = f"/work/{_work(household, 'Dark')}/download/txt"
    before = Browser(at).get(address, headers=_basic(password)).status_code
    file_of(household, "kit").be(ProfileKind.ADULT, None, utc_now())

    assert (before, Browser(at).get(address, headers=_basic(password)).status_code) == (404, 403)


def test_the_app_of_a_reader_who_is_gone_is_refused_and_any_grown_up_shuts_it_out(household: Library) -> None:
    at = desk(library=household)
    take_in(household, ANN, "bea", ProfileKind.ADULT, "1357")
    known = {name: apps.let_in(household, Reader(name), name, f"app of {name}") for name in ("ann", "bea", "kit")}
    for name in ("bea", "kit"):
        (household.folder.readers / file_name(name)).unlink()
    ann, address = Browser(at), f"/work/{_work(household, 'Lamp')}/download/txt"
    ann.post("/who", data={"name": "ann", "pin": "2468"})
    refused = [_afar(at).get(address, headers=_basic(known[name][1])) for name in ("bea", "kit")]
    told = ann.get("/devices").text
    ann.post("/devices", data={"do": "shut-app", "app": known["bea"][0].id})
    left = [app for app, password in known.values() if apps.app_of(household, password)]
    ann.post("/devices", data={"do": "all"})

    assert [answer.status_code for answer in refused] == [403, 403]
    assert "has no profile here" in refused[0].json()["detail"]
    assert all(f"app of {name}" in told for name in known)
    assert left == [known["ann"][0], known["kit"][0]]
    assert [apps.app_of(household, password) for _, password in known.values()] == [None] * 3


def test_where_nobody_has_a_profile_an_app_reads_as_whoever_let_it_in(library: Library) -> None:
    _, password = apps.let_in(library, ANN, "Ann", "KOReader")

    assert _afar(desk(library=library)).get("/api/v1", headers=_basic(password)).json()["reader"] == "Ann"


def test_shutting_all_out_says_whose_apps_it_leaves(household: Library) -> None:
    at = desk(library=household)
    ann, kit = Browser(at), Browser(at)
    ann.post("/who", data={"name": "ann", "pin": "2468"})
    kit.post("/who", data={"name": "kit"})

    assert "Apps of another grown-up stay" in ann.get("/devices").text
    assert "Every app stays" in kit.get("/devices").text
    assert "Every app stays" in Browser(at).get("/devices").text
