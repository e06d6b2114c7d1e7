"""Programs that ask the API with a token."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from outputs.review import access
from outputs.review.app import create_app
from outputs.review.library import Library
from outputs.review.site import Site
from outputs.review.tokens import new_token

PASSWORD = "云岭省的密码2025"


@pytest.fixture
def program(site: Site, library: Library) -> Callable[..., TestClient]:
    """Makes programs with a token of an account of that role."""

    def make(role: str = "reviewer", name: str = "") -> TestClient:
        who = name or f"程序-{role}"
        if library.accounts.named(who) is None:
            access.new_account(library.accounts, who, PASSWORD, role)
        secret = new_token(library.accounts, who, "测试", role=None, days=1)
        made = TestClient(create_app(site), base_url="http://127.0.0.1", client=("10.0.0.9", 5_000))
        made.headers["Authorization"] = f"Bearer {secret}"
        return made

    return make
