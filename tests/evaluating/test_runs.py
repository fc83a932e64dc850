"""Whole runs on the fake model: question files, samples, follow-ups, foreign questions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeEmbedder, FakeProgress, built_index, make_document

from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.errors import DatasetError, InputError, NoIndex
from qa_service.evaluating import run as run_module
from qa_service.evaluating.run import EvaluationOptions, evaluate
from qa_service.nouns.questions import Turn

BOATS = {"_id": "q1", "text": "Do harbour boats sail to the islands?"}
HOURS = {"_id": "q2", "text": "When does the library open?"}
FOREIGN = {"_id": "u1", "text": "Which zebra migrated across Antarctica?"}


@pytest.fixture
def measure(index_dir):
    """Evaluates a set or question file on the fake model."""

    def measure_on_fakes(source, settings=None, **options):
        values = settings or Settings(index_dir=index_dir)
        asked = EvaluationOptions(**options)
        return evaluate(source, values, FakeEmbedder(), FakeProgress(), asked)

    return measure_on_fakes


@pytest.fixture
def question_file(tmp_path):
    """Writes a question file of these lines below the columns."""

    def write(*lines: str, name: str = "mine.csv"):
        text = "\n".join(["question,document,quote,answerable,history,note", *lines])
        (tmp_path / name).write_text(text + "\n", encoding="utf-8")
        return tmp_path / name

    return write


@pytest.fixture
def index_in_use(index_dir):
    """An index of a paged document and a plain one."""
    paged = make_document(
        "Harbour boats sail to the islands daily.\nThe library opens at nine.",
        "guide",
        page_lengths=[41, 26],
    )
    built_index([paged, make_document("The school teaches pupils.", "school")], index_dir)


@pytest.mark.usefixtures("index_in_use")
def test_a_question_file_is_asked_of_the_index_in_use(measure, question_file) -> None:
    run = measure(
        question_file(
            "When does the library open?,guide.txt,at nine,,,opening",
            "Which zebra migrated across Antarctica?,,,no,,",
        )
    )
    assert (run.report["dataset"], run.report["documents"]) == ("mine", 2)
    assert (run.report["questions"], run.report["unanswerable"]) == (1, 1)
    assert (run.report["first_quote_right"], run.report["false_answers"]) == (1, 0)
    assert run.report["passage_recall_at_1"] == 1
    assert run.report["page_mrr_at_10"] == 0.5  # the passage begins on the page before
    assert run.results[0].expected == "“at nine” in Guide"
    assert (run.results[0].note, run.results[1].expected) == ("opening", "not in the documents")


@pytest.mark.usefixtures("index_in_use")
def test_a_document_that_the_index_lacks_stops_a_run(measure, question_file) -> None:
    with pytest.raises(DatasetError, match=r"mine\.csv, line 2: the index has no document “x”"):
        measure(question_file("When?,x,,,,"))


def test_a_question_file_needs_an_index(measure, question_file) -> None:
    with pytest.raises(NoIndex, match="run: qa-service build"):
        measure(question_file("When?,x,,,,"))


def test_a_file_of_another_kind_is_refused_with_the_fix(measure, tmp_path) -> None:
    (tmp_path / "mine.xlsx").write_bytes(b"PK")
    with pytest.raises(DatasetError, match=r"mine\.xlsx is neither a folder .*save a table"):
        measure(tmp_path / "mine.xlsx")


def test_what_was_withheld_is_judged_as_if_given(dataset, measure, index_dir) -> None:
    folder = dataset([BOATS], [("q1", "boats", 1)], unanswerable=[FOREIGN])
    run = measure(folder, Settings(index_dir=index_dir, minimum_confidence=1.0))
    declined, foreign = run.results
    assert (declined.answered, declined.right, foreign.right) == (False, True, False)
    assert (run.report["answered"], run.report["first_quote_right"]) == (0, 0)
    assert run.report["calibration_error_answered"] is None
    assert run.report["calibration_error_all"] == pytest.approx(
        (1 - declined.confidence + foreign.confidence) / 2
    )


def test_declining_is_measured_by_confidence(dataset, measure) -> None:
    run = measure(dataset([BOATS], [("q1", "boats", 1)], unanswerable=[FOREIGN]))
    assert run.report["auroc_unanswerable"] == 1
    assert run.report["false_answers_at_80_percent"] == 0


def test_a_sample_is_of_that_many_questions_and_always_the_same(dataset, measure) -> None:
    questions = [BOATS | {"_id": f"q{number}"} for number in range(30)]
    folder = dataset(questions, [("q1", "boats", 1)])
    first, second = measure(folder, limit=7), measure(folder, limit=7)
    asked = [result.id for result in first.results]
    assert asked == [result.id for result in second.results]
    assert asked == sorted(asked, key=lambda name: int(name[1:]))
    assert (len(asked), first.report["set_questions"]) == (7, 30)


def test_a_sample_of_no_questions_is_refused() -> None:
    with pytest.raises(InputError, match="limit: give a number of questions from 1"):
        EvaluationOptions(limit=0)


def test_another_sets_questions_count_as_foreign_alone(dataset, measure, question_file) -> None:
    foreign = question_file("Which zebra migrated?,,,no,,", "Who mines in Peru?,gone,,,,")
    run = measure(dataset([BOATS], [("q1", "boats", 1)]), foreign=foreign)
    assert (run.report["foreign_set"], run.report["foreign_questions"]) == ("mine", 2)
    assert (run.report["foreign_answered"], run.report["auroc_foreign"]) == (0, 1)
    assert (run.report["questions"], run.report["unanswerable"]) == (1, 0)
    assert [result.kind for result in run.results] == ["answerable", "foreign", "foreign"]


def test_the_foreign_set_may_be_a_folder(dataset, measure, tmp_path) -> None:
    other = dataset([FOREIGN])
    other = other.rename(tmp_path / "zoo")
    run = measure(dataset([BOATS], [("q1", "boats", 1)]), foreign=other)
    assert (run.report["foreign_set"], run.report["foreign_questions"]) == ("zoo", 1)


class Remembering(AnswerService):
    """Takes a question after others for the last of these, and remembers their number."""

    asked: list[int]

    def ask(self, question):
        type(self).asked.append(len(question.history))
        said = question.history[0].text if question.history else question.text
        answer = super().ask(replace(question, text=said))
        return replace(answer, question=question.text, standalone_question=said)


@pytest.fixture
def follow_ups(dataset, monkeypatch):
    """A set of one question that stands alone, and one that does not."""
    Remembering.asked = []
    monkeypatch.setattr(run_module, "AnswerService", Remembering)
    said = [{"role": "user", "text": HOURS["text"]}]
    then = {"_id": "q3", "text": "And the harbour boats?", "history": said}
    return dataset([BOATS, then], [("q1", "boats", 1), ("q3", "library", 1)])


@pytest.mark.parametrize(("history", "turns"), [("without", [0, 0]), ("with", [0, 1])])
def test_questions_are_asked_with_or_without_what_was_said_before(
    measure, follow_ups, history, turns
) -> None:
    run = measure(follow_ups, history=history)
    assert [result.turns for result in run.results] == turns
    assert run.report["recall_at_1"] == (1 if history == "with" else 0.5)
    assert (run.report["history"], run.report["follow_ups"]) == (history, None)


def test_follow_ups_may_be_asked_both_ways(measure, follow_ups) -> None:
    run = measure(follow_ups, history="both")
    compared = run.report["follow_ups"]
    assert [result.turns for result in run.results] == [0, 0]
    assert [result.turns for result in run.follow_ups] == [1]
    assert compared["questions"] == 1
    assert compared["without_history"]["recall_at_1"] == 0
    assert compared["with_history"]["recall_at_1"] == 1
    assert 1 in Remembering.asked


def test_history_and_answers_are_read_from_a_set(dataset, measure, monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(
        run_module, "ask_questions", lambda _, asked, *__, **___: seen.append(asked)
    )
    question = BOATS | {"answers": ["sail"], "history": [{"role": "assistant", "text": "Hm"}]}
    with pytest.raises(TypeError):
        measure(dataset([question]))
    (asked,) = seen[0]
    assert (asked.answers, asked.history) == (("sail",), (Turn("assistant", "Hm"),))


@pytest.mark.parametrize(
    "fields", [{"history": [5]}, {"history": [{"role": "x", "text": "y"}]}, {"answers": "sail"}]
)
def test_broken_history_and_answers_are_named_by_their_question(dataset, measure, fields) -> None:
    with pytest.raises(DatasetError, match=r"question 'q1': (history|answers)"):
        measure(dataset([BOATS | fields]))


def test_stages_are_measured_where_an_answer_tells_them(dataset, measure, monkeypatch) -> None:
    class Staged:
        """An answer with the times of its stages."""

        def __init__(self, answer):
            self._answer = answer
            self.stages = {"encode": 2.0}

        def __getattr__(self, name):
            return getattr(self._answer, name)

    class Staging(AnswerService):
        def ask(self, question):
            return Staged(super().ask(question))

    monkeypatch.setattr(run_module, "AnswerService", Staging)
    run = measure(dataset([BOATS, HOURS], [("q1", "boats", 1)]))
    assert run.report["stages"] == {"encode": {"median_ms": 2.0, "percentile_95_ms": 2.0}}
