"""A real browser for the dashboard's tests; without one (or without axe-core) they are skipped and say why."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from tests.browser import sample
from transtool.i18n import Words
from transtool.render.html import render

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium")
OTHERS = ("de", "es", "fr", "it", "ja", "pt")
"""The languages of the interface, beside English and Arabic."""
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE = 300_000  # milliseconds; a browser on a busy machine may need more than playwright's 30 seconds
ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]


@dataclass
class Opened:
    """A page with what it did besides being shown."""

    page: "playwright.Page"
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator["playwright.Browser"]:
    """Debian's chromium, started once."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (tests/browser/install.sh installs it)")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def dashboards(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Write a dashboard by name, once: `living`, `arabic`, `trapped`, `long`, `wide`, and `de`, `es` and the like."""
    folder = tmp_path_factory.mktemp("dashboards")
    english, arabic = Words(), Words("ar", "ar")
    makers = {
        "living": lambda: render(sample.living(), english, trend=sample.trend()),
        "arabic": lambda: render(sample.living(), arabic, trend=sample.trend()),
        "trapped": lambda: render(sample.trapped(), english),
        "long": lambda: render(sample.sized(2300, 3), english),
        "wide": lambda: render(sample.sized(30, 14), english),
        **{tag: partial(render, sample.living(), Words(tag, tag)) for tag in OTHERS},
    }

    def written(name: str) -> Path:
        file = folder / f"{name}.html"
        if not file.exists():
            file.write_text(makers[name](), encoding="utf-8")
        return file

    return written


@pytest.fixture
def show(
    browser: "playwright.Browser", dashboards: Callable[[str], Path]
) -> Iterator[Callable[..., "playwright.Page"]]:
    """Open a dashboard; afterwards, nothing was logged and nothing but the file itself was asked for."""
    opened: list[Opened] = []

    def open_page(name: str = "living", anchor: str = "", **options: object) -> "playwright.Page":
        options = {"viewport": {"width": 1360, "height": 900}, "reduced_motion": "reduce", "locale": "en-GB"} | options
        one = Opened(browser.new_context(**options).new_page())
        opened.append(one)
        one.page.set_default_timeout(PATIENCE)
        one.page.on("console", lambda message: one.said.append(message.text))
        one.page.on("pageerror", lambda error: one.said.append(str(error)))
        one.page.on("request", lambda request: one.asked.append(request.url))
        one.page.goto(dashboards(name).as_uri() + anchor)
        return one.page

    yield open_page
    for one in opened:
        one.page.context.close()
    for one in opened:
        assert one.said == []
        itself = one.asked[0].partition("#")[0]
        assert {url.partition("#")[0] for url in one.asked if not url.startswith("data:")} == {itself}


@pytest.fixture
def violations() -> Callable[["playwright.Page"], list[str]]:
    """Judge a page with axe-core: every violation of WCAG 2.2 A and AA, with the element that has it."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (tests/browser/install.sh installs it)")
    standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
    script = """standards => axe.run(document, {runOnly: {type: "tag", values: standards}}).then(result =>
        result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`)))"""

    def judged(page: "playwright.Page") -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[str] = page.evaluate(script, standards)
        return found

    return judged
