"""Take the pictures of the dashboard for the README, in light and dark: `python -m docs.screenshots`.

They show an invented site. Needs chromium and playwright, as the browser tests do (`tests/browser/install.sh`).
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from tests.browser import sample
from transtool.i18n import ENGLISH
from transtool.render.html import charts, render

FOLDER = Path(__file__).parent / "screenshots"
DESKTOP = {"width": 1360, "height": 800}
PHONE = {"width": 390, "height": 780}
VIEWS = (
    ("today", "#de", DESKTOP),
    ("overview", "#overview", DESKTOP),
    ("matrix", "#matrix", DESKTOP),
    ("episode", "#de/episodes/2/2", DESKTOP),
    ("phone", "#de", PHONE),
)


def main() -> None:
    """Write every picture, and the chart that stands alone."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "trend.svg").write_text(charts.render(sample.trend(), ENGLISH), encoding="utf-8")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "report.html"
        file.write_text(render(sample.living(), ENGLISH, trend=sample.trend()), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            for name, anchor, size in VIEWS:
                _take(browser, file.as_uri() + anchor, FOLDER / f"{name}-{scheme}.png", scheme, size)
        browser.close()


def _take(browser: Browser, address: str, target: Path, scheme: str, size: dict[str, int]) -> None:
    """Write one picture of what an address shows."""
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce", locale="en")
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=target)
    context.close()


if __name__ == "__main__":
    main()
