"""What everyone needs of a page, measured in the browser: contrast, names, width, focus, motion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.keys import Keys
from selenium_axe_python import Axe

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""What axe-core calls the success criteria of WCAG 2.2, levels A and AA, and what it advises."""
FOCUSED = """
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const ring = (node) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(node);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    };
    const shown = (x, y) => {
      const hit = document.elementFromPoint(x, y);
      return hit && (element.contains(hit) || hit.contains(element));
    };
    const points = [...element.getClientRects()].flatMap(({ left, right, top, bottom }) =>
      [left + 2, (left + right) / 2, right - 2].flatMap((x) =>
        [top + 2, (top + bottom) / 2, bottom - 2].map((y) => shown(x, y))));
    const fits = element.getBoundingClientRect().height < innerHeight / 2;
    const inSight = fits ? points.every(Boolean) : points.some(Boolean);
    const name = `${element.tagName.toLowerCase()}#${element.id} ${element.textContent.trim()}`;
    const seen = window.stops.indexOf(element);
    const again = seen >= 0 && seen < window.stops.length - 1;
    const still = seen >= 0 && !again;
    window.stops.push(...(seen < 0 ? [element] : []));
    const ringed = ring(element) || ring(element.closest(".field") ?? element);
    return { name: name.slice(0, 60), ringed, inSight, still, again };
"""
MOST_STOPS = 120


@dataclass(frozen=True)
class Look:
    """How somebody sees a page: the colours they prefer and the width they have, in CSS pixels."""

    colours: str
    width: int


PHONE_AT_NIGHT = Look("dark", 360)
DESK_BY_DAY = Look("light", 1280)


def look(browser: Chrome, as_seen: Look) -> None:
    """Show the page in these colours and at this width."""
    prefer(browser, "prefers-color-scheme", as_seen.colours)
    widen(browser, as_seen.width)


def prefer(browser: Chrome, feature: str, value: str) -> None:
    """Let the browser say that its user prefers this."""
    features = [{"name": feature, "value": value}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def widen(browser: Chrome, width: int) -> None:
    """Give the page this width, in CSS pixels."""
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


UNCOVER = """
    const element = document.querySelector(arguments[0]);
    window.covering = [...document.querySelectorAll('details[open]')].filter(
        menu => !menu.contains(element));
    window.covering.forEach(menu => { menu.open = false; });
    element.scrollIntoView({block: 'center'});
"""
"""Closes what is open elsewhere, until it is opened again, and brings an element into sight."""


def barriers(browser: Chrome) -> list[str]:
    """Every breach that axe-core finds of WCAG 2.2 AA or its own advice, with element and reason.

    A target that a bar of the page cuts at this scroll, or a menu that lies open over it, is looked
    at again in the middle of the window with menus closed, where a reader who uses it has it.
    """
    axe = Axe(browser)
    if not browser.execute_script("return 'axe' in window"):
        axe.inject()
    found = [(each["id"], node) for each in _breaches(axe) for node in each["nodes"]]
    return [
        _said(rule, node)
        for rule, node in found
        if "obscured" not in _said(rule, node) or _is_one_in_sight(axe, browser, rule, node)
    ]


def _breaches(axe: Axe) -> list[dict[str, Any]]:
    return list(axe.run(options={"runOnly": STANDARD, "resultTypes": ["violations"]})["violations"])


def _is_one_in_sight(axe: Axe, browser: Chrome, rule: str, node: dict[str, Any]) -> bool:
    """Whether an element breaks a rule where nothing lies over it, too."""
    (element,) = node["target"]
    browser.execute_script(UNCOVER, element)
    again = [each for each in _breaches(axe) if each["id"] == rule]
    browser.execute_script("window.covering.forEach(menu => { menu.open = true; })")
    return any(node["target"] == [element] for each in again for node in each["nodes"])


def overflow(browser: Chrome) -> int:
    """By how many CSS pixels the page is wider than its window."""
    script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(browser.execute_script(script))


def tab_stops(browser: Chrome) -> list[dict[str, Any]]:
    """Each control that Tab reaches from the top of the page, once: its name, whether a ring is
    drawn around it (`ringed`) and whether all of it can be seen, or of what is higher than half the
    window anything (`inSight`)."""
    stops: list[dict[str, Any]] = []
    browser.execute_script("document.activeElement.blur(); window.stops = [];")
    for _ in range(MOST_STOPS):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        stop = browser.execute_script(FOCUSED)
        if stop is None or stop["again"]:
            return stops
        if not stop["still"]:  # a date has several parts
            stops.append(stop)
    raise AssertionError("Tab goes on for ever")


def _said(rule: str, node: dict[str, Any]) -> str:
    reasons = " ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])
    return f"{rule}: {node['target']} {reasons}"
