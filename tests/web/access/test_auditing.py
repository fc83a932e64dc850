"""What is written down: each act of an operator and each refusal, and no question."""

import json
import os
import stat
from dataclasses import replace

import pytest
from beside_builds import tokens_in
from guarded_site import headers_of, settings_in

from qa_service.cli import main
from qa_service.disk import audit_log
from qa_service.disk.audit_log import Act, AuditLog
from qa_service.web import create_app
from qa_service.web.auditing import OPERATORS, is_noted

QUESTION = "Who hid the zebra?"
TOLD = {"time", "who", "what", "outcome", "which", "sent_from", "request_id"}


@pytest.fixture
def settings(tmp_path):
    return replace(settings_in(tmp_path), audit_log=str(tmp_path / "audit.log"))


@pytest.fixture
def app(settings, service):
    return create_app(settings, service)


@pytest.fixture
def acts(settings):
    """All that is written down."""

    def read():
        with open(settings.audit_log, encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    return read


@pytest.fixture
def operator(client, settings):
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {settings.operator_token}"
    return client


def address_of(app, rule, method):
    values = dict.fromkeys(rule.arguments, "zero")
    return app.url_map.bind("localhost").build(rule.endpoint, values, method)


def operator_routes(app):
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) & {"POST", "PUT", "DELETE"}:
            if rule.endpoint.split(".")[0] in OPERATORS:
                yield rule, method


def test_every_route_of_the_operator_that_changes_something_is_written_down(app, operator, acts):
    walked = []
    for rule, method in operator_routes(app):
        operator.open(address_of(app, rule, method), method=method, json={"question": QUESTION})
        walked.append(f"{method} {rule.endpoint}")
    by_hand = [act["what"] for act in acts() if act["what"] != "build"]  # told by the build itself
    assert by_hand == walked
    assert len(walked) > 10
    assert all(set(act) <= TOLD for act in acts())
    assert "zebra" not in json.dumps(acts())


def test_the_same_routes_are_written_down_where_nobody_may(app, client, acts):
    routes = list(operator_routes(app))
    for rule, method in routes:
        client.open(address_of(app, rule, method), method=method)
    refused = [act for act in acts() if act["outcome"] == "refused"]
    assert len(refused) >= len(routes) - 1  # signing out is nobody's to refuse
    assert {act["who"] for act in refused} == {"nobody known"}


def test_an_act_says_who_and_which_and_from_where(operator, acts):
    form = {"name": "newsroom", "groups": "board", "days": "30", "scope": "ask"}
    operator.post("/operator/tokens", data=form)
    (act,) = acts()
    assert (act["who"], act["which"]) == ("program with a token of the operator", "newsroom")
    assert (act["outcome"], act["sent_from"]) == ("done", "127.0.0.1")
    assert "qat_" not in json.dumps(act)


def test_questions_that_an_operator_reads_are_written_down_without_them(operator, acts):
    operator.post("/api/ask", json={"question": QUESTION})
    operator.get("/operator/questions.csv")
    assert [act["what"] for act in acts()] == ["GET operator.questions_file"]


def test_whoever_is_refused_is_written_down_and_who_asks_is_not(client, settings, acts):
    tokens = tokens_in(settings.index_dir)
    token = tokens.make("newsroom", frozenset({"board"}), ["feedback"], 30)
    client.get("/api/search?q=zebra", headers=headers_of("member"))
    client.get("/api/search?q=zebra", headers={"QAGroups": "board"})
    client.get("/api/search?q=zebra", headers={"Authorization": f"Bearer {token}"})
    told = [(act["who"], act["what"], act["outcome"]) for act in acts()]
    assert told == [
        ("nobody known", "GET api.search", "refused"),
        ("program newsroom", "GET api.search", "refused"),
    ]
    assert "zebra" not in json.dumps(acts())


@pytest.mark.parametrize(
    ("endpoint", "method", "status", "noted"),
    [
        ("api.ask", "POST", 200, False),
        ("api.ask", "POST", 403, True),
        ("operator.index", "GET", 200, False),
        ("operator_access.sign_in", "POST", 303, True),
        ("signing_in.callback", "GET", 303, True),
        ("", "GET", 404, False),
    ],
)
def test_looking_is_not_written_down(endpoint, method, status, noted):
    assert is_noted(endpoint, method, status) is noted


def test_commands_that_change_rights_are_written_down(settings, acts, capsys, monkeypatch):
    monkeypatch.setenv("QA_AUDIT_LOG", settings.audit_log)
    index = ["--index", str(settings.index_dir)]
    main(["token", "make", "newsroom", "--groups", "board", *index])
    main(["token", "withdraw", "another", *index])
    told = [(act["what"], act["which"], act["outcome"]) for act in acts()]
    assert told == [("token make", "newsroom", "done"), ("token withdraw", "another", "failed")]
    assert capsys.readouterr().out.strip() not in json.dumps(acts())


def test_standard_output_takes_lines_too(settings, capsys):
    AuditLog(replace(settings, audit_log="-")).note(Act("operator", "build", "done"))
    assert json.loads(capsys.readouterr().out)["what"] == "build"


def test_the_file_is_its_owners_alone_and_older_ones_are_kept(settings, acts, monkeypatch):
    monkeypatch.setattr(audit_log, "KEPT", 2)
    log = AuditLog(replace(settings, max_audit_megabytes=1))
    monkeypatch.setattr(log, "_most", 200)
    for number in range(12):
        log.note(Act("operator", f"act {number}", "done"))
    assert acts()[-1]["what"] == "act 11"
    names = sorted(path for path in os.listdir(settings.index_dir.parent) if "audit" in path)
    assert names == ["audit.log", "audit.log.1", "audit.log.2", "audit.log.lock"]
    assert stat.S_IMODE(os.stat(settings.audit_log).st_mode) == 0o600


def test_what_cannot_be_written_is_logged_and_the_act_goes_on(settings, tmp_path, caplog):
    log = AuditLog(replace(settings, audit_log=str(tmp_path / "none" / "audit.log")))
    log.note(Act("operator", "build", "done"))
    assert "cannot be written" in caplog.text


def test_without_the_setting_nothing_is_written(settings, tmp_path):
    AuditLog(replace(settings, audit_log="")).note(Act("operator", "build", "done"))
    assert list(tmp_path.glob("audit*")) == []
