"""The command line: every command, what it takes, and examples that teach it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from remnant import __version__
from remnant.cli import actions, canon_words, duplicate_words, measures, reader_words, vault_words, wish_words

ABOUT = """\
A library for fan fiction. It keeps every file byte for byte, understands what each one is,
puts the warning before the story, finds it again and gives it back."""

AFTER = """\
begin with:
  remnant add ~/stories          take in a folder; nothing there is moved or changed
  remnant serve                  read in a browser
  remnant find 'rain "last train" fandom:torchwood'

Each command says more: remnant add --help
The library lies in --library DIR, else $REMNANT_LIBRARY, else ~/.local/share/remnant

exit codes: 0 done (notes and warnings included)   1 done, but something is lost or was refused
            2 wrong command line   3 refused   4 damage   5 busy   70 our fault   130 interrupted"""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it is for in a line, more about it, examples, and how its arguments are declared."""

    name: str
    about: str
    more: str
    examples: str
    fill: Callable[[argparse.ArgumentParser], None]


def build() -> argparse.ArgumentParser:
    """The whole command line. It loads no room, so that `--help` comes at once."""
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="remnant", description=ABOUT, epilog=AFTER, formatter_class=plain, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"remnant {__version__}")
    _common(parser, again=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title="commands")
    for command in COMMANDS:
        made = commands.add_parser(
            command.name,
            help=command.about,
            description=f"{command.about}\n\n{command.more}",
            epilog=f"examples:\n{command.examples}",
            formatter_class=plain,
            allow_abbrev=False,
        )
        command.fill(made)
        _common(made, again=True)
    return parser


def _common(parser: argparse.ArgumentParser, *, again: bool) -> None:
    """What every command takes, before its name or after it; after it (`again`) it counts only if it is said."""
    common = parser.add_argument_group("everywhere")
    unsaid = argparse.SUPPRESS if again else None
    unset = argparse.SUPPRESS if again else False
    common.add_argument("--library", metavar="DIR", default=unsaid, help="the library folder (else REMNANT_LIBRARY)")
    common.add_argument(
        "--reader", metavar="NAME", default=unsaid, help="who is asking (else REMNANT_READER, else 'reader')"
    )
    common.add_argument(
        "--plain",
        action="store_true",
        default=unset,
        help="progress in lines, one a tenth: for screen readers, logs",
    )
    if parser.prog != "remnant serve":
        common.add_argument(
            "--json", action="store_true", default=unset, help="the result as one JSON object (docs/commands.md)"
        )


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a file, a folder or an archive (zip, tar, gz, bz2, xz)"
    )
    wish_words.despite(parser)
    _jobs(parser)
    _dry_run(parser, "read and count everything, keep nothing")


def _understand(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="FILE", help="a file, a folder or an archive (zip, tar, gz, bz2, xz)"
    )
    parser.add_argument(
        "--unveiled", action="store_true", help="addresses and what else is sensitive as they stand, not [veiled]"
    )
    _jobs(parser)


def _find(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help='words, "phrases", field:value; nothing finds all')
    parser.add_argument("--sort", choices=SORTS, default="relevance", help="default: relevance")
    parser.add_argument("--page", type=measures.whole, default=1, metavar="N", help="default: 1")
    parser.add_argument("--size", type=measures.whole, default=20, metavar="N", help="works a page (default: 20)")
    parser.add_argument("--facets", action="store_true", help="also count the works by fandom, author, rating ...")


def _show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("work", metavar="WORK", help="a work's id, or the start of one")
    parser.add_argument("--open", action="store_true", help="look at a veiled work this once")


def _correct(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("work", metavar="WORK", help="a work's id, or the start of one")
    parser.add_argument(
        "changes",
        nargs="*",
        metavar="FIELD=VALUE",
        help="FIELD= says it has none; FIELD+=VALUE adds",
    )
    parser.add_argument("--undo", metavar="CLAIM", help="withdraw a claim you made, by its id or the start of it")
    _dry_run(parser, "say what would be claimed, write nothing")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("which", metavar="WORK|QUERY", help="a work's id, else a query; '' is every work")
    form = parser.add_mutually_exclusive_group(required=True)
    form.add_argument("--to", choices=FORMS, help="the form")
    form.add_argument(
        "--bagit", dest="to", action="store_const", const=BAG, help="the files as they came, in a bag to hand them over"
    )
    parser.add_argument("directory", metavar="DIR", help="where to; made if it is not there")
    _dry_run(parser, "say what would be written, write nothing")


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--for",
        dest="seconds",
        type=measures.duration,
        metavar="TIME",
        help="stop after 90s, 30m, 2h ...; the next check begins with what was checked longest ago",
    )
    parser.add_argument("--rate", type=measures.rate, metavar="SIZE", help="read no more than 50M, 1G ... a second")
    vault_words.check(parser)


def _rebuild(parser: argparse.ArgumentParser) -> None:
    _jobs(parser)


def _vault(parser: argparse.ArgumentParser) -> None:
    actions.fill(parser, vault_words.ACTIONS, partial(_common, again=True))


def _canon(parser: argparse.ArgumentParser) -> None:
    actions.fill(parser, canon_words.ACTIONS, partial(_common, again=True))


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", metavar="ADDRESS", help="default: this machine alone, 127.0.0.1")
    parser.add_argument("--port", type=int, metavar="N", help="0 picks a free one")
    parser.add_argument("--phone", action="store_true", help="open it to a phone in your network; asks first")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a folder, an archive or a file, as it was named at remnant add")
    _jobs(parser)


def _jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=measures.whole, metavar="N", help="worker processes (default: one a processor)")


def _dry_run(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument("--dry-run", action="store_true", help=about)


SORTS = ("relevance", "title", "author", "added", "words")
BAG = "bagit"
FORMS = ("epub", "html", "txt", "json")

COMMANDS = (
    Command(
        "add",
        "Take in files, folders and archives (zip, tar, gz, bz2, xz).",
        "Every file is sealed byte for byte before anything tries to read it. Nothing outside the library is moved,\n"
        "changed or deleted. Ctrl-C loses nothing; a second run goes on. Adding twice adds nothing.",
        "  remnant add ~/stories\n  remnant add page.html book.epub archive.zip\n  remnant add --dry-run ~/Downloads",
        _add,
    ),
    Command(
        "understand",
        "Say what a file is, keeping nothing.",
        "Shows what was understood, who says so and where it stands written. No library is needed.",
        "  remnant understand page.html\n  remnant understand --json page.html | jq .settled",
        _understand,
    ),
    Command(
        "find",
        "Find works by their words and by what is known of them.",
        'Words must all stand there; "a phrase" stands as it is; field:value narrows (fandom:, author:, title:,\n'
        "rating:, warning:, character:, lang:, words:>5000 ...); a minus before any of them leaves those out.",
        '  remnant find rain "last train"\n  remnant find fandom:torchwood words:>5000 --sort words\n'
        "  remnant find --facets\n  remnant find --json author:jem",
        _find,
    ),
    Command(
        "show",
        "Show what is known of a work, and who says so.",
        "Every claim with its witness, how sure it is, and where in the original it stands.",
        "  remnant show abcd2345",
        _show,
    ),
    Command(
        "correct",
        "Say what is so; your word outranks every rule and can be undone.",
        "FIELD=VALUE stands instead of whatever was said of the field; give it again for several values.\n"
        "FIELD= says that there is none. FIELD+=VALUE adds a value to those that stand.",
        '  remnant correct abcd2345 title="The Long Night" author=Ann\n  remnant correct abcd2345 title=\n'
        "  remnant correct abcd2345 fandom+=Sherlock\n  remnant correct abcd2345 --undo k3xq",
        _correct,
    ),
    Command(
        "export",
        "Write works as EPUB, HTML, plain text or JSON.",
        "The same work gives the same bytes. A file that is there already and differs is left alone and named.",
        "  remnant export abcd2345 --to epub ~/books\n  remnant export 'fandom:torchwood' --to txt ~/texts\n"
        "  remnant export '' --to epub --dry-run ~/books\n  remnant export '' --bagit ~/handed-over",
        _export,
    ),
    Command(
        "check",
        "Read every byte that is kept and see whether all is as promised.",
        "Changes nothing, unless --mend is given; what was checked is noted in the ledger, so that a little a night\n"
        "(--for 2h) comes round to everything. Exit code 4 says that something is harmed or missing, and names it;\n"
        "1 that all is whole and there are fewer copies than you asked for.",
        "  remnant check\n  remnant check --for 2h --rate 50M\n  remnant check --vaults\n"
        "  remnant check --mend\n  remnant check --json",
        _check,
    ),
    Command(
        "report",
        "Say what became of an archive: what was found, what is missing, cut or there twice.",
        "NAME is a folder, an archive or a file as it was called when it was added. Everything in it is read anew;\n"
        "nothing is changed. Exit code 1 says that something is missing, harmed or not read.",
        "  remnant report old-archive\n  remnant report backup.tar.gz\n  remnant report --json old-archive",
        _report,
    ),
    Command(
        "vault",
        "Keep copies in other places: another disk, a bucket.",
        vault_words.MORE,
        vault_words.EXAMPLES,
        _vault,
    ),
    Command(
        "restore",
        "Grow a whole library again from one vault.",
        "The vault is only read. Damaged packs are mended in scratch from their spare parts; what is lost is named.\n"
        "Doing it again goes on where it was stopped.",
        "  remnant restore /media/stick/stories ~/stories-again\n"
        "  remnant restore s3://my-bucket/stories ~/stories-again --identity key.txt",
        vault_words.restore,
    ),
    Command(
        "rebuild",
        "Make the index again from what is kept.",
        "The index is disposable: deleting it, or stopping this, loses nothing.",
        "  remnant rebuild",
        _rebuild,
    ),
    Command("duplicates", *duplicate_words.DUPLICATES, duplicate_words.duplicates),
    Command("seen", *reader_words.SEEN, reader_words.seen),
    Command("veiled", *reader_words.VEILED, reader_words.veiled),
    Command("open", *reader_words.OPEN, reader_words.open_),
    Command("reader", *reader_words.READER, reader_words.reader),
    Command("canon", *canon_words.CANON, _canon),
    Command("join", *wish_words.JOIN, wish_words.join),
    Command("wish", *wish_words.WISH, wish_words.wish),
    Command(
        "serve",
        "Read the library in a browser.",
        "Answers this machine alone, until Ctrl-C; --phone opens it to one device in your network, and asks first.",
        "  remnant serve\n  remnant serve --phone",
        _serve,
    ),
)
