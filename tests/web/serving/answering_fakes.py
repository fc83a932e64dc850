"""Services that answering processes open in the tests of their pool."""

import os
import signal

from fake_answer_service import UNANSWERABLE, FakeAnswerService
from fakes import FakeEmbedder

from qa_service.answering.service import AnswerService
from qa_service.deadline import keep_time
from qa_service.errors import DamagedBuild, ModelError

DEADLY = "Which question ends whoever hears it?"
LATE = "Which question looks at the clock?"


class AnsweringFake(FakeAnswerService):
    """Searches find its process; `DEADLY` ends it."""

    def ask(self, question):
        if question.text == DEADLY:
            os.kill(os.getpid(), signal.SIGKILL)
        if question.text == UNANSWERABLE:
            raise DamagedBuild("the store is gone; run: qa-service build")
        if question.text == LATE:
            keep_time()
        if question.text == "divide":
            return 1 // 0
        return super().ask(question)

    def search(self, *_):
        return os.getpid()


class FaultyFake(AnsweringFake):
    """Suggests what it cannot answer."""

    def suggestions(self):
        return ("divide",)


def open_fake(delay, _):
    return AnsweringFake(delay=delay)


def open_on_fake_model(settings, _):
    return AnswerService(settings, FakeEmbedder())


def open_faulty(_):
    return FaultyFake()


def open_broken(_):
    raise ModelError("install the model")
