"""What a command loads before it does anything: whoever asks for help should not wait for what reads a site."""

import subprocess
import sys

import pytest

HEAVY = {"babel", "frontmatter", "msgspec", "tomllib", "yaml"}
_READING = ("assess.report", "config", "document", "history", "link", "site.open", "site.scan", "site.git")
READERS = {f"transtool.{name}" for name in _READING}


def loaded_by(*arguments: str) -> set[str]:
    """The modules that are there when the command line has ended."""
    program = (
        "import sys; from transtool.cli import run; sys.argv = ['transtool', *sys.argv[1:]]; code = run(); "
        "sys.stderr.write(' '.join(sys.modules)); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("check", "--help")])
def test_help_and_version_load_nothing_that_reads_a_site(arguments: tuple[str, ...]) -> None:
    assert loaded_by(*arguments) & (HEAVY | READERS) == set()


def test_the_version_is_said_without_what_draws_on_terminals() -> None:
    assert loaded_by("--version") & {"markdown_it", "rich"} == set()


def test_the_package_itself_loads_none_of_its_modules() -> None:
    program = "import sys, transtool; print(*(name for name in sys.modules if name.startswith('transtool')))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["transtool"]
