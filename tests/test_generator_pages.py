"""The pages of `docs/generators/`: a small site for each, with the configuration and templates that its page shows."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.generators.look import problems
from tests.generator_sites import DOCS, DRAFT, GENERATORS, ORIGINAL, STALE, TRANSLATIONS, newcomer, snippets, translated
from tests.runs import Run, runs
from transtool.languages import Spellings
from transtool.layout import compile_template
from transtool.model import Language

INIT_ANEW = f"init --languages {','.join(TRANSLATIONS)}"
CHECK, SCAFFOLD, DATA = "check --format json", "scaffold --missing", "report --format data"
CHECK_AGAIN = f"{CHECK} --verbose"  # what is run is known by its command line
KEYS = ("home", "oven", "guide/salt")


def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def findings(run: Run) -> dict[str, str]:
    """The rule of every finding, by path."""
    return {each["path"]: each["rule"] for each in json.loads(run.stdout)["findings"]}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, dict[str, Run]]]:
    """Makes the site of a generator, once, and what is said of it before and after everything is scaffolded."""
    made: dict[str, tuple[Path, dict[str, Run]]] = {}

    def make(name: str) -> tuple[Path, dict[str, Run]]:
        if name not in made:
            root = tmp_path_factory.mktemp(name) / "site"
            translated(root, GENERATORS[name])
            made[name] = root, runs(["init", CHECK, SCAFFOLD, CHECK_AGAIN, DATA], at=root)
        return made[name]

    return make


Sites = Callable[[str], tuple[Path, dict[str, Run]]]


def test_every_page_has_a_site_and_is_in_the_table_of_contents() -> None:
    names = {path.stem for path in DOCS.glob("*.md")} - {"README"}

    assert names == set(GENERATORS)
    assert names == set(re.findall(r"\]\((\w+)\.md\)", page("README")))


@pytest.mark.parametrize("name", GENERATORS)
def test_a_page_shows_the_configuration_that_init_writes(name: str, site: Sites) -> None:
    """If what `init` writes is right, `python -m benchmarks.generators --configurations` writes it into the pages."""
    root, _ = site(name)

    assert snippets(name)["transtool.toml"] == (root / "transtool.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GENERATORS)
def test_a_site_is_understood_and_completed_without_a_word_of_configuration(name: str, site: Sites) -> None:
    generator = GENERATORS[name]
    _, said = site(name)

    assert findings(said[CHECK]) == {generator.path(*STALE): "stale", generator.path(*ORIGINAL): "missing"}
    assert said[SCAFFOLD].stderr == f"wrote {generator.path(*DRAFT)}\n"
    assert findings(said[CHECK_AGAIN]) == {
        generator.path(*STALE): "stale",
        generator.path(*DRAFT): "untranslated",
    }


@pytest.mark.parametrize("name", GENERATORS)
def test_a_site_without_translations_is_completed_too(name: str, tmp_path: Path) -> None:
    generator = GENERATORS[name]
    newcomer(tmp_path / "site", generator)

    said = runs([INIT_ANEW, SCAFFOLD, CHECK], at=tmp_path / "site")

    found = json.loads(said[CHECK].stdout)
    assert {row["draft"] for row in found["summary"]["languages"].values()} == {len(KEYS)}
    assert {each["rule"] for each in found["findings"]} == {"untranslated"}
    if INIT_ANEW in page(name):
        places = {generator.path(tag, key) for tag in TRANSLATIONS for key in KEYS}
        assert set(re.findall(r"^wrote (.+)$", said[SCAFFOLD].stderr, re.MULTILINE)) == places


@pytest.mark.parametrize("name", GENERATORS)
def test_the_tree_of_a_page_is_that_of_the_site(name: str, site: Sites) -> None:
    generator = GENERATORS[name]
    root, _ = site(name)
    tree = re.search(r"^```text\n(.*?)^```$", page(name), re.MULTILINE | re.DOTALL)[1].split()

    assert [path for path in tree if not (root / path).is_file()] == []
    assert {generator.path(tag, key) for tag in ("en", *TRANSLATIONS) for key in KEYS} < set(tree)


@pytest.mark.parametrize("name", GENERATORS)
def test_the_layouts_that_a_page_names_are_templates(name: str) -> None:
    for template in re.findall(r'`path = "(.+?)"`', page(name)):
        assert compile_template(template, Spellings.of(["en", *TRANSLATIONS]), source=Language("en"))


@pytest.mark.parametrize("name", GENERATORS)
def test_the_data_leads_from_every_page_to_the_pages_that_a_switcher_lists(name: str, site: Sites) -> None:
    generator = GENERATORS[name]
    _, said = site(name)
    data = json.loads(said[DATA].stdout)

    assert data["pages"].keys() == {generator.path(tag, key) for tag in ("en", *TRANSLATIONS) for key in KEYS}
    for path, about in data["pages"].items():
        files = data["episodes"][about["episode"]]["files"]
        assert path in [file["path"] for file in files]
        assert [(file["lang"], file["dir"]) for file in files] == [("en", "ltr"), ("ar", "rtl"), ("es", "ltr")]
    states = {path: about["status"] for path, about in data["pages"].items()}
    assert (states[generator.path(*STALE)], states[generator.path(*DRAFT)]) == ("stale", "draft")
    assert sorted(states.values()) == ["current"] * 4 + ["draft"] + ["source"] * 3 + ["stale"]


@pytest.mark.parametrize("name", GENERATORS)
def test_templates_ask_for_what_is_in_the_data(name: str, site: Sites) -> None:
    """Names after a dot, of what the templates call by these names; what they add themselves is not asked for."""
    _, said = site(name)
    data = json.loads(said[DATA].stdout)
    episodes, pages = data["episodes"].values(), data["pages"].values()
    known = {"translations": {*data}, "here": {*next(iter(pages))}, "episode": {*next(iter(episodes))}}
    known |= {"file": {*next(iter(episodes))["files"][0]}, "this": known["here"], "$data": known["translations"]}
    known |= {"source": known["file"], "": known["here"] | known["file"]}
    added = {"jekyll": {"url"}, "vitepress": {"url"}, "docusaurus": {"locale"}}
    code = "\n".join(text for path, text in snippets(name).items() if path != "transtool.toml")
    code = re.sub(r"translations\.(?:html|js|json|lua|py|njk)\b", "", code)

    asked = re.findall(r"(?<![\w.])(translations|\$data|here|this|episode|file|source)\.(\w+)\b(?!\()", code)
    asked += [("", key) for key in re.findall(r"(?:\{\{|index \S+|eq|Get|\)) \.([a-z]\w+)", code)]  # Hugo

    assert len(asked) > 5
    assert [(of, key) for of, key in asked if key not in known[of] | added.get(name, set())] == []


@pytest.mark.skipif(shutil.which("jekyll") is None, reason="Jekyll is not installed (Debian: apt-get install jekyll)")
def test_a_site_that_jekyll_builds_has_its_switchers_and_banners_and_what_is_wrong_is_seen(site: Sites) -> None:
    generator = GENERATORS["jekyll"]
    root, said = site("jekyll")
    (root / generator.data).write_text(said[DATA].stdout, encoding="utf-8")
    subprocess.run(generator.command, cwd=root, check=True, env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"})

    assert list(problems(root, generator)) == []

    stale = root / generator.folder / generator.built(*STALE)
    built = stale.read_text(encoding="utf-8")
    for wrong in (
        built.replace('class="outdated"', ""),
        built.replace("/oven.html", "/nowhere.html"),
        built.replace("/oven.html", "/index.html"),
        built.replace('lang="en"', 'lang="fr"'),
        built.replace('dir="ltr"', 'dir="rtl"'),
        built.replace(' aria-current="page"', ""),
    ):
        stale.write_text(wrong, encoding="utf-8")
        assert list(problems(root, generator)) != []
    stale.unlink()
    assert list(problems(root, generator)) != []
