"""The words that stand before a field in the heads of stories, in the languages that people write them in."""

from __future__ import annotations

from remnant.model import Field, Role

NAMES: dict[tuple[Field | None, Role], str] = {
    (
        Field.TITLE,
        Role.HEADER,
    ): "titel|titre|título|titulo|titolo|nazwa|název|tytuł|название|заголовок|naslov|otsikko|cím|title|titles"
    "|story|fic|story name"
    "|story title|fic title|title of story"
    "|name of story|title and part number"
    "|title & part number|title & part|title/part",
    (
        Field.AUTHOR,
        Role.HEADER,
    ): "autor|autorin|auteur|auteure|autora|autore|autrice|schrijver|schrijfster|autorka|автор|авторы|von"
    "|text von|who by|who wrote it|forfatter"
    "|författare|kirjoittaja|szerző|escrito por|escrita por|scritto da|scritta da|geschrieben von|écrit par"
    "|story by|fic by|fanfic by|written and posted by|author/s|author"
    "|authors|author name|author's name|authors name|written by|writer|pen name"
    "|penname|pseud|creator|by",
    (Field.EMAIL, Role.HEADER): "e-mail|email|e-mail address|email address|author e-mail|author email"
    "|author's e-mail|author's email|mail to|contact",
    (
        Field.RATING,
        Role.HEADER,
    ): "altersfreigabe|altersempfehlung|clasificación|classificação|classificacao|classificazione"
    "|rating e avvertimenti|freigabe|рейтинг|public|how bad|empfohlen ab|classement|leeftijd|korhatár"
    "|ikäraja|censura|faixa etária"
    "|rating/warnings|rating & warnings|overall rating|fic rating|suitable for|age rating"
    "|content level|maturity|classification d'âge|clasificacion"
    "|rating|ratings|rated|content rating|content/rating|story rating",
    (
        Field.WARNING,
        Role.WARNING,
    ): "warnung|warnungen|avertissement|avertissements|advertencia|advertencias|avvertimenti|avisos|aviso"
    "|ostrzeżenia|предупреждения|предупреждение|avvertenze|waarschuwingen|varningar"
    "|waarschuwing|warning|warnings|content warning|content warnings|trigger warning"
    "|trigger warnings|triggers|cw|tw|archive warning|archive warnings|caution|story warnings|chapter warnings",
    (Field.SPOILER, Role.SPOILER): "spoiler|spoilers|spoiler warning|spoiler warnings|spoilage|spoilers for|spoiler/s"
    "|spoiler level|spoiler rating|spoiler info|spoilers/season|season/spoilers|spoilers/timeline|timeline/spoilers"
    "|spoilerwarnung|spoilerwarnungen|spoiler-warnung|spoiler alert|what it gives away",
    (
        Field.SUMMARY,
        Role.SUMMARY,
    ): "zusammenfassung|inhalt|kurzbeschreibung|résumé|resume|resumen|resumo|sommario|sinopse|sinopsis|trama"
    "|streszczenie|opis|саммари|аннотация|краткое содержание|описание|what it's about|what happens|argumento"
    "|introduzione|korte inhoud|sammanfattning"
    "|tiivistelmä"
    "|riassunto|samenvatting|summary|story summary|synopsis|synops|description"
    "|short description|blurb|abstract"
    "|teaser|tagline|chapter summary",
    (
        Field.DISCLAIMER,
        Role.NOTE,
    ): "haftungsausschluss|descargo|renuncia|отказ|дисклеймер|zastrzeżenie|vrijwaring|disclamer|disclaimor"
    "|discalimer|disclaim|claimer|avis de non-responsabilité|disclaimer|disclaimers"
    "|standard disclaimer|standard disclaimers|legal disclaimer"
    "|legal stuff|legalities|legalese|copyright|ownership",
    (Field.FANDOM, Role.HEADER): "fandom|fandoms|show|universe|crossover|fandom and universe|canon|fandom/s"
    "|fandome|фандом|фэндом|фендом|what show|what fandom|serie tv|série|serien|anime|manga|anime/manga|game"
    "|movie|film|tv show|tv series"
    "|source material|crossover with|fandom/pairing",
    (
        Field.RELATIONSHIP,
        Role.HEADER,
    ): "paar|pareja|parejas|couple principal|pairing|pairings|casal|casais|casal principal|пейринг|пэйринг"
    "|pairing/characters|pairing/character|pairings/characters|coppia|coppie|paring|parings|parejas principales"
    "|paarung|koppel|párosítás|relationship|relationships|ship|ships|couple|couples"
    "|pairing/s|main pairing|main pairings|pairings/main char.",
    (
        Field.CHARACTER,
        Role.HEADER,
    ): "character|characters|main character|main characters|chars|char|starring|character/s|personagens"
    "|personagem|personajes|personaje|personnages|personnage|personaggi|personaggio|charaktere|charakter"
    "|figuren|personen|postacie|персонажи|пэйринг и персонажи|пейринг и персонажи|who's in it|персонаж"
    "|personages|karakterer|karaktärer|hahmot|szereplők|cast"
    "|featuring|main chars|main cast|characters included|main players|players",
    (Field.CATEGORY, Role.HEADER): "category|categories|classification|classifications|story category|kategorie"
    "|categoría|categoria|catégorie|kategoria|категория|направленность",
    (Field.GENRE, Role.HEADER): "género|genero|genere|genre|genres|gênero|gatunek|жанр|genero literario"
    "|gênero literário|sort of story|type|fic type|story type",
    (Field.SERIES, Role.HEADER): "series|sequel to|prequel to|sequel|series/sequel|part of|series title|story arc|arc",
    (Field.CHALLENGE, Role.HEADER): "challenge|challenges|prompt|prompts|written for|bingo square|square filled"
    "|prompt used|challenge fic|for the challenge|table/prompt|prompt/s|challenge/prompt|kink meme",
    (Field.BETA, Role.HEADER): "beta|betas|beta reader|beta readers|beta-reader|beta-readers|betada por"
    "|beteada por|beta-leserin|betaleserin|bêta|beta lettrice|бета|beta'd|betaed|beta and cheerleading|beta/s"
    "|betas/cheerleaders|betaed by|beta'd by"
    "|beta'ed by|beta by|beta read by|beta-read by|betareader|betareaders",
    (Field.DEDICATION, Role.NOTE): "dedication|dedications|dedicated to|widmung|dedicatoria|dédicace|dedica"
    "|посвящение|gewidmet|dedicated|gift for|written as a gift for|for",
    (Field.FEEDBACK, Role.NOTE): "feedback|feedback to|send feedback to|feedback address|comments to",
    (Field.PERMISSION, Role.HEADER): "archive|archives|archiving|archivieren|archivo|archivage|ok to archive"
    "|archiving permission|may archive|архивирование|размещение|archive permission|permission to archive|distribution"
    "|redistribution|distribution statement|archive statement|permission|permissions|circuit archive|pros-lib"
    "|distribution/archive|archive/distribution",
    (Field.DATE, Role.HEADER): "date|date written|written|date finished|date completed|completed on|started"
    "|datum|fecha|дата|written on|date of completion|written in",
    (Field.PUBLISHED, Role.HEADER): "published|posted|posted on|posted at|first posted|veröffentlicht|publicado"
    "|publicada|publié|pubblicata|опубликовано|archived on|uploaded|added|added on|date added|first published"
    "|date posted"
    "|publication date|pubdate|date published|originally posted",
    (Field.UPDATED, Role.HEADER): "updated|last updated|last update|revised|aktualisiert|actualizado|mis à jour"
    "|обновлено|date updated|last revised",
    (Field.STATUS, Role.HEADER): "status|story status|complete|completed|finished|work in progress|статус"
    "|estado|statut|stato|abgeschlossen",
    (Field.LANGUAGE, Role.HEADER): "language|lang|sprache|idioma|langue|lingua|język|язык|taal",
    (Field.WORDCOUNT, Role.HEADER): "words|word count|wordcount|words count|length|total words|wortzahl|wörter"
    "|wörteranzahl|número de palabras|palabras|palavras|nombre de mots|numero parole|количество слов|how much"
    "|how long|размер"
    "|longueur|länge|no. of words|number of words|story length|approx. word count|approximate word count|word total",
    (Field.CHAPTER, Role.HEADER): "chapters|chapter|part|parts|chapters count|part number|kapitelanzahl"
    "|capítulos|chapitres|capitoli|части|главы|chapter number|chapter/s",
    (Field.SOURCE_URL, Role.HEADER): "story url|original source|source url|original url|source|link|permalink",
    (Field.TAG, Role.HEADER): "tags|tag|метки|теги|schlagworte|etiquetas|mots-clés|keywords|keyword"
    "|additional tags|additional tag|freeforms|content tags",
    (Field.SONG, Role.HEADER): "song|songs|music|soundtrack|song title|lied|canción|chanson|canzone|música"
    "|музыка|current music|listening to|song listened to",
    (Field.MEDIA, Role.HEADER): "cover|cover art|cover artist|banner|fanmix|artwork|image",
    (None, Role.HEADER): "codes|story codes|timeline|time line|timeframe|time frame|setting|set|takes place"
    "|website|web site|web page"
    "|homepage|url|pov|point of view|publisher|packaged|author url|season|happyending|keys|key|mood|current mood"
    "|current location|location|reviews|favs|follows|hits|read|kudos|bookmarks|comments|year|era|continuity|post-ep"
    "|word processor|created|file name|filename|layout|sex|name|time|collections|collection|stats|id|extra tags",
    (
        None,
        Role.NOTE,
    ): "anmerkung|anmerkungen|nota|notas|anmerkung der autorin|anmerkung des autors|notas da autora|notas do autor"
    "|nota da autora|notas de la autora|notes de l'auteur|note dell'autore|примечание|примечания|от автора"
    "|uwagi|disclaimer/notes|notes/disclaimer|a/n & disclaimer|nota de la autora|nota del autor|note de l'auteur"
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

SAID_IN_STORIES = frozenset(
    [
        *("anime", "manga", "game", "movie", "film", "cast", "featuring", "opis"),
        *("trama", "argumento", "personen", "figuren", "datum", "fecha", "estado", "lied", "música", "square filled"),
        *(
            "nota",
            "stato",
            "public",
            "von",
            "how bad",
            "how much",
            "how long",
            "added",
            "added on",
            "what happens",
            "описание",
        ),
        *("renuncia", "отказ", "дата", "язык", "части", "главы", "uwagi", "uploaded", "maturity"),
        *("data", "size", "länge", "longueur", "palabras", "wörter", "palavras", "serien", "série", "aviso", "claimer"),
        *("размер", "от автора", "посвящение", "музыка", "players", "main players", "suitable for", "written in"),
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
