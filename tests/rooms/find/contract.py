"""What every index must do, whatever engine it is: a test class names its engine and has these tests.

class TestEmbedded(IndexContract):
    engine = embedded
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies.find import (
    BEGINNING,
    OPEN,
    SEALED,
    VEILED,
    Engine,
    Looking,
    Reference,
    entries,
    looking,
    questions,
    shelves,
)

from remnant.errors import BusyError, RefusedError
from remnant.find.port import Entry, Facet, Hit, Index, IndexStale, Question, Sort, Unread
from remnant.find.query import Query, Text, parse
from remnant.model import Digest, Strength

TRIES = settings.default.max_examples if settings.default else 60
SOME, FEW = max(10, TRIES // 3), max(10, TRIES // 8)
"""An example makes one index on disk, or two and commits often: fewer of them cost the same time."""

EVERYONE = looking(OPEN, VEILED, SEALED)
READERS = looking(OPEN)
CAREFUL = looking(OPEN, veiled=(VEILED,), opened=("ab3",))

ONE = Digest.of(b"one")
OTHER = Digest.of(b"other")


def entry(work: str = "a0", story: str = "", shield: str = OPEN, title: str | None = None) -> Entry:
    return Entry(work, (shield,), work.encode(), BEGINNING, title=title, story=(story,))


def asked(text: str, eyes: Looking = READERS) -> Question:
    return Question(eyes, parse(text), counted=tuple(Facet))


def _sharing(shelf: list[Entry], most: int, among: list[str] | None) -> list[tuple[str, str, int]]:
    """Every two works with traces in common, by looking at all of them."""
    counted: Counter[tuple[str, str]] = Counter()
    for trace in {trace for each in shelf for trace in each.traces}:
        works = sorted(each.work for each in shelf if trace in each.traces and each.likeness)
        counted.update(combinations(works, 2) if len(works) <= most else pairwise(works))
    wanted = (pair for pair in counted if among is None or not {*pair}.isdisjoint(among))
    return sorted((*pair, counted[pair]) for pair in wanted)


class IndexContract:
    engine: Engine

    @contextmanager
    def made(self, folder: Path) -> Iterator[Index]:
        self.engine.create(folder)
        index = self.engine.open_to_write(folder)
        try:
            yield index
        finally:
            index.close()

    @contextmanager
    def read(self, folder: Path) -> Iterator[Index]:
        index = self.engine.open_to_read(folder)
        try:
            yield index
        finally:
            index.close()

    @settings(max_examples=SOME)
    @given(shelf=shelves(), many=st.lists(questions(), min_size=8, max_size=8))
    def test_answers_are_right(
        self, tmp_path_factory: pytest.TempPathFactory, shelf: list[Entry], many: list[Question]
    ) -> None:
        """Hits and their order, totals, filters, facets and their spelling, against the plain reference."""
        reference = Reference()
        reference.put(shelf)
        with self.made(tmp_path_factory.mktemp("index")) as index:
            index.put(shelf)
            index.commit()
            for question in many:
                assert index.search(question) == reference.search(question)

    @settings(max_examples=FEW)
    @given(data=st.data())
    def test_an_index_grown_in_any_order_equals_one_made_at_once(
        self, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
    ) -> None:
        """Law 8, at this room: puts, removals and commits however they fall, then one put of what is left."""
        reference = Reference()
        with self.made(tmp_path_factory.mktemp("grown")) as grown, self.made(tmp_path_factory.mktemp("new")) as new:
            for _ in range(data.draw(st.integers(1, 6))):
                step(data, grown, reference)
            grown.commit()
            new.put(reference.held.values())
            new.commit()

            assert grown.dump() == new.dump()
            for question in data.draw(st.lists(questions(), min_size=8, max_size=8)):
                assert grown.search(question) == new.search(question) == reference.search(question)

    @settings(max_examples=FEW)
    @given(
        shelf=shelves(), hidden=st.lists(entries(), max_size=6), many=st.lists(questions(), min_size=10, max_size=10)
    )
    def test_nothing_that_these_eyes_do_not_see_moves_an_answer(
        self, tmp_path_factory: pytest.TempPathFactory, shelf: list[Entry], hidden: list[Entry], many: list[Question]
    ) -> None:
        """Law 11, at this room: with the hidden entries and without them, every answer is the same."""
        shown = [each for each in shelf if set(each.guards) == {OPEN}]
        veiled = [replace(each, work=f"hidden{place}", guards=(OPEN, VEILED)) for place, each in enumerate(hidden)]
        with self.made(tmp_path_factory.mktemp("both")) as both, self.made(tmp_path_factory.mktemp("open")) as alone:
            both.put([*veiled, *shown])
            alone.put(shown)
            both.commit()
            alone.commit()

            for question in (replace(each, eyes=READERS) for each in many):
                assert both.search(question) == alone.search(question)
            assert both.counts(READERS) == alone.counts(READERS)
            assert both.veiled(READERS) == alone.veiled(READERS)
            assert both.resolve("", READERS) == alone.resolve("", READERS)
            assert all(both.get(each.work, READERS) is None for each in veiled)

    @settings(max_examples=FEW)
    @given(shelf=shelves(), most=st.integers(2, 5), among=st.none() | st.sets(st.sampled_from("abc"), max_size=2))
    def test_works_that_share_traces_are_found(
        self, tmp_path_factory: pytest.TempPathFactory, shelf: list[Entry], most: int, among: set[str] | None
    ) -> None:
        works = None if among is None else [each.work for each in shelf if each.work[0] in among]
        with self.made(tmp_path_factory.mktemp("index")) as index:
            index.put([*shelf, *shelf])
            index.commit()

            assert list(index.sharing(most, works)) == _sharing(shelf, most, works)
            assert index.likenesses([each.work for each in shelf] + ["none"]) == {
                each.work: each.likeness for each in shelf if each.likeness
            }
            assert index.open_among([each.work for each in shelf], CAREFUL) == {
                each.work for each in shelf if CAREFUL.at(each) is Strength.OPEN
            }

    def test_what_a_work_is_compared_by_goes_with_it(self, tmp_path: Path) -> None:
        with self.made(tmp_path / "grown") as grown, self.made(tmp_path / "new") as new:
            grown.put([replace(entry(), likeness=b"held", traces=(1, 2, 3))])
            grown.put([replace(entry(), likeness=b"other", traces=(2, 4))])
            new.put([replace(entry(), likeness=b"other", traces=(2, 4))])
            grown.commit()
            new.commit()

            assert grown.dump() == new.dump()

    def test_nothing_is_seen_before_the_commit(self, tmp_path: Path) -> None:
        with self.made(tmp_path) as index, self.read(tmp_path) as other:
            index.put([entry(story="a dragon")])
            index.store_heads({"chain": "seen"})
            before = [(each.search(asked("dragon")).total, each.heads()) for each in (index, other)]
            index.commit()
            after = [(each.search(asked("dragon")).total, each.heads()) for each in (index, other)]

        assert before == [(0, {}), (0, {})]
        assert after == [(1, {"chain": "seen"})] * 2

    def test_what_was_not_committed_is_forgotten(self, tmp_path: Path) -> None:
        with self.made(tmp_path) as index:
            index.put([entry("a0", "a dragon")])
            index.commit()
            index.put([entry("a0", "a wyvern"), entry("a1", "a dragon")])
            index.remove(["a0"])
        again = self.engine.open_to_write(tmp_path)
        again.put([entry("a2", "a tower")])
        again.commit()
        found = {word: again.search(asked(word)).total for word in ("dragon", "wyvern", "tower")}
        again.close()

        assert found == {"dragon": 1, "wyvern": 0, "tower": 1}

    def test_a_work_put_again_is_one_work(self, tmp_path: Path) -> None:
        with self.made(tmp_path) as index:
            for story in ("a dragon", "a wyvern", "a wyvern"):
                index.put([entry("a0", story)])
                index.commit()

            assert index.search(asked("")).total == index.search(asked("wyvern")).total == 1
            assert index.search(asked("dragon")).total == 0

    def test_counts_are_of_what_the_reader_may_see(self, tmp_path: Path) -> None:
        tagged = {Facet.TAG: ("dragons",)}
        shelf = [replace(entry("a0"), facets=tagged), replace(entry("a1", shield=VEILED), facets=tagged)]
        with self.made(tmp_path) as index:
            index.put(shelf)
            index.commit()
            for text in ("", "tag:dragons", "dragons"):
                for eyes, works in ((READERS, 1), (EVERYONE, 2), (looking(), 0)):
                    answer = index.search(asked(text, eyes))

                    assert (answer.total, sum(count.works for count in answer.facets[Facet.TAG])) == (works, works)

    def test_no_phrase_runs_from_one_text_into_the_next(self, tmp_path: Path) -> None:
        with self.made(tmp_path) as index:
            index.put([replace(entry(title="a tower"), story=("the old", "dragon slept"), notes=("in peace",))])
            index.commit()
            found = [index.search(asked(f'"{text}"')).total for text in ("dragon slept", "old dragon", "slept in")]

            assert found == [1, 0, 0]

    def test_a_second_writer_is_refused_and_the_first_goes_on(self, tmp_path: Path) -> None:
        with self.made(tmp_path) as index:
            with pytest.raises(BusyError):
                self.engine.open_to_write(tmp_path)
            index.put([entry()])
            index.commit()

            assert index.counts().works == 1

    def test_an_index_opened_to_read_writes_nothing(self, tmp_path: Path) -> None:
        self.engine.create(tmp_path)
        with self.read(tmp_path) as index:
            with pytest.raises(RefusedError):
                index.put([entry()])
            with pytest.raises(RefusedError):
                index.remove(["a0"])
            with pytest.raises(RefusedError):
                index.commit()

    def test_readings_come_back_for_their_version_only(self, tmp_path: Path) -> None:
        with self.made(tmp_path) as index, self.read(tmp_path) as other:
            absent = other.reading(ONE, "1")
            index.put_reading(ONE, "1", b"long " * 1000)
            index.put_reading(OTHER, "1", b"old")
            index.put_reading(OTHER, "2", b"new")

            assert absent is None
            assert other.reading(ONE, "1") == b"long " * 1000
            assert (other.reading(OTHER, "1"), other.reading(OTHER, "2")) == (None, b"new")
            assert other.counts().readings == 2

    def test_the_unread_are_listed_by_name(self, tmp_path: Path) -> None:
        later, first = Unread(ONE, "b\udcff.txt", "too long"), Unread(OTHER, "a.txt", "no text")
        with self.made(tmp_path) as index:
            index.put_unread([later, first])
            index.commit()
            listed = index.unread()
            index.remove_unread([ONE])
            index.commit()

            assert listed == (first, later)
            assert (index.unread(), index.counts().unread) == ((first,), 1)

    def test_ids_cut_short_are_found_by_those_who_may_see_them(self, tmp_path: Path) -> None:
        with self.made(tmp_path) as index:
            index.put([entry("ab1"), entry("ab2", shield=VEILED), entry("ac1")])
            index.commit()

            assert index.resolve("ab", READERS) == ("ab1",)
            assert index.resolve("ab", None) == ("ab1", "ab2")
            assert index.resolve("a", None, limit=2) == ("ab1", "ab2")
            assert (index.get("ab2", READERS), index.get("ab2", None)) == (None, Hit("ab2", b"ab2"))

    def test_the_veiled_are_known_of_and_found_by_no_question(self, tmp_path: Path) -> None:
        shelf = [entry("ab1", "a dragon"), entry("ab3", "a dragon", VEILED), entry("ab2", "a dragon", VEILED)]
        with self.made(tmp_path) as index:
            index.put([*shelf, entry("ab4", "a dragon", SEALED), replace(entry("ab5"), guards=(OPEN, VEILED, SEALED))])
            index.commit()
            shelf_page, found = index.search(asked("", CAREFUL)), index.search(asked("dragon", CAREFUL))

            assert (shelf_page.total, shelf_page.veiled) == (2, 1)
            assert ([hit.work for hit in found.hits], found.total, found.veiled) == (["ab1", "ab3"], 2, 0)
            assert [hit.work for hit in index.veiled(CAREFUL).hits] == ["ab2"]
            assert index.closing(CAREFUL) == {VEILED: 1}
            assert index.resolve("ab", CAREFUL) == ("ab1", "ab2", "ab3")
            assert (index.get("ab2", CAREFUL), index.get("ab4", CAREFUL)) == (Hit("ab2", b"ab2"), None)
            assert index.counts(CAREFUL).works == 3

    def test_what_was_committed_since_is_judged_as_well(self, tmp_path: Path) -> None:
        with self.made(tmp_path) as index, self.read(tmp_path) as other:
            totals = []
            for work, guard in (("a0", OPEN), ("a1", SEALED), ("a2", VEILED), ("a0", SEALED)):
                index.put([entry(work, shield=guard)])
                index.commit()
                totals.append((other.search(asked("", CAREFUL)).total, other.search(asked("", CAREFUL)).veiled))

        assert totals == [(1, 0), (1, 0), (1, 1), (0, 1)]

    def test_many_readers_ask_in_turn(self, tmp_path: Path) -> None:
        many = [looking(OPEN, *(f"guard {number}" for number in range(most))) for most in range(12)]
        with self.made(tmp_path) as index:
            index.put([entry(f"w{number:02}", shield=f"guard {number}") for number in range(12)])
            index.commit()
            for eyes in many * 2:
                assert index.search(asked("", eyes)).total == len(eyes.seen) - 1

    def test_an_entry_without_guards_is_refused(self, tmp_path: Path) -> None:
        with self.made(tmp_path) as index, pytest.raises(ValueError, match="no guards"):
            index.put([replace(entry(), guards=())])

    def test_pages_meet_without_gap_or_overlap(self, tmp_path: Path) -> None:
        shelf = [entry(f"w{number:02}", "a dragon", title="Same") for number in range(23)]
        with self.made(tmp_path) as index:
            index.put(reversed(shelf))
            index.commit()
            for sort in Sort:
                for query in (Query(), Query(Text(("dragon",)))):
                    pages = [index.search(Question(READERS, query, sort, page, 5)) for page in range(1, 7)]
                    found = [hit.work for page in pages for hit in page.hits]

                    assert found == [each.work for each in shelf]

    def test_a_page_far_beyond_the_end_is_empty(self, tmp_path: Path) -> None:
        with self.made(tmp_path) as index:
            index.put([entry(story="a dragon")])
            index.commit()
            for text in ("", "dragon"):
                answer = index.search(Question(READERS, parse(text), page=10**30))

                assert (answer.hits, answer.total) == ((), 1)

    def test_what_is_not_unicode_is_kept_and_does_no_harm(self, tmp_path: Path) -> None:
        odd = replace(entry(story="a \udcff dragon", title="\ud800"), facets={Facet.TAG: ("\udcfe", "\x00")})
        with self.made(tmp_path) as index:
            index.put([odd])
            index.commit()
            answer = index.search(asked('dragon -"\udcff\x00"'))

            assert answer.total == 1
            assert [count.value for count in answer.facets[Facet.TAG]] == ["\x00", "\udcfe"]

    def test_no_index_is_stale(self, tmp_path: Path) -> None:
        for opened in (self.engine.open_to_read, self.engine.open_to_write):
            with pytest.raises(IndexStale):
                opened(tmp_path / "nowhere")

    def test_readers_go_over_to_an_index_made_again_only_when_it_is_whole(self, tmp_path: Path) -> None:
        with self.made(tmp_path) as index:
            index.put([entry("a0", "a dragon")])
            index.commit()
        with self.read(tmp_path) as other:
            with self.engine.making_again(tmp_path) as new:
                new.put([entry("a1", "a dragon")])
                new.commit()
                during = other.search(asked("dragon")).hits
            after = other.search(asked("dragon")).hits

        assert during == (Hit("a0", b"a0"),)
        assert after == (Hit("a1", b"a1"),)

    def test_an_index_half_made_again_leaves_the_old(self, tmp_path: Path) -> None:
        with self.made(tmp_path) as index:
            index.put([entry("a0")])
            index.commit()
        with suppress(KeyboardInterrupt), self.engine.making_again(tmp_path) as new:
            new.put([entry("a1")])
            new.commit()
            raise KeyboardInterrupt
        with self.read(tmp_path) as other:
            assert other.resolve("", None) == ("a0",)


def step(data: st.DataObject, index: Index, reference: Reference) -> None:
    """One thing that can happen to an index, to the reference as well."""
    shelf = data.draw(shelves(4))
    gone = data.draw(st.sets(st.sampled_from(["a0", "b1", "c2", *reference.held])))
    index.put(shelf)
    reference.put(shelf)
    index.remove(gone)
    reference.held = {work: held for work, held in reference.held.items() if work not in gone}
    if data.draw(st.booleans()):
        index.commit()
