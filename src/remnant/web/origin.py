"""Where a question comes from: this machine or another, our own page or somebody else's."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request


def is_here(request: Request) -> bool:
    """Whether the one who asks sits at this machine: both ends of the line are its own loopback."""
    ends = (request.client.host if request.client else "", str((request.scope.get("server") or ("",))[0]))
    return all(is_loopback(end) for end in ends)


def same_origin(headers: Headers) -> bool:
    """Whether a browser says that the page which sent this is ours. One that says nothing is not believed."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(headers.get("origin", ""))
    return origin.scheme in ("http", "https") and origin.netloc.lower() == headers.get("host", "").lower()


def is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
