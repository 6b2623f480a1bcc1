"""The configuration of one installation: read once, frozen, from `config.toml` in its folder and from the environment."""

import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path

from beiratswahl.paths import PACKAGE

#: secrets that stand in public texts; nobody may run an election with one of them
KNOWN_SECRETS = frozenset({"secret", "dev", "change-me", "changeme", "beiratswahl", "demo", "password"})
SHORTEST_SECRET = 32
DATABASE = "beiratswahl.sqlite3"
KEYS = frozenset({"database_url", "demo", "trusted_hosts", "secure_cookies", "public_url"})


class BadConfiguration(Exception):
    """The installation cannot start like this; the text says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Config:
    """Einstellungen einer Installation.

    Attributes:
        instance: folder of this installation.
        database_url: address of the database.
        secret_key: signs the sessions.
        demo: True for an instance whose accounts have published passwords.
        trusted_hosts: names under which the application may be called; empty for any.
        secure_cookies: cookies over https only.
        public_url: address of the public pages, e.g. "https://wahlen.example"; "" when nobody has said it.
    """

    instance: Path
    database_url: str
    secret_key: str
    demo: bool = False
    trusted_hosts: tuple[str, ...] = ()
    secure_cookies: bool = True
    public_url: str = ""

    @property
    def public_address(self) -> str:
        """Address of the public pages in files that must name it: the one given, else that of the first trusted host."""
        return self.public_url or (f"https://{self.trusted_hosts[0]}" if self.trusted_hosts else "http://localhost")

    @property
    def published(self) -> Path:
        """Folder of the files a web server may hand out."""
        return self.instance / "published"


def default_instance() -> Path:
    """The folder named by BEIRATSWAHL_INSTANCE; else `instance/` beside a checkout, else below the working folder."""
    named = os.environ.get("BEIRATSWAHL_INSTANCE")
    if named:
        return Path(named).resolve()
    beside = PACKAGE.parent / "instance"
    return beside if beside.is_dir() else Path.cwd() / "instance"


def load(instance: Path | None = None) -> Config:
    """Read the configuration of an installation.

    Raises:
        BadConfiguration: a key is unknown or of the wrong type, or the secret is missing, short or publicly known.
    """
    folder = instance or default_instance()
    file = folder / "config.toml"
    settings = _settings(file)
    url = os.environ.get("BEIRATSWAHL_DATABASE_URL") or _text(settings, "database_url", file)
    return Config(
        instance=folder,
        database_url=url or sqlite_url(folder),
        secret_key=_secret(folder),
        demo=_flag(settings, "demo", False, file),
        trusted_hosts=_hosts(settings, file),
        secure_cookies=_flag(settings, "secure_cookies", True, file),
        public_url=_address(settings, file),
    )


def sqlite_url(folder: Path) -> str:
    """Address of the SQLite file of an installation."""
    return f"sqlite:///{folder}/{DATABASE}"


def prepare_instance(folder: Path, *, demo: bool = False) -> None:
    """Make the folder of an installation: configuration and a fresh secret; keeps what is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)  # a web server reaches published/ through it and can list nothing
    secret = folder / "secret_key"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(48))
    (folder / DATABASE).touch(mode=0o600)  # the register is in it; SQLite gives its side files the same mode
    settings = folder / "config.toml"
    if not settings.exists():
        lines = ["# Einstellungen dieser Installation; siehe README"]
        lines += ["demo = true", "secure_cookies = false"] if demo else ["# secure_cookies = false  # nur für einen Rechner ohne https"]
        settings.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _settings(file: Path) -> dict[str, object]:
    if not file.exists():
        return {}
    try:
        settings: dict[str, object] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadConfiguration(f"{file} ist kein gültiges TOML: {error}") from error
    unknown = sorted(set(settings) - KEYS)
    if unknown:
        raise BadConfiguration(f"{file}: unbekannt: {', '.join(unknown)}. Erlaubt sind {', '.join(sorted(KEYS))}.")
    return settings


def _flag(settings: dict[str, object], key: str, default: bool, file: Path) -> bool:
    value = settings.get(key, default)
    if not isinstance(value, bool):
        raise BadConfiguration(f"{file}: {key} muss true oder false sein.")
    return value


def _text(settings: dict[str, object], key: str, file: Path) -> str:
    value = settings.get(key, "")
    if not isinstance(value, str):
        raise BadConfiguration(f"{file}: {key} muss ein Text sein.")
    return value


def _address(settings: dict[str, object], file: Path) -> str:
    value = _text(settings, "public_url", file).rstrip("/")
    if value and not value.startswith(("https://", "http://")):
        raise BadConfiguration(f"{file}: public_url muss eine Adresse sein, zum Beispiel https://wahlen.musterstadt.example.")
    return value


def _hosts(settings: dict[str, object], file: Path) -> tuple[str, ...]:
    value = settings.get("trusted_hosts", [])
    if not isinstance(value, list) or not all(isinstance(host, str) for host in value):
        raise BadConfiguration(f"{file}: trusted_hosts muss eine Liste von Rechnernamen sein.")
    return tuple(value)


def _secret(folder: Path) -> str:
    file = folder / "secret_key"
    secret = os.environ.get("BEIRATSWAHL_SECRET_KEY") or (file.read_text().strip() if file.exists() else "")
    if not secret:
        raise BadConfiguration(f"In {folder} fehlt die Datei secret_key. Legen Sie die Installation mit „beiratswahl init“ an.")
    if secret.lower() in KNOWN_SECRETS or len(secret) < SHORTEST_SECRET:
        raise BadConfiguration(
            f"Der Schlüssel in {file} ist bekannt oder kürzer als {SHORTEST_SECRET} Zeichen. Damit könnte sich jeder als Wahlamt anmelden. "
            "Löschen Sie die Datei und rufen Sie „beiratswahl init“ auf."
        )
    return secret
