"""The service behind a real Caddy with the Caddyfile of docs, and a stand-in for oauth2-proxy."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import yaml
from background_server import in_background
from beside_builds import tokens_in
from guarded_site import SECRET, settings_in
from test_groups_told import SeenService
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from qa_service.web import create_app
from qa_service.web.signing_in.pages import WHAT_A_BROWSER_KEPT

ROOT = Path(__file__).parents[3]
CADDYFILES = sorted((ROOT / "docs").glob("Caddyfile*"))
CADDY = shutil.which("caddy", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
COMPOSED = ROOT / "compose.oauth2-proxy.yaml"


@Request.application
def who_has_a_cookie_is_of_the_board(request: Request) -> Response:
    """What oauth2-proxy says at /oauth2/auth, for a cookie that stands for somebody."""
    if request.cookies.get("_oauth2_proxy") != "ada":
        return Response(status=401)
    return Response(status=202, headers={"X-Auth-Request-Groups": "board,staff"})


def served(app: Any) -> AbstractContextManager[str]:
    """Where an app is served, as host and port."""
    return in_background(make_server("127.0.0.1", 0, app, threaded=True))


@pytest.fixture(scope="module")
def service() -> SeenService:
    return SeenService()


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("caddy")


@pytest.fixture(scope="module")
def site(service: SeenService, index_dir: Path) -> Iterator[str]:
    """The address of Caddy, before an app that believes whoever knows the secret."""
    settings = replace(settings_in(index_dir), trusted_proxies="")
    with (
        served(create_app(settings, service)) as answers,
        served(who_has_a_cookie_is_of_the_board) as oauth2_proxy,
        socket.create_server(("127.0.0.1", 0)) as free,
    ):
        site = f"http://127.0.0.1:{free.getsockname()[1]}"
        free.close()
        names = {"SITE": site, "ANSWERS": answers, "OAUTH2_PROXY": oauth2_proxy}
        homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(index_dir))
        with running({**names, **homes, "QA_PROXY_SECRET": SECRET}):
            wait_for(f"{site}/oauth2/auth")
            yield site


@contextmanager
def running(names: dict[str, str]) -> Iterator[None]:
    file = ROOT / "docs" / "Caddyfile.oauth2-proxy"
    command = [str(CADDY), "run", "--adapter", "caddyfile", "--config", str(file)]
    caddy = subprocess.Popen(command, env=os.environ | names, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        caddy.terminate()
        caddy.wait(timeout=60)


def wait_for(address: str) -> None:
    for _ in range(600):
        try:
            requests.get(address, timeout=9)
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError("Caddy does not answer")


@pytest.fixture
def get(site: str, service: SeenService) -> Callable[..., tuple[int, list[set[str]]]]:
    """The status of a look at the documents, and by which groups they were seen."""

    def send(cookies: dict[str, str] | None = None, **headers: str) -> tuple[int, list[set[str]]]:
        service.seen.clear()
        address = f"{site}/api/documents"
        response = requests.get(
            address, headers=headers, cookies=cookies, timeout=30, allow_redirects=False
        )
        return response.status_code, list(service.seen)

    return send


ADA = {"_oauth2_proxy": "ada"}


def test_who_is_signed_in_is_seen_by_the_groups_of_oauth2_proxy(get):
    assert get(ADA) == (200, [{"board", "staff"}])


def test_who_is_not_is_sent_to_sign_in(get, site):
    assert get() == (302, [])
    cited = f"{site}/documents/a?start=1&end=2&version=c"
    sent = requests.get(cited, timeout=30, allow_redirects=False)
    way = urlsplit(sent.headers["Location"])
    assert (way.path, parse_qs(way.query)) == ("/oauth2/sign_in", {"rd": [cited]})


def test_who_signs_out_leaves_nothing_behind_in_the_browser(site):
    left = requests.get(f"{site}/oauth2/sign_out", cookies=ADA, timeout=30)
    assert left.headers["Clear-Site-Data"] == WHAT_A_BROWSER_KEPT
    assert "Clear-Site-Data" not in requests.get(site, cookies=ADA, timeout=30).headers


@pytest.mark.parametrize("name", ["QAGroups", "qagroups", "QA_Groups", "QA-Groups", "Qa_groups"])
def test_nobody_tells_groups_of_their_own_in_any_spelling(get, name):
    assert get(ADA, **{name: "secret"}) == (200, [{"board", "staff"}])
    assert get(**{name: "secret", "X-QA-Proxy-Secret": SECRET}) == (302, [])


def test_a_program_comes_with_its_token_alone(get, index_dir):
    tokens = tokens_in(settings_in(index_dir).index_dir)
    token = tokens.make("newsroom", frozenset({"press"}), ["documents"], 30)
    assert get(Authorization=f"Bearer {token}") == (200, [{"press"}])
    forged = {"QAGroups": "secret", "X_QA_Proxy_Secret": SECRET}
    assert get(Authorization="Bearer qat_none", **forged) == (401, [])


def test_metrics_are_not_passed_on(site):
    told = requests.get(f"{site}/metrics", cookies=ADA, timeout=30)
    assert (told.status_code, told.content) == (404, b"")


@pytest.mark.parametrize("file", CADDYFILES, ids=lambda file: file.name)
def test_a_caddyfile_is_sound_and_formatted(file, tmp_path):
    names = {"SITE": "qa.example.org", "HOME": str(tmp_path), "QA_PROXY_SECRET": SECRET}
    validate = [CADDY, "validate", "--adapter", "caddyfile", "--config", file]
    subprocess.run(validate, check=True, env=os.environ | names, stderr=subprocess.DEVNULL)
    formatted = [CADDY, "fmt", "--diff", file]
    assert subprocess.run(formatted, check=False, stdout=subprocess.DEVNULL).returncode == 0


def test_the_composed_services_agree_on_header_and_secret():
    composed = yaml.safe_load(COMPOSED.read_text("utf-8"))["services"]
    caddyfile = (ROOT / "docs" / "Caddyfile.oauth2-proxy").read_text("utf-8")
    header = composed["answers"]["environment"]["QA_GROUPS_HEADER"]
    assert f"X-Auth-Request-Groups>{header}" in caddyfile
    assert f"request_header -{header}" in caddyfile
    assert "./docs/Caddyfile.oauth2-proxy:/etc/caddy/Caddyfile:ro" in composed["caddy"]["volumes"]
