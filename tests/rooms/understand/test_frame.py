"""Pages of unknown makers: what no page may do to the rule that reads their frames."""

from __future__ import annotations

from remnant.understand.reader import understand_bytes


def test_an_element_whose_first_line_is_known_already_still_holds_the_others() -> None:
    page = b"<div id=profile>e<dt>Additional Tag:/</div>ir work!<i"

    reading = understand_bytes(page)

    assert "Additional Tag:/" in "".join(block.text for block in reading.blocks)
