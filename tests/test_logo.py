"""The site's logo in its dashboard: a picture of the site, small, put into the page."""

from pathlib import Path

import pytest

from transtool.errors import WorldError
from transtool.site.logo import embedded


def test_a_picture_of_the_site_becomes_part_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg/>")
    assert embedded(tmp_path, "logo.svg") == "data:image/svg+xml;base64,PHN2Zy8+"


@pytest.mark.parametrize(("name", "size"), [("logo.html", 1), ("logo.png", 300_000)])
def test_what_is_no_picture_or_too_large_is_refused(tmp_path: Path, name: str, size: int) -> None:
    (tmp_path / name).write_bytes(b"x" * size)
    with pytest.raises(WorldError, match="at most 256 KiB"):
        embedded(tmp_path, name)


def test_a_logo_outside_of_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "logo.png").write_bytes(b"x")
    with pytest.raises(WorldError, match="leads out"):
        embedded(tmp_path / "site", "../logo.png")
