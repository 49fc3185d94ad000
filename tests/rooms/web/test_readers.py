"""Several readers in several browsers: each their own, PINs that are not to be guessed, opening on purpose."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.rooms.web.desks import NOON, Browser, desk

from remnant.errors import BusyError, RefusedError
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.opening import Library, open_library
from remnant.library.readers import reader_of, take_in
from remnant.library.watching import utc_now
from remnant.model import EVERY_CANON, ProfileKind, Reader, Seen
from remnant.shield.spoilers import parts_seen
from remnant.web.sessions import FIRST_WAIT, FREE_TRIES, LONGEST_WAIT, Gate, Sessions

ALL = Reader("all", {EVERY_CANON: Seen(dont_mind=True)})
STORY = """\
Title: The Weir
Fandom: Glass Harbour
Rating: G
Spoilers: Night Four

The weir ran high, and in the morning the boat was gone.
"""
PLAIN = "Title: The Lamp\nRating: {}\n\nThe lamp was lit, and everybody came home.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    for name, text in (("weir", STORY), ("lamp", PLAIN.format("G")), ("dark", PLAIN.format("NC-17"))):
        (tmp_path / f"{name}.txt").write_text(text.replace("Lamp", name.title()), "utf-8")
    with open_library(tmp_path / "library", utc_now(), create=True) as made:
        add(made, sorted(tmp_path.glob("*.txt")))
        yield made


def _weir(library: Library) -> str:
    return search(library, ALL, "weir").hits[0].work


def _text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_canon_is_seen_in_two_taps_and_counts_at_once(library: Library) -> None:
    """From the shelf to the canon, from the canon to how far; nobody described this one, so it is all or nothing."""
    browser = Browser(desk(library=library))
    shelf = browser.get("/").text
    (link,) = {html.unescape(found) for found in re.findall(r'href="(/seen\?canon=[^"]+)"', shelf)}
    page = browser.get(link).text
    done = browser.post("/seen", data={"canon": "Glass Harbour", "how": "all", "back": "/"})

    assert "2 works, and 1 work veiled" in _text(shelf)
    assert 'value="all"' in page
    assert done.headers["location"] == "/"
    assert "The Weir" in browser.get("/").text
    assert "Glass Harbour everything" in _text(browser.get("/seen").text)


def test_what_is_opened_for_a_visit_is_open_in_that_browser_alone(library: Library) -> None:
    at, work = desk(library=library), _weir(library)
    mine, other = Browser(at), Browser(at)
    before = mine.get(f"/work/{work}").text
    mine.post(f"/work/{work}/open", data={"how": "once"})

    assert "boat" not in before + other.get(f"/work/{work}").text
    assert "boat was gone" in mine.get(f"/work/{work}/read/1").text
    assert "The Weir" in mine.get("/?q=boat").text
    assert "boat" not in other.get(f"/work/{work}/read/1").text
    assert reader_of(library, "Ann").opened == frozenset()


def test_what_is_opened_for_good_is_open_until_it_is_veiled_again(library: Library) -> None:
    at, work = desk(library=library), _weir(library)
    Browser(at).post(f"/work/{work}/open", data={"how": "always"})
    opened = Browser(at).get(f"/work/{work}").text
    Browser(at).post(f"/work/{work}/open", data={"how": "close"})

    assert "The Weir" in opened
    assert "The Weir" not in Browser(at).get(f"/work/{work}").text


def test_nobody_reads_in_a_household_before_they_have_said_who_they_are(library: Library) -> None:
    at = desk(library=library)
    take_in(library, ALL, "kit", ProfileKind.CHILD)
    take_in(library, ALL, "ann", ProfileKind.ADULT, "2468")
    browser = Browser(at)
    answers = [
        browser.get("/"),
        browser.post("/who", data={"name": "Ann"}),
        browser.post("/who", data={"name": "ann", "pin": "1"}),
        browser.get("/"),
        browser.post("/who", data={"name": "kit", "back": "/"}),
        browser.get("/"),
    ]

    assert [answer.status_code for answer in answers] == [303, 409, 409, 303, 303, 200]
    assert "1 work" in _text(answers[-1].text)
    assert "The Dark" not in answers[-1].text
    assert browser.post("/settings", data={"do": "pin", "pin": "13579"}).status_code == 409
    assert browser.post("/seen", data={"canon": "Glass Harbour", "how": "all"}).status_code == 409
    assert (
        browser.post("/who", data={"name": "ann", "pin": "2468", "back": "//evil.example"}).headers["location"] == "/"
    )
    assert "Dark" in browser.get("/").text


def test_nobodys_ledger_is_seen_by_another(library: Library) -> None:
    at = desk(library=library)
    for name, pin in (("ann", "2468"), ("bea", "1357")):
        take_in(library, ALL, name, ProfileKind.ADULT, pin)
    ann, bea = Browser(at), Browser(at)
    ann.post("/who", data={"name": "ann", "pin": "2468"})
    bea.post("/who", data={"name": "bea", "pin": "1357"})
    ann.post("/seen", data={"canon": "Secret Canon", "how": "all"})
    ann.post("/settings", data={"do": "wish", "kind": "tag", "value": "secretwish", "how": "veil"})
    ann.post(f"/work/{_weir(library)}/open", data={"how": "always"})
    told = " ".join(bea.get(path).text for path in ("/", "/seen", "/settings", "/who", "/veiled"))

    assert "Secret Canon" in ann.get("/seen").text
    assert "secretwish" in ann.get("/settings").text
    assert "Secret" not in told
    assert "secretwish" not in told
    assert "The Weir" not in told
    refused = bea.post("/settings", data={"do": "rating", "name": "ann", "value": "teen"})
    assert (refused.status_code, reader_of(library, "ann").wishes[0].value) == (409, "secretwish")


def test_what_a_child_has_seen_is_set_by_a_grown_up_and_by_nobody_for_another(library: Library) -> None:
    at = desk(library=library)
    take_in(library, ALL, "Ann", ProfileKind.ADULT, "2468")
    take_in(library, ALL, "bea", ProfileKind.ADULT, "1357")
    take_in(library, ALL, "kit", ProfileKind.CHILD)
    ann = Browser(at)
    ann.post("/who", data={"name": "Ann", "pin": "2468"})
    told = {"canon": "Glass Harbour", "how": "all", "for": "kit", "back": "/seen?for=kit"}
    done = ann.post("/seen", data=told)
    of_kit, own = ann.get("/seen?for=kit").text, ann.get("/seen").text
    kit = Browser(at)
    kit.post("/who", data={"name": "kit"})

    assert done.headers["location"] == "/seen?for=kit"
    assert reader_of(library, "kit").seen == {"Glass Harbour": Seen(everything=True)}
    assert "Glass Harbour everything" in _text(of_kit)
    assert "everything" not in _text(own)
    assert ann.get("/seen?for=bea").status_code == ann.get("/seen?for=nobody").status_code == 404
    assert ann.post("/seen", data={**told, "for": "bea"}).status_code == 409
    assert kit.post("/seen", data={**told, "for": "bea"}).status_code == 409


def test_parts_are_seen_in_an_order_of_ones_own(library: Library) -> None:
    browser = Browser(desk(library=library))
    canon = {"canon": "Torchwood"}
    browser.post("/seen", data={**canon, "how": "order", "order": "Day Two\n\n3x01\nDay Four\n"})
    browser.post("/seen", data={**canon, "how": "up to", "part": "Day One"})
    page = browser.get("/seen?canon=Torchwood").text
    torchwood = library.seeing.canons().get("torchwood")
    assert torchwood is not None
    seen = reader_of(library, "Ann").seen["torchwood"]

    assert parts_seen(torchwood, seen) == set(seen.order[:2])
    assert "Day Two\n3.1\nDay Four</textarea>" in page, "two parts are called Day One"
    assert "up to Day One (3x01), in your own order" in _text(page)
    refused = browser.post("/seen", data={**canon, "how": "order", "order": "Day Nine"})
    browser.post("/seen", data={**canon, "how": "order", "order": ""})
    assert refused.status_code == 409
    assert reader_of(library, "Ann").seen["torchwood"].order == ()


def test_who_has_to_say_who_they_are_comes_back_to_the_very_page(library: Library) -> None:
    take_in(library, ALL, "kit", ProfileKind.CHILD)
    browser = Browser(desk(library=library))
    sent = browser.get("/seen?canon=Glass%20Harbour").headers["location"]
    page = browser.get(sent).text

    assert 'name="back" value="/seen?canon=Glass%20Harbour"' in page


def test_a_wish_holds_at_once_and_is_taken_back(library: Library) -> None:
    browser = Browser(desk(library=library))
    browser.post("/settings", data={"do": "rating", "value": "teen"})
    limited = browser.get("/").text
    browser.post("/settings", data={"do": "wish", "kind": "rating", "value": "teen", "how": "forget"})

    assert "The Dark" not in limited
    assert "The Dark" in browser.get("/").text


def test_a_child_needs_a_grown_up_with_a_pin(library: Library) -> None:
    browser = Browser(desk(library=library))
    new = {"do": "profile", "name": "kit", "kind": "child"}
    refused = browser.post("/settings", data=new)
    browser.post("/settings", data={"do": "pin", "pin": "2468"})
    browser.post("/who", data={"name": "Ann", "pin": "2468"})
    made = browser.post("/settings", data=new)

    assert (refused.status_code, made.status_code) == (400, 303)
    assert reader_of(library, "kit").kind is ProfileKind.CHILD


def test_a_passphrase_is_asked_for_and_what_it_guards_is_open_only_while_somebody_reads(library: Library) -> None:
    at, secret = desk(library=library), "four remembered words"
    take_in(library, ALL, "bea", ProfileKind.ADULT, "1357")
    ann = Browser(at)
    take_in(library, ALL, "Ann", ProfileKind.ADULT, "2468")
    ann.post("/who", data={"name": "Ann", "pin": "2468"})
    ann.post("/seen", data={"canon": "Secret Canon", "how": "all"})
    differ = ann.post("/settings", data={"do": "passphrase", "passphrase": secret, "again": secret + "!"})
    ann.post("/settings", data={"do": "passphrase", "passphrase": secret, "again": secret})
    still = ann.get("/seen").text
    asked = _text(ann.get("/who").text)
    ann.post("/who", data={"name": "bea", "pin": "1357"})
    closed = dict(library.keys)
    refused = [ann.post("/who", data={"name": "Ann", "pin": pin}).status_code for pin in ("2468", secret + "!")]
    ann.post("/who", data={"name": "Ann", "pin": secret})

    assert differ.status_code == 400
    assert "Secret Canon" in still
    assert "Passphrase of Ann" in asked
    assert closed == {}
    assert refused == [409, 409]
    assert "Secret Canon" in ann.get("/seen").text
    assert b"Secret" not in b"".join(path.read_bytes() for path in library.folder.readers.iterdir())


def test_a_pin_is_tried_ever_more_slowly() -> None:
    now, tried = [NOON], []
    gate = Gate(lambda: now[0])

    def fits(right: bool) -> bool:
        tried.append(right)
        return right

    for _ in range(FREE_TRIES):
        with pytest.raises(RefusedError, match="not the PIN"):
            gate.pass_with("ann", lambda: fits(False))
    with pytest.raises(BusyError):
        gate.pass_with("ann", lambda: fits(True))
    gate.pass_with("bea", lambda: fits(True))
    now[0] += FIRST_WAIT
    with pytest.raises(RefusedError, match="not the PIN"):
        gate.pass_with("ann", lambda: fits(False))
    now[0] += FIRST_WAIT
    with pytest.raises(BusyError):
        gate.pass_with("ann", lambda: fits(True))
    now[0] += LONGEST_WAIT + timedelta(seconds=1)
    gate.pass_with("ann", lambda: fits(True))

    assert tried == [False] * FREE_TRIES + [True, False, True]


def test_a_session_is_known_by_its_secret_alone() -> None:
    sessions = Sessions()
    secret = sessions.begin("ann")
    sessions.open(secret, "abc")
    known = sessions.of(secret)
    sessions.end(secret)

    assert known is not None
    assert (known.reader, known.once) == ("ann", ("abc",))
    assert (sessions.of("guessed"), sessions.of(secret)) == (None, None)
    assert secret not in repr(sessions)
