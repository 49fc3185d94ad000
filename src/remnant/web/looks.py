"""How a page looks to this reader: kept in a cookie, set through a plain form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from remnant.web.forms import form_of, local_path

COOKIE = "look"
YEAR = 365 * 24 * 60 * 60

CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "theme": (("auto", "As the device"), ("light", "Light"), ("sepia", "Sepia"), ("dark", "Dark")),
    "size": (("m", "Medium"), ("s", "Small"), ("l", "Large"), ("xl", "Very large")),
    "width": (("m", "Medium"), ("s", "Narrow"), ("l", "Wide")),
    "face": (("serif", "Serif"), ("sans", "Sans serif")),
}
"""What may be chosen, the default first: (value, what a person reads)."""


@dataclass(frozen=True, slots=True)
class Look:
    theme: str = "auto"
    size: str = "m"
    width: str = "m"
    face: str = "serif"

    @property
    def cookie(self) -> str:
        return ".".join(getattr(self, field.name) for field in fields(self))


def look_from(chosen: Mapping[str, str]) -> Look:
    """A look of known values only; whatever is unknown falls back to the default."""
    return Look(**{name: _allowed(name, chosen.get(name, "")) for name in CHOICES})


def look_of(request: Request) -> Look:
    parts = request.cookies.get(COOKIE, "").split(".")
    return look_from(dict(zip(CHOICES, parts, strict=False)))


async def choose(request: Request) -> Response:
    """Keep the look chosen, and go back to the page it was chosen on."""
    form = await form_of(request)
    response = RedirectResponse(local_path(form.one("back")), status_code=303)
    response.set_cookie(COOKIE, look_from(form.first).cookie, max_age=YEAR, httponly=True, samesite="lax", path="/")
    return response


def _allowed(name: str, value: str) -> str:
    values = [choice for choice, _ in CHOICES[name]]
    return value if value in values else values[0]
