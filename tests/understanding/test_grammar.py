"""Every rule of English takes its example and leaves the one that only looks like it."""

from __future__ import annotations

import pytest

from qa_service.understanding import parsing
from qa_service.understanding.grammar import RULES, Rule


def holds(rule: Rule, text: str) -> bool:
    return bool(rule.pattern.fullmatch(text) if rule.whole else rule.pattern.search(text))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_takes_its_example(rule: Rule) -> None:
    assert holds(rule, rule.takes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_leaves_what_only_looks_like_it(rule: Rule) -> None:
    assert not holds(rule, rule.leaves)


def test_rules_have_names_of_their_own() -> None:
    assert parsing is not None
    assert len({rule.name for rule in RULES}) == len(RULES)
