"""The labels of header blocks, as four decades of archives, lists and sites have written them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from remnant.model import Field, Role
from remnant.understand.alternatives import any_of


@dataclass(frozen=True, slots=True)
class Label:
    """What a label announces; a `strong` one is hardly ever said in a story."""

    name: str
    field: Field | None
    role: Role
    strong: bool = True


_NAMES: dict[tuple[Field | None, Role], str] = {
    (
        Field.TITLE,
        Role.HEADER,
    ): "titel|titre|título|titulo|titolo|nazwa|název|title|titles|story|fic|story name"
    "|story title|fic title|title of story"
    "|name of story|title and part number"
    "|title & part number|title & part|title/part",
    (
        Field.AUTHOR,
        Role.HEADER,
    ): "autor|autorin|auteur|auteure|autora|autore|autrice|schrijver|schrijfster|author"
    "|authors|author name|author's name|authors name|written by|writer|pen name"
    "|penname|pseud|creator|by",
    (Field.EMAIL, Role.HEADER): "e-mail|email|e-mail address|email address|author e-mail|author email"
    "|author's e-mail|author's email|mail to|contact",
    (
        Field.RATING,
        Role.HEADER,
    ): "altersfreigabe|altersempfehlung|clasificación|classification d'âge|clasificacion"
    "|rating|ratings|rated|content rating|content/rating|story rating",
    (
        Field.WARNING,
        Role.WARNING,
    ): "warnung|warnungen|avertissement|avertissements|advertencia|advertencias|avvertimenti"
    "|waarschuwing|warning|warnings|content warning|content warnings|trigger warning"
    "|trigger warnings|triggers|cw|tw|archive warning|archive warnings|caution|story warnings|chapter warnings",
    (Field.SPOILER, Role.SPOILER): "spoiler|spoilers|spoiler warning|spoiler warnings|spoilage|spoilers for|spoiler/s"
    "|spoiler level|spoiler rating|spoiler info|spoilers/season|season/spoilers|spoilers/timeline|timeline/spoilers"
    "|spoilerwarnung|spoilerwarnungen|spoiler-warnung|spoiler alert",
    (
        Field.SUMMARY,
        Role.SUMMARY,
    ): "zusammenfassung|inhalt|kurzbeschreibung|résumé|resume|resumen|resumo|sommario"
    "|riassunto|samenvatting|summary|story summary|synopsis|synops|description"
    "|short description|blurb|abstract"
    "|teaser|tagline|chapter summary",
    (
        Field.DISCLAIMER,
        Role.NOTE,
    ): "haftungsausschluss|descargo|avis de non-responsabilité|disclaimer|disclaimers"
    "|standard disclaimer|standard disclaimers|legal disclaimer"
    "|legal stuff|legalities|legalese|copyright|ownership",
    (Field.FANDOM, Role.HEADER): "fandom|fandoms|show|universe|crossover|fandom and universe|canon",
    (
        Field.RELATIONSHIP,
        Role.HEADER,
    ): "paar|pareja|parejas|couple principal|pairing|pairings|relationship|relationships|ship|ships|couple|couples"
    "|pairing/s|main pairing|main pairings|pairings/main char.",
    (
        Field.CHARACTER,
        Role.HEADER,
    ): "character|characters|main character|main characters|chars|char|starring|character/s",
    (Field.CATEGORY, Role.HEADER): "category|categories|classification|classifications|story category",
    (Field.GENRE, Role.HEADER): "género|genero|genere|genre|genres|type|fic type|story type",
    (Field.SERIES, Role.HEADER): "series|sequel to|prequel to|sequel|series/sequel|part of|series title|story arc|arc",
    (Field.CHALLENGE, Role.HEADER): "challenge|challenges|prompt|prompts|written for|challenge/prompt|kink meme",
    (Field.BETA, Role.HEADER): "beta|betas|beta reader|beta readers|beta-reader|beta-readers|betaed by|beta'd by"
    "|beta'ed by|beta by|beta read by|beta-read by|betareader|betareaders",
    (Field.DEDICATION, Role.NOTE): "dedication|dedications|dedicated to|dedicated|gift for|written as a gift for|for",
    (Field.FEEDBACK, Role.NOTE): "feedback|feedback to|send feedback to|feedback address|comments to",
    (Field.PERMISSION, Role.HEADER): "archive|archives|archiving|archive permission|permission to archive|distribution"
    "|redistribution|distribution statement|archive statement|permission|permissions|circuit archive|pros-lib"
    "|distribution/archive|archive/distribution",
    (Field.DATE, Role.HEADER): "date|date written|written|date finished|date completed|completed on|started",
    (Field.PUBLISHED, Role.HEADER): "published|posted|posted on|posted at|first posted|first published|date posted"
    "|publication date|pubdate|date published|originally posted",
    (Field.UPDATED, Role.HEADER): "updated|last updated|last update|revised|date updated|last revised",
    (Field.STATUS, Role.HEADER): "status|story status|complete|completed|finished|work in progress",
    (Field.LANGUAGE, Role.HEADER): "language|lang",
    (Field.WORDCOUNT, Role.HEADER): "words|word count|wordcount|words count|length|total words",
    (Field.CHAPTER, Role.HEADER): "chapters|chapter|part|parts|chapters count|part number|chapter number|chapter/s",
    (Field.SOURCE_URL, Role.HEADER): "story url|original source|source url|original url|source|link|permalink",
    (Field.TAG, Role.HEADER): "tags|tag|keywords|keyword|additional tags|additional tag|freeforms|content tags",
    (Field.SONG, Role.HEADER): "song|songs|music|soundtrack|song title|current music|listening to|song listened to",
    (Field.MEDIA, Role.HEADER): "cover|cover art|cover artist|banner|fanmix|artwork|image",
    (None, Role.HEADER): "codes|story codes|timeline|time line|timeframe|time frame|setting|set|takes place"
    "|website|web site|web page"
    "|homepage|url|pov|point of view|publisher|packaged|author url|season|happyending|keys|key|mood|current mood"
    "|current location|location|reviews|favs|follows|hits|read|kudos|bookmarks|comments|year|era|continuity|post-ep"
    "|word processor|created|file name|filename|layout|sex|name|time|collections|collection|stats|id|extra tags",
    (
        None,
        Role.NOTE,
    ): "anmerkung|anmerkungen|notas|nota de la autora|nota del autor|note de l'auteur"
    "|note dell'autrice|note|notes|author note|author notes|author's note|author's notes"
    "|authors note|authors notes"
    "|authors' note|authors' notes|a/n|a/ns|an|a.n.|a/n's|n/a|story note|story notes|chapter note|chapter notes"
    "|end note"
    "|end notes|endnote|endnotes|ending note|closing note|beginning note|beginning notes|head note"
    "|notes for the chapter"
    "|pre-note|pre-notes|opening note|note from the author|author's comments|author's comment|author comments"
    "|author's end note|author's end notes|author's chapter notes|author's (chapter) notes|historian's note"
    "|translator's note|translation note|translation notes|translations|thanks|thanks to|thank you|thank yous"
    "|special thanks|special thanks to|acknowledgements|acknowledgments|acknowledgement|credits|credit|inspiration"
    "|inspired by|author's ramblings|ramblings|author's corner|ps|p.s.|quick note|important note|side note",
}

_SAID_IN_STORIES = frozenset(
    [
        "by",
        "for",
        "story",
        "fic",
        "show",
        "ship",
        "source",
        "link",
        "part",
        "chapter",
        "key",
        "name",
        "time",
        "date",
        "read",
        "set",
        "written",
        "complete",
        "finished",
        "started",
        "length",
        "words",
        "location",
        "image",
        "music",
        "song",
        "sequel",
        "type",
        "cover",
        "note",
        "an",
        "ps",
        "p.s.",
        "thanks",
        "thank you",
        "comments",
        "comment",
        "posted",
        "warning",
        "caution",
        "contact",
        "permission",
        "description",
        "credit",
        "reviews",
        "mood",
        "id",
        "sex",
        "year",
        "era",
        "status",
        "copyright",
        "arc",
        "season",
        "translations",
        "translation",
        "starring",
        "couple",
        "paar",
        "pareja",
        "inhalt",
        "resume",
        "notas",
        "autor",
        "legal stuff",
        "n/a",
        "creator",
        "series",
        "prompt",
    ]
)

LABELS: dict[str, Label] = {
    name: Label(name, field, role, name not in _SAID_IN_STORIES)
    for (field, role), names in _NAMES.items()
    for name in names.split("|")
}

_SHAPES = {" ": r"[ \t]+", "'": "['’´`]"}

TAG_LEFT_IN = (
    r"(?:\[/?[A-Za-z]{1,6}(?:=[^\[\]]{0,20})?\]"
    r"|</?(?:[biu]|em|strong|font|center|span|div|p|br|tt|big|small|h[1-6])(?:[ =/][^<>]{0,20})?>)"
)
"""A tag of a forum or a page that was left in the text, where it sets letters or lines; a title may hold others."""
_NAMED = (
    rf"(?<![\w'’])(?P<label>{any_of(LABELS, _SHAPES)})(?:\(s\)|\(es\))?[ \t*_]*(?:\(\w+\))?"
    rf"{TAG_LEFT_IN}{{0,3}}[*_ \t]*"
)

LABEL = re.compile(rf"{_NAMED}(?P<sign>[:=])", re.IGNORECASE)
"""A label and its sign, wherever it stands; who uses it says what may stand before."""


@cache
def bracketed() -> re.Pattern[str]:
    """A label that opens a bracket: there a dash will do. Seldom asked for, so made when it is."""
    return re.compile(rf"[\s*_]*[\[<{{][\s*_]*{_NAMED}(?P<sign>[-–—])\s", re.IGNORECASE)


@cache
def dashed() -> re.Pattern[str]:
    """A label with a dash, where a whole block is written so."""
    return re.compile(rf"[\s*_]*{_NAMED}(?P<sign>[-–—])\s+", re.IGNORECASE)


def named_with(sign: str) -> str:
    """A label at the very beginning and another sign behind it, as a pattern."""
    return rf"[\s*_]*{_NAMED}(?P<sign>{sign})(?=\S)"


_APOSTROPHES = str.maketrans("’´`", "'''")
_SPACES = re.compile(r"[ \t]+")


def label_of(found: re.Match[str]) -> Label:
    """The label a match of `LABEL` speaks of. In a proforma of Key=Value, "Name=" is the story's."""
    name = _SPACES.sub(" ", found["label"].translate(_APOSTROPHES).lower())
    return LABELS["title" if name == "name" and found["sign"] == "=" else name]
