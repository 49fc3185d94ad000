"""A form leads nowhere else, and is small."""

from __future__ import annotations

from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from remnant.web.forms import local_path
from remnant.web.looks import CHOICES, look_from


@given(st.one_of(st.text(), st.text(alphabet="/\\:.ehtp\t\n@", max_size=12)))
def test_a_way_back_never_leads_elsewhere(wanted: str) -> None:
    path = local_path(wanted)

    assert path.startswith("/")
    assert not path.startswith("//")
    assert "\\" not in path
    assert urlsplit(path).netloc == ""


@given(st.dictionaries(st.sampled_from(list(CHOICES)), st.text()))
def test_a_look_holds_known_values_only(chosen: dict[str, str]) -> None:
    look = look_from(chosen)

    assert all(getattr(look, name) in dict(values) for name, values in CHOICES.items())
