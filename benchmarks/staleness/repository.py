"""Commits for `git fast-import`: whole histories in one process, and the newest-commit-date rule on them."""

import random
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

_START = 1_600_000_000
_DAY = 86_400


@dataclass(slots=True)
class Repository:
    """A history being written. Clocks run on, but one commit in thirty was made by a clock that is days wrong."""

    rng: random.Random
    stream: list[bytes] = field(default_factory=list)
    trees: dict[str, dict[str, bytes]] = field(default_factory=lambda: {"main": {}})
    tips: dict[str, int] = field(default_factory=dict)
    touched: dict[str, tuple[int, int]] = field(default_factory=dict)  # path -> (time, mark) of its last commit
    now: int = _START
    marks: int = 0

    def commit(self, files: dict[str, bytes | None], branch: str = "main") -> None:
        """Commit `files` (None deletes) on `branch`; nothing happens where nothing differs."""
        tree = self.trees[branch]
        changed = {path: data for path, data in files.items() if tree.get(path) != data}
        if changed:
            self._write(branch, changed, [])

    def branch(self, name: str, start: str = "main") -> None:
        """Start a branch where `start` stands now."""
        self.trees[name] = dict(self.trees[start])
        self.tips[name] = self.tips[start]

    def merge(self, name: str, files: dict[str, bytes | None], into: str = "main") -> None:
        """Merge a branch; `files` is what the merged tree has other than `into`."""
        tree = self.trees[into]
        changed = {path: data for path, data in files.items() if tree.get(path) != data}
        self._write(into, changed, [self.tips[name]], merge=True)

    def create(self, root: Path) -> None:
        """Make the repository in `root` and check it out."""
        root.mkdir(parents=True)
        _git(root, "init", "-q", "-b", "main")
        _git(root, "config", "core.autocrlf", "false")
        _git(root, "fast-import", "--quiet", data=b"".join(self.stream))
        _git(root, "reset", "-q", "--hard", "main")

    def older_than(self, translation: str, source: str) -> bool:
        """The date rule: whether the newest commit of `translation` is older than that of `source`."""
        return self.touched[translation] < self.touched[source]

    def _write(self, branch: str, changed: dict[str, bytes | None], merged: list[int], *, merge: bool = False) -> None:
        self.marks += 1
        self.now += self.rng.randrange(600, 3 * _DAY)
        wrong = self.rng.randrange(-20, 20) * _DAY if self.rng.random() < 0.03 else 0
        when = self.now + wrong
        author = f"A Writer <writer@site.example> {when} +0000"
        head = [f"commit refs/heads/{branch}", f"mark :{self.marks}", f"author {author}", f"committer {author}"]
        self.stream.append(("\n".join(head) + "\ndata 6\nchange\n").encode())
        if branch in self.tips:
            self.stream.append(f"from :{self.tips[branch]}\n".encode())
        self.stream += [f"merge :{mark}\n".encode() for mark in merged]
        tree = self.trees[branch]
        for path, data in changed.items():
            if data is None:
                self.stream.append(f"D {path}\n".encode())
                tree.pop(path, None)
            else:
                self.stream.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
                tree[path] = data
            if not merge:
                self.touched[path] = (when, self.marks)
        self.stream.append(b"\n")
        self.tips[branch] = self.marks


def _git(root: Path, *arguments: str, data: bytes | None = None) -> None:
    subprocess.run(["git", *arguments], cwd=root, input=data, check=True, capture_output=True)
