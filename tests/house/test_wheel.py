"""The wheel installs in a clean environment and answers."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from beiratswahl.paths import PACKAGE

ASK = """
import beiratswahl, pathlib, sys
from beiratswahl.app import create_app
from beiratswahl.config import load, prepare_instance
from beiratswahl.store.database import open_engine
from beiratswahl.store.migrate import upgrade
folder = pathlib.Path(sys.argv[1])
assert str(folder.parent) in beiratswahl.__file__, beiratswahl.__file__
prepare_instance(folder)
engine = open_engine(load(folder).database_url)
upgrade(engine)
engine.dispose()
client = create_app(load(folder)).test_client()
print(client.get("/").status_code, client.get("/static/vendor/kern/kern.min.css").status_code)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(PACKAGE.parent)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_templates_migrations_and_static_files(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for wanted in ("templates/shared/base.html", "migrations/env.py", "migrations/versions/0001_foundation.py", "static/beiratswahl.css"):
        assert f"beiratswahl/{wanted}" in names
    assert not [name for name in names if "node_modules" in name or name.startswith(("tests", "instance"))]


def test_the_wheel_answers(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "BEIRATSWAHL_INSTANCE": str(tmp_path / "instance")}
    command = [sys.executable, "-c", ASK, str(tmp_path / "instance")]
    answer = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert answer.stdout.split() == ["200", "200"], answer.stderr
