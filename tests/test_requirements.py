"""The locks in requirements/: whole, hashed, and of one mind, since they are installed one after the other."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def pins(lock: Path) -> dict[str, str]:
    """The version of every package that a lock names."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


def wanted(text: str) -> set[str]:
    """The lines of a file of requirements that are no comments."""
    return {line for line in text.splitlines() if line and not line.startswith("#")}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_of_a_lock_has_one_version_and_hashes(lock: Path) -> None:
    text = re.sub(r"\\\n\s*", "", lock.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    whole = re.compile(r"[\w.-]+==\S+ (; [^#]+ )?--hash=sha256:[\da-f]{64}.*")

    assert [line for line in lines if not whole.fullmatch(line)] == []
    assert len(lines) == len(pins(lock))


def test_locks_that_name_the_same_package_name_the_same_version() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in pins(lock).items():
            versions.setdefault(name, set()).add(version)

    assert {name: each for name, each in versions.items() if len(each) > 1} == {}


def test_no_lock_says_where_packages_come_from() -> None:
    """That is for the machine to know: an address of one of them would fail on the others."""
    assert [lock.name for lock in LOCKS if re.search(r"://|^--?\w+-url|^-f ", lock.read_text(), re.MULTILINE)] == []


def test_what_builds_the_package_is_locked_too() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    inputs = (ROOT / "requirements" / "build.in").read_text(encoding="utf-8")

    assert wanted(inputs) == set(project["build-system"]["requires"])
