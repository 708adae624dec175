"""A site is read once, in one order, and never beyond its borders."""

import os
from pathlib import Path

import pytest

from tests.rights import reachable, without_root
from transtool import config
from transtool.settings import Config
from transtool.site.scan import Scan, exists, paths, scan


def settings(*templates: str, local: str = "") -> Config:
    """A configuration with one series of these templates."""
    head = 'source = "en"\nlanguages = ["es", "pt-BR"]\n'
    text = f"{head}[series.walks]\npath = {list(templates)!r}\n[fields.local]\n{local}\n"
    return config.parse(text.encode(), "transtool.toml")


def make(root: Path, *names: str) -> Path:
    """Create files that hold their own path."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    return root


def read(root: Path, configuration: Config) -> list[str]:
    return [path for path, _ in scan(root, configuration).files]


WALKS = settings("walks/{number}/{lang}/page.md")


def test_files_that_a_template_fits_are_read_in_the_order_of_their_paths(tmp_path: Path) -> None:
    make(tmp_path, "walks/2/es/page.md", "walks/10/en/page.md", "walks/2/en/page.md", "walks/2/en/other.md", "x.md")
    found = scan(tmp_path, WALKS)
    assert found.files == tuple(
        (path, path.encode()) for path in ["walks/10/en/page.md", "walks/2/en/page.md", "walks/2/es/page.md"]
    )
    assert (found.problems, found.others) == ((), ("walks/2/en/other.md",))


def test_pages_that_fields_take_their_titles_from_are_read_in_every_known_language(tmp_path: Path) -> None:
    make(tmp_path, "walks/1/en/page.md", "pages/es/all.md", "pages/pt_br/all.md", "pages/zz/all.md", "pages/es/more.md")
    configuration = settings("walks/{number}/{lang}/page.md", local='parent = { title_of = "pages/{lang}/all.md" }')
    assert read(tmp_path, configuration) == ["pages/es/all.md", "pages/pt_br/all.md", "walks/1/en/page.md"]


def test_folders_of_tools_and_hidden_folders_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "en/a.md", ".git/en/a.md", "node_modules/en/a.md", ".cache/en/a.md", "x/.git/en/a.md")
    assert read(tmp_path, settings("{key**}/{lang}/a.md", "{lang}/{key}.md")) == ["en/a.md"]


@pytest.mark.parametrize(
    "template", [".notes/{lang}/{key}.md", "{lang}/.notes/{key}.md", "(.notes|notes)/{lang}/{key}.md"]
)
def test_a_hidden_folder_that_a_template_names_is_read(tmp_path: Path, template: str) -> None:
    make(tmp_path, ".notes/en/a.md", "en/.notes/a.md", ".other/en/a.md")
    assert len(read(tmp_path, settings(template))) == 1


def test_what_a_killed_run_left_behind_is_no_file_of_the_site(tmp_path: Path) -> None:
    make(tmp_path, "en/.a.md.transtool-00.tmp", "en/a.md")
    assert scan(tmp_path, settings("{lang}/{key**}")) == Scan((("en/a.md", b"en/a.md"),))


def test_folders_too_deep_for_any_template_are_not_opened(tmp_path: Path) -> None:
    """A source at the root of a site does not make the tool walk through everything below it."""
    make(tmp_path, "a.md", "translations/es/a.md", "deep/er/and/deeper.md")
    found = scan(tmp_path, settings("{key}.md", "translations/{lang}/{key}.md"))
    assert [path for path, _ in found.files] == ["a.md", "translations/es/a.md"]
    assert found.others == ()


def test_one_folder_may_lie_in_another_that_is_read_less_deep(tmp_path: Path) -> None:
    make(tmp_path, "docs/a.en.md", "docs/i18n/x/y/es/a.md")
    configuration = settings("docs/{key}.{lang}.md", "docs/i18n/x/y/{lang}/{key}.md")
    assert read(tmp_path, configuration) == ["docs/a.en.md", "docs/i18n/x/y/es/a.md"]


def test_a_site_without_any_of_the_folders_has_no_files(tmp_path: Path) -> None:
    assert scan(tmp_path, WALKS) == Scan(())


def test_a_folder_that_links_lead_to_again_is_counted_once_under_its_own_name(tmp_path: Path) -> None:
    make(tmp_path, "walks/7/en/page.md")
    (tmp_path / "walks" / "1").symlink_to("7")
    (tmp_path / "walks" / "9").symlink_to(tmp_path / "walks" / "7", target_is_directory=True)
    (tmp_path / "walks" / "7" / "es").symlink_to("en")
    assert read(tmp_path, WALKS) == ["walks/7/en/page.md"]


def test_a_folder_that_only_links_lead_to_is_counted_once_under_the_first_of_them(tmp_path: Path) -> None:
    make(tmp_path, "store/en/page.md")
    (tmp_path / "walks").mkdir()
    for name in ("5", "3", "4"):
        (tmp_path / "walks" / name).symlink_to("../store")
    assert read(tmp_path, WALKS) == ["walks/3/en/page.md"]


def test_a_start_may_itself_be_a_link(tmp_path: Path) -> None:
    make(tmp_path, "content/7/en/page.md")
    (tmp_path / "walks").symlink_to("content")
    assert read(tmp_path, WALKS) == ["walks/7/en/page.md"]


def test_the_site_may_itself_be_a_link(tmp_path: Path) -> None:
    make(tmp_path / "real", "walks/7/en/page.md")
    (tmp_path / "site").symlink_to("real")
    assert read(tmp_path / "site", WALKS) == ["walks/7/en/page.md"]


def test_a_link_to_a_file_that_was_read_is_no_second_file(tmp_path: Path) -> None:
    make(tmp_path, "walks/7/en/page.md", "spare/x.md")
    (tmp_path / "walks" / "7" / "es").mkdir()
    (tmp_path / "walks" / "7" / "es" / "page.md").symlink_to("../en/page.md")
    (tmp_path / "walks" / "7" / "pt-BR").mkdir()
    (tmp_path / "walks" / "7" / "pt-BR" / "page.md").symlink_to("../../../spare/x.md")
    assert read(tmp_path, WALKS) == ["walks/7/en/page.md", "walks/7/pt-BR/page.md"]


def test_links_in_circles_end(tmp_path: Path) -> None:
    make(tmp_path, "walks/7/en/page.md")
    (tmp_path / "walks" / "7" / "loop").symlink_to("..")
    (tmp_path / "walks" / "self").symlink_to("self")
    (tmp_path / "walks" / "up").symlink_to("../..")
    assert read(tmp_path, settings("walks/{key**}/{lang}/page.md")) == ["walks/7/en/page.md"]


def test_links_out_of_the_site_are_reported_and_not_followed(tmp_path: Path) -> None:
    make(tmp_path / "away", "en/page.md", "secret.md")
    site = make(tmp_path / "away-site", "walks/7/en/page.md")
    (site / "walks" / "8").symlink_to(tmp_path / "away")
    (site / "walks" / "7" / "es").mkdir()
    (site / "walks" / "7" / "es" / "page.md").symlink_to("../../../../away/secret.md")
    found = scan(site, WALKS)
    assert [path for path, _ in found.files] == ["walks/7/en/page.md"]
    assert [problem.path for problem in found.problems] == ["walks/7/es/page.md", "walks/8"]


def test_names_that_are_no_utf8_come_back_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    name = os.fsdecode(b"caf\xe9.md")
    (folder / name).write_bytes(b"x")
    assert read(tmp_path, settings("{lang}/{key}.md")) == [f"en/{name}"]


ODD = ["two words.md", "what?.md", "a:b.md", 'say "hi".md', "[x].md", "no\u00a0break.md", "épisode.md", "tab\t.md"]


def test_any_other_name_is_read_too(tmp_path: Path) -> None:
    make(tmp_path, *(f"en/{name}" for name in ODD))
    assert read(tmp_path, settings("{lang}/{key}.md")) == sorted(f"en/{name}" for name in ODD)


def test_what_is_no_regular_file_is_left_alone(tmp_path: Path) -> None:
    make(tmp_path, "walks/7/en/page.md")
    (tmp_path / "walks" / "7" / "es" / "page.md").mkdir(parents=True)
    (tmp_path / "walks" / "8" / "en").mkdir(parents=True)
    os.mkfifo(tmp_path / "walks" / "8" / "en" / "page.md")
    assert read(tmp_path, WALKS) == ["walks/7/en/page.md"]


def test_what_may_not_be_read_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    make(reachable(tmp_path), "walks/7/en/page.md", "walks/8/en/page.md", "walks/9/en/page.md")
    (tmp_path / "walks" / "7" / "en" / "page.md").chmod(0)
    (tmp_path / "walks" / "8").chmod(0)
    with without_root():
        found = scan(tmp_path, WALKS)
    (tmp_path / "walks" / "8").chmod(0o755)
    assert [path for path, _ in found.files] == ["walks/9/en/page.md"]
    assert [problem.path for problem in found.problems] == ["walks/8", "walks/7/en/page.md"]


def test_a_site_without_configuration_is_listed_and_not_read(tmp_path: Path) -> None:
    make(tmp_path, "a/b.md", "c.md", ".git/config", "node_modules/x/y.md", ".hidden/z.md", ".top.md")
    assert paths(tmp_path) == Scan((), (), (".top.md", "a/b.md", "c.md"))


def test_whatever_stands_at_a_path_is_there(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    (tmp_path / "broken").symlink_to("nothing")
    assert [exists(tmp_path, path) for path in ("a.md", "broken", "b.md")] == [True, True, False]
