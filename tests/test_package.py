"""What is built and installed: the wheel's contents, and a run from a place where the user may not write."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path

import pytest

from oir_cli import __version__
from tests.conftest import BUNDLED, ROOT


def test_every_package_that_is_brought_along_is_accounted_for() -> None:
    """Whatever versions are installed: CONTRIBUTING says of each package what it is for."""
    said = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    listed = set(re.findall(r"[\w-]+", " ".join(re.findall(r"^\| ([^|]+) \|", said, re.MULTILINE))))
    found, rest = set(), ["oir-cli"]
    while rest:
        for required in requires(rest.pop()) or ():
            name = re.split(r"[^\w-]", required)[0].lower().replace("_", "-")
            if "extra ==" not in required and name not in found and _installed(name):
                found.add(name)
                rest.append(name)
    assert {"typer", "rich", "tinydb", "python-dateutil", "icalendar"} <= found
    assert found <= listed


def _installed(name: str) -> bool:
    with suppress(PackageNotFoundError):
        return bool(distribution(name))
    return False


def test_the_changelog_begins_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+) – (?:unreleased|\d{4}-\d\d-\d\d)$", text, re.MULTILINE)[0] == __version__


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from the checkout."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return out


def test_the_wheel_holds_the_code_and_every_file_of_the_store(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {f"oir_cli/data/{path.relative_to(BUNDLED).as_posix()}" for path in BUNDLED.rglob("*.json")}
    code = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "oir_cli").rglob("*")
        if path.suffix in (".py", ".sql", ".html", ".svg", ".css", ".js")
    }
    assert len(data) > 10
    rest = {name for name in names if ".dist-info/" not in name}
    assert rest == data | code - {"oir_cli/hatch_build.py"} | {"oir_cli/search/index.sqlite"}
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_sdist_holds_what_a_packager_needs(built: Path) -> None:
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "data/facts/2014.json",
    } <= names
    assert {"tests/conftest.py", "oir_cli/cli/app.py"} <= names
    assert not any(name.startswith((".git/", ".ci")) for name in names)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the repository")
@pytest.mark.parametrize("how", ["git", "zip"])
def test_a_git_checkout_and_a_zip_of_it_install_and_answer(tmp_path: Path, how: str) -> None:
    site, archive = tmp_path / "site", tmp_path / "oir-main.zip"
    subprocess.run(
        ["git", "archive", "--format=zip", "--prefix=oir-main/", "-o", str(archive), "HEAD"], cwd=ROOT, check=True
    )
    source = str(archive) if how == "zip" else f"git+{ROOT.as_uri()}"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-build-isolation",
    ]
    subprocess.run([*pip, "--target", str(site), source], check=True, capture_output=True)
    run = subprocess.run(
        [sys.executable, "-P", "-m", "oir_cli", "about", "--fields", "store,facts"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(site)},
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    store, facts = run.stdout.rstrip("\n").split("\t")
    assert Path(store) == site / "oir_cli" / "data"
    assert int(facts) > 500


@pytest.mark.skipif(sys.platform == "win32", reason="permissions work otherwise there")
def test_a_read_only_install_answers(built: Path, tmp_path: Path) -> None:
    home = tmp_path / "a path with spaces é"
    venv.create(home, with_pip=False, system_site_packages=False)
    site = next((home / "lib").glob("python*/site-packages"))
    [wheel] = built.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(site)  # noqa: S202 - built a moment ago
    # Its dependencies are those of the environment that runs the tests.
    (site / "there.pth").write_text("\n".join(path for path in sys.path if "site-packages" in path), encoding="utf-8")
    for path in sorted(site.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    site.chmod(0o555)
    try:
        run = subprocess.run(
            [str(home / "bin" / "python"), "-m", "oir_cli", "about", "--fields", "store,facts"],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "OIR_STORE", "HOME")},
            check=False,
        )
        ask = (
            "from oir_cli.search.index import open_prepared; from oir_cli.store import Store, locate; "
            "index = open_prepared(Store(locate())); "
            "print(index.connection.execute('PRAGMA database_list').fetchone()[2]); index.connection.close()"
        )
        index = subprocess.run(
            [str(home / "bin" / "python"), "-c", ask], capture_output=True, text=True, cwd=tmp_path, check=True
        )
    finally:
        site.chmod(0o755)
        for path in site.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
    assert (run.returncode, run.stderr) == (0, "")
    store, facts = run.stdout.rstrip("\n").split("\t")
    assert Path(store) == site / "oir_cli" / "data"
    assert int(facts) > 500
    assert Path(index.stdout.strip()) == site / "oir_cli" / "search" / "index.sqlite"
