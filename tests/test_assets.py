"""Files that front matter names by relative paths are found beside a new translation, or copied there."""

import pytest

from transtool.document import Document, parse
from transtool.edits import Copy
from transtool.scaffold.assets import copies


def needed(value: str, *there: str, target: str = "walks/7/es/page.md", skip: str = "") -> list[Copy]:
    """The copies for a page with `img: value`, where the files `there` exist."""
    document = parse("walks/7/en/page.md", f"---\nimg: {value}\n---\n".encode())
    assert isinstance(document, Document)
    return list(copies(document, target, frozenset([skip]), frozenset(there).__contains__))


@pytest.mark.parametrize(
    "value", ["cover.png", '"cover.png"', "./cover.png", "[cover.png]", "{ src: cover.png, alt: x }"]
)
def test_a_file_beside_the_source_is_copied(value: str) -> None:
    assert needed(value, "walks/7/en/cover.png") == [Copy("walks/7/es/cover.png", "walks/7/en/cover.png")]


def test_a_file_that_is_there_already_is_used() -> None:
    assert needed("cover.png", "walks/7/en/cover.png", "walks/7/es/cover.png") == []


def test_a_path_that_leads_to_the_same_file_from_both_places_needs_nothing() -> None:
    assert needed("../cover.png", "walks/7/cover.png") == []


def test_a_relative_path_keeps_its_shape() -> None:
    assert needed("img/a b.png", "walks/7/en/img/a b.png") == [Copy("walks/7/es/img/a b.png", "walks/7/en/img/a b.png")]


def test_a_translation_beside_its_source_needs_nothing() -> None:
    assert needed("cover.png", "walks/7/en/cover.png", target="walks/7/en/page.es.md") == []


def test_fields_that_differ_by_language_are_not_looked_at() -> None:
    assert needed("cover.png", "walks/7/en/cover.png", skip="img") == []


@pytest.mark.parametrize(
    "value",
    [
        "https://example.org/cover.png",
        "//example.org/cover.png",
        "/assets/cover.png",
        "data:image/png;base64,AAAA.png",
        '"#cover.png"',
        "cover.png?size=2",
        "other.md",
        "../../../../cover.png",
        "cover",
        "2021-05-08",
        "",
    ],
)
def test_what_is_no_file_of_the_site_beside_the_page_is_ignored(value: str) -> None:
    class Everything:
        """Where whatever is asked for exists in one place and not in the other."""

        def __call__(self, path: str) -> bool:
            return "/es/" not in path

    document = parse("walks/7/en/page.md", f"---\nimg: {value}\n---\n".encode())
    assert isinstance(document, Document)
    assert list(copies(document, "walks/7/es/page.md", frozenset(), Everything())) == []
