"""A person at the chat page, for the tests in a browser."""

from __future__ import annotations

from urllib.parse import urlencode

from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

STALE = (StaleElementReferenceException,)
LEFT_WHILE_LOOKING = "does not belong to the document"
"""What the browser says of an element whose page gave way to the next meanwhile."""
IN_THE_MIDDLE = "arguments[0].scrollIntoView({ block: 'center' })"
SET_DATE = """
    arguments[0].value = arguments[1];
    arguments[0].dispatchEvent(new Event("change", { bubbles: true }));
"""
LAST_TURN = ".turn:last-child:not([aria-busy])"
PATIENCE, LOOK_EVERY = 300, 0.05
"""Seconds: how long a busy browser is waited for, and how often what it shows is looked at."""


class Visitor:
    """A person who waits for what they expect to see."""

    def __init__(self, browser: Chrome, site: str) -> None:
        self.browser = browser
        self.site = site
        browser.get(site)

    def ask(self, question: str) -> None:
        self.browser.find_element(By.ID, "question").send_keys(question, Keys.ENTER)

    def ask_and_wait(self, question: str) -> None:
        turns = self.count(".turn")
        self.ask(question)
        self.see_count(".turn:not([aria-busy])", turns + 1)

    def visit(self, **address: object) -> None:
        """Open the chat page with these members in its address."""
        self.browser.get(f"{self.site}/?{urlencode(address, doseq=True)}")

    def press(self, selector: str) -> None:
        """Click the first element that matches, once it is shown and clear of what is sticky."""
        element = self.see(selector)
        self.browser.execute_script(IN_THE_MIDDLE, element)
        element.click()

    def set_date(self, name: str, day: str) -> None:
        """Choose a day in the date field of this id."""
        self.run(SET_DATE, self.browser.find_element(By.ID, name), day)

    def type(self, *keys: str) -> None:
        """Press keys where the focus is."""
        self.browser.switch_to.active_element.send_keys(*keys)

    def see(self, selector: str) -> WebElement:
        """The first element that matches, as soon as it is shown."""

        def shown(browser: Chrome) -> WebElement | None:
            found = browser.find_elements(By.CSS_SELECTOR, selector)
            return next((element for element in found if element.is_displayed()), None)

        return self.until(shown)

    def see_text(self, selector: str, text: str) -> None:
        self.until(lambda _: text in self.see(selector).text)

    def see_count(self, selector: str, number: int) -> None:
        self.until(lambda _: self.count(selector) == number)

    def texts(self, selector: str) -> list[str]:
        """What the shown elements that match say."""
        found = self.browser.find_elements(By.CSS_SELECTOR, selector)
        return [element.text for element in found if element.is_displayed()]

    def count(self, selector: str) -> int:
        return len(self.browser.find_elements(By.CSS_SELECTOR, selector))

    def until(self, seen):
        def seen_on_one_page(browser: Chrome):
            try:
                return seen(browser)
            except WebDriverException as error:
                if LEFT_WHILE_LOOKING not in (error.msg or ""):
                    raise
                return None

        return waiting(self.browser, ignored_exceptions=STALE).until(seen_on_one_page)

    def run(self, script: str, *values: object) -> object:
        return self.browser.execute_script(script, *values)

    def complaints(self) -> list[str]:
        """What the browser's console holds: errors and breaches of the security policy."""
        return [entry["message"] for entry in self.browser.get_log("browser")]

    def everything_in_last_turn(self) -> list[str]:
        """What the last turn says, with its details open, once it is there."""
        self.see(LAST_TURN)
        for details in self.browser.find_elements(
            By.CSS_SELECTOR, f"{LAST_TURN} details:not(.cite)"
        ):
            self.run("arguments[0].open = true", details)
        return self.see(LAST_TURN).text.replace("Copy", "").split()

    def without_scripts(self) -> None:
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})

    def with_scripts(self) -> None:
        """Let scripts run again; those of the page that is shown have had their time."""
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    def block(self, *addresses: str) -> None:
        """Let these addresses be out of reach; none lets every one be reached again."""
        self.browser.execute_cdp_cmd("Network.enable", {})
        self.browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": list(addresses)})


def waiting(browser: Chrome, **how: object) -> WebDriverWait:
    """Looks often: half a second at each step would be most of a test's time."""
    return WebDriverWait(browser, PATIENCE, LOOK_EVERY, **how)
