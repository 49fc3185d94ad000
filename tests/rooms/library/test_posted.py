"""Parts of one story that were kept mail by mail are one work, in whatever order and however often they come."""

from __future__ import annotations

import itertools
from pathlib import Path

from tests.strategies import libraries, posts
from tests.strategies.libraries import READER
from tests.strategies.posts import mail, raw
from tests.strategies.shelves import laid

from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.correcting import change_of, correct
from remnant.library.giving import book
from remnant.library.knowing import known, standings_of
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.library.reconciling import reconcile
from remnant.model import Digest, Field, work_id

GROUP = {
    "email/17_raw.json": raw(17, mail(1)),
    "email/18_raw.json": raw(18, mail(2)),
    "email/25_raw.json": raw(25, mail(4)),
}
ANSWER = mail(
    2, subject="Re: [lamp-fic] FIC: The Harbour (2/4) [PG]", sender="Maud <maud@example.org>", text="I cried."
)


def works(library: Library) -> dict[str, str]:
    return {hit.work: hit.label for hit in search(library, READER, size=100).hits}


def test_parts_in_files_of_their_own_are_one_story(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "lamp-fic", {**GROUP, "email/19_raw.json": raw(19, ANSWER)})])
    [work] = works(library)
    text = book(library, READER, work, "txt").data.decode()

    assert library.index().counts().works == 2
    assert text.index("Part 1 begins") < text.index("Part 2 begins") < text.index("Part 4 begins")
    names = {place.name for found in standings_of(library, READER, work).values() for place in found}
    assert names == {f"lamp-fic/{name}" for name in GROUP}


def test_every_order_and_number_of_arrivals_gives_the_same(workers: Pool, tmp_path: Path) -> None:
    found = set()
    for number, order in enumerate(itertools.permutations(GROUP)):
        with libraries.library_at(tmp_path / f"library {number}", workers) as library:
            for path in order:
                add(library, [laid(tmp_path / f"came {number}" / path[6:8] / "lamp-fic", {path: GROUP[path]})])
            found.add(tuple(works(library)))
            grown = library.index().dump()
            rebuild(library)
            assert library.index().dump() == grown

    assert len(found) == 1


def test_a_correction_holds_when_another_part_turns_up(library: Library, tmp_path: Path) -> None:
    parts = dict(GROUP)
    last = parts.popitem()
    add(library, [laid(tmp_path / "one" / "lamp-fic", parts)], clock=libraries.ticking())
    [work] = works(library)
    correct(library, "Ann", work, [change_of("title=The Long Harbour")], clock=libraries.ticking())
    before = known(library, READER, work).measure.words
    add(library, [laid(tmp_path / "two" / "lamp-fic", dict([last]))])

    assert works(library) == {work: "The Long Harbour"}
    assert known(library, READER, work).measure.words > before
    assert "Part 4 ends" in book(library, READER, work, "txt").data.decode()


def test_a_part_posted_again_stays_by_itself(library: Library, tmp_path: Path) -> None:
    again = mail(
        2, day="20", identity="<again@example.org>", text=posts.body(2).replace("ends there", "ends here, now")
    )
    add(library, [laid(tmp_path / "lamp-fic", {**GROUP, "email/40_raw.json": raw(40, again)})])
    texts = [book(library, READER, work, "txt").data.decode() for work in works(library)]

    assert sorted("Part 1 begins" in text for text in texts) == [False, True]
    assert all(("ends there" in text) is ("Part 1 begins" in text) for text in texts)


def test_another_persons_story_of_the_same_name_is_another(library: Library, tmp_path: Path) -> None:
    files = {"1.eml": mail(1), "2.eml": mail(2, sender="Maud <maud@example.org>", identity="<m@example.org>")}
    add(library, [laid(tmp_path / "lamp-fic", files)])

    assert set(works(library)) == {
        work_id(Digest.of(files["1.eml"]), "The.Harbour.1@example.org"),
        work_id(Digest.of(files["2.eml"]), "m@example.org"),
    }


def test_the_parts_that_are_missing_are_named(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "lamp-fic", GROUP)])
    told = reconcile(library, READER, "lamp-fic")

    assert [one.message for one in told.missing] == ["Part 3 of 4 is not here."]
    assert [one.name for one in told.missing] == ["The Harbour"]
    assert Field.TITLE in known(library, READER, next(iter(works(library)))).fields


def test_the_sites_page_of_a_message_is_read_only_where_its_mail_is_not_kept(library: Library, tmp_path: Path) -> None:
    pages = {f"email/{number}.json": posts.page(number, mail(part)) for number, part in ((17, 1), (18, 2), (21, 3))}
    add(library, [laid(tmp_path / "one" / "lamp-fic", pages)])
    add(library, [laid(tmp_path / "two" / "lamp-fic", GROUP)])
    [work] = works(library)
    text = book(library, READER, work, "txt").data.decode()
    grown = library.index().dump()
    rebuild(library)

    assert [text.count(f"Part {number} begins") for number in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert library.index().dump() == grown
    assert library.index().unread() == ()
    said = known(library, READER, work).fields
    assert (said[Field.TITLE], said[Field.RATING]) == (("The Harbour",), ("general",))
