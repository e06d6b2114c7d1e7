"""Settings: where the library is and which database it uses. Nothing else reads the environment.

From ``taizhang.toml`` and the environment, the latter stronger, a command's option strongest:

    home = "library"                              # TAIZHANG_HOME, --home
    database = "postgresql+psycopg://host/db"     # TAIZHANG_DATABASE; SQLite under home if absent
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from corpus.model.errors import SettingsError

_FILE = "taizhang.toml"
_PREFIX = "TAIZHANG_"


@dataclass(frozen=True, slots=True)
class Settings:
    """``home`` holds files, database and Prefect's own records; nothing is written elsewhere."""

    home: Path
    database: str

    @property
    def prefect_home(self) -> Path:
        """Where Prefect keeps its records of runs."""
        return self.home / "prefect"

    @property
    def has_library(self) -> bool:
        """False where reading would only make an empty SQLite library."""
        prefix = "sqlite:///"
        name = self.database.removeprefix(prefix)
        return not self.database.startswith(prefix) or Path(name).exists()


def load(home: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """What is set, with defaults for the rest: ./library and a SQLite database in it."""
    environ = os.environ if environ is None else environ
    named = environ.get(f"{_PREFIX}CONFIG")
    found = _from_file(Path(named or _FILE), needed=named is not None)
    for field in fields(Settings):
        if environ.get(f"{_PREFIX}{field.name.upper()}"):
            found[field.name] = environ[f"{_PREFIX}{field.name.upper()}"]
    place = (home or Path(found.get("home", "library"))).expanduser().absolute()
    if place.exists() and not place.is_dir():
        raise SettingsError(
            f"台账库位置 {place} 不是文件夹，请检查 --home 或设置 home",
            f"the library's home {place} is not a folder; check --home or the setting 'home'",
        )
    return Settings(place, found.get("database", f"sqlite:///{place / 'taizhang.db'}"))


def _from_file(path: Path, *, needed: bool) -> dict[str, str]:
    if not needed and not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"无法读取设置文件 {path}：{error}", f"can't read the settings file {path}: {error}"
        ) from error
    known = [field.name for field in fields(Settings)]
    for name, value in found.items():
        if name not in known or not isinstance(value, str):
            raise SettingsError(
                f"{path} 中的“{name}”不是可用的设置；可用的有：{'、'.join(known)}，值为文字",
                f"'{name}' in {path} is no setting; there are: {', '.join(known)}, each a text",
            )
    return found


def prepare_prefect(settings: Settings) -> None:
    """Prefect's own local API: no server, no network, no records outside ``home``.

    To be called before Prefect is first imported. What the user has set for Prefect stays.
    """
    settings.prefect_home.mkdir(parents=True, exist_ok=True)
    ours = {
        "PREFECT_HOME": str(settings.prefect_home),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        # The first start makes Prefect's tables: ten seconds, more where the disk is slow.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        "DO_NOT_TRACK": "1",
        # Failures are data of ours, printed file by file; what is left to log are quarrels of
        # the local API with its own end.
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
    }
    for name, value in ours.items():
        os.environ.setdefault(name, value)
    # A proxy for the outside must not get what is meant for the API on this machine.
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), "127.0.0.1", "localhost")))
