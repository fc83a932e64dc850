"""Text -> vectors by ONNX Runtime, without the libraries that the model was exported with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Encoding, Tokenizer

from qa_service.config_checks import cores
from qa_service.indexing.encoding.embedding import EncodedPassages, Vectors, mean_within, normalised
from qa_service.indexing.encoding.microbatch import Together
from qa_service.indexing.encoding.onnx_session import (
    GRAPH_FILE,
    TOKENIZER_FILE,
    Session,
    open_session,
    padded,
)
from qa_service.nouns.documents import Span

TOKENS_PER_BATCH = {32: 512, 8: 1}
"""By the bits of the weights; padding included, one text at least. More tokens outgrow the
processor's cache and are slower. With 8 bits all that is run at a time is scaled alike, so each
text is run alone: its vector must not depend on what stands beside it."""

QUESTIONS_TOGETHER = 16
"""At most, of those that arrive together and are encoded by weights of 32 bits: those are read
from memory once for all. With weights of 8 bits each alone is faster."""


class OnnxEmbedder:
    """A transformer whose token vectors are averaged, as exporting.export_embedder wrote it."""

    def __init__(
        self,
        folder: Path,
        description: dict[str, Any],
        name: str,
        passages: Callable[[], Path],
        passage_bits: int,
        threads: int | None = None,
    ) -> None:
        """`folder` has the network for questions, and the tokenizer; `passages` gives the folder
        of the network for passages, with weights of so many bits. Each is opened when first
        needed. `threads` batches of passages are encoded at once, by default one for each core.
        """
        self.name = name
        self.fingerprint: str = description["fingerprint"]
        self.dimension: int = description["dimension"]
        self.max_tokens: int = description["max_tokens"]
        self._query_prompt: str = description["query_prompt"]
        self._passage_prompt: str = description["passage_prompt"]
        self._folder = folder
        self._passage_folder = passages
        self._tokens_per_batch = TOKENS_PER_BATCH[passage_bits]
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.max_tokens)
        self._is_batched = description["bits"] == 32
        self._encode_together: Together[str, Vectors] = Together(
            self._encode_queries, QUESTIONS_TOGETHER
        )
        self._pool = ThreadPoolExecutor(threads or cores(), "encoding")

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> EncodedPassages:
        """See Embedder. Sentence vectors are the mean of their tokens in the passage, of the
        same forward pass; those of sentences beyond the reading length are zero."""
        prompt, session = self._passage_prompt, self._passages
        encodings = self._tokenizer.encode_batch([prompt + text for text in texts])
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        pooled = [np.zeros((len(spans), self.dimension), np.float32) for spans in sentences]

        def encode(places: list[int]) -> None:
            states = _token_vectors(session, [encodings[place] for place in places])
            for place, tokens in zip(places, states, strict=True):
                offsets = np.asarray(encodings[place].offsets)
                vectors[place] = tokens.mean(axis=0)
                for number, (start, end) in enumerate(sentences[place]):
                    span = (start + len(prompt), end + len(prompt))
                    pooled[place][number] = mean_within(tokens, offsets, *span)

        lengths = [len(item.ids) for item in encodings]
        list(self._pool.map(encode, _batches(lengths, self._tokens_per_batch)))
        return EncodedPassages(normalised(vectors), tuple(map(normalised, pooled)))

    def encode_query(self, text: str) -> Vectors:
        """See Embedder."""
        return self._encode_together(text) if self._is_batched else self._encode_queries([text])[0]

    @cached_property
    def _questions(self) -> Session:
        return open_session(self._folder / GRAPH_FILE)

    @cached_property
    def _passages(self) -> Session:
        folder = self._passage_folder()
        return self._questions if folder == self._folder else open_session(folder / GRAPH_FILE)

    def _encode_queries(self, texts: Sequence[str]) -> list[Vectors]:
        encodings = self._tokenizer.encode_batch([self._query_prompt + text for text in texts])
        states = _token_vectors(self._questions, encodings)
        return list(normalised(np.stack([tokens.mean(axis=0) for tokens in states])))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See Embedder."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [len(each.ids) + sum(len(o.ids) for o in each.overflowing) for each in encodings]


def _token_vectors(session: Session, encodings: Sequence[Encoding]) -> list[Vectors]:
    """(tokens, dimension) for each text, from one run."""
    inputs = padded(encodings)
    del inputs["token_type_ids"]
    (states,) = session.run(None, inputs)
    return [row[: len(item.ids)] for row, item in zip(states, encodings, strict=True)]


def _batches(lengths: Sequence[int], tokens: int) -> Iterator[list[int]]:
    """Places of texts that are run together: alike in length, the longest first."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > tokens:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
