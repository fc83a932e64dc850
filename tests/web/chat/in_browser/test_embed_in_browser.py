"""The chat on a site of another origin, as its visitor uses it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from everyone import DESK_BY_DAY, PHONE_AT_NIGHT, barriers, look, overflow
from fake_answer_service import QUESTION
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from visitor import Visitor

from qa_service.config import Settings
from qa_service.web import create_app

pytestmark = pytest.mark.browser
SAMPLE = Path(__file__).parents[4] / "docs" / "embed.html"
IN_SAMPLE = "http://127.0.0.1:8000"
NOT_OUR_FAULT = "Blocked autofocusing"
HOSTILE = """
html { font-size: 4px; }
body { transform: scale(0.5); overflow: hidden; }
* { --accent: transparent; --paper: transparent; }
div { position: absolute !important; left: -9999px; visibility: hidden; font: 1px/0 cursive; }
div:empty { display: none !important; opacity: 0 !important; pointer-events: none !important; }
main { position: relative; z-index: 2147483647; }
:focus, :focus-visible { outline: none !important; }
button, iframe, section { all: unset !important; display: none !important; }
::backdrop { background: black; opacity: 0.9; pointer-events: auto; display: block !important; }
*::before, *::after { content: "over all" !important; position: fixed !important; inset: 0;
  z-index: 2147483647; background: black; display: block !important; }
:popover-open { translate: -9999px !important; inset: auto auto 0 0 !important;
  clip-path: inset(50%);
  filter: opacity(0) !important; zoom: 0.1; }
#qa-service-chat { display: none !important; content-visibility: hidden !important; }
@layer loud { div { visibility: collapse !important; animation: gone 1s infinite !important; } }
@keyframes gone { from, to { opacity: 0; translate: 0 -9999px; } }
"""
CAN_BE_PRESSED = """
  const [it] = arguments, {x, y, width, height} = it.getBoundingClientRect();
  const root = it.getRootNode(), middle = [x + width / 2, y + height / 2];
  return document.elementFromPoint(...middle) === root.host
    && root.elementFromPoint(...middle) === it && Math.min(width, height) >= 24
    && it.checkVisibility({opacityProperty: true, visibilityProperty: true})
"""
ADDED_TO_IT = """
  const host = document.getElementById("qa-service-chat");
  return ["before", "after", "backdrop"].map((it) => getComputedStyle(host, `::${it}`).display)
"""
STRICT = "default-src 'none'; style-src 'unsafe-inline'; script-src {site}; frame-src {site}"


@contextmanager
def another_site(page: Callable[[], tuple[str, str]]) -> Iterator[str]:
    """A site that serves this page, with its policy, at each address; its origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            text, policy = page()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def sites():
    """Two sites that put the chat on their page; `service` is where it comes from."""
    service = {"site": "", "styles": ""}

    def page():
        text = SAMPLE.read_text(encoding="utf-8").replace(IN_SAMPLE, service["site"])
        text = text.replace("</style>", service["styles"] + "</style>")
        return text, STRICT.format(**service)

    with ExitStack() as open_sites:
        allowed, refused = (open_sites.enter_context(another_site(page)) for _ in range(2))
        yield allowed, refused, service


@pytest.fixture
def app(sites, service, tmp_path):
    settings = Settings(index_dir=tmp_path / "index", embed_origins=sites[0])
    return create_app(settings, service)


@pytest.fixture
def guest(browser, sites, site):
    """A visitor of the site that may show the chat."""
    allowed, _, service = sites
    service["site"] = site
    guest = Visitor(browser, allowed)
    browser.get_log("browser")
    return guest


def inside(guest, selector):
    """What stands in the button's and the panel's own tree, once it is there."""

    def found(browser):
        hosts = browser.find_elements(By.ID, "qa-service-chat")
        shown = hosts and hosts[0].shadow_root.find_elements(By.CSS_SELECTOR, selector)
        return next((element for element in shown or () if element.is_displayed()), None)

    return guest.until(found)


def open_chat(guest):
    """Press the button and go into the frame."""
    inside(guest, ".open").click()
    guest.browser.switch_to.frame(inside(guest, "iframe"))
    guest.until(lambda _: focused(guest) == "question")


def focused(guest):
    return guest.run("return document.activeElement.id")


def focused_button(guest):
    return guest.run(
        "return document.getElementById('qa-service-chat').shadowRoot.activeElement?.className"
    )


def test_the_sample_page_opens_the_chat_and_gets_an_answer(guest):
    assert inside(guest, ".open").text == "Ask our documents"
    open_chat(guest)
    guest.ask_and_wait(QUESTION)
    assert guest.see("blockquote").text.startswith("Inspectors recommend")


def test_it_is_opened_used_and_closed_by_keys_alone(guest):
    inside(guest, ".open")
    guest.run("document.querySelector('pre').focus()")
    guest.type(Keys.TAB)
    assert focused_button(guest) == "open"
    open_button = inside(guest, ".open")
    open_button.send_keys(Keys.ENTER)
    guest.browser.switch_to.frame(inside(guest, "iframe"))
    guest.until(lambda _: focused(guest) == "question")
    guest.type(QUESTION, Keys.ENTER)
    guest.see("blockquote")
    guest.type(Keys.ESCAPE)
    guest.browser.switch_to.default_content()
    guest.until(lambda _: focused_button(guest) == "open")


def told_by_screen_readers(guest):
    """Role and name of all that stands in the page's tree for them."""
    nodes = guest.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    shown = [node for node in nodes if not node["ignored"]]
    return {(it["role"]["value"], it.get("name", {}).get("value", "")) for it in shown}


def test_styles_of_the_page_hide_nothing_from_eyes_keys_and_screen_readers(browser, sites, site):
    sites[2].update(site=site, styles=HOSTILE)
    guest = Visitor(browser, sites[0])
    assert guest.run(CAN_BE_PRESSED, inside(guest, ".open"))
    guest.run("document.querySelector('pre').focus()")
    guest.type(Keys.TAB)
    assert focused_button(guest) == "open"
    assert inside(guest, ".open").value_of_css_property("outline-style") == "solid"
    assert ("button", "Ask our documents") in told_by_screen_readers(guest)
    guest.type(Keys.ENTER)
    assert guest.run(CAN_BE_PRESSED, inside(guest, ".close"))
    assert guest.run(ADDED_TO_IT) == ["none", "none", "none"]
    assert barriers(browser) == []
    named = {(role, "Ask our documents") for role in ("dialog", "heading", "Iframe")}
    assert told_by_screen_readers(guest) >= named | {("button", "Close")}
    inside(guest, ".close").send_keys(Keys.ESCAPE)
    guest.until(lambda _: focused_button(guest) == "open")


def test_escape_closes_what_is_open_in_the_chat_first(guest):
    open_chat(guest)
    guest.press("#filters summary")
    guest.type(Keys.ESCAPE)
    assert guest.browser.find_element(By.ID, "filters").get_attribute("open") is None
    guest.browser.switch_to.default_content()
    assert inside(guest, ".panel").is_displayed()


def test_the_conversation_is_still_there_when_it_is_opened_again(guest):
    open_chat(guest)
    guest.ask_and_wait(QUESTION)
    guest.browser.switch_to.default_content()
    inside(guest, ".close").click()
    open_chat(guest)
    assert guest.see("blockquote").is_displayed()


def test_a_citation_is_read_in_the_frame_and_links_open_beside_it(guest):
    open_chat(guest)
    guest.ask_and_wait(QUESTION)
    guest.press(".citation a")
    guest.see_text("#viewer", "Inspectors recommend")
    assert guest.run("return document.querySelector('base').target") == "_blank"


def test_a_site_that_is_not_named_is_told_so(browser, sites, site):
    sites[2]["site"] = site
    guest = Visitor(browser, sites[1])
    inside(guest, ".open").click()
    assert "cannot be shown on this site" in inside(guest, "[role=alert]").text
    browser.get_log("browser")


def test_nobody_meets_a_barrier_around_or_in_it(guest):
    for as_seen in (DESK_BY_DAY, PHONE_AT_NIGHT):
        look(guest.browser, as_seen)
        assert barriers(guest.browser) == []
    open_chat(guest)
    guest.ask_and_wait(QUESTION)
    for as_seen in (DESK_BY_DAY, PHONE_AT_NIGHT):
        guest.browser.switch_to.default_content()
        look(guest.browser, as_seen)
        assert overflow(guest.browser) == 0
        guest.browser.switch_to.frame(inside(guest, "iframe"))
        assert overflow(guest.browser) == 0
        assert barriers(guest.browser) == []


def test_nothing_breaches_a_policy_of_either_site(guest):
    open_chat(guest)
    guest.ask_and_wait(QUESTION)
    assert [said for said in guest.complaints() if NOT_OUR_FAULT not in said] == []
