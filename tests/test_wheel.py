"""What people install: the wheel, built from the source distribution, in a fresh environment."""

import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LANGUAGES = sorted(path.name for path in (ROOT / "locales").iterdir() if (path / "LC_MESSAGES").is_dir())

pytestmark = pytest.mark.slow


def run(*command: object, cwd: Path, **environment: str) -> str:
    """Run `command` away from the checkout's own package; return what it printed, fail with all it said."""
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}} | environment
    done = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@dataclass(frozen=True)
class Fresh:
    """An environment that holds the wheel and what it depends on, nothing else."""

    wheel: Path
    bin: Path
    home: Path

    def run(self, command: str, *arguments: object, **environment: str) -> str:
        return run(self.bin / command, *arguments, cwd=self.home, **environment)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the source distribution, so that whatever that one lacks is missed here too."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", out, cwd=ROOT)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    run(*pip, "--no-deps", "--no-build-isolation", "-w", out, *out.glob("*.tar.gz"), cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def fresh(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    home = tmp_path_factory.mktemp("fresh")
    run(sys.executable, "-m", "venv", "env", cwd=home)
    bin_ = home / "env" / "bin"
    pip = [bin_ / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run(*pip, "--no-deps", "--require-hashes", "--requirement", ROOT / "requirements" / "run.txt", cwd=home)
    run(*pip, "--no-deps", "--no-index", wheel, cwd=home)
    return Fresh(wheel=wheel, bin=bin_, home=home)


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_wheel_holds_a_compiled_catalogue_of_every_language(wheel: Path) -> None:
    compiled = {name.split("/")[-3] for name in names(wheel) if name.endswith(".mo")}
    assert compiled == set(LANGUAGES)


def test_the_wheel_holds_every_schema_and_the_marker_of_types(wheel: Path) -> None:
    shipped = {name for name in names(wheel) if name.startswith("transtool/schemas/")}
    assert shipped >= {f"transtool/schemas/{path.name}" for path in (ROOT / "transtool" / "schemas").glob("*.json")}
    assert "transtool/schemas/config.schema.json" in shipped
    assert "transtool/py.typed" in names(wheel)


def test_the_installed_package_brings_its_manual_page(fresh: Fresh) -> None:
    installed = fresh.bin.parent / "share" / "man" / "man1" / "transtool.1"
    assert installed.read_bytes() == (ROOT / "docs" / "transtool.1").read_bytes()


def test_the_wheel_holds_nothing_but_the_package_and_its_metadata(wheel: Path) -> None:
    assert {name.split("/")[0].partition("-")[0] for name in names(wheel)} == {"transtool"}
    assert not [name for name in names(wheel) if "__pycache__" in name or name.startswith("tests")]


def test_an_index_finds_every_image_and_page_that_the_readme_names(wheel: Path) -> None:
    """It shows the README without the repository: the wheel's leads to the files of its own release."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith("/METADATA"))
        metadata = archive.read(name).decode()
    version = wheel.name.split("-")[1]
    targets = re.findall(r'(?:src|srcset)="([^"]+)"|\]\(([^)]+)\)', metadata)
    places = ["https://raw.githubusercontent.com/transtool/transtool", "https://github.com/transtool/transtool/blob"]
    start = re.compile(rf"(?:{'|'.join(map(re.escape, places))})/v{re.escape(version)}/([^#]+)")
    files = [match[1] if (match := start.match(image or link)) else image or link for image, link in targets]

    assert {"CHANGELOG.md", "docs/commands.md", "docs/screenshots/episode-light.png"} <= set(files)
    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_the_pinned_requirements_satisfy_what_the_wheel_asks_for(fresh: Fresh) -> None:
    assert "No broken requirements" in fresh.run("python", "-m", "pip", "check")


@pytest.mark.parametrize("command", [("transtool",), ("python", "-m", "transtool")], ids=" ".join)
def test_both_ways_to_start_it_say_the_version(fresh: Fresh, command: tuple[str, ...]) -> None:
    version = fresh.wheel.name.split("-")[1]
    assert version in fresh.run(command[0], *command[1:], "--version")


def test_the_installed_package_speaks_spanish(fresh: Fresh) -> None:
    code = "import sys, transtool.i18n as w; print(w.choose('es', {}).language('de'))"
    assert fresh.run("python", "-c", code).strip() == "alemán"


def test_the_installed_package_checks_a_site(fresh: Fresh) -> None:
    site = fresh.home / "site"
    (site / "en").mkdir(parents=True)
    (site / "transtool.toml").write_text(
        'source = "en"\nlanguages = ["es"]\n[series.notes]\npath = "{lang}/{number}.md"\n', encoding="utf-8"
    )
    (site / "en" / "7.md").write_text("---\ntitle: Seven\n---\nOne sentence of text.\n", encoding="utf-8")
    report = json.loads(fresh.run("transtool", "check", site, "--format", "json"))
    (episode,) = report["episodes"]
    assert (episode["key"], episode["translations"]["es"]["status"]) == ("7", "missing")
