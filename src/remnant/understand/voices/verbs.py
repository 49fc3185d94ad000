"""Words that tell who speaks: verbs of saying and thinking, pronouns, forms of address."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as one line of prose."""
    return frozenset(text.split())


_REGULAR = (
    "accuse add admit affirm agree announce answer apologise apologize argue ask assert assure babble bark beam "
    "beg bellow blubber blurt boast breathe call cajole caution challenge cheer chide chime chirp choke chorus "
    "chuckle claim clarify coax comfort command comment complain concede conclude confess confirm console "
    "continue contradict coo correct counter crack croak croon cry cut deadpan declare decide demand deny drawl "
    "echo elaborate encourage enquire enthuse exclaim exhale explain explode finish fret fume gasp giggle greet "
    "grin groan growl grumble grunt guess gulp gush hazard hiss holler howl huff hum implore inform inquire "
    "insist instruct interject interpose interrupt intone invite joke lament laugh lecture lie manage mention "
    "mimic moan mumble murmur muse mutter nag narrate nod note object observe offer order persist pant plead pout "
    "pray press proclaim promise prompt propose protest purr query question quip quote rasp rave reason reassure "
    "recall recite recommend reflect refuse rejoin remark remind repeat reply report request respond resume "
    "retort return reveal roar sass scoff scold scream screech shout shriek shrug sigh smile smirk snap snarl "
    "sneer snicker sniff sniffle snort sob soothe splutter sputter squawk squeak squeal stammer start state "
    "stutter suggest supply surmise tease tell threaten thunder trail translate tut urge utter venture volunteer "
    "vow wail warn wheedle wheeze whimper whine whisper wonder yell yelp yawn"
)
_IRREGULAR = (
    "said says say saying spoke speaks told tells began begins begun cried cries replied replies swore swears "
    "wept weeps went goes put puts read reads sang sings broke breaks came comes quoth denied denies bit bites "
    "sighed spat spits"
)


def _forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied"
    if verb.endswith(("s", "sh", "ch", "x")):
        return verb, verb + "es", verb + "ed"
    doubled = verb + verb[-1] + "ed"
    return verb, verb + "s", verb + "ed", doubled


SAYING = frozenset(form for verb in _REGULAR.split() for form in _forms(verb)) | words(_IRREGULAR)
"""Verbs that introduce speech, in the present and the past."""

THINKING = words("think thinks thought wonder wonders wondered muse muses mused reflect reflects reflected")

HE = frozenset(("he", "him", "his", "himself"))
SHE = frozenset(("she", "her", "hers", "herself"))

OF_MEN = words("mr mr. mister sir lord king prince father brother uncle master monsieur m. herr don count baron")
OF_WOMEN = words(
    "mrs mrs. miss ms ms. lady queen princess mother sister aunt auntie madam madame mme mlle mademoiselle dame frau"
)
OF_ANYONE = words(
    "dr dr. doctor professor prof prof. captain capt capt. colonel col col. major general lieutenant lt lt. "
    "sergeant sgt agent detective inspector officer commander admiral president senator judge rev rev. reverend "
    "saint st st. nurse private corporal director minister constable"
)
TITLES = OF_MEN | OF_WOMEN | OF_ANYONE

MALE_KIN = words("father dad daddy papa grandpa grandfather pa")
FEMALE_KIN = words("mother mum mom mummy mommy mama mamma grandma grandmother nanny nurse ma")
KIN = MALE_KIN | FEMALE_KIN
"""What people are called without an article: "said mother"."""

MALE_NOUNS = MALE_KIN | words("man boy gentleman husband son brother uncle king prince lord guy lad fellow waiter")
FEMALE_NOUNS = FEMALE_KIN | words(
    "woman girl lady wife daughter sister aunt queen princess maid waitress lass duchess hostess"
)

OF_MANY = words(
    "man boy gentleman lad fellow guy woman girl lady lass child other youth creature stranger one kid teenager "
    "figure voice husband wife son daughter brother sister lover friend companion cousin uncle aunt"
)
"""What somebody is called who may as well have a name."""

PERSONS = (
    OF_MANY
    | MALE_NOUNS
    | FEMALE_NOUNS
    | words(
        "doctor nurse captain sergeant lieutenant colonel major general admiral commander officer detective inspector "
        "constable policeman guard soldier sailor clerk porter driver cabman butler footman servant housekeeper "
        "governess teacher professor schoolmaster headmaster master mistress vicar priest parson clergyman chaplain "
        "curate bishop monk nun lawyer solicitor barrister judge magistrate barman barmaid bartender landlord landlady "
        "hostess host shopkeeper baker butcher farmer gardener gamekeeper cook secretary assistant manager director "
        "president minister ambassador engineer scientist surgeon physician patient prisoner wizard witch vampire "
        "werewolf demon angel alien android robot pirate knight squire jester musician singer actor actress artist "
        "poet writer author editor reporter journalist student pupil boss chief leader elder brunette blonde blond "
        "redhead baron baroness duke count countess prince princess emperor empress mayor sheriff deputy agent "
        "spy thief bandit hunter ranger scout pilot conductor operator receptionist caller visitor guest traveller "
        "passenger neighbour neighbor bride groom widow baby infant grandfather grandmother nephew niece twin "
    )
)
