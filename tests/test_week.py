"""What “A maintainer's week” shows is what happens."""

import re
from pathlib import Path

from tests.week import PAGE, played

COMMANDS = ("check", "check --since", "todo", "diff", "sync", "update", "dismiss", "stamp", "report")


def test_every_command_of_the_week_prints_what_the_page_shows(tmp_path: Path) -> None:
    text = PAGE.read_text("utf-8")
    assert played(text, tmp_path).splitlines() == text.splitlines()


def test_the_week_has_every_command_of_a_maintainer() -> None:
    called = "\n".join(re.findall(r"^\$ transtool (.+)$", PAGE.read_text("utf-8"), re.MULTILINE))
    assert [command for command in COMMANDS if not re.search(rf"^{command}\b", called, re.MULTILINE)] == []
