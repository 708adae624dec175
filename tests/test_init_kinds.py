"""Every layout, with and without translations, in every kind of front matter: from init to the last translation."""

from pathlib import Path

import pytest

from tests.layouts import COMPLETE, LAYOUTS, rewritten
from tests.repositories import Repository
from tests.sites import Site, judged
from transtool.config import parse
from transtool.discover import Wish
from transtool.document import Document
from transtool.document import parse as read
from transtool.model import Status
from transtool.site.look import look_at, write_config

KINDS = ("toml", "json", "header", "none")
"""Besides YAML, which tests/test_init.py has."""


def configured(root: Path, wish: Wish) -> Site:
    """The site at `root` with the configuration that init writes."""
    text = write_config(look_at(root, str, wish)).read_text()
    site = Site(root, text, {})
    assert site.config == parse(text.encode(), "transtool.toml")
    return site


def completed(site: Site) -> None:
    """Check, scaffold all that is missing, and check again; everything new is its source but for its own fields."""
    before = site.everything()
    told = {finding.rule for finding in judged(site.root).all_findings()}
    plan = site.scaffold()
    report = judged(site.root)

    assert told <= {"missing", "untranslated"}
    assert not plan.refusals
    assert {finding.rule for finding in report.all_findings()} <= {"untranslated", "unknown"}
    assert report.tally()[Status.MISSING] == 0
    assert not site.plan().changes
    for episode in site.catalogue().episodes:
        for entry in episode.translations.values():
            if entry.path not in before and episode.source is not None:
                assert _told(site, entry.path) == _told(site, episode.source.path)


def _told(site: Site, path: str) -> tuple[dict[str, str | None], str]:
    """The fields of a file but for those of its language, and its body."""
    document = read(path, site.read(path))
    assert isinstance(document, Document)
    local = {"lang", site.config.stamp.digest, site.config.stamp.blob}
    fields = {field.name: document.raw(field.name) for field in document.fields if field.name not in local}
    return fields, document.body


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", COMPLETE)
def test_a_site_is_understood_and_completed(name: str, kind: str, tmp_path: Path) -> None:
    files, source, *_ = LAYOUTS[name]
    Repository(tmp_path).commit(rewritten(files, kind))

    completed(configured(tmp_path, Wish(source)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [name for name in COMPLETE if "special" not in name])
def test_a_site_without_translations_is_laid_out_and_completed(name: str, kind: str, tmp_path: Path) -> None:
    files, source, *_ = LAYOUTS[name]
    Repository(tmp_path / "whole").commit(files)
    config = configured(tmp_path / "whole", Wish(source)).config
    templates = [template for each in config.series for template in each.templates]
    translated = {
        path
        for path in files
        if any((match := each.match(path)) is not None and match.language != config.source for each in templates)
    }
    Repository(tmp_path / "young").commit(rewritten({p: files[p] for p in files if p not in translated}, kind))

    completed(configured(tmp_path / "young", Wish(source, ("sv", "pt-BR"))))
