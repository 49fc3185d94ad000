"""A calibre library is understood with what its keeper says of each book, and beside what each book says itself."""

from __future__ import annotations

import itertools
from pathlib import Path

from tests.strategies import libraries
from tests.strategies.libraries import READER
from tests.strategies.shelves import BOOK, KEEPERS_WORDS, OTHER, PAGE, laid, listing, record

from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.correcting import change_of, correct
from remnant.library.knowing import known, standings_of
from remnant.library.listing import findings
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.library.reconciling import reconcile
from remnant.model import Digest, Field

FOLDER = "Odile/Nine Steps (12)"
RECORD = record("Nine Steps", "Odile", *KEEPERS_WORDS)
FILES = {
    "metadata.db": listing({FOLDER: ("Nine Steps - Odile.epub", "Nine Steps - Odile.html")}),
    f"{FOLDER}/metadata.opf": RECORD,
    f"{FOLDER}/cover.jpg": b"\xff\xd8\xff\xe0 a picture",
    f"{FOLDER}/Nine Steps - Odile.epub": BOOK,
    f"{FOLDER}/Nine Steps - Odile.html": PAGE,
}


def the_work(library: Library) -> str:
    [hit] = search(library, READER).hits
    return hit.work


def test_a_book_in_two_forms_is_one_work_with_its_keepers_words(library: Library, tmp_path: Path) -> None:
    added = add(library, [laid(tmp_path / "shelf", FILES)])
    shown = known(library, READER, the_work(library))
    said = {field: shown.fields.get(field) for field in (Field.TITLE, Field.AUTHOR, Field.SERIES, Field.TAG)}

    assert said == {
        Field.TITLE: ("Nine Steps",),
        Field.AUTHOR: ("Odile",),
        Field.SERIES: ("Lamps & Stairs",),
        Field.TAG: ("Harbour", "Slow Burn"),
    }
    assert shown.fields[Field.FANDOM] == ("The Harbour", 'Ships "and" <Ropes>')
    assert shown.fields[Field.SOURCE_URL] == ("https://example.org/lamp",)
    assert shown.fields[Field.SUMMARY] == ("A lamp that nobody lit.",)
    assert added.unread == ()
    assert library.index().counts().works == 1


def test_each_word_is_shown_where_it_stands_written_and_nothing_beside_it(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "shelf", FILES)])
    work = the_work(library)
    places = [place for found in standings_of(library, READER, work).values() for place in found]
    opf = [place for place in places if place.name.endswith("metadata.opf")]

    assert {place.here for place in opf} >= {"Nine Steps", "Lamps &amp; Stairs", "The Harbour", "1200"}
    assert {(place.before, place.after) for place in opf} == {("", "")}


def test_what_the_keeper_marked_for_themselves_is_nowhere(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "shelf", FILES)])
    work = the_work(library)
    shown = known(library, READER, work)
    every = repr([shown.claims, shown.fields, library.index().dump(), standings_of(library, READER, work)])

    assert "privately" not in every
    assert "2011-04-05" not in every
    assert any("4: stars, read, remarks" in noted.finding.message for noted in findings(library, READER, work=work))


def test_what_the_story_says_of_itself_is_never_overruled(library: Library, tmp_path: Path) -> None:
    story = libraries.story("The Ferry", "Maud")
    own = {f"{FOLDER}/x.txt": story, f"{FOLDER}/metadata.opf": record("Ferry!!", "M. Legal")}
    add(library, [laid(tmp_path / "shelf", own)])
    shown = known(library, READER, the_work(library))

    assert (shown.fields[Field.TITLE], shown.fields[Field.AUTHOR]) == (("The Ferry",), ("Maud",))
    assert {claim.value for claim in shown.claims} >= {"Ferry!!", "M. Legal"}


def test_a_title_made_of_a_file_name_is_no_title(library: Library, tmp_path: Path) -> None:
    own = {
        f"{FOLDER}/x.txt": b"\n\n".join([b"A text.", OTHER]),
        f"{FOLDER}/metadata.opf": record("ferry_02", "Unknown"),
    }
    add(library, [laid(tmp_path / "shelf", own)])
    work = the_work(library)

    assert "ferry_02" not in {claim.value for claim in known(library, READER, work).claims}
    assert "C004" in {noted.finding.code for noted in findings(library, READER, work=work)}


def test_a_form_with_other_words_stays_a_work_of_its_own(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "shelf", FILES | {f"{FOLDER}/Nine Steps - Odile.html": OTHER})])
    hits = search(library, READER).hits

    assert [hit.label for hit in hits] == ["Nine Steps", "Nine Steps"]
    assert len(search(library, READER, "another tale").hits) == 1


def test_every_order_of_coming_gives_the_same(workers: Pool, tmp_path: Path) -> None:
    parts = [f"{FOLDER}/metadata.opf", f"{FOLDER}/Nine Steps - Odile.epub", f"{FOLDER}/Nine Steps - Odile.html"]
    found = set()
    for number, order in enumerate(itertools.permutations(parts)):
        with libraries.library_at(tmp_path / f"library {number}", workers) as library:
            for path in order:
                add(library, [laid(tmp_path / f"came {number}" / path[-4:] / "shelf", {path: FILES[path]})])
            found.add((the_work(library), known(library, READER, the_work(library)).label))
            grown = library.index().dump()
            rebuild(library)
            assert library.index().dump() == grown

    assert len(found) == 1


def test_a_form_that_another_spoke_for_speaks_again_when_a_better_one_says_otherwise(
    library: Library, tmp_path: Path
) -> None:
    page = b"<html><body>%s</body></html>" % b"".join(b"<p>%s</p>" % line for line in OTHER.splitlines() if line)
    forms = {f"{FOLDER}/metadata.opf": RECORD, f"{FOLDER}/x.html": page, f"{FOLDER}/x.txt": OTHER}
    add(library, [laid(tmp_path / "one" / "shelf", forms)])
    assert library.index().counts().works == 1
    add(library, [laid(tmp_path / "two" / "shelf", {f"{FOLDER}/x.epub": BOOK})])
    grown = library.index().dump()
    rebuild(library)

    assert library.index().counts().works == 3
    assert library.index().dump() == grown


def test_a_work_keeps_its_name_and_corrections_whatever_its_keeper_changes(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "shelf", FILES)], clock=libraries.ticking())
    work = the_work(library)
    correct(library, "Ann", work, [change_of("title=Ten Steps")], clock=libraries.ticking())
    later = {f"{FOLDER}/metadata.opf": record("Nine Steps", "Odile", "<dc:subject>Read Again</dc:subject>")}
    add(library, [laid(tmp_path / "shelf", later)])
    shown = known(library, READER, the_work(library))

    assert (the_work(library), shown.label) == (work, "Ten Steps")
    assert shown.fields[Field.TAG] == ("Read Again",)


def test_the_list_is_held_against_what_is_there(library: Library, tmp_path: Path) -> None:
    files = dict(FILES)
    del files[f"{FOLDER}/Nine Steps - Odile.html"]
    files["Maud/Stray (13)/Stray - Maud.txt"] = OTHER
    add(library, [laid(tmp_path / "shelf", files)])
    told = reconcile(library, READER, "shelf")

    assert [one.message for one in told.missing] == [
        f"A file that it lists is not here: {FOLDER}/Nine Steps - Odile.html."
    ]
    assert told.loose == ("shelf/Maud/Stray (13)/Stray - Maud.txt",)
    assert told.marked == 1
    assert (sum(told.found.values()), told.used) == (2, 2)


def test_a_harmed_companion_costs_only_its_own_words(library: Library, tmp_path: Path) -> None:
    add(library, [laid(tmp_path / "shelf", FILES)])
    place = library.shelf.path_of(Digest.of(RECORD))
    place.chmod(0o644)
    place.write_bytes(b"harmed")
    told = reconcile(library, READER, "shelf")

    assert told.found == {"story": 1}
    assert [one.name for one in told.lost] == [f"shelf/{FOLDER}/metadata.opf"]
