"""What `doctor` says of a database and of the role by which it is asked."""

from __future__ import annotations

import pytest
from real_postgres import ADMIN, READER

from qa_service.commands.doctor import build, role
from qa_service.config import Settings

pytestmark = pytest.mark.engines


@pytest.mark.parametrize(("user", "state"), [(READER, "ok"), (ADMIN, "note")])
def test_a_role_that_rules_for_rows_do_not_bind_is_noted(new_database, user, state) -> None:
    address = new_database().replace(f"//{READER}@", f"//{user}@")
    (finding,) = role(Settings(engine="postgres", postgres=address))
    assert finding.state == state


def test_where_no_database_answers_what_to_see_to_is_said_once() -> None:
    (finding,) = build(Settings(engine="postgres", postgres="postgresql://qa@127.0.0.1:1/qa"))
    assert finding.state == "missing"
    assert f"{finding.found} {finding.mend}".count("QA_POSTGRES") == 1
