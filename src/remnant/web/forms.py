"""What a person sent with a form: small, plain fields, and nothing that leads away from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qs

from starlette.requests import Request

from remnant.errors import TooLargeError, UsageError

MOST_BYTES = 64 * 1024
MOST_FIELDS = 64
Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form as sent; a name may come more than once."""

    values: Mapping[str, tuple[str, ...]]

    @property
    def first(self) -> dict[str, str]:
        return {name: given[0] for name, given in self.values.items()}

    def one(self, name: str) -> str:
        return self.first.get(name, "")

    def choice(self, name: str, choices: Iterable[Choice]) -> Choice | None:
        """Which of the choices was made; None for anything else."""
        return next((choice for choice in choices if choice == self.one(name)), None)

    def all(self, name: str) -> tuple[str, ...]:
        return self.values.get(name, ())


def page_number(request: Request) -> int:
    """Which page of a list an address asks for; nonsense is the first, so that no address is wrong."""
    wanted = request.query_params.get("page", "")
    return max(1, int(wanted)) if wanted.isdecimal() and len(wanted) < 7 else 1


async def form_of(request: Request) -> Form:
    """Read the form; TooLargeError over 64 KiB, UsageError if it has more fields than any form of ours."""
    data = await _body(request)
    try:
        values = parse_qs(data.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise UsageError("This form has more fields than any of ours. Nothing was changed.") from None
    return Form({name: tuple(given) for name, given in values.items()})


def local_path(wanted: str) -> str:
    """The path if it leads to a page of ours, else the shelf: a form never sends anybody elsewhere."""
    if not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted or not wanted.isprintable():
        return "/"
    return wanted


async def _body(request: Request) -> bytes:
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > MOST_BYTES:
            raise TooLargeError("This form is larger than 64 KiB. Nothing was changed.")
    return data
