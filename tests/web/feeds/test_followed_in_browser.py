"""From a new report in the folder to reading what it says on a followed question."""

from urllib.request import urlopen
from xml.etree import ElementTree

import pytest
from operator_site import QUESTION, build, operator_app, operator_settings, prototype  # noqa: F401

pytestmark = pytest.mark.browser
ATOM = "{http://www.w3.org/2005/Atom}"
NEW = (
    "# Selkirk\n\nReport published: 3 June 2026\n\n"
    "Inspectors recommended quality assurance of every plan for children.\n"
)


def entries(address):
    """What a reader of news finds at the address, as titles and links."""
    with urlopen(address) as response:
        feed = ElementTree.fromstring(response.read())
    return {
        entry.findtext(f"{ATOM}title"): entry.find(f"{ATOM}link").get("href")
        for entry in feed.iter(f"{ATOM}entry")
    }


def test_what_a_new_report_says_is_read_in_one_action(visitor, settings):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".follow summary")
    followed = visitor.see(".follow-panel a[target]").get_attribute("href")
    assert not any("Selkirk" in title for title in entries(followed))

    (settings.corpus_dir / "inspections" / "selkirk.md").write_text(NEW, encoding="utf-8")
    build(settings)
    [news] = [link for title, link in entries(followed).items() if "Selkirk" in title]

    visitor.browser.get(news)  # the one action: the entry is opened
    assert "every plan for children" in visitor.see("mark#quote").text
    assert visitor.run(
        "const { top, bottom } = document.querySelector('#quote').getBoundingClientRect();"
        "return top >= 0 && bottom <= innerHeight"
    )
    assert "Verified" in visitor.see(".verified").text
