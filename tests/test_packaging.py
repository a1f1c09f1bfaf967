"""The wheel and the sdist carry everything, and `dateline` runs from the wheel alone."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow

#: What a wheel needs beside the modules.
TRAVELLERS = ["publish/metadata.yml", "publish/templates/", "publish/static/", "dateline/samples/"]

#: What stays in the repository.
HOMEBODIES = ["tests/", "benchmarks/", "extract/training/"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both from a copy of the tracked files, so that no leftover helps."""
    folder = tmp_path_factory.mktemp("build")
    source = folder / "source"
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git checkout: the list of tracked files is needed")
    for name in filter(None, tracked.stdout.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist")],
        cwd=source,
        check=True,
        capture_output=True,
    )
    return folder / "dist"


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment that holds the wheel; its dependencies are borrowed from this one.

    Folders named in PYTHONPATH do not have their .pth files read, so the editable installation
    of this environment stays out of sight.
    """
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder / "env", with_pip=False, symlinks=True)
    python = folder / "env" / "bin" / "python"
    wheel = next(built.glob("*.whl"))
    target = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    borrowed = os.pathsep.join(site.getsitepackages())
    return {**os.environ, "PYTHONPATH": borrowed, "PYTHON": str(python), "WHERE": target}


def names(path: Path) -> list[str]:
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    with tarfile.open(path) as archive:
        return [name.partition("/")[2] for name in archive.getnames()]


def test_wheel_carries_what_running_needs(built: Path) -> None:
    found = names(next(built.glob("*.whl")))
    assert [t for t in TRAVELLERS if not any(n.startswith(t) for n in found)] == []
    assert [n for n in found if n.startswith(tuple(HOMEBODIES))] == []
    assert "ingest/py.typed" in found


def test_wheel_carries_every_data_file(built: Path) -> None:
    """Word lists, weights, templates: all that is tracked beside the modules."""
    found = set(names(next(built.glob("*.whl"))))
    tracked = subprocess.run(
        ["git", "ls-files", "ingest", "extract", "db", "publish", "dateline"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    wanted = {n for n in tracked if n and not n.startswith("extract/training/")}
    assert wanted - found == set()


def test_sdist_can_be_built_from(built: Path) -> None:
    found = names(next(built.glob("*.tar.gz")))
    for name in ("pyproject.toml", "setup.py", "metadata.yml", "LICENSE", "README.md"):
        assert name in found
    assert any(n.startswith("samples/") for n in found)


def test_dateline_runs_from_the_wheel_alone(installed: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [installed["PYTHON"], "-m", "dateline", "demo", "--no-serve", "--db", "demo.db"],
        cwd=tmp_path,
        env=installed,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "stored" in done.stdout
    where = subprocess.run(
        [installed["PYTHON"], "-c", "import publish; print(publish.__file__)"],
        cwd=tmp_path,
        env=installed,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert where.startswith(installed["WHERE"])
