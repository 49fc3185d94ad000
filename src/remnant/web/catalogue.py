"""One version of the catalogue as one reader is given it, and where its feeds stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from remnant.errors import NotFoundError
from remnant.library import feeding
from remnant.library.feeding import Addresses, Feed, Search
from remnant.model import Reader
from remnant.web.desk import Seat, desk_of
from remnant.web.shelf import Question, query_of
from remnant.web.unchanged import given

ATOM, JSON = "v1.2", "v2"
VERSIONS = (ATOM, JSON)
MOST_MEDIA = 20


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One version of the catalogue, as its reader is given it.

    The reader counts as one beyond this device wherever they sit: an app takes copies away, so what is private to the
    device is not offered.
    """

    request: Request
    desk: Seat
    reader: Reader
    version: str

    def at(self, *steps: str, **asked: str) -> str:
        path = "/".join(["/opds", self.version, *(quote(step, safe="") for step in steps)])
        query = query_of(**asked)
        return f"{path}?{query}" if query else path

    @property
    def addresses(self) -> Addresses:
        return Addresses(lambda work: self.at("work", work), lambda work, form: f"/work/{work}/download/{form}")

    @property
    def search(self) -> Search:
        return Search(self.at("works"), self.at("search.xml"))

    def asking(self, question: Question) -> str:
        """Where the works stand that a question finds."""
        return self.at("works", **question.asked)

    def feed(self, name: str, title: str, at: str) -> Feed:
        return Feed(name, title, at, self.at(), self.addresses, self.search, up=self.at())

    def answered(self, feed: Feed) -> Response:
        return given(self.request, *(feeding.json(feed) if self.version == JSON else feeding.atom(feed)))


def catalogue_of(request: Request, version: str | None = None) -> Catalogue:
    """Who asks comes first: nothing is answered before it is said who reads."""
    desk = desk_of(request)
    reader = replace(desk.reader, beyond=True)
    version = version or request.path_params.get("version", ATOM)
    if version not in VERSIONS:
        raise NotFoundError(f"The catalogue has the versions {' and '.join(VERSIONS)}.")
    return Catalogue(request, desk, reader, version)


def prefers_json(accept: str) -> bool:
    """Whether OPDS 2.0 is asked for before 1.2, by weight and then by order (RFC 9110)."""
    weights: dict[str, float] = {}
    for part in accept.split(",")[:MOST_MEDIA]:
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media in ("application/opds+json", "application/atom+xml"):
            weights.setdefault(media, _weight(parameters))
    first = max(weights, key=lambda media: weights[media], default="")
    return first == "application/opds+json" and weights[first] > 0


def _weight(parameters: list[str]) -> float:
    said = next((value.removeprefix("q=") for value in parameters if value.startswith("q=")), "1")
    try:
        return float(said) if len(said) < 6 else 0.0
    except ValueError:
        return 0.0
