"""Settings: where the library is, which database and which model it uses. Nothing else reads the
environment.

From ``taizhang.toml`` and the environment, the latter stronger, a command's option strongest:

    home = "library"                              # TAIZHANG_HOME, --home
    database = "postgresql+psycopg://host/db"     # TAIZHANG_DATABASE; SQLite under home if absent
    files = "s3://bucket/files"                   # TAIZHANG_FILES; under home alone if absent

    [model]
    ner = "commitment-ner"                        # TAIZHANG_MODEL_NER, --ner-model
    labels = { ORG = "unit-resp" }                # the labels of a model of your own

    [limits]
    pages = 2000                                  # of one file; see flows/limits.py

    [notify]
    mail_to = "office@yunling.example"            # who is told when a run fails
    smtp_host = "mail.yunling.example"

    [backup]
    schedule = "0 3 * * *"                        # every night at three

A table of settings is a dataclass here: what it lacks has the default, what it has no name for is
refused, and so is a value of another kind.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from corpus.model.errors import SettingsError
from flows.limits import LimitSettings

_FILE = "taizhang.toml"
_PREFIX = "TAIZHANG_"
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")

Table = TypeVar("Table")


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """``ner``: none for the rules alone, commitment-ner, a folder or a hub name."""

    ner: str = "none"
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotifySettings:
    """Who is told of runs that fail: ``mail_to`` are addresses with commas between, ``webhook`` an
    address that JSON is posted to. ``smtp_security``: tls, starttls, or none on a trusted line.
    ``base`` is where people reach the pages, ``digest`` when digests go out, none if empty."""

    mail_to: str = ""
    mail_from: str = ""
    smtp_host: str = ""
    smtp_port: int = 465
    smtp_security: str = "tls"
    smtp_user: str = ""
    smtp_password: str = ""
    webhook: str = ""
    base: str = ""
    digest: str = "30 7 * * *"
    timezone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """``to`` is a folder, backups under home if empty; ``schedule`` a cron line, none if empty;
    ``keep`` is how many are kept there."""

    to: str = ""
    schedule: str = ""
    timezone: str = "Asia/Shanghai"
    keep: int = 14


@dataclass(frozen=True, slots=True)
class Settings:
    """``home`` holds files, database and Prefect's own records; nothing is written elsewhere."""

    home: Path
    database: str
    files: str = ""
    model: ModelSettings = field(default_factory=ModelSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    notify: NotifySettings = field(default_factory=NotifySettings)
    backup: BackupSettings = field(default_factory=BackupSettings)

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


@dataclass(frozen=True, slots=True)
class _Top:
    """What stands in the file outside of any table."""

    home: str = "library"
    database: str = ""
    files: str = ""


# The tables of the file by name; each is a field of Settings.
_TABLES: dict[str, type[Any]] = {
    "model": ModelSettings,
    "limits": LimitSettings,
    "notify": NotifySettings,
    "backup": BackupSettings,
}


def load(home: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """What is set, with defaults for the rest: ./library and a SQLite database in it."""
    environ = os.environ if environ is None else environ
    named = environ.get(f"{_PREFIX}CONFIG")
    path = Path(named or _FILE)
    found = _from_file(path, needed=named is not None)
    tables = {
        name: _read(kind, _table(found.pop(name, {}), name, path), environ, name, path)
        for name, kind in _TABLES.items()
    }
    top = _read(_Top, found, environ, "", path)
    place = (home or Path(top.home)).expanduser().absolute()
    if place.exists() and not place.is_dir():
        raise SettingsError(
            f"台账库位置 {place} 不是文件夹，请检查 --home 或设置 home",
            f"the library's home {place} is not a folder; check --home or the setting 'home'",
        )
    database = top.database or f"sqlite:///{place / 'taizhang.db'}"
    return Settings(place, database, top.files, **tables)


def config_file(environ: Mapping[str, str] | None = None) -> Path | None:
    """Where the settings are read from, for programs that start in another folder."""
    environ = os.environ if environ is None else environ
    path = Path(environ.get(f"{_PREFIX}CONFIG") or _FILE).absolute()
    return path if path.is_file() else None


def choose_model(source: str | None) -> None:
    """What a command's option says of the model, for this process and those that it starts."""
    if source is not None:
        os.environ[f"{_PREFIX}MODEL_NER"] = source


def _from_file(path: Path, *, needed: bool) -> dict[str, Any]:
    if not needed and not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"无法读取设置文件 {path}：{error}", f"can't read the settings file {path}: {error}"
        ) from error


def _table(found: object, name: str, path: Path) -> Mapping[str, object]:
    if isinstance(found, dict):
        return found
    raise SettingsError(
        f"{path} 中的“{name}”应写成表 [{name}]", f"'{name}' in {path} must be a table [{name}]"
    )


def _read(
    kind: type[Table],
    found: Mapping[str, object],
    environ: Mapping[str, str],
    name: str,
    path: Path,
) -> Table:
    """One table of the file, the environment (TAIZHANG_MODEL_NER) over it."""
    hints = get_type_hints(kind)
    for strange in found.keys() - hints.keys():
        known = "、".join([*hints, *(() if name else _TABLES)])
        raise SettingsError(
            f"{path} 中的“{_dotted(name, strange)}”不是可用的设置；可用的有：{known}",
            f"'{_dotted(name, strange)}' in {path} is no setting; there are: {known}",
        )
    values: dict[str, object] = {}
    for each in fields(kind):  # type: ignore[arg-type]
        variable = _PREFIX + _dotted(name, each.name).replace(".", "_").upper()
        if environ.get(variable):
            values[each.name] = _parsed(environ[variable], hints[each.name], variable)
        elif each.name in found:
            where = f"{path}: {_dotted(name, each.name)}"
            values[each.name] = _typed(found[each.name], hints[each.name], where)
    return kind(**values)


def _dotted(table: str, name: str) -> str:
    return f"{table}.{name}" if table else name


def _typed(value: object, hint: Any, where: str) -> object:
    """The value as it stands in the file; true is no number, and 3 is a float, too."""
    plain: tuple[type, ...] = {
        str: (str,), int: (int,), float: (int, float), bool: (bool,),
    }.get(hint, (list, dict))  # fmt: skip
    if not isinstance(value, plain) or (isinstance(value, bool) and hint is not bool):
        raise _wrong(where, hint)
    return tuple(value) if isinstance(value, list) else value


def _parsed(words: str, hint: Any, where: str) -> object:
    """The value as the environment has it."""
    if hint is bool and words.lower() in (*_YES, *_NO):
        return words.lower() in _YES
    if hint is str:
        return words
    try:
        return {int: int, float: float}[hint](words)
    except (KeyError, ValueError) as error:
        raise _wrong(where, hint) from error


def _wrong(where: str, hint: Any) -> SettingsError:
    zh = {str: "文字", int: "整数", float: "数", bool: "true 或 false"}.get(hint, "列表或表")
    en = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
    return SettingsError(
        f"设置 {where} 的值应为{zh}", f"{where} must be {en.get(hint, 'a list or a table')}"
    )


def prepare_prefect(settings: Settings) -> None:
    """Prefect's own local API: no server, no network, no records outside ``home``; where `taizhang
    up` runs on the library, its server.

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
    from flows.stack.record import api_of
    from flows.stack.secret import known

    if (api := api_of(settings.home)) is not None:
        # Two servers on one file of records would be in each other's way.
        ours["PREFECT_API_URL"] = api
        ours["PREFECT_API_AUTH_STRING"] = known(settings.home) or ""
    for name, value in ours.items():
        os.environ.setdefault(name, value)
    # A proxy for the outside must not get what is meant for the API on this machine.
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), "127.0.0.1", "localhost")))
