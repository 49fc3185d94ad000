"""A crawler that asks the web reader everything: every link, form, feed and API route, with every id."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from urllib.parse import urlencode

from starlette.routing import Route
from tests.rooms.web.desks import Browser

from remnant.web.app import _routes

_LINK = re.compile(r'(?:href|src|template)="(?:http://127\.0\.0\.1:8017)?(/[^"#]*)')
_WANTED = re.compile(r"\{[^}]+\}")
_DRAWN = re.compile(r"/enter/[\w-]{20,}|data:image/[^\"]+")
"""Drawn anew for everybody who asks: a code for a device, and its picture."""
_ID = re.compile(r"[a-z2-7]{16}")
_TEMPLATE = re.compile(r"\{[?&]?[a-zA-Z,]+\}")
_FORM = re.compile(r"<form([^>]*)>(.*?)</form>", re.DOTALL)
_FIELD = re.compile(r"<(?:input|button|option|select|textarea)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


@dataclass
class Crawl:
    """Everything that one browser was answered, by what was asked. `posts` are the addresses whose forms are sent."""

    browser: Browser
    posts: re.Pattern[str]
    answers: dict[str, str] = field(default_factory=dict)

    def everywhere(self, starts: Iterable[str]) -> dict[str, str]:
        """Follow what can be followed from these addresses."""
        waiting = list(starts)
        while waiting:
            address = waiting.pop()
            if address in self.answers or address.startswith("/static/"):
                continue
            answer = self.browser.get(address)
            self._note(address, answer.status_code, answer.headers, answer.text)
            waiting += [link for link in links_in(answer.text) if is_near(link, address)]
            waiting += [answer.headers["location"]] if "location" in answer.headers else []
            for action, fields in forms_in(answer.text):
                self._send(action, fields)
        return self.answers

    def _send(self, action: str, fields: dict[str, str]) -> None:
        asked = f"POST {action} {urlencode(fields)}"
        if asked in self.answers or not self.posts.match(action):
            return
        answer = self.browser.post(action, data=fields)
        self._note(asked, answer.status_code, answer.headers, answer.text)

    def _note(self, asked: str, status: int, headers: Iterable[object], text: str) -> None:
        told = dict(headers.items()) if hasattr(headers, "items") else {}
        kept = {name: value for name, value in told.items() if name not in ("set-cookie", "content-length")}
        self.answers[asked] = f"{status} {sorted(kept.items())}\n{_DRAWN.sub('', text)}"


FOR_APPS = ("/opds", "/opds/v2", "/api/v1", "/api/v1/facets")
"""Where feeds and the API begin."""


def links_in(text: str) -> Iterator[str]:
    """The addresses of ours in a page, a feed or an answer of the API; where words are to be put in, a word is."""
    if text.startswith("{"):
        found = (one for one in _strings(json.loads(text)) if one.startswith("/") and " " not in one)
    else:
        found = (html.unescape(one) for one in _LINK.findall(text))
    for link in found:
        yield from _filled(link)


def _strings(value: object) -> Iterator[str]:
    """Every text in an answer; of a work that it names also the addresses of the API, which says ids alone."""
    if isinstance(value, dict) and _ID.fullmatch(str(value.get("work"))):
        yield from (f"/api/v1/works/{value['work']}", f"/api/v1/works/{value['work']}/text")
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _filled(link: str) -> Iterator[str]:
    """The template of a search, asked for a word that every work has."""
    path = _TEMPLATE.split(link)[0]
    if path == link:
        yield link
    elif "{?q" in link:
        yield f"{path}?{'query' if '{?query}' in link else 'q'}=lantern"
    elif path.endswith("="):
        yield f"{path}lantern"


def is_near(link: str, page: str) -> bool:
    """Not a second filter on top of a first: there are as many of those as there are pairs of values.

    Nor, in a feed, the same filters once for each order.
    """
    return "q=" not in link or ("q=" not in page and not (page.startswith("/opds") and "sort=" in page))


def forms_in(page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each form once for each of its buttons, filled as it stands."""
    for head, inside in _FORM.findall(page):
        attributes = dict(_ATTRIBUTE.findall(head))
        if attributes.get("method") != "post":
            continue
        found = [dict(_ATTRIBUTE.findall(each)) for each in _FIELD.findall(inside)]
        named = [(html.unescape(f["name"]), html.unescape(f.get("value", "x"))) for f in found if "name" in f]
        fixed = {name: value for name, value in named if name not in ("how", "part")}
        choices = [(name, value) for name, value in named if name in ("how", "part")] or [("", "")]
        for name, value in choices:
            yield html.unescape(attributes["action"]), fixed | ({name: value} if name else {})


def addresses(works: Iterable[str]) -> Iterator[str]:
    """Every route there is, with every one of these ids where it wants one."""
    works = tuple(works)
    for route in _routes():
        if isinstance(route, Route) and "GET" in (route.methods or ()):
            wanted = [found.strip("{}").partition(":")[0] for found in _WANTED.findall(route.path)]
            for values in product(*(works if name == "work" else FILLED[name] for name in wanted)):
                parts = _WANTED.split(route.path)
                yield "".join(part + value for part, value in zip(parts, (*values, ""), strict=True))


FILLED = {
    "leaf": ("1",),
    "form": ("txt",),
    "claim": ("abcd",),
    "token": ("t",),
    "version": ("v1.2", "v2", "v3"),
    "field": ("fandom", "author", "rating", "nothing"),
    "facet": ("fandom", "author", "rating", "nothing"),
}
"""What is put where an address wants something; a route that wants something else has to be written in here."""
