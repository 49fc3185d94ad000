"""Whatever may stand in a folder of saved stories, as bytes, in every form we know."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.strategies import documents, formats, kindles, papers

any_file = st.one_of(formats.any_file, documents.any_document, kindles.any_kindle, papers.any_pdf)
