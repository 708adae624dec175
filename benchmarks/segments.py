"""Read every page of a site in segments and hold them against the file: `python -m benchmarks.segments SITE…`.

Of every `.md`, `.mdx`, `.markdown` and `.html` file below the folders (those that git ignores too): joining the
segments and what is between them must give the file back, reading it section by section must give what reading it at
once gives, a segment that is replaced must change its own bytes only, and one replaced by itself none at all.
Prints what is not so, what could not be read as MDX, and how long splitting took. `--show N` prints the segments of N
pages drawn with `--seed`, to be read beside the files.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from transtool.document import Document, parse
from transtool.errors import EditRefused
from transtool.segments import Segment, broken, replace, split
from transtool.segments.dialects import syntax_of
from transtool.segments.sections import read
from transtool.settings import Dialect, Reading

SUFFIXES = (".md", ".mdx", ".markdown", ".html")
SAMPLE = 20  # segments of each page that are replaced


def pages(folder: Path) -> list[Document]:
    """Return the pages below `folder` that can be read, in the order of their paths."""
    paths = sorted(each for each in folder.rglob("*") if each.suffix in SUFFIXES and ".git" not in each.parts)
    found = (parse(str(each.relative_to(folder)), each.read_bytes()) for each in paths if each.is_file())
    return [each for each in found if isinstance(each, Document)]


def wrong(page: Document, reading: Reading, rng: random.Random) -> Iterator[str]:
    """Yield what is wrong with the segments of a page."""
    body = [each for each in split(page, (), reading) if not each.field]
    position = page.body_start
    for each in body:
        if not position <= each.start < each.end or page.text[each.start : each.end] != each.text:
            yield f"{each.line}: {each.kind} {each.text[:40]!r} is not where it says"
        if page.text.count("\n", 0, each.start) != each.line - 1:
            yield f"{each.line}: {each.kind} {each.text[:40]!r} is on another line"
        position = each.end
    syntax = syntax_of(page.path, page.body, reading)
    if syntax.mdx and broken(page, reading) is not None:
        syntax = syntax.plain()
    at_once = [(span.kind, span.start, span.level) for span in read(page.body, syntax).spans]
    if at_once != [(each.kind, each.start - page.body_start, each.level) for each in body]:
        yield "reads otherwise at once"
    for each in rng.sample(body, min(SAMPLE, len(body))):
        yield from _replaced(page, each)


def _replaced(page: Document, segment: Segment) -> Iterator[str]:
    if replace(page, {segment: segment.text}) != page.text:
        yield f"{segment.line}: replaced by itself, it changes the file"
    try:
        new = replace(page, {segment: 'new "text"'})
    except EditRefused:
        return
    before, after = page.text[: segment.start], page.text[segment.end :]
    if not (new.startswith(before) and new.endswith(after)) or "new" not in new[len(before) : len(new) - len(after)]:
        yield f"{segment.line}: replacing it changes other bytes"


def main() -> None:
    """Read the sites that are named on the command line."""
    options = _options()
    reading = Reading(options.dialect)
    for site in options.site:
        rng = random.Random(options.seed)
        found = pages(site)
        began = time.process_time()
        kinds = Counter(each.kind.value for page in found for each in split(page, (), reading))
        took = time.process_time() - began
        size = sum(len(page.text) for page in found)
        print(f"{site}: {len(found)} pages, {size / 1e6:.1f} million characters, split in {took:.2f} s; {dict(kinds)}")
        for page in found if options.check else ():
            if (line := broken(page, reading)) is not None:
                print(f"  {page.path}:{line}: not MDX to its end")
            for problem in wrong(page, reading, rng):
                print(f"  {page.path}:{problem}")
        for page in rng.sample(found, min(options.show, len(found))):
            print(f"\n==== {page.path}")
            for each in split(page, (), reading):
                print(f"{each.line:5} {each.kind.value:10} {each.level} {each.text!r}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.segments", description=__doc__)
    parser.add_argument("site", type=Path, nargs="+", help="a folder with pages")
    parser.add_argument("--dialect", type=Dialect, help="what they are written in (told from them otherwise)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the segments of N pages")
    parser.add_argument("--no-check", dest="check", action="store_false", help="only split and count")
    return parser.parse_args()


if __name__ == "__main__":
    main()
