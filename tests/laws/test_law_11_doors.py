"""Law 11, by construction: whatever a face can be asked, it asks who is asking first."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import BaseRoute, Mount, Route
from tests.rooms.web.desks import Browser, desk

import remnant
from remnant.cli import commands, parser
from remnant.library.adding import add
from remnant.library.opening import Library, open_library
from remnant.library.readers import take_in
from remnant.library.watching import utc_now
from remnant.model import ProfileKind, Reader
from remnant.web.app import _routes

FACES = sorted(path for face in ("cli", "web") for path in (Path(remnant.__file__).parent / face).rglob("*.py"))

BEFORE_ANYBODY = {
    "/who": "it is where one says who one is",
    "/look": "how pages look tells of no work",
    "/enter/{token}": "it lets a device in, not a reader",
    "/devices": "only the machine itself, and devices are no works",
    "/static": "files that come with Remnant",
}
"""Addresses that answer before anybody said who reads; each with why it may."""

FOR_APPS = ("/opds", "/api", "/work/{work}/download/")
"""Addresses where a program asks: it is told to say with a password who reads."""


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library where a child reads, so that everybody has to say who they are."""
    place = tmp_path_factory.mktemp("doors")
    (place / "one.txt").write_text("Title: The Lamp\nRating: G\n\nThe lamp was lit, and everybody came home.\n")
    with open_library(place / "library", utc_now(), create=True) as library:
        add(library, [place / "one.txt"])
        take_in(library, Reader("ann"), "kit", ProfileKind.CHILD)
        yield library


def _route(route: BaseRoute) -> tuple[str, str]:
    assert isinstance(route, Route | Mount)
    methods = getattr(route, "methods", None) or {"GET"}
    return route.path, "POST" if "POST" in methods else "GET"


@pytest.mark.parametrize(("path", "method"), [_route(route) for route in _routes()])
def test_no_route_answers_before_it_is_said_who_reads(household: Library, path: str, method: str) -> None:
    """A new route that asks no reader fails here, and has to be written into the list above with its reason."""
    browser = Browser(desk(library=household))
    filled = path.replace("{leaf:int}", "1").replace("{form}", "txt").replace("{", "").replace("}", "")
    answer = browser.get(filled) if method == "GET" else browser.post(filled, data={"field": "title", "value": "x"})

    if path in BEFORE_ANYBODY:
        assert "The Lamp" not in answer.text
    elif path.startswith(FOR_APPS):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Basic ")
        assert answer.json()["status"] == 401
    else:
        assert answer.status_code in ((303,) if method == "GET" else (303, 400, 403))
        assert answer.headers.get("location", "/who").startswith("/who")


def test_every_command_of_who_only_reads_asks_who_it_is() -> None:
    """All others are refused to a child and a guest before they are loaded."""
    for name in commands.READING - {"serve"}:
        source = (Path(remnant.__file__).parent / "cli" / f"{name}.py").read_text("utf-8")
        assert "opened.reader(" in source, name
    assert {command.name for command in parser.COMMANDS} > commands.READING


@pytest.mark.parametrize("path", FACES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_face_makes_up_a_reader(path: Path) -> None:
    """A reader is read from their own file; only who starts the web reader, or keeps the library, is a bare name."""
    tree = ast.parse(path.read_text("utf-8"))
    made = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_named(node.func, "Reader")]

    assert not made or f"{path.parent.name}/{path.name}" in KEEPERS


def _is_named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


KEEPERS = {"web/serving.py", "cli/check.py", "cli/understand.py", "cli/wish.py", "cli/vault.py"}
"""Who is at work there keeps the library: `commands` lets nobody else come so far."""


def test_what_shows_a_work_takes_a_reader() -> None:
    """Every function that takes works out of a library to hand them on takes a reader."""
    from remnant.library import asking, giving, knowing, listing, placing

    for module in (asking, giving, knowing, listing, placing):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            told = str(inspect.signature(function).return_annotation)
            public = function.__module__ == module.__name__ and not name.startswith("_")
            if not public or "library" not in inspect.signature(function).parameters:
                continue
            if any(noun in told for noun in ("Shown", "Answer", "Book", "Came", "Standing", "Noted", "Place")):
                taken = {str(one.annotation) for one in inspect.signature(function).parameters.values()}
                assert any("Reader" in each for each in taken), name
