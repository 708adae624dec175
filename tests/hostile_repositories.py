"""Repositories that want to run something, to write somewhere else, or to keep a run busy for ever: a table.

Each entry changes a small site with a history (`Victim`). Whatever is done with it must end, run no program of the
repository, write nothing outside of the site, and say what is odd in plain lines.
"""

import os
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path

from tests.repositories import Repository

CONFIGURATION = """source = "en"
languages = ["es", "fr"]
[series.walks]
path = "walks/{number}/{lang}/page.md"
"""
_PAGE = "---\ntitle: {title}\n---\n\nWe start at the lock, number {number}.\n\nThe way back is shorter.\n"

FILES = {
    "transtool.toml": CONFIGURATION,
    "walks/1/en/page.md": _PAGE.format(title="Along the canal", number="one"),
    "walks/1/es/page.md": "---\ntitle: Junto al canal\n---\n\nEmpezamos en la esclusa.\n\nLa vuelta es corta.\n",
    "walks/2/en/page.md": _PAGE.format(title="Up the hill", number="two"),
}


@dataclass(frozen=True)
class Victim:
    """A site with a history, and a folder beside it that nobody may touch."""

    repository: Repository
    outside: Path

    @property
    def root(self) -> Path:
        """The site."""
        return self.repository.root

    @property
    def marker(self) -> Path:
        """The file that is there once a program of the repository has run."""
        return self.outside / "it ran"

    def program(self) -> str:
        """Make a program that says that it ran, and return its path."""
        path = self.outside.parent / "program"
        path.write_text(f"#!/bin/sh\ntouch '{self.marker}'\ncat\n")
        path.chmod(0o755)
        return str(path)

    def place(self, path: str) -> Path:
        """Return a free place for `path` of the site; what stood there is gone, folders are made."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        return place

    def commit_object(self, committer: str, *more: str, message: bytes = b"odd\n") -> None:
        """Commit what is there once more, with a committer (and headers) that git itself would refuse to write."""
        tree, parent = self.repository.git("rev-parse", "HEAD^{tree}"), self.repository.git("rev-parse", "HEAD")
        lines = [f"tree {tree}", f"parent {parent}", "author A <a@example.org> 1577880000 +0000", committer, *more]
        self.adopt("commit", "\n".join(lines).encode() + b"\n\n" + message)

    def adopt(self, kind: str, data: bytes) -> str:
        """Store an object as it is; a commit becomes the newest one. Return its id."""
        name = stored(self.root, kind, data)
        if kind == "commit":
            self.repository.git("update-ref", "refs/heads/main", name)
        return name

    def loose(self, reference: str) -> Path:
        """Return the file that holds an object."""
        name = self.repository.git("rev-parse", reference)
        path = self.root / ".git" / "objects" / name[:2] / name[2:]
        path.chmod(0o644)
        return path


def stored(root: Path, kind: str, data: bytes) -> str:
    """Store an object, whatever git thinks of it, and return its id."""
    whole = f"{kind} {len(data)}\0".encode() + data
    name = sha1(whole).hexdigest()
    path = root / ".git" / "objects" / name[:2] / name[2:]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(whole))
    return name


def victim(folder: Path) -> Victim:
    """Make the site that is attacked, in `folder`."""
    repository = Repository(folder / "site")
    repository.commit(FILES)
    repository.commit({"walks/1/en/page.md": FILES["walks/1/en/page.md"].replace("shorter", "much longer")})
    outside = folder / "outside"
    outside.mkdir()
    (outside / "precious.md").write_text("---\ntitle: Precious\n---\n\nNobody may read or change this.\n")
    return Victim(repository, outside)


Attack = Callable[[Victim], object]


def _config(values: Mapping[str, str], attributes: str = "") -> Attack:
    """Set these; `PROGRAM` stands for a program that leaves a trace."""

    def attack(victim: Victim) -> None:
        if attributes:
            victim.repository.commit(
                {".gitattributes": attributes, "walks/2/en/page.md": "---\ntitle: New\n---\n\nx\n"}
            )
        for name, value in values.items():
            value = value.replace("PROGRAM", victim.program()).replace("OUTSIDE", str(victim.outside))
            victim.repository.git("config", name, value)
        victim.marker.unlink(missing_ok=True)

    return attack


def _fifo(path: str, **config: str) -> Attack:
    """Let `path` be a pipe that nobody writes to."""

    def attack(victim: Victim) -> None:
        for name, value in config.items():
            victim.repository.git("config", name.replace("_", "."), value)
        os.mkfifo(victim.place(path))

    return attack


def _link(path: str, goal: str) -> Attack:
    """Let `path` be a link; `OUTSIDE` stands for the folder outside."""

    def attack(victim: Victim) -> None:
        victim.place(path).symlink_to(goal.replace("OUTSIDE", str(victim.outside)))

    return attack


def _content(path: str, text: str) -> Attack:
    """Let `path` hold `text`."""
    return lambda victim: victim.place(path).write_text(text)


def _committer(line: str, *more: str, message: bytes = b"odd\n") -> Attack:
    return lambda victim: victim.commit_object(line, *more, message=message)


def _all(*attacks: Attack) -> Attack:
    def attack(victim: Victim) -> None:
        for each in attacks:
            each(victim)

    return attack


def _hooks(victim: Victim) -> None:
    program = victim.program()
    for name in ("post-checkout", "post-index-change", "pre-commit", "reference-transaction", "fsmonitor-watchman"):
        place = victim.place(f".git/hooks/{name}")
        place.symlink_to(program)


def _lost_object(victim: Victim) -> None:
    _config({"remote.origin.url": "ext::PROGRAM", "remote.origin.promisor": "true", "protocol.ext.allow": "always"})(
        victim
    )
    victim.repository.git("config", "extensions.partialClone", "origin")
    victim.loose("HEAD~1:walks/1/en/page.md").unlink()


def _damaged(reference: str, data: bytes = b"this is no object") -> Attack:
    return lambda victim: victim.loose(reference).write_bytes(data)


def _cyclic_grafts(victim: Victim) -> None:
    newest, first = (victim.repository.git("rev-parse", name) for name in ("HEAD", "HEAD~1"))
    victim.place(".git/info/grafts").write_text(f"{first} {newest}\n{newest} {first}\n")


def _cyclic_replacements(victim: Victim) -> None:
    newest, first = (victim.repository.git("rev-parse", name) for name in ("HEAD", "HEAD~1"))
    for old, new in ((newest, first), (first, newest)):
        victim.place(f".git/refs/replace/{old}").write_text(f"{new}\n")


def _bomb(victim: Victim) -> None:
    """A tree of ten trees of ten trees …: ten objects stand for 10,000,000,000 files. The next commit drops it."""
    git = victim.repository.git
    kept, mode, name = git("rev-parse", "HEAD^{tree}"), b"100644", stored(victim.root, "blob", b"boom\n")
    for _ in range(10):
        entries = b"".join(mode + b" %d\0" % number + bytes.fromhex(name) for number in range(10))
        name, mode = stored(victim.root, "tree", entries), b"40000"
    for tree in (name, kept):
        head = git("rev-parse", "HEAD")
        who = "Somebody <somebody@example.org> 1577880000 +0000"
        text = f"tree {tree}\nparent {head}\nauthor {who}\ncommitter {who}\n\nx\n"
        victim.adopt("commit", text.encode())


def _bare_inside(victim: Victim) -> None:
    """A folder of the site looks like a repository of its own, with a configuration that runs something."""
    bare = victim.root / "walks"
    for name in ("objects", "refs"):
        (bare / name).mkdir()
    (bare / "HEAD").write_text("ref: refs/heads/main\n")
    (bare / "config").write_text(f"[core]\nbare = false\nworktree = {victim.root}\nfsmonitor = {victim.program()}\n")


def _submodule(victim: Victim) -> None:
    head = victim.repository.git("rev-parse", "HEAD")
    victim.repository.git("update-index", "--add", "--cacheinfo", f"160000,{head},walks/sub")
    module = f'[submodule "x"]\n\tpath = walks/sub\n\turl = ext::{victim.program()}\n\tupdate = !{victim.program()}\n'
    victim.repository.commit({".gitmodules": module})


def _names(victim: Victim) -> None:
    for name in (b"latin-\xe9", b"line\nfeed", b'quo"te', b"\xff\xfe"):
        place = Path(os.fsdecode(os.fsencode(victim.root / "walks") + b"/" + name + b"/en/page.md"))
        place.parent.mkdir(parents=True)
        place.write_text(_PAGE.format(title="Odd", number="odd"))
    (victim.root / "transtool.toml").write_text(CONFIGURATION.replace("{number}", "{key}"))
    victim.repository.commit()


def _git_elsewhere(victim: Victim) -> None:
    (victim.root / ".git").rename(victim.outside / "git")
    (victim.root / ".git").write_text(f"gitdir: {victim.outside / 'git'}\n")


def _instead_of_git(make: Callable[[Path], object]) -> Attack:
    def attack(victim: Victim) -> None:
        (victim.root / ".git").rename(victim.root / "once")
        make(victim.root / ".git")

    return attack


def _packed(victim: Victim) -> None:
    """All objects are in one pack, which ends in its middle."""
    victim.repository.git("gc", "-q")
    (pack,) = (victim.root / ".git" / "objects" / "pack").glob("*.pack")
    pack.chmod(0o644)
    os.truncate(pack, pack.stat().st_size // 2)


def _huge(victim: Victim) -> None:
    """An old version of a page is 200 MB of blanks, in 200 kB."""
    page = "walks/1/en/page.md"
    victim.repository.commit({page: b" " * 200_000_000})
    victim.repository.commit({page: FILES[page]})


CLOCKS = {
    "a negative date": "-86400 +0000",
    "a date beyond any number": "99999999999999999999999 +0000",
    "a date beyond any calendar": "9223372036854775000 +0000",
    "no date": "",
    "a date that is none": "yesterday",
    "a date without a time zone": "1577880000",
    "a time zone beyond any": "1577880000 +99999999",
}

HOSTILE: dict[str, Attack] = {
    # What would run.
    "a file system monitor": _config({"core.fsmonitor": "PROGRAM"}),
    "pagers": _config({"core.pager": "PROGRAM", "pager.log": "PROGRAM", "pager.rev-parse": "PROGRAM"}),
    "hooks": _all(_hooks, _config({"core.hooksPath": ".git/hooks"})),
    "an external diff": _config({"diff.external": "PROGRAM", "diff.x.command": "PROGRAM"}, "*.md diff=x\n"),
    "a textconv": _config({"diff.x.textconv": "PROGRAM", "diff.x.cachetextconv": "true"}, "*.md diff=x\n"),
    "filters": _config({f"filter.x.{name}": "PROGRAM" for name in ("clean", "smudge", "process")}, "*.md filter=x\n"),
    "a program for signatures": _all(
        _config({"gpg.program": "PROGRAM", "log.showSignature": "true"}),
        _committer("committer A <a@example.org> 1577880000 +0000", "gpgsig -----BEGIN PGP SIGNATURE-----", " x"),
    ),
    "aliases": _config({f"alias.{name}": "!PROGRAM" for name in ("log", "cat-file", "rev-parse", "merge-base")}),
    "helpers for passwords": _config({"credential.helper": "!PROGRAM", "core.askPass": "PROGRAM"}),
    "transports": _config({f"core.{name}": "PROGRAM" for name in ("sshCommand", "gitProxy", "alternateRefsCommand")}),
    "a lost object that a program would fetch": _lost_object,
    "a submodule that a program would update": _submodule,
    "a bare repository in the site": _bare_inside,
    # What never ends.
    **{
        f"a pipe instead of {path}": _fifo(f".git/{path}")
        for path in (
            *("HEAD", "config", "packed-refs", "shallow", "commondir", "index", "refs/heads/main"),
            *("info/attributes", "info/exclude", "info/grafts", "objects/info/alternates", "objects/info/commit-graph"),
        )
    },
    **{
        f"an endless {path}": _link(f".git/{path}", "/dev/zero")
        for path in ("HEAD", "config", "packed-refs", "shallow", "objects/info/alternates", "info/attributes")
    },
    "a pipe for a configuration that is included": _fifo("pipe", include_path="../pipe"),
    "an endless configuration that is included": _config({"include.path": "/dev/zero"}),
    "a configuration that includes itself": _config({"include.path": "config"}),
    "an endless mailmap": _config({"mailmap.file": "/dev/zero", "log.mailmap": "true"}),
    "a pipe for a mailmap": _all(_fifo("pipe", log_mailmap="true"), _config({"mailmap.file": "pipe"})),
    "pipes for attributes and orders": _all(
        _fifo("pipe"), _config({f"{name}File": "pipe" for name in ("core.attributes", "core.excludes", "diff.order")})
    ),
    "commits that are their own parents, by grafts": _cyclic_grafts,
    "commits that replace each other": _cyclic_replacements,
    "alternates in circles": _content(".git/objects/info/alternates", "../objects\n.\n"),
    "a branch that is itself": _content(".git/refs/heads/main", "ref: refs/heads/main\n"),
    "a bomb of trees in the past": _bomb,
    "a huge version in the past": _huge,
    # What leads elsewhere.
    "a working tree elsewhere": _config({"core.worktree": "OUTSIDE"}),
    "a working tree of everything": _config({"core.worktree": "/"}),
    "a repository elsewhere": _git_elsewhere,
    "a .git that is itself": _instead_of_git(lambda place: place.write_text("gitdir: .git\n")),
    "a .git in circles": _instead_of_git(lambda place: place.symlink_to(".git")),
    "a .git that is a pipe": _instead_of_git(os.mkfifo),
    "traces into a file outside": _config({"trace2.eventTarget": "OUTSIDE/trace", "trace2.normalTarget": "OUTSIDE/t"}),
    "a baseline file that leads out": _link(".transtool-baseline.json", "OUTSIDE/precious.md"),
    "a language that leads out": _link("walks/2/es", "OUTSIDE"),
    "a language that leads into git": _link("walks/2/es", "../../.git/hooks"),
    "a page that leads out": _all(_content("walks/2/es/x", ""), _link("walks/2/es/page.md", "OUTSIDE/precious.md")),
    "a page that leads into git": _all(
        _content("walks/2/es/x", ""), _link("walks/2/es/page.md", "../../../.git/config")
    ),
    "a configuration that leads out": _all(
        lambda victim: (victim.outside / "transtool.toml").write_text(CONFIGURATION),
        _link("transtool.toml", "OUTSIDE/transtool.toml"),
    ),
    # What is broken.
    **{name: _committer(f"committer A <a@example.org> {clock}".rstrip()) for name, clock in CLOCKS.items()},
    "no committer": _committer("committer"),
    "a log in UTF-16": _config({"i18n.logOutputEncoding": "UTF-16", "i18n.commitEncoding": "UTF-16"}),
    "a commit in UTF-16": _committer("committer A <a@example.org> 1577880000 +0000", "encoding UTF-16"),
    "a message that is no text": _committer("committer A <a@example.org> 1577880000 +0000", message=bytes(range(256))),
    "names that are no text": _names,
    "a damaged version": _damaged("HEAD~1:walks/1/en/page.md"),
    "an empty version": _damaged("HEAD~1:walks/1/en/page.md", b""),
    "a damaged folder": _damaged("HEAD~1:walks/1"),
    "a damaged commit": _damaged("HEAD~1"),
    "a pack that ends early": _packed,
    "a commit graph that is none": _content(".git/objects/info/commit-graph", "CGPH" + "x" * 100),
    "a format of the future": _config({"core.repositoryFormatVersion": "99"}),
    "an extension that nobody knows": _config({"core.repositoryFormatVersion": "1", "extensions.unheardOf": "true"}),
    "a configuration that is none": _content(".git/config", "[core\n" + "[" * 100_000),
    "a baseline file of brackets": _content(".transtool-baseline.json", "[" * 100_000),
    "a baseline file of wrong types": _content(".transtool-baseline.json", '{"schema": 1, "findings": {"a": [[]]}}'),
    "a baseline file that is a pipe": _fifo(".transtool-baseline.json"),
}


def processes(folder: Path) -> list[str]:
    """Return the command lines of what still runs in `folder` or below it."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if (place / "cwd").resolve().is_relative_to(folder):
                found.append((place / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found
