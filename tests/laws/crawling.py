"""A crawler that asks the web reader everything: every link, every form, every route with every id."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.routing import Route
from tests.rooms.web.desks import Browser

from remnant.web.app import _routes

_LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
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
            waiting += [link for found in _LINK.findall(answer.text) if _is_near(link := html.unescape(found), address)]
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
        self.answers[asked] = f"{status} {sorted(kept.items())}\n{text}"


def _is_near(link: str, page: str) -> bool:
    """Not a second filter on top of a first: there are as many of those as there are pairs of values."""
    return "q=" not in link or "q=" not in page


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
    for route in _routes():
        if isinstance(route, Route) and "GET" in (route.methods or ()):
            for work in works if "{work}" in route.path else ("",):
                filled = route.path.replace("{work}", work).replace("{leaf:int}", "1").replace("{form}", "txt")
                yield filled.replace("{claim}", "abcd").replace("{token}", "t")
