"""Parts of one story that stand in the mailboxes of several months, among other people's mails."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from tests.strategies import libraries
from tests.strategies.libraries import READER
from tests.strategies.posts import body, mail, month
from tests.strategies.shelves import laid

from remnant.errors import NotFoundError, RefusedError
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.correcting import change_of, correct
from remnant.library.deciding_likeness import decisions, part_apart, undo
from remnant.library.forgetting import forget
from remnant.library.forgetting_plans import plan_of_work
from remnant.library.giving import book
from remnant.library.knowing import came, known
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.library.reconciling import reconcile
from remnant.library.wishing import wish
from remnant.model import Digest, Field, WorkWish

ROPE = mail(1, 1, title="Rope", sender="Maud <maud@example.org>", text=body(7).replace("harbour", "rope"))
ANSWER = mail(2, subject="Re: [lamp-fic] FIC: The Harbour (2/4) [PG]", sender="Maud <m@example.org>", text="I cried.")
MONTHS = {
    "list/2001-March.mbox": month(mail(1), ROPE, mail(2)),
    "list/2001-April.mbox": month(ANSWER, mail(3, month="Apr")),
    "list/2001-June.mbox": month(mail(4, month="Jun")),
}


def texts(library: Library) -> dict[str, str]:
    hits = search(library, READER, size=100).hits
    return {hit.work: book(library, READER, hit.work, "txt").data.decode() for hit in hits}


def in_order(text: str, *numbers: int) -> bool:
    places = [text.find(f"Part {number} begins") for number in numbers]
    return places == sorted(places) and -1 not in places and text.count(" begins where") == len(numbers)


def test_parts_of_three_months_are_one_story_and_all_else_stays_what_it_is(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path, MONTHS) / "list"])
    told = texts(library)

    [harbour] = [work for work, text in told.items() if in_order(text, 1, 2, 3, 4)]
    assert sorted(one.name for one in came(library, READER, harbour).arrivals) == sorted(MONTHS)
    assert any("where the rope ends" in text for text in told.values())
    assert library.index().counts().works == 3


def test_every_order_of_months_gives_the_same(workers: Pool, tmp_path: Path) -> None:
    found = set()
    for number, order in enumerate(itertools.permutations(MONTHS)):
        with libraries.library_at(tmp_path / f"library {number}", workers) as library:
            for path in order:
                add(library, [laid(tmp_path / f"came {number}" / path[-9:-5], {path: MONTHS[path]}) / "list"])
            found.add(tuple(sorted(texts(library))))
            grown = library.index().dump()
            rebuild(library)
            assert library.index().dump() == grown

    assert len(found) == 1


def test_who_changes_their_address_goes_on_under_their_name(library: Library, tmp_path: Path) -> None:
    moved = {"list/b.mbox": month(mail(2, sender="Ottoline <o@example.net>"), ROPE)}
    add(library, [laid(tmp_path, {"list/a.mbox": month(mail(1)), **moved}) / "list"])

    assert sum(in_order(text, 1, 2) for text in texts(library).values()) == 1


def test_a_story_that_was_posted_again_is_told_twice(library: Library, tmp_path: Path) -> None:
    again = (
        mail(n, month="Oct", identity=f"<again.{n}@example.org>", text=body(n).replace("ends there", "stops there"))
        for n in (1, 2, 3)
    )
    files = {"list/a.mbox": month(mail(1), mail(2)), "list/b.mbox": month(*again), "list/c.mbox": month(mail(4))}
    add(library, [laid(tmp_path, files) / "list"])
    told = texts(library).values()

    assert sorted((in_order(text, 1, 2, 4), in_order(text, 1, 2, 3)) for text in told) == [(False, True), (True, False)]
    assert all(len({"ends there" in text, "stops there" in text}) == 2 for text in told)


def test_a_part_that_was_mended_takes_none_of_the_later_ones(library: Library, tmp_path: Path) -> None:
    mended = mail(2, day="20", identity="<mended@example.org>", text=body(2).replace("ends there", "stops there"))
    files = {"list/a.mbox": month(mail(1), mail(2), mended), "list/b.mbox": month(mail(3, month="Apr"))}
    add(library, [laid(tmp_path, files) / "list"])
    told = texts(library).values()

    assert sorted(in_order(text, 1, 2, 3) for text in told) == [False, True]
    assert ["stops there" in text for text in told if in_order(text, 1, 2, 3)] == [False]


def test_what_is_missing_and_what_came_again_is_told(library: Library, tmp_path: Path) -> None:
    again = mail(2, day="20", identity="<again@example.org>")
    files = {"list/a.mbox": month(mail(1), mail(2), again, ROPE), "list/b.mbox": month(mail(4, month="Apr"))}
    add(library, [laid(tmp_path, files) / "list"])
    told = reconcile(library, READER, "list")

    assert [(one.name, one.message) for one in told.missing] == [("The Harbour", "Part 3 of 4 is not here.")]
    assert [(one.name, one.message) for one in told.repeated] == [("The Harbour", "Part 2 was posted more than once.")]
    assert (told.posted, told.parts, sum(told.found.values())) == (2, 5, 3)


def test_a_wish_on_a_part_holds_for_the_story_that_it_turns_out_to_be_of(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "one", {"list/2001-April.mbox": MONTHS["list/2001-April.mbox"]}) / "list"])
    [part] = texts(library)
    wish(library, "Ann", part, WorkWish.SEAL, clock=libraries.ticking())
    add(library, [laid(tmp_path / "two", {"list/2001-March.mbox": MONTHS["list/2001-March.mbox"]}) / "list"])

    assert not any("Part 3 begins" in text or "Part 1 begins" in text for text in texts(library).values())


def test_a_correction_holds_when_another_month_comes(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "one", {"list/a.mbox": month(mail(1), ROPE)}) / "list"], clock=libraries.ticking())
    [work] = [work for work, text in texts(library).items() if in_order(text, 1)]
    correct(library, "Ann", work, [change_of("title=The Long Harbour")], clock=libraries.ticking())
    add(library, [laid(tmp_path / "two", {"list/b.mbox": month(mail(2), ANSWER)}) / "list"])

    assert known(library, READER, work).fields[Field.TITLE] == ("The Long Harbour",)
    assert in_order(texts(library)[work], 1, 2)


def test_a_part_that_is_none_is_said_so_and_that_is_undone(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path, MONTHS) / "list"], clock=libraries.ticking())
    [harbour] = [work for work, text in texts(library).items() if in_order(text, 1, 2, 3, 4)]
    joined = library.index().dump()
    said = part_apart(library, READER, harbour, 3, clock=libraries.ticking())
    parted = sorted((in_order(text, 1, 2, 4), in_order(text, 3)) for text in texts(library).values())
    grown = library.index().dump()
    rebuild(library)

    assert parted == [(False, False), (False, True), (True, False)]
    assert library.index().dump() == grown
    assert [len(one.works) for one in decisions(library, READER)] == [2]
    undo(library, READER, str(said.batch), clock=libraries.ticking())
    assert _without_heads(library.index().dump()) == _without_heads(joined)
    with pytest.raises(RefusedError, match="2 to 4"):
        part_apart(library, READER, harbour, 9)


def _without_heads(dump: bytes) -> list[bytes]:
    return [line for line in dump.splitlines() if not line.startswith(b'["head"')]


def test_where_a_month_is_harmed_the_others_are_still_one_story(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path, MONTHS) / "list"], clock=libraries.ticking())
    [harbour] = [work for work, text in texts(library).items() if in_order(text, 1, 2, 3, 4)]
    place = library.shelf.path_of(Digest.of(MONTHS["list/2001-April.mbox"]))
    place.chmod(0o644)
    place.write_bytes(b"harmed")
    correct(library, "Ann", harbour, [change_of("title=The Long Harbour")], clock=libraries.ticking())

    assert in_order(texts(library)[harbour], 1, 2, 4)


def test_forgetting_the_story_takes_its_mails_out_of_every_month_and_no_other(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path, MONTHS) / "list"], clock=libraries.ticking())
    [harbour] = [work for work, text in texts(library).items() if in_order(text, 1, 2, 3, 4)]
    forget(library, plan_of_work(library, READER, harbour))
    kept = b"".join(library.shelf.get(one.digest) for one in library.shelf.all())

    assert b"begins where the harbour ends" not in kept
    assert (b"begins where the rope ends" in kept, b"I cried." in kept) == (True, True)
    with pytest.raises(NotFoundError):
        known(library, READER, harbour)


def test_forgetting_another_story_of_a_month_leaves_the_one_that_goes_on_there(
    library: Library, tmp_path: Path
) -> None:
    maud = mail(
        1, 1, title="Rope", sender="Maud <maud@example.org>", month="Apr", text=body(7).replace("har", "rope har")
    )
    files = {"list/a.mbox": month(mail(1)), "list/b.mbox": month(mail(2, month="Apr"), maud)}
    add(library, [laid(tmp_path, files) / "list"], clock=libraries.ticking())
    told = texts(library)
    [harbour], [rope] = ([work for work in told if (f"Part {n} begins" in told[work])] for n in (1, 7))
    correct(library, "Ann", harbour, [change_of("title=The Long Harbour")], clock=libraries.ticking())
    forget(library, plan_of_work(library, READER, rope))

    assert [in_order(text, 1, 2) for text in texts(library).values()] == [True]
    assert known(library, READER, harbour).fields[Field.TITLE] == ("The Long Harbour",)
