"""Check on many files that an edit changes one field and nothing else: `python -m benchmarks.edits [COUNT] [SITE …]`.

COUNT files of each kind are generated, and every page of each SITE is read: each is stamped as `stamp` does it, or
one of its fields is changed. Independent readers (`tomllib`, `json`, ruamel.yaml, a small one of headers)
must read the same before and after, but for that field; every byte of the body must be there. Nothing is written.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from benchmarks.edits.generate import KINDS, TEXTS, yaml
from transtool.document import Document, edit, parse
from transtool.errors import EditRefused

_COUNT = 20_000
_SUFFIXES = {".md", ".markdown", ".mdx", ".html", ".qmd", ".njk", ".liquid", ".adoc", ".rst", ".txt"}
_STAMP = {
    "source_digest": "0123456789abcdef0123456789abcdef",
    "source_blob": "0123456789012345678901234567890123456789",
}


def read_yaml(text: str) -> dict[str, Any]:
    """What ruamel.yaml reads between the fences, every scalar as text; of a name that stands twice, the last."""
    from ruamel.yaml import YAML

    lines = text.replace("\r\n", "\n").split("\n")
    end = next(at for at, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "..."))
    text = "".join(f"{line}\n" for line in lines[1:end])
    return dict(_plain(YAML(typ="base", pure=True).compose(StringIO(text))) or {})


def _plain(node: Any) -> Any:
    """The value of a node: ruamel.yaml's own constructor takes the first of a name that stands twice, or none."""
    match getattr(node, "id", ""):
        case "mapping":
            return {_plain(name): _plain(value) for name, value in node.value}
        case "sequence":
            return [_plain(item) for item in node.value]
    return None if node is None else node.value


READERS: dict[str, Callable[[str], dict[str, Any]]] = {"yaml": read_yaml, **{k: read for k, (_, read) in KINDS.items()}}


def check(data: bytes, draw: random.Random) -> str:
    """Edit one file, and return what came of it; what starts with `WRONG` should never come."""
    document = parse("page.md", data)
    if not isinstance(document, Document):
        return "unreadable"
    if document.format not in READERS:
        return f"{document.format}: not edited"
    if document.format != "yaml" and any(note.problem == "duplicate-key" for note in document.notes):
        return f"{document.format}: a name twice, of which readers take different ones"
    independent = READERS[document.format]
    try:
        before = independent(document.text)
    except Exception:
        return f"{document.format}: the independent reader gives up"
    names = [field.name for field in document.fields if isinstance(before.get(field.name), str)]
    changes = dict(_STAMP) if not names or draw.random() < 0.5 else {draw.choice(names): draw.choice(TEXTS)}
    try:
        after = edit(document, changes)
    except EditRefused:
        return f"{document.format}: refused"
    return f"{document.format}: {_verdict(document, before, after, changes, independent)}"


def _verdict(
    document: Document,
    before: dict[str, Any],
    after: bytes,
    changes: dict[str, str],
    independent: Callable[[str], dict[str, Any]],
) -> str:
    text = after.decode("utf-8-sig")
    there = independent(text)
    if not text.endswith(document.body):
        return "WRONG body"
    rest = [{name: repr(each) for name, each in value.items() if name not in changes} for value in (before, there)]
    if rest[0] != rest[1]:
        return "WRONG other fields"
    wrong = [name for name, value in changes.items() if str(there.get(name)).strip() != value.strip()]
    return "WRONG value" if wrong else "right"


def _generated(count: int) -> Iterator[tuple[str, bytes]]:
    makers = {"yaml": yaml, **{kind: make for kind, (make, _) in KINDS.items()}}
    for kind, make in makers.items():
        for seed in range(count):
            text = make(random.Random(seed))
            yield f"{kind} {seed}", (text.replace("\n", "\r\n") if seed % 3 == 0 else text).encode()


def _real(site: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(site.rglob("*")):
        if path.suffix in _SUFFIXES and path.is_file() and not path.is_symlink() and ".git" not in path.parts:
            yield str(path), path.read_bytes()


def _run(name: str, files: Iterator[tuple[str, bytes]]) -> bool:
    start, counts, shown = time.monotonic(), Counter[str](), 0
    for path, data in files:
        outcome = check(data, random.Random(path))
        counts[outcome] += 1
        if "WRONG" in outcome and shown < 5:
            shown += 1
            print(f"  {path}: {outcome}")
    said = ", ".join(f"{outcome} {count:,}" for outcome, count in sorted(counts.items()))
    print(f"{name}: {said} ({time.monotonic() - start:.0f} s)", flush=True)
    return not any("WRONG" in outcome for outcome in counts)


def main(arguments: list[str]) -> int:
    """Run everything and say what came of it; 1 where an edit changed something else."""
    count = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else _COUNT
    right = [_run("generated", _generated(count))] if count else []
    right += [_run(Path(site).name, _real(Path(site))) for site in arguments]
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
