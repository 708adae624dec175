"""The page “The library”, run on a real repository: `python -m tests.api_page` writes what its examples print.

A block of `python` is run after those before it, with the site as the current folder; a block of `text` right behind
it is what it prints.
"""

import os
import re
import sys
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.repositories import Repository
from tests.runs import ROOT
from tests.week import CONFIGURATION

PAGE = ROOT / "docs" / "api.md"

BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?P<printed>\n```text\n.*?^```\n)?", re.MULTILINE | re.DOTALL)


def _page(title: str, language: str, date: str, *parts: str) -> str:
    return f"---\ntitle: {title}\nlang: {language}\ndate: {date}\n---\n\n" + "\n\n".join(parts) + "\n"


def _code(line: int) -> str:
    return f"```sh\nbus --line {line}\n```"


_BEFORE = {
    "docs/1/en.md": _page("A walk", "en", "2024-05-01", "Take the red bus.", _code(9), "Bring a cup and a spoon."),
    "docs/1/de.md": _page("Ein Weg", "de", "2024-05-01", "Nimm den roten Bus.", _code(9), "Bring Tasse und Löffel."),
    "docs/1/es.md": _page("Un paseo", "es", "2024-05-01", "Toma el autobús rojo.", _code(9), "Trae taza y cuchara."),
    "docs/2/en.md": _page("A garden", "en", "2024-05-02", "Plant the beans in May."),
    "docs/2/de.md": _page("Ein Garten", "de", "2024-05-02", "Pflanze die Bohnen im Mai."),
}
_AFTER = {
    "docs/1/en.md": _page(
        "A walk", "en", "2024-05-08", "Take the red bus.", _code(12), "Bring a cup, a towel and something to read."
    ),
}


def site(root: Path) -> Repository:
    """A site whose first episode was changed after it was translated, and whose second lacks a language."""
    repository = Repository(root)
    repository.commit({"transtool.toml": CONFIGURATION, **_BEFORE})
    repository.commit(_AFTER)
    return repository


def played(text: str, root: Path) -> str:
    """The page with what its examples print now, one after the other in a new site at `root`."""
    names: dict[str, object] = {"__name__": "example"}

    def answer(found: re.Match[str]) -> str:
        with redirect_stdout(StringIO()) as out:
            exec(compile(found["code"], str(PAGE), "exec"), names)
        printed = out.getvalue()
        return f"```python\n{found['code']}```\n" + (f"\n```text\n{printed}```\n" if printed else "")

    with chdir(site(root).root):
        return BLOCK.sub(answer, text)


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        os.environ["XDG_CACHE_HOME"] = str(Path(place, "cache"))
        PAGE.write_text(played(PAGE.read_text("utf-8"), Path(place, "site")), "utf-8")
    sys.exit(0)
