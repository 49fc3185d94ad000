"""The commands: their words, their JSON, their exit codes."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from tests.rooms.cli.faces import Do, answered, work_of
from tests.strategies.libraries import story, write_all, zipped

from remnant.cli import serve
from remnant.cli.parser import COMMANDS, build
from remnant.settings import Settings


def test_add_says_in_a_few_lines_what_it_understood_and_what_it_could_not(do: Do, came: Path) -> None:
    (came / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    code, out, _ = do("add", came)

    assert code == 0
    assert out.startswith("3 new files kept, 2 works understood.\n")
    assert "1 file is kept and could not be read" in out
    assert "remnant serve --library" in out
    assert len(out.splitlines()) < 15


def test_a_refused_file_makes_the_exit_code_one_and_is_told_with_its_reason(do: Do, came: Path) -> None:
    code, out, _ = do("add", came, came / "gone.txt")

    assert code == 1
    assert "There is nothing of this name." in out
    assert "gone.txt" in out


def test_a_summary_of_a_thousand_troubles_is_still_a_summary(do: Do, came: Path) -> None:
    for number in range(300):
        (came / f"link {number}").symlink_to(f"/nowhere/{number}")
    _, out, _ = do("add", came)

    assert len(out.splitlines()) < 40


def test_dry_runs_change_nothing(do: Do, came: Path, tmp_path: Path) -> None:
    code, out, _ = do("add", came, "--dry-run")

    assert (code, (tmp_path / "library").exists()) == (0, False)
    assert "2 new files would be kept, 2 works understood." in out
    do("add", came)
    work = work_of(do, "ferry")
    do("correct", work, "title=New", "--dry-run")
    do("export", "", "--to", "txt", tmp_path / "out", "--dry-run")
    assert answered(do, "show", work)["label"] == "The Ferry"
    assert not (tmp_path / "out").exists()


def test_find_puts_the_warning_before_the_words_of_the_story(do: Do, came: Path) -> None:
    do("add", came)
    code, out, _ = do("find", "last ferry")
    lines = out.splitlines()
    warned = next(number for number, line in enumerate(lines) if "Season Two" in line)
    told = next(number for number, line in enumerate(lines) if "*ferry*" in line)

    assert code == 0
    assert lines[0] == "1 work"
    assert lines[2].startswith("The Ferry · Ann · ")
    assert 2 < warned < told


def test_find_counts_pages_facets_and_says_what_it_ignored(do: Do, came: Path) -> None:
    do("add", came)
    paged = answered(do, "find", "--size", "1", "--page", "2", "--sort", "title")
    _, out, err = do("find", "--facets", "colour:red")

    assert (paged["total"], paged["pages"], paged["works"][0]["label"]) == (2, 2, "The Ferry")
    assert {count["value"] for count in paged["facets"]["author"]} == {"Ann", "Bob"}
    assert "colour" in err
    assert out.splitlines()[0].endswith("works") or out.startswith("0 works")


def test_a_quoted_word_of_the_shell_is_a_phrase(do: Do, came: Path) -> None:
    do("add", came)

    assert answered(do, "find", "last ferry", "rain")["total"] == 1
    assert answered(do, "find", "ferry last", "rain")["total"] == 0


def test_show_says_who_says_so_how_surely_and_where(do: Do, came: Path) -> None:
    do("add", came)
    _, out, _ = do("show", work_of(do, "ferry")[:8])
    shown = answered(do, "show", work_of(do, "ferry"))
    title = next(claim for claim in shown["claims"] if claim["field"] == "title")

    assert "title: The Ferry (stated, rule " in out
    assert "[The Ferry]" in out
    assert "in/story 0.txt" in out
    assert title["standing"][0]["text"] == "The Ferry"
    assert shown["arrivals"][0]["name"] == "in/story 0.txt"


def test_correct_and_undo(do: Do, came: Path) -> None:
    do("add", came)
    work = work_of(do, "ferry")
    said = answered(do, "correct", work, "title=The Boat", "tag=river", "tag=night", "--reader", "zoe")
    _, out, _ = do("show", work)

    assert [claim["witness"]["person"] for claim in said["claims"]] == ["zoe"] * 3
    assert "zoe says so" in out
    assert answered(do, "find", "title:boat")["total"] == 1
    _, out, _ = do("correct", work, "--undo", said["claims"][0]["id"])
    assert "no longer stands" in out
    assert answered(do, "show", work)["label"] == "The Ferry"


def test_export_never_overwrites_what_differs(do: Do, came: Path, tmp_path: Path) -> None:
    do("add", came)
    out = tmp_path / "out"
    first = answered(do, "export", "", "--to", "txt", out)
    again = answered(do, "export", "", "--to", "txt", out)
    Path(first["written"][0]).write_bytes(b"mine")
    code, text, _ = do("export", "", "--to", "txt", out)

    assert (len(first["written"]), len(again["same"]), again["written"]) == (2, 2, [])
    assert code == 1
    assert "differs" in text
    assert Path(first["written"][0]).read_bytes() == b"mine"
    for form in ("epub", "html", "json"):
        assert len(answered(do, "export", "ferry", "--to", form, out)["written"]) == 1


def test_check_and_rebuild(do: Do, came: Path, tmp_path: Path) -> None:
    do("add", came)
    code, out, _ = do("check")
    rebuilt = answered(do, "rebuild")
    kept = next(path for path in (tmp_path / "library" / "shelf").rglob("*.txt") if b"Ann" in path.read_bytes())
    kept.chmod(0o644)
    kept.write_bytes(b"rotten")
    harmed, told, _ = do("check")

    assert (code, out.splitlines()[0].split(",")[0]) == (0, "2 originals read")
    assert (rebuilt["works"], rebuilt["stopped"]) == (2, False)
    assert harmed == 4
    assert "1 thing is not as promised" in told
    assert json.loads(do("check", "--json")[1])["whole"] is False


def test_understand_keeps_nothing_and_keeps_to_the_contract(do: Do, came: Path, tmp_path: Path) -> None:
    told = answered(do, "understand", came / "story 0.txt")
    code, out, _ = do("understand", came)

    assert list(told) == [
        "v", "originals", "reader", "format", "dialect", "parts", "blocks", "sections", "pieces", "claims", "settled",
        "links", "ranges", "repairs", "proposals", "findings", "skipped",
    ]  # fmt: skip
    assert told["settled"]["title"] == "The Ferry"
    assert code == 0
    assert "title: The Ferry (stated, at 7-16)" in out
    assert not (tmp_path / "library").exists()


def test_understand_goes_on_after_what_it_cannot_read(do: Do, came: Path) -> None:
    code, out, _ = do("understand", "--json", came / "gone", came / "story 1.txt")
    lines = [json.loads(line) for line in out.splitlines()]

    assert code == 1
    assert "refused" in lines[0]
    assert lines[1]["settled"]["author"] == ["Bob"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["find"], 3, "There is no library"),
        (["show", "abcd"], 3, "There is no library"),
        (["check"], 3, "There is no library"),
        (["correct", "abcd"], 2, "what is so"),
        (["find", "--reader", "a/b"], 2, "reader's name"),
    ],
)
def test_what_stops_a_command_is_said_in_a_sentence(do: Do, words: list[str], code: int, says: str) -> None:
    got, out, err = do(*words)

    assert (got, out) == (code, "")
    assert says in err
    assert "Traceback" not in err


def test_a_wrong_command_line_is_two(do: Do) -> None:
    for words in (["fnid"], ["find", "--page", "0"], ["export", "x"], []):
        with pytest.raises(SystemExit) as ended:
            do(*words)
        assert ended.value.code == 2


def test_an_index_damaged_under_a_command_is_made_again_and_the_answer_comes(
    do: Do, came: Path, tmp_path: Path
) -> None:
    do("add", came)
    for path in (tmp_path / "library" / "index").rglob("*"):
        if path.is_file() and path.suffix not in (".json", ".lock"):
            path.write_bytes(b"garbage" * 99)
    code, out, _ = do("find", "ferry")

    assert code == 0
    assert out.startswith("1 work\n")


def test_a_busy_index_is_five(do: Do, came: Path, tmp_path: Path) -> None:
    from remnant.keep.folder import open_folder

    do("add", came)
    with open_folder(tmp_path / "library").lock("index", "testing"):
        code, _, err = do("rebuild")

    assert code == 5
    assert "testing" in err


def test_our_fault_is_seventy_and_names_no_story(do: Do, came: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    do("add", came)
    monkeypatch.setattr("remnant.cli.find.search", lambda *_, **__: 1 / 0)
    code, _, err = do("find", "ferry")

    assert code == 70
    assert "ZeroDivisionError" in err
    assert "ferry" not in err.lower()


def test_ctrl_c_ends_with_what_is_done_and_a_hundred_and_thirty(
    do: Do, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = write_all(tmp_path / "in", [story(f"Story {n}") for n in range(40)])
    import remnant.library.growing as growing

    land = growing.Growth._land

    def interrupted(*words: Any) -> Any:
        os.kill(os.getpid(), signal.SIGINT)
        monkeypatch.setattr(growing.Growth, "_land", land)
        return land(*words)

    monkeypatch.setattr(growing.Growth, "_land", interrupted)
    code, out, err = do("add", came)

    assert code == 130
    assert "Stopping" in err
    assert "not indexed yet" in out
    assert do("add", came)[0] == 0
    assert answered(do, "find")["total"] == 40


def test_nothing_of_a_story_reaches_the_terminal_as_a_command(do: Do, tmp_path: Path) -> None:
    evil = b"Title: Red\x1b[31m\x07\nAuthor: \xe2\x80\xaeeve\n\nRain \x1b]0;x\x07 came \x9b2J down.\n\nNobody came.\n"
    came = write_all(tmp_path / "in", [evil])
    (came / "\x1b[2Jname.txt").write_bytes(story("Name"))
    (came / os.fsdecode(b"\xff\x1b.txt")).symlink_to("nowhere")
    outs = [do("add", came), do("find", "rain"), do("find", "--facets"), do("understand", came)]
    outs += [do("show", hit["work"]) for hit in answered(do, "find")["works"]]

    for _, out, err in outs:
        assert not {letter for letter in out + err if ord(letter) < 32 and letter != "\n"}
        assert not set("\x7f\x9b\u202e") & set(out + err)


def test_plain_progress_is_a_line_a_tenth(do: Do, tmp_path: Path) -> None:
    came = write_all(tmp_path / "in", [story(f"Story {n}") for n in range(20)])
    _, _, err = do("add", came, "--plain")
    lines = err.splitlines()

    assert "understanding: 20 of 20" in lines
    assert len(lines) <= 12


def test_every_command_teaches_by_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        with pytest.raises(SystemExit) as ended:
            build().parse_args([command.name, "--help"])
        told = capsys.readouterr().out

        assert ended.value.code == 0
        assert f"  remnant {command.name}" in told.split("examples:")[1]
    assert {command.name for command in COMMANDS} == {
        "add", "understand", "find", "show", "correct", "export", "check", "rebuild", "serve", "report", "vault",
        "restore", "seen", "veiled", "open", "reader", "canon", "join", "wish", "duplicates",
    }  # fmt: skip


def test_serve_hands_its_wishes_over() -> None:
    wish = build().parse_args(["serve", "--port", "0", "--phone", "--yes"])
    settings = Settings.read({}, library="/l", reader="ann", plain=True)

    assert serve.words(wish, settings) == [
        "--library", "/l", "--reader", "ann", "--port", "0", "--phone", "--yes", "--plain",
    ]  # fmt: skip


def test_members_of_archives_are_named_with_their_containers(do: Do, tmp_path: Path) -> None:
    path = zipped(tmp_path / "fic.zip", {"../evil.txt": b"x", "a.txt": story("Zipped")})
    code, out, _ = do("add", path)

    assert code == 1
    assert "fic.zip > ../evil.txt" in out


def test_a_rating_stands_plainly_and_only_what_warns_is_marked(do: Do, came: Path) -> None:
    do("add", came)
    _, out, _ = do("find", "ferry")

    assert "  ! warning: sad\n" in out
    assert "    rating: teen\n" in out
    assert "! rating" not in out


def test_a_folder_added_again_is_counted_and_not_listed(do: Do, came: Path) -> None:
    do("add", came)
    _, again, _ = do("add", came)
    (came / "new.txt").write_bytes(story("New", "Bob", "Something new."))
    _, more, _ = do("add", came)

    assert "2 files were here already, byte for byte.\n\n" in again
    assert "2 files were here already, byte for byte.\n    " in more


def test_a_page_past_the_last_is_named_and_a_next_one_offered(do: Do, came: Path) -> None:
    do("add", came)

    assert "More: the same with --page 2" in do("find", "--size", 1)[1]
    assert "there is no page 9" in do("find", "--page", 9)[1]


def test_what_was_ignored_of_a_question_is_said_before_everything_is_exported(
    do: Do, came: Path, tmp_path: Path
) -> None:
    do("add", came)
    code, _, remarks = do("export", "fandm:torchwood", "--to", "txt", "--dry-run", tmp_path / "out")
    answer = answered(do, "export", "fandm:torchwood", "--to", "txt", "--dry-run", tmp_path / "out")

    assert code == 0
    assert "fandm:torchwood was ignored" in remarks
    assert any("fandm:torchwood was ignored" in note for note in answer["notes"])
    assert "Nothing was found" in do("export", "nosuchword", "--to", "txt", tmp_path / "out")[1]


def test_nothing_is_exported_into_the_library_itself(do: Do, came: Path, tmp_path: Path) -> None:
    do("add", came)
    code, _, remarks = do("export", "", "--to", "txt", tmp_path / "library" / "shelf")

    assert code == 3
    assert "inside the library" in remarks
    assert not list((tmp_path / "library").rglob("*Ferry*"))


def test_undoing_twice_says_that_nothing_was_to_be_done(do: Do, came: Path) -> None:
    do("add", came)
    work = work_of(do, "ferry")
    [claim] = answered(do, "correct", work, "title=The Boat")["claims"]
    answered(do, "correct", work, "--undo", claim["id"])

    assert answered(do, "correct", work, "--undo", claim["id"])["claims"] == []
    assert "no longer stands" in do("correct", work, "--undo", claim["id"])[1]


def test_the_way_to_the_library_can_be_pasted_into_a_shell(
    do: Do, came: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMNANT_LIBRARY", str(tmp_path / "my library"))
    _, out, _ = do("add", came)

    assert f"remnant serve --library '{tmp_path}/my library'" in out
