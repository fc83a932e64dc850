"""Headless Chromium for the tests of pages: import the fixture `browser` where it is needed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

SHELL = "/usr/lib/chromium/chromium-headless-shell"
NAMES = (SHELL, "chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
"""The shell draws the same pages for half of the processor time: it has no window around them.
Debian's command for it is a script that the driver would end alone, and leave the shell behind."""
CHROMEDRIVER = shutil.which("chromedriver")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chrome]:
    """One browser for the whole run. Missing, it skips aloud, and fails where CI is true."""
    if not (CHROMIUM and CHROMEDRIVER):
        reason = "no chromium and chromedriver here: apt-get install chromium chromium-driver"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    driver = Chrome(options=chromium_options(), service=Service(CHROMEDRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: Chrome) -> Iterator[Chrome]:
    """The browser in a fresh tab, so that no conversation is kept from another test; it keeps no
    file unless a test says where."""
    first_tab = chromium.current_window_handle
    chromium.switch_to.new_window("tab")
    chromium.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "deny"})
    chromium.set_window_size(1280, 900)
    chromium.get_log("browser")
    yield chromium
    chromium.close()
    chromium.switch_to.window(first_tab)


def chromium_options() -> ChromeOptions:
    """Headless, with nothing of its own on the network, and every console line kept."""
    options = ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return options
