"""LlamaIndex: FAISS and bm25s, joined by its fusion retriever without further questions."""

import faiss
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.faiss import FaissVectorStore
from measured import LIMIT, Search, Task, run


def make(task: Task) -> Search:
    """Passages have the vectors given; questions are encoded by LlamaIndex."""
    nodes = [
        TextNode(id_=str(row), text=text, embedding=vector.tolist())
        for row, (text, vector) in enumerate(zip(task.texts, task.vectors, strict=True))
    ]
    store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(task.vectors.shape[1]))
    context = StorageContext.from_defaults(vector_store=store)
    model = HuggingFaceEmbedding(model_name=task.model)
    index = VectorStoreIndex(nodes, storage_context=context, embed_model=model)
    both = [
        index.as_retriever(similarity_top_k=LIMIT),
        BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=LIMIT),
    ]
    fusion = QueryFusionRetriever(
        both,
        llm=MockLLM(),
        mode="reciprocal_rerank",
        num_queries=1,
        similarity_top_k=LIMIT,
        use_async=False,
    )
    return lambda question: [int(found.node.node_id) for found in fusion.retrieve(question)]


if __name__ == "__main__":
    run(make)
