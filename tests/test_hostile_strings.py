"""The same hostile strings through every text that every format and command prints: nothing raw gets out."""

import csv
import io
import json
import os
import pty
import re
import select
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.hostile import DIRECTION, EVERY, HIDDEN, TERMINAL
from tests.reports import filled_with, point
from tests.runs import COMMAND, environment, run
from transtool.assess.work_list import command, tasks
from transtool.edits import Edit, diff
from transtool.i18n import ENGLISH, Words
from transtool.model import EpisodeReport, Key, Language, Report
from transtool.render import TRENDS, changes, episode, patch, renderer, worklist
from transtool.render.issue import issues
from transtool.trend.model import Trend

ARABIC = Words("ar", "ar")
RAW = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u2028-\u202e\u2060\u3164\ufeff\ufff9-\uffff\ud800-\udfff]"
)
OPEN, CLOSE = "\u2068", "\u2069"
MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
IN_ARABIC = "\u200e\u200f\u2066\u2067\u2068\u2069"
BALANCED = re.compile(f"(?:[^{OPEN}{CLOSE}]|{OPEN}[^{OPEN}{CLOSE}]*{CLOSE})*")


def raw_in(text: str, ours: str = OPEN + CLOSE) -> list[str]:
    """What of `text` steers, hides or cannot be written; `ours` are marks of direction that our own sentences have."""
    return [character for character in (*RAW.findall(text), *MARKS.findall(text)) if character not in ours]


def unbalanced(text: str) -> list[str]:
    """The lines in which an isolate does not end, or one ends that did not begin."""
    return [line for line in text.split("\n") if OPEN in line.replace(CLOSE, OPEN) and not BALANCED.fullmatch(line)]


def trend(text: str) -> Trend:
    """A trend of a language of that name."""
    return Trend(points=(point("2024-01", Language(text), 2, 1, 1),))


# Terminal


def on_terminal(report: Report, text: str, words: Words, width: int | None) -> dict[str, str]:
    """Everything that can be drawn on a terminal, without colours."""
    found = tasks(report)
    return {
        "table": str(renderer("table")(report, words, width=width)),
        "show": episode.render(report, words, width=width),
        "diff": changes.render(report, words, width=width),
        "todo": worklist.render(found, words, width=width),
        "history": renderer("table", TRENDS)(trend(text), words, width=width),
        "patch": patch.render(diff([Edit(text, b"a\n", text.encode(errors="surrogateescape"))]), words, colour=False)
        if text.isprintable()
        else "",
        "file": patch.render_file(text, words),
        "github": str(renderer("github")(report, words)),
    }


@pytest.mark.parametrize(
    ("text", "words"), [(text, ENGLISH) for text in EVERY] + [(text, ARABIC) for text in (*TERMINAL, *DIRECTION)]
)
def test_nothing_steers_a_terminal(text: str, words: Words) -> None:
    report = filled_with(text)
    for width in (None, 80):
        shown = on_terminal(report, text, words, width)
        assert {name for name, each in shown.items() if raw_in(strip_first(each), IN_ARABIC)} == set()
        if words is ENGLISH and width is None:
            assert {name: found for name, each in shown.items() if (found := unbalanced(each))} == {}
            assert {name for name, each in shown.items() if raw_in(strip_first(each))} == set()


def strip_first(text: str) -> str:
    """Lines without the mark that tells a terminal how they run."""
    return re.sub("^[\u200e\u200f]", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("text", [*TERMINAL, *DIRECTION, *HIDDEN])
def test_a_diff_shows_what_it_would_write_line_by_line(text: str) -> None:
    whole = patch.render(f"--- a\n+++ b\n@@ -1 +1 @@\n-{text}\n+b\n", ENGLISH, colour=True)

    assert set(re.findall("\x1b\\[[0-9;]*m", whole)) <= {f"\x1b[{code}m" for code in ("0", "1", "31", "32", "36")}
    assert raw_in(strip_first(re.sub("\x1b\\[[0-9;]*m", "", whole))) == []


@pytest.mark.parametrize("text", EVERY)
def test_a_command_line_that_is_shown_is_one_word_a_name(text: str) -> None:
    import shlex

    line = command("diff", Key(text), language=Language("es"))
    words = shlex.split(line)

    assert raw_in(line) == []
    assert len(words) == 5 + text.startswith("-")
    assert not text.startswith("-") or words[-2] == "--"


# Markdown


MARKDOWN = MarkdownIt("gfm-like", {"linkify": False, "html": True})
OURS = re.compile(r"<!-- -->|</?(?:details|summary|b|ins|del|sub)>")
MENTION = re.compile(r"@\w|(?<!&)#\d|GH-\d|https?:|www\.|:[\w+-]+:|\b[0-9a-f]{40}\b")


def structure(markdown: str) -> list[tuple[str, str]]:
    """What Markdown is made of, but for its words: blocks, spans, HTML, links."""
    found: list[tuple[str, str]] = []
    for token in MARKDOWN.parse(markdown):
        if token.type == "html_block":
            found.append(("html", "".join(OURS.findall(token.content.replace("<!-- -->", "")))))
            assert OURS.sub("", token.content).count("<") == 0, token.content
        elif token.type != "inline":
            found.append((token.type, token.tag))
        for child in token.children or ():
            if child.type == "html_inline":
                assert OURS.fullmatch(child.content), child.content
                found += [] if child.content == "<!-- -->" else [("html", child.content)]
            elif child.type not in ("text", "text_special"):
                found.append((child.type, child.tag))
    return found


def called_in(markdown: str) -> list[str]:
    """Mentions, references and bare addresses that GitHub would make links of: it looks at text, not at code."""
    text = [
        child.content if child.type in ("text", "text_special") else "\0"
        for token in MARKDOWN.parse(markdown)
        for child in (*(token.children or ()), token)
    ]
    return MENTION.findall("".join(text))


def in_report(report: Report) -> str:
    """The report as Markdown."""
    return str(renderer("markdown")(report, ENGLISH))


def in_diff(report: Report) -> str:
    """The changes as Markdown."""
    return changes.render_markdown(report, ENGLISH)


def in_issue(report: Report) -> str:
    """The tracking issue, without its marker."""
    [made] = issues(replace(report, episodes=tuple(map(with_a_finding, report.episodes))), lambda _: ENGLISH)
    return made.body.removeprefix(made.marker)


def with_a_finding(told: EpisodeReport) -> EpisodeReport:
    """The episode with one finding: more of them would be left out or not, as their texts are short or long."""
    return replace(told, cells=tuple(replace(each, findings=each.findings[:1]) for each in told.cells))


IN_MARKDOWN = {"markdown": in_report, "diff": in_diff, "issue": in_issue}


@cache
def harmless_structure(name: str) -> list[tuple[str, str]]:
    """What the Markdown is made of where nothing attacks it."""
    return structure(IN_MARKDOWN[name](replace(filled_with("word"), repository="")))


@cache
def harmless_elements(name: str) -> frozenset[str]:
    """What HTML or XML is made of where nothing attacks it."""
    made = str(renderer(name)(filled_with("a/b"), ENGLISH))
    return frozenset(_Tags(made).found if name == "html" else (each.tag for each in ET.fromstring(made).iter()))


@pytest.mark.parametrize("name", IN_MARKDOWN)
@pytest.mark.parametrize("text", [text for text in EVERY if text.strip() and len(text) < 500])
def test_no_text_means_anything_in_markdown(text: str, name: str) -> None:
    made = IN_MARKDOWN[name]
    markdown = made(replace(filled_with(text), repository=""))

    assert structure(markdown) == harmless_structure(name)
    assert called_in(markdown) == []
    assert raw_in(markdown) == []


# What programs read


@pytest.mark.parametrize(
    "name",
    ["json", "sarif", "shields", "data", "jekyll", "todo", "diff", "history"],
)
@pytest.mark.parametrize("text", EVERY)
def test_json_holds_the_text_and_shows_nothing_raw(text: str, name: str) -> None:
    if name == "sarif" and text == "\ud800":
        pytest.skip("no path of any system holds it")
    report = filled_with(text)
    made = {
        "todo": lambda: worklist.render_json(tasks(report)),
        "diff": lambda: changes.render_json(report),
        "history": lambda: renderer("json", TRENDS)(trend(text)),
    }.get(name, lambda: str(renderer(name)(report, ENGLISH)))()

    assert raw_in(made) == []
    shown = text.encode("utf-8", "surrogateescape" if text != "\ud800" else "backslashreplace")
    value = json.loads(made)
    assert name in ("shields", "sarif") or text == "" or holds(value, shown.decode("utf-8", "backslashreplace"))


def holds(value: object, text: str) -> bool:
    """Whether a JSON value has `text` in it somewhere."""
    match value:
        case dict():
            return any(holds(each, text) for pair in value.items() for each in pair)
        case list():
            return any(holds(each, text) for each in value)
    return value == text


CALCULATED = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")


@pytest.mark.parametrize("text", EVERY)
def test_no_cell_of_a_table_is_calculated(text: str) -> None:
    for made in (str(renderer("csv")(filled_with(text), ENGLISH)), renderer("csv", TRENDS)(trend(text))):
        assert raw_in(made.removeprefix("\ufeff").replace("\r\n", "\n")) == []
        rows = list(csv.reader(io.StringIO(made.removeprefix("\ufeff"), newline="")))
        assert len({len(row) for row in rows}) == 1
        texts = [cell for row in rows for cell in row if not re.fullmatch(r"-?[\d.]+", cell)]
        assert [cell for cell in texts if any(map(CALCULATED.match, cell.split(";")))] == []


LINK = "{http://www.w3.org/2005/Atom}link"


@pytest.mark.parametrize("name", ["junit", "badge", "atom"])
@pytest.mark.parametrize("text", EVERY)
def test_xml_can_be_read_and_shows_nothing_raw(text: str, name: str) -> None:
    made = str(renderer(name)(filled_with(text), ENGLISH))

    assert raw_in(made) == []
    elements = {each.tag for each in ET.fromstring(made).iter()} - {LINK}  # of what is a web address, there are some
    assert elements == harmless_elements(name) - {LINK}


class _Tags(HTMLParser):
    """Collects the names of elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element; none runs a script."""
        self.found.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


@pytest.mark.parametrize("text", EVERY)
def test_html_has_no_element_of_the_sites(text: str) -> None:
    made = str(renderer("html")(filled_with(text), ENGLISH))

    assert _Tags(made).found <= harmless_elements("html")
    assert raw_in(made) == []


@pytest.mark.parametrize("text", EVERY)
def test_an_annotation_is_a_line(text: str) -> None:
    made = str(renderer("github")(filled_with(text), ENGLISH))

    assert all(re.match(r"::(?:error|warning|notice) file=|transtool: ", line) for line in made.splitlines())


# Every command, on a terminal


SITE = """
source = "en"
languages = ["es", "fr"]
[series.talks]
path = "talks/{key}/{lang}.md"
[fields.local]
lang = "{lang}"
"""
COMMANDS = [
    line.strip()
    for line in """
    check | check --verbose | check --ui-language ar | todo | todo --all | todo --ui-language ar | todo --format json
    report | report --history | report --format json | report --format markdown | report --format csv
    report --format html | report --format github | report --format sarif | report --format junit
    report --format data | report --format jekyll | report --history --format csv | config | init --dry-run
    scaffold --missing --dry-run | stamp --all-current --dry-run | scaffold --missing
    stamp --dry-run -- {key} | show -- {key} | diff -- {key} | diff --format markdown -- {key}
    diff --format json -- {key} | show -- nothing{key} | {key} | --ui-language {key} check
    check --rule {key} | check --series {key} | check --language {key} | check --fail-on {key} | check --site{key}
    check --min-coverage {key} | report --format {key} | check --config {key} | check --since {key} | check {key}
    check --output {key}/x | issues --output issues | issues --language es
    """.replace("\n", "|").split("|")
    if line.strip()
]


def usable(text: str) -> bool:
    """Whether a file system and a command line can have `text` as a name."""
    return bool(text) and "\0" not in text and "/" not in text and text != "\ud800" and len(os.fsencode(text)) < 200


def hostile_site(root: Path, names: list[str], errors: str = "surrogateescape") -> Path:
    """A site whose folders, titles, fields and bodies are all called as in `names`."""
    (root / "transtool.toml").write_text(SITE)
    for name in names:
        folder = root / "talks" / name
        folder.mkdir(parents=True)
        body = name.encode("utf-8", errors)
        title = json.dumps(name.encode("utf-8", "replace").decode())
        for tag, field in (("en", "x"), ("es", name.encode("utf-8", "replace").decode())):
            head = f"---\ntitle: {title}\nlang: {json.dumps(field)}\n{json.dumps(field)}: {title}\n---\n"
            (folder / f"{tag}.md").write_bytes(head.encode() + b"\n" + body + b"\n\nBread needs time and salt.\n")
    return root


def on_pty(line: list[str | bytes], at: Path, **changes: str) -> bytes:
    """What a command writes to a terminal, stdout and stderr; a dumb one, on which no bar moves."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *line], cwd=at, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
        env=environment(**{"TERM": "dumb"} | changes, COLUMNS="100", TRANSTOOL_NO_CACHE="1"),
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while True:
        ready, _, _ = select.select([ours], [], [], 0.1)
        try:
            part = os.read(ours, 1 << 16) if ready else b""
        except OSError:  # the other end is closed
            break
        seen += part
        if not part and process.poll() is not None:
            break
    os.close(ours)
    process.wait()
    return seen


def filled(line: str, key: str) -> list[str | bytes]:
    return [os.fsencode(part.replace("{key}", key)) for part in line.split(" ")]


@pytest.mark.parametrize("line", COMMANDS)
def test_no_command_lets_anything_raw_out_on_a_terminal(line: str, tmp_path: Path) -> None:
    names = [text for text in EVERY if usable(text)]
    hostile_site(tmp_path, names[:9] if "{key}" in line else names)

    keys = [f"a{text}" for text in ("\x1b[5;41m\x9b5m\u202e\u2028\ud83d", "\n# x\t")] if "{key}" in line else [""]
    for key in keys:
        key = key.replace("\ud83d", "\udce9")
        seen = on_pty(filled(line, key), tmp_path).decode("utf-8", "surrogateescape")
        seen = re.sub("\r+\n", "\n", seen)

        assert seen
        assert "Traceback" not in seen
        assert "bug of transtool" not in seen
        assert raw_in(seen.replace("\ufeffseries", "series"), IN_ARABIC) == []


def test_a_patch_in_a_pipe_is_what_git_applies_and_on_a_terminal_it_has_colours(tmp_path: Path) -> None:
    site = hostile_site(tmp_path, ["plain", "caf\udce9"], "replace")
    page = site / "talks" / "plain" / "en.md"
    page.write_bytes(page.read_bytes() + b"\nesc\x1b[31mred\ttab\r\n")

    piped = subprocess.run(
        [*COMMAND, "scaffold", "--missing", "--dry-run"],
        cwd=site, env=environment(FORCE_COLOR="1", NO_COLOR=None), capture_output=True, check=True,
    ).stdout  # fmt: skip
    subprocess.run(["git", "apply", "-p1", "-"], cwd=site, input=piped, check=True)
    seen = on_pty(["stamp", "--dry-run", "plain"], site, NO_COLOR="", TERM="xterm")

    assert (site / "talks" / "plain" / "fr.md").read_bytes().endswith(b"esc\x1b[31mred\ttab\r\n")
    assert run("scaffold", "--missing", "--dry-run", at=site).stdout == ""
    assert b"\x1b[32m+source_digest" in seen
    assert (
        on_pty(["scaffold", "--missing", "--dry-run"], site)
        == b"nothing to write: what was asked for already exists\r\n"
    )
