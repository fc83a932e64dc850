"""A stretch that answers becomes a whole thought, by offsets."""

from __future__ import annotations

from qa_service.answering.evidence.quoting.thoughts import Laid, leans, whole_thought
from qa_service.nouns.documents import Block
from qa_service.reading.blocks.assembling import assemble
from qa_service.reading.content import Block as ReadBlock
from qa_service.reading.content import Content


def laid(*parts: tuple[str, str]) -> Laid:
    """A document of these blocks, by kind and text; a bullet is a marker, a run of items a list."""
    text, blocks, group, above = "", [], -1, ""
    for kind, said in parts:
        start = len(text)
        text += said + "\n"
        item = kind == "list_item"
        group += item and above != kind
        lead = _lead(blocks, text, item)
        marker = (start, start + 1) if said.startswith("•") else None
        blocks.append(Block(kind, start, start + len(said), marker, group if item else None, lead))
        above = kind
    return Laid(text, blocks)


def _lead(blocks: list[Block], text: str, item: bool) -> tuple[int, int] | None:
    if not item or not blocks:
        return None
    last = blocks[-1]
    if last.kind == "list_item":
        return last.lead
    return (last.start, last.end) if text[last.end - 1] == ":" else None


def thought(document: Laid, words: str, question: str = "What is it?") -> str:
    start = document.text.index(words)
    span = whole_thought(document, (start, start + len(words)), question)
    return document.text[slice(*span)]


def test_what_begins_with_a_pronoun_takes_the_sentence_before() -> None:
    document = laid(("paragraph", "It rained. The ferry takes cars. Since then, it has been full."))
    assert (
        thought(document, "Since then, it has been full.")
        == "The ferry takes cars. Since then, it has been full."
    )


def test_what_leans_on_a_sentence_is_quoted_with_it() -> None:
    document = laid(("paragraph", "The ferry takes cars. They pay nine pounds. Dogs are free."))
    assert thought(document, "The ferry takes cars.").endswith("They pay nine pounds.")


def test_a_sentence_that_stands_alone_stays_alone() -> None:
    document = laid(("paragraph", "The ferry takes cars. Dogs are free. Tea is sold."))
    assert thought(document, "Dogs are free.") == "Dogs are free."


def test_a_colon_takes_the_list_after_it() -> None:
    document = laid(("paragraph", "Bring these:"), ("list_item", "• a map"), ("list_item", "• tea"))
    assert thought(document, "Bring these:") == "Bring these:\n• a map\n• tea"


def test_a_short_list_is_quoted_whole_with_its_lead() -> None:
    document = laid(("paragraph", "Bring these:"), ("list_item", "• a map"), ("list_item", "• tea"))
    assert thought(document, "tea") == "Bring these:\n• a map\n• tea"


LONG = [("list_item", f"• {name} of every harbour and its " + "long " * 40) for name in "abc"]


def test_a_long_list_is_quoted_whole_where_its_heading_is_asked_for() -> None:
    document = laid(("heading", "Steps to take"), *LONG)
    asked = thought(document, "b of every harbour", "Which steps must I take?")
    assert asked.startswith("Steps to take\n• a of")
    assert asked.count("•") == 3


def test_an_item_beyond_the_longest_thought_is_quoted_without_what_is_far_above() -> None:
    items = [("list_item", f"- Duty {number} is {'very ' * 60}heavy.") for number in range(20)]
    document = laid(("heading", "What the clerk must do"), *items)
    quoted = thought(document, "Duty 19", "What must the clerk do?")
    assert quoted == "Duty 19"


def test_an_item_of_a_long_list_is_quoted_without_its_bullet() -> None:
    document = laid(("heading", "Steps to take"), *LONG)
    assert thought(document, "b of every harbour", "What of the harbour?") == "b of every harbour"


def test_a_statement_takes_all_of_it_and_who_says_it() -> None:
    document = laid(("paragraph", "Ann Lee spoke. “We were late. We are sorry.” Tea was had."))
    assert thought(document, "We are sorry.”") == "Ann Lee spoke. “We were late. We are sorry.”"


def test_an_apostrophe_opens_no_statement() -> None:
    document = laid(("paragraph", "The children’s plans are old. The plans’ dates are wrong."))
    assert thought(document, "The children’s plans are old.") == "The children’s plans are old."


def test_where_blocks_are_not_known_the_stretch_stays() -> None:
    assert whole_thought(Laid("They sail.", ()), (0, 10), "Who?") == (0, 10)


def test_what_leans_and_what_does_not() -> None:
    assert leans("They sail.")
    assert leans("As a result, few came.")
    assert not leans("Theywell Ltd sails.")
    assert not leans("")


def test_a_number_close_to_the_first_word_is_no_part_of_the_quote() -> None:
    document = laid(("paragraph", "25.Boats are safe. Dogs are free."))
    assert thought(document, "25.Boats are safe.") == "Boats are safe."


def test_a_heading_that_opens_a_list_takes_it() -> None:
    document = laid(("heading", "It failed because:"), ("heading", "Boats"), *LONG)
    assert thought(document, "It failed because:").count("•") == 3


def test_a_heading_that_is_asked_for_takes_the_sentence_below() -> None:
    document = laid(("heading", "Harbour boats"), ("paragraph", "They sail. Dogs are free."))
    assert thought(document, "Harbour boats", "Which harbour boats?") == "Harbour boats\nThey sail."
    assert thought(document, "Harbour boats", "Who swims?") == "Harbour boats"


FEES = laid(
    ("heading", "Harbour dues"),
    ("paragraph", "A sum that each boat pays. Dinghies are free."),
    ("paragraph", "Boats pay it in March."),
)


def test_a_meaning_is_quoted_with_its_term() -> None:
    meaning = thought(FEES, "A sum that each boat pays.", "What does harbour dues mean?")
    assert meaning == "Harbour dues\nA sum that each boat pays."


def test_what_answers_more_than_its_heading_stands_without_it() -> None:
    asked = "Do dinghies pay harbour dues?"
    assert thought(FEES, "Dinghies are free.", asked) == "Dinghies are free."


def test_a_heading_further_above_is_not_quoted() -> None:
    asked = "What are harbour dues?"
    assert thought(FEES, "Boats pay it in March.", asked) == "Boats pay it in March."


def numbered_rules() -> Laid:
    """Two numbered rules, the first of which opens a list of long items."""
    items = [
        f"• {name} that lay at the northern quay for the winter;" for name in ("boats", "rafts")
    ]
    texts = ["7. The board found these lost:", *items * 4, "8. Nobody was hurt."]
    blocks = tuple(ReadBlock("item", text) for text in texts)
    document = assemble(Content("text", blocks), "id", "version", "rules.txt")
    return Laid(document.text, document.blocks)


def test_a_numbered_rule_that_ends_with_a_colon_takes_the_list_it_opens() -> None:
    quoted = thought(numbered_rules(), "The board found these lost:")
    assert quoted.startswith("The board found")
    assert quoted.count("rafts") == 4
    assert "hurt" not in quoted


def test_a_list_within_a_rule_that_is_asked_for_is_quoted_whole_with_the_rule() -> None:
    quoted = thought(numbered_rules(), "boats", "what did the board find lost?")
    assert quoted.startswith("The board found")
    assert quoted.count("boats") == 4


def test_a_heading_that_answers_is_quoted_with_what_says_nothing_of_the_question() -> None:
    document = laid(("heading", "Bring a towel"), ("paragraph", "We have none. Tea is sold."))
    asked = "Must I bring a towel?"
    assert thought(document, "We have none.", asked) == "Bring a towel\nWe have none."
    assert thought(document, "We have none.", "Is tea sold?") == "We have none."
