"""Law 3, for drafts: every character in one span or one skip, and no skip holds what a browser would show."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from selectolax.lexbor import LexborHTMLParser
from tests.laws.accounting import check_draft
from tests.strategies import files, formats

from remnant.understand.draft import Draft


@given(files.any_file)
def test_every_character_is_accounted_for_exactly_once(data: bytes) -> None:
    check_draft(formats.drafted(data))


@given(formats.soup)
def test_every_character_of_tag_soup_is_accounted_for_exactly_once(text: str) -> None:
    check_draft(formats.drafted(f"<html>{text}"))
    check_draft(formats.drafted(f'<?xml version="1.0"?><html>{text}'))


class _Shown(HTMLParser):
    """What the standard library's parser would show: an oracle that shares no code with ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in {"script", "style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style", "title"}

    def handle_data(self, data: str) -> None:
        self.words.extend([] if self.hidden else [data])


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def _said(draft: Draft) -> str:
    return _letters("".join(line.text for line in draft.lines))


@given(formats.tame_pages)
def test_what_a_browser_shows_is_in_spans_and_in_order(markup: str) -> None:
    oracle = _Shown()
    oracle.feed(markup)
    oracle.close()
    tree = LexborHTMLParser(markup)
    tree.strip_tags(["script", "style", "title"])

    said = _said(formats.drafted(markup))

    assert said == _letters("".join(oracle.words))
    assert said == _letters(tree.body.text() if tree.body else "")


@given(formats.soup)
def test_whatever_a_tree_shows_of_tag_soup_is_said_too(text: str) -> None:
    """On soup browsers hide more than we do; what they show, letter for letter, we never hide."""
    tree = LexborHTMLParser(f"<html>{text}")
    tree.strip_tags(["script", "style", "title", "template", "noscript", "iframe", "svg", "textarea"])
    for hidden in tree.css("[hidden]"):
        hidden.decompose()
    shown = re.findall(r"another word|word", tree.body.text() if tree.body else "")

    said = re.findall(r"another word|word", " ".join(line.text for line in formats.drafted(f"<html>{text}").lines))

    assert len(said) >= len(shown)
