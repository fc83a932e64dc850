#!/usr/bin/env python3
"""Builds the index anew from the corpus: the same as `qa-service build`, flags included."""

import sys

from qa_service.cli import main

if __name__ == "__main__":
    sys.exit(main(["build", *sys.argv[1:]]))
