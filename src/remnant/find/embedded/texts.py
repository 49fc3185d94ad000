"""The text index: which entries hold which words, and how much they are about them (`find.ranking`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import tantivy
from tantivy import Occur
from tantivy import Query as Search

from remnant.find.embedded.sound import text_sound
from remnant.find.port import IndexStale
from remnant.find.query import All, Any, Node, Not, Text
from remnant.find.ranking import LEVEL, LEVELS, PHRASE, TOGETHER, WEIGHTS, prominent
from remnant.find.words import words

_TOKENIZER = "words"
_HEAP = 100_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_integer_field("doc", indexed=True, fast=True)
    for field in WEIGHTS:
        builder.add_text_field(field, tokenizer_name=_TOKENIZER, index_option="position")
    return builder.add_text_field("prominent", tokenizer_name=_TOKENIZER, index_option="basic").build()


_SCHEMA = _schema()

Chunks = Mapping[str, Iterable[str]]
"""Texts by field; a phrase is never found across two of them."""


class Texts:
    """The text index as it was when last reloaded."""

    def __init__(self, folder: Path) -> None:
        with text_sound():
            self._index = tantivy.Index.open(str(folder))
            _with_tokenizer(self._index).config_reader("manual")
        self.reload()

    @staticmethod
    def make(folder: Path) -> None:
        folder.mkdir()
        with text_sound():
            tantivy.Index(_SCHEMA, path=str(folder), reuse=False)

    def reload(self) -> None:
        with text_sound():
            self._index.reload()
            self._searcher = self._index.searcher()

    def found(self, node: Node) -> dict[int, int]:
        """The documents that hold what a question of words only asks for, each with its score."""
        with text_sound():
            everything = max(1, self._searcher.num_docs)
            hits = self._searcher.search(_search(node), limit=everything, count=False).hits
            docs = self._searcher.fast_field_values("doc", [address for _, address in hits])
        return {int(doc): int(score) for doc, (score, _) in zip(docs, hits, strict=True) if doc is not None}


class TextWriter:
    """The one writer of the text index; BusyError while there is another."""

    def __init__(self, folder: Path, last: int) -> None:
        """Documents after `last` were written by someone who was killed before they were made known; they go."""
        with text_sound():
            self._index = _with_tokenizer(tantivy.Index.open(str(folder)))
            self._writer = self._index.writer(_HEAP, 1)
            beyond = Search.range_query(
                _SCHEMA, "doc", tantivy.FieldType.Integer, lower_bound=last, include_lower=False
            )
            self._writer.delete_documents_by_query(beyond)

    def add(self, doc: int, chunks: Chunks) -> None:
        document = tantivy.Document()
        document.add_integer("doc", doc)
        counts = {field: _add(document, field, chunks.get(field, ())) for field in WEIGHTS}
        levels = [_reached(word, level) for level, reached in prominent(counts["story"]) for word in reached]
        document.add_text("prominent", " ".join(levels))
        with text_sound():
            self._writer.add_document(document)

    def drop(self, docs: Iterable[int]) -> None:
        with text_sound():
            for doc in docs:
                self._writer.delete_documents_by_term("doc", doc)

    def commit(self) -> None:
        with text_sound():
            self._writer.commit()

    def close(self) -> None:
        """Forget what was not committed, and wait for the upkeep of what was."""
        # What another index has taken the place of needs no upkeep.
        with suppress(IndexStale), text_sound():
            self._writer.rollback()
            self._writer.wait_merging_threads()


def _with_tokenizer(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def _add(document: tantivy.Document, field: str, chunks: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for chunk in chunks:
        found = words(chunk)
        counts.update(found)
        document.add_text(field, " ".join(found))
    return counts


def _search(node: Node) -> Search:
    match node:
        case Text(words=(word,)):
            return _word(word)
        case Text(words=phrase):
            return _phrase(phrase)
        case Any(nodes=nodes):
            return Search.boolean_query([(Occur.Should, _search(inner)) for inner in nodes])
        case Not(node=inner):
            return Search.boolean_query([(Occur.Must, _worth(Search.all_query(), 0)), (Occur.MustNot, _search(inner))])
        case All(nodes=nodes):
            return _all(nodes)
    raise TypeError(f"{node} asks for more than words.")


def _all(nodes: tuple[Node, ...]) -> Search:
    parts = [(Occur.Must, _search(inner)) for inner in nodes]
    together = tuple(inner.words[0] for inner in nodes if isinstance(inner, Text) and len(inner.words) == 1)
    if len(together) > 1:
        phrase = Search.phrase_query(_SCHEMA, "story", list(together))
        parts.append((Occur.Should, _worth(phrase, TOGETHER)))
    return Search.boolean_query(parts)


def _word(word: str) -> Search:
    places = [_worth(Search.term_query(_SCHEMA, field, word), worth) for field, worth in WEIGHTS.items()]
    terms = [_reached(word, level) for level in range(LEVELS)]
    levels = [_worth(Search.term_query(_SCHEMA, "prominent", term, "basic"), LEVEL) for term in terms]
    return Search.boolean_query([(Occur.Should, part) for part in places + levels])


def _reached(word: str, level: int) -> str:
    return f"{word}/{level}"


def _phrase(phrase: tuple[str, ...]) -> Search:
    places = [
        _worth(Search.phrase_query(_SCHEMA, field, list(phrase)), worth * PHRASE) for field, worth in WEIGHTS.items()
    ]
    return Search.boolean_query([(Occur.Should, part) for part in places])


def _worth(search: Search, score: int) -> Search:
    return Search.const_score_query(search, float(score))
