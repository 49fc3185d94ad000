"""Words by which pages of all makers name what stands around a text: in their classes and ids, and aloud."""

from __future__ import annotations

import re

from remnant.understand.draft import Element
from remnant.understand.hints import holds_any

_FURNITURE = frozenset(
    (
        *("nav", "navbar", "navigation", "menu", "submenu", "sidebar", "sidebars", "side", "widget", "widgets"),
        *("breadcrumb", "breadcrumbs", "pathway", "footer", "foot", "colophon", "toolbar", "topbar", "masthead"),
        *("share", "sharing", "sharedaddy", "social", "related", "recommended", "recommendations", "similar"),
        *("comment", "comments", "commentlist", "respond", "responses", "replies", "disqus", "guestbook"),
        *("pagination", "pagenav", "pager", "cookie", "cookies", "consent", "newsletter", "subscribe", "signup"),
        *("login", "search", "searchbox", "blogroll", "archives", "tagcloud", "ad", "ads", "advert", "advertisement"),
        *("banner", "popup", "modal", "catlinks", "printfooter", "portlet", "postmetadata", "moduletable"),
        *("wm", "profile", "signature", "poll", "promo", "sponsor"),
    )
)
_LANDMARKS = frozenset({"nav", "aside", "footer", "form", "dialog", "menu"})
_OF_AUTHORS = re.compile(
    r"(?:^|-)(?:author-?note|authors-?note|story-?notes?|chapter-?notes?|end-?notes?|foreword|afterword)s?$"
)
_WORD = re.compile(r"[a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_NAME = 60


def is_furniture(element: Element) -> bool:
    """Whether an element is called what no text of a story stands in. "single has-sidebar" says it of another."""
    if element.tag in _LANDMARKS:
        return True
    return element.tag not in ("body", "html") and any(_names_furniture(name) for name in _names(element))


def is_note(element: Element) -> bool:
    """Whether an element is called an author's note."""
    return any(_OF_AUTHORS.search(name.lower()) for name in _names(element))


def _names(element: Element) -> tuple[str, ...]:
    return element.classes + ((element.id,) if element.id else ())


_ABOUT_OTHERS = re.compile(r"^(?:has|no|with|without|not|is)-")


def _names_furniture(name: str) -> bool:
    if len(name) > _LONGEST_NAME or _ABOUT_OTHERS.match(name):
        return False
    words = _WORD.findall(_CAMEL.sub("-", name).lower())
    return not _FURNITURE.isdisjoint(words)


_TAIL = re.compile(
    r"^\W{0,4}(?:(?:\d{1,5}|no) )?(?:comments?|responses?|replies|reviews?|reactions?)(?: ?\(\d{1,5}\))?\s*(?::|$)"
    r"|^\W{0,4}\d{1,5} notes\s*$|^\W{0,4}(?:\d{1,5} )?(?:responses?|thoughts|comments?) (?:to|on) [“\"‘]"
    r"|^\W{0,4}(?:leave a (?:reply|comment|review)|post a (?:reply|comment)|write a review|rate this|share this"
    r"|related (?:posts|stories)|you (?:may|might) also (?:like|enjoy)|more (?:from|like this|by)\b"
    r"|recommended(?: for you)?$|readers also|also in this issue|recent (?:posts|comments)|about the author"
    r"|enjoying the story|advertisement$)\W*",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"\W{0,4}(?:we use cookies|we respect your privacy|use of this site|content is available under|proudly powered"
    r"|powered by (?:wordpress|drupal|phpbb|vbulletin|joomla|blogger|tumblr|invision|xenforo|mybb|smf)"
    r"|you have no new messages|sign up with your|get the best of|page \d+ of \d+|all times are|retrieved from"
    r"|this entry was posted on|filed under)",
    re.IGNORECASE,
)
_SAID_ANYWHERE = (
    "all rights reserved",
    "hosted by",
    "site is owned by",
    "want to join the",
    "free home",
    "liked this",
    "reblogged this",
)
_ANYWHERE = re.compile(
    r"\ball rights reserved\b|\bpage (?:is )?hosted by\b"
    r"|\bsite is owned by\b|\bwant to join the [\w' -]{1,40}\bring\b|\bfree home ?pages?\b"
    r"|\b(?:liked|reblogged) this\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\W{0,4}(?:posted(?: (?:by|on|in|at)\b|:)|submitted by|labels:|tags?:|tagged\b|categor(?:y|ies):"
    r"|post subject:|re: |this page (?:was|has been)|last (?:updated|modified|edited)|powered by|theme by"
    r"|copyright\b|©|\(c\) \d{4}"
    r"|subscribe to|get the app|accept all|there (?:are|is) currently \d+|you are (?:here|visitor)"
    r"|welcome,? (?:guest|unregistered)|jump to:|moderators?:|read reviews|about this capture|show more|log in to"
    r"|hits?:|visitors?:|issn\b|site best viewed|best viewed|made (?:on|with|by)\b|sponsored links"
    r"|join(?:ed)? date|joined:|posts:|location:|member since)"
    r"|\d+ min(?:ute)?s? read\b|[\d.,]+[km]? (?:likes?|reads?|notes?|views?|kudos|claps?)\b"
    r"|\W*(?:#[\w' -]{2,40}\s*){2,}$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[a-z][^\d:]*[.!?…][\"”'’)]*$")
"""What ends as a sentence does, with no number and no colon before its end, somebody may have told."""
_STAMP = re.compile(r"\b(?:19|20)\d\d\b|\b\d+ ?(?:years?|months?|days?|hours?|y|mo|d|h) ago\b|\b\d{1,2}:\d\d\b")
LONGEST = 250


def begins_the_tail(text: str) -> bool:
    """Whether what stands from here on is no longer the story: its readers' words, other stories."""
    return len(text) <= LONGEST and _TAIL.match(text) is not None


def is_said_by_a_site(text: str) -> bool:
    """Whether a line is what software says of a text: who posted it when, how it is filed, who liked it."""
    if len(text) > LONGEST:
        return False
    if _SURE.match(text) or (holds_any(text.lower(), _SAID_ANYWHERE) and _ANYWHERE.search(text)):
        return True
    return _MAYBE.match(text) is not None and not _SENTENCE.search(text)


def is_stamped(text: str) -> bool:
    """Whether a line bears a day or an hour, as what readers wrote does."""
    return len(text) <= LONGEST and _STAMP.search(text) is not None
