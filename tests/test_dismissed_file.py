"""The file of dismissed changes is read as it was written, and two branches' files merge into what both say."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.repositories import Repository
from transtool.assess import dismissed_file
from transtool.assess.dismissed_file import read, together, write
from transtool.errors import ConfigError
from transtool.model import Dismissal, Dismissed, Key

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ENTRIES = st.lists(
    st.builds(
        Dismissal,
        series=st.sampled_from(["walks", "notes on tea"]),
        key=st.sampled_from([Key("7"), Key("10"), Key("part/two.1"), Key("æ")]),
        before=st.one_of(st.sampled_from(["", "One spoon.", 'A "red" bus,\nor two \\ three.']), TEXT),
        after=st.one_of(st.sampled_from(["Two spoons.", "[A link](x.md#y) = {1}"]), TEXT.map("x".__add__)),
        languages=st.sampled_from([(), (), ("es",), ("es", "pt-BR"), ("fr",)]),
        reason=st.sampled_from(["", "a slip", "“wie immer” # 1"]),
    ),
    max_size=8,
)
SLOW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def said(entries: Iterable[Dismissal]) -> list[Dismissal]:
    return sorted(together(entries), key=repr)


def plain(entries: Iterable[Dismissal]) -> list[Dismissal]:
    return sorted((replace(entry, line=None) for entry in entries), key=repr)


@settings(deadline=None)
@given(ENTRIES)
def test_what_is_written_is_read_again_and_is_toml(entries: list[Dismissal]) -> None:
    data = write(entries)
    assert plain(read(data, "x").entries) == said(entries)
    assert write(read(data, "x").entries) == data
    assert write(reversed([*together(entries)])) == data
    document = tomllib.loads(data.decode())
    assert sum(len(names) for keys in document.values() for names in keys.values()) == len(said(entries))


@settings(deadline=None)
@given(ENTRIES)
def test_line_ends_of_windows_blank_lines_and_comments_make_no_difference(entries: list[Dismissal]) -> None:
    data = b"\xef\xbb\xbf" + write(entries).replace(b"\n", b"\r\n\r\n  # why\r\n")
    assert plain(read(data, "x").entries) == said(entries)


def merged(repository: Repository, base: bytes | None, ours: bytes, theirs: bytes) -> bytes:
    """The file after git merged two branches, each of which has its own; raises where there is a conflict."""
    name = dismissed_file.NAME
    attributes = {dismissed_file.ATTRIBUTES.path: dismissed_file.ATTRIBUTES.after}
    repository.git("checkout", "-q", "--orphan", "start")
    repository.git("rm", "-rfq", "--ignore-unmatch", ".")
    repository.commit({"a.txt": "x", **({} if base is None else {name: base, **attributes})})
    for branch, data in (("ours", ours), ("theirs", theirs)):
        repository.git("checkout", "-q", "-B", branch, "start")
        repository.commit({name: data, **attributes})
    repository.git("checkout", "-q", "ours")
    repository.git("merge", "-q", "--no-edit", "theirs")
    result = (repository.root / name).read_bytes()
    repository.git("checkout", "-q", "--detach")
    repository.git("branch", "-q", "-D", "start", "ours", "theirs")
    return result


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "site")
    made.commit({"a.txt": "x"})
    return made


@SLOW
@given(st.one_of(st.none(), ENTRIES), ENTRIES, ENTRIES)
def test_gits_ordinary_merge_gives_what_both_branches_say(
    repository: Repository, base: list[Dismissal] | None, ours: list[Dismissal], theirs: list[Dismissal]
) -> None:
    common = base or []
    sides = [*common, *ours], [*common, *theirs]

    result = merged(repository, None if base is None else write(common), *map(write, sides))

    assert plain(replace(each, reason="") for each in read(result, "x").entries) == said(
        replace(each, reason="") for side in sides for each in side
    )


def entry(*, before: str = "a", after: str = "b", languages: tuple[str, ...] = (), reason: str = "") -> Dismissal:
    return Dismissal(series="s", key=Key("1"), before=before, after=after, languages=languages, reason=reason)


def test_lines_about_one_change_count_together() -> None:
    double = [entry(languages=("es",), reason="why"), entry(languages=("fr",)), entry(before="c")]
    assert [*together(double)] == [entry(languages=("es", "fr"), reason="why"), entry(before="c")]
    assert next(iter(together([*double, entry()]))) == entry(reason="why")


def test_numbers_are_in_the_order_of_their_values() -> None:
    entries = [replace(entry(), key=Key(key)) for key in ("10", "9", "x")]
    assert [each.key for each in read(write(entries), "x").entries] == ["9", "10", "x"]


def test_an_edit_that_changes_nothing_is_none() -> None:
    known = Dismissed(write([entry()]), (entry(),))
    assert dismissed_file.changed(known, [entry()]) is None
    assert dismissed_file.changed(Dismissed(), []) is None
    edit = dismissed_file.changed(known, [])
    assert edit is not None
    assert (edit.before, read(edit.after, "x").entries) == (known.data, ())


GOOD = 's.1.abc = { before = "a", after = "b" }\n'
BAD = {
    "a mark of a merge": (f"{GOOD}<<<<<<< ours\n{GOOD}", 2),
    "a table": ('# why\n[s.1.abc]\nbefore = "a"\n', 2),
    "no inline table": ('s.1.abc = "a"\n', 1),
    "no place": ('abc = { before = "a", after = "b" }\n', 1),
    "too deep a place": ('s.1.abc.d = { before = "a", after = "b" }\n', 1),
    "two keys": ('s.1 = { a = { before = "a" }, b = { before = "b" } }\n', 1),
    "no words": (f'{GOOD}\ns.1.x = {{ reason = "a" }}\n', 3),
    "a number": ('s.1.abc = { before = 1, after = "b" }\n', 1),
    "an unknown name": ('s.1.abc = { before = "a", after = "b", language = "es" }\n', 1),
    "languages that are none": ('s.1.abc = { before = "a", languages = "es" }\n', 1),
    "a list of no languages": ('s.1.abc = { before = "a", languages = [] }\n', 1),
    "a list of numbers": ('s.1.abc = { before = "a", languages = [1] }\n', 1),
    "an open quote": ('s.1.abc = { before = "a\n', 1),
    "nesting without end": ("s.1.abc = " + "[" * 100_000 + "\n", 1),
    "a huge number": ("s.1.abc = " + "9" * 10_000 + "\n", 1),
}


@pytest.mark.parametrize(("text", "line"), BAD.values(), ids=BAD)
def test_a_line_that_is_no_dismissed_change_is_said_with_its_number(text: str, line: int) -> None:
    with pytest.raises(ConfigError, match=f"^x:{line}: this line is not a dismissed change") as caught:
        read(text.encode(), "x")
    assert len(caught.value.problems) == 1


def test_what_is_not_utf_8_is_said_with_its_line() -> None:
    with pytest.raises(ConfigError, match=r"^x:2: not UTF-8: byte 0xe9$"):
        read(b"# a\n# caf\xe9\n", "x")


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=80), TEXT.map(str.encode), TEXT.map(lambda text: f"s.1.a = {text}".encode())))
def test_any_bytes_are_read_or_refused_with_a_line(data: bytes) -> None:
    try:
        read(data, "x")
    except ConfigError as error:
        assert all(problem.line for problem in error.problems)
