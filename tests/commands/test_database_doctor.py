"""What `doctor` says of the role by which a database is asked."""

from __future__ import annotations

import pytest
from real_postgres import ADMIN, READER

from qa_service.commands.doctor import role
from qa_service.config import Settings

pytestmark = pytest.mark.engines


@pytest.mark.parametrize(("user", "state"), [(READER, "ok"), (ADMIN, "note")])
def test_a_role_that_rules_for_rows_do_not_bind_is_noted(new_database, user, state) -> None:
    address = new_database().replace(f"//{READER}@", f"//{user}@")
    (finding,) = role(Settings(engine="postgres", postgres=address))
    assert finding.state == state
