"""Small sites on disk, read the way the commands read them."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from transtool import config, document
from transtool.assess import stamps_file
from transtool.assess.plan import Wants
from transtool.edits import Plan
from transtool.link import Catalogue, link
from transtool.model import Report
from transtool.scaffold import plan as scaffold
from transtool.scaffold import stamp
from transtool.selection import EVERYTHING, Selection, parse
from transtool.settings import Config
from transtool.site import scan as files
from transtool.site.judge import past_of, report_on
from transtool.site.open import open_site


def judged(root: Path, wants: Wants | None = None) -> Report:
    """The report of the site at `root`, or of a part of it."""
    site = open_site(root)
    with past_of(site) as past:
        return report_on(site, past, wants)


class Site:
    """A folder with a configuration and files."""

    def __init__(self, root: Path, configuration: str, contents: Mapping[str, str | bytes]) -> None:
        """Write `contents` (path -> text) below `root`."""
        self.root = root
        self.config: Config = config.parse(configuration.encode(), "transtool.toml")
        self.write("transtool.toml", configuration)
        for path, content in contents.items():
            self.write(path, content)

    def write(self, path: str, content: str | bytes) -> None:
        """Write one file."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, path: str) -> bytes:
        """Return one file."""
        return (self.root / path).read_bytes()

    def everything(self) -> dict[str, bytes]:
        """Return every file."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }

    def catalogue(self) -> Catalogue:
        """Link what is there now."""
        found = files.scan(self.root, self.config)
        stamps = self.root / stamps_file.NAME
        kept = stamps_file.read(stamps.read_bytes(), str(stamps)) if stamps.exists() else None
        return link([document.parse(path, data) for path, data in found.files], self.config, found.others, kept)

    def select(self, numbers: str = "", languages: str = "", series: str = "") -> Selection:
        """Return what these options of the command line select."""
        if not (numbers or languages or series):
            return EVERYTHING
        return parse(
            numbers=[numbers] if numbers else (),
            languages=[languages] if languages else (),
            series=[series] if series else (),
            spellings=self.config.spellings,
            known_languages=self.config.known_languages,
            known_series=[each.name for each in self.config.series],
        )

    def plan(
        self, numbers: str = "", languages: str = "", series: str = "", body: scaffold.Body = "copy", add: bool = False
    ) -> Plan:
        """Plan what is missing."""
        return scaffold.plan(
            self.catalogue(),
            self.config,
            self.select(numbers, languages, series),
            body=body,
            exists=partial(files.exists, self.root),
            add_front_matter=add,
            is_readable=partial(files.is_readable, self.root),
        )

    def scaffold(
        self, numbers: str = "", languages: str = "", series: str = "", body: scaffold.Body = "copy", add: bool = False
    ) -> Plan:
        """Create what is missing."""
        made = self.plan(numbers, languages, series, body, add)
        files.apply(self.root, made.changes)
        return made

    def report(self) -> Report:
        """Judge what is there now."""
        return judged(self.root)

    def stamp(
        self, numbers: str = "", languages: str = "", only_current: Report | None = None, add: bool = False
    ) -> Plan:
        """Stamp what is selected."""
        selection = self.select(numbers, languages)
        made = stamp.plan(self.catalogue(), self.config, selection, only_current=only_current, add_front_matter=add)
        files.apply(self.root, made.changes)
        return made
