"""The page: clean markup, every id in its place, nothing of a stranger's markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from tests.strategies.readings import READER, Page, claim, readings, work_of
from tests.strategies.sample import sample

from remnant.give import page
from remnant.give.breaks import words_of
from remnant.give.inline import safe_link
from remnant.model import BlockKind, Field, Reading, Role, Shown
from remnant.shield.showing import show

_NAMES = "p h1 h2 h3 em strong u s sup sub code a aside section div span ul ol li hr br blockquote pre bdi"
OURS = re.compile(rf"</?(?:{_NAMES.replace(' ', '|')})(?: [^<>]*)?/?>")


@given(readings())
def test_nothing_of_a_strangers_markup_survives(reading: Reading) -> None:
    markup = page.body(show(work_of(reading), reading, READER))

    assert "<" not in OURS.sub("", markup)
    assert not re.search(r"(?i)\bon\w+=|javascript:", OURS.sub(lambda tag: tag[0], markup).replace("&quot;", ""))


@given(readings())
def test_no_id_stands_twice_and_every_link_within_leads_somewhere(reading: Reading) -> None:
    markup = page.document(show(work_of(reading), reading, READER)).decode()
    ids = re.findall(r' id="([^"]+)"', markup)

    assert len(ids) == len(set(ids))
    assert set(re.findall(r' href="#([^"]+)"', markup)) <= set(ids)


def test_the_sections_can_be_asked_for_one_by_one() -> None:
    shown = sample()
    entries = page.contents(shown)

    assert [(entry.number, entry.label, entry.anchor) for entry in entries] == [
        (0, "1. The Lamp", "s0"),
        (1, "Chapter 2", "s1"),
    ]
    assert "Part Four" in page.body(shown, 1)
    assert "She came." in page.body(shown, 1)
    assert "nobody sang" not in page.body(shown, 1)


def test_a_stretch_leads_through_the_faces_own_addresses_and_carries_its_marks() -> None:
    shown = sample()
    markup = page.stretch(shown, 3, 9, address=lambda block: f"/leaf/{block}", mark=lambda block: f"<!--{block}-->")

    assert 'href="/leaf/19"' in markup
    assert '<p id="p6" data-story>' in markup
    assert "<!--6--></p>" in markup
    assert "notices" not in markup
    assert 'id="p10"' not in markup


def test_a_pointer_is_linked_with_its_note_and_back() -> None:
    markup = page.body(sample())

    assert 'Please <a class="pointer" href="#p19" role="doc-noteref">read the note</a> at the bottom' in markup
    assert re.search(r'<p id="p19">[^<]*<a class="back" href="#p3"', markup)


def test_a_warning_at_the_top_is_said_once() -> None:
    markup = page.body(sample())

    assert markup.count("spoilers if you haven") == 1
    assert markup.index('id="p2"') < markup.index('id="p0"')


def test_a_card_has_no_body() -> None:
    with pytest.raises(ValueError, match="no text"):
        page.body(show(work_of(Page().reading()), None, READER))


@pytest.mark.parametrize(
    ("href", "link"),
    [
        ("https://archive.example/works/1?a=1#b", "https://archive.example/works/1?a=1#b"),
        ("http://a.example/x y", "http://a.example/x%20y"),
        ("http://a.example/%zz", "http://a.example/%25zz"),
        ("http://a.example/é", "http://a.example/%C3%A9"),
        ("javascript:alert(1)", None),
        (" JavaScript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@b.example", None),
        ("//a.example/", None),
        ("/works/1", None),
        ("http://user@a.example/", None),
        ("http://a..example/", None),
        ("http://[::1", None),
        ("http://é.example/", None),
        (None, None),
    ],
)
def test_only_links_to_the_web_are_kept(href: str | None, link: str | None) -> None:
    assert safe_link(href) == link


@pytest.mark.parametrize(
    "ornament", ["", "***", "* * *", "~~~~", "xxx", "oOo", "o0o0o", "XOXO", "-- line break --", "PAGE BREAK", "♥"]
)
def test_ornament_says_nothing_but_that_a_scene_ends(ornament: str) -> None:
    assert words_of(ornament) is None


@pytest.mark.parametrize("words", ["Two days later", "*** Cardiff ***", "II", "- 3 -"])
def test_words_in_a_scene_break_are_said(words: str) -> None:
    assert words_of(words) == words


def test_a_long_note_alone_gets_a_way_past_and_a_short_one_does_not() -> None:
    def markup(words: int) -> str:
        made = Page()
        made.block(Role.NOTE, "so " * words)
        made.block(Role.STORY, "It rained.")
        return page.body(_shown(made))

    assert "Skip this note" not in markup(60)
    assert "Skip this note" in markup(61)


def test_layout_is_kept_where_it_is_the_text() -> None:
    made = Page()
    made.block(Role.STORY, "a  b\r\n   c", kind=BlockKind.PREFORMATTED)
    made.block(Role.STORY, "one\n  two", kind=BlockKind.VERSE)
    made.block(Role.STORY, "one\n  two")

    markup = page.body(_shown(made))

    assert '<pre id="p0">a  b\n   c</pre>' in markup
    assert '<p id="p1">one<br/>\ntwo</p>' in markup
    assert '<p id="p2">one two</p>' in markup


def test_the_file_needs_nothing_else() -> None:
    document = page.document(sample()).decode()

    assert "default-src 'none'" in document
    assert "<script" not in document
    assert not re.search(r'(?:src|href)="(?!#|https://lamps\.example|https://a\.example)', document)
    assert "@media (prefers-color-scheme: dark)" in document
    assert "@media print" in document


def test_a_title_page_says_who_says_so() -> None:
    made = Page()
    made.block(Role.STORY, "It rained.")
    document = page.document(_shown(made, claim(Field.FANDOM, "Rift & Co", normalised="The Rift"))).decode()

    assert '<dd class="fandom" dir="auto">The Rift <small class="witness">(as stated)</small></dd>' in document


def _shown(made: Page, *said: object) -> Shown:
    reading = made.reading(tuple(said))  # type: ignore[arg-type]
    return show(work_of(reading), reading, READER)
