"""The one door to git: what it knows of a site, read once and handed on as values.

A repository is somebody else's: its configuration could name programs to run. Every call therefore goes
through `_command` and `_environment`, which leave git nothing to start, nobody to ask and no network.
"""

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from transtool.errors import N_, Message, Problem, UsageError, WorldError

_OPTIONS = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=" + os.devnull),
    *("-c", "core.quotePath=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.showRoot=true"),
    *("-c", "diff.orderFile=" + os.devnull),
    *("-c", "protocol.allow=never"),
)

# Merges are compared with their first parent only: then the tree of any commit is told by the commits
# along its first parents, and history needs no tree from git.
_LOG = (
    "log",
    "--raw",
    "-z",
    "--root",
    "--no-renames",
    "--no-abbrev",
    "--no-relative",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-decorate",
    "--no-notes",
    "--ignore-submodules=none",
    "--topo-order",
    "--diff-merges=first-parent",
    "--format=tformat:%ct %H %P",
)

# What a hook or a wrapper sets to point git at another repository is dropped; what people set to let git
# work at all (trusted directories, a configuration of their own) stays.
_KEPT = ("GIT_CONFIG", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What git said about a site.

    `log` is the text for `history.parse`, empty where there is none. `prefix` is the site's folder inside
    the repository, with a slash at its end, or empty. `algorithm` is the repository's hash (`sha1` or
    `sha256`). `reason` says why history cannot decide (`no-git`, `foreign`, `no-commits`, `shallow`), empty
    where it can; `problem` says the same to people, with the way out.
    """

    log: str = ""
    prefix: str = ""
    algorithm: str = "sha1"
    reason: str = ""
    problem: Problem | None = None


def read(root: Path) -> Snapshot:
    """Read the history of the repository that holds the site `root`; never raises for what git cannot do."""
    try:
        facts = _run(
            root,
            "rev-parse",
            "--is-shallow-repository",
            "--show-object-format",
            "--is-inside-work-tree",
            "--show-prefix",
        )
    except OSError:
        return _without("no-git", Problem(message=Message(N_("git is not installed, so nothing is known of the past"))))
    if facts.returncode:
        return _no_repository(_text(facts.stderr))
    shallow, algorithm, inside, prefix = _text(facts.stdout).split("\n", 3)
    if inside != "true":
        return _without("no-git", Problem(message=Message(N_("the site is not in git's working tree"))))
    place = Snapshot(prefix=prefix.removesuffix("\n"), algorithm=algorithm)
    return _with_log(root, place, shallow=shallow == "true")


def object_format(root: Path) -> str:
    """Return how the repository that holds `root` names its objects (`sha1`, `sha256`); `sha1` where there is none."""
    with suppress(OSError):
        said = _run(root, "rev-parse", "--show-object-format")
        if not said.returncode:
            return _text(said.stdout).strip()
    return Snapshot().algorithm


def fork_point(root: Path, reference: str) -> str:
    """Return the id of the newest commit that HEAD and `reference` share.

    Raises UsageError where `reference` names no commit or shares nothing with HEAD.
    """
    unknown = UsageError(Problem(message=Message(N_("{reference} names no commit here"), {"reference": reference})))
    if "\0" in reference:
        raise unknown
    try:
        commit = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}")
        if commit.returncode:
            raise unknown
        base = _run(root, "merge-base", "HEAD", _text(commit.stdout).strip())
    except OSError as error:
        raise WorldError(Problem(message=Message(N_("git cannot be run: {error}"), {"error": error}))) from error
    if base.returncode:
        message = Message(N_("{reference} shares no history with what is checked out"), {"reference": reference})
        raise UsageError(Problem(message=message, hint=_FETCH_ALL))
    return _text(base.stdout).split("\n")[0]


class Blobs:
    """A reader of git objects: one `git cat-file --batch`, started when first asked and kept open.

    Use it as a context manager; `blobs(name)` returns an object's bytes or None where it cannot be had.
    """

    def __init__(self, root: Path) -> None:
        """Read from the repository that holds `root`."""
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._present: frozenset[bytes] | None = None

    def __call__(self, name: str) -> bytes | None:
        """Return the bytes of blob `name` (an id, or `commit:path`), None where git does not have it."""
        try:
            asked = os.fsencode(name)
            return None if b"\n" in asked or not asked else self._ask(asked)
        except (OSError, ValueError):
            return None

    def __enter__(self) -> Self:
        """Return the reader itself; nothing is started yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()

    def close(self) -> None:
        """End the process; the next question starts another one."""
        if self._process is None:
            return
        process, self._process = self._process, None
        for stream in (process.stdin, process.stdout):
            _close(stream)
        process.kill()
        process.wait()

    def _ask(self, name: bytes) -> bytes | None:
        if self._present is not None and name not in self._present:
            return None
        process = self._started()
        stdin, stdout = process.stdin, process.stdout
        if stdin is None or stdout is None:  # pragma: no cover  (both are pipes)
            return None
        stdin.write(name + b"\n")
        stdin.flush()
        header = stdout.readline()
        if not header:
            self._died(name)
            return None
        kind, _, size = header.rstrip(b"\n").rpartition(b" ")
        if not size.isdigit() or kind.endswith(b" missing"):
            return None
        data = stdout.read(int(size) + 1)[:-1]
        return data if kind.endswith(b" blob") else None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._owner != os.getpid():
            # Of a process that was forked both would read the answers.
            self._owner = os.getpid()
            self._process = subprocess.Popen(
                _command("cat-file", "--batch"),
                cwd=self._root,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _died(self, name: bytes) -> None:
        # In a partial clone git ends with an error at the first object that was not fetched. From then on
        # only what is there is asked for.
        self.close()
        if self._present is None:
            listing = _run(self._root, "cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)")
            self._present = frozenset(listing.stdout.split()) - {name}


_FETCH_ALL = Message(N_("fetch the whole history: git fetch --unshallow, or fetch-depth: 0 in CI"))


def lacking(count: int) -> Problem:
    """Return the problem that `count` objects that the history names could not be read."""
    message = Message(
        N_("git could not read one object of the history: what rests on it stays unknown"),
        plural=N_("git could not read {count} objects of the history: what rests on them stays unknown"),
        count=count,
    )
    return Problem(message=message, hint=_FETCH_OBJECTS)


_FETCH_OBJECTS = Message(
    N_("fetch them: git fetch --no-filter --refetch; where that does not help, git fsck says what is damaged")
)


def _with_log(root: Path, place: Snapshot, *, shallow: bool) -> Snapshot:
    if _run(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").returncode:
        return _without("no-commits", Problem(message=Message(N_("nothing is committed yet"))), place)
    if shallow:
        message = Message(N_("this is a shallow clone: when translations were made cannot be told"))
        return _without("shallow", Problem(message=message, hint=_FETCH_ALL), place)
    log = _run(root, *_LOG, "HEAD", "--")
    if log.returncode:
        message = Message(N_("git cannot read its history: {error}"), {"error": _last_line(_text(log.stderr))})
        return _without("no-git", Problem(message=message), place)
    return Snapshot(log=_text(log.stdout), prefix=place.prefix, algorithm=place.algorithm)


def _no_repository(stderr: str) -> Snapshot:
    if "dubious ownership" in stderr:
        advice = " ".join(line.strip() for line in stderr.splitlines() if "safe.directory" in line)
        message = Message(N_("git does not trust this repository, because somebody else owns it"))
        return _without("foreign", Problem(message=message, hint=Message("{advice}", {"advice": advice})))
    if "not a git repository" in stderr:
        return _without("no-git", Problem(message=Message(N_("the site is in no git repository"))))
    message = Message(N_("git cannot read its history: {error}"), {"error": _last_line(stderr)})
    return _without("no-git", Problem(message=message))


def _without(reason: str, problem: Problem, place: Snapshot | None = None) -> Snapshot:
    place = place or Snapshot()
    return Snapshot(prefix=place.prefix, algorithm=place.algorithm, reason=reason, problem=problem)


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        _command(*arguments), cwd=root, env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )


def _command(*arguments: str) -> Sequence[str]:
    return ("git", *_OPTIONS, *arguments)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    quiet = {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "",
        "LC_ALL": "C",
        "LANGUAGE": "",
    }
    return kept | quiet


def _text(data: bytes) -> str:
    # File names need not be UTF-8: the odd bytes go through as they do in Python's own file names.
    return data.decode("utf-8", "surrogateescape")


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1]


def _close(stream: IO[bytes] | None) -> None:
    try:
        if stream is not None:
            stream.close()
    except OSError:  # the other end is gone already
        pass
