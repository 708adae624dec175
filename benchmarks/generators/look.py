"""What built pages show: whether switchers and banners are as they should be."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from tests.generator_sites import CURRENT, DRAFT, ORIGINAL, SOURCE, STALE, TRANSLATIONS, Generator, snippets
from transtool.languages import direction

LOOKED_AT = {STALE: "stale", DRAFT: "draft", CURRENT: "current", ORIGINAL: "source"}
"""The pages that are looked at, and the status of each."""

_SENTENCES = json.loads(snippets("README")["outdated.json"])


@dataclass
class Link:
    """A link, with the language and the direction that are said of it."""

    href: str
    lang: str
    dir: str
    current: bool = False


@dataclass
class BuiltPage(HTMLParser):
    """The links of the switcher, the banner's text (None where there is no banner), and the links in the banner."""

    switcher: list[Link] = field(default_factory=list)
    banner: str | None = None
    originals: list[Link] = field(default_factory=list)
    _inside: str = ""
    _item: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what matters of an element."""
        has = {name: value or "" for name, value in attrs}
        names = has.get("class", "").split()
        if tag == "nav" and "languages" in names:
            self._inside = tag
        elif tag == "aside" and "outdated" in names:
            self._inside, self.banner = tag, ""
        elif tag == "li" and self._inside == "nav":
            self._item = has
        elif tag == "a" and self._inside == "nav":
            current = has.get("aria-current") == "page"
            self.switcher.append(Link(has["href"], self._item.get("lang", ""), self._item.get("dir", ""), current))
        elif tag == "a" and self._inside == "aside":
            self.originals.append(Link(has["href"], has.get("lang", ""), has.get("dir", "")))

    def handle_endtag(self, tag: str) -> None:
        """Leave the switcher or the banner."""
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Collect the banner's text."""
        if self._inside == "aside":
            self.banner = f"{self.banner or ''}{data}"


def problems(site: Path, generator: Generator) -> Iterator[str]:
    """Yield what the pages of a built site get wrong."""
    for (language, key), state in LOOKED_AT.items():
        name = generator.built(language, key)
        file = site / generator.folder / name
        if not file.is_file():
            yield f"{name} was not built"
            continue
        page = BuiltPage()
        page.feed(file.read_text(encoding="utf-8"))
        sentence = _SENTENCES[language].get(state)
        if (page.banner or "").strip().partition(":")[0] != (sentence or "").partition(":")[0]:
            yield f"{name} ({state}) has the banner {page.banner!r}"
        original = {SOURCE: generator.built(SOURCE, key)} if sentence else {}
        yield from _astray(page.originals, original, name, file)
        readable = {tag: generator.built(tag, key) for tag in (SOURCE, *TRANSLATIONS) if (tag, key) != DRAFT}
        yield from _astray(page.switcher, readable, name, file)
        marked = [link.lang for link in page.switcher if link.current]
        if marked != ([] if state == "draft" else [language]):
            yield f"{name} marks {marked} as what is shown"


def _astray(links: list[Link], wanted: Mapping[str, str], name: str, file: Path) -> Iterator[str]:
    """Yield what is wrong with `links` of the page `name`: one each must lead to the `wanted` pages, by language."""
    root = file.parents[name.count("/")]
    found = sorted((link.lang, link.dir, _target(link.href, name, root)) for link in links)
    expected = sorted((tag, direction(tag), place) for tag, place in wanted.items())
    if found != expected:
        yield f"{name} leads to {found}, not to {expected}"


def _target(href: str, name: str, root: Path) -> str:
    """Return the file below `root` that a link of the page `name` leads to, empty where there is none."""
    path = unquote(urlsplit(urljoin(f"http://localhost/{name}", href)).path).strip("/")
    found = (each for each in (path, f"{path}.html", f"{path}/index.html".lstrip("/")) if (root / each).is_file())
    return next(found, "")
