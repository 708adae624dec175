"""What `docs/errors.md` says is printed for bad input is printed, with the exit code that it names."""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
CONFIGURATION = re.search(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[1]  # type: ignore[index]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "NO_COLOR": "1"}
EPISODE = "---\ntitle: One small thing\n---\n\nHello to all of you.\n"


def write(path: Path, content: str | bytes = EPISODE) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with three episodes, none of them translated."""
    root = tmp_path / "site"
    write(root / "transtool.toml", CONFIGURATION)
    for number in (1, 2, 3):
        write(root / f"ep-{number}" / "en" / "episode.md")
    return root


def spanish(content: bytes) -> Callable[[Path], None]:
    return lambda site: write(site / "ep-1" / "es" / "episode.md", content)


def link_out(at: str) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        outside = site.parent / "outside"
        outside.mkdir()
        place = site / at
        if place.is_dir():
            (place / "en" / "episode.md").unlink()
            (place / "en").rmdir()
            place.rmdir()
        place.symlink_to(outside)

    return change


def configured(old: str, new: str) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        assert old in CONFIGURATION
        write(site / "transtool.toml", CONFIGURATION.replace(old, new))

    return change


def orphan(site: Path) -> None:
    write(site / "ep-4" / "es" / "episode.md")
    configured('["es"]', '["es", "fr"]')(site)


def empty(site: Path) -> None:
    for number in (1, 2, 3):
        (site / f"ep-{number}" / "en" / "episode.md").unlink()


def unconfigured(site: Path) -> None:
    (site / "transtool.toml").unlink()


def two_mistakes(site: Path) -> None:
    write(site / "transtool.toml", CONFIGURATION.replace("source", "sorce").replace('["es"]', '"es"'))


def as_it_is(site: Path) -> None:
    assert site.exists()


SITUATIONS = {
    "Broken YAML": [spanish("---\ntitle: Uno: y más\n---\n\nHola.\n".encode())],
    "Wrong encoding": [spanish("---\ntitle: Uno pequeño\n---\n\nHola.\n".encode("latin-1"))],
    "A path that leaves the site": [
        link_out("ep-2"),
        configured("ep-{number}/{lang}/episode.md", "../{number}/{lang}.md"),
    ],
    "Unknown language": [as_it_is],
    "Number that does not exist": [as_it_is],
    "Missing source": [orphan],
    "A command line that cannot be": [as_it_is, as_it_is],
    "Empty site": [empty],
    "No configuration": [unconfigured],
    "Bad configuration": [two_mistakes, configured('["es"]', "")],
    "Not a directory": [as_it_is, as_it_is],
    "Unwritable target": [lambda site: write(site / "ep-1" / "es", "")],
    "A target outside the site": [link_out("ep-1/es")],
}


def examples() -> list[object]:
    """Every example of the page: how the site is changed, the command, what must be said, the exit code."""
    found: list[object] = []
    for heading, situations in SITUATIONS.items():
        text = re.split(r"^##", PAGE.partition(f"\n### {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
        parts = re.findall(r"^```console\n\$ ([^\n]+)\n(.*?)^```\n\nExit code (\d+)", text, re.MULTILINE | re.DOTALL)
        assert len(parts) == len(situations), heading
        found += [
            pytest.param(change, command, said.splitlines(), int(code), id=f"{heading}-{index}")
            for index, (change, (command, said, code)) in enumerate(zip(situations, parts, strict=True))
        ]
    return found


@pytest.mark.parametrize(("change", "command", "said", "code"), examples())
def test_bad_input_gets_its_line_and_its_exit_code(
    change: Callable[[Path], None], command: str, said: list[str], code: int, site: Path
) -> None:
    change(site)

    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)], cwd=site, env=ENVIRONMENT, capture_output=True, text=True
    )

    printed = (done.stdout + done.stderr).splitlines()
    assert [line for line in said if line not in printed] == [], printed
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_the_page_has_no_example_that_is_not_tried() -> None:
    headings = re.findall(r"^### (.+)$", PAGE, re.MULTILINE)

    assert headings == [*SITUATIONS, "Interrupted run", "Closed pipe"]


def test_an_interrupted_run_ends_with_130_and_without_a_traceback(site: Path) -> None:
    """Git is replaced by a program that says it has begun, and never ends."""
    begun = site / "begun"
    os.mkfifo(begun)
    git = site / "bin" / "git"
    write(git, f"#!/bin/sh\necho begun > '{begun}'\nexec sleep 60\n")
    git.chmod(0o755)
    write(site / "ep-1" / "es" / "episode.md", EPISODE.replace("Hello to all of you.", "Hola a todos."))
    environment = {**ENVIRONMENT, "PATH": f"{git.parent}{os.pathsep}{ENVIRONMENT['PATH']}"}
    (site / ".git").mkdir()

    run = subprocess.Popen(
        [sys.executable, "-m", "transtool", "check"],
        cwd=site,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert begun.read_text() == "begun\n"
        os.kill(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=20)
    finally:
        os.killpg(run.pid, signal.SIGKILL)

    assert run.returncode == 130
    assert said == "transtool: interrupted\n"


def test_a_closed_pipe_ends_a_run_quietly(site: Path) -> None:
    read, written = os.pipe()
    os.close(read)

    done = subprocess.run(
        [sys.executable, "-m", "transtool", "check"],
        cwd=site,
        env=ENVIRONMENT,
        stdout=written,
        stderr=subprocess.PIPE,
        text=True,
    )

    os.close(written)
    assert done.stderr == ""
    assert done.returncode == 0
