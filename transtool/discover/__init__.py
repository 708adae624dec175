"""Look at a site that has no configuration and propose one: series, languages, roles of fields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from transtool.discover.found import about_role, about_series, warnings
from transtool.discover.look import look
from transtool.discover.writer import Say, write
from transtool.errors import N_, Message

__all__ = ["Proposal", "propose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A configuration for a site: its `text`, what was `seen`, and what a person should look at (`warnings`)."""

    text: str
    seen: tuple[Message, ...]
    warnings: tuple[Message, ...]


def propose(paths: Sequence[str], read: Callable[[str], bytes], say: Say = str) -> Proposal:
    """Propose a configuration for the site that has the files `paths` (with `/`, relative to it).

    `read` gives the bytes of a file; every page is read at most twice. `say` makes the sentences of the comments.
    Raises UsageError where there is nothing that looks like translations.
    """
    found = look(paths, read)
    major = [each for each in found.drafts if not each.minor]
    seen = (
        Message(N_("source language: {language}"), {"language": found.tongues.source}),
        *(Message(N_("{series}: {what}"), {"series": each.name, "what": about_series(found, each)}) for each in major),
        *(about_role(found, role, "") for role in found.roles.site if role.role != "shared"),
        *(
            Message(N_("{series}: {what}"), {"series": name, "what": about_role(found, role, name)})
            for name, own in found.roles.series.items()
            for role in own
        ),
    )
    return Proposal(text=write(found, say), seen=seen, warnings=warnings(found))
