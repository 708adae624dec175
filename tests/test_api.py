"""The library: what its page shows is what happens, and mistakes are errors of one family."""

import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import transtool
from tests.api_page import BLOCK, PAGE, played
from tests.api_page import site as new_site
from tests.runs import environment, run
from transtool import api

MISTAKES: dict[str, Callable[[transtool.Site], object]] = {
    "a language that the site does not have": lambda site: site.check(languages="eo"),
    "no language at all": lambda site: site.plan_update(languages=[]),
    "no number at all": lambda site: site.plan_scaffold(numbers=range(0)),
    "an episode that is not there": lambda site: site.plan_sync(numbers=[1, 7]),
    "a field that no page has": lambda site: site.plan_sync(fields="daet"),
    "no field at all": lambda site: site.plan_sync(fields=()),
    "a commit that git does not know": lambda site: site.check(since="nowhere"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return new_site(tmp_path / "site").root


def texts(root: Path) -> dict[str, str]:
    """The pages of the site."""
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.glob("docs/*/*.md")}


def test_every_example_of_the_page_prints_what_the_page_shows(tmp_path: Path) -> None:
    text = PAGE.read_text("utf-8")

    assert played(text, tmp_path / "site").splitlines() == text.splitlines()


def test_the_page_tells_of_every_method_and_every_argument() -> None:
    text = PAGE.read_text("utf-8")
    methods = {name: each for name, each in vars(api.Site).items() if inspect.isfunction(each) and name[0] != "_"}
    arguments = {name for each in methods.values() for name in inspect.signature(each).parameters} - {"self"}

    assert [name for name in {*methods, *arguments} if f"`{name}`" not in text and f"`{name}=" not in text] == []
    assert len(BLOCK.findall(text)) > 5


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_a_usage_error_that_says_what_is_wrong(mistake: str, root: Path) -> None:
    with pytest.raises(transtool.UsageError) as raised:
        MISTAKES[mistake](transtool.open(root))

    assert raised.value.problems
    assert str(raised.value)


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(transtool.ConfigError):
        transtool.open(tmp_path / "empty", config=tmp_path / "transtool.toml")
    with pytest.raises(transtool.UsageError):
        transtool.open(str(tmp_path / "nowhere"))


def test_what_the_system_refuses_is_an_error_of_the_same_family(root: Path) -> None:
    plan = transtool.open(root).plan_sync(fields="date")
    (root / "docs").rename(root / "gone")
    (root / "docs").write_text("a file now")

    with pytest.raises(transtool.WorldError):
        plan.apply()
    with pytest.raises(transtool.TranstoolError):
        transtool.open("x" * 5_000)


def test_plans_write_nothing_before_they_are_applied(root: Path) -> None:
    before = texts(root)
    site = transtool.open(root)

    assert all(plan.diff() for plan in (site.plan_scaffold(), site.plan_sync(), site.plan_update()))
    assert texts(root) == before


@pytest.mark.parametrize(
    ("command", "planned"),
    [
        (("scaffold", "--missing"), lambda site: site.plan_scaffold()),
        (("sync", "--all"), lambda site: site.plan_sync()),
        (("update", "--all"), lambda site: site.plan_update()),
        (("update", "1", "-l", "de"), lambda site: site.plan_update(numbers=1, languages="de")),
    ],
)
def test_a_plan_is_what_the_command_shows_and_writes(
    command: tuple[str, ...], planned: Callable[[transtool.Site], transtool.Plan], tmp_path: Path
) -> None:
    ours, theirs = new_site(tmp_path / "a").root, new_site(tmp_path / "b").root
    plan = planned(transtool.open(ours))

    assert plan.diff() == run(*command, "--dry-run", at=theirs).stdout
    plan.apply()
    run(*command, at=theirs)
    assert texts(ours) == texts(theirs)


def test_nothing_is_written_where_one_file_is_no_longer_what_was_read(root: Path) -> None:
    plan = transtool.open(root).plan_sync(fields="date")
    page = root / "docs/1/es.md"
    page.write_text(page.read_text("utf-8") + "\nMás.\n", "utf-8")
    before = texts(root)

    with pytest.raises(transtool.WorldError):
        plan.apply()
    assert len(plan.changes) == 2
    assert texts(root) == before


def test_known_findings_are_left_out_unless_they_are_wanted(root: Path) -> None:
    run("check", "--write-baseline", at=root)
    site = transtool.open(root)

    assert site.check().all_findings() == ()
    assert site.check(known=True).all_findings() != ()


def test_a_report_can_be_about_what_was_edited(root: Path) -> None:
    assert {cell.path for cell in transtool.open(root).check(since="HEAD~1").cells} == {"docs/1/de.md", "docs/1/es.md"}
    assert transtool.open(root).check(changed=True).cells == ()


def test_a_site_without_history_says_so_once(root: Path) -> None:
    (root / ".git").rename(root / "history")
    site = transtool.open(root)
    assert site.notes == ()

    for _ in range(2):
        site.check()
    assert len(site.notes) == 1


# The names


def test_the_package_lends_the_names_of_the_library() -> None:
    assert set(transtool.__all__) == {*api.__all__, "__version__"}
    assert {name: getattr(transtool, name) for name in api.__all__} == {
        name: getattr(api, name) for name in api.__all__
    }
    assert set(transtool.__all__) <= set(dir(transtool))


def test_a_name_that_the_package_does_not_have_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="opne"):
        transtool.opne  # type: ignore[attr-defined]  # noqa: B018 - that it is not there is what is tested


def test_a_type_checker_sees_the_library_and_nothing_else_in_the_package(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    code = "".join(found["code"] for found in BLOCK.finditer(PAGE.read_text("utf-8")))
    (tmp_path / "example.py").write_text(code + "transtool.opne\nreveal_type(report.cells)\n", "utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(tmp_path), "example.py"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    ).stdout

    assert [line.partition(": ")[2] for line in told.splitlines()] == [
        'error: Module has no attribute "opne"  [attr-defined]',
        'note: Revealed type is "tuple[transtool.model.Cell, ...]"',
    ]
