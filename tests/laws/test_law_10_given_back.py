"""Law 10: a page, an EPUB and plain text say every word of the story; the same work gives the same bytes."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO

from hypothesis import given
from tests.strategies.books import text_of_book, text_of_page
from tests.strategies.readings import READER, Page, readings, story_words, words_in, work_of

from remnant.give import epub, page, plain, record
from remnant.model import Reading, Role, Shown
from remnant.shield.showing import show
from remnant.understand.reader import understand_bytes


@given(readings())
def test_a_page_says_every_word_of_the_story_once_and_in_order(reading: Reading) -> None:
    shown = _shown(reading)

    assert _of_the_story(text_of_page(page.body(shown)), reading) == story_words(reading.blocks)
    assert _of_the_story(text_of_page(page.document(shown).decode()), reading) == story_words(reading.blocks)


@given(readings())
def test_its_stretches_say_every_word_too(reading: Reading) -> None:
    shown, last = _shown(reading), len(reading.blocks) - 1
    halves = [page.stretch(shown, first, end, str) for first, end in ((0, last // 2), (last // 2 + 1, last))]
    text = " ".join(map(text_of_page, halves))

    assert _of_the_story(text, reading) == story_words(reading.blocks)


@given(readings())
def test_an_epub_read_back_gives_the_same_words(reading: Reading) -> None:
    text = text_of_book(epub.book(_shown(reading)))

    assert _of_the_story(text, reading) == story_words(reading.blocks)


@given(readings())
def test_plain_text_says_every_word_of_the_story_once_and_in_order(reading: Reading) -> None:
    text = plain.text(_shown(reading)).decode("utf-8")

    assert _of_the_story(text, reading) == story_words(reading.blocks)


@given(readings())
def test_the_same_work_gives_the_same_bytes(reading: Reading) -> None:
    for give in (page.document, epub.book, plain.text, record.record):
        assert give(_shown(reading)) == give(_shown(reading))


def test_what_is_given_back_is_as_old_as_the_newest_word_on_it_and_never_as_new_as_today() -> None:
    page_ = Page()
    page_.block(Role.STORY, "It rained.")
    reading = page_.reading()
    work = replace(work_of(reading), since=datetime(2011, 3, 4, 5, 6, 7, 89, tzinfo=timezone(timedelta(hours=2))))
    book = epub.book(show(work, reading, READER))

    assert b'<meta property="dcterms:modified">2011-03-04T03:06:07Z</meta>' in book
    with zipfile.ZipFile(BytesIO(book)) as opened:
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in opened.infolist()} == {zipfile.ZIP_STORED}
        assert opened.infolist()[0].filename == "mimetype"


@given(readings())
def test_our_own_reader_finds_every_word_again(reading: Reading) -> None:
    read = understand_bytes(epub.book(_shown(reading)))
    text = " ".join(block.text for block in read.blocks)

    assert _of_the_story(text, reading) == story_words(reading.blocks)


def _shown(reading: Reading) -> Shown:
    return show(work_of(reading), reading, READER)


def _of_the_story(text: str, reading: Reading) -> list[str]:
    """The words of the text that are the story's: each stands in one place only, so none can hide for another."""
    story = set(story_words(reading.blocks))
    return [word for word in words_in(text) if word in story]
