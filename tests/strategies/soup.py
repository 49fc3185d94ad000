"""Bytes and texts that look like something: what people keep, cut up and thrown together."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.strategies import documents

_WORDS = st.sampled_from(
    [
        "the",
        "lamp",
        "burned",
        "low",
        "and",
        "she",
        "waited",
        "by",
        "the",
        "window",
        "for",
        "him",
        "to",
        "come",
        "home",
        "again",
        "while",
        "rain",
        "fell",
    ]
)
_VALUES = st.sampled_from(
    [
        "None",
        "The Lamp (1/3)",
        '"Salt"',
        "Ada Marsh <ada@example.org>",
        "PG-13",
        "n/a",
        "",
        "3/?",
        "12 Mar 2009",
        "A/B, C/D",
    ]
)
_LABELS = st.sampled_from(
    [
        "Title",
        "AUTHOR",
        "Warning(s)",
        "Spoilers",
        "Summary",
        "**Rating**",
        "Disclaimer",
        "A/N",
        "Song",
        "E-mail",
        "Words",
    ]
)
_SET = st.sampled_from(
    [
        "by Ada Marsh",
        "Chapter 3: The Gate",
        "~Chapter 4~",
        "IV.",
        "2.",
        "* * *",
        "-----",
        "oOo",
        "The End",
        "(A/N: hi!",
        "Please read the note at the bottom of the page.",
        "Warnings: spoilers if you haven't seen Glass Harbour Episode Nine.",
        "spoilers for 3x04, 3x05 and 'Exit'",
        "Song I was listening to:Salt by Ada Marsh.",
        "Please review! This is my first fic.",
        "Posted originally on the Archive of Our Own at http://archiveofourown.org/works/1.",
        "Packaged: 2016-02-11",
        "Publisher: example.org",
        "TABLE OF CONTENTS",
        "From: ada@example.org (Ada)",
        'Subject: NEW: "Salt" 1/2',
        "Message-ID: <1@example.org>",
        '"Warning: the floor is wet," said the sign.',
        "![top](./top.png)",
        "# The Lamp",
    ]
)
_sentences = st.lists(_WORDS, min_size=1, max_size=40).map(lambda words: " ".join(words).capitalize() + ".")
_fields = st.builds("{}: {}".format, _LABELS, _VALUES)
_lines = _sentences | _fields | _SET | st.text(max_size=60)
_ends = st.sampled_from(["\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", " "])

plain = st.lists(st.tuples(_lines, _ends), max_size=40).map(lambda rows: "".join(a + b for a, b in rows))
"""Plain text in which everything that the rules look for may stand anywhere."""

_TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "<hr>",
        "<h1>",
        "</h1>",
        "<h2 class='toc-heading'>",
        "</h2>",
        "<div id='preface'>",
        "<div id='chapters' class='userstuff'>",
        "<div class='userstuff'>",
        "<blockquote class='userstuff'>",
        "</blockquote>",
        "<div id='afterword'>",
        "<div id='workskin'>",
        "<div id='storytext'>",
        "<div id='profile_top'>",
        "</div>",
        "<dl class='tags'>",
        "<dt>",
        "<dd>",
        "</dl>",
        "<a href='/works/1'>",
        "<a href='#endnotes'>",
        "<a name=endnotes>",
        "</a>",
        "<b>",
        "</b>",
        "<li>",
        "<table><tr><td>",
        "<nav>",
        "</nav>",
        "<link rel=canonical href='//www.fanfiction.net/s/1/2/X'>",
        "<title>X Chapter 2: Y, a Z fanfic | FanFiction</title>",
    ]
)
page = st.lists(_TAGS | _lines, max_size=60).map(lambda pieces: "<html><body>" + "\n".join(pieces))
"""A page of the makers we know, with its tags in any order."""

_headings = st.sampled_from(
    ["Chapter 1", "~Chapter 2~", "Part Three: Ash", "IV", "5.", "Epilogue", "## Six", "The Lamp"]
)
chaptered = st.lists(
    st.builds("{}\n\n{}\n\n".format, _headings, st.lists(_sentences | _lines, min_size=1, max_size=6).map("\n\n".join)),
    min_size=2,
    max_size=8,
).map("".join)
"""A story under headings."""

_texts = (plain | page | chaptered).map(lambda text: text.encode("utf-8", "replace"))
files = st.one_of(st.binary(max_size=300), _texts, _texts, _texts, documents.any_document)
"""Any file at all, most often one that a rule has something to say of."""
