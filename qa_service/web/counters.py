"""What is counted for who watches the service from outside, in the process that serves.

Every answer passes through that process, whichever one gave it, so one registry is right.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

from qa_service.nouns.answers import Answer
from qa_service.nouns.questions import Question

Service = TypeVar("Service")
Trace = Callable[[Answer | None, float, float], None]
"""Is told of an answer, or that there is none, and when its question began and ended."""
SECONDS = (0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64)
FAILED = "failed"
disable_created_metrics()  # type: ignore[no-untyped-call]


class Counters:
    """Questions, seconds and requests since the start. For many threads."""

    def __init__(self) -> None:
        self._trace: Trace | None = None
        self.registry = CollectorRegistry()
        self._questions = Counter(
            "qa_questions",
            "Questions by the kind of their answer and by outcome.",
            ("kind", "outcome"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "qa_answer_seconds",
            "Seconds a question takes once it is its turn.",
            buckets=SECONDS,
            registry=self.registry,
        )
        self._stages = Counter(
            "qa_stage_seconds",
            "Seconds spent in each stage of answering.",
            ("stage",),
            registry=self.registry,
        )
        self._requests = Counter(
            "qa_requests",
            "Requests by the status of the response.",
            ("status",),
            registry=self.registry,
        )

    def tell(self, trace: Trace) -> None:
        """Have each question told from now on."""
        self._trace = trace

    def counting(self, service: Service) -> Service:
        """An AnswerService; what is asked of it is counted."""
        return cast(Service, _Counted(service, self))

    def count_request(self, status: int) -> None:
        """One response of that status."""
        self._requests.labels(str(status)).inc()

    def count_answer(self, answer: Answer | None, seconds: float) -> None:
        """One answer, None where the question failed, which just came after so many seconds."""
        if self._trace:
            now = time.time()
            self._trace(answer, now - seconds, now)
        kind = answer.kind if answer else FAILED
        outcome = FAILED if answer is None else answer.reason or "answered"
        self._questions.labels(kind, outcome).inc()
        self._seconds.observe(seconds)
        for stage, milliseconds in (answer.stages if answer else {}).items():
            self._stages.labels(stage).inc(milliseconds / 1000)


class _Counted:
    """An AnswerService that counts what is asked of another."""

    def __init__(self, service: Any, counters: Counters) -> None:
        self._service, self._counters = service, counters

    def ask(self, question: Question) -> Answer:
        began = time.perf_counter()
        answer: Answer | None = None
        try:
            answer = cast(Answer, self._service.ask(question))
        finally:
            self._counters.count_answer(answer, time.perf_counter() - began)
        return answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._service, name)
