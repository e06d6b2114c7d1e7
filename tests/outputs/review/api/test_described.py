"""The API does what its description says, whatever it is asked: no fault of ours, no undocumented
status, no answer of another shape. Requests are made by schemathesis from the description, the same
ones in every run; ``SCHEMA_EXAMPLES=500`` asks for more of each kind."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks as openapi

from outputs.review import tokens
from outputs.review.app import create_app
from outputs.review.library import Library
from outputs.review.site import Site

pytestmark = pytest.mark.schema

_EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "10"))
_CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
    openapi.negative_data_rejection,
    openapi.missing_required_header,
    openapi.unsupported_method,
    openapi.ignored_auth,
]


@pytest.fixture
def described(
    site: Site, program: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> Any:
    """The description, to be asked as an administrator's program; wrong tokens are tried so often
    that they would be told to wait (429)."""
    monkeypatch.setattr(tokens, "MOST_WRONG", 10**6)
    secret = program("administrator").headers["Authorization"]
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", create_app(site))
    schema.config.update(headers={"Authorization": secret})
    return schema


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_api_is_as_its_description_says(
    described: Any, library: Library, plan: str, mode: GenerationMode
) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) >= 17
    known = {"document_id": plan, "row_id": library.review(plan).rows[0].commitment.id}
    if mode is GenerationMode.NEGATIVE:
        # Any text may be an id: only what has other parameters or a body can be asked wrongly.
        operations = [each for each in operations if each.query or each.body]
        assert len(operations) >= 8
    for operation in operations:
        _asked(operation, known, mode)


def _asked(operation: Any, known: dict[str, str], mode: GenerationMode) -> None:
    """One operation, often."""

    @settings(
        max_examples=_EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        _lead_somewhere(case, known)
        case.call_and_validate(checks=_CHECKS)

    ask()


def _lead_somewhere(case: schemathesis.Case, known: dict[str, str]) -> None:
    """Every other made-up id is put right, or no request would come further than 404."""
    for name, real in known.items():
        made_up = case.path_parameters.get(name)
        if isinstance(made_up, str) and len(made_up) % 2 == 0:
            case.path_parameters[name] = real
