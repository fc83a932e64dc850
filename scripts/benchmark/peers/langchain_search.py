"""LangChain: FAISS and rank_bm25, joined by its ensemble retriever."""

from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_huggingface import HuggingFaceEmbeddings
from measured import LIMIT, Search, Task, run


def make(task: Task) -> Search:
    """Passages have the vectors given; questions are encoded by LangChain."""
    rows = [{"row": row} for row in range(len(task.texts))]
    pairs = list(zip(task.texts, task.vectors.tolist(), strict=True))
    model = HuggingFaceEmbeddings(model_name=task.model)
    dense = FAISS.from_embeddings(pairs, model, metadatas=rows)
    keyword = BM25Retriever.from_texts(task.texts, metadatas=rows, k=LIMIT)
    both = [keyword, dense.as_retriever(search_kwargs={"k": LIMIT})]
    retriever = EnsembleRetriever(retrievers=both, weights=[0.5, 0.5])
    return lambda question: [found.metadata["row"] for found in retriever.invoke(question)]


if __name__ == "__main__":
    run(make)
