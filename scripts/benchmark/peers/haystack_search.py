"""Haystack: its in-memory store, BM25 and vectors, joined by reciprocal rank fusion."""

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersTextEmbedder,
)
from measured import LIMIT, Search, Task, run


def make(task: Task) -> Search:
    """Passages have the vectors given; questions are encoded by Haystack."""
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(
        [
            Document(id=str(row), content=text, embedding=vector.tolist())
            for row, (text, vector) in enumerate(zip(task.texts, task.vectors, strict=True))
        ]
    )
    pipeline = Pipeline()
    embedder = SentenceTransformersTextEmbedder(model=task.model, progress_bar=False)
    pipeline.add_component("embedder", embedder)
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=LIMIT))
    pipeline.add_component("keyword", InMemoryBM25Retriever(store, top_k=LIMIT))
    pipeline.add_component("joiner", DocumentJoiner("reciprocal_rank_fusion", top_k=LIMIT))
    pipeline.connect("embedder.embedding", "dense.query_embedding")
    pipeline.connect("dense", "joiner")
    pipeline.connect("keyword", "joiner")

    def search(question):
        found = pipeline.run({"embedder": {"text": question}, "keyword": {"query": question}})
        return [int(document.id) for document in found["joiner"]["documents"]]

    return search


if __name__ == "__main__":
    run(make)
