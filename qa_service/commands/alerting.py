"""The command `alerts`: which questions are followed, and what is new on them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from qa_service.commands import ANSWERED, json_text
from qa_service.commands.indexing import listed_documents
from qa_service.config import Settings
from qa_service.disk.whole_files import OWNER_ONLY
from qa_service.errors import NoIndex
from qa_service.following.followed_questions import FILE_NAME, FollowedQuestion, FollowedQuestions
from qa_service.input_checks import question_text
from qa_service.nouns.access import groups_of

if TYPE_CHECKING:
    from qa_service.following.news import News
    from qa_service.nouns.documents import DocumentSummary


def alerts(options: argparse.Namespace, settings: Settings) -> int:
    """Follows a question, lists those followed, or tells what is new on them."""
    from qa_service.indexing.builds.beside import file_beside

    kept = FollowedQuestions(file_beside(settings, FILE_NAME, OWNER_ONLY))
    if options.follow:
        question = FollowedQuestion(question_text(options.follow))
        kept.put(question.having_seen(_documents(settings)))
        print("Followed. After a build, qa-service alerts tells what new documents say.")
    elif options.unfollow:
        kept.remove(question_text(options.unfollow))
    elif options.list:
        texts = [question.text for question in kept.all()]
        print(json_text(texts) if options.json else "\n".join(texts) or "None is followed.")
    else:
        _tell_news(kept, settings, as_json=options.json)
    return ANSWERED


def _documents(settings: Settings) -> Sequence[DocumentSummary]:
    """Those of the build in use; none before the first build."""
    try:
        return listed_documents(settings)
    except NoIndex:
        return ()


def _tell_news(kept: FollowedQuestions, settings: Settings, *, as_json: bool) -> None:
    """Prints and sends what is new, then keeps that it was told. What could not be sent is
    told again the next time."""
    from qa_service.answering.service import open_service
    from qa_service.following.news import news_on, news_text

    followed = kept.all()
    if not followed:
        print("No question is followed; begin with: qa-service alerts --follow QUESTION")
        return
    with closing(open_service(settings)) as service:
        by_groups = settings.access == "groups"
        seen = service.seen_by(groups_of(settings.alerts_groups)) if by_groups else service
        documents = seen.documents()
        found = [news_on(seen.ask, question, documents) for question in followed]
    news = [item for item in found if item.places]
    if as_json:
        print(json_text(_news_object(news, settings)))
    else:
        print(news_text(news, settings.site) or "Nothing new.")
    if news:
        _send(news, settings)
    for question in followed:
        kept.put(question.having_seen(documents))


def _send(news: Sequence[News], settings: Settings) -> None:
    from qa_service.following.news import news_text, post_json, send_mail

    if settings.alerts_webhook:
        post_json(settings.alerts_webhook, json_text(_news_object(news, settings)).encode())
    if settings.alerts_mail_to:
        subject = news[0].question if len(news) == 1 else f"News on {len(news)} questions"
        send_mail(
            settings.smtp_server,
            settings.alerts_mail_from,
            settings.alerts_mail_to.split(),
            f"New: {subject}",
            news_text(news, settings.site),
        )


def _news_object(news: Sequence[News], settings: Settings) -> dict[str, Any]:
    """`text` is what chat servers show of a webhook; `news` has every place as the endpoint's
    citations, with its whole address."""
    from qa_service.contract.answers import citation_object
    from qa_service.following.news import news_text, place_address

    told = [
        {
            "question": item.question,
            "places": [
                citation_object(place) | {"address": place_address(place, settings.site)}
                for place in item.places
            ],
        }
        for item in news
    ]
    return {"text": news_text(news, settings.site), "news": told}
