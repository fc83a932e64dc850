"""Below a refusal stand only passages that are worth a look."""

from qa_service.contract.related_passages import related_passages


def test_below_a_refusal_only_passages_with_enough_of_its_words_are_listed():
    shared = ([], ["good"], ["good", "leeds"])
    passages = [
        {"passage_id": str(number), "why": {"shared_terms": words, "absent_terms": ["zoo"]}}
        for number, words in enumerate(shared)
    ]
    assert related_passages({"answered": False, "passages": passages}) == passages[2:]
    assert related_passages({"answered": True, "passages": passages}) == passages
    passages[1]["why"]["absent_terms"] = []
    assert related_passages({"answered": False, "passages": passages}) == passages[1:]


def test_a_passage_that_holds_only_where_was_looked_is_not_near():
    why = {"shared_terms": ["Doncaster", "2022"], "absent_terms": ["capital", "France"]}
    carried = [{"text": "Doncaster", "kind": "place"}, {"text": "2022", "kind": "date"}]
    refused = {"answered": False, "passages": [{"passage_id": "1", "why": why}]}
    assert related_passages(refused) == refused["passages"]
    assert related_passages({**refused, "understood": {"carried": carried}}) == []
    assert related_passages({**refused, "scope": {"words": ["doncaster", "2022"]}}) == []


def test_a_passage_that_holds_a_subject_taken_over_is_near():
    why = {"shared_terms": ["care", "leavers"], "absent_terms": ["2019"]}
    carried = [{"text": "care leavers", "kind": "subject"}]
    passages = [{"passage_id": "1", "why": why}]
    answer = {"answered": False, "passages": passages, "understood": {"carried": carried}}
    assert related_passages(answer) == passages
