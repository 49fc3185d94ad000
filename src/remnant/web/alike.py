"""Works that may be one story: the queue, how two of them differ, and a person's word in two taps."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from remnant.errors import UsageError
from remnant.library import deciding_likeness as deciding
from remnant.library.deciding_likeness import Decided
from remnant.library.differing import differ
from remnant.library.evidence import evidence
from remnant.library.likening import group_of, groups_of, queue
from remnant.model import Kinship
from remnant.web.desk import Seat, desk_of
from remnant.web.forms import Form, form_of, page_number
from remnant.web.pages import page

SIZE = 10
MANY = 50
"""Works of a group that a form names one by one; a larger one goes by the name of its first."""


def alike(request: Request) -> Response:
    """What nobody has decided yet, the nearest first, with what speaks for it."""
    desk = desk_of(request)
    wanted = request.query_params.get("kind", "")
    kind = Kinship(wanted) if wanted in set(Kinship) else None
    found = queue(desk.library, desk.reader, kinship=kind, page=page_number(request), size=SIZE)
    undone = request.query_params.get("undo", "")
    return page(
        request,
        "alike.html",
        found=found,
        kind=kind,
        kinds=tuple(Kinship)[:-1],
        evidence=evidence,
        many=MANY,
        trusted=desk.reader.is_trusted,
        said=request.query_params.get("said", ""),
        undo=undone if undone.isalnum() and len(undone) < 20 else "",
    )


def compare(request: Request) -> Response:
    """How one telling became another, chapter by chapter."""
    desk = desk_of(request)
    first, second = (request.query_params.get(name, "") for name in ("from", "to"))
    found = differ(desk.library, desk.reader, first, second)
    return page(request, "compare.html", found=found, whole="whole" in request.query_params)


async def decide(request: Request) -> Response:
    """Keep a person's word, then show the queue again with a way to take it back."""
    form, desk = await form_of(request), desk_of(request)
    decided = await run_in_threadpool(_decided, desk, form)
    undo = f"&undo={decided.batch}" if decided.batch and form.one("do") != "undo" else ""
    back = f"/work/{decided.groups[0][0]}" if form.one("back") == "work" else "/alike"
    told = "undone" if form.one("do") == "undo" else "kept"
    return RedirectResponse(f"{back}?said={told}{undo}#said", status_code=303)


def _decided(desk: Seat, form: Form) -> Decided:
    library, reader, works = desk.library, desk.reader, form.all("work")
    match form.one("do"):
        case "accept" | "reject" as what:
            do = deciding.accept if what == "accept" else deciding.reject
            group = works if len(works) > 1 else group_of(library, reader, form.one("work"))
            return do(library, reader, [group], clock=desk.clock)
        case "accept-same-words":
            return deciding.accept(library, reader, groups_of(library, reader, Kinship.SAME_WORDS), clock=desk.clock)
        case "first":
            return deciding.put_first(library, reader, form.one("work"), clock=desk.clock)
        case "apart":
            return deciding.apart(library, reader, form.one("work"), clock=desk.clock)
        case "undo":
            return deciding.undo(library, reader, form.one("batch"), clock=desk.clock)
    raise UsageError("There is nothing of this kind to decide. Nothing was changed.")
