"""The shelf: what is here, what was asked for, and ways to narrow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from remnant.library import asking, listing, placing
from remnant.library.asking import Answer, Count, Sort
from remnant.library.seen import to_ask
from remnant.web.desk import desk_of
from remnant.web.forms import page_number
from remnant.web.pages import page

SIZE = 20
LONGEST_QUESTION = 1000
MOST_VALUES = 12
MOST_BEGUN = 3

SORTS: Mapping[Sort, str] = {
    "relevance": "Best match",
    "added": "Newest first",
    "title": "Title",
    "author": "Author",
    "words": "Longest first",
}


def query_of(**asked: str) -> str:
    """What stands behind the question mark of an address."""
    return urlencode({name: value for name, value in asked.items() if value}, errors="replace")


def page_said(page: int) -> str:
    """A page as an address says it; the first goes without saying."""
    return str(page) if page > 1 else ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the shelf was asked for; its address says all of it, so a page can be bookmarked."""

    text: str = ""
    sort: Sort = "relevance"
    page: int = 1

    @property
    def address(self) -> str:
        return f"/?{query_of(**self.asked)}"

    @property
    def asked(self) -> dict[str, str]:
        """What its address says; what goes without saying is empty."""
        sort = self.sort if self.sort != "relevance" else ""
        return {"q": self.text, "sort": sort, "page": page_said(self.page)}

    @property
    def turned_back(self) -> Question:
        """The same question, from its first page."""
        return replace(self, page=1)

    def has(self, words: str) -> bool:
        return f" {words} " in f" {self.text} "

    def turned(self, words: str) -> Question:
        """The same question with this filter put in, or taken out if it is there."""
        if self.has(words):
            return replace(self, text=f" {self.text} ".replace(f" {words} ", " ").strip(), page=1)
        return replace(self, text=f"{self.text} {words}".strip(), page=1)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value one can narrow to, or stop narrowing to."""

    value: str
    works: int
    on: bool
    address: str


def shelf(request: Request) -> Response:
    """Search, narrow, sort; with nothing asked, everything, and what was begun."""
    desk = desk_of(request)
    question = question_of(request)
    answer = asking.search(desk.library, desk.reader, question.text, sort=question.sort, page=question.page, size=SIZE)
    return page(
        request,
        "shelf.html",
        question=question,
        answer=answer,
        heard=heard(answer),
        facets=_facets(question, answer),
        sorts=SORTS,
        before=replace(question, page=answer.page - 1).address if 1 < answer.page <= answer.pages else None,
        after=replace(question, page=answer.page + 1).address if answer.page < answer.pages else None,
        begun=placing.being_read(desk.library, desk.reader, MOST_BEGUN) if question == Question() else (),
        state=listing.index_state(desk.library, desk.reader),
        asked=to_ask(desk.library, desk.reader) if question == Question() else (),
    )


def question_of(request: Request) -> Question:
    """Read the question off the address; nonsense falls back, so that no address is wrong."""
    asked = request.query_params
    sort = asked.get("sort", "")
    return Question(
        text=" ".join(asked.get("q", "").split())[:LONGEST_QUESTION],
        sort=next((known for known in get_args(Sort) if known == sort), "relevance"),
        page=page_number(request),
    )


def heard(answer: Answer) -> str:
    """How many, and which of them stand here: "212 works, 1 to 20"."""
    if not answer.total:
        return "No works"
    works = f"{answer.total:,} work{'' if answer.total == 1 else 's'}"
    first = (answer.page - 1) * answer.size + 1
    last = first + len(answer.hits) - 1
    if not answer.hits:
        return f"{works}, none on this page"
    return f"{works}, {first:,} to {last:,}" if answer.total > answer.size else works


def _facets(question: Question, answer: Answer) -> dict[str, list[Choice]]:
    facets = {
        name: [_choice(question, count) for count in counts[:MOST_VALUES]] for name, counts in answer.facets.items()
    }
    return {name: choices for name, choices in facets.items() if _narrows(choices, answer.total)}


def _narrows(choices: list[Choice], total: int) -> bool:
    """Whether choosing here could change anything: not where all that was found has the one value there is."""
    return any(choice.on or choice.works < total for choice in choices)


def _choice(question: Question, count: Count) -> Choice:
    return Choice(count.value, count.works, question.has(count.query), question.turned(count.query).address)
