"""Database dumps as archives leave them: whole rows, torn rows, rows of anything."""

from __future__ import annotations

from hypothesis import strategies as st

from remnant.understand.formats.efiction import USUAL

_TEXTS = st.sampled_from(
    [
        "The lamp; burned (low).\r\nShe waited.",
        "<p>caf\xe9 <i>light</i></p><p>Again</p>",
        "one<br />two & three &amp; four",
        'It\'s \\ "quoted" -- # /* not a comment */',
        "a <b>bold\nword</b>\n\nmore",
        "<!-- ",
        "",
        "\x00\ufffd",
    ]
)
_values = st.integers(0, 5).map(str) | st.sampled_from(["1,2", "3, 1", "1141234567", "2006-03-04 13:00:45", "None"])
_table = st.sampled_from(["stories", "chapters", "authors", "reviews", "classes", "classtypes", "series", "inseries"])


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\r", "\\r").replace("\n", "\\n") + "'"


@st.composite
def _insert(draw: st.DrawFn) -> str:
    table = draw(_table)
    columns = USUAL[table]
    rows = draw(
        st.lists(st.lists(_values | _TEXTS, min_size=len(columns), max_size=len(columns)), min_size=1, max_size=3)
    )
    named = f" ({', '.join(columns)})" if draw(st.booleans()) else ""
    said = ",\n".join("(" + ",".join(map(_quoted, row)) + ")" for row in rows)
    return f"INSERT INTO `{draw(st.sampled_from(['ef_', '']))}{table}`{named} VALUES {said};\n"


_noise = st.sampled_from(
    [
        "INSERT INTO stories VALUES (1,'",
        "-- ' comment\n",
        "/* '",
        "CREATE TABLE ef_stories (sid int, `title` text);\n",
        ");",
    ]
)
files = st.builds(
    lambda parts, encoding, cut: ("DROP TABLE x;\n" + "".join(parts)).encode(encoding, "replace")[: cut or None],
    st.lists(_insert() | _noise, max_size=6),
    st.sampled_from(["utf-8", "cp1252"]),
    st.sampled_from([0, 0, 0, 0, 150, 900]),
)

_perl = st.sampled_from(
    [
        "1 => {",
        "'2' => {",
        "Title => 'It's a lamp',",
        '\tAuthor => "O\'Hare",',
        "Summary => 'a \\'b\\' c\nd',",
        "Location => '1/x', FileType => 'html'",
        "PrintTime => '949190400',",
        "LocationURL => 'http://example.com',",
        "},",
        "}",
        "# it's a comment",
        ");",
        "'",
        "\xe9",
    ]
)
hashes = st.lists(_perl, max_size=15).map(lambda lines: ("%FILES = (\n" + "\n".join(lines)).encode("latin-1"))
