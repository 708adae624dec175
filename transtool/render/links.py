"""Where a file of the site can be looked at, edited and created on the web, as its repository's host has it."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_DEFAULT_BRANCH = "HEAD"


@dataclass(frozen=True, slots=True)
class _Host:
    """The addresses of one kind of host, with places for what differs; empty where it has no such page."""

    view: str
    line: str
    edit: str
    create: str
    commit: str = "{root}/commit/{commit}"


_GITHUB = _Host(
    view="{root}/blob/{branch}/{path}",
    line="?plain=1#L{line}",
    edit="{root}/edit/{branch}/{path}",
    create="{root}/new/{branch}?filename={path}",
)
_GITLAB = _Host(
    view="{root}/-/blob/{branch}/{path}",
    line="?plain=1#L{line}",
    edit="{root}/-/edit/{branch}/{path}",
    create="{root}/-/new/{branch}/{folder}?file_name={name}",
    commit="{root}/-/commit/{commit}",
)
_GITEA = _Host(
    view="{root}/src/branch/{branch}/{path}",
    line="?display=source#L{line}",
    edit="{root}/_edit/{branch}/{path}",
    create="{root}/_new/{branch}/{folder}?filename={name}",
)
_BITBUCKET = _Host(
    view="{root}/src/{branch}/{path}",
    line="#lines-{line}",
    edit="{root}/src/{branch}/{path}?mode=edit",
    create="",
    commit="{root}/commits/{commit}",
)
_KINDS = {"gitlab": _GITLAB, "codeberg": _GITEA, "gitea": _GITEA, "forgejo": _GITEA, "bitbucket": _BITBUCKET}


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one repository; every method returns an empty string where there is no such page."""

    root: str = ""
    branch: str = _DEFAULT_BRANCH
    _host: _Host = _GITHUB

    def view(self, path: str, line: int | None = None) -> str:
        """Return where `path` can be read, at `line` (1-based)."""
        address = self._address(self._host.view, path)
        return address + self._host.line.format(line=line) if address and line else address

    def edit(self, path: str) -> str:
        """Return where `path` can be edited."""
        return self._address(self._host.edit, path)

    def create(self, path: str) -> str:
        """Return where a file can be created at `path`."""
        return self._address(self._host.create, path)

    def commit(self, commit: str) -> str:
        """Return where a commit can be seen."""
        return self._host.commit.format(root=self.root, commit=commit) if self.root and commit else ""

    def _address(self, template: str, path: str) -> str:
        if not (self.root and template and path):
            return ""
        folder, _, name = _quoted(path).rpartition("/")
        return template.format(root=self.root, branch=quote(self.branch), path=_quoted(path), folder=folder, name=name)


def links(repository: str) -> Links:
    """Return the links of the repository at an `http(s)` address, as configured.

    The address may name the branch as its host does (`…/tree/main`, `…/-/tree/main`, `…/src/branch/main`); without
    one, the default branch is meant. Hosts are told by their names; unknown ones are taken to be built like GitHub.
    Anything but a web address gives no links.
    """
    try:
        parts = urlsplit(repository.strip())
    except ValueError:
        return Links()
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return Links()
    kind = next((host for word, host in _KINDS.items() if word in parts.hostname), _GITHUB)
    path, branch = _branch(parts.path.rstrip("/"))
    root = f"{parts.scheme}://{parts.netloc}{quote(path.removesuffix('.git'), safe='/%~+')}"
    return Links(root, branch or ("main" if kind is _GITEA else _DEFAULT_BRANCH), kind)


def _branch(path: str) -> tuple[str, str]:
    for separator in ("/-/tree/", "/tree/", "/src/branch/", "/src/"):
        before, found, branch = path.partition(separator)
        if found:
            return before, branch
    return path, ""


def _quoted(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
