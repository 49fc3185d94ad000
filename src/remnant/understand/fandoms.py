"""Worlds that many have written of, under the names and short names that heads use: what tells one from a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from remnant.understand.alternatives import any_of

_KNOWN = """
*NSYNC = nsync, popslash
24
A Song of Ice and Fire = asoiaf, game of thrones, got
A Wrinkle in Time
Adventure Time
Agents of S.H.I.E.L.D. = agents of shield, marvel's agents of s.h.i.e.l.d.
Alias
Alien = aliens, alien vs predator
Andromeda = gene roddenberry's andromeda
Angel = angel the series, angel: the series, ats, a:ts
Arrow = arrowverse
Arthurian Legend = arthurian mythology, arthuriana, king arthur
Ashes to Ashes = a2a
Assassin's Creed
Attack on Titan = shingeki no kyojin, snk, aot
Avatar: The Last Airbender = avatar the last airbender, atla, avatar: tla, the legend of korra, legend of korra, lok
Avengers = the avengers, marvel avengers
Babylon 5 = b5
Band of Brothers = hbo war
Batman = batman & robin, batverse, dark knight, the dark knight
Battlestar Galactica = bsg, battlestar galactica (2003), battlestar galactica 2003
BBC Sherlock = sherlock (bbc), sherlock bbc, sherlock (tv), sherlock
Being Human = being human (uk)
Biggles
Black Butler = kuroshitsuji
Black Sails
Blake's 7 = blakes 7, b7, blake's seven
Bleach
Bonanza
Bones
Breaking Bad
Brooklyn Nine-Nine = b99, brooklyn 99
Buffy the Vampire Slayer = buffy, btvs, buffyverse, buffy: the vampire slayer
Burn Notice
Captain America = captain america (movies)
Cardcaptor Sakura = ccs
Castle
Charlie's Angels
Charmed
Chronicles of Narnia = narnia, the chronicles of narnia
Code Geass
Community
Cowboy Bebop
Criminal Minds
Critical Role
CSI = csi: crime scene investigation, csi: miami, csi: ny, csi ny, csi miami, csi:ny
D.Gray-man = d gray man
Danny Phantom
Daredevil
Dark Angel
Dark Shadows
Dawson's Creek
DC Comics = dc, dcu, dc universe, dcau
Death Note
Detroit: Become Human
Dexter
Digimon
Discworld
Disney
Doctor Who = dr who, dr. who, dw, new who, doctor who (2005)
Downton Abbey
Dragon Age = dragon age: origins, dragon age ii, dragon age: inquisition
Dragon Ball = dragon ball z, dragonball z, dbz
Due South = ds, duesouth
Elementary
ER
Escaflowne = vision of escaflowne
Fairy Tail
Fallout
Farscape
Final Fantasy = final fantasy vii, final fantasy viii, final fantasy x, ff7, ff8
Final Fantasy = ffvii, ffviii, ffx, ffxii, ffxv, final fantasy xv
Fire Emblem = fire emblem: three houses
Firefly = firefly/serenity, serenity, firefly & serenity
Forever Knight = fk
Friends
Fringe
Fruits Basket
Fullmetal Alchemist = fma, full metal alchemist, fullmetal alchemist: brotherhood
Fushigi Yuugi = fushigi yugi
Generation Kill
Gilmore Girls
Glee
Good Omens
Gossip Girl
Gravity Falls
Greek Mythology
Grey's Anatomy = greys anatomy
Grimm
Gundam Wing = gw, gundam, mobile suit gundam wing, new mobile report gundam wing
Haikyuu!! = haikyuu
Hannibal
Hard Core Logo = hcl
Harry Potter = hp, potterverse, harry potter - j. k. rowling, harry potter and the prisoner of azkaban
Haven
Hawaii Five-0 = hawaii five-o, h50, hawaii 5-0
Hercules: The Legendary Journeys = hercules, htlj
Heroes
Hetalia = axis powers hetalia, hetalia: axis powers, aph
Highlander = highlander: the series, hl
Hikaru no Go
His Dark Materials
Hogan's Heroes
Homestuck
Horatio Hornblower = hornblower
House = house m.d., house md
How I Met Your Mother = himym
How to Train Your Dragon = httyd
Hunter x Hunter = hxh
In the Flesh
Inception
Indiana Jones
Inspector Morse
Inuyasha = inu-yasha
Invader Zim
JAG
James Bond = 007
Jane Austen = pride and prejudice, p&p
Jeeves and Wooster = jeeves & wooster
JoJo's Bizarre Adventure = jjba
Jurassic Park
Justice League = jl, jlu
Kim Possible
Kingdom Hearts = kh
Labyrinth
Law & Order = law and order, law & order: svu, law and order: svu, svu, law & order: special victims unit
Legend of the Seeker
Legend of Zelda = the legend of zelda, loz
Les Misérables = les miserables, les mis
Leverage
Lewis
Lie to Me
Life on Mars = lom
Lord of the Rings = lotr, the lord of the rings, tolkien, lord of the rings rps, lotrips
Lost
Lucifer
M*A*S*H = mash
Mad Men
Magic Kaito
Marvel Cinematic Universe = mcu, marvel
Mass Effect
Master and Commander = aubrey-maturin, aubrey/maturin
Merlin = merlin (bbc), bbc merlin, merlin (tv)
Miami Vice
Miraculous Ladybug = miraculous
Misfits
Mission: Impossible
Monkey Island
Moonlight
Mutant X
My Chemical Romance = mcr, bandom
My Hero Academia = boku no hero academia, bnha, mha
My Little Pony = my little pony: friendship is magic, mlp
Mystery Science Theater 3000 = mst3k
Naruto
NCIS = ncis: los angeles, ncis la
Neon Genesis Evangelion = evangelion, nge
Newsies
Nikita = la femme nikita, lfn
Northern Exposure
Numb3rs = numbers
Once Upon a Time = ouat
One Direction = 1d
One Piece
Orphan Black
Ouran High School Host Club = ouran
Outlander
Overwatch
Oz
Parks and Recreation = parks and rec
Percy Jackson and the Olympians = percy jackson, pjo
Person of Interest = poi
Pirates of the Caribbean = potc
Planet of the Apes
Pokemon = pokémon
Popular
Power Rangers
Primeval
Prince of Tennis = tenipuri
Princess Tutu
Prison Break
Profiler
Psych
Quantum Leap = ql
Queer as Folk = qaf
Ranma 1/2 = ranma, ranma ½
Real Ghostbusters = ghostbusters
Red Dwarf
Remington Steele
Resident Evil
Robin Hood = robin hood (bbc), robin of sherwood
RoboCop
Roswell
Rurouni Kenshin = rk
Sailor Moon = bssm
Saiyuki = gensoumaden saiyuki
Scooby-Doo
Sense8
Sentinel = the sentinel, ts, tsentinel
Sex and the City
Sherlock Holmes = sherlock holmes (2009), acd sherlock holmes, holmes
Silent Hill
Silmarillion = the silmarillion
Simon & Simon
Six Feet Under
Skins
Slayers
Sleepy Hollow
Sliders
Smallville = sv
South of Nowhere
South Park
Space: Above and Beyond = saab
Spider-Man = spiderman
Spooks = mi-5
Sports Night
Star Trek = tos, star trek: tos, star trek: the original series, star trek tos, st:tos
Star Trek = trek, star trek (2009), star trek xi, stxi, star trek reboot, aos
Star Trek: Deep Space Nine = ds9, star trek: ds9, st:ds9, deep space nine
Star Trek: Enterprise = ent, enterprise, star trek: ent
Star Trek: The Next Generation = tng, star trek: tng, st:tng
Star Trek: Voyager = voy, voyager, star trek: voy, st:voy, star trek voyager
Star Wars = sw, star wars: the clone wars, the phantom menace, tpm
Stargate Atlantis = sga, stargate: atlantis
Stargate SG-1 = sg-1, sg1, stargate, stargate: sg-1, stargate sg1
Stargate Universe = sgu
Starsky & Hutch = starsky and hutch, s&h
Steven Universe
Stranger Things
Suits
Supergirl
Superman = lois & clark, lois and clark, lois & clark: the new adventures of superman
Supernatural = spn
Supernatural RPF = spn rpf, j2
Tales of Symphonia
Teen Titans
Teen Wolf
Tenchi Muyo
Terminator = terminator: the sarah connor chronicles, tscc, the sarah connor chronicles
The 100
The A-Team = a-team
The Big Bang Theory = big bang theory, tbbt
The Bill
The Dresden Files = dresden files
The Eagle
The Fast and the Furious = fast and the furious
The Hobbit
The Hunger Games = hunger games, thg
The L Word
The Little Mermaid
The Lone Ranger
The Magicians
The Magnificent Seven = magnificent seven, m7, mag7, mag 7
The Man from U.N.C.L.E. = man from uncle, the man from uncle, mfu, man from u.n.c.l.e.
The Matrix = matrix
The Mentalist
The Mummy
The O.C. = the oc
The Office
The Old Guard
The Outsiders
The Phantom of the Opera = phantom of the opera, poto
The Pretender = pretender
The Professionals = pros, professionals
The Sandman
The Scarlet Pimpernel
The Secret Circle
The Social Network
The Untamed = mdzs, mo dao zu shi, cql
The Vampire Chronicles = vampire chronicles, vc
The Vampire Diaries = vampire diaries, tvd
The West Wing = west wing, tww
The Witcher = witcher
The X-Files = x-files, xf, txf, x files, the x files
Third Watch
Thunderbirds
Tin Man
Titanic
Tomb Raider
Top Gun
Torchwood = tw
Torchwood/Doctor Who = doctor who/torchwood
Tortall = tamora pierce
Transformers = transformers g1, tf
Trigun
Tron = tron legacy
True Blood
Tsubasa: Reservoir Chronicle = tsubasa reservoir chronicle, trc
Twilight = twilight saga, the twilight saga
Twin Peaks
Ugly Betty
Undertale
Upstairs, Downstairs
Utena = revolutionary girl utena, shoujo kakumei utena
Veronica Mars = vmars
Voltron = voltron: legendary defender, vld
Vorkosigan Saga
Walker, Texas Ranger
Warehouse 13
Warrior Cats = warriors
Watchmen
Weiss Kreuz = weiß kreuz
Welcome to Night Vale = wtnv
White Collar
Wicked
Wild Wild West
Wiseguy
Without a Trace
X-Men = x-men movieverse, x-men: first class, x-men first class, xmm, xmfc, x-men: evolution
Xena: Warrior Princess = xena, xwp, xena warrior princess
Yami no Matsuei = ynm
Young Justice
Yu-Gi-Oh! = yu-gi-oh, yugioh, ygo
Yuri!!! on Ice = yuri on ice, yoi
"""
"""A row each: its name, and what else it is called."""


def _listed() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _KNOWN.strip().split("\n"):
        name, _, others = row.partition(" = ")
        for written in (name, *filter(None, others.split(","))):
            found.setdefault(_folded(written), name)
    return found


def _folded(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())


_NAME_OF = MappingProxyType(_listed())
_AMBIGUOUS = frozenset(
    (
        *("24", "alias", "angel", "bones", "castle", "charmed", "community", "dark angel", "dc", "dexter", "disney"),
        *("ds", "dw", "elementary", "ent", "enterprise", "er", "fk", "friends", "got", "grimm", "gw", "haven"),
        *("heroes", "hl", "holmes", "house", "hp", "jl", "kh", "lewis", "lost", "lucifer", "marvel", "matrix"),
        *("moonlight", "numbers", "oz", "popular", "pretender", "professionals", "profiler", "pros", "psych"),
        *("ql", "rk", "roswell", "s&h", "sentinel", "serenity", "skins", "slayers", "suits", "sv", "sw", "tf"),
        *("titanic", "trek", "trc", "ts", "tw", "vc", "voyager", "warriors", "wicked", "witcher", "007"),
        *("inception", "labyrinth", "leverage", "the eagle", "the office", "misfits", "outlander", "bleach"),
        *("arrow", "merlin", "hercules", "twilight", "the mummy", "avengers", "alien", "aliens", "hannibal"),
    )
)
"""Names that are words or letters of other things as well: only where a world is expected."""


def world_called(name: str) -> str | None:
    """The full name of a world, where a name is expected to be one."""
    return _NAME_OF.get(_folded(name))


def is_surely_a_world(name: str) -> bool:
    """Whether a name is a known world's, and hardly anything else's."""
    folded = _folded(name)
    return folded in _NAME_OF and folded not in _AMBIGUOUS


_LONGEST = 1200
"""Characters of a note in which worlds are looked for."""
_LETTERS = 4
"""A name of so few letters is one only where it is written in capitals."""


@cache
def _anywhere() -> re.Pattern[str]:
    names = any_of((name for name in _NAME_OF if name not in _AMBIGUOUS), {" ": r"[ \t\n]+", "'": "['’]"})
    return re.compile(rf"(?<![\w'’/.-])(?:{names})(?![\w/-])", re.IGNORECASE)


def worlds_named(text: str) -> Iterator[tuple[int, int]]:
    """Where a text names worlds that can hardly be anything else."""
    for found in _anywhere().finditer(text[:_LONGEST]):
        if len(found[0]) > _LETTERS or found[0].isupper():
            yield found.span()


_OF_ONES_OWN = re.compile(
    r"\b(?:own\w*|belongs?|mine|property|rights|characters?|fan ?fic\w*|fic\w*|story|fandom|\w*verse|universe|set|based"
    r"|au|a/u|crossover|drabble|vignette|one-?shot|season|series|episode|spoilers?|canon|world|standard disclaimer)\b",
    re.IGNORECASE,
)


def is_of_ones_own(text: str) -> bool:
    """Whether a note that names a world speaks of what its story is made of."""
    return _OF_ONES_OWN.search(text[:_LONGEST]) is not None
