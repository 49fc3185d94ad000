"""Other people's labels are read as they mean them: tokens found again in the printed page, persons without names."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.voices.litbank import b_cubed, excerpts
from bench.voices.scores import labelled_as

BOOK = """PRELIMS

CHAPTER I

"It is late," said Ann.  She
had the lamp.

"It is," said Tom.

"Then go."

Nobody went. And more of the book.
"""
TOKENS = (
    "CHAPTER I\n“ It is late , ” said Ann .\nShe had the lamp .\n“ It is , ” said Tom .\n“ Then go . ”\nNobody went .\n"
)
LABELS = """QUOTE\tQ1\t1\t0\t1\t5\t“ It is late , ”
QUOTE\tQ2\t3\t0\t3\t4\t“ It is , ”
QUOTE\tQ3\t4\t0\t4\t4\t“ Then go . ”
ATTRIB\tQ1\tAnn-0
ATTRIB\tQ2\tTom-1
ATTRIB\tQ3\tAnn-0
"""


def corpus(folder: Path) -> Path:
    for inside in ("quotations/tsv", "original"):
        (folder / inside).mkdir(parents=True)
    (folder / "original" / "1_lamp.txt").write_text(BOOK, "utf-8")
    (folder / "quotations" / "tsv" / "1_lamp_brat.txt").write_text(TOKENS, "utf-8")
    (folder / "quotations" / "tsv" / "1_lamp_brat.ann").write_text(LABELS, "utf-8")
    return folder


def test_every_labelled_quotation_is_found_again_in_the_printed_text(tmp_path: Path) -> None:
    (excerpt,) = excerpts(corpus(tmp_path))

    assert excerpt.persons == ("Ann-0", "Tom-1", "Ann-0")
    assert excerpt.found == excerpt.labelled == {(8, 16), (36, 40), (47, 53)}
    assert b_cubed([excerpt], "Remnant") == (1.0, 1.0)


def test_b_cubed_blames_joining_persons_and_parting_them(tmp_path: Path) -> None:
    read = list(excerpts(corpus(tmp_path)))

    assert sum(b_cubed(read, "all one person")) == pytest.approx(5 / 9 + 1)
    assert sum(b_cubed(read, "each another")) == pytest.approx(1 + 2 / 3)


def test_a_name_means_the_labelled_person_it_fits_alone() -> None:
    assert labelled_as("Brother Hew", ("Hew", "Oswin")) == "Hew"
    assert labelled_as("Mrs Dole", ("Mrs. Pym", "Mrs. Dole")) == "Mrs. Dole"
    assert labelled_as("Ann", ("Ann Bell", "Ann Marsh")) is None
    assert labelled_as(None, ("Hew",)) is None
