"""Put hostile strings wherever a site can have one, and show them in every format: nothing raw gets through."""

import random
import sys
from collections.abc import Callable
from pathlib import Path

import tests
from benchmarks.attack.counted import Counted
from tests.hostile import EVERY
from transtool.i18n import ENGLISH

sys.path.append(str(Path(tests.__path__[0])))  # these tests import their neighbours by name, as pytest lets them
from tests import test_hostile_strings as shown

_CHECKS: dict[str, Callable[[str], object]] = {
    "terminal": lambda text: shown.test_nothing_steers_a_terminal(text, ENGLISH),
    "terminal in Arabic": lambda text: shown.test_nothing_steers_a_terminal(text, shown.ARABIC),
    "Markdown report": lambda text: shown.test_no_text_means_anything_in_markdown(text, "markdown"),
    "Markdown diff": lambda text: shown.test_no_text_means_anything_in_markdown(text, "diff"),
    "CSV and XLSX": shown.test_no_cell_of_a_table_is_calculated,
    "JUnit": lambda text: shown.test_xml_can_be_read_and_shows_nothing_raw(text, "junit"),
    "badge": lambda text: shown.test_xml_can_be_read_and_shows_nothing_raw(text, "badge"),
    "HTML": shown.test_html_has_no_element_of_the_sites,
    "GitHub": shown.test_an_annotation_is_a_line,
}


def run(count: int, draw: random.Random) -> Counted:
    """Show `count` hostile strings (0: all of them) in every format."""
    found = Counted()
    for text in draw.sample(EVERY, count) if count else EVERY:
        for name, check in _CHECKS.items():
            if name.startswith("Markdown") and (not text.strip() or len(text) >= 500):
                continue
            try:
                check(text)
                held = True
            except AssertionError:
                held = False
            found.check(held, f"{name}: {text!r:.80}")
    return found
