"""How fast the dashboard is in Chromium: `python -m benchmarks.dashboard [EPISODES [LANGUAGES]]`.

It measures an invented site of 10,000 episodes in 10 languages, unless told otherwise: how long the page takes to load,
and to filter. Wanted are 2 s and 0.2 s. Needs chromium and playwright, as the browser tests do.
"""

import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.browser import sample
from transtool.i18n import ENGLISH
from transtool.render.html import render

_FILTERS = (("language", "de"), ("text", "tide"), ("language", ""), ("text", ""))
"""What is put into which field of the filters, one after the other."""

_FILTER = """([name, value]) => { const start = performance.now();
    const field = document.querySelector("#filters").elements[name];
    field.value = value;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    document.body.offsetHeight;
    return performance.now() - start; }"""
"""Fill a field, lay the page out, and give the milliseconds that took."""

_PATIENCE = 300_000
"""Milliseconds."""


def main(arguments: list[str]) -> None:
    """Write the page, open it and print what was measured."""
    episodes, languages = map(int, [*arguments, *("10000", "10")[len(arguments) :]])
    start = time.perf_counter()
    text = render(sample.sized(episodes, languages), ENGLISH)
    print(f"written: {len(text) / 1e6:.1f} MB in {time.perf_counter() - start:.1f} s")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "report.html"
        file.write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1360, "height": 900})
        page.set_default_timeout(_PATIENCE)
        _measure(page, file.as_uri())
        browser.close()


def _measure(page: Page, address: str) -> None:
    page.goto(address)
    loaded = page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart")
    print(f"loaded: {loaded / 1000:.2f} s")
    for name, value in _FILTERS:
        print(f"filter {name}={value}: {page.evaluate(_FILTER, [name, value]) / 1000:.3f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
