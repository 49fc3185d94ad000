"""How bytes become text: the order of decoding, its names, and what it notes."""

from __future__ import annotations

import pytest

from remnant.unpack.decode import Note, decode

RUSSIAN = "Он сказал, что вернётся завтра, и закрыл дверь. Она ничего не ответила."
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy a nikdo ho neslyšel."
JAPANESE = "彼は何も言わずに部屋を出て行った。雨が降っていた。"


@pytest.mark.parametrize(
    ("data", "declared", "encoding", "text"),
    [
        (b"plain", None, "ascii", "plain"),
        (b"plain", "utf-8", "ascii", "plain"),
        (b"\xef\xbb\xbfplain", "cp1251", "utf-8", "\ufeffplain"),
        ("\ufeffwide".encode("utf-16-le"), None, "utf-16-le", "\ufeffwide"),
        ("\ufeffwide".encode("utf-16-be"), None, "utf-16-be", "\ufeffwide"),
        ("\ufeffwide".encode("utf-32-le"), None, "utf-32-le", "\ufeffwide"),
        ("unmarked".encode("utf-16-le"), None, "utf-16-le", "unmarked"),
        ("café".encode(), None, "utf-8", "café"),
        (b"caf\xe9", "ISO-8859-1", "cp1252", "café"),
        (b"\x93hi\x94", "latin1", "cp1252", "“hi”"),
        (b"He said \x93hi\x94 and that\x92s it", None, "cp1252", "He said “hi” and that’s it"),
        (RUSSIAN.encode("cp1251"), None, "cp1251", RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "koi8-r", "koi8-r", RUSSIAN),
        (CZECH.encode("cp1250"), "windows-1250", "cp1250", CZECH),
        (JAPANESE.encode("cp932"), "Shift_JIS", "cp932", JAPANESE),
        (JAPANESE.encode("iso2022_jp"), "iso-2022-jp", "iso2022_jp", JAPANESE),
        (b"nul\0 and \x01 stay", None, "ascii", "nul\0 and \x01 stay"),
        (b"a\r\nb\rc\n", None, "ascii", "a\r\nb\rc\n"),
    ],
)
def test_bytes_are_read_as_what_they_are(data: bytes, declared: str | None, encoding: str, text: str) -> None:
    decoded = decode(data, declared)

    assert (decoded.encoding, decoded.text) == (encoding, text)


def test_a_byte_order_mark_stays_and_counts_as_one_character() -> None:
    assert decode(b"\xef\xbb\xbfx").bom == 1
    assert decode(b"x").bom == 0


def test_utf8_disproves_any_other_declared_name() -> None:
    decoded = decode("naïve café".encode(), "iso-8859-1")

    assert decoded.text == "naïve café"
    assert decoded.notes == (Note.OVERRULED,)


def test_a_name_that_is_no_charset_of_text_is_not_believed() -> None:
    assert decode(b"uryyb", "rot13").text == "uryyb"
    assert decode(b"+AGE-", "utf-7").text == "+AGE-"


def test_a_few_harmed_bytes_do_not_turn_utf8_into_mojibake() -> None:
    decoded = decode("“Yes,” she said. “It’s over — all of it…” “No.”".encode() * 2 + b"\x93")

    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith("“Yes,”")
    assert len(decoded.bad) == 1


def test_each_lost_byte_is_one_replacement_and_is_listed_in_runs() -> None:
    decoded = decode(b"\xef\xbb\xbfa\xff\xfeb\xe2\x80c\xef\xbf\xbd")

    assert decoded.text == "\ufeffa\ufffd\ufffdb\ufffd\ufffdc\ufffd"
    assert decoded.bad == ((2, 4), (5, 7))


def test_a_guess_is_noted() -> None:
    assert Note.GUESSED in decode(RUSSIAN.encode("cp1251")).notes
    assert decode(RUSSIAN.encode("cp1251"), "cp1251").notes == ()
