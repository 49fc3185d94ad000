"""How notices and claims are put into words."""

from __future__ import annotations

from datetime import UTC, datetime

from remnant.model import Claim, Confidence, Field, Notice, Person, Rule
from remnant.web import words
from remnant.web.words import count, gathered, language, surely, witness
from remnant.web.work import history_of

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


def said(claim_id: str, value: str | None, day: int, withdraws: str | None = None) -> Claim:
    person = Person("Ann", NOON.replace(day=day))
    return Claim(claim_id, Field.TITLE, value, person, Confidence.STATED, "0", withdraws=withdraws)


def test_notices_of_a_kind_share_a_line_and_the_authors_own_words_keep_theirs() -> None:
    notices = [
        Notice(Field.WARNING, "Warnings: storms, and a drowning.", None, 0),
        Notice(Field.SPOILER, "The Ninth Watch", "c1", None),
        Notice(Field.SPOILER, "The Tenth Watch", "c2", None),
        Notice(Field.RATING, "teen", "c3", None),
    ]

    assert gathered(notices) == [
        ("", ["Warnings: storms, and a drowning."]),
        ("Spoilers", ["The Ninth Watch", "The Tenth Watch"]),
        ("Rating", ["teen"]),
    ]


def test_a_witness_is_named_and_a_persons_word_is_called_theirs() -> None:
    rule = Claim("r", Field.TITLE, "Tea", Rule("header", 3), Confidence.GUESSED, "0")

    assert witness(said("p", "Tea", 9)) == "Ann, on 9 March 2026"
    assert surely(said("p", "Tea", 9)) == "their word"
    assert witness(rule) == "Remnant’s rule “header”, version 3"
    assert surely(rule) == "a guess"


def test_what_a_claim_says_beside_its_value_is_told_once() -> None:
    detail = {"title": "They", "artist": "Jem", "canon": None, "people": ("Ann", "Ben")}
    song = Claim("s", Field.SONG, "They", Rule("songs", 1), Confidence.STATED, "0", detail=detail)

    assert words.detail(song) == "artist: Jem; people: Ann, Ben"


def test_the_last_word_stands_first_and_what_was_taken_back_is_marked() -> None:
    acts = history_of([said("a", "Tea", 1), said("b", "Coffee", 2), said("c", None, 3, withdraws="a")])

    assert [act.claim.id for act in acts] == ["c", "b", "a"]
    assert [act.undone for act in acts] == [False, False, True]
    assert acts[0].undoes is acts[2].claim


def test_only_a_language_tag_becomes_one() -> None:
    assert language(("en-GB",)) == "en-GB"
    assert language(("English",)) is None
    assert language(('en" onclick="x',)) is None


def test_counts_are_said_in_words() -> None:
    assert count(1, "work") == "1 work"
    assert count(1234, "work") == "1,234 works"


def test_a_rating_is_a_fact_and_no_warning() -> None:
    rating = Notice(Field.RATING, "teen", None, None)
    sad = Notice(Field.WARNING, "sad", None, None)

    assert words.warning([sad, rating]) == [sad]
