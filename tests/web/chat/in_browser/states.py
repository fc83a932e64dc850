"""The states of the pages that everyone must be able to use, and how a visitor reaches each."""

from fake_answer_service import MISTYPED, NEARLY_ANSWERED, QUESTION
from selenium.webdriver.common.keys import Keys

from qa_service.errors import NoIndex

OTHER_KINDS = """
    const [key] = Object.keys(localStorage).filter((name) => name.startsWith("conversation"));
    const record = JSON.parse(localStorage.getItem(key));
    const [quoted] = record.answers;
    const { document_id, title, date, permalink } = quoted.citations[0];
    const row = { document_id, title, date, permalink };
    const cells = [{ value: "Requires improvement to be good", citation: 1 }, null, null];
    const facts = { ...quoted, kind: "facts",
      facts: { labels: ["Overall effectiveness", "Lead inspector", "Pupils"],
               rows: [{ ...row, cells }], others: [{ ...row, cells }],
               other_citations: quoted.citations.slice(0, 1) } };
    const declined = { ...quoted, kind: "declined", answered: false, answer: [], citations: [],
      reason: "not_in_collection", missing: ["teaching"],
      nearest: [{ text: "sailing", document: null }, { text: title, document: row }] };
    const items = Array.from({ length: 9 }, (_, number) => `• duty ${number}`).join("\\n");
    const list = { ...quoted, answer: [{ quote: items, citation: 1 }] };
    record.answers.push(facts, list, { ...quoted, parts: [quoted, declined] });
    localStorage.setItem(key, JSON.stringify(record));
"""
WAITED_FOR = 20
"""Seconds: longer than two looks at the page take."""
FIRST_QUOTE = "/documents/hillside-2023?start=170&end=330"


def empty(visitor, _):
    visitor.see(".starters")


def answer(visitor, service):
    service.exact = "leaders check"
    visitor.ask_and_wait(QUESTION)
    visitor.press(".quote .around summary")


def corrected(visitor, _):
    visitor.ask_and_wait(MISTYPED)


def narrowed(visitor, _):
    visitor.ask_and_wait("What did inspectors recommend in Hillside in 2023 about teaching?")


def every_kind(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.run(OTHER_KINDS)
    visitor.browser.refresh()
    visitor.see_count(".turn", 4)
    visitor.press(".folded summary")


def refusal(visitor, _):
    visitor.ask_and_wait(NEARLY_ANSWERED)
    visitor.press(".passages > summary")


def changed(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.ask_and_wait("And safeguarding arrangements?")
    visitor.press(".turn:last-child .taken summary")


def reply(visitor, _):
    visitor.ask_and_wait("Which documents do you have?")


def error(visitor, service):
    service.failure = NoIndex("none")
    visitor.ask(QUESTION)
    visitor.see(".failed")


def waiting(visitor, service):
    service.delay = WAITED_FOR
    visitor.ask(QUESTION)
    visitor.see(".turn[aria-busy]")


def timeline(visitor, _):
    visitor.press("#compare")
    visitor.ask_and_wait(QUESTION)


def filters(visitor, _):
    visitor.press("#filters summary")
    visitor.set_date("date-from", "2023-01-01")


def completions(visitor, _):
    visitor.type("What did")
    visitor.see("#completions li")
    visitor.type(Keys.ARROW_DOWN)


def past_conversations(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press("#show-conversations")
    visitor.see("#conversation-list li")


def export_menu(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press("#export summary")


def noted(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".feedback .down")
    visitor.see_text(".told", "stored")


def shortcuts(visitor, _):
    visitor.run("document.activeElement.blur()")
    visitor.type("?")
    visitor.see("#shortcuts")


def documents(visitor, _):
    visitor.browser.get(f"{visitor.site}/documents")


def document(visitor, _):
    visitor.browser.get(f"{visitor.site}/documents/hillside-2023")


def marked_document(visitor, _):
    visitor.browser.get(f"{visitor.site}{FIRST_QUOTE}")


def changed_document(visitor, _):
    visitor.browser.get(f"{visitor.site}{FIRST_QUOTE}&version=old")
    visitor.see(".find-quote")


def viewer(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".quote .citation a")
    visitor.see("#viewer #source")


def viewer_of_pages(visitor, _):
    visitor.ask_and_wait("Do pupils of the harbour school learn to sail in small boats?")
    visitor.press(".quote .citation a")
    visitor.see("#viewer .boxes rect")
    visitor.press("#viewer .outline summary")


def copying(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".quote .cite summary")


def followed(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".follow summary")


def pinboard(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".quote .pin")
    visitor.press("#pinboard-link")
    visitor.see(".pinned")


def nothing_pinned(visitor, _):
    visitor.browser.get(f"{visitor.site}/pinboard")
    visitor.see("#pinboard-empty")


def facets(visitor, _):
    visitor.browser.get(f"{visitor.site}/documents")
    visitor.press(".facet summary")
    visitor.press('.facet [value="2023"]')
    visitor.see_text(".lead", "of")


def found_within(visitor, _):
    visitor.browser.get(f"{visitor.site}/documents/hillside-2023")
    visitor.see(".find-within input").send_keys("leaders")
    visitor.see_text(".find-within [role=status]", "1 of")


def nothing_there(visitor, _):
    visitor.browser.get(f"{visitor.site}/nowhere")


def without_scripts(visitor, _):
    visitor.without_scripts()
    visitor.visit(q=QUESTION)
    visitor.with_scripts()


STATES = {
    state.__name__: state
    for state in (
        *(
            empty,
            answer,
            corrected,
            narrowed,
            changed,
            refusal,
            reply,
            error,
            waiting,
            timeline,
            filters,
        ),
        *(completions, past_conversations, export_menu, noted, shortcuts),
        *(documents, document, marked_document, changed_document, nothing_there, without_scripts),
        *(viewer, viewer_of_pages, copying),
        *(followed, pinboard, nothing_pinned, facets, found_within),
    )
}
