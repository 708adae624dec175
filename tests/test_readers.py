"""What is written into front matter reads the same wherever sites read it: PyYAML, ruamel.yaml, Ruby's Psych."""

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tests.frontmatter_texts import NAMES, files
from transtool.document import Document, Scalar, Unreadable, edit, parse
from transtool.document.values import kind
from transtool.errors import EditRefused

PSYCH = """
require "yaml"; require "json"; require "date"
$stdin.set_encoding("UTF-8"); $stdout.set_encoding("UTF-8"); $stdout.sync = true
$stdin.each_line do |line|
  begin
    found = YAML.safe_load(JSON.parse(line), permitted_classes: [Date, Time, Symbol], aliases: true)
    how = ->(value) { value.is_a?(String) ? ["text", value] : ["other", value.to_s] }
    puts JSON.generate((found || {}).to_h { |name, value| [name.to_s, how.call(value)] })
  rescue StandardError
    puts JSON.generate(nil)
  end
end
"""
Read = Callable[[str], dict[str, object] | None]


class Typed(str):
    """What Psych read as something else than text."""


def in_python(loader: type) -> Read:
    """Return PyYAML with a loader; what it cannot read is None."""

    def read(text: str) -> dict[str, object] | None:
        try:
            found = yaml.load(text, Loader=loader)
        except (yaml.YAMLError, ValueError, TypeError, AttributeError):
            return None
        return found if isinstance(found, dict) else {} if found is None else None

    return read


def in_ruamel(text: str) -> dict[str, object] | None:
    """Read as ruamel.yaml does, which knows YAML 1.2."""
    reader = YAML(typ="safe", pure=True)
    try:
        found = reader.load(io.StringIO(text))
    except Exception:  # ruamel.yaml lets through whatever its parts raise
        return None
    return found if isinstance(found, dict) else {} if found is None else None


@pytest.fixture(scope="module")
def readers() -> Iterator[dict[str, Read]]:
    """Every reader there is here, by name."""
    found: dict[str, Read] = {
        "libyaml": in_python(yaml.CSafeLoader),
        "PyYAML": in_python(yaml.SafeLoader),
        "ruamel": in_ruamel,
    }
    ruby = shutil.which("ruby")
    if ruby is None:
        yield found
        return
    with subprocess.Popen(
        [ruby, "-e", PSYCH], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as psych:
        assert psych.stdin is not None and psych.stdout is not None

        def in_psych(text: str) -> dict[str, object] | None:
            psych.stdin.write(json.dumps(text) + "\n")
            psych.stdin.flush()
            fields = json.loads(psych.stdout.readline())
            return fields and {name: text if how == "text" else Typed(text) for name, (how, text) in fields.items()}

        yield {**found, "psych": in_psych}
        psych.stdin.close()


def head(document: Document) -> str:
    """The text between the fences; a file that has none has nothing."""
    whole = document.text[: document.body_start]
    return re.split(r"^(?:---|\.\.\.)", whole.partition("\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


CASES = {
    "a tab in plain text": ("a: b\n", "a", "one\ttwo"),
    "a tab behind a comment": ("a: b # c\n", "a", "x\t# y"),
    "a tab in single quotes": ("a: 'b'\n", "a", "one\ttwo"),
    "a tab in a block": ("a: |\n  b\n", "a", "\tone\n"),
    "a tag for a number": ("a: !!int 41\n", "a", "word"),
    "a tag for a float": ("a: !!float 4.5\n", "a", "word"),
    "a tag for a truth": ("a: !!bool yes\n", "a", "perhaps"),
    "a tag for a moment": ("a: !!timestamp 2031-03-05\n", "a", "soon"),
    "a tag for nothing": ("a: !!null ~\n", "a", "something"),
    "a tag for bytes": ("a: !!binary QQ==\n", "a", "no base64"),
    "a tag and an anchor": ("a: !!int &x 41\n", "a", "word"),
    "an anchor and a tag": ("a: &x !!int 41\n", "a", "word"),
    "a tag for text": ("a: !!str 41\n", "a", "042"),
    "a tag on a line of its own": ("a: !!int\n  41\n", "a", "word"),
    "a tag in a list": ("a: [!!int 1, 2]\n", "a.0", "word"),
    "a tag in a flow mapping": ("a: {b: !!int 1}\n", "a.b", "word"),
    "line ends of Unicode": ("a: b\n", "a", "x\u2028y\x85z"),
    "a byte order mark": ("a: b\n", "a", "\ufeffx"),
    "a colon at the end": ("a: b\n", "a", "why:"),
    "a question mark in a list": ("a: [b]\n", "a.0", "?x"),
    "a colon in a flow mapping": ("a: {b: c}\n", "a.b", "x:y"),
    "a number in a base of 60": ("a: b\n", "a", "12:30:45"),
    "an octal number of YAML 1.2": ("a: b\n", "a", "0o17"),
    "a symbol of Ruby": ("a: b\n", "a", ":symbol"),
    "a number with commas": ("a: b\n", "a", "1,000"),
    "a merge": ("a: b\n", "a", "<<"),
    "a day without noughts": ("a: b\n", "a", "2031-3-5"),
    "a new field": ("a: b\n", "c", "x\ty"),
}


@pytest.mark.parametrize(("text", "name", "wanted"), CASES.values(), ids=CASES)
def test_every_reader_reads_what_was_written(text: str, name: str, wanted: str, readers: dict[str, Read]) -> None:
    document = parse("page.md", f"---\n{text}z: 1\n---\n".encode())
    assert isinstance(document, Document)

    after = parse("page.md", edit(document, {name: wanted}))

    assert isinstance(after, Document)
    assert {reader: value_in(read(head(after)), name) for reader, read in readers.items()} == dict.fromkeys(
        readers, wanted
    ) or name in ("a.0", "a.b")
    assert {reader for reader, read in readers.items() if read(head(after)) is None} == set()


def value_in(found: dict[str, object] | None, name: str) -> object:
    """The value of a field of the outermost mapping."""
    return None if found is None else found.get(name)


NAMED = [name for name in (*NAMES, "new") if name != "on"]
"""Names of fields that every reader takes for text."""
TEXTS = st.text("abc éß日 '\"#:,-[]{}&*!|>%@`?\\\t0123.\n~=<+_", max_size=10)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(data=files(), name=st.sampled_from(NAMED), wanted=TEXTS)
def test_what_a_reader_read_before_it_reads_after(
    data: bytes, name: str, wanted: str, readers: dict[str, Read]
) -> None:
    before = parse("page.md", data)
    if isinstance(before, Unreadable) or not before.fields:
        return
    try:
        after = parse("page.md", edit(before, {name: wanted}))
    except EditRefused:
        return
    assert isinstance(after, Document)
    value = after.value(name)
    assert isinstance(value, Scalar)
    typed = value.plain and kind(wanted) != "text"
    for reader, read in readers.items():
        if read(head(before)) is not None:
            found = read(head(after))
            assert found is not None, (reader, head(after))
            said = found.get(name)
            assert typed or (said == wanted and not isinstance(said, Typed)), (reader, head(after))
