"""Hold our reading of MDX against `@mdx-js/mdx`: `python -m benchmarks.mdx SITE…` (needs node and npm).

Every `.mdx` file below the folders is read by both, and the blocks are compared: what each is and which lines it takes.
Prints how many blocks agree, and those that do not. Pages that `@mdx-js/mdx` refuses are told, and not compared.
"""

import argparse
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from transtool.document import Document, parse
from transtool.segments import broken
from transtool.segments.dialects import syntax
from transtool.segments.sections import tokens
from transtool.settings import Dialect

HERE = Path(__file__).parent
KINDS = {
    "heading_open": "heading", "inline": "paragraph", "fence": "code", "hr": "break", "table_open": "table",
    "definition": "definition", "mdx_flow": "flow", "mdx_module": "module", "marker": "marker", "math_block": "math",
}  # fmt: skip
Block = tuple[str, int, int]


def ours(body: str) -> Iterator[Block]:
    """Yield the blocks that we find in a body, with 1-based lines."""
    kind, lines = "", 0
    for token in tokens(body, syntax(Dialect.MDX)):
        if token.type == "table_open" and token.map is not None:
            lines = token.map[1]
        if token.map is None or (token.map[0] < lines and token.type != "table_open"):
            kind = KINDS.get(token.type, kind) if token.type == "heading_open" else kind
            continue
        if token.type == "heading_open" or token.type in KINDS:
            last = token.map[1]
            if token.type == "heading_open" or kind != "heading":
                yield KINDS[token.type], token.map[0] + 1, last
        kind = "heading" if token.type == "heading_open" else ""


def theirs(pages: list[Document]) -> dict[str, tuple[str | None, list[Block]]]:
    """Return what the original finds in each page: an error, and the blocks."""
    if not (HERE / "node_modules").is_dir():
        subprocess.run([shutil.which("npm") or "npm", "ci", "--silent"], cwd=HERE, check=True)
    asked = "".join(json.dumps(_asked(page)) + "\n" for page in pages)
    command = [shutil.which("node") or "node", "blocks.mjs"]
    done = subprocess.run(command, cwd=HERE, input=asked, stdout=subprocess.PIPE, text=True, check=True)
    answers = (json.loads(line) for line in done.stdout.splitlines())
    return {each["path"]: (each["error"], [(kind, *lines) for kind, *lines in each["blocks"]]) for each in answers}


def _asked(page: Document) -> dict[str, str | bool]:
    return {"path": page.path, "body": page.body, "directives": ":::" in page.body, "math": "$$" in page.body}


def main() -> None:
    """Compare the sites that are named on the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.mdx", description=__doc__)
    parser.add_argument("site", type=Path, nargs="+", help="a folder with pages")
    parser.add_argument("--limit", type=int, default=20, help="how many differences to print a site")
    options = parser.parse_args()
    for site in options.site:
        found = (parse(str(each.relative_to(site)), each.read_bytes()) for each in sorted(site.rglob("*.mdx")))
        pages = [each for each in found if isinstance(each, Document)]
        report(site.name, pages, options.limit)


def report(name: str, pages: list[Document], limit: int) -> None:
    """Print how far our blocks and theirs agree on the pages of a site."""
    answers = theirs(pages)
    same = total = refused = 0
    differences: list[str] = []
    for page in pages:
        error, blocks = answers[page.path]
        if error is not None:
            refused += 1
            differences.append(f"{page.path}: refused ({error[:80]}), {broken(page)} to us")
            continue
        mine, wanted = set(ours(page.body)), set(blocks)
        same, total = same + len(mine & wanted), total + len(mine | wanted)
        offset = page.body_line - 1
        for kind, first, last in sorted(mine ^ wanted, key=lambda block: block[1]):
            whose = "ours" if (kind, first, last) in mine else "theirs"
            differences.append(f"{page.path}:{first + offset}-{last + offset}: {kind} is only {whose}")
    print(f"{name}: {len(pages)} pages, {refused} refused, {same} of {total} blocks alike")
    for line in differences[:limit]:
        print(f"  {line}")


if __name__ == "__main__":
    main()
