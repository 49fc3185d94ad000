"""Keeping the place by hand: a mark at the end of each paragraph, for a browser that runs no script.

In the page as it usually is, a mark can be tapped or clicked but is neither in the order of the Tab key nor read
aloud: hundreds of buttons would bury the story. Asked for (`?marks`), the same page has them as buttons for
everybody.
"""

from __future__ import annotations


def by_touch(block: int) -> str:
    return (
        f'<noscript><button class="mark" form="place" name="block" value="{block}" tabindex="-1" aria-hidden="true"'
        ' title="Keep my place here"></button></noscript>'
    )


def by_ear(block: int) -> str:
    return f'<button class="mark" form="place" name="block" value="{block}" aria-label="Keep my place here"></button>'
