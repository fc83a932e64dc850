"""Question answering over a folder of documents: verbatim passages, each cited."""

__version__ = "0.1.0"
