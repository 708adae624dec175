"""A small, invented site for every generator in `docs/generators/`, with the files that its page asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.repositories import Repository
from tests.runs import run

DOCS = Path(__file__).parents[1] / "docs" / "generators"
SOURCE, TRANSLATIONS = "en", ("es", "ar")

STALE, CURRENT, DRAFT, ORIGINAL = ("es", "oven"), ("es", "guide/salt"), ("ar", "oven"), ("en", "oven")
"""The pages that a built site is looked at: their language and their key."""

_TITLES = {
    "home": {"en": "The Village Bakery", "es": "La panadería del pueblo", "ar": "مخبز القرية"},
    "oven": {"en": "The Oven & Its Moods", "es": "El horno y sus caprichos", "ar": "الفرن ومزاجه"},
    "guide/salt": {"en": "How Much Salt", "es": "Cuánta sal", "ar": "كم من الملح"},
}
_BODIES = {
    "home": {
        "en": "We bake at night and sell in the morning, as long as there is bread.",
        "es": "Horneamos de noche y vendemos por la mañana, mientras quede pan.",
        "ar": "نخبز ليلًا ونبيع صباحًا ما دام هناك خبز.",
    },
    "oven": {
        "en": "The oven is heated with beech wood for three hours.\n\nA handful of flour shows whether it is ready.",
        "es": "El horno se calienta con leña de haya durante tres horas.\n\nUn puñado de harina dice si está listo.",
    },
    "guide/salt": {
        "en": "Twenty grams for a kilogram of flour are enough for every loaf.",
        "es": "Veinte gramos por cada kilo de harina bastan para cualquier pan.",
        "ar": "عشرون غرامًا لكل كيلوغرام من الدقيق تكفي أي رغيف.",
    },
}
_EDIT = ("beech wood for three hours", "old apple crates, since the forest belongs to somebody else now")


@dataclass(frozen=True)
class Generator:
    """Where a generator has its pages and its data, and what else a site of it needs to be built.

    `page` (of translations: `translation`, if that differs), `html` and `front` may name {lang}, {key}, {slug} (the
    key's last part), {folder} (`es/`, empty for the source), {suffix} (`.es`, likewise) and {dash} (`-es`). `files` are
    what `docs/generators/` leaves to the reader. `command` builds the site with the packages `npm` or `pypi`, or
    Debian's; without one, the generator is not packaged.
    """

    name: str
    page: str
    data: str
    html: str = ""
    translation: str = ""
    home: str = "index"
    front: str = "---\ntitle: {title}\n---\n\n"
    files: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = ()
    npm: tuple[str, ...] = ()
    pypi: tuple[str, ...] = ()

    def path(self, language: str, key: str) -> str:
        """The path of a page below the site's folder."""
        template = self.page if language == SOURCE else self.translation or self.page
        return template.format(**self._places(language, key))

    @property
    def folder(self) -> str:
        """The folder that the site is built into."""
        return self.html.partition("/{")[0]

    def built(self, language: str, key: str) -> str:
        """The path, in that folder, of what is built of a page."""
        return self.html.removeprefix(f"{self.folder}/").format(**self._places(language, key))

    def text(self, language: str, key: str) -> str:
        """A page's text, of the day when it was written."""
        places = self._places(language, key)
        return self.front.format(title=_TITLES[key][language], **places) + _BODIES[key][language] + "\n"

    def _places(self, language: str, key: str) -> dict[str, str]:
        own = language == SOURCE
        return {
            "lang": language,
            "key": self.home if key == "home" else key,
            "slug": self.home if key == "home" else key.rpartition("/")[2],
            "folder": "" if own else f"{language}/",
            "suffix": "" if own else f".{language}",
            "dash": "" if own else f"-{language}",
        }

    @property
    def sentences(self) -> str:
        """The path of the sentences: beside the data."""
        return str(Path(self.data).with_name("outdated.json"))


def snippets(page: str) -> dict[str, str]:
    """The files that a page of `docs/generators/` asks for, by path."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^<!-- (\S+) -->\n```[\w-]+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def newcomer(root: Path, generator: Generator) -> Repository:
    """Make the site as it is before anything is translated."""
    made = Repository(root)
    pages = {generator.path(SOURCE, key): generator.text(SOURCE, key) for key in _TITLES}
    made.commit({**_equipment(generator), **pages})
    return made


def translated(root: Path, generator: Generator) -> Repository:
    """Make the site with its translations: one page is missing, and one source was reworded afterwards."""
    made = newcomer(root, generator)
    made.commit(
        {
            generator.path(tag, key): generator.text(tag, key)
            for key in _TITLES
            for tag in TRANSLATIONS
            if tag in _BODIES[key]
        }
    )
    edited = generator.text(*ORIGINAL).replace(*_EDIT)
    made.commit({generator.path(*ORIGINAL): edited})
    return made


def configured(root: Path, generator: Generator) -> str:
    """Make the site with its translations, let `transtool init` configure it, and return the configuration."""
    translated(root, generator)
    run("init", at=root).check_returncode()
    return (root / "transtool.toml").read_text(encoding="utf-8")


def _equipment(generator: Generator) -> dict[str, str]:
    shown = {name: text for name, text in snippets(generator.name).items() if name != "transtool.toml"}
    common = snippets("README")
    css = common["outdated.css"]
    own = {
        name: text.replace(_CSS, css if text == _CSS else f"<style>{css}</style>")
        for name, text in generator.files.items()
    }
    return {**shown, **own, generator.sentences: common["outdated.json"], ".gitignore": _IGNORED}


_CSS = "/* css */"
_IGNORED = "node_modules\n_site\npublic\nsite\ndist\noutput\nbuild\n"
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>x</title>/* css */</head>
<body>{body}</body></html>
"""

_HUGO = _PAGE.format(
    lang='{{ site.Language.Lang }}" dir="{{ site.Language.LanguageDirection | default "ltr" }}',
    body='{{ partial "translations.html" . }}<h1>{{ .Title }}</h1>{{ .Content }}',
)
_LIQUID = _PAGE.format(
    lang='{{ page.lang }}" dir="{{ site.data.translations.languages[page.lang].dir }}',
    body="{% include languages.html %}{% include outdated.html %}<h1>{{ page.title | escape }}</h1>{{ content }}",
)
_NJK = _PAGE.format(
    lang='{{ lang }}" dir="{{ translations.languages[lang].dir }}',
    body='{% include "translations.njk" %}<h1>{{ title }}</h1>{{ content | safe }}',
)
_EJS = _PAGE.format(
    lang='<%= page.lang %>" dir="<%= site.data.translations.languages[page.lang].dir %>',
    body='<%- partial("_partial/translations") %><h1><%= page.title %></h1><%- page.content %>',
)
_PELICAN = _PAGE.format(
    lang='{{ article.lang }}" dir="{{ TRANSLATIONS.languages[article.lang].dir }}',
    body='{% include "languages.html" %}<h1>{{ article.title }}</h1>{{ article.content }}',
)
_ZOLA = _PAGE.format(lang="{{ lang }}", body='{% include "translations.html" %}{{ page.content | safe }}')

_HUGO_CONFIG = """baseURL: /
title: Bakery
defaultContentLanguage: en
languages:
  en: {languageName: English}
  es: {languageName: Español}
  ar: {languageName: العربية, languageDirection: rtl}
"""
_ELEVENTY = """export default function (config) {
  config.addGlobalData("layout", "base.njk")
  return { dir: { input: "src" } }
}
"""
_HEXO = """title: Bakery
url: http://example.org
root: /
language: [en, es, ar]
i18n_dir: :lang
source_dir: source
public_dir: public
new_post_name: :title.md
theme: plain
"""
_HEXO_PACKAGE = """{
  "private": true,
  "hexo": {"version": ""},
  "dependencies": {"hexo-renderer-ejs": "*", "hexo-renderer-marked": "*"}
}
"""
_VITEPRESS = """import { transformPageData } from "./translations.js"

export default {
  title: "Bakery",
  locales: {
    root: { label: "English", lang: "en" },
    es: { label: "Español", lang: "es" },
    ar: { label: "العربية", lang: "ar", dir: "rtl" },
  },
  transformPageData,
}
"""
_DOCUSAURUS = """module.exports = {
  title: "Bakery",
  url: "https://example.org",
  baseUrl: "/",
  i18n: { defaultLocale: "en", locales: ["en", "es", "ar"], localeConfigs: { ar: { direction: "rtl" } } },
  markdown: { parseFrontMatter: require("./translations") },
  presets: [["classic", { docs: { routeBasePath: "/" }, blog: false, theme: { customCss: "./src/custom.css" } }]],
}
"""
_ASTRO = """import starlight from "@astrojs/starlight"
import { defineConfig } from "astro/config"

export default defineConfig({
  integrations: [
    starlight({
      title: "Bakery",
      pagefind: false,
      locales: {
        root: { label: "English", lang: "en" },
        es: { label: "Español", lang: "es" },
        ar: { label: "العربية", lang: "ar", dir: "rtl" },
      },
      components: { PageTitle: "./src/components/PageTitle.astro" },
      customCss: ["./src/custom.css"],
    }),
  ],
})
"""
_ASTRO_CONTENT = """import { docsLoader } from "@astrojs/starlight/loaders"
import { docsSchema } from "@astrojs/starlight/schema"
import { defineCollection } from "astro:content"

export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) }
"""
_MKDOCS = """site_name: Bakery
theme: {name: mkdocs, custom_dir: overrides}
hooks: [translations.py]
extra_css: [outdated.css]
plugins:
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: en, default: true, name: English}
        - {locale: es, name: Español}
        - {locale: ar, name: العربية}
"""
_ZOLA_CONFIG = """base_url = "https://example.org"
default_language = "en"
[languages.es]
[languages.ar]
"""
_QUARTO = """project: {type: website}
filters: [translations.lua]
babelquarto:
  mainlanguage: en
  languages: [es, ar]
"""
_NPM_ONLY = '{"private": true, "type": "module"}\n'

GENERATORS = {
    generator.name: generator
    for generator in (
        Generator(
            name="jekyll",
            page="{folder}{key}.md",
            front="---\nlayout: default\nlang: {lang}\ntitle: {title}\n---\n\n",
            data="_data/translations.json",
            html="_site/{folder}{key}.html",
            files={"_config.yml": "title: Bakery\nlang: en\n", "_layouts/default.html": _LIQUID},
            command=("jekyll", "build", "--quiet", "--disable-disk-cache"),
        ),
        Generator(
            name="hugo",
            page="content/{key}{suffix}.md",
            home="_index",
            data="data/translations.json",
            html="public/{folder}{key}/index.html",
            files={
                "hugo.yaml": _HUGO_CONFIG,
                "layouts/_default/single.html": _HUGO,
                "layouts/_default/list.html": _HUGO,
            },
            command=("hugo", "--quiet"),
        ),
        Generator(
            name="astro",
            page="src/content/docs/{folder}{key}.md",
            data="src/data/translations.json",
            html="dist/{folder}{key}/index.html",
            files={
                "astro.config.mjs": _ASTRO,
                "src/content.config.ts": _ASTRO_CONTENT,
                "src/custom.css": _CSS,
                "package.json": _NPM_ONLY,
            },
            command=("astro", "build"),
            npm=("astro@5.18.2", "@astrojs/starlight@0.37.7"),
        ),
        Generator(
            name="docusaurus",
            page="docs/{key}.md",
            translation="i18n/{lang}/docusaurus-plugin-content-docs/current/{key}.md",
            data="src/data/translations.json",
            html="build/{folder}{key}/index.html",
            files={"docusaurus.config.js": _DOCUSAURUS, "src/custom.css": _CSS, "package.json": '{"private": true}\n'},
            command=("docusaurus", "build"),
            npm=("@docusaurus/core@3.10.2", "@docusaurus/preset-classic@3.10.2", "react@19", "react-dom@19"),
        ),
        Generator(
            name="mkdocs",
            page="docs/{key}{suffix}.md",
            data="translations.json",
            html="site/{folder}{key}/index.html",
            files={"mkdocs.yml": _MKDOCS, "docs/outdated.css": _CSS},
            command=("mkdocs", "build", "--quiet"),
            pypi=("mkdocs==1.6.1", "mkdocs-static-i18n==1.3.1"),
        ),
        Generator(
            name="vitepress",
            page="{folder}{key}.md",
            data=".vitepress/translations.json",
            html=".vitepress/dist/{folder}{key}.html",
            files={
                ".vitepress/config.js": _VITEPRESS,
                ".vitepress/theme/outdated.css": _CSS,
                "package.json": _NPM_ONLY,
            },
            command=("vitepress", "build"),
            npm=("vitepress@1.6.4",),
        ),
        Generator(
            name="eleventy",
            page="src/{folder}{key}.md",
            front="---\nlang: {lang}\ntitle: {title}\n---\n\n",
            data="src/_data/translations.json",
            html="_site/{folder}{key}/index.html",
            files={"eleventy.config.js": _ELEVENTY, "src/_includes/base.njk": _NJK, "package.json": _NPM_ONLY},
            command=("eleventy", "--quiet"),
            npm=("@11ty/eleventy@3.1.8",),
        ),
        Generator(
            name="hexo",
            page="source/{folder}{key}.md",
            front="---\nlang: {lang}\ntitle: {title}\n---\n\n",
            data="source/_data/translations.json",
            html="public/{folder}{key}.html",
            files={
                "_config.yml": _HEXO,
                "themes/plain/layout/page.ejs": _EJS,
                "themes/plain/layout/index.ejs": "x",
                "package.json": _HEXO_PACKAGE,
            },
            command=("hexo", "generate", "--silent"),
            npm=("hexo@8.1.2", "hexo-renderer-marked@7", "hexo-renderer-ejs@2"),
        ),
        Generator(
            name="zola",
            page="content/{key}{suffix}.md",
            front='+++\ntitle = "{title}"\n+++\n\n',
            home="_index",
            data="data/translations.json",
            files={"config.toml": _ZOLA_CONFIG, "templates/page.html": _ZOLA},
        ),
        Generator(
            name="pelican",
            page="content/{key}{dash}.md",
            front="Title: {title}\nDate: 2024-05-01\nSlug: {slug}\nLang: {lang}\n\n",
            home="bread",
            data="translations.json",
            html="output/{slug}{dash}.html",
            files={"templates/article.html": _PELICAN},
            command=("pelican", "content", "--quiet", "-s", "pelicanconf.py"),
            pypi=("pelican==4.12.0", "markdown>=3.7"),
        ),
        Generator(
            name="quarto",
            page="{slug}{suffix}.qmd",
            data="translations.json",
            files={"_quarto.yml": _QUARTO},
        ),
    )
}
