"""Runs through a Prefect server by the name of their deployment, over its REST API: the web
application has no need of Prefect itself for that.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from flows.stack.secret import pair

_SECONDS = 15.0
# The server is started again within this time after a crash, and with it who does the runs.
_PATIENCE = 120.0
_TICK = 0.5
_OVER = ("COMPLETED", "FAILED", "CANCELLED", "CRASHED")


class ServerError(Exception):
    """The server can't be reached, or has no such thing."""


@dataclass(slots=True)
class Server:
    """A Prefect server: http://127.0.0.1:4200/api. Asks again for a while where it is away.
    ``auth`` is user:password, where it asks for one."""

    api: str
    patience: float = _PATIENCE
    auth: str | None = None
    _client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self._client = httpx.Client(timeout=_SECONDS, trust_env=False, auth=pair(self.auth))

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def start(self, deployment: str, parameters: Mapping[str, object]) -> str:
        """A new run of a deployment, taizhang/ingest; its id. A deployment that is not there yet
        may be about to come: whoever makes it starts when the server is up."""
        end = time.monotonic() + self.patience
        while (found := self._ask("GET", f"/deployments/name/{deployment}", missing=True)) is None:
            if time.monotonic() > end:
                raise ServerError(f"{self.api} has no deployment {deployment}")
            time.sleep(_TICK)
        made = self._ask(
            "POST", f"/deployments/{found['id']}/create_flow_run", {"parameters": dict(parameters)}
        )
        return str(made["id"])

    def state(self, run_id: str) -> tuple[str, str, str]:
        """Type, name and message of the state of a run."""
        state = self._ask("GET", f"/flow_runs/{run_id}")["state"] or {}
        return state.get("type", ""), state.get("name", ""), state.get("message") or ""

    def cancel(self, run_id: str) -> None:
        """Have a run stopped by whoever does it; one that is over stays as it is."""
        kind, _, _ = self.state(run_id)
        if kind in _OVER:
            return
        # What nobody does yet is cancelled at once.
        wanted = "CANCELLING" if kind in ("PENDING", "RUNNING") else "CANCELLED"
        self._ask("POST", f"/flow_runs/{run_id}/set_state", {"state": {"type": wanted}})

    def artifacts(self, run_id: str, kind: str, *, key: str | None = None) -> list[dict[str, Any]]:
        """What a run has left to look at, oldest first."""
        wanted = {"flow_run_id": {"any_": [run_id]}, "type": {"any_": [kind]}}
        if key is not None:
            wanted["key"] = {"any_": [key]}
        found: list[dict[str, Any]] = self._ask("POST", "/artifacts/filter", {"artifacts": wanted})
        return sorted(found, key=lambda each: str(each["created"]))

    def rows(self, table: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of a table among the artifacts."""
        found: list[dict[str, Any]] = json.loads(table["data"])
        return found

    def runs(self, states: list[str]) -> list[dict[str, Any]]:
        """Runs of our deployments in such a state, newest first."""
        asked = {
            "deployments": {"tags": {"all_": ["taizhang"]}},
            "flow_runs": {"state": {"type": {"any_": states}}},
            "sort": "EXPECTED_START_TIME_DESC",
        }
        found: list[dict[str, Any]] = self._ask("POST", "/flow_runs/filter", asked)
        return found

    def again(self, run_id: str) -> None:
        """Have a run done anew: what was done of it is not done twice."""
        state = {"type": "SCHEDULED", "name": "AwaitingRetry", "message": "interrupted"}
        self._ask("POST", f"/flow_runs/{run_id}/set_state", {"state": state, "force": True})

    def settle(self, run_id: str, kind: str) -> None:
        """Put an end to a run that nobody does any more."""
        state = {"type": kind, "message": "interrupted"}
        self._ask("POST", f"/flow_runs/{run_id}/set_state", {"state": state, "force": True})

    def over(self, run_id: str) -> Iterator[tuple[str, str, str]]:
        """The state of a run, again and again until it is over."""
        while True:
            state = self.state(run_id)
            yield state
            if state[0] in _OVER:
                return
            time.sleep(_TICK)

    def _ask(self, method: str, path: str, body: object = None, *, missing: bool = False) -> Any:
        end = time.monotonic() + self.patience
        while True:
            answer = None
            with suppress(httpx.TransportError):
                answer = self._client.request(method, f"{self.api}{path}", json=body)
            if answer is not None and answer.status_code == 404 and missing:
                return None
            if answer is not None and answer.is_success:
                return answer.json() if answer.content else None
            if answer is not None and answer.status_code < 500:
                raise ServerError(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
            if time.monotonic() > end:
                raise ServerError(f"{self.api} does not answer")
            time.sleep(_TICK)
