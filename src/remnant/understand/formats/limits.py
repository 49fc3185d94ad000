"""How much of one file is taken apart. What goes beyond stands in the draft whole, with a finding."""

MAX_TOKENS = 600_000
MAX_MARKS = 2_000_000
"""Tags, words of control and runs of text of a document: a word processor sets several around each run of text, and
they cost a tenth of what a page's do, since no tree is made of them."""
MAX_LINES = 500_000
MAX_FACTS = 20_000
MAX_COMMENT = 200
"""Characters of a comment that may still be a maker's mark and not a page commented out."""
