"""The one door to git: what it knows of a site, read once and handed on as values.

A repository is somebody else's: its configuration could name programs to run. Every call therefore goes
through `_command` and `_environment`, which leave git nothing to start, nobody to ask and no network.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from transtool.errors import N_, Message, Problem, UsageError, WorldError
from transtool.site import process

PATIENCE = "TRANSTOOL_GIT_PATIENCE"
"""The environment variable with the seconds that git may keep silent."""
_PATIENCE = 120.0
"""Seconds without an answer after which git is stopped: a history of a million commits is sorted in a tenth of that."""
_MOST = 512 << 20
"""Bytes of an answer: thirty times the log of 23,000 commits. A few objects can stand for billions of paths."""
_LARGEST = 64 << 20
"""Bytes of an object that is read; a larger one is no page."""
_AHEAD = 512
"""Objects that are asked for at once: their names are shorter together than what a pipe holds."""
_ROOM = 32 << 20
"""Bytes of objects that are kept for the next time: the versions of some hundred pages."""
_DEATHS = 8
"""Objects over which git may end, restarted for each, before it is not asked any more."""

# Whatever a configuration, an attribute or a file in `.git` could make git start, follow, wait for or believe.
_OPTIONS = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=" + os.devnull),
    *("-c", "core.attributesFile=" + os.devnull),
    *("-c", "core.commitGraph=false"),
    *("-c", "core.quotePath=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.showRoot=true"),
    *("-c", "log.mailmap=false"),
    *("-c", "mailmap.file=" + os.devnull),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
    *("-c", "diff.orderFile=" + os.devnull),
    *("-c", "protocol.allow=never"),
    *("-c", "credential.helper="),
    *("-c", "safe.bareRepository=explicit"),
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
    "--no-mailmap",
    "--encoding=UTF-8",
    "--ignore-submodules=none",
    "--topo-order",
    "--diff-merges=first-parent",
    "--format=tformat:%ct %H %P%x1f%(trailers:only,unfold,separator=%x1f)",
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
    where it can; `problem` says the same to people, with the way out. `head` is the id of the newest commit; where
    `since` names an older one, `log` has only the commits that it does not contain.
    """

    log: str = ""
    head: str = ""
    since: str = ""
    prefix: str = ""
    algorithm: str = "sha1"
    reason: str = ""
    problem: Problem | None = None


def read(root: Path, since: str = "") -> Snapshot:
    """Read the history of the repository that holds the site `root`; never raises for what git cannot do.

    What the commit `since` contains is left out, if git has such a commit.
    """
    return _asked(partial(_read, root, since))


def object_format(root: Path) -> str:
    """Return how the repository that holds `root` names its objects (`sha1`, `sha256`); `sha1` where there is none."""
    with suppress(OSError, process.Stopped):
        said = _run(root, "rev-parse", "--show-object-format")
        if not said.returncode:
            return _text(said.stdout).strip()
    return Snapshot().algorithm


def web_address(root: Path) -> str:
    """Return the address of the web pages of the repository that `root` was cloned from; empty where nobody knows."""
    with suppress(OSError, process.Stopped):
        said = _run(root, "remote", "get-url", "origin")
        found = _REMOTE.fullmatch(_text(said.stdout).strip())
        if not said.returncode and found is not None:
            return f"https://{found['host']}/{found['path'].removesuffix('.git')}"
    return ""


# `https://host/owner/name.git`, `git@host:owner/name.git`, `ssh://git@host:22/owner/name`; never a password.
_REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^@/\s]*@)?|[\w.-]+@)(?P<host>[\w-]+(?:\.[\w-]+)+)(?::[0-9]+)?[/:]"
    r"(?P<path>[\w.~-]+(?:/[\w.~-]+)+)/?"
)


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
    except process.Stopped as stopped:
        raise WorldError(_stopped(stopped)) from stopped
    if base.returncode > 1:
        raise WorldError(_unreadable(_text(base.stderr)))
    if base.returncode:
        message = Message(N_("{reference} shares no history with what is checked out"), {"reference": reference})
        raise UsageError(Problem(message=message, hint=_FETCH_ALL))
    return _text(base.stdout).split("\n")[0]


class Blobs:
    """A reader of git objects: one `git cat-file --batch`, started when first asked and kept open.

    Use it as a context manager; `blobs(name)` returns an object's bytes or None where it cannot be had. Where git
    ends over a question another one is asked, once, before that object counts as absent.
    """

    def __init__(self, root: Path) -> None:
        """Read from the repository that holds `root`."""
        self._root = root
        self._child: process.Child | None = None
        self._owner = os.getpid()
        self._present: frozenset[bytes] | None = None
        self._deaths = 0
        self._kept: dict[str, bytes] = {}
        self._size = 0

    def expect(self, names: Iterable[str]) -> None:
        """Read blobs (by their ids) that will be asked for at once, which spares waiting for each, and keep them."""
        lacking = [name for name in dict.fromkeys(names) if name not in self._kept][:_AHEAD]
        if len(lacking) < 2 or self._deaths or self._present is not None:
            return
        with suppress(OSError, process.Stopped):  # what is left is asked for by itself
            child = self._started()
            with _noted(self._root):
                child.write("".join(f"{name}\n" for name in lacking).encode())
                for name in lacking:
                    self._keep(name, self._received(child))
                    if self._child is not child:
                        return
            return
        self.close()

    def _keep(self, name: str, data: bytes | None) -> None:
        """Keep an object, and as many of those before as there is room for."""
        if data is not None:
            self._kept[name] = data
            self._size += len(data)
        while self._size > _ROOM:
            self._size -= len(self._kept.pop(next(iter(self._kept))))

    def __call__(self, name: str) -> bytes | None:
        """Return the bytes of blob `name` (an id, or `commit:path`), None where git does not have it."""
        if name in self._kept:
            return self._kept[name]
        try:
            asked = os.fsencode(name)
        except ValueError:
            return None
        return None if b"\n" in asked or not asked else self._found(name, asked)

    def __enter__(self) -> Self:
        """Return the reader itself; nothing is started yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()

    def close(self) -> int:
        """End the process and return its exit code, 0 where none runs; the next question starts another one."""
        child, self._child = self._child, None
        if child is None:
            return 0
        if self._owner != os.getpid():  # it answers the process that this one was forked from
            child.forget()
            return 0
        return child.kill()

    def _found(self, name: str, asked: bytes) -> bytes | None:
        """Return the answer to a question; where git ends over it, another git is asked before that is believed."""
        for _ in range(2):
            if self._deaths >= _DEATHS or self._is_absent(name, asked):
                break
            try:
                return self._answer(asked)
            except (BrokenPipeError, ConnectionError):
                self.close()
            except (OSError, process.Stopped):  # it cannot be started, or it keeps silent
                self._deaths = _DEATHS
                self.close()
        else:
            self._died(asked)
        return None

    def _is_absent(self, name: str, asked: bytes) -> bool:
        return self._present is not None and asked not in self._present and _ID.fullmatch(name) is not None

    def _answer(self, asked: bytes) -> bytes | None:
        """Ask git once. Raises OSError where it ends before it has answered."""
        child = self._started()
        with _noted(self._root):
            child.write(asked + b"\n")
            return self._received(child)

    def _received(self, child: process.Child) -> bytes | None:
        header = child.line()
        if not header.endswith(b"\n"):
            raise BrokenPipeError
        kind, _, size = header[:-1].rpartition(b" ")
        if not size.isdigit():
            return None
        if int(size) > _LARGEST:
            self.close()
            return None
        data = child.read(int(size) + 1)
        if len(data) <= int(size):
            raise BrokenPipeError
        self._deaths = 0
        return data[:-1] if kind.endswith(b" blob") else None

    def _started(self) -> process.Child:
        if self._owner != os.getpid():  # of a process that was forked both would read the answers
            self.close()
            self._owner = os.getpid()
        if self._child is None:
            _require_patience(self._root)
            self._child = process.Child(
                _command("cat-file", "--batch"), cwd=self._root, env=_environment(), patience=_patience()
            )
        return self._child

    def _died(self, asked: bytes) -> None:
        # In a partial clone git ends with an error at any object that was not fetched. From then on only what
        # is there is asked for.
        self._deaths += 1
        if self._present is not None:
            return
        with suppress(OSError, process.Stopped):
            listing = _run(self._root, "cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)")
            if not listing.returncode:
                self._present = frozenset(listing.stdout.split()) - {asked}


_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
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


def look(root: Path) -> Snapshot:
    """Return what `read` does but the log: which commit is the newest one, and whether history can decide."""
    return _asked(partial(_place, root))


def _asked(ask: Callable[[], Snapshot]) -> Snapshot:
    """Return what git says, or why it says nothing."""
    try:
        return ask()
    except OSError:
        return _without("no-git", Problem(message=Message(N_("git is not installed, so the history is not known"))))
    except process.Stopped as stopped:
        return _without("no-git", _stopped(stopped))


def _place(root: Path) -> Snapshot:
    facts = ("--is-shallow-repository", "--show-object-format", "--is-inside-work-tree", "--show-prefix")
    said = _run(root, "rev-parse", *facts, "HEAD^{commit}")
    is_empty = bool(said.returncode)
    if is_empty:
        said = _run(root, "rev-parse", *facts)
    if said.returncode:
        return _no_repository(_text(said.stderr))
    shallow, algorithm, inside, rest = _text(said.stdout).removesuffix("\n").split("\n", 3)
    if inside != "true":
        return _without("no-git", Problem(message=Message(N_("the site is not in git's working tree"))))
    prefix, _, head = (rest, "", "") if is_empty else rest.rpartition("\n")
    place = Snapshot(prefix=prefix, algorithm=algorithm, head=head)
    if is_empty:
        return _without("no-commits", Problem(message=Message(N_("nothing is committed yet"))), place)
    if shallow == "true":
        message = Message(N_("this is a shallow clone, so it is not known when translations were made"))
        return _without("shallow", Problem(message=message, hint=_FETCH_ALL), place)
    return place


def _read(root: Path, since: str) -> Snapshot:
    place = _place(root)
    if place.reason:
        return place
    if since == place.head:
        return replace(place, since=since)
    if since:
        newer = _run(root, *_LOG, place.head, "^" + since, "--")
        if not newer.returncode:
            return replace(place, since=since, log=_text(newer.stdout))
    log = _run(root, *_LOG, place.head, "--")
    if log.returncode:
        return _without("no-git", _unreadable(_text(log.stderr)), place)
    return replace(place, log=_text(log.stdout))


def _no_repository(stderr: str) -> Snapshot:
    if "dubious ownership" in stderr:
        advice = " ".join(line.strip() for line in stderr.splitlines() if "safe.directory" in line)
        message = Message(N_("git does not trust this repository, because somebody else owns it"))
        return _without("foreign", Problem(message=message, hint=Message("{advice}", {"advice": advice})))
    if "not a git repository" in stderr:
        return _without("no-git", Problem(message=Message(N_("the site is not in a git repository"))))
    return _without("no-git", _unreadable(stderr))


def _unreadable(stderr: str) -> Problem:
    return Problem(message=Message(N_("git cannot read its history: {error}"), {"error": _last_line(stderr)}))


def _stopped(stopped: process.Stopped) -> Problem:
    if not stopped.is_silent:
        message = Message(N_("git says more than {size} MiB of its history; it was stopped"), {"size": _MOST >> 20})
        return Problem(message=message)
    message = Message(N_("git gave no answer for {seconds} s and was stopped"), {"seconds": round(_patience())})
    return Problem(message=message, hint=Message(N_("{name} sets how long to wait"), {"name": PATIENCE}))


def _without(reason: str, problem: Problem, place: Snapshot | None = None) -> Snapshot:
    place = place or Snapshot()
    return Snapshot(prefix=place.prefix, algorithm=place.algorithm, reason=reason, problem=problem)


def _run(root: Path, *arguments: str) -> process.Done:
    _require_patience(root)
    with _noted(root):
        return process.run(_command(*arguments), cwd=root, env=_environment(), patience=_patience(), most=_MOST)


_silent: set[Path] = set()
"""Where git kept silent in this run: waiting for it once is enough."""


@contextmanager
def _noted(root: Path) -> Iterator[None]:
    """Take note where git keeps silent."""
    try:
        yield
    except process.Stopped as stopped:
        if stopped.is_silent:
            _silent.add(root)
        raise


def _require_patience(root: Path) -> None:
    if root in _silent:
        raise process.Stopped(is_silent=True)


def _patience() -> float:
    """Return the seconds that git may keep silent: what the environment says, if that is a sensible number."""
    asked = os.environ.get(PATIENCE, "")
    return float(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 and int(asked) else _PATIENCE


def _command(*arguments: str) -> Sequence[str]:
    return ("git", *_OPTIONS, *arguments)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    quiet = {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
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
