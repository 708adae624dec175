"""Show that `check` takes a time that grows as its files do, however they are made: `python -m benchmarks.linear`.

Each attack is a page, changed on both sides since it was translated. It is read at two sizes, one four times the other;
what is shown is the processor time of both runs (without what an empty site takes) and how many times as long the
longer one took: about 4 where that is linear, 16 where it is quadratic.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

_CONFIGURATION = (
    'source = "en"\nlanguages = ["es"]\n[series.a]\npath = "{lang}/{number}.md"\n[rules]\nstale = "error"\n'
)
_GROWTH = 4
_RUNS = 2
_LINEAR = 8.0
"""At most this many times as long; hash tables, caches and memory make it more than four times."""

_NOTHING = 0.3
"""Seconds that are too few to tell anything."""


def repeated(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return what makes a text of a size from one piece."""
    return lambda size: before + piece * (size // len(piece.encode())) + after


def numbered(piece: str) -> Callable[[int], str]:
    """Return the same with a number in each piece, so that no two are alike."""
    return lambda size: "".join(piece.format(at) for at in range(size // (len(piece) + 3)))


def headed(make: Callable[[int], str], fence: str = "+++") -> Callable[[int], str]:
    """Return what makes front matter of a text; it is never larger than front matter may be."""
    return lambda size: f"{fence}\n{make(min(size, 60_000))}\n{fence}\nBody\n"


ATTACKS: Mapping[str, Callable[[int], str]] = {
    "equal words": repeated("same "),
    "equal words and others": numbered("same x{} "),
    "two words in turn": repeated("one two "),
    "equal letters without spaces": repeated("\u65e5"),
    "equal paragraphs": repeated("same\n\n"),
    "paragraphs of numbers": numbered("One {} two.\n\n"),
    "headings": numbered("# A {}\n\ntext\n\n"),
    "sentences": repeated("A. B! "),
    "digits beside ideographs": repeated("1", before="\u65e5"),
    "digits and ideographs": repeated("1\u65e5"),
    "combining marks": repeated("\u0301\u0316", before="a"),
    "Tibetan signs": repeated("\u0f73", before="a"),
    "links that do not end": repeated("[a](https://x"),
    "targets that do not end": repeated("]({{)}}"),
    "targets of blanks": repeated(" ", before="[a]("),
    "targets and titles": repeated('[a](b "c'),
    "brackets": repeated("["),
    "brackets in pairs": repeated("[a] "),
    "escapes": repeated("\\"),
    "stars": repeated("*a **b "),
    "ticks": lambda size: "".join("`" * (1 + at % 60) + "a" for at in range(size // 31)),
    "comments": repeated("<!-- {"),
    "comments that end": repeated("<!-- {a} -->"),
    "tags": repeated("<a b='"),
    "elements": repeated("<pre>\n"),
    "inline elements": repeated("<img>\na\n\n"),
    "nested elements": repeated("<div><p>a\n\n"),
    "entities": repeated("&amp;&#1"),
    "digits of an entity": repeated("1", before="&#", after=";"),
    "Liquid": repeated("{{ a "),
    "Liquid blocks": repeated("{% raw %}\n", after="{% endraw %} x"),
    "Liquid blocks on one line": repeated("{% raw %}{% endraw %} "),
    "blocks before blocks": lambda size: "{% raw %}\n" * (size // 20) + "{% raw %}{% endraw %}" * (size // 42) + "x",
    "fences": repeated("```\n\n"),
    "quotations": repeated("> "),
    "lines of quotations": repeated("> a\n"),
    "lists": repeated("- "),
    "items": repeated("- a\n"),
    "nested items": lambda size: "".join("  " * (at % 40) + "- a\n" for at in range(size // 44)),
    "tables": repeated("|a|b|\n", before="|a|b|\n|-|-|\n"),
    "wide tables": lambda size: "|a" * (size // 6) + "|\n" + "|-" * (size // 6) + "|\n" + "|b" * (size // 6) + "|\n",
    "definitions": numbered("[a{}]: b\n"),
    "definitions that do not end": repeated("[a]: <b\n"),
    "footnotes": repeated("[^a"),
    "addresses": repeated("http://,,"),
    "mail": repeated("a.b@"),
    "mail without an end": repeated("a@b"),
    "emphasis": repeated("_a__"),
    "blank lines": repeated(" \n"),
    "white space": repeated(" ", before="a", after="b"),
    "carriage returns": repeated("a\r"),
    "admonitions": repeated("!!! a\n    b\n\n"),
    "attributes": repeated("{: a"),
    "includes": repeated("{% include a "),
    "prompts": repeated("\nTranslate "),
    "apostrophes": repeated("a'"),
    "TOML: blanks": headed(repeated(" ", before="a = '''\n", after="'''")),
    "TOML: brackets": headed(repeated("[")),
    "TOML: brackets in a text": headed(repeated("[", before="a = '''\n", after="\n'''")),
    "TOML: dots": headed(repeated("a.", after="a = 1")),
    "TOML: tables": headed(numbered("[a{}]\n")),
    "YAML: brackets": headed(repeated("["), "---"),
    "YAML: a key": headed(repeated("a", after=": b"), "---"),
    "YAML: digits": headed(repeated("1", before="a: ", after="x"), "---"),
    "YAML: number": headed(repeated("1", before="number: "), "---"),
    "YAML: dashes": headed(repeated("- ", before="a: \n  "), "---"),
    "YAML: blank lines": headed(repeated(" \n", before="title: |\n"), "---"),
    "YAML: names": headed(numbered("a{}: b\n"), "---"),
    "YAML: anchors": headed(numbered("a{0}: &a{0} b\n"), "---"),
    "not closed": repeated(" \n", before="---\n"),
}


def main() -> None:
    """Measure and print a table; exits with 1 where something is not linear."""
    parser = argparse.ArgumentParser(prog="benchmarks.linear", description=__doc__)
    parser.add_argument("attacks", nargs="*", metavar="ATTACK", help=f"of: {', '.join(ATTACKS)}")
    parser.add_argument("--size", type=int, default=50_000, help="bytes of the smaller page")
    options = parser.parse_args()
    start, _ = measured("Empty.\n")
    failed = []
    for name in options.attacks or ATTACKS:
        (small, _), (large, memory) = (measured(ATTACKS[name](size)) for size in (options.size, options.size * _GROWTH))
        small, large = max(small - start, 0.01), max(large - start, 0.01)
        if large > _NOTHING and large / small >= _LINEAR:
            failed.append(name)
        mark = "  <--" if name in failed[-1:] else ""
        print(
            f"{name:32} {small:8.2f} s {large:8.2f} s {large / small:6.1f} {memory / 1024:6.0f} MiB{mark}", flush=True
        )
    sys.exit(1 if failed else 0)


def measured(page: str) -> tuple[float, int]:
    """Return the fewest seconds of the processor, and the KiB, that `check` takes for a page and its translation."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        write(site, "transtool.toml", _CONFIGURATION)
        for command in (("init", "-q"), ("config", "user.name", "A"), ("config", "user.email", "a@example.org")):
            git(site, *command)
        commit(site, page, page.replace("a", "e"))
        commit(site, edited(page, "New words. "), page.replace("a", "e"))
        commit(site, edited(page, "Newer words. "), edited(page.replace("a", "e"), "Palabras. "))
        return min(check(site) for _ in range(_RUNS))


def edited(page: str, more: str) -> str:
    """Return a page with something more in its middle and at its end."""
    middle = len(page) // 2
    return f"{page[:middle]}{more}{page[middle:]} {more}\n"


def commit(site: Path, source: str, translation: str) -> None:
    """Commit a page and its translation."""
    write(site, "en/1.md", source)
    write(site, "es/1.md", translation)
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "More")


def check(site: Path) -> tuple[float, int]:
    """Return the seconds of the processor, and the KiB of memory, that one run takes."""
    environment = {**os.environ, "TRANSTOOL_NO_CACHE": "1"}
    command = [sys.executable, "-m", "transtool", "check"]
    process = subprocess.Popen(command, cwd=site, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, code, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(code)
    if process.returncode not in (0, 1):
        sys.exit(f"check ended with {process.returncode}: {process.stderr.read().decode()[-2000:]}")
    process.stderr.close()
    return used.ru_utime + used.ru_stime, used.ru_maxrss


def write(site: Path, path: str, text: str) -> None:
    """Write a file of the site."""
    place = site / path
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(text.encode())


def git(site: Path, *command: str) -> None:
    """Run git."""
    subprocess.run(["git", *command], cwd=site, check=True)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
