"""Law 11: nothing that the shield hides appears on any surface, and the warning stands before the story.

Addresses are planted in every field and place; each surface is then searched for the canary.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.books import text_of_book, text_of_page
from tests.strategies.readings import READER, Page, claim, person, readings, story_words, words_in, work_of

from remnant.give import catalogue, epub, names, page, plain, record
from remnant.model import (
    STORY_ROLES,
    VEILED,
    BlockKind,
    Claim,
    Confidence,
    Field,
    How,
    Link,
    LinkKind,
    Mark,
    Reading,
    Role,
    Section,
    Shown,
    Skip,
    SkipClass,
    Snippet,
    Work,
)
from remnant.shield.showing import excerpt, searchable, show

CANARY = "canary"
ADDRESSES = (
    "canary@cage.example",
    "canary.bird+song@deep.mine.example",
    "canary (at) cage (dot) example",
    "canary at cage dot example",
    "CANARY@CAGE.EXAMPLE",
)
addresses = st.sampled_from(ADDRESSES)
places = st.sampled_from([role for role in Role if role not in STORY_ROLES])
fields = st.sampled_from(list(Field))


@st.composite
def planted(draw: st.DrawFn) -> tuple[Work, Reading]:
    """A work with an address wherever one can stand: in claims, texts, links, markup, names and keys."""
    page = Page(path=draw(st.sampled_from(["", f"{ADDRESSES[0]}.txt"])))
    said: list[Claim] = []
    for _ in range(draw(st.integers(1, 4))):
        _plant_in_text(draw, page)
    page.block(Role.STORY, "The mine was dark. ", "Write to Mara Quill-Hart at once.")
    said.append(claim(Field.BETA, "Mara Quill-Hart", page.place_of("Mara Quill-Hart"), sensitive=True))
    page.block(Role.STORY, "Nobody sang.")
    said += [_claimed(draw, field) for field in draw(st.lists(fields, max_size=4))]
    skipped = _markup(draw, page)
    sections = (Section(f"Write to {draw(addresses)}", 1, 0, len(page.blocks) - 1),)
    reading = replace(page.reading(tuple(said), sections=sections), skipped=(skipped,))
    return work_of(reading, person(Field.TAG, "mines", name=draw(addresses))), reading


def _plant_in_text(draw: st.DrawFn, page: Page) -> None:
    address = draw(addresses)
    cut = draw(st.integers(0, len(address)))
    spans = [
        page.span("Feedback: "),
        page.span(address[:cut], frozenset({Mark.EMPHASIS})),
        page.span(address[cut:], href=draw(st.sampled_from([None, "mailto:canary@cage.example"]))),
        page.span(" please", href="https://a.example/?to=canary%40cage.example"),
    ]
    page.block(draw(places), *spans, kind=draw(st.sampled_from([BlockKind.PARAGRAPH, BlockKind.VERSE])))


def _claimed(draw: st.DrawFn, field: Field) -> Claim:
    address = draw(addresses)
    if draw(st.booleans()):
        return claim(field, f"canary of {field}", sensitive=True, normalised=draw(st.none() | addresses), part=address)
    normalised = draw(st.none() | st.just(f"Mara <{address}>"))
    return claim(field, f"Mara <{address}>", normalised=normalised, part=address)


def _markup(draw: st.DrawFn, page: Page) -> Skip:
    written = draw(st.sampled_from(["canary@cage.example", "canary&#64;cage.example", "canary%40cage.example"]))
    return Skip(page.span(f'<a href="mailto:{written}">').source, SkipClass.TAG)


@given(planted())
def test_no_surface_gives_away_what_is_veiled(given_work: tuple[Work, Reading]) -> None:
    work, reading = given_work
    snippet = Snippet((("read by ", False), ("Mara", True), (" Quill-Hart", False)))
    whole, card = show(work, reading, READER, snippet), show(work, None, READER, snippet)
    surfaces = {
        **_given_back(whole),
        "catalogue": catalogue.table([card]).decode(),
        "whole": repr(_told(whole)),
        "card": repr(_told(card)),
        "index": repr(searchable(work, reading)),
        **{f"excerpt {n}": text for n, text in enumerate(_excerpts(reading))},
    }

    for name, surface in surfaces.items():
        assert CANARY not in surface.casefold(), name
        assert "Quill-Hart" not in surface, name


@given(readings())
def test_the_warning_stands_before_the_first_word_of_the_story(reading: Reading) -> None:
    shown = show(work_of(reading), reading, READER)
    warned = {word for notice in shown.notices for word in words_in(notice.text)}
    story = [word for word in story_words(reading.blocks) if word not in warned]
    for name, text in _forms(shown).items():
        words = words_in(text)
        first = words.index(story[0]) if story else len(words)

        for notice in shown.notices:
            assert set(words_in(notice.text)) <= set(words[:first]), name


def test_an_address_inside_a_story_stays_unless_a_claim_points_at_it() -> None:
    page_ = Page()
    page_.block(Role.STORY, "He wrote to jack@torchwood.example and to gwen@torchwood.example.")
    pointed_at = claim(Field.EMAIL, "gwen@torchwood.example", page_.place_of("gwen@torchwood.example"), sensitive=True)
    reading = page_.reading((pointed_at,))
    shown = show(work_of(reading), reading, READER)

    assert shown.body is not None
    assert shown.body.blocks[0].text == f"He wrote to jack@torchwood.example and to {VEILED}."


def test_the_veil_cuts_exactly_and_the_rest_keeps_its_place() -> None:
    page_ = Page()
    block = page_.block(
        Role.BYLINE, "by Mara ", page_.span("<mara@", frozenset({Mark.STRONG})), "inn.example>, who sings"
    )
    reading = page_.reading()
    shown = show(work_of(reading), reading, READER)

    assert shown.body is not None
    spans = shown.body.blocks[0].spans
    assert [span.text for span in spans] == ["by Mara ", "<", VEILED, ">, who sings"]
    assert all(reading.text_of(span.source) == span.text for span in spans if span.how is How.VERBATIM)
    assert spans[0] == block.spans[0]


def test_a_warning_in_the_end_notes_comes_forward_where_a_pointer_leads_to_it() -> None:
    page_ = Page()
    page_.block(Role.NOTE, "Please read the warning at the bottom.")
    page_.block(Role.STORY, "They say that falling is like flying.")
    page_.block(Role.NOTE, "There is a death in this. I cried.")
    page_.block(Role.NOTE, "Thanks to my beta.")
    death = claim(Field.WARNING, "death", page_.place_of("death"))
    links = (Link(page_.region(0), page_.region(2), LinkKind.NOTE),)
    shown = _shown(page_.reading((death,), links))

    assert [(notice.text, notice.block) for notice in shown.notices] == [("There is a death in this. I cried.", 2)]
    assert shown.why[0] == "1 warning from further down was brought before the story."


def test_a_pointer_to_a_warning_brings_all_of_it_but_never_story() -> None:
    page_ = Page()
    page_.block(Role.NOTE, "Warnings at the end.")
    page_.block(Role.STORY, "It rained.")
    page_.block(Role.NOTE, "Somebody drowns.")
    end = page_.region(2)
    links = (Link(page_.region(0), replace(page_.region(1), end=end.end), LinkKind.WARNING),)
    shown = _shown(page_.reading((), links))

    assert [notice.text for notice in shown.notices] == ["Somebody drowns."]


def test_notices_are_in_the_order_of_the_file_each_once_and_the_rating_last() -> None:
    page_ = Page()
    page_.block(Role.HEADER, "Rating: R")
    page_.block(Role.WARNING, "Warnings: angst")
    page_.block(Role.STORY, "It rained.")
    page_.block(Role.SPOILER, "Spoilers for Day Four")
    page_.block(Role.WARNING, "Warnings: ANGST")
    said = (
        claim(Field.RATING, "R", page_.place_of("R"), normalised="Mature"),
        claim(Field.WARNING, "angst", page_.place_of("angst")),
        claim(Field.SPOILER, "Day Four", page_.place_of("Day Four")),
    )
    reading = page_.reading(said)
    shown = show(work_of(reading, person(Field.WARNING, "drowning")), reading, READER)

    assert [notice.text for notice in shown.notices] == [
        "drowning",
        "Warnings: angst",
        "Spoilers for Day Four",
        "Mature",
    ]
    assert [notice.kind for notice in shown.notices][-1] is Field.RATING


def test_a_guessed_rating_is_no_notice() -> None:
    page_ = Page()
    page_.block(Role.STORY, "It rained.")
    shown = _shown(page_.reading((claim(Field.RATING, "R", confidence=Confidence.GUESSED),)))

    assert shown.notices == ()


def test_a_card_has_the_notices_of_the_whole() -> None:
    page_ = Page()
    page_.block(Role.STORY, "It rained.")
    page_.block(Role.NOTE, "A death, by the way.")
    work = work_of(page_.reading((claim(Field.WARNING, "death", page_.place_of("death")),)))

    assert [notice.text for notice in show(work, None, READER).notices] == ["death"]


def test_a_reading_of_another_original_is_refused() -> None:
    page_ = Page()
    page_.block(Role.STORY, "It rained.")
    reading = page_.reading()
    work = replace(work_of(reading), editions=())

    with pytest.raises(ValueError, match="none of the work's originals"):
        show(work, reading, READER)


def _shown(reading: Reading) -> Shown:
    return show(work_of(reading), reading, READER)


def _told(shown: Shown) -> list[object]:
    """All that a face could print; the places of spans are left out, which only find a spot again."""
    blocks = shown.body.blocks if shown.body else ()
    texts = [(span.text, span.href) for block in blocks for span in block.spans]
    sections = shown.body.sections if shown.body else ()
    return [shown.label, shown.notices, shown.fields, shown.claims, shown.why, shown.snippet, texts, sections]


def _given_back(shown: Shown) -> dict[str, str]:
    return {
        "page": page.body(shown),
        "document": page.document(shown).decode(),
        "book": epub.book(shown).decode("latin-1"),
        "plain": plain.text(shown).decode(),
        "record": record.record(shown).decode(),
        "name": names.file_name(shown, ".epub"),
    }


def _excerpts(reading: Reading) -> list[str]:
    spans = [span.source for block in reading.blocks if block.role not in STORY_ROLES for span in block.spans]
    evidence = [region for said in reading.claims for region in said.evidence]
    regions = [*spans, *evidence, *(skip.region for skip in reading.skipped)]
    return [repr(excerpt(reading, region, READER, around)) for region in regions for around in (3, 120)]


def _forms(shown: Shown) -> dict[str, str]:
    return {
        "page": text_of_page(page.body(shown)),
        "document": text_of_page(page.document(shown).decode()),
        "book": text_of_book(epub.book(shown)),
        "plain": plain.text(shown).decode(),
    }
