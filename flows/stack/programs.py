"""The programs of one library (Prefect's server, a worker, the web application), where they listen,
and how each is asked whether it works."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.model.errors import SettingsError
from flows.settings import Settings
from flows.stack import secret
from flows.stack.supervisor import Part

WEB_PORT, SERVER_PORT = 8000, 4200
LEASES = "prefect.server.concurrency.lease_storage.filesystem"
_TRIED = 50  # ports above the usual one, before we say that something is wrong
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Places:
    """Where the pages and where Prefect's API are."""

    host: str
    port: int
    server_host: str
    server_port: int

    @property
    def web(self) -> str:
        """For a browser."""
        return f"http://{_shown(self.host)}:{self.port}/"

    @property
    def api(self) -> str:
        """For Prefect; from this machine."""
        return f"http://{_shown(self.server_host)}:{self.server_port}/api"


def places(host: str, port: int | None, server_host: str, server_port: int | None) -> Places:
    """Ports that were asked for, refused where taken; else the usual ones or the next free."""
    web = _free(host, port, WEB_PORT, taken=())
    return Places(host, web, server_host, _free(server_host, server_port, SERVER_PORT, (web,)))


def parts(settings: Settings, where: Places) -> list[Part]:
    """In the order in which they start."""
    python, home = sys.executable, str(settings.home)
    auth = secret.made(settings.home)
    taizhang = (python, "-m", "flows.cli")
    server = (python, "-m", "prefect", "server", "start", "--host", where.server_host)
    return [
        Part(
            "server", (*server, "--port", str(where.server_port)), lambda: answers(where.api, 200)
        ),
        Part(
            "web",
            (*taizhang, "serve", "--home", home, "--host", where.host, "--port", str(where.port)),
            _any_answer(where.web),
        ),
        Part(
            "worker",
            (*taizhang, "worker", "--home", home),
            lambda: bool(workers(where.api, auth)),
            beside="server",
        ),
    ]


def environment(settings: Settings, where: Places) -> dict[str, str]:
    """What the programs are told: this library, its settings, this server."""
    from flows.settings import config_file

    auth = secret.made(settings.home)
    ours = {
        "TAIZHANG_HOME": str(settings.home),
        "PREFECT_API_URL": where.api,
        "PREFECT_HOME": str(settings.prefect_home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_UI_API_URL": where.api,
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_API_AUTH_STRING": auth,
        # Pages of other sites have no business with it.
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": where.api.removesuffix("/api"),
        # Kept in memory, what a killed run held would be held for good once the server goes, too.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": LEASES,
        "PYTHONUNBUFFERED": "1",
        # Runs begin in folders of their own, also where the program was started from its source.
        "PYTHONPATH": os.pathsep.join(
            dict.fromkeys([str(_source()), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
        ).strip(os.pathsep),
    }
    config = config_file()
    return {**os.environ, **ours, **({"TAIZHANG_CONFIG": str(config)} if config else {})}


def answers(api: str, status: int = 200) -> bool:
    """Whether Prefect's server works."""
    return _status(f"{api}/health") == status


def workers(api: str, auth: str | None) -> list[str]:
    """Names of the workers that have let it be known lately that they are there."""
    import httpx

    from flows.deployments import POOL

    try:
        answer = httpx.post(
            f"{api}/work_pools/{POOL}/workers/filter",
            json={},
            timeout=_SECONDS,
            trust_env=False,
            auth=secret.pair(auth),
        )
    except httpx.HTTPError:
        return []
    if answer.status_code != 200:
        return []
    return [each["name"] for each in answer.json() if each["status"] == "ONLINE"]


def _any_answer(address: str) -> Callable[[], bool]:
    # What a page says is for people; that it is said at all is enough here.
    return lambda: (_status(f"{address}static/icon.svg") or 500) < 500


def _status(address: str) -> int | None:
    import httpx

    try:
        return httpx.get(address, timeout=_SECONDS, trust_env=False).status_code
    except httpx.HTTPError:
        return None


def _free(host: str, asked: int | None, usual: int, taken: tuple[int, ...]) -> int:
    if asked is not None:
        if asked in taken or not _can_listen(host, asked):
            raise SettingsError(
                f"{host}:{asked} 已被占用或不允许使用，请换一个端口",
                f"{host}:{asked} is taken or not allowed; name another port",
            )
        return asked
    for port in range(usual, usual + _TRIED):
        if port not in taken and _can_listen(host, port):
            return port
    raise SettingsError(
        f"{host} 的端口 {usual}–{usual + _TRIED - 1} 都不可用，请检查地址，或指定端口",
        f"no port from {usual} to {usual + _TRIED - 1} is free on {host}; check it or name one",
    )


def _can_listen(host: str, port: int) -> bool:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError:
        return False
    return True


def _shown(host: str) -> str:
    """0.0.0.0 is every address of this machine; from here it is reached at the nearest."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{host}]" if ":" in host else host


def _source() -> Path:
    import flows

    return Path(flows.__path__[0]).parent
