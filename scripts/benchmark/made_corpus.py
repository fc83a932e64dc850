"""A corpus of any size out of a small build: its sentences put together anew, with their vectors.

Nobody waits a week for a model to encode a million passages. A model that pools by the mean
gives a passage nearly the mean of its sentences' vectors, so that a passage made of sentences
that were encoded has a vector that is nearly right. Noise is added to it, and to each document
a name that no other has, as the words of real documents grow in number with them.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from qa_service.indexing.encoding.embedding import EncodedPassages
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.engine.store_walk import all_passages
from qa_service.indexing.passages.sentences import Span, sentence_spans
from qa_service.nouns.documents import Document, Heading

PARAGRAPHS = 20
PASSAGES_A_DOCUMENT = 24
"""What so many paragraphs are cut into, nearly."""
WORDS_A_PARAGRAPH = 140
SUBJECT_ROWS = 30
"""Passages of a document are made of base passages that stand so near each other."""
LONGEST = 400
"""Sentences of more signs are left out."""
OTHER_SHARE = 0.3
"""So many of its sentences come from anywhere."""
NOISE = 0.3
"""Length of what is added to a vector of length 1; the cosine with it is then 0.958."""
DATES = np.arange(np.datetime64("1995-01-01"), np.datetime64("2026-01-01"))


@dataclass(frozen=True, slots=True)
class Base:
    """Sentences of a build, in order, their vectors, and the titles they stood under."""

    sentences: list[str]
    vectors: np.ndarray
    titles: list[str]
    first_of_passage: np.ndarray


def base_of(opened: OpenedBuild) -> Base:
    """All that is needed of a build, read into memory."""
    titles = {item.id: item.title for item in opened.catalogue}
    texts: list[str] = []
    passage_titles: list[str] = []
    kept: list[int] = []
    firsts = [0]
    sentences = 0
    for passage in all_passages(opened.store):
        for at, (start, end) in enumerate(passage.sentences, start=sentences):
            text = " ".join(passage.text[start - passage.start : end - passage.start].split())
            if _stays_whole(text):
                texts.append(text)
                kept.append(at)
        sentences += len(passage.sentences)
        if len(texts) > firsts[-1]:
            passage_titles.append(titles[passage.document_id])
            firsts.append(len(texts))
    vectors = opened.vectors.sentences[np.array(kept)].astype(np.float32)
    return Base(texts, vectors, passage_titles, np.array(firsts))


def _stays_whole(sentence: str) -> bool:
    """Whether it will be found as one sentence again, wherever it is put."""
    ended = sentence[:1].isupper() and sentence[-1:] in ".!?" and sentence[-2:-1].islower()
    return ended and len(sentence) < LONGEST and sentence_spans(sentence) == [(0, len(sentence))]


def made_documents(base: Base, passages: int, seed: int = 0) -> Iterator[Document]:
    """Documents of about so many passages in all; of one seed always the same."""
    for number in range(max(1, passages // PASSAGES_A_DOCUMENT)):
        yield _document(base, number, np.random.default_rng((seed, number)))


def _document(base: Base, number: int, chance: np.random.Generator) -> Document:
    subject = int(chance.integers(len(base.titles)))
    name = _made_name(number)
    title = f"{base.titles[subject]} at {name}"
    heading = f"Findings at {name}"
    paragraphs = [_paragraph(base, subject, chance) for _ in range(PARAGRAPHS)]
    text = "\n\n".join([heading, *paragraphs])
    return Document(
        id=f"made-{number}",
        version=hashlib.sha256(text.encode()).hexdigest(),
        title=title,
        source=f"{number % 1000}/{number}.txt",
        date=str(chance.choice(DATES)),
        text=text,
        collection=f"collection-{number % 10}",
        headings=(Heading(1, heading, 0, len(heading)),),
    )


def _paragraph(base: Base, subject: int, chance: np.random.Generator) -> str:
    """Sentences of one base passage near the subject, some from elsewhere between them."""
    row = int(chance.integers(subject, subject + SUBJECT_ROWS)) % len(base.titles)
    own = np.arange(base.first_of_passage[row], base.first_of_passage[row + 1])
    chance.shuffle(own)
    chosen: list[str] = []
    words = 0
    while words < WORDS_A_PARAGRAPH - 10:
        elsewhere = not len(own) or chance.random() < OTHER_SHARE
        at = chance.integers(len(base.sentences)) if elsewhere else own[0]
        own = own if elsewhere else own[1:]
        chosen.append(base.sentences[int(at)])
        words += chosen[-1].count(" ") + 1
    return " ".join(chosen)


def _made_name(number: int) -> str:
    """A word of its own for each number, such as Bolemika."""
    syllables = [c + v for c in "bdfgklmnprst" for v in "aeiou"]
    word = ""
    number += 60**3
    while number:
        number, place = divmod(number, len(syllables))
        word += syllables[place]
    return word.capitalize()


class SentenceVectors:
    """An embedder for made documents: it looks up sentences instead of reading them."""

    def __init__(self, base: Base, name: str, fingerprint: str) -> None:
        self.name, self.fingerprint = name, fingerprint
        self.dimension, self.max_tokens = base.vectors.shape[1], 256
        self._vectors = base.vectors
        self._places = {text: place for place, text in enumerate(base.sentences)}
        chance = np.random.default_rng(0)
        drawn = chance.standard_normal((1 << 14, self.dimension), np.float32)
        self._noise = NOISE * drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
        self._drawn = 0
        self.unknown = 0

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """About a token for four signs, as the model's own tokenizer makes them."""
        return [len(text) // 4 + 1 for text in texts]

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> EncodedPassages:
        """Of each passage the weighed mean of its sentences' vectors, with noise."""
        parts = [
            self._of_sentences(text, spans) for text, spans in zip(texts, sentences, strict=True)
        ]
        lengths = [np.array([[end - start] for start, end in spans]) for spans in sentences]
        whole = np.stack([(size * part).sum(0) for size, part in zip(lengths, parts, strict=True)])
        whole /= np.linalg.norm(whole, axis=1, keepdims=True)
        whole = whole + self._next_noise(len(whole))
        whole /= np.linalg.norm(whole, axis=1, keepdims=True)
        return EncodedPassages(whole.astype(np.float32), tuple(parts))

    def encode_query(self, text: str) -> np.ndarray:
        raise NotImplementedError("questions are encoded by the model itself")

    def _of_sentences(self, text: str, spans: Sequence[Span]) -> np.ndarray:
        return self._vectors[[self._place(text[start:end]) for start, end in spans]]

    def _place(self, sentence: str) -> int:
        place = self._places.get(sentence)
        if place is None:
            self.unknown += 1
            place = zlib.crc32(sentence.encode()) % len(self._vectors)
        return place

    def _next_noise(self, rows: int) -> np.ndarray:
        """The next rows of a pool, turned so that they do not come again soon."""
        places = np.arange(self._drawn, self._drawn + rows)
        self._drawn += rows
        shift = self._drawn // len(self._noise) % self.dimension
        return np.roll(self._noise[places % len(self._noise)], shift, axis=1)
