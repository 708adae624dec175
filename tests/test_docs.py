"""What the documentation says is so: commands, options, rules, keys, layouts, examples and links."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from transtool import config
from transtool.cli.app import app
from transtool.languages import Spellings
from transtool.layout import compile_template
from transtool.model import Language
from transtool.render import RENDERERS
from transtool.rules import RULES

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMANDS = get_command(app).commands  # a group has commands
NEWCOMERS = {"-h", "--help"}


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """The part of a page below `heading`, up to the next heading of that level or above."""
    level = heading.split(" ")[0]
    _, _, rest = text.partition(f"\n{heading}\n")
    return re.split(rf"^#{{1,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def blocks(text: str, *languages: str) -> list[str]:
    """The code blocks of these languages."""
    return [
        code
        for language, code in re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        if language in languages
    ]


def anchors(text: str) -> set[str]:
    """The places of a page that a link can name, as GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def options(command: str) -> set[str]:
    """The long options of a command."""
    params = COMMANDS[command].params
    return {
        name for param in params for name in (*param.opts, *param.secondary_opts) if name.startswith("--")
    } - NEWCOMERS


# Commands


def test_every_command_has_a_section_and_is_in_the_table() -> None:
    text = page("docs/commands.md")

    assert set(re.findall(r"^## `transtool (\w+)`$", text, re.MULTILINE)) == set(COMMANDS)
    assert set(re.findall(r"^\| \[`(\w+)`\]", text, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_option_of_a_command_is_in_its_section_and_no_other_is(command: str) -> None:
    text = section(page("docs/commands.md"), f"## `transtool {command}`")
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)

    assert set(re.findall(r"`(--[a-z-]+)", prose)) == options(command)


def test_every_format_is_in_the_table() -> None:
    text = section(page("docs/commands.md"), "## Formats")

    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(RENDERERS)


def test_options_that_commands_share_are_explained() -> None:
    text = section(page("docs/commands.md"), "## Options that several commands share")
    counts: dict[str, int] = {}
    for command in COMMANDS:
        for name in options(command):
            counts[name] = counts.get(name, 0) + 1

    assert [name for name, count in counts.items() if count >= 3 and f"`{name}" not in text] == []


def lines_that_call_it() -> list[tuple[str, str]]:
    """Every line of a shell block in the documentation that calls transtool."""
    found = []
    for each in PAGES:
        for code in blocks(each.read_text(encoding="utf-8"), "sh", "console", "bash", "yaml"):
            for line in code.splitlines():
                call = re.search(r"(?:^\$? ?|run: |&& )(transtool \w.*)", line)
                if call and (each.name, call[1]) not in found:
                    found.append((each.name, call[1]))
    return found


@pytest.mark.parametrize(("name", "line"), lines_that_call_it())
def test_a_command_line_in_the_documentation_is_one_that_exists(name: str, line: str) -> None:
    call = re.split(r"\s[|>&]|\s#", line)[0]
    words = shlex.split(call)[1:]

    if words[0].startswith("--"):
        return
    assert words[0] in COMMANDS
    known = {option for param in COMMANDS[words[0]].params for option in param.opts} | NEWCOMERS
    assert [word for word in words if word.startswith("-") and word.split("=")[0] not in known and word != "-"] == []


# Rules


def test_every_rule_is_described_with_its_severity() -> None:
    text = page("docs/rules.md")

    assert re.findall(r"^## `(\w+)`$", text, re.MULTILINE) == list(RULES)
    table = re.findall(r"^\| \[`(\w+)`\]\(#\w+\) \| .+ \| (\w+) \|$", text, re.MULTILINE)
    assert table == [(rule.id, rule.severity.value) for rule in RULES.values()]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_told_with_what_why_example_fix_and_how_to_silence_it(rule: str) -> None:
    text = section(page("docs/rules.md"), f"## `{rule}`")

    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["What", "Why", "Example", "Fix", "Silence"]


@pytest.mark.parametrize("rule", RULES)
def test_the_example_of_a_rule_is_a_sentence_that_it_says(rule: str) -> None:
    text = section(page("docs/rules.md"), f"## `{rule}`")
    example = re.search(r"^\*\*Example\.\*\*(.+?)\n\n", text, re.MULTILINE | re.DOTALL)
    assert example is not None
    sentences = [re.sub(r"\\\{\w+\\\}", ".+", re.escape(sentence)) for sentence in RULES[rule].sentences.values()]

    spans = re.findall(r"`(.+?)`", example[1])
    assert [span for span in spans if any(re.fullmatch(sentence, span) for sentence in sentences)], spans


# Configuration


def keys(table: str, prefix: str) -> list[str]:
    """The keys of a table of the schema, with the tables inside it."""
    definitions = config.schema()["$defs"]
    assert isinstance(definitions, dict)
    found = []
    for name, value in definitions[table]["properties"].items():
        found.append(f"{prefix}{name}")
        inside = re.search(r'"#/\$defs/(\w+Table)"', json.dumps(value))
        if inside and (table, name) != ("SeriesTable", "fields"):
            named = {"series": ".NAME.", "local": ".FIELD."}.get(name, ".")
            found += keys(inside[1], f"{prefix}{name}{named}")
    return found


def test_the_keys_are_walked_through() -> None:
    assert {"series.NAME.exempt.key", "fields.local.FIELD.title_of", "pin.kind"} <= set(keys("SiteTable", ""))


@pytest.mark.parametrize("key", keys("SiteTable", ""))
def test_every_key_of_the_configuration_is_described(key: str) -> None:
    text = page("docs/configuration.md")

    assert f"# `{key}`\n" in text or f"- `{key}`" in text


FRAGMENTS = [
    pytest.param(code, id=f"{each.name}-{index}")
    for each in PAGES
    if each.name != "fleet.md"  # its example is a list of sites
    for index, code in enumerate(blocks(each.read_text(encoding="utf-8"), "toml"))
]


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_an_example_of_the_configuration_is_accepted(fragment: str) -> None:
    parsed = tomllib.loads(fragment)
    before = "" if "source" in parsed else 'source = "en"\n'
    before += "" if "languages" in parsed else 'languages = ["es", "fr", "de"]\n'
    after = "" if "series" in parsed else '\n[series.x]\npath = "x-{number}/{lang}.md"\n'

    assert config.parse(f"{before}{fragment}{after}".encode(), "transtool.toml").series


def test_defaults_are_told() -> None:
    text = page("docs/configuration.md")
    told = dict(re.findall(r"^### `(\w+(?:\.\w+)?)`\n\n(?:.+\n)*?.*?Default: `([\w.]+)`", text, re.MULTILINE))

    assert told == {
        "draft_share": "0.5",
        "max_file_size": "16",
        "corrections": "current",
        "stamp.digest": "source_digest",
        "stamp.blob": "source_blob",
        "pin.comment": "false",
    }


# Layouts

LAYOUTS = re.findall(r"^\| `(.+?)` \| `(.+?)` \| (\S+) \| (\S+) \|$", page("docs/layouts.md"), re.MULTILINE)


@pytest.mark.parametrize(("template", "path", "language", "key"), LAYOUTS)
def test_a_layout_matches_and_builds_its_example(template: str, path: str, language: str, key: str) -> None:
    spellings = Spellings.of(["en", "es", "fr", "de", "ja", "pt-BR", "zh-Hans"])
    compiled = compile_template(template.replace("\\|", "|"), spellings, source=Language("en"))

    match = compiled.match(path)

    assert match is not None
    assert (match.language, match.key) == (language, key)
    assert compiled.build(language=match.language, key=match.key, like=match) == path


# JSON


def test_the_json_example_fits_the_schema() -> None:
    import jsonschema

    from transtool.schemas import SCHEMAS, schema_text

    [example] = blocks(page("docs/json.md"), "json")

    jsonschema.validate(json.loads(example), json.loads(schema_text(SCHEMAS["report"])))


@pytest.fixture(scope="session")
def report_of_content(tmp_path_factory: pytest.TempPathFactory) -> str:
    done = transtool("report", "--format", "json", cwd=ROOT / "content")
    assert done.returncode == 0, done.stderr
    return done.stdout


def transtool(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the program in `cwd`, in English, without colours."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "transtool", *arguments], cwd=cwd, env=environment, capture_output=True, text=True
    )


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
@pytest.mark.parametrize("code", blocks(page("docs/json.md"), "sh"))
def test_a_jq_example_gives_an_answer(code: str, report_of_content: str) -> None:
    filter_ = re.search(r"jq -r '(.+?)'", code, re.DOTALL)
    assert filter_ is not None

    done = subprocess.run(["jq", "-r", filter_[1]], input=report_of_content, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


# Dependencies


def test_every_dependency_is_justified() -> None:
    settings = tomllib.loads(page("pyproject.toml"))
    project, build = settings["project"], settings["build-system"]["requires"]
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    wanted = {re.match(r"[\w-]+", each)[0] for each in [*project["dependencies"], *extras, *build]}

    assert set(re.findall(r"^\| (?:`\w+` \| )?`([\w-]+)` \| \w", page("docs/dependencies.md"), re.MULTILINE)) == wanted


# Pages


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_link_inside_the_documentation_leads_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]+`", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = []
    targets = [one or other for one, other in re.findall(r"\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"", text)]
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
            broken.append(target)

    assert broken == []


def test_the_readme_leads_to_every_page() -> None:
    text = page("README.md")

    assert [path.name for path in (ROOT / "docs").glob("*.md") if f"docs/{path.name}" not in text] == []


def test_the_list_of_decisions_is_whole_and_in_order() -> None:
    pages = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("0*.md"))
    titles = [page(f"docs/decisions/{name}").partition("\n")[0].removeprefix("# ") for name in pages]

    assert re.findall(r"^(\d+\. )\[(.+?)\]\((.+?)\)$", page("docs/decisions/README.md"), re.MULTILINE) == [
        (f"{number}. ", title.removeprefix(f"{number}. "), name)
        for number, (name, title) in enumerate(zip(pages, titles, strict=True), 1)
    ]


def test_every_module_that_the_architecture_names_exists() -> None:
    text = page("docs/architecture.md")
    told = {name.rstrip("*").rstrip("_") for name in re.findall(r"`([a-z_0-9]+\*?)`", section(text, "## Rooms"))}
    modules = {
        path.stem for path in (ROOT / "transtool").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    assert sorted(name for name in told if not any(module.startswith(name) for module in modules)) == []
    assert sorted(modules - told - {"__init__", "__main__"}) == []
