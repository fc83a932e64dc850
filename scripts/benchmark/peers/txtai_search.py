"""txtai: vectors in FAISS and BM25, joined by its hybrid search."""

from measured import LIMIT, Search, Task, run
from txtai import Embeddings
from txtai.vectors import VectorsFactory


def make(task: Task) -> Search:
    """Passages have the vectors given; questions are encoded by txtai."""
    own = VectorsFactory.create({"path": task.model, "format": "numpy"}, None)
    known = dict(zip(task.texts, task.vectors, strict=True))

    def transform(texts):
        if all(text in known for text in texts):
            return [known[text] for text in texts]
        return own.encode(list(texts))

    embeddings = Embeddings(method="external", transform=transform, hybrid=True)
    embeddings.index(enumerate(task.texts))
    return lambda question: [row for row, _ in embeddings.search(question, LIMIT)]


if __name__ == "__main__":
    run(make)
