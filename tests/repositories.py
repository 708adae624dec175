"""A builder of real git repositories for tests: fixed identity, fixed dates, nobody's own configuration."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_START = 1_577_880_000  # 2020-01-01, noon UTC
_DAY = 86_400


class Repository:
    """A repository in `root`. Every commit is a day younger than the one before it, unless told otherwise."""

    def __init__(self, root: Path, *, algorithm: str = "sha1") -> None:
        """Create the folder and an empty repository with the branch `main`."""
        self.root = root
        self._commits = 0
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", f"--object-format={algorithm}")

    def git(self, *arguments: str, when: int | None = None) -> str:
        """Run git here and return what it printed, without the last line feed; raise where it fails."""
        moment = f"{_START + _DAY * self._commits if when is None else when} +0000"
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment(moment), check=True, capture_output=True, text=True
        )
        return done.stdout.removesuffix("\n")

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files into the working tree; None deletes one."""
        for name, content in files.items():
            path = self.root / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, files: Mapping[str, str | bytes | None] | None = None, *, when: int | None = None) -> str:
        """Write `files`, commit everything that changed and return the commit's id."""
        self.write(files or {})
        self._commits += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", f"commit {self._commits}", when=when)
        return self.git("rev-parse", "HEAD")

    def switch(self, branch: str, *, new: bool = False) -> None:
        """Check out `branch`, created here when `new`."""
        self.git("switch", "-q", *(["-c"] if new else []), branch)

    def merge(self, branch: str, files: Mapping[str, str | bytes | None] | None = None) -> str:
        """Merge `branch` with a merge commit; `files` are written as its resolution. Return the commit's id."""
        self._commits += 1
        if files is None:
            self.git("merge", "-q", "--no-ff", "--no-edit", branch)
            return self.git("rev-parse", "HEAD")
        self.git("merge", "-q", "--no-ff", "--no-commit", "-s", "ours", branch)
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-q", "--no-edit")
        return self.git("rev-parse", "HEAD")


def environment(moment: str = f"{_START} +0000") -> dict[str, str]:
    """Return the environment that these repositories are made in."""
    who = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in _IDENTITY.items()}
    when = {f"GIT_{role}_DATE": moment for role in ("AUTHOR", "COMMITTER")}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | who | when | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}


_IDENTITY = {"NAME": "Somebody", "EMAIL": "somebody@example.org"}


NOTE = "---\ntitle: {}\n---\n{}\n"
"""A page, given its title and its text."""


def behind(root: Path, settings: str = "") -> Repository:
    """Make a site of one note whose Spanish translation is behind and whose French one is missing."""
    repository = Repository(root)
    config = f'source = "en"\nlanguages = ["es", "fr"]\n{settings}[series.notes]\npath = "{{number}}/{{lang}}.md"\n'
    repository.commit({"transtool.toml": config, "1/en.md": NOTE.format("Bus", "The bus leaves at ten.")})
    repository.commit({"1/es.md": NOTE.format("Autobús", "El autobús sale a las diez.")})
    repository.commit({"1/en.md": NOTE.format("Bus", "The bus leaves at noon and is red.")})
    return repository
