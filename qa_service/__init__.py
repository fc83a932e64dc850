"""Question answering over a folder of documents: verbatim passages, each cited."""

import os

__version__ = "0.1.0"

# Before anything loads ONNX Runtime, which otherwise notes the machine and what runs on it below
# the home folder and sends it to its maker. Processes that ours start inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
