"""What `--dry-run` shows is a diff that git itself would apply to get the same files."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transtool.edits import Copy, Edit, diff


def git_apply(root: Path, patch: str) -> None:
    """Apply a diff with git, outside of any repository."""
    env = {"GIT_CEILING_DIRECTORIES": str(root.parent), "PATH": "/usr/bin:/bin:/usr/local/bin", "LC_ALL": "C"}
    data = patch.encode("utf-8", "surrogateescape")
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"], input=data, cwd=root, env=env, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode() + patch


def applied(root: Path, edit: Edit) -> bytes:
    """The file after git applied the diff of `edit`."""
    place = root / edit.path
    place.parent.mkdir(parents=True, exist_ok=True)
    if edit.before is not None:
        place.write_bytes(edit.before)
    git_apply(root, diff([edit]))
    return place.read_bytes()


CHANGES = {
    "a line in the middle": (b"one\ntwo\nthree\n", b"one\nTWO\nthree\n"),
    "Windows line ends": (b"one\r\ntwo\r\n", b"one\r\nzwei\r\n"),
    "a line end alone": (b"one\r\ntwo\r\n", b"one\ntwo\r\n"),
    "no final newline on either side": (b"one\ntwo", b"eins\ntwo"),
    "a final newline gained": (b"one\ntwo", b"one\ntwo\n"),
    "a final newline lost": (b"one\ntwo\n", b"one\ntwo"),
    "a new file": (None, b"---\nlang: es\n---\n"),
    "a new file without a final newline": (None, b"hola"),
    "a new empty file": (None, b""),
    "a file emptied": (b"one\n", b""),
    "an empty file filled": (b"", b"one\n"),
    "separators that are no line ends": ("a\x0bb\x0c\u2028c\x85d\n".encode(), "a\x0bb\x0c\u2028c\x85e\n".encode()),
    "text that is not UTF-8": (b"caf\xe9\nend\n", b"caf\xe9\nfin\n"),
    "changes far apart": (b"a\n" + b"x\n" * 50 + b"b\n", b"A\n" + b"x\n" * 50 + b"B\n"),
}


@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES.keys())
def test_git_applies_what_is_shown(tmp_path: Path, before: bytes | None, after: bytes) -> None:
    assert applied(tmp_path, Edit("docs/es/page.md", before, after)) == after


@pytest.mark.parametrize(
    "name", ["a b.md", 'say "hi".md', "tab\there.md", "épisode.md", "back\\slash.md", "caf\udce9.md"]
)
def test_git_understands_every_file_name(tmp_path: Path, name: str) -> None:
    assert applied(tmp_path, Edit(f"docs/{name}", b"old\n", b"new\n")) == b"new\n"
    assert applied(tmp_path, Edit(f"new/{name}", None, b"new\n")) == b"new\n"


def test_a_copy_is_shown_as_a_copy_that_git_makes(tmp_path: Path) -> None:
    (tmp_path / "cover one.png").write_bytes(b"\x89PNG\0\xff")
    patch = diff([Copy("es/cover.png", "cover one.png")])
    git_apply(tmp_path, patch)
    assert (tmp_path / "es" / "cover.png").read_bytes() == b"\x89PNG\0\xff"


def test_nothing_is_shown_of_a_file_that_stays_as_it_is() -> None:
    assert diff([Edit("a.md", b"same\n", b"same\n")]) == ""


def test_only_the_surroundings_of_a_change_are_shown() -> None:
    lines = [b"line %d\n" % number for number in range(1000)]
    changed = [*lines[:500], b"other\n", *lines[501:]]
    shown = diff([Edit("a.md", b"".join(lines), b"".join(changed))]).splitlines()
    assert shown[3] == "@@ -498,7 +498,7 @@"
    assert len(shown) == 4 + 3 + 2 + 3


def test_several_changes_make_one_diff(tmp_path: Path) -> None:
    edits = [Edit("b.md", b"1\n", b"2\n"), Edit("a.md", None, b"3\n")]
    (tmp_path / "b.md").write_bytes(b"1\n")
    git_apply(tmp_path, diff(edits))
    assert [(tmp_path / edit.path).read_bytes() for edit in edits] == [b"2\n", b"3\n"]


texts = st.lists(st.sampled_from([b"a", b"b", b"\n", b"\n", b"\r\n", b"- ", b"+++ ", b"@@", b" "]), max_size=30).map(
    b"".join
)


@settings(max_examples=40)
@given(before=texts, after=texts)
def test_git_gets_from_any_text_to_any_other(
    tmp_path_factory: pytest.TempPathFactory, before: bytes, after: bytes
) -> None:
    if before != after:
        assert applied(tmp_path_factory.mktemp("any"), Edit("page.md", before, after)) == after
