"""Every operation under /api, declared where it is done: what it takes, what it gives, and what
may go wrong. The route, the check of its address and its description come from that."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from qa_service.contract.checking import checked_address

BODY_PROBLEMS = (400, 413, 415, 422, 503)
"""What may go wrong with what has a body and takes its turn."""
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@dataclass(frozen=True, slots=True)
class Operation:
    """What one method of one path does; `name` and `summary` are those of the function.

    `gives` is the shape of its result and `body` that of its request, or "file" for bytes, of
    the media types `files`; `address` is the shape of the query, whose members are the
    parameters. `problems` are the statuses of errors, to which an operator's operation adds
    those of the token.
    """

    method: str
    path: str
    name: str
    summary: str
    gives: Any = None
    problems: tuple[int, ...] = ()
    body: Any = None
    address: type | None = None
    success: str = "200"
    also_csv: bool = False
    files: tuple[str, ...] = ()

    @property
    def is_operators(self) -> bool:
        """Whether the operator's token is needed."""
        return self.path.startswith("/api/operator/")


OPERATIONS: list[Operation] = []
"""All that are declared, once the app's modules are loaded."""


def operation(
    blueprint: Blueprint,
    method: str,
    path: str,
    gives: Any = None,
    problems: tuple[int, ...] = (),
    **told: Any,
) -> Callable[[View], View]:
    """Makes a function an operation; `told` are other members of Operation.

    One with an address is given it, checked, as its first argument.
    """

    def declared(view: View) -> View:
        whole = re.sub(r"<(?:path:)?(\w+)>", r"{\1}", f"{blueprint.url_prefix or ''}{path}")
        first, *rest = view.__name__.split("_")
        name = first + "".join(word.title() for word in rest)
        summary = re.split(r"\.(?:\s|$)", view.__doc__ or "")[0].replace("\n    ", " ")
        OPERATIONS.append(Operation(method, whole, name, summary, gives, problems, **told))
        blueprint.route(path, methods=[method.upper()])(_given(view, told.get("address")))
        return view

    return declared


def _given(
    view: Callable[..., ResponseReturnValue], address: type | None
) -> Callable[..., ResponseReturnValue]:
    """The function, given what its address says."""
    if address is None:
        return view

    @wraps(view)
    def given(**named: str) -> ResponseReturnValue:
        return view(checked_address(request.args, address), **named)

    return given
