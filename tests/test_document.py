"""Files are read raw, whatever is in them."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from transtool.document import Document, Field, Note, Scalar, Sequence, Unreadable, edit, parse, same_value


@pytest.fixture
def shared() -> Path:
    path = Path(__file__).parents[2] / "shared"
    if not (path / "corpora" / "edt").is_dir():
        pytest.skip("the sample of a real site is not here")
    return path


def read(text: str | bytes) -> Document:
    document = parse("page.md", text.encode() if isinstance(text, str) else text)
    assert isinstance(document, Document)
    return document


def test_no_value_is_trusted_to_a_guess() -> None:
    """Keys, languages, hashes and versions are what is written, not what YAML makes of it."""
    document = read(
        "---\nlang: no\nnumber: 042\nhex: 0x10\nversion: 1.10\ntime: 12:30\nday: 2022-00-00\nhash: #42\n"
        "quoted: 'it''s'\nescaped: \"a\\tb\"\nnothing: ~\n---\n"
    )
    names = ("lang", "number", "hex", "version", "time", "day", "hash", "quoted", "escaped", "nothing", "absent")
    raw = [document.raw(name) for name in names]
    assert raw == ["no", "042", "0x10", "1.10", "12:30", "2022-00-00", None, "it's", "a\tb", None, None]
    assert [document.has(name) for name in names[-2:]] == [True, False]


def test_fields_are_found_by_dotted_names_with_their_lines() -> None:
    document = read(
        "---\n# a comment\ntitle: >\n  Long\n  title\n\nl10n:\n  commit: abc\nguests:\n  - Ann\n  - Bo\n---\nx"
    )
    assert document.title == "Long title\n"
    assert [field.name for field in document.fields] == ["title", "l10n", "guests"]
    assert [document.line_of(name) for name in ("title", "l10n", "l10n.commit", "guests.1", "x")] == [3, 7, 8, 11, None]
    assert document.raw("l10n.commit") == "abc"
    assert document.raw("l10n") is None
    assert document.value("guests") == Sequence((Scalar("Ann", True), Scalar("Bo", True)))
    assert (document.body, document.body_line) == ("x", 13)


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\na: b\n---\n\n---\nx\n", "\n---\nx\n", 4),
        ("---\na: b\n...\nx", "x", 4),
        ("---  \r\na: b\r\n--- \t\r\nx", "x", 4),
        ("---\na: b\n---", "", 3),
    ],
)
def test_the_body_starts_behind_the_closing_fence(text: str, body: str, line: int) -> None:
    document = read(text)
    assert (document.body, document.body_line, document.raw("a")) == (body, line, "b")


@pytest.mark.parametrize(
    "text", ["", "x", "\n---\na: b\n---\n", "---", "----\na: b\n---\n", "---\n\nA line above.\n", " ---\na: b\n---\n"]
)
def test_a_file_without_front_matter_is_all_body(text: str) -> None:
    document = read(text)
    assert (document.format, document.fields, document.body, document.body_line) == ("none", (), text, 1)


JEKYLL = {
    "plain": "---\na: b\n---\n",
    "dots close": "---\na: b\n...\n",
    "four dashes do not": "---\na: b\n----\nc: d\n",
    "a line in the body": "---\na: b\n---\n\n---\na: c\n---\n",
    "blanks behind fences": "---  \na: b\n--- \t\n",
    "line ends of Windows": "---\r\na: b\r\n---\r\n",
    "a blank line before": "\n---\na: b\n---\n",
    "an indented fence": " ---\na: b\n---\n",
    "never closed": "---\na: b\n",
    "a mark before": "\ufeff---\na: b\n---\n",
    "no line end behind": "---\na: b\n---",
    "empty": "---\n---\n",
    "a fence in a block": "---\na: |\n  x\n---\nb: c\n---\n",
    "the last one counts": "---\na: x\na: b\n---\n",
    "a comment": "---\na: a #99 b\n---\n",
    "at column 0": "---\na: 'x\ny'\n---\n",
    "after a tab": "---\na: b\t# c\n---\n",
}


def test_jekyll_reads_front_matter_where_we_do(tmp_path: Path) -> None:
    """Jekyll renders `a` of each page; what hides the front matter from it is a note or unreadable here."""
    if shutil.which("jekyll") is None:
        pytest.skip("Jekyll is not installed (Debian: apt-get install jekyll)")
    pages = tmp_path / "_episodes"
    pages.mkdir()
    for number, text in enumerate(JEKYLL.values()):
        (pages / f"{number}.md").write_bytes(text.encode())
    (tmp_path / "_config.yml").write_text("collections: {episodes: {output: false}}\nincremental: false\n")
    template = "---\n---\n{% for page in site.episodes %}{{ page.relative_path }}={{ page.a | jsonify }};{% endfor %}"
    (tmp_path / "index.txt").write_text(template)
    command = ["jekyll", "build", "--quiet", "--disable-disk-cache", "-s", str(tmp_path), "-d", str(tmp_path / "_site")]
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(tmp_path)}
    subprocess.run(command, check=True, cwd=tmp_path, env=environment)
    read_there = dict(re.findall(r"_episodes/(\d+)\.md=(.*?);", (tmp_path / "_site" / "index.txt").read_text()))
    for number, (name, text) in enumerate(JEKYLL.items()):
        document = parse("page.md", text.encode())
        hidden = isinstance(document, Unreadable) or any(note.problem == "bom" for note in document.notes)
        here = None if hidden or isinstance(document, Unreadable) else document.raw("a")
        assert json.loads(read_there.get(str(number), "null")) == here, name


@pytest.mark.parametrize("text", ["---\n---\nx", "---\n# nothing\n\n---\nx", "---\n~\n---\nx"])
def test_front_matter_may_be_empty(text: str) -> None:
    document = read(text)
    assert (document.format, document.fields, document.body) == ("yaml", (), "x")


def test_a_byte_order_mark_is_kept_out_of_the_text_and_noted() -> None:
    document = read(b"\xef\xbb\xbf---\na: b\n---\n")
    assert (document.raw("a"), document.notes) == ("b", (Note("bom", 1),))
    assert read(b"\xef\xbb\xbfjust text").notes == ()


def test_of_a_name_that_stands_twice_the_last_counts_and_the_file_is_told() -> None:
    document = read("---\na: 1\nb: {c: 1, c: 2}\na: 3\n---\n")
    assert [(field.name, field.line) for field in document.fields] == [("b", 3), ("a", 4)]
    assert (document.raw("a"), document.raw("b.c")) == ("3", "2")
    assert document.notes == (Note("duplicate-key", 3, "b.c"), Note("duplicate-key", 4, "a"))


@pytest.mark.parametrize(
    ("data", "line", "part"),
    [
        (b"---\na: b: c\n---\n", 2, "mapping values are not allowed"),
        (b"---\na: b\nc: 'd\n---\n", 4, "unexpected end"),
        (b"---\r\na: b\r\nc: \x07\r\n---\r\n", 3, "control characters"),
        (b"---\na: b\n", 1, "not closed"),
        (b"---\na: b\n----\nc: d\n", 1, "not closed"),
        (b"---\n- a\n- b\n---\n", 2, "not a list of fields"),
        (b"---\njust words\n---\n", 2, "not a list of fields"),
        (b"---\na: b\n--- c\n---\n", 3, "second YAML document"),
        (b"---\na: *b\n---\n", 2, "names nothing before it"),
        (b"---\na: &a [*a]\n---\n", 2, "names nothing before it"),
        (b"---\na: !%FF b\n---\n", 2, "not valid YAML"),
        (b"---\na: caf\xe9\n---\n", 2, "not UTF-8"),
        (b"a\n\nb \xff", 3, "not UTF-8"),
        ("---\na: b\n---\n".encode("utf-16"), 1, "UTF-16"),
        (b"+++\na = \n+++\n", 2, "not valid TOML"),
        (b"+++\na = 1\n", 1, "not closed"),
    ],
)
def test_what_cannot_be_read_says_why_and_where(data: bytes, line: int, part: str) -> None:
    unreadable = parse("page.md", data)
    assert isinstance(unreadable, Unreadable)
    assert (unreadable.path, unreadable.line, unreadable.data) == ("page.md", line, data)
    assert part in str(unreadable.problem)


def test_toml_front_matter_is_read_as_it_is_written() -> None:
    document = read(
        '+++\r\ntitle = "A # b"  # c\r\ndate = 2031-03-05T10:00:00-07:00\r\nweight = 0x10\r\nratio = 1.10 # tenth\r\n'
        'draft = false\r\ntags = ["a", "b"]\r\n[l10n]\r\ncommit = "abc"\r\nsteps = 3\r\n+++\r\nbody'
    )
    names = ("title", "date", "weight", "ratio", "draft", "tags.1", "l10n.commit", "l10n.steps")
    raw = [document.raw(name) for name in names]
    assert raw == ["A # b", "2031-03-05T10:00:00-07:00", "0x10", "1.10", "false", "b", "abc", "3"]
    assert (document.format, document.body, document.line_of("tags"), document.line_of("l10n.commit")) == (
        "toml",
        "body",
        7,
        9,
    )


HOSTILE: dict[str, bytes] = {
    "deep list": b"a: " + b"[" * 60_000,
    "deep mapping": b"{a: " * 60_000,
    "deep block": b"- " * 60_000,
    "deep and closed": b"a: " + b"[" * 500 + b"]" * 500,
    "billion laughs": b"k0: &k0 x\n"
    + b"\n".join(b"k%d: &k%d [%s]" % (at, at, b",".join([b"*k%d" % (at - 1)] * 10)) for at in range(1, 12)),
    "many values": b"a: [" + b"1," * 300_000 + b"]",
    "many fields": b"a: b\n" * 200_000,
    "many anchors": b"&a " * 300_000,
    "blank lines": b"\n" * 1_000_000,
    "too large": b"a: b\n" + b"# x\n" * 300_000,
    "unclosed quote": b"k: 'x\n" + b"\n" * 900_000,
    "one line": b"a" * 3_000_000,
    "almost fences": b"---x\n" * 200_000,
    "alias to itself": b"a: &a {b: *a}",
}


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in ("blank lines", "one line")])
def test_hostile_yaml_is_a_finding_and_no_crash(name: str) -> None:
    assert isinstance(parse("page.md", b"---\n" + HOSTILE[name] + b"\n---\nbody"), Unreadable)


@pytest.mark.parametrize("name", ["blank lines", "one line"])
def test_harmless_but_large_front_matter_is_read(name: str) -> None:
    assert read(b"---\n" + HOSTILE[name] + b"\n---\nbody").fields == ()


@pytest.mark.parametrize(
    "value", ["9" * 100_000, "2022-99-99", "!!python/object:os.system x", "!!int x", "!!timestamp 0"]
)
def test_values_that_other_readers_choke_on_are_text(value: str) -> None:
    document = read(f"---\na: {value}\n---\n")
    assert document.raw("a") == value.split(" ")[-1]


def test_toml_is_read_up_to_its_own_smaller_size_and_depth() -> None:
    for inner in ("a = " + "[" * 5_000, "a = 1\n" * 20_000, "a = " + "[" * 100 + "]" * 100):
        assert isinstance(parse("page.md", f"+++\n{inner}\n+++\n".encode()), Unreadable)


def test_the_real_site_is_read_without_a_complaint(shared: Path) -> None:
    pages = sorted((shared / "corpora" / "edt").rglob("*.md"))
    documents = [parse(path.name, path.read_bytes()) for path in pages]
    assert len(documents) > 20
    assert all(isinstance(document, Document) and document.fields and not document.notes for document in documents)


def test_any_field_of_the_real_site_can_be_changed_alone(shared: Path) -> None:
    for path in sorted((shared / "corpora" / "edt").rglob("*.md")):
        document = read(path.read_bytes())
        for field in document.fields:
            if isinstance(field.value, Scalar) and not field.value.null:
                assert_changed_alone(document, field)


def test_every_title_of_the_guides_can_be_changed_alone(shared: Path, tmp_path: Path) -> None:
    bundle = shared / "corpora" / "open-source-guides.bundle"
    subprocess.run(["git", "clone", "-q", str(bundle), str(tmp_path / "guides")], check=True)
    documents = [read(path.read_bytes()) for path in sorted((tmp_path / "guides" / "_articles").rglob("*.md"))]
    titles = [(document, field) for document in documents if (field := document.field("title")) is not None]
    assert len(titles) > 300
    for document, field in titles:
        assert_changed_alone(document, field)


def assert_changed_alone(document: Document, field: Field) -> None:
    """Nothing but the value of that field differs, and the old value can be put back."""
    assert isinstance(field.value, Scalar)
    changed = read(edit(document, {field.name: "changed: yes"}))
    assert changed.raw(field.name) == "changed: yes"
    assert changed.text.startswith(document.text[: field.key.end])
    assert changed.text.endswith(document.text[field.value.span.end :])
    back = read(edit(changed, {field.name: field.value.text}))
    assert same_value(back.value(field.name), field.value)
    assert back.body == document.body
