"""The bodies of requests, as JSON objects."""

from __future__ import annotations

from typing import Any

from flask import Request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from qa_service.contract.checking import json_value


def json_body(request: Request) -> dict[str, Any]:
    """The request's JSON object.

    Raises UnsupportedMediaType where it is not declared as JSON, BadRequest where it is
    not a JSON object in UTF-8, RequestEntityTooLarge where it is too long, InputError where
    a text of it is no text.
    """
    if not request.is_json:
        raise UnsupportedMediaType("Send JSON, with the header Content-Type: application/json.")
    body = request.get_data(cache=False)
    # A body sent in chunks is cut at the limit instead of being refused.
    most = request.max_content_length
    if most and request.content_length is None and len(body) >= most:
        raise RequestEntityTooLarge
    try:
        return json_object(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadRequest("The request is not valid JSON in UTF-8.") from error


def json_object(text: str) -> dict[str, Any]:
    """The object that a JSON text holds, every text in it whole.

    Raises ValueError or RecursionError where it is no JSON, BadRequest where it is no object,
    InputError where a text holds half of a surrogate pair.
    """
    value = json_value(text)
    if not isinstance(value, dict):
        raise BadRequest('The request must be a JSON object such as {"question": "…"}.')
    return value
