"""A desk whose library is never asked: for what stands before the pages."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import httpx

from remnant.keep.folder import Folder
from remnant.keep.reader_locks import Key
from remnant.library.opening import Library
from remnant.model import Reader
from remnant.web.app import build
from remnant.web.desk import Desk
from remnant.web.devices import Devices

HERE = "http://127.0.0.1:8017"
THERE = "http://192.168.1.5:8017"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class NoLibrary:
    """Stands where a library stands: nobody has a file in it, and it breaks if anything asks it for a work."""

    path = Path("nowhere")
    folder = Folder(path, "")

    def __init__(self) -> None:
        self.keys: dict[str, Key] = {}


def noon() -> datetime:
    return NOON


HOSTS = frozenset({"127.0.0.1:8017", "localhost:8017", "192.168.1.5:8017"})


def desk(phone: str | None = THERE, hosts: frozenset[str] = HOSTS, library: Library | None = None) -> Desk:
    library = library or cast(Library, NoLibrary())
    return Desk(library, Reader("Ann"), noon, Devices(noon), hosts, phone)


class Browser:
    """A browser that keeps its cookies, follows nothing, and is on a page of ours; or an app with its `headers`."""

    def __init__(
        self, at: Desk, address: str = HERE, client: str = "127.0.0.1", headers: Mapping[str, str] | None = None
    ) -> None:
        line = httpx.ASGITransport(cast(Any, build(at)), raise_app_exceptions=False, client=(client, 50_000))
        sent = {"Origin": address, **(headers or {})}
        self._client = httpx.AsyncClient(transport=line, base_url=address, headers=sent)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return _done(self._client.get(path, **more))

    def head(self, path: str, **more: Any) -> httpx.Response:
        return _done(self._client.head(path, **more))

    def post(self, path: str, **more: Any) -> httpx.Response:
        return _done(self._client.post(path, **more))


def _done(answer: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
    """Waited for in a thread of its own: a browser of the journeys may hold this thread's loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, answer).result()
