"""The web reader as one application: its addresses, and what stands before them."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from remnant.errors import RemnantError
from remnant.web import alike, api, kept, looks, opds, phone, read, seen, shelf, trouble, veiled, who, wishes, work
from remnant.web.desk import Desk, MustChooseError
from remnant.web.guard import Guarded, Headed

STATIC = Path(__file__).parent / "static"


def build(desk: Desk) -> ASGIApp:
    """The application for one reader's desk; the headers go round all of it, its faults included."""
    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guarded, desk=desk)],
        exception_handlers={
            MustChooseError: trouble.must_choose,
            RemnantError: trouble.stopped,
            HTTPException: trouble.no_page,
            Exception: trouble.fault,
        },
    )
    app.state.desk = desk
    return Headed(app)


def _routes() -> list[BaseRoute]:
    return [
        Route("/", shelf.shelf),
        Route("/kept", kept.kept),
        Route("/findings", kept.findings),
        Route("/work/{work}", work.work),
        Route("/work/{work}/claim/{claim}", work.claim),
        Route("/work/{work}/correct", work.correct, methods=["POST"]),
        Route("/work/{work}/undo", work.undo, methods=["POST"]),
        Route("/work/{work}/download/{form}", work.download),
        Route("/work/{work}/read", read.begin),
        Route("/work/{work}/continue", read.go_on),
        Route("/work/{work}/read/{leaf:int}", read.read),
        Route("/work/{work}/place", read.keep_place, methods=["POST"]),
        Route("/work/{work}/open", veiled.open_it, methods=["POST"]),
        Route("/alike", alike.alike),
        Route("/alike", alike.decide, methods=["POST"]),
        Route("/alike/compare", alike.compare),
        Route("/veiled", veiled.veiled),
        Route("/seen", seen.seen),
        Route("/seen", seen.see, methods=["POST"]),
        Route("/who", who.who),
        Route("/who", who.choose, methods=["POST"]),
        Route("/settings", wishes.settings),
        Route("/settings", wishes.change, methods=["POST"]),
        Route("/look", looks.choose, methods=["POST"]),
        Route("/opds", opds.start),
        Route("/opds/v1.2/search.xml", opds.description),
        Route("/opds/{version}", opds.root),
        Route("/opds/{version}/works", opds.works),
        Route("/opds/{version}/begun", opds.begun),
        Route("/opds/{version}/by/{field}", opds.by),
        Route("/opds/{version}/work/{work}", opds.entry),
        Route("/api/v1", api.index),
        Route("/api/v1/works", api.works),
        Route("/api/v1/works/{work}", api.work),
        Route("/api/v1/works/{work}/text", api.text),
        Route("/api/v1/facets", api.facets),
        Route("/api/v1/facets/{facet}", api.facet),
        Route("/enter/{token}", phone.door),
        Route("/enter/{token}", phone.enter, methods=["POST"]),
        Route("/devices", phone.devices),
        Route("/devices", phone.change_devices, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
