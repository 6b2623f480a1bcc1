"""Where the shipped folders lie: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Path of a shipped folder ("templates", "migrations").

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for candidate in (PACKAGE / name, PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the folder {name!r} is missing from this installation of beiratswahl")


def static() -> Path:
    """Path of the static files, the installed front-end packages among them."""
    return PACKAGE / "static"
