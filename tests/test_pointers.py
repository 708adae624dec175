"""In a series whose translations name their source, a new one does so the way the others do."""

from pathlib import Path

import pytest

from tests.sites import Site
from transtool.document import Document, parse

CONFIG = """
source = "en"
languages = ["es", "fr"]
[series.posts]
path = "{lang}/posts/{key}.md"
key = { points_to = "translation_of" }
"""

FORMS = {
    "nothing to learn from": (None, "/en/posts/new.md"),
    "path": ("en/posts/old.md", "en/posts/new.md"),
    "rooted path": ("/en/posts/old.md", "/en/posts/new.md"),
    "without suffix": ("/en/posts/old", "/en/posts/new"),
    "like a folder": ("/en/posts/old/", "/en/posts/new/"),
    "address": ("https://example.org/en/posts/old", "https://example.org/en/posts/new"),
    "name alone": ("old.md", "new.md"),
    "permalink": ("/2020/old.html", "/2021/new.html"),
    "something else": ("the old one", "/en/posts/new.md"),
}


@pytest.mark.parametrize(("known", "wanted"), FORMS.values(), ids=FORMS.keys())
def test_the_source_is_named_as_others_name_theirs(tmp_path: Path, known: str | None, wanted: str) -> None:
    files = {
        "en/posts/old.md": "---\npermalink: /2020/old.html\n---\n",
        "en/posts/new.md": "---\npermalink: /2021/new.html\n---\n",
    }
    if known is not None:
        files["es/posts/viejo.md"] = f"---\ntranslation_of: {known}\n---\n"
    site = Site(tmp_path, CONFIG, files)
    site.scaffold("new", "fr")
    made = parse("new", site.read("fr/posts/new.md"))
    assert isinstance(made, Document)
    assert [field.name for field in made.fields] == ["permalink", "translation_of", "source_digest", "source_blob"]
    assert made.raw("translation_of") == wanted
    assert site.scaffold("new", "fr").changes == ()
