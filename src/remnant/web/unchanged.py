"""Bytes that an app may have already: sent once, and after that only said to be the same."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response


def given(request: Request, data: bytes, media_type: str, **headers: str) -> Response:
    """The bytes, or 304 if whoever asks has these very ones.

    Named by what they are: a date would be wrong as soon as a reader has seen something more. They are made anew each
    time, so that nothing is kept of what one reader was shown.
    """
    named = {"ETag": f'"{hashlib.sha256(data).hexdigest()[:32]}"', **headers}
    if named["ETag"] in _had(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=named)
    return Response(data, media_type=media_type, headers=named)


def _had(said: str) -> set[str]:
    return {one.strip().removeprefix("W/") for one in said.split(",")}
