"""The data file for generators, and the snippets for Jekyll with pages and posts in a real Jekyll."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.generator_sites import snippets
from tests.reports import AR, DE, EMPTY, EN, ES, NASTY, SMALL, cell, episode, filled_with, path
from transtool.model import Report, Status
from transtool.render.page_data import document, jekyll, render


def test_a_page_leads_to_its_episode_and_that_to_the_files_there_are() -> None:
    data = document(SMALL)
    page = data["pages"][path("episodes", "9", ES)]
    assert page == {
        "lang": "es",
        "dir": "ltr",
        "name": "Español",
        "status": "stale",
        "changes": 4,
        "words": 24,
        "episode": "episodes/9",
        "source": path("episodes", "9", EN),
    }
    files = data["episodes"]["episodes/9"]["files"]
    assert [(file["lang"], file["status"], file["title"]) for file in files[:2]] == [
        ("en", "source", "Bread, slowly"),
        ("es", "stale", "Pan, despacio"),
    ]
    assert all(file["path"] in data["pages"] for episode in data["episodes"].values() for file in episode["files"])


def test_the_data_for_jekyll_calls_languages_as_it_did_and_is_the_same_otherwise() -> None:
    older = json.loads(jekyll(SMALL))
    files = [file for each in older["episodes"].values() for file in each["files"]]
    named = [*older["pages"].values(), *files]
    assert [each.pop("language") for each in named] == [each["lang"] for each in named]
    assert older == document(SMALL)


def test_what_is_missing_is_named_and_has_no_page() -> None:
    data = document(SMALL)
    assert data["episodes"]["episodes/10"]["missing"] == ["es"]
    assert path("episodes", "10", ES) not in data["pages"]
    assert path("briefs", "9", DE) not in data["pages"]


def test_languages_have_their_own_names_and_directions() -> None:
    languages = document(SMALL)["languages"]
    assert languages["ar"] == {"name": "العربية", "dir": "rtl"}
    assert list(languages) == ["en", "es", "de", "ja", "ar"]


@pytest.mark.parametrize("text", NASTY)
def test_every_text_of_a_site_survives_as_json_and_as_the_yaml_that_jekyll_reads(text: str) -> None:
    rendered = render(filled_with(text))
    read = json.loads(rendered)
    assert read["schema"] == 1
    if len(text) < 100:
        assert yaml.load(rendered, Loader=yaml.CBaseLoader)["episodes"].keys() == read["episodes"].keys()


def test_a_report_of_nothing_is_a_data_file_too() -> None:
    assert json.loads(render(EMPTY))["pages"] == {}


def test_the_snippets_of_the_documentation_work_in_jekyll(tmp_path: Path) -> None:
    """A site with pages and posts: links between the languages, a banner where the source has changed."""
    if shutil.which("jekyll") is None:
        pytest.skip("Jekyll is not installed (Debian: apt-get install jekyll)")
    build(tmp_path)
    source, stale, draft = (page(tmp_path, language) for language in ("en", "es", "de"))
    assert links(source) == [("en", "/bread-en.html", True), ("es", "/bread-es.html", False)]
    assert links(stale) == [("en", "/bread-en.html", False), ("es", "/bread-es.html", True)]
    assert 'dir="ltr"' in stale
    assert "Español</a>" in stale
    assert "outdated" not in source
    assert "El original de esta página" in stale
    assert '<a href="/bread-en.html" lang="en" dir="ltr" hreflang="en">Bread &amp; &lt;salt&gt;</a>' in stale
    assert "This page is not translated yet" in draft
    assert links((tmp_path / "_site" / "2021" / "03" / "05" / "pan.html").read_text()) == [
        ("en", "/2021/03/05/news.html", False),
        ("ar", "/2021/03/05/pan.html", True),
    ]


def build(root: Path) -> None:
    """Make a site of two episodes in `root/docs` with the snippets in its layout, and let Jekyll build it."""
    site = root / "docs"
    posts = ("docs/_posts/2021-03-05-news.md", "docs/_posts/2021-03-05-pan.md")
    report = Report(
        version="0.1.0",
        source=EN,
        languages=(ES, DE, AR),
        series=("episodes", "news"),
        episodes=(
            episode(
                "episodes",
                "9",
                "Bread & <salt>",
                cell("episodes", "9", ES, Status.STALE, title="Pan"),
                cell("episodes", "9", DE, Status.DRAFT, title="Bread"),
            ),
            episode("news", "1", "News", cell("news", "1", AR, Status.CURRENT, title="خبز")),
        ),
    )
    texts = {
        **{name: text.replace('root = ""', 'root = "docs/"') for name, text in snippets("jekyll").items()},
        "_data/outdated.json": snippets("README")["outdated.json"],
        "_config.yml": "title: x\n",
        "_data/translations.json": render(report)
        .replace(path("news", "1", EN), posts[0])
        .replace(path("news", "1", AR), posts[1]),
        "_layouts/default.html": "{% include languages.html %}{% include outdated.html %}{{ content }}",
        "_posts/2021-03-05-news.md": "---\nlayout: default\n---\nx",
        "_posts/2021-03-05-pan.md": "---\nlayout: default\n---\nx",
    }
    for language in ("en", "es", "de"):
        at = path("episodes", "9", language).removeprefix("docs/")
        texts[at] = f"---\nlayout: default\ntitle: 'Bread & <salt>'\npermalink: /bread-{language}.html\n---\nx"
    for name, text in texts.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    command = ["jekyll", "build", "--quiet", "--disable-disk-cache", "-s", str(site), "-d", str(root / "_site")]
    subprocess.run(command, check=True, cwd=root, env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(root)})


def page(root: Path, language: str) -> str:
    return (root / "_site" / f"bread-{language}.html").read_text("utf-8")


def links(html: str) -> list[tuple[str, str, bool]]:
    found = re.findall(r'<a href="([^"]+)" hreflang="(\w+)"( aria-current="page")?>', html.partition("</nav>")[0])
    return [(language, address, bool(current)) for address, language, current in found]
