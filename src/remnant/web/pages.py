"""Templates to pages. Everything is escaped; the only markup let through is what `give` made of a story."""

from __future__ import annotations

from functools import lru_cache

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from remnant.web.desk import desk_of
from remnant.web.looks import CHOICES, look_of
from remnant.web.origin import is_here
from remnant.web.words import FILTERS


def page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """Fill a template for this request; lone surrogates, which no browser could be sent, become question marks."""
    desk = desk_of(request)
    text = (
        _templates()
        .get_template(template)
        .render(
            values,
            look=look_of(request),
            choices=CHOICES,
            reader_name=desk.name if template not in ("trouble.html", "door.html", "who.html") else None,
            here=is_here(request),
            phone=desk.phone,
            path=request.url.path,
        )
    )
    return HTMLResponse(text.encode("utf-8", "replace"), status_code=status)


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("remnant.web", "pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(FILTERS)
    return templates
