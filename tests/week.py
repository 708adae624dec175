"""The page “A maintainer's week”, played on a real repository: `python -m tests.week` writes what the commands print.

A block of `console` holds commands after `$ ` and what they print. Between the blocks, comments in the page say what
people edit meanwhile: `<!-- docs/7/en.md: old => new -->`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.repositories import Repository
from tests.repositories import environment as git_environment
from tests.runs import COMMAND, ROOT, environment

PAGE = ROOT / "docs" / "week.md"

_STEP = re.compile(
    r"^<!-- (?P<path>\S+): (?P<old>.+?) => (?P<new>.+?) -->$|^```console\n(?P<block>.*?)^```$", re.MULTILINE | re.DOTALL
)
_COMMAND = re.compile(r"^\$ (?P<line>.+(?:\n> .+)*)\n(?P<printed>(?:(?!\$ ).*\n)*)", re.MULTILINE)

CONFIGURATION = """\
source = "en"
languages = ["de", "es"]

[series.episodes]
path = "docs/{number}/{lang}.md"

[fields]
translated = ["title"]

[fields.local]
lang = "{lang}"
"""

_TEXTS = {
    1: {
        "en": ("A walk", "Take the red bus to the harbour at nine.", "Bring a cup and a spoon.", "We close at ten."),
        "de": (
            "Ein Weg",
            "Nimm um neun den roten Bus zum Hafen.",
            "Bring Tasse und Löffel mit.",
            "Um zehn ist Schluss.",
        ),
        "es": (
            "Un paseo",
            "Toma el autobús rojo al puerto a las nueve.",
            "Trae taza y cuchara.",
            "Cerramos a las diez.",
        ),
    },
    2: {
        "en": ("Tea for two", "Boil fresh water in the kettle.", "Wait for four minutes.", "Pour it through a sieve."),
        "de": ("Tee für zwei", "Koche frisches Wasser im Kessel.", "Warte vier Minuten.", "Gieße ihn durch ein Sieb."),
        "es": ("Té para dos", "Hierve agua fresca en la tetera.", "Espera cuatro minutos.", "Sírvelo con un colador."),
    },
    3: {
        "en": ("A garden", "Plant the beans in May.", "Water them in the evening.", "Pick them while they are young."),
        "de": (
            "Ein Garten",
            "Pflanze die Bohnen im Mai.",
            "Gieße sie am Abend.",
            "Pflücke sie, solange sie jung sind.",
        ),
    },
}


def page(number: int, language: str) -> str:
    """The text of one file of the site."""
    title, *paragraphs = _TEXTS[number][language]
    body = "\n\n".join(paragraphs)
    return f"---\ntitle: {title}\nlang: {language}\ndate: 2024-05-0{number}\n---\n\n{body}\n"


def site(root: Path) -> Repository:
    """The site on Monday morning: three episodes, one of which is not translated into Spanish."""
    repository = Repository(root)
    files = {f"docs/{number}/{language}.md": page(number, language) for number in _TEXTS for language in _TEXTS[number]}
    repository.commit({"transtool.toml": CONFIGURATION, **files})
    return repository


def played(text: str, folder: Path) -> str:
    """The page with what its commands print now, one after the other in one site below `folder`."""
    root = site(folder / "site").root
    program = folder / "bin" / "transtool"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {" ".join(COMMAND)} "$@"\n')
    program.chmod(0o755)
    identity = {name: value for name, value in git_environment().items() if name.startswith("GIT_")}
    identity["PATH"] = f"{program.parent}:{os.environ['PATH']}"
    names = environment(**identity, XDG_CACHE_HOME=str(folder / "cache"))

    def answer(call: re.Match[str]) -> str:
        done = subprocess.run(
            ["bash", "-c", call["line"].replace("\n> ", "\n")],
            cwd=root,
            env=names,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        return f"$ {call['line']}\n{done.stdout}" + ("\n" if done.stdout and not done.stdout.endswith("\n") else "")

    def step(found: re.Match[str]) -> str:
        if found["block"] is not None:
            return f"```console\n{_COMMAND.sub(answer, found['block'])}```"
        place = root / found["path"]
        before = place.read_text("utf-8")
        assert before.count(found["old"]) == 1, found[0]
        place.write_text(before.replace(found["old"], found["new"]), "utf-8")
        return found[0]

    return _STEP.sub(step, text)


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        PAGE.write_text(played(PAGE.read_text("utf-8"), Path(place)), "utf-8")
    sys.exit(0)
