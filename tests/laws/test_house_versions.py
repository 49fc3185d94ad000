"""The version table: every rule takes its version from it, and whoever only asks for the sum loads no rule."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import remnant
from remnant.understand import reader
from remnant.understand.dialects import DIALECTS
from remnant.understand.formats import RULE as FORMATS
from remnant.understand.versions import READER, VERSIONS

ROOT = Path(remnant.__file__).parent

NO_WITNESS = {"likeness", "voices"}
"""Lines of what makes no claim: voices are marks in the text, heard when they are asked for; a likeness is of two."""

LOADED = """
import json, sys
from remnant.cli.main import main
code = main(sys.argv[1:])
print(json.dumps([code, sorted(name for name in sys.modules if name.startswith("remnant."))]))
"""


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Each call of a bare name in `understand`, and the module it stands in."""
    for path in sorted((ROOT / "understand").rglob("*.py")):
        module = ".".join(("remnant", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield module, node


def named_rules() -> dict[str, str]:
    """Modules that take a rule from the table, and its name."""
    return {module: ast.literal_eval(call.args[0]) for module, call in calls("rule_named")}


def test_only_the_table_makes_a_rule() -> None:
    assert {module for module, _ in calls("Rule")} == {"remnant.understand.versions"}


def test_every_line_of_the_table_is_a_rule_that_speaks() -> None:
    spoken = [FORMATS, *(rule for rule, _ in reader.RULES), *(dialect.rule for dialect in DIALECTS)]

    assert {rule.name: rule.version for rule in spoken} == {
        name: version for name, version in VERSIONS.items() if name not in NO_WITNESS
    }
    assert set(named_rules().values()) == VERSIONS.keys() - NO_WITNESS
    assert READER.version == sum(VERSIONS.values())


def test_who_adds_loads_no_rule(tmp_path: Path) -> None:
    """The workers read; their keeper needs to know only which reader they are."""
    story = tmp_path / "story.txt"
    story.write_text("Title: Lanterns\n\nThe lamps were lit at four.\n", "utf-8")
    add = ["add", str(story), "--library", str(tmp_path / "library"), "--json"]
    ended = subprocess.run([sys.executable, "-c", LOADED, *add], capture_output=True, text=True, check=True)
    answer, loaded = map(json.loads, ended.stdout.splitlines())
    code, modules = loaded

    assert (code, len(answer["works"])) == (0, 1)
    assert named_rules().keys() & set(modules) == set()
    assert "remnant.understand.reader" not in modules
