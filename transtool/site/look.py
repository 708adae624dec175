"""Look at a site, with what git knows of it, and write its configuration."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from transtool import config as configuration
from transtool import discover, history
from transtool.discover import Proposal, Wish
from transtool.edits import Edit
from transtool.errors import N_, ConfigError, Message, Problem
from transtool.site import git
from transtool.site import scan as files
from transtool.site.open import CONFIG_NAME, config_in, read_file, require_directory
from transtool.staleness.page_store import Past


@dataclass(frozen=True, slots=True)
class Drawn:
    """A configuration for the site at `root`: what was seen of the site, and the `edit` that writes it.

    Without an edit, the configuration that is there says all of it.
    """

    root: Path
    proposal: Proposal
    edit: Edit | None


def look_at(root: Path, say: Callable[[Message], str], wish: Wish = discover.NO_WISH) -> Drawn:
    """Look at the site at `root`, and draw up its configuration, or what the one that is there lacks.

    `say` makes the sentences of comments, `wish` is what a person says of the site. Raises UsageError where `root` is
    no directory or holds nothing that looks like translations, and ConfigError where the configuration that is there
    is wrong.
    """
    require_directory(root)
    place = root / CONFIG_NAME
    _refuse_shared(root)
    before = read_file(place) if place.exists() else None
    if before is not None:
        wish = _told(before, place.as_posix(), wish)
    with _past_of(root) as past:
        proposal = discover.propose(
            files.paths(root).others,
            lambda path: read_file(root / path),
            say,
            wish=wish,
            past=past,
            repository=git.web_address(root),
        )
    after = _text(before, proposal, place.as_posix()).encode()
    configuration.parse(after, place.as_posix())
    return Drawn(root, proposal, Edit(CONFIG_NAME, before, after) if after != before else None)


def _refuse_shared(root: Path) -> None:
    """Raise ConfigError where the configuration stands in a file that belongs to other programs, too."""
    there = config_in(root)
    if there is not None and there.name != CONFIG_NAME:
        message = Message(N_("a configuration already exists; it was left alone"))
        raise ConfigError(Problem(message=message, path=str(there)))


def write_config(drawn: Drawn) -> Path:
    """Write the configuration that was drawn up; return its path. Raises WorldError."""
    if drawn.edit is not None:
        files.apply(drawn.root, [drawn.edit])
    return drawn.root / CONFIG_NAME


def _text(before: bytes | None, proposal: Proposal, place: str) -> str:
    """Return the configuration as it shall be: the proposal, or what is there with what it lacks."""
    if before is None:
        return proposal.text
    had = configuration.parse(before, place)
    templates = [template for series in had.series for template in series.templates]
    known = [
        name
        for name, paths in proposal.series.items()
        if 2 * sum(any(each.match(path) is not None for each in templates) for path in paths) >= len(paths)
    ]
    return discover.merged(before.decode("utf-8-sig"), proposal.text, known)


def _told(before: bytes, place: str, wish: Wish) -> Wish:
    """Return what a person says of a site, and what the configuration says that is not said now."""
    had = configuration.parse(before, place)
    written = tuple(had.spellings.spell(tag) for tag in had.known_languages if tag != had.source)
    return Wish(wish.source or had.source, wish.languages or written)


@contextmanager
def _past_of(root: Path) -> Iterator[Past]:
    with git.Blobs(root) as blobs:
        snapshot = git.read(root)
        known = None if snapshot.reason else history.parse(snapshot.log, prefix=snapshot.prefix)
        yield Past(known, blobs, expect=blobs.expect, algorithm=snapshot.algorithm, reason=snapshot.reason)
