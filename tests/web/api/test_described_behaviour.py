"""The app answers as its description says, to requests made from that description."""

from __future__ import annotations

import pytest
from fake_answer_service import FakeAnswerService
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, openapi
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from qa_service.config import Settings
from qa_service.web.app import assembled
from qa_service.web.serving.operations import OPERATIONS

TOKEN = "a token of thirty-two characters."
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
"""A status that is not described, such as 500, is a failure too."""
EXAMPLES = 6
"""Of each operation and kind of request: some 15 seconds of processor time in all."""
BUILDS = "startBuild"
"""Would run a build for each request; the tests of the operator's endpoint run one."""
LISTS_IN_ADDRESS = {"mentions"}
"""One value in an address is a list of one, whatever it is: none breaks the description."""
REFUSALS = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429]
"""What refuses a request that breaks the description: 413 where it is too large besides."""
TESTED = [operation for operation in OPERATIONS if operation.name != BUILDS]


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    """The description as it is served, by an app whose files are a test's own."""
    folder = tmp_path_factory.mktemp("described")
    own = Settings(index_dir=folder / "index", corpus_dir=folder / "corpus", operator_token=TOKEN)
    refusing = {"negative_data_rejection": {"expected-statuses": REFUSALS}}
    config = SchemathesisConfig.from_dict({"checks": refusing})
    app = assembled(own, FakeAnswerService())
    return openapi.from_wsgi("/api/openapi.json", app, config=config)


def send(data, described, operation, mode, checks):
    """Draws a request of an operation, sends it, and checks the response."""
    known = described[operation.path][operation.method]
    case = data.draw(known.as_strategy(generation_mode=mode))
    headers = {"Authorization": f"Bearer {TOKEN}"}
    case.call_and_validate(headers=headers, checks=checks)


bounded = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("operation", TESTED, ids=lambda operation: operation.name)
@given(data=st.data())
@bounded
def test_a_request_as_described_is_answered_as_described(described, operation, data):
    send(data, described, operation, GenerationMode.POSITIVE, CHECKS)


@pytest.mark.parametrize(
    "operation",
    [
        it
        for it in OPERATIONS
        if not it.is_operators and (it.body or it.address) and it.name not in LISTS_IN_ADDRESS
    ],
    ids=lambda operation: operation.name,
)
@given(data=st.data())
@bounded
def test_a_request_that_breaks_the_description_is_refused(described, operation, data):
    checks = [*CHECKS, negative_data_rejection]
    send(data, described, operation, GenerationMode.NEGATIVE, checks)
