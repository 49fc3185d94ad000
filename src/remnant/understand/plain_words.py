"""What only an author says of a story, in words: a table for `register`, which hears it."""

from __future__ import annotations

PLAIN_WORDS: tuple[tuple[str, str], ...] = (
    ("write more of", r"\bwrite more of (?:this|these|it)\b"),
    ("came from", r"\bi don['’]?t know where (?:this|that|it) came from\b"),
    ("ly write", r"\bi don['’]?t (?:usually|normally|really) write\b"),
    ("mail me", r"\be-?mail me (?:if|with|at)\b"),
    ("t sue|archive|repost", r"\bdon['’]?t sue\b|\b(?:do not|don['’]t) (?:archive|repost|sue|archive without)\b"),
    ("making any", r"\bi['’]?m not making any\b"),
    ("property of|copyright", r"\b(?:property|copyright) of\b|\bcopyright (?:infringement\b|by|©|\(c\)|\d{4})"),
    ("title is from", r"\btitle is from\b"),
    ("guest", r"\bguest ?book\b"),
    ("if you liked|if you enjoyed", r"\bif you (?:liked|enjoyed) (?:it|this)\b"),
    ("more soon|more to come", r"^\W*more (?:soon|to come)\b"),
    ("this is set", r"\bthis is set\b"),
    ("translator", r"\btranslator['’]?s note\b"),
    (
        "fic",
        r"\bfan[ -]?fic(?:tion|s)?\b|\bfics?\b|\bficlets?\b|\bsong-?fics?\b|\b(?:this|my) (?:fan)?fic"
        r"|\bon with the fic\b|\bfor (?:the )?(?:[\w'-]+ ){0,3}ficathon\b",
    ),
    ("shot", r"\bone-?shots?\b"),
    ("drabble", r"\bdrabbles?\b"),
    (
        "r&r|r & r|r and r|rnr|r n r|r'n'r|r 'n' r|r'n r|r 'n r|rn r|randr|r &r|r& r|rand r|r andr|rn'r|r n'r|r nr|r'nr"
        "|r 'nr|rn' r|r n' r|r'n' r|r 'n'r",
        r"\br ?(?:&|and|'?n'?) ?r\b",
    ),
    (
        "review",
        r"\bread (?:and|&|n) review|\b(?:please|pls|plz|do|leave|don['’]t forget to|must) review"
        r"|\breviews? (?:are|is|make|would|please|and)\b|\breviewers?\b|\breview(?:ed|ing) (?:this|my|it)\b"
        r"|\b(?:your|for the|for all the|any|no|more|your lovely|the) reviews\b",
    ),
    ("crit", r"\bconstructive crit\w*|\bcon-?crit\b"),
    ("flames", r"\bno flames\b|\bflames (?:are|will|welcome)"),
    ("feedback", r"\bfeedback (?:is|are|welcome|please|would|appreciated|makes|to|always)\b"),
    ("kudos", r"\bkudos\b"),
    (
        "beta",
        r"\bbeta[- ]?(?:ed|'d|read(?:er|ers|ing)?)\b|\bbeta'?d\b|\bun-?beta\w*\b"
        r"|\bmy (?:lovely |awesome |amazing |wonderful |fabulous )?betas?\b",
    ),
    (" own ", r"\b(?:do not|don['’]?t|does not|doesn['’]t|didn['’]t) own\b|\bown (?:none|nothing) of\b"),
    ("t own", r"\b(?:do not|don['’]?t|does not|doesn['’]t|didn['’]t) own\b"),
    ("profit|money", r"\b(?:no|not making(?: any)?) (?:profit|money)\b"),
    ("characters ", r"\bcharacters (?:are|belong|aren['’]?t|and (?:settings|places))\b"),
    (
        "belong",
        r"\bbelongs? to (?:the bbc|bbc|jk|j\.? ?k\.?|joss|paramount|marvel|dc|disney|warner|their respective"
        r"|his respective|its respective)\b",
    ),
    ("respective owner", r"\brespective owners\b"),
    (
        "chap",
        r"\b(?:next|last|previous|new|this|first|another|short|long) chap(?:ter|pie|py|s|ters)\b[^.!?]{0,60}\b(?:will"
        r"|up|soon|is|was|for you|short|long|posted|review|wait|late)\b|\bchapters? (?:will be|up|soon)\b",
    ),
    (
        "hope",
        r"\b(?:hope|hopefully) (?:you|ya|y['’]all|everyone|u)(?: all| guys)? (?:like|liked|enjoy|enjoyed|love|loved)\b"
        r"|\b(?:hope|hopefully)\b[^.!?]{0,30}\b(?:you|ya)\b[^.!?]{0,20}\b(?:like|enjoy)",
    ),
    (
        "enjoy",
        r"\benjoy(?:ed)? (?:the (?:story|fic\w*|chapter|ride|show|read|update|rest|smut|fluff)|this|reading|my)\b",
    ),
    (
        "thank",
        r"\bthank(?:s| you)[^.!?]{0,40}\b(?:reading|read|review\w*|beta\w*|follow\w*|favou?rit\w*|support|comments?"
        r"|inspir\w*|feedback)\b",
    ),
    (
        "this story|this chapter|this one|this piece|this is",
        r"\bthis (?:story|chapter|one|piece|is)\b[^.!?]{0,60}\b(?:my first|was written|written for|had to be written"
        r"|is complete|is finished|takes place|is set|is a (?:sequel|prequel|tribute|gift|response|one)|is au"
        r"|is dedicated|is for|was inspired|inspired by|was going to|is based on|is rated|is slash|is my)\b",
    ),
    (
        "my first|my second|my third|my latest|my new|my other",
        r"\bmy (?:first|second|third|latest|new|other) (?:ever )?(?:attempt|try|go|story|stories|chapter|post)\b",
    ),
    (
        "to write|wrote this|write this|writing this|written this|started writing|finished writing",
        r"\bi(?:['’]ve)? (?:had to write|wrote this|wanted to write|was writing this|have written this|started writing"
        r"|finished writing|decided to write|write this)\b",
    ),
    (
        "for everyone|for everybody|for all of you|for all those|for anyone who|to everyone who|to all of you",
        r"\bthis (?:one(?:['’]s| is)?|is|chapter is|goes out) (?:for|to) (?:everyone|everybody|all of you|all those"
        r"|anyone) who\b|\bthis (?:one(?:['’]s| is)|is|goes out) (?:for|to) all of you\b",
    ),
    ("make of ", r"\bmake of (?:that|this|it) what you (?:will|like)\b"),
    ("review", r"\b(?:dejen|dejad|laissez|lasst|une petite|des petites|vos|eure|sus|deixem) (?:des )?reviews?\b"),
    (
        "bisous|merci|bonne lecture|grazie|gracias|obrigad|danke|lesen|kommentare",
        r"\bbisous\b|\bmerci (?:à|a) (?:toutes|tous|ma b[eê]ta|mes)\b|\bmerci d['’](?:avoir lu|être)|\bbonne lecture\b"
        r"|\bgrazie (?:per aver letto|per le recensioni|a tutt[ei])\b|\bgracias (?:por (?:leer|los reviews)|a todos)\b"
        r"|\bobrigad[ao] por ler\b|\bdanke (?:an \w+ )?f(?:ü|ue)rs?"
        r" (?:lesen|gegenlesen|beta\w*|die (?:reviews|kommentare))\b"
        r"|\bspa(?:ß|ss) beim lesen\b",
    ),
    (
        "anm. d|anmerkung d|nota de la|n.d.t|ndla|nda :",
        r"\banm(?:\.|erkung) d(?:\.|er|es)|\bn\.d\.t\b|\bndla\b|^\W*nda :",
    ),
    (
        "pertene|pertenc|à moi|mir gehör|gehört mir|gehören mir|appartengono|appartiene",
        r"\bno me pertenece|\bn(?:ão|ao) me pertence|\bn['’]est à moi\b|\bgehör(?:t|en) (?:nicht )?mir\b"
        r"|\bnon mi apparte(?:ngono|iene)\b",
    ),
    ("tribute", r"\bmy tribute\b|\ba tribute to\b"),
    ("spelling|gramm|typing", r"\b(?:spelling|grammar|grammer|typing)\b[^.!?]{0,30}\b(?:errors?|mistakes?)\b"),
    ("mistakes", r"\b(?:all|any) (?:remaining )?mistakes\b|\bmistakes are (?:all )?mine\b"),
    ("typo", r"\btypos?\b"),
    (
        "fandom|livejournal|lj|ao3|ff.net|ffn.net|fanfiction.net",
        r"\b(?:fandom|livejournal|lj|ao3|ffn?\.net|fanfiction\.net)\b",
    ),
    ("author", r"\bauthor'?s? notes?\b"),
    ("a/n", r"\ba/n\b"),
    ("bunn", r"\bplot ?bunn(?:y|ies)\b"),
    ("hiatus", r"\bhiatus\b"),
    ("writer", r"\bwriter['’]?s block\b"),
    (
        "sorry",
        r"\bsorry (?:for|about|it took|this took|if|that)\b[^.!?]{0,50}\b(?:wait|delay|late|long|short|updat\w*"
        r"|post\w*|mistakes|chapter|ooc)\b",
    ),
    (
        "update",
        r"\b(?:i['’]ll|will|to|i|not) (?:try to |have )?updated?\b|\bupdates? (?:will|soon|every|is|are|may)\b",
    ),
    ("favourite|favorite", r"\bfavou?rite (?:character|pairing|ship|episode|show)\b"),
    ("episode", r"\bepisode(?:s)? (?:aired|airs|where|when)\b"),
    ("lyrics|song", r"\b(?:lyrics|song) (?:is|are|belongs?|by|used|in this|i)\b"),
    ("spoiler", r"\bspoilers?\b"),
    ("posted", r"\bposted (?:on|to|at|here)\b|\bcross-?posted\b"),
    (
        "challenge|prompt|exchange|fest|big bang|secret santa|yuletide",
        r"\bfor (?:the )?(?:[\w'-]+ ){0,3}(?:challenge|prompt|exchange|fest|big bang|secret santa|yuletide)\b",
    ),
    ("word count", r"\bword count\b"),
    ("to be continued", r"\bto be continued\b"),
    ("dedicated", r"\bdedicated to\b"),
    ("disclaimer", r"\bdisclaimer\b"),
    ("public domain", r"\bpublic domain\b"),
    (
        "archived|distributed|reproduced|copied",
        r"\bmay (?:not )?be (?:archived|distributed|reproduced|copied)\b",
    ),
    ("creative commons", r"\bcreative commons\b"),
    ("happy reading", r"\bhappy reading\b"),
    ("on with the", r"\bon with the (?:story|show|chapter)\b"),
    (
        "here it is|here you go|here goes|here it goes",
        r"\bhere (?:it is|you go|goes)\b[^.!?]{0,40}\b(?:chapter|story|part)\b",
    ),
)
"""What only an author says, and behind which letters to look for it: one of them stands in whatever is found.

To look for all patterns in a line costs a hundred times what looking for these few letters costs.
"""
