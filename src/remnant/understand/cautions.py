"""What people warn of, under one name each; and silence, which is not safety."""

from __future__ import annotations

import re
import unicodedata

CHOSE_NOT = "chose not to warn"
NONE_APPLY = "none apply"

_NAMES = {
    "graphic violence": "graphic depictions of violence|graphic violence|explicit violence|extreme violence|gvio"
    "|gratuitous violence",
    "violence": "violence|gewalt|violencia|violenza|fighting|fight scenes",
    "gore": "gore|blood and gore|gore and blood|splatter",
    "blood": "blood|blut|sang|sangre",
    "major character death": "major character death|mcd|death of a major character|main character death"
    "|tod eines hauptcharakters"
    "|mort d un personnage principal|muerte de un personaje principal",
    "character death": "character death|char death|chara death|death of a character|death fic|deathfic"
    "|canon character death"
    "|charaktertod|tod eines charakters|mort de personnage|mort d un personnage|muerte de un personaje"
    "|muerte de personaje",
    "death": "death|tod|mort|muerte",
    "rape or non-consent": "rape non con|rape noncon|rape|non con|noncon|non consensual sex|non consensual"
    "|nonconsensual"
    "|non consent|sexual assault|vergewaltigung|viol|violacion|stupro",
    "dubious consent": "dubious consent|dub con|dubcon|dubiously consensual",
    "underage sex": "underage|underage sex|under age|minor sex|underaged sex",
    "incest": "incest|inzest|inceste|incesto|sibcest|twincest",
    "child abuse": "child abuse|abuse of a child|kindesmissbrauch|maltraitance",
    "domestic abuse": "domestic abuse|domestic violence|spousal abuse|partner abuse",
    "abuse": "abuse|missbrauch|abus|abuso",
    "self-harm": "self harm|selfharm|self injury|self mutilation|si|cutting|selbstverletzung|automutilation"
    "|autolesiones",
    "suicide": "suicide|suizid|selbstmord|suicidio",
    "suicidal thoughts": "suicidal thoughts|suicidal ideation|suicidal themes",
    "eating disorder": "eating disorder|eating disorders|anorexia|bulimia|ed",
    "torture": "torture|folter|tortura",
    "drug use": "drug use|drugs|drug abuse|substance abuse|recreational drug use|drogen|drogue|drogas",
    "alcohol": "alcohol|alcohol use|drinking|alcoholism|alkohol|alcool",
    "language": "language|bad language|strong language|foul language|coarse language|adult language|swearing"
    "|swear words|cursing"
    "|cussing|profanity|potty mouth|vulgar language|schimpfworter|gros mots|lenguaje",
    "explicit sexual content": "explicit sexual content|explicit sex|graphic sex|smut|lemon|lemons|pwp|porn"
    "|plot what plot|nc 17"
    "|nc17|explicit content|sexually explicit",
    "sexual content": "sex|sexual content|sexual situations|sexual themes|adult content|adult situations|adult themes"
    "|mature content"
    "|mature themes|sexual references|lime|limes",
    "slash": "slash|m m slash|yaoi|boys love|boy love|bl|shonen ai|shounen ai|m m|male male|boyxboy",
    "femslash": "femslash|femmeslash|yuri|girls love|gl|shoujo ai|f f|female female",
    "het": "het|m f|heterosexual|male female",
    "bdsm": "bdsm|bondage|d s",
    "mpreg": "mpreg|male pregnancy|male preg",
    "omegaverse": "omegaverse|a b o|abo|alpha beta omega|alpha beta omega dynamics",
    "spanking": "spanking|corporal punishment|discipline|spank",
    "infidelity": "infidelity|cheating|adultery",
    "miscarriage": "miscarriage|pregnancy loss|stillbirth|fehlgeburt|fausse couche",
    "animal death": "animal death|pet death|animal dies|death of an animal",
    "animal cruelty": "animal cruelty|animal abuse|animal harm",
    "kidnapping": "kidnapping|abduction|entfuhrung",
    "cannibalism": "cannibalism|kannibalismus",
    "necrophilia": "necrophilia",
    "bestiality": "bestiality|zoophilia",
    "slavery": "slavery|slave fic|slavefic|sklaverei",
    "homophobia": "homophobia|homophobic language|homophobic slurs|period typical homophobia|homophobie|homofobia",
    "transphobia": "transphobia",
    "racism": "racism|racial slurs|rassismus|racisme|racismo",
    "panic attacks": "panic attack|panic attacks|anxiety attacks",
    "mental illness": "mental illness|mental health issues",
    "angst": "angst|heavy angst",
    "out of character": "ooc|out of character|oocness",
    "alternate universe": "au|alternate universe|alternative universe|alternate reality|ar",
}


def fold(value: str) -> str:
    """Letters' case, accents, hyphens and slashes make no difference."""
    plain = unicodedata.normalize("NFKD", value.casefold())
    words = re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    return " ".join(words)


_NAME_OF = {fold(word): name for name, words in _NAMES.items() for word in [name, *words.split("|")]}

_NO_WARNING = re.compile(
    r"^(?:no(?:ne)?(?: archive)?(?: warnings?)?(?: (?:apply|needed|really|here|for this (?:chapter|fic|story|part)))?"
    r"|n/?a|not? applicable|nothing(?: really)?|nil|keine?|aucun(?:e|s)?|ningun[oa]?|nessuno)\W*$",
    re.IGNORECASE,
)
_CHOSE_NOT = re.compile(
    r"\bch(?:o|oo)s(?:e|en|ing)s? not to (?:use|warn)|\bno warnings? (?:will be )?given|\bcntw\b|\bcnt(?:uaw|w)\b"
    r"|\bcreator chose not\b|\bprefer(?:s|red)? not to warn|\bi (?:do not|don['’]t) warn\b",
    re.IGNORECASE,
)
_EDGE = " .!*_\"'“”‘’()[]"


def caution_of(value: str) -> str | None:
    """The name of what is warned of, if it is just that; "mild violence" and "no rape" are kept in their own words.

    Silence is not safety: an author who would not say is kept apart from one who said there is nothing.
    """
    if _CHOSE_NOT.search(value):
        return CHOSE_NOT
    if _NO_WARNING.match(value):
        return NONE_APPLY
    return _NAME_OF.get(fold(value.strip(_EDGE)))
