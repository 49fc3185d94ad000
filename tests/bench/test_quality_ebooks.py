"""Stripping keeps every word, and what was stripped is known: only then does recovering mean anything."""

from __future__ import annotations

from pathlib import Path

from bench.quality.ebooks import GAP, plain_text, recovered, texts
from bench.quality.tiling import boundaries

SPINE = '<package><spine><itemref idref="titlepage.xhtml"/><itemref idref="one.xhtml"/></spine></package>'
CHAPTER = """<html><head><title>I</title></head><body><section epub:type="chapter">
<hgroup><h2>I</h2><p epub:type="title">The Lamp</p></hgroup>
<p>It went <em>out</em>. Nobody\n\t\tlit it.</p><hr/>
<p>In the morning it was <i>still</i> dark, said Ann.</p>
</section></body></html>"""


def ebook(folder: Path) -> Path:
    epub = folder / "ann_the-lamp" / "src" / "epub"
    (epub / "text").mkdir(parents=True)
    (epub / "content.opf").write_text(SPINE, "utf-8")
    (epub / "text" / "titlepage.xhtml").write_text("<html><body><p>No</p></body></html>", "utf-8")
    (epub / "text" / "one.xhtml").write_text(CHAPTER, "utf-8")
    return folder


def test_an_ebook_becomes_plain_text_in_three_ways(tmp_path: Path) -> None:
    (text,) = texts(ebook(tmp_path))

    marked, starts = plain_text(text, "* * *", slanted=True)
    assert (
        marked
        == "I. The Lamp\n\nIt went _out_. Nobody lit it.\n\n* * *\n\nIn the morning it was _still_ dark, said Ann.\n\n"
    )
    assert [marked[start:][:2] for start in starts] == ["I.", "It", "In"]
    assert "lit it.\n\n\n\nIn" in plain_text(text, GAP, slanted=False)[0]
    assert "lit it.\n\nIn" in plain_text(text, None, slanted=False)[0]


def test_every_heading_break_and_slanted_word_is_there_to_recover(tmp_path: Path) -> None:
    found = {one.what: one.ours.right + one.ours.missed for one in recovered(list(texts(ebook(tmp_path))))}

    assert found == {
        "chapter headings": 1,
        "breaks told as * * *": 1,
        "breaks as wider gaps": 1,
        "breaks that are lost": 1,
        "italics as _words_": 2,
    }


def test_tiling_cuts_where_the_words_change_and_nowhere_in_one_subject() -> None:
    sea = ["wave boat sail harbour tide gull anchor rope mast keel"] * 30
    farm = ["barn wheat plough cow furrow orchard hay stable fence goat"] * 30

    assert boundaries(sea + farm) == {30}
    assert boundaries(sea) == set()
