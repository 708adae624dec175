"""Time what others do with the same site: `python -m benchmarks.peers SITE DOCS [--lunaria PROGRAM] [--runs N]`.

SITE is a checkout that has `transtool.toml`; DOCS is the folder in it with the pages of the source, and one folder a
language. Measured are transtool (with nothing remembered, and with nothing changed), po4a (from Debian), which extracts
every page and writes every translation, and Lunaria (from npm, PROGRAM in `node_modules/.bin`), which builds the status
page that its own configuration above DOCS describes. None of them does what another does: po4a wants
translations kept as PO, and Lunaria says which files are older than their source.
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.speed import Cost, middle, run, transtool
from transtool.site.open import read_config


def main() -> None:
    """Measure what there is, and print a table."""
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--lunaria", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print("| | wall | CPU | memory |\n|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for what, measured in _peers(options.site.resolve(), options.docs.resolve(), options.lunaria, Path(folder)):
            cost = middle([measured() for _ in range(options.runs)])
            print(f"| {what} | {cost.wall:.2f} s | {cost.cpu:.2f} s | {cost.memory:.0f} MiB |", flush=True)


def _peers(site: Path, docs: Path, lunaria: Path | None, folder: Path) -> Iterator[tuple[str, Callable[[], Cost]]]:
    def first() -> Cost:
        shutil.rmtree(folder / "cache", ignore_errors=True)
        return transtool(site, folder / "cache", "check")

    yield "transtool, nothing remembered", first
    yield "transtool, nothing changed", lambda: transtool(site, folder / "cache", "check")
    if shutil.which("po4a"):
        config = _po4a(site, docs, folder)

        def extracted() -> Cost:
            shutil.rmtree(folder / "po", ignore_errors=True)
            Path(folder, "po").mkdir()
            return run(("po4a", "-q", str(config)), docs)

        yield "po4a, everything", extracted
    if lunaria is not None:
        yield "Lunaria, status page", lambda: run((str(lunaria.absolute()), "build"), _configured(docs))


def _configured(docs: Path) -> Path:
    """Return the folder above the pages that has Lunaria's configuration."""
    return next(folder for folder in docs.parents if (folder / "lunaria.config.json").exists())


def _po4a(site: Path, docs: Path, folder: Path) -> Path:
    """Write what po4a needs to know about the pages of the source and the languages."""
    _, config = read_config(site, None)
    languages = [language.lower() for language in config.series[0].languages]
    pages = sorted(path.relative_to(docs) for path in docs.rglob("*") if path.suffix in (".md", ".mdx"))
    lines = [f"[po4a_langs] {' '.join(languages)}", f"[po4a_paths] {folder}/po/all.pot $lang:{folder}/po/$lang.po"]
    lines += [
        f'[type: text] {page} $lang:{folder}/po/$lang/{page} opt:"-o markdown -k 0"'
        for page in pages
        if page.parts[0] not in languages
    ]
    made = folder / "po4a.cfg"
    made.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return made


if __name__ == "__main__":
    main()
