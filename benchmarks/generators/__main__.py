"""Build the sites of `docs/generators/` with the generators themselves, and look at the pages that come out.

    python -m benchmarks.generators [NAME ...] [--tools FOLDER] [--pictures FOLDER]
    python -m benchmarks.generators --configurations

Packages of npm and PyPI are installed into `--tools`, a temporary folder unless it is named; Jekyll and Hugo are
Debian's. All of them together take some minutes and 1 GB. `--pictures` takes pictures of a stale page and of a draft,
with chromium. `--configurations` writes what `transtool init` writes now into `docs/generators/`, and builds nothing.
"""

import argparse
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.generators.look import LOOKED_AT, problems
from tests.generator_sites import DOCS, GENERATORS, Generator, configured, snippets
from tests.runs import run

_QUIET = {"ASTRO_TELEMETRY_DISABLED": "1", "NO_UPDATE_NOTIFIER": "1", "CI": "1", "LANG": "C.UTF-8"}


def main() -> int:
    """Build what is asked for; 1 where a site could not be built or a page is not as it should be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generators", description=__doc__.partition("\n")[0])
    buildable = [name for name, generator in GENERATORS.items() if generator.command]
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(buildable))
    parser.add_argument("--tools", type=Path, metavar="FOLDER", help="where packages are installed and sites built")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="take pictures of the pages")
    parser.add_argument("--configurations", action="store_true", help="write what init writes into docs/generators/")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(buildable):
        parser.error(f"cannot build {', '.join(sorted(unknown))}: it is one of {', '.join(buildable)}")
    with tempfile.TemporaryDirectory() as temporary:
        tools = (asked.tools or Path(temporary)).resolve()
        if asked.configurations:
            return _document(tools)
        return max([_try(GENERATORS[name], tools / name, asked.pictures) for name in asked.names or buildable])


def _document(folder: Path) -> int:
    """Write the configurations that `init` writes into the pages."""
    for name, generator in GENERATORS.items():
        page = DOCS / f"{name}.md"
        text = page.read_text(encoding="utf-8")
        old, new = map(_block, (snippets(name)["transtool.toml"], configured(folder / name, generator)))
        page.write_text(text.replace(old, new), encoding="utf-8")
    return 0


def _block(configuration: str) -> str:
    return f"<!-- transtool.toml -->\n```toml\n{configuration}```\n"


def _try(generator: Generator, folder: Path, pictures: Path | None) -> int:
    """Build a site below `folder` and say what is wrong with its pages; 1 if anything is."""
    path = _install(generator, folder)
    command = shutil.which(generator.command[0], path=path)
    if command is None:
        print(f"{generator.name}: {generator.command[0]} is not installed")
        return 1
    site = folder / "site"
    shutil.rmtree(site, ignore_errors=True)
    configured(site, generator)
    for line in ("scaffold --missing", f"report --format data --output {generator.data}"):
        run(*line.split(), at=site).check_returncode()
    environment = {**os.environ, **_QUIET, "PATH": path, "HOME": str(folder)}
    done = subprocess.run([command, *generator.command[1:]], cwd=site, env=environment, capture_output=True, text=True)
    wrong = [done.stdout + done.stderr] if done.returncode else list(problems(site, generator))
    print(f"{generator.name}: {'; '.join(wrong) or 'as it should be'}", flush=True)
    if pictures is not None and not wrong:
        _take(site, generator, pictures)
    return 1 if wrong else 0


def _install(generator: Generator, folder: Path) -> str:
    """Install what a generator needs into `folder`, unless it is there; return the PATH that finds its command."""
    folder.mkdir(parents=True, exist_ok=True)
    record, wanted = folder / "packages.json", json.dumps([generator.npm, generator.pypi])
    if not record.exists() or record.read_text() != wanted:
        if generator.npm:
            (folder / "package.json").write_text('{"private": true}\n')
            subprocess.run(["npm", "install", "--silent", *generator.npm], cwd=folder, check=True)
        if generator.pypi:
            subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
            pip = [folder / "venv/bin/python", "-m", "pip", "install", "--quiet", *generator.pypi]
            subprocess.run(pip, check=True, capture_output=True)
        record.write_text(wanted)
    return os.pathsep.join([str(folder / "node_modules/.bin"), str(folder / "venv/bin"), os.environ["PATH"]])


def _take(site: Path, generator: Generator, pictures: Path) -> None:
    """Take pictures of the pages that have a banner, one of them written from right to left."""
    from playwright.sync_api import sync_playwright

    pictures.mkdir(parents=True, exist_ok=True)
    with _served(site / generator.folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 520})
        for (language, key), state in LOOKED_AT.items():
            if state in ("stale", "draft"):
                page.goto(f"{address}/{generator.built(language, key).removesuffix('index.html')}")
                page.screenshot(path=pictures / f"{generator.name}-{state}.png")
        browser.close()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve a folder to this machine; yield its address."""
    handler = functools.partial(_Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Silent(http.server.SimpleHTTPRequestHandler):
    """A server that says nothing about what it is asked for."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    raise SystemExit(main())
