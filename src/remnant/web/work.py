"""The page of one work: what is claimed of it, who says so, where it stands, and a person's word on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from remnant.errors import RefusedError, UsageError
from remnant.library import correcting, giving, knowing, listing, placing
from remnant.library.correcting import Change, How
from remnant.library.giving import FORMS
from remnant.library.tellings import tellings
from remnant.model import MANY_VALUED, Claim, Field, Person, Shown
from remnant.web.desk import desk_of
from remnant.web.forms import Form, form_of
from remnant.web.leaves import leaves_of
from remnant.web.pages import page
from remnant.web.unchanged import given

ALWAYS = (Field.TITLE, Field.AUTHOR, Field.FANDOM)
"""Fields that have a place on the page even where nobody has spoken of them."""

FIRST = (
    *ALWAYS,
    Field.RATING,
    Field.WARNING,
    Field.SPOILER,
    Field.RELATIONSHIP,
    Field.CHARACTER,
    Field.SUMMARY,
    Field.STATUS,
    Field.SERIES,
    Field.LANGUAGE,
    Field.TAG,
)
"""The order of the fields that matter most to a reader; the others follow."""

LONGEST_VALUE = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One field: what is settled, and who says what."""

    field: Field
    settled: tuple[str, ...]
    claims: tuple[Claim, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person said, and whether it still holds."""

    claim: Claim
    undone: bool
    undoes: Claim | None


def work(request: Request) -> Response:
    """Everything known of the work; the story itself is a button away, its notices before that button."""
    desk = desk_of(request)
    shown = knowing.known(desk.library, desk.reader, request.path_params["work"])
    if shown.veiled:
        return page(request, "veiled_work.html", shown=shown)
    rows = rows_of(shown)
    return page(
        request,
        "work.html",
        shown=shown,
        rows=rows,
        nameless=nameless(shown),
        replaced={claim.replaces for row in rows for claim in row.claims},
        unsaid=[field for field in _in_order() if field not in {row.field for row in rows}],
        history=history_of(shown.claims),
        came=knowing.came(desk.library, desk.reader, shown.work).arrivals,
        findings=listing.findings(desk.library, desk.reader, work=shown.work),
        leaves=leaves_of(shown.body) if shown.body and shown.body.blocks else (),
        begun=placing.place_of(desk.library, desk.reader, shown.work, shown) is not None,
        forms=FORMS,
        said=_said(request),
        opened=shown.work in desk.reader.opened,
        told=tellings(desk.library, desk.reader, shown.work),
        trusted=desk.reader.is_trusted,
    )


def claim(request: Request) -> Response:
    """Where in the originals one claim stands written."""
    desk = desk_of(request)
    shown = knowing.known(desk.library, desk.reader, request.path_params["work"])
    found = next((claim for claim in shown.claims if claim.id == request.path_params["claim"]), None)
    if found is None:
        raise RefusedError("Nobody made this claim of this work.")
    standings = knowing.standings(desk.library, desk.reader, shown.work, found.id)
    return page(request, "claim.html", shown=shown, claim=found, standings=standings)


def download(request: Request) -> Response:
    """The work as a file."""
    desk = desk_of(request)
    form = next((form for form in FORMS if form == request.path_params["form"]), None)
    if form is None:
        raise RefusedError(f"A work can be had as {', '.join(FORMS)}.")
    book = giving.book(desk.library, desk.reader, request.path_params["work"], form)
    return given(request, book.data, book.media_type, **{"Content-Disposition": _attached(book.name)})


async def correct(request: Request) -> Response:
    """Keep a person's word on one field, then show the work again with a way to take it back."""
    desk = desk_of(request)
    change = change_of(await form_of(request))
    done = await run_in_threadpool(
        correcting.correct,
        desk.library,
        desk.reader.name,
        request.path_params["work"],
        [change],
        clock=desk.clock,
    )
    return RedirectResponse(f"/work/{done.work}?said={change.field}#said", status_code=303)


async def undo(request: Request) -> Response:
    """Take a person's word back; what it hid is there again."""
    desk = desk_of(request)
    wanted = (await form_of(request)).one("claim")
    done = await run_in_threadpool(
        correcting.undo, desk.library, desk.reader.name, request.path_params["work"], wanted, clock=desk.clock
    )
    return RedirectResponse(f"/work/{done.work}?said=undone#said", status_code=303)


def change_of(form: Form) -> Change:
    """What a form says: this, this as well, or that there is none. UsageError says what is missing."""
    field = next((known for known in Field if known == form.one("field")), None)
    value = " ".join(form.one("value").split())
    if field is None:
        raise UsageError("There is no such field. Nothing was changed.")
    if form.one("how") == "none":
        return Change(field, ())
    if not value or len(value) > LONGEST_VALUE:
        raise UsageError("Write what it is, or choose “It has none”. Nothing was changed.")
    return Change(field, (value,), How.ALSO if form.one("how") == "also" else How.SET)


def rows_of(shown: Shown) -> tuple[Row, ...]:
    """One row for each field that somebody spoke of, and for those few that have a place in any case."""
    standing = tuple(_standing(shown.claims))
    spoken_of = {claim.field for claim in standing}.union(ALWAYS)
    return tuple(
        _row(shown, field, tuple(claim for claim in standing if claim.field == field))
        for field in _in_order()
        if field in spoken_of
    )


def nameless(shown: Shown) -> str:
    """Why its name is only a label: somebody said that it has no title, or nobody said anything."""
    if shown.fields.get(Field.TITLE):
        return "Its title is only guessed."
    said = (claim.witness for claim in _standing(shown.claims) if claim.field is Field.TITLE and claim.value is None)
    person = next((witness for witness in said if isinstance(witness, Person)), None)
    return f"{person.name} said that it has no title." if person else "Nobody said what it is called."


def _in_order() -> tuple[Field, ...]:
    return (*FIRST, *(field for field in Field if field not in FIRST))


def history_of(claims: Iterable[Claim]) -> tuple[Act, ...]:
    """What people said of the work, the last word first."""
    by_id = {claim.id: claim for claim in claims}
    withdrawn = correcting.withdrawn(by_id.values())
    said = [(claim, claim.witness) for claim in by_id.values() if isinstance(claim.witness, Person)]
    said.sort(key=lambda act: (act[1].at, act[0].id), reverse=True)
    return tuple(
        Act(claim, claim.id in withdrawn, by_id.get(claim.withdraws) if claim.withdraws else None) for claim, _ in said
    )


def _standing(claims: Iterable[Claim]) -> Iterable[Claim]:
    """Claims that nobody took back, and none that only takes another back."""
    claims = tuple(claims)
    withdrawn = correcting.withdrawn(claims)
    return (claim for claim in claims if claim.withdraws is None and claim.id not in withdrawn)


def _row(shown: Shown, field: Field, claims: tuple[Claim, ...]) -> Row:
    return Row(field, shown.fields.get(field, ()), claims, field in MANY_VALUED)


def _said(request: Request) -> str:
    """What was just done here, for the line that says so."""
    said = request.query_params.get("said", "")
    return said if said in ("undone", "kept") or said in set(Field) else ""


def _attached(name: str) -> str:
    """A header that names the file for every browser (RFC 6266)."""
    plain = "".join(letter if (letter.isascii() and letter.isalnum()) or letter in " .-_" else "_" for letter in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
