"""Statische Veröffentlichung: everything the public door shows, written as files that a web server hands out without this application.

A new copy is written beside the old one and takes its place by one atomic rename, so that a reader sees the old state or the new one and
never a mixture. What has not changed is linked, so that its time of change, and with it the web server's ETag, stays the same.
"""

import fcntl
import gzip
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from flask import Flask

from beiratswahl.paths import static
from beiratswahl.public import addresses, languages

#: the web server's root inside the folder of published files
SITE = "site"
COPIES = "copies"
KEPT = 2
COMPRESSED = frozenset({".html", ".css", ".js", ".json", ".jsonld", ".csv", ".svg", ".xml", ".atom", ".txt", ".py", ".ttf"})
_STATIC = re.compile(r"""(?:href|src)=["']/static/([^"'?#]+)""")
_STYLE_URL = re.compile(r"""url\(\s*["']?(?!data:)([^"')?#]+)""")
Progress = Callable[[int, int], None]


class NotWritable(Exception):
    """A page could not be rendered or a file not be written; what was published before stays in place."""


def write_site(app: Flask, folder: Path, base_url: str, progress: Progress | None = None) -> int:
    """Alles Veröffentlichte als Dateien schreiben.

    Args:
        app: an application with the public door only, so that no page points to another door.
        folder: folder of the published files; `site` in it is the root for the web server.
        base_url: address under which people reach the pages, e.g. "https://wahlen.example/".
        progress: called with the number of finished and of all pages.

    Returns:
        Number of files, compressed twins not counted.

    Raises:
        NotWritable: a page does not answer, or the disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)  # the web server is another user
        with _alone(folder):
            return _write_copy(app, folder, base_url, progress or (lambda _done, _all: None))
    except OSError as error:
        raise NotWritable(f"Die Dateien in {folder} konnten nicht geschrieben werden: {error}") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Whoever writes last has also read last; otherwise an older state could replace a newer one."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write_copy(app: Flask, folder: Path, base_url: str, progress: Progress) -> int:
    copies = folder / COPIES
    copies.mkdir(exist_ok=True)
    numbers = sorted(int(one.name) for one in copies.iterdir() if one.name.isdigit())
    current = (folder / SITE).resolve() if (folder / SITE).is_symlink() else None
    new = copies / str(numbers[-1] + 1 if numbers else 1)
    writer = _Writer(new, current)
    try:
        for path, content in _contents(app, base_url, progress):
            writer.write(path, content)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    upcoming = folder / f".{SITE}"
    upcoming.unlink(missing_ok=True)
    upcoming.symlink_to(new.relative_to(folder), target_is_directory=True)
    upcoming.replace(folder / SITE)
    for number in numbers[: -(KEPT - 1)]:
        shutil.rmtree(copies / str(number), ignore_errors=True)
    return writer.files


def _contents(app: Flask, base_url: str, progress: Progress) -> Iterator[tuple[str, bytes]]:
    client = app.test_client(use_cookies=False)
    with app.app_context():
        paths = addresses.every()
    assets: set[str] = set()
    for done, path in enumerate(paths, 1):
        answer = client.get(path, base_url=base_url)
        if answer.status_code != 200:
            raise NotWritable(f"Die Seite {path} antwortet mit {answer.status_code}; es bleibt stehen, was veröffentlicht war.")
        yield _file_of(path, answer.mimetype or ""), answer.data
        if answer.mimetype == "text/html":
            assets |= set(_STATIC.findall(answer.text))
        progress(done, len(paths))
    for language in languages.offered():
        yield f"{language.prefix}/404.html".lstrip("/"), client.get(f"{language.prefix}/wahl/0", base_url=base_url).data
    for name in sorted(assets | _from_styles(assets)):
        yield f"static/{name}", (static() / name).read_bytes()


def _file_of(path: str, media_type: str) -> str:
    """ "/" is index.html, "/en/" is en/index.html, "/wahl/1" is wahl/1.html, a file keeps its name."""
    name = path.lstrip("/")
    if media_type != "text/html":
        return name
    return f"{name}index.html" if path.endswith("/") else f"{name}.html"


def _from_styles(assets: set[str]) -> set[str]:
    """Fonts and pictures that the style sheets ask for."""
    found = set()
    for name in assets:
        if name.endswith(".css"):
            for address in _STYLE_URL.findall((static() / name).read_text(encoding="utf-8")):
                found.add(os.path.normpath(str(PurePosixPath(name).parent / address)))
    return found


class _Writer:
    """Writes one copy; unchanged files are links to the copy before."""

    def __init__(self, new: Path, before: Path | None) -> None:
        self.new = new
        self.before = before
        self.files = 0

    def write(self, name: str, content: bytes) -> None:
        """One file and, where it helps, its compressed twin."""
        self.files += 1
        old = self.before / name if self.before else None
        new = self.new / name
        new.parent.mkdir(parents=True, exist_ok=True)
        if old is not None and old.is_file() and old.read_bytes() == content:
            self._link(old, new)
            return
        self._write(new, content, old)
        if new.suffix in COMPRESSED:
            self._write(_twin(new), gzip.compress(content, 6, mtime=0), _twin(old) if old else None)

    def _link(self, old: Path, new: Path) -> None:
        new.hardlink_to(old)
        if _twin(old).is_file():
            _twin(new).hardlink_to(_twin(old))

    def _write(self, new: Path, content: bytes, old: Path | None) -> None:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if old is not None and old.is_file():
            # a web server's ETag is made of seconds and size: within one second a new page must not look like the old one
            earlier, now = int(old.stat().st_mtime), int(new.stat().st_mtime)
            if now <= earlier:
                os.utime(new, (earlier + 1, earlier + 1))


def _twin(path: Path) -> Path:
    return path.with_name(f"{path.name}.gz")
