"""Links from reports to the files in their repository."""

import pytest

from transtool.render.links import Links, links

PATH = "docs/es/page 1#ñ.md"
QUOTED = "docs/es/page%201%23%C3%B1.md"


@pytest.mark.parametrize(
    ("repository", "view", "edit", "create"),
    [
        (
            "https://github.com/owner/site",
            f"https://github.com/owner/site/blob/HEAD/{QUOTED}?plain=1#L7",
            f"https://github.com/owner/site/edit/HEAD/{QUOTED}",
            f"https://github.com/owner/site/new/HEAD?filename={QUOTED}",
        ),
        (
            "https://github.com/owner/site.git/tree/main/",
            f"https://github.com/owner/site/blob/main/{QUOTED}?plain=1#L7",
            f"https://github.com/owner/site/edit/main/{QUOTED}",
            f"https://github.com/owner/site/new/main?filename={QUOTED}",
        ),
        (
            "https://gitlab.example.org/group/sub/site/-/tree/dev",
            f"https://gitlab.example.org/group/sub/site/-/blob/dev/{QUOTED}?plain=1#L7",
            f"https://gitlab.example.org/group/sub/site/-/edit/dev/{QUOTED}",
            "https://gitlab.example.org/group/sub/site/-/new/dev/docs/es?file_name=page%201%23%C3%B1.md",
        ),
        (
            "https://codeberg.org/owner/site",
            f"https://codeberg.org/owner/site/src/branch/main/{QUOTED}?display=source#L7",
            f"https://codeberg.org/owner/site/_edit/main/{QUOTED}",
            "https://codeberg.org/owner/site/_new/main/docs/es?filename=page%201%23%C3%B1.md",
        ),
        (
            "https://bitbucket.org/owner/site/src/trunk",
            f"https://bitbucket.org/owner/site/src/trunk/{QUOTED}#lines-7",
            f"https://bitbucket.org/owner/site/src/trunk/{QUOTED}?mode=edit",
            "",
        ),
    ],
)
def test_each_kind_of_host_has_its_own_addresses(repository: str, view: str, edit: str, create: str) -> None:
    to = links(repository)
    assert (to.view(PATH, 7), to.edit(PATH), to.create(PATH)) == (view, edit, create)


@pytest.mark.parametrize(
    "repository", ["", "owner/site", "javascript:alert(1)", "git@github.com:owner/site", "https://", "http://[::1"]
)
def test_what_is_no_web_address_gives_no_links(repository: str) -> None:
    assert links(repository) == Links()
    assert links(repository).view("a.md") == ""


def test_a_file_that_has_no_path_has_no_link() -> None:
    assert links("https://github.com/owner/site").create("") == ""


def test_a_name_that_is_not_utf8_is_linked_by_its_bytes() -> None:
    assert links("https://github.com/owner/site").view("caf\udce9.md").endswith("/caf%E9.md")
