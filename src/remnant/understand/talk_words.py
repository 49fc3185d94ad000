"""Words that tell talk from telling: what is spoken about, how people judge, what only stories are full of."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OTHERS = _words("he she him his her hers himself herself")
YOU = _words("you your you're you've you'll yours yourself u")
MYSELF = _words("i i'm i've i'd i'll my me mine myself im")
SUBJECTS = _words("""
    episode episodes season seasons series show shows pilot finale aired novel novels author authors writer writers book
    books reader readers character characters plot plots story stories fic fics fanfic fanfics fandom fandoms canon
    fanon chapter chapters review reviews reviewer prompt prompts challenge challenges claim comment comments post posts
    posted posting list lists archive archives website site page pages blog journal recommend recommended rec recs
    pairing pairings ship slash gen het rating ratings update updated hiatus song songs lyrics album track tracks
    playlist icons beta email e-mail guestbook link links profile username scene scenes ending spoilers trope tropes
    drabble drabbles ficathon fanart fanvid mods moderator members deadline convention con panel guest guests autograph
    autographs directed director written starring stars star actor actress actors performance role script scripts screen
    television tv cast crew budget camera network premiere published printed edition volume poem poet literary prose
    style narrative narrator pov theme themes genre dialogue protagonist villain arc mailing listmom subscribe subject
    footer domain server download zip interview interviewed questions question answer word words sentence sentences
    paragraph write writing wrote drafts fill fills anonymous au aus ooc oc oc's wip wips headcanon crossover crossovers
    angst fluff smut hurt/comfort canonically fanworks fanmix mix cover covers caps banner banners feedback vote votes
    poll awards award nominations nominate round requests request signups assignment exchange likes dislikes dnw squicks
    triggers kinks kudos tag tags tagged meme facts tumblr livejournal lj dreamwidth ao3 ff.net facebook twitter born
    died married biography bibliography works novelist society ceremony auction cosplay masquerade merchandise zine
    zines fanzine registration programme workshop petition essay essays critic critics film films movie movies credits
    trailer dvd dvds commentary cancelled renewed homepage guestbook webring layout graphics repost
""")
OPINIONS = _words("""
    recommend worth favourite favorite best worst boring honestly opinion imho lol wtf omg btw personally enjoy enjoyed
    enjoyable brilliant overrated underrated amazing awesome disappointing hilarious annoyed annoying annoys fair wrong
    agree disagree thoughts rant anyone everyone anybody everybody please thanks welcome feel
""")
PRESENT = _words("""
    is are has have do does isn't aren't hasn't haven't don't doesn't can will can't won't it's that's there's she's
    he's they're you're we're i'm who's gets makes says means wants goes seems feels looks works
""")
PAST = _words("""
    was were had did wasn't weren't hadn't didn't said could would went came saw knew thought took gave found told stood
    sat lay left felt kept held heard made got ran fell began brought woke drew caught broke spoke put let set
""")
TOLD = _words("""
    looked turned walked stood sat leaned nodded smiled laughed whispered reached pulled pushed opened closed hand hands
    eyes eye face mouth lips hair head shoulder shoulders fingers arm arms knees feet back chest voice breath door
    window wall floor room stairs street road house bed table chair lamp light dark darkness night morning rain wind
    snow sea water river fire cold warm silence quiet stone coat boots hat cup glass bread moon stars sky sun blood
    asked answered said replied murmured shrugged sighed frowned waited watched slowly softly quietly suddenly stepped
    behind across beneath beside toward towards away
""")
REASONS = _words("""
    because however although though actually really basically therefore point reason reasons example instance fact sense
    issue whether such also etc e.g i.e generally usually mostly probably maybe perhaps especially rather either instead
    anyway otherwise certainly obviously simply seems different important interesting interested better whole lot kind
    sort should might must need needs try
""")
GROUPS = _words("""
    everyone anyone everybody anybody guys folks people all us we our fans fan readers viewers authors writers audience
    critics cast crew guests team voters list
""")
