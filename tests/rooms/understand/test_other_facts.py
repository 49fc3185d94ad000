"""What no field is for: what is never claimed of it, and what is claimed and veiled."""

from __future__ import annotations

import pytest

from remnant.model import Claim, Field
from remnant.understand.reader import understand_bytes

PAGE = """<html><body><dl class="work meta group"><dt>Rating:</dt><dd>Mature</dd>{rows}</dl>
<div id="workskin"><div class="preface group"><h2 class="title heading">Salt</h2>
<h3 class="byline heading"><a href="{href}">osier</a></h3></div>
<div id="chapters"><div class="userstuff"><p>The salt was gone by morning.</p></div></div></div></body></html>"""


def claims(rows: str = "", href: str = "/users/osier") -> tuple[Claim, ...]:
    return understand_bytes(PAGE.format(rows=rows, href=href).encode()).claims


def others(rows: str) -> list[Claim]:
    return [claim for claim in claims(rows) if claim.field is Field.OTHER]


@pytest.mark.parametrize("label", ["IP Address", "IP", "Password", "passwords"])
def test_what_only_the_keepers_of_a_site_see_is_never_claimed(label: str) -> None:
    [found] = others(f"<dt>{label}:</dt><dd>203.0.113.9</dd><dt>Kudos:</dt><dd>3</dd>")

    assert found.value == "Kudos: 3"


def test_a_label_nobody_knows_is_told_as_it_is_written() -> None:
    [found] = others("<dt>Tides  kept:</dt><dd>three  of four</dd>")

    assert found.value == "Tides kept: three of four"
    assert found.detail == {"label": "tides kept", "said": "three of four"}
    assert not found.sensitive


def test_an_address_in_such_a_fact_is_veiled() -> None:
    [found] = others("<dt>Original creator:</dt><dd>osier@marsh.example</dd>")

    assert found.sensitive


def test_an_address_to_write_to_is_no_page_of_an_authors() -> None:
    [linked] = [claim for claim in claims() if claim.field is Field.AUTHOR]
    [mailed] = [claim for claim in claims(href="mailto:osier@marsh.example") if claim.field is Field.AUTHOR]

    assert linked.detail == {"page": "/users/osier"}
    assert mailed.detail == {}
