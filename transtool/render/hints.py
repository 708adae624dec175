"""The commands that a run proposes, as they can be pasted where it was started."""

from collections.abc import Iterable
from dataclasses import dataclass

from transtool.assess.work_list import joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a proposed command takes over from the run that proposes it.

    `site` and `config` say where the site is, as the run was told, empty where it was not. `selection` are the
    options that chose languages, series and episodes, `narrowing` those that chose findings.
    """

    site: str = ""
    config: str = ""
    selection: tuple[str, ...] = ()
    narrowing: tuple[str, ...] = ()

    @property
    def where(self) -> tuple[str, ...]:
        """Return the options that tell a command about episodes where the site is."""
        return (*(("--site", self.site) if self.site else ()), *(("--config", self.config) if self.config else ()))

    def check(self, *options: str) -> str:
        """Return `transtool check` with `options`, of what this run is about."""
        return self._of_site("check", (*options, *self.selection, *self.narrowing))

    def todo(self) -> str:
        """Return `transtool todo` of what this run is about."""
        return self._of_site("todo", self.selection)

    def all_tasks(self, order: str) -> str:
        """Return the `transtool todo` that lists everything, in an order (empty: its own)."""
        return self._of_site("todo", ("--all", *(("--sort", order) if order else ()), *self.selection))

    def _of_site(self, verb: str, options: Iterable[str]) -> str:
        config = ("--config", self.config) if self.config else ()
        return joined((verb, *((self.site,) if self.site else ()), *options, *config))


NOWHERE = Hints()
"""The hints of a run in the site's own folder, about all of it."""
