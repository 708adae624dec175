"""What a person says about a site before it is looked at: what files cannot tell."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """The language of the sources (empty: not said) and those to translate into (none: those that are there)."""

    source: str = ""
    languages: tuple[str, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """Every language that was named, as written."""
        return (*self.languages, self.source)


NO_WISH = Wish()
