"""Law 11: whoever is kept from something asks an index that holds nothing of it, so that no work can tell of it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies.find import BEGINNING, Looking
from tests.strategies.unearthing import found_in

from remnant.find import embedded
from remnant.find.embedded import stamp
from remnant.find.embedded.apart import Apart, Wanted, moment_of
from remnant.find.embedded.index import WritingIndex
from remnant.find.port import Entry, Facet, Index, IndexStale, Question
from remnant.find.query import parse
from remnant.model import Strength

FEW = max(8, (settings.default.max_examples if settings.default else 60) // 8)
FINE, COARSE, CRUEL = "fine", "coarse", "cruel"
MANY = 120
"""More entries than are copied between two looks at the clock."""


def never() -> bool:
    return False


def kept_from(*hidden: str, name: str = "somebody") -> Looking:
    """Eyes from which these guards hide, and no other."""
    seen = {FINE, COARSE, CRUEL} - {*hidden}
    return Looking(frozenset((guard, Strength.OPEN) for guard in seen), frozenset({name}), apart=True)


CHILD, TENDER = kept_from(COARSE, CRUEL), kept_from(CRUEL)


def entry(work: str, guard: str = FINE, said: str = "") -> Entry:
    """A word of its own in every place, which begins with the name of the work."""
    facets = {facet: (f"{work}{facet.value}",) for facet in Facet}
    return Entry(
        work,
        (guard,),
        f'{{"said": "{work}card"}}'.encode(),
        BEGINNING,
        title=f"{work}title",
        facets=facets,
        story=(f"the lantern {work}story {said}",),
        notes=(f"{work}note",),
        likeness=f"{work}likeness".encode(),
        traces=(1, 2),
    )


@contextmanager
def made(folder: Path, entries: Iterable[Entry] = ()) -> Iterator[Index]:
    embedded.create(folder)
    with closing(embedded.open_to_write(folder)) as index:
        grow(index, *entries)
        yield index


def grow(index: Index, *entries: Entry) -> None:
    index.put(entries)
    index.commit()


def own(folder: Path) -> list[Path]:
    """Where the indexes of their own lie."""
    return sorted(folder.glob("data-*/apart/*"))


def found(index: Index, eyes: Looking, text: str = "lantern") -> list[str]:
    return [hit.work for hit in index.search(Question(eyes, parse(text), size=1000)).hits]


def words_of(work: str) -> list[str]:
    return [f"{work}{place}" for place in ("", "title", "story", "note", "card", "likeness", *Facet)]


def dumped(place: Path) -> list[bytes]:
    """All that it holds, but how far it has come."""
    with closing(WritingIndex(place, stamp.Stamp(place, stamp.NOWHERE), held=True)) as index:
        return [line for line in index.dump().splitlines() if not line.startswith(b'["head"')]


def test_no_file_of_it_holds_anything_of_what_is_hidden(tmp_path: Path) -> None:
    """Byte for byte: pages of the catalogue, lists of words, what is compressed; while it is made and as it grows."""
    shelf = [entry("fair1"), entry("foul1", COARSE), entry("fair2"), entry("foul2", CRUEL)]
    with made(tmp_path, shelf) as index:
        places = []
        for more in ([], [entry("fair3"), entry("foul3", COARSE)], [entry("fair1", said="fair1again")]):
            grow(index, *more)

            assert embedded.set_apart(tmp_path, CHILD, never)
            assert index.is_apart(CHILD)
            places += own(tmp_path)

        assert len({*places}) == 1
        assert found(index, CHILD) == ["fair1", "fair2", "fair3"]
    assert found_in(places[0], [word for number in "123" for word in words_of(f"foul{number}")]) == {}
    assert found_in(places[0], ["fair3story"]).keys() >= {"catalogue.sqlite", "text/meta.json"}
    assert found_in(tmp_path, ["foul3story"])
    assert found_in(tmp_path, ["somebody"]) == {}


FOREIGN = ["Sólveig", "туман", "灯火"]
"""Words outside ASCII, as a name, in small letters, and in letters that have none."""


def test_words_outside_ascii_would_be_found_wherever_they_stand(tmp_path: Path) -> None:
    """Else that they are nowhere would prove nothing."""
    with made(tmp_path, [entry("foul", CRUEL, said=" ".join(FOREIGN)), entry("fair")]):
        assert embedded.set_apart(tmp_path, CHILD, never)
    there = found_in(tmp_path, FOREIGN)
    (data,) = (path.name for path in tmp_path.glob("data-*"))

    assert {*there[f"{data}/catalogue.sqlite"]} == {*FOREIGN}
    assert {*there[f"{data}/text/meta.json"]} == {"Sólveig", "туман"}
    assert found_in(own(tmp_path)[0], FOREIGN) == {}


def test_it_equals_the_index_of_a_library_that_never_had_what_is_hidden(tmp_path: Path) -> None:
    shelf = [entry(f"w{number:02}", (FINE, COARSE, CRUEL)[number % 3]) for number in range(12)]
    with made(tmp_path / "whole", shelf), made(tmp_path / "bare", [one for one in shelf if one.guards == (FINE,)]):
        assert embedded.set_apart(tmp_path / "whole", CHILD, never)
    (place,), (data,) = own(tmp_path / "whole"), (tmp_path / "bare").glob("data-*")

    assert dumped(place) == dumped(data)


@settings(max_examples=FEW)
@given(data=st.data())
def test_however_an_index_grows_it_holds_nothing_that_is_hidden_now(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Works come, go, are hidden and shown again by another guard; each of three readers has one of their own."""
    folder = tmp_path_factory.mktemp("grown")
    many, held = (CHILD, TENDER, kept_from(FINE)), dict[str, Entry]()
    works = st.sampled_from([f"q{letter}z" for letter in "abcdef"])
    with made(folder) as index:
        for _ in range(data.draw(st.integers(2, 6))):
            guards = st.sampled_from([FINE, FINE, COARSE, CRUEL])
            put = data.draw(st.dictionaries(works, guards, max_size=4))
            gone = data.draw(st.sets(works, max_size=2))
            held |= {work: entry(work, guard) for work, guard in put.items()}
            held = {work: one for work, one in held.items() if work not in gone}
            index.put(entry(work, guard) for work, guard in put.items())
            index.remove(gone)
            index.commit()
            for eyes in data.draw(st.permutations(many)):
                fine = sorted(work for work, one in held.items() if eyes.at(one) is Strength.OPEN)

                assert embedded.set_apart(folder, eyes, never)
                assert index.is_apart(eyes)
                assert found(index, eyes) == fine
        for eyes in many:
            _nothing_of_what_is_hidden(folder, eyes, held)


def _nothing_of_what_is_hidden(folder: Path, eyes: Looking, held: dict[str, Entry]) -> None:
    hidden = [work for work, one in held.items() if eyes.at(one) is Strength.HIDDEN]
    place = _answering(folder, eyes, len(held) - len(hidden))
    if place is None:
        assert hidden == []
    else:
        assert found_in(place, [word for work in hidden for word in words_of(work)]) == {}


def _answering(folder: Path, eyes: Looking, works: int) -> Path | None:
    """Which of them answers these eyes now."""
    (data,) = folder.glob("data-*")
    with closing(sqlite3.connect(data / "catalogue.sqlite")) as sql, closing(Apart(data)) as apart:
        return apart.find(eyes, Wanted(moment_of(sql), works))


def test_two_readers_share_one_if_they_see_the_same(tmp_path: Path) -> None:
    with made(tmp_path, [entry("a1"), entry("a2", COARSE)]) as index:
        for eyes in (CHILD, kept_from(COARSE, name="another"), kept_from(COARSE, CRUEL, name="a third")):
            assert embedded.set_apart(tmp_path, eyes, never)
            assert found(index, eyes) == ["a1"]

        assert len(own(tmp_path)) == 1


def test_one_who_sees_as_much_and_not_the_same_is_not_answered_from_it(tmp_path: Path) -> None:
    with made(tmp_path, [entry("a1"), entry("a2", COARSE), entry("a3", CRUEL)]) as index:
        assert embedded.set_apart(tmp_path, TENDER, never)
        assert (index.is_apart(TENDER), index.is_apart(kept_from(COARSE))) == (True, False)
        assert (found(index, TENDER), found(index, kept_from(COARSE))) == (["a1", "a2"], ["a1", "a3"])


def test_a_limit_that_was_lowered_holds_at_once(tmp_path: Path) -> None:
    with made(tmp_path, [entry("a1"), entry("a2", COARSE), entry("a3", CRUEL)]) as index:
        assert embedded.set_apart(tmp_path, TENDER, never)
        assert found(index, CHILD) == ["a1"]
        assert not index.is_apart(CHILD)
        assert embedded.set_apart(tmp_path, CHILD, never)
        assert (found(index, CHILD), found(index, TENDER)) == (["a1"], ["a1", "a2"])
        assert index.is_apart(CHILD)
        assert index.is_apart(TENDER)


def test_what_was_hidden_since_leaves_no_word_of_what_it_was(tmp_path: Path) -> None:
    with made(tmp_path, [entry("fair1"), entry("turned", FINE), entry("foul1", CRUEL)]) as index:
        assert embedded.set_apart(tmp_path, CHILD, never)
        (before,) = own(tmp_path)
        grow(index, entry("turned", CRUEL))

        assert not index.is_apart(CHILD)
        assert found(index, CHILD) == ["fair1"]
        assert embedded.set_apart(tmp_path, CHILD, never)
        (after,) = {*own(tmp_path)} - {before}
    assert found_in(before, words_of("turned"))
    assert found_in(after, words_of("turned")) == {}


def test_what_left_and_comes_back_hidden_leaves_no_word_of_what_it_was(tmp_path: Path) -> None:
    with made(tmp_path, [entry("fair1"), entry("turned", FINE), entry("foul1", CRUEL)]) as index:
        assert embedded.set_apart(tmp_path, CHILD, never)
        index.remove(["turned"])
        index.commit()

        assert embedded.set_apart(tmp_path, CHILD, never)
        (before,) = own(tmp_path)
        grow(index, entry("turned", CRUEL))

        assert embedded.set_apart(tmp_path, CHILD, never)
        (after,) = {*own(tmp_path)} - {before}
    assert found_in(after, words_of("turned")) == {}


def test_a_half_made_one_is_not_used_and_gone_on_with(tmp_path: Path) -> None:
    """Stopped in the middle of taking in what was said anew of every work: as many are in it as there should be."""
    shelf = [entry(f"w{number:03}") for number in range(MANY)]
    with made(tmp_path, [*shelf, entry("hidden", CRUEL)]) as index:
        assert embedded.set_apart(tmp_path, CHILD, never)
        grow(index, *(entry(one.work, said="anew") for one in shelf))

        assert not embedded.set_apart(tmp_path, CHILD, lambda: True)
        assert not index.is_apart(CHILD)
        assert len(found(index, CHILD, "anew")) == MANY
        assert embedded.set_apart(tmp_path, CHILD, never)
        assert index.is_apart(CHILD)
        assert len(found(index, CHILD, "anew")) == MANY
        assert len(own(tmp_path)) == 1


def test_more_than_one_would_wait_for_is_left_for_later(tmp_path: Path) -> None:
    with made(tmp_path, [entry("a1"), entry("a2"), entry("a3", CRUEL)]) as index:
        made_of = [embedded.set_apart(tmp_path, CHILD, never, most) for most in (1, 2)]
        grow(index, entry("a4"))

        assert made_of == [False, True]
        assert embedded.set_apart(tmp_path, CHILD, never, 1)


def test_killed_while_it_is_made_it_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_: WritingIndex) -> None:
        raise KeyboardInterrupt

    with made(tmp_path, [entry("a1"), entry("a2", CRUEL)]) as index:
        with monkeypatch.context() as patched:
            patched.setattr(WritingIndex, "commit", killed)
            with pytest.raises(KeyboardInterrupt):
                embedded.set_apart(tmp_path, CHILD, never)

        assert not index.is_apart(CHILD)
        assert found(index, CHILD) == ["a1"]
        assert embedded.set_apart(tmp_path, CHILD, never)
        assert index.is_apart(CHILD)


def test_one_made_of_what_a_power_cut_took_back_is_not_used(tmp_path: Path) -> None:
    """The index counts its commits anew from where it was; what was copied before is of another one."""
    folder, saved = tmp_path / "index", tmp_path / "saved"
    with made(folder, [entry("a1"), entry("a2", CRUEL)]):
        pass
    shutil.copytree(folder, saved)
    with closing(embedded.open_to_write(folder)) as index:
        grow(index, entry("a3"))

        assert embedded.set_apart(folder, CHILD, never)
    (place,) = own(folder)
    (data,) = saved.glob("data-*")
    shutil.copytree(place, data / "apart" / place.name)
    shutil.rmtree(folder)
    saved.rename(folder)
    with closing(embedded.open_to_write(folder)) as index:
        grow(index, entry("a4"))
        before = index.is_apart(CHILD), found(index, CHILD)

        assert embedded.set_apart(folder, CHILD, never)
        assert before == (False, ["a1", "a4"])
        assert found(index, CHILD) == ["a1", "a4"]


def test_a_damaged_one_is_made_again(tmp_path: Path) -> None:
    with made(tmp_path, [entry("a1"), entry("a2", CRUEL)]) as index:
        assert embedded.set_apart(tmp_path, CHILD, never)
        for path in tmp_path.glob("data-*/apart/*/text/*.term"):
            path.write_bytes(b"\x5a" * path.stat().st_size)
        with closing(embedded.open_to_read(tmp_path)) as reader:
            assert found(reader, CHILD) == ["a1"]
            assert not reader.is_apart(CHILD)
            assert embedded.set_apart(tmp_path, CHILD, never)
            assert reader.is_apart(CHILD)
            assert found(reader, CHILD) == found(index, CHILD) == ["a1"]
        assert len(own(tmp_path)) == 1


def test_one_in_which_a_writer_meets_damage_is_made_again(tmp_path: Path) -> None:
    with made(tmp_path, [entry("a1"), entry("a2", CRUEL)]) as index:
        assert embedded.set_apart(tmp_path, CHILD, never)
        (place,) = own(tmp_path)
        (place / "text" / "meta.json").write_bytes(b"{}")
        grow(index, entry("a3"))

        assert embedded.set_apart(tmp_path, CHILD, never)
        assert index.is_apart(CHILD)
        assert found(index, CHILD) == ["a1", "a3"]


def test_damage_in_what_is_copied_from_is_told_of_there(tmp_path: Path) -> None:
    """And what was copied before stays: nothing is wrong with it."""
    with made(tmp_path, [entry("a1"), entry("a2", CRUEL)]):
        assert embedded.set_apart(tmp_path, CHILD, never)
    with closing(embedded.open_to_write(tmp_path)) as index:
        grow(index, entry("a3"))
    (before,) = own(tmp_path)
    for path in tmp_path.glob("data-*/catalogue.sqlite"):
        with closing(sqlite3.connect(path)) as sql, sql:
            sql.execute("UPDATE told SET texts = zeroblob(20) WHERE doc = (SELECT max(doc) FROM told)")

    assert not embedded.is_doubted(tmp_path)
    assert not embedded.set_apart(tmp_path, CHILD, never)
    assert embedded.is_doubted(tmp_path)
    assert own(tmp_path) == [before]


def test_they_go_with_the_index_they_were_copied_from(tmp_path: Path) -> None:
    with made(tmp_path, [entry("a1"), entry("a2", CRUEL)]) as index:
        assert embedded.set_apart(tmp_path, CHILD, never)
        assert index.is_apart(CHILD)
    with embedded.making_again(tmp_path) as new:
        grow(new, entry("a3"), entry("a4", CRUEL))
    with closing(embedded.open_to_read(tmp_path)) as index:
        assert own(tmp_path) == []
        assert (index.is_apart(CHILD), found(index, CHILD)) == (False, ["a3"])


def test_there_are_never_many(tmp_path: Path) -> None:
    guards = [f"guard {number}" for number in range(9)]
    many = [Looking(frozenset((one, Strength.OPEN) for one in guards[: most + 1]), apart=True) for most in range(8)]
    with made(tmp_path, [entry(f"w{number}", guard) for number, guard in enumerate(guards)]) as index:
        for eyes in many:
            assert embedded.set_apart(tmp_path, eyes, never)

        assert [index.is_apart(eyes) for eyes in many] == [False] * 2 + [True] * 6
        assert len(own(tmp_path)) == 6


def test_as_many_as_are_wanted_stay(tmp_path: Path) -> None:
    guards = [f"guard {number}" for number in range(9)]
    many = [Looking(frozenset((one, Strength.OPEN) for one in guards[: most + 1]), apart=True) for most in range(8)]
    with made(tmp_path, [entry(f"w{number}", guard) for number, guard in enumerate(guards)]) as index:
        for eyes in many:
            assert embedded.set_apart(tmp_path, eyes, never, needed=len(many))

        assert all(index.is_apart(eyes) for eyes in many)


def test_one_that_cannot_be_made_is_tried_once_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def full(_: WritingIndex) -> None:
        tried.append(own(tmp_path))
        raise IndexStale("What a text index says of a full disk.")

    with made(tmp_path, [entry("a1"), entry("a2", CRUEL)]):
        monkeypatch.setattr(WritingIndex, "commit", full)

        assert not embedded.set_apart(tmp_path, CHILD, never)
        assert list(map(len, tried)) == [1]
        assert own(tmp_path) == []
        assert not embedded.is_doubted(tmp_path)


def test_where_nothing_may_be_written_none_is_made_and_one_that_is_there_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made(tmp_path, [entry("a1"), entry("a2", CRUEL)]):
        assert embedded.set_apart(tmp_path, CHILD, never)
    with monkeypatch.context() as patched:
        patched.setattr("os.access", lambda *_: False)
        with closing(embedded.open_to_read(tmp_path)) as index:
            assert not embedded.set_apart(tmp_path, replace(CHILD, seen=TENDER.seen), never)
            assert (index.is_apart(CHILD), found(index, CHILD)) == (True, ["a1"])
            assert len(own(tmp_path)) == 1
