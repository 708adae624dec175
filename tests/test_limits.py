"""What is hostile ends in time, and what is ordinary reads as before."""

import json
import subprocess
import unicodedata
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.linear import ATTACKS, git, write
from tests.runs import COMMAND, environment, run
from transtool.align.literals import anchors
from transtool.assess import baseline_file
from transtool.document import Document, Unreadable, parse
from transtool.errors import ConfigError
from transtool.model import natural_order
from transtool.segments.views import wording_of
from transtool.settings import DEFAULT_MAX_FILE_SIZE
from transtool.staleness.pins import _records
from transtool.text.bounded_matcher import BoundedMatcher
from transtool.text.expressions import NoExpression, compiled
from transtool.text.nesting import DEEPEST, is_too_deep
from transtool.text.normal_forms import normalized
from transtool.text.sequences import patience_diff
from transtool.text.worddiff import RunKind, diff, tokens

CONFIGURATION = 'source = "en"\nlanguages = ["es"]\nmax_file_size = 1\n[series.a]\npath = "{lang}/{number}.md"\n'
MANY = 20_000


# Comparing two sequences.


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_a_bounded_matcher_is_difflib_for_what_is_short(old: list[str], new: list[str]) -> None:
    assert BoundedMatcher(old, new).get_opcodes() == SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def test_a_bounded_matcher_gives_up_on_what_would_take_hours_and_still_covers_both_sides() -> None:
    old, new = ["a", *["same", "x"] * MANY, "b"], ["c", *["same", "y"] * MANY, "d"]
    codes = BoundedMatcher(old, new).get_opcodes()
    assert [code[1:] for code in codes][-1][1] == len(old)
    assert sum(i_end - i for _, i, i_end, _, _ in codes) == len(old)
    assert sum(j_end - j for _, _, _, j, j_end in codes) == len(new)


def test_equal_words_edited_on_both_sides_are_compared_in_time() -> None:
    old, new = " ".join(["a", *["same"] * MANY, "b"]), " ".join(["c", *["same"] * (MANY + 1), "d"])
    runs = diff(old, new)
    assert "".join(run.text for run in runs if run.kind is not RunKind.REMOVED) == new


def test_sequences_that_divide_one_by_one_are_divided_as_far_as_is_allowed() -> None:
    old = [name for at in range(4_000) for name in (f"a{at}", f"a{at - 3}")]
    chain = patience_diff(["x", *old, "y"], ["z", *old, "w"])
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(chain))


# Marks, digits, references.


@given(st.text("ae\u0301\u0316\u0323\u00e9\u1e0b\u0307\u30ac\u3099", max_size=40))
def test_normal_forms_are_those_of_unicode(text: str) -> None:
    long = text + "x" * 3_000
    assert normalized("NFC", long) == unicodedata.normalize("NFC", long)
    assert normalized("NFKD", long) == unicodedata.normalize("NFKD", long)


@pytest.mark.parametrize("marks", ["\u0301\u0316", "\u0f73"])
def test_a_hundred_thousand_marks_are_sorted_in_time(marks: str) -> None:
    assert len(wording_of("a" + marks * 100_000)) >= 100_000
    assert len(tokens("a" + "\u0301" * 100_000)) == 1


def test_a_reference_of_thousands_of_digits_is_no_character() -> None:
    assert wording_of(f"a &#{'1' * 5_000}; b &#65;") == "a \ufffd b A"


def test_a_key_of_thousands_of_digits_comes_after_every_other_number() -> None:
    assert sorted(["9" * 5_000, "10", "9", "1" * 400], key=natural_order) == ["9", "10", "1" * 400, "9" * 5_000]


def test_numbers_beside_ideographs_are_recognised_however_long_they_are() -> None:
    assert "n:" + "1" * MANY in anchors("\u65e5" + "1" * MANY)


@pytest.mark.parametrize(
    ("text", "code"),
    [("`a` `b`", {"a", "b"}), ("``a`b`` c`", {"a`b"}), ("`a ``b`` c`", {"a ``b`` c"}), ("`a", set()), ("``", set())],
)
def test_code_is_what_stands_between_as_many_backticks(text: str, code: set[str]) -> None:
    assert {each[2:] for each in anchors(text) if each[0] == "c"} == code


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<!-- {"a": 1} -->', [{"a": 1}]),
        ('<!-- <!--{"a": "}"}--> <!-- {"b": 2}\n-->', [{"a": "}"}, {"b": 2}]),
        ("<!-- {a} --> <!-- [1] --> <!-- {", []),
    ],
)
def test_records_are_json_objects_that_fill_a_comment(body: str, found: list[object]) -> None:
    assert list(_records(body)) == found


# Nesting.


@pytest.mark.parametrize(
    ("text", "deep"),
    [
        ("a = " + "[" * DEEPEST + "]" * DEEPEST, False),
        ("a = [" + "[" * DEEPEST, True),
        ("a." * DEEPEST + "b = 1", False),
        ("a." * (DEEPEST + 1) + "b = 1", True),
        ("a = '''\n" + "[" * 100 + "'''", False),
        ('a = """\n' + '[\\"""" ]' * 100 + '"""', False),
        ('a = "' + "[" * 100 + "\"\nb = '" + "[" * 100 + "'\n# " + "[" * 100, False),
        ("a = [1.5, 2.5]\n" * 100, False),
        ('["' + "[" * 100 + '"]', False),
        ("]" * 100 + "[" * (DEEPEST + 1), True),
    ],
)
def test_nesting_is_counted_outside_of_texts_and_comments(text: str, deep: bool) -> None:
    assert is_too_deep(text) is deep


@given(st.recursive(st.text("a[]{}\"'#\\.\n"), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_that_is_not_deep_is_never_taken_for_deep(value: object) -> None:
    assert not is_too_deep(json.dumps(value)) or "[" * DEEPEST in json.dumps(value).replace(" ", "")


@pytest.mark.parametrize("front", ["a." * 30_000 + "a = 1", "a = " + "[" * 60_000, "a = " + "{a = " * 10_000])
def test_front_matter_of_toml_that_is_too_deep_is_unreadable(front: str) -> None:
    assert isinstance(parse("a.md", f"+++\n{front}\n+++\n".encode()), Unreadable)


def test_lines_of_a_text_in_toml_are_no_fields_however_many_blanks_they_have() -> None:
    document = parse("a.md", f"+++\na = '''\n{' ' * 60_000}\n{'[' * 5_000}'''\nb = 1.50 # c\n+++\n".encode())
    assert isinstance(document, Document)
    assert document.raw("b") == "1.50"


@pytest.mark.parametrize("text", ["[" * 100_000, '{"schema": ' + "9" * 5_000 + "}", '{"a":' * 1_000])
def test_a_baseline_file_of_brackets_is_none(text: str) -> None:
    with pytest.raises(ConfigError, match="not a baseline file"):
        baseline_file.read(text, "baseline.json")


# Expressions of a configuration.


@pytest.mark.parametrize("expression", ["(a+)+$", "^(a|a)*$", "(.*)(.*)(.*)(.*)(.*)(.*)b$", "^a{0,500}a{0,500}$"])
def test_no_expression_of_a_configuration_runs_away(expression: str) -> None:
    assert compiled(expression).search("a" * 5_000 + "!") is None


@pytest.mark.parametrize("expression", ["(?=a)", r"(a)\1", "(", "a{5000}", r"a\Z"])
def test_what_re2_does_not_read_is_no_expression(expression: str) -> None:
    with pytest.raises(NoExpression):
        compiled(expression)


def test_half_a_character_is_searched_like_any_other_text() -> None:
    found = compiled("(b)(c)?", ignore_case=True).search("\ud800 aB")
    assert found is not None
    assert found.groups() == ("B", None)


# Whole sites.


def test_a_file_that_is_too_large_is_reported_and_the_others_are_judged(tmp_path: Path) -> None:
    write(tmp_path, "transtool.toml", CONFIGURATION)
    for number, size in ((1, 10), (2, 1 << 20), (3, (1 << 20) + 1)):
        write(tmp_path, f"en/{number}.md", "a" * size)
    done = run("check", "--format", "json", at=tmp_path)
    report = json.loads(done.stdout)
    [finding] = [each for each in report["findings"] if each["rule"] == "unreadable"]
    assert (finding["path"], finding["line"]) == ("en/3.md", None)
    assert "larger than 1 MiB" in json.dumps(finding)
    assert DEFAULT_MAX_FILE_SIZE == 16


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_page_that_is_made_to_hang_hangs(tmp_path: Path) -> None:
    """The time allowed is a hundred times what it takes: it is there for what would never end."""
    write(tmp_path, "transtool.toml", CONFIGURATION)
    for command in (("init", "-q"), ("config", "user.name", "A"), ("config", "user.email", "a@example.org")):
        git(tmp_path, *command)
    pages = {f"{at}.md": make(8_000) for at, make in enumerate(ATTACKS.values(), 1)}
    for more in ("", "New words. ", "Newer words. "):
        for name, page in pages.items():
            write(tmp_path, f"en/{name}", f"{page[:4_000]}{more}{page[4_000:]} {more}\n")
            write(tmp_path, f"es/{name}", f"{page.replace('a', 'e')}{more and 'Palabras.'}\n")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-q", "-m", "More")
    command = [*COMMAND, "check", "--format", "json"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, timeout=500)
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["episodes"]) == len(ATTACKS)
