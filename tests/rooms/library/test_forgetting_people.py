"""What one person wrote of others' stories is forgotten, and nothing that others wrote; what quotes it is named."""

from __future__ import annotations

import quopri
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.harm.test_forgotten_everywhere import a_digest, a_dump
from tests.harm.test_forgotten_stays_away import LETTERS, TEXT, mail
from tests.strategies.libraries import READER, library_at, shared_pool
from tests.strategies.unearthing import found_in

from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.checking import check
from remnant.library.forgetting import Receipt, forget
from remnant.library.forgetting_plans import NeighboursError, Plan, plan_of_person, plan_of_work
from remnant.library.opening import Library
from remnant.library.pool import Pool

REVIEWS = (
    b"INSERT INTO a_reviews (reviewid,item,chapid,reviewer,review) VALUES (2,31,101,'Wren','I shrieked on the bus.'),\n"
    b"(3,31,102,'pell','So did I, nearly.'),(4,31,102,'Wren','And then again at home; \\'so\\'.');\n"
)
QUOTED = "\n".join(f"> {line}." for line in TEXT.split(". ")[:3])
POST = {
    "lantern": LETTERS["lantern"],
    "quoting": mail(4, "Bea", "Re", f"Wrenfeather wrote:\n{QUOTED}\n\nIt made me miss my stop.").replace(b"FIC: ", b""),
    "again": mail(5, "Bea", "who", "I am, with a zeppelin cake.").replace(b"FIC: ", b""),
    "other": mail(6, "Cleo", "who", "So am I, and without one.").replace(b"FIC: ", b""),
    "story": mail(7, "Bea", "The Pier", "The pier was closed that winter, and the gulls had it to themselves. " * 20),
}


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with shared_pool() as pool:
        yield pool


@dataclass(frozen=True)
class Kept:
    library: Library

    def forget(self, name: str) -> tuple[Plan, Receipt]:
        plan = plan_of_person(self.library, READER, name)
        return plan, forget(self.library, plan)

    def found(self, words: str) -> int:
        return search(self.library, READER, words).total + search(self.library, READER, f"kind:letter {words}").total

    def whole(self) -> bool:
        return check(self.library, READER).harmed == ()


@pytest.fixture
def dumped(tmp_path: Path, pool: Pool) -> Iterator[Kept]:
    with library_at(tmp_path / "library", pool) as library:
        (tmp_path / "backup.sql").write_bytes(a_dump() + REVIEWS)
        add(library, [tmp_path / "backup.sql"])
        yield Kept(library)


@pytest.fixture
def posted(tmp_path: Path, pool: Pool) -> Iterator[Kept]:
    with library_at(tmp_path / "library", pool) as library:
        (tmp_path / "list.mbox").write_bytes(b"".join(POST.values()))
        add(library, [tmp_path / "list.mbox"])
        yield Kept(library)


def test_of_a_set_of_reviews_only_those_of_the_person_go(dumped: Kept) -> None:
    plan, receipt = dumped.forget("  wren ")

    assert (len(plan.partly), plan.works, receipt.copies) == (1, (), 1)
    assert found_in(dumped.library.path, ["shrieked", "again at home"]) == {}
    assert found_in(dumped.library.path, ["So did I, nearly", "More!"])
    assert {hit.label for hit in search(dumped.library, READER).hits} == {"The Crooked Lantern", "The Tram"}
    assert dumped.whole()

    _, last = dumped.forget("pell")
    assert last.copies == 1
    assert found_in(dumped.library.path, ["So did I, nearly", "More!", "pell'"]) == {}
    assert {hit.label for hit in search(dumped.library, READER).hits} == {"The Crooked Lantern", "The Tram"}
    assert dumped.whole()


def test_their_mails_go_by_name_or_by_address_and_their_stories_are_named(posted: Kept) -> None:
    by_name, by_address = (plan_of_person(posted.library, READER, who) for who in ("bea", "bea@lists.example"))
    forget(posted.library, by_name)

    assert by_name.ids == by_address.ids
    assert len(by_name.works) == 2
    assert [one.label for one in by_name.stories] == ["The Pier"]
    assert found_in(posted.library.path, ["zeppelin", "miss my stop"]) == {}
    assert posted.found("gulls") == 1
    assert posted.found("without") == 1
    assert posted.whole()


def test_a_reply_that_quotes_it_is_listed_for_decision(posted: Kept) -> None:
    work = next(hit.work for hit in search(posted.library, READER).hits if hit.label == "The Crooked Lantern")
    near = plan_of_work(posted.library, READER, work).near

    assert ["Re" in (named.label or "") for named, _ in near] == [True]
    assert near[0][1].quoted > 10


def test_what_cannot_be_told_apart_goes_with_its_neighbours_only_if_one_says_so(tmp_path: Path, pool: Pool) -> None:
    """A digest whose letters are packed for the wire: no mail can be cut out of that."""
    with library_at(tmp_path / "library", pool) as library:
        packed = _packed_digest()
        (tmp_path / "day.eml").write_bytes(packed)
        add(library, [tmp_path / "day.eml"])
        work = next(hit.work for hit in search(library, READER).hits if hit.label == "The Crooked Lantern")
        with pytest.raises(NeighboursError, match="--with-neighbours forgets them too"):
            plan_of_work(library, READER, work)
        plan = plan_of_work(library, READER, work, with_neighbours=True)
        forget(library, plan)

        assert "The Tram" in {one.label for one in plan.beside}
        assert search(library, READER).total == 0
        assert found_in(library.path, ["verdigris", "Nobody rode it"]) == {}
        assert check(library, READER).harmed == ()


def _packed_digest() -> bytes:
    head, _, body = a_digest().partition(b"\n\n")
    return head + b"\nContent-Transfer-Encoding: quoted-printable\n\n" + quopri.encodestring(body)
