"""Look at a site that has no configuration and propose one: series, languages, roles of fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from transtool.discover.found import summary, warnings
from transtool.discover.look import look
from transtool.discover.merge import merged
from transtool.discover.sources import NO_WISH, Wish
from transtool.discover.writer import Say, write
from transtool.errors import Message
from transtool.staleness.page_store import Past

__all__ = ["NO_WISH", "Proposal", "Wish", "merged", "propose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A configuration for a site: its `text`, what was `seen`, and what a person should look at (`warnings`).

    `series` are the files of every series that is proposed.
    """

    text: str
    seen: tuple[Message, ...]
    warnings: tuple[Message, ...]
    series: Mapping[str, Sequence[str]] = field(default_factory=dict)


def propose(
    paths: Sequence[str],
    read: Callable[[str], bytes],
    say: Say = str,
    *,
    wish: Wish = NO_WISH,
    past: Past | None = None,
    repository: str = "",
) -> Proposal:
    """Propose a configuration for the site that has the files `paths` (with `/`, relative to it).

    `read` gives the bytes of a file; without `past`, what git remembers, every page is read at most twice. `say` makes
    the sentences of the comments. `wish` is what a person says of the site, `repository` the address of its web pages.
    Raises UsageError where there is nothing that looks like translations, and none is wished for.
    """
    found = look(paths, read, wish, past)
    return Proposal(
        text=write(found, say, repository),
        seen=tuple(summary(found)),
        warnings=tuple(warnings(found)),
        series=found.paths,
    )
