"""What the configuration of a site's generator says about its languages."""

from collections.abc import Mapping

import pytest

from transtool.discover.generators import Hint, read_hint

DOCUSAURUS = """
// locales: ['xx']
module.exports = {
  i18n: { defaultLocale: 'en', locales: ['en', 'zh-CN', "fr"], localeConfigs: { fr: { label: 'Français' } } },
};
"""
VITEPRESS = """
export default defineConfig({
  locales: {
    root: { label: 'English', lang: 'en-GB' },
    fr: { label: 'Français', lang: 'fr', themeConfig: { nav: [{ text: 'x' }] } },
    'pt-br': { label: 'Português' },
  },
})
"""
ASTRO = """
export default defineConfig({
  i18n: { defaultLocale: "en", locales: ["en", "es", { path: "portuguese", codes: ["pt-br"] }, "pt-br"] },
});
"""
STARLIGHT = """
const locales = { root: { label: 'English', lang: 'en' }, de: { label: 'Deutsch', lang: 'de' }, ja: { lang: 'ja' } };
export default defineConfig({ integrations: [starlight({ title: 'Docs', locales, sidebar })] });
"""
MKDOCS = """
site_name: Docs
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - search
  - i18n:
      docs_structure: suffix
      languages:
        - locale: en
          default: true
          name: English
        - locale: fr
          name: Français
"""

SITES: dict[str, tuple[Mapping[str, str], tuple[str | None, tuple[str, ...], str]]] = {
    "Jekyll": ({"_config.yml": "lang: en\nlanguages: [en, es]\n"}, ("Jekyll", ("en", "es"), "en")),
    "Hexo": ({"_config.yml": "language: en\nnew_post_name: :title.md\n"}, ("Hexo", (), "en")),
    "Hugo": (
        {"hugo.toml": 'baseURL = "x"\ndefaultContentLanguage = "en"\n[languages.en]\n[languages.de]\n'},
        ("Hugo", ("en", "de"), "en"),
    ),
    "Hugo of old": (
        {"config.toml": 'baseURL = "x"\ndefaultContentLanguage = "nl"\n'},
        ("Hugo", (), "nl"),
    ),
    "Hugo, in a folder": (
        {
            "config/_default/hugo.yaml": "defaultContentLanguage: en\n",
            "config/_default/languages.en.toml": "",
            "config/_default/languages.pt-br.toml": 'title = "x"\n',
        },
        ("Hugo", ("en", "pt-br"), "en"),
    ),
    "Zola": (
        {"config.toml": 'base_url = "x"\ndefault_language = "en"\n[languages.es]\n'},
        ("Zola", ("es",), "en"),
    ),
    "Astro": ({"astro.config.mjs": ASTRO}, ("Astro", ("en", "es", "pt-br"), "en")),
    "Starlight": ({"docs/astro.config.ts": STARLIGHT}, ("Astro", ("de", "ja"), "en")),
    "Docusaurus": ({"docusaurus.config.js": DOCUSAURUS}, ("Docusaurus", ("en", "zh-CN", "fr"), "en")),
    "MkDocs": ({"mkdocs.yml": MKDOCS}, ("MkDocs", ("en", "fr"), "en")),
    "VitePress": ({"docs/.vitepress/config.ts": VITEPRESS}, ("VitePress", ("fr", "pt-br"), "en-GB")),
    "Eleventy": (
        {"eleventy.config.js": 'config.addPlugin(I18nPlugin, { defaultLanguage: "es" });\n'},
        ("Eleventy", (), "es"),
    ),
    "Quarto": (
        {"_quarto.yml": "babelquarto:\n  mainlanguage: en\n  languages: ['es', 'pt']\n"},
        ("Quarto", ("es", "pt"), "en"),
    ),
    "Pelican": ({"pelicanconf.py": "SITENAME = 'x'\nDEFAULT_LANG = 'fr'\n"}, ("Pelican", (), "fr")),
    "the one nearest to the top counts": (
        {"mkdocs.yml": "theme:\n  language: de\n", "examples/hugo.toml": 'defaultContentLanguage = "fr"\n'},
        ("MkDocs", (), "de"),
    ),
    "one that is broken says nothing, but which generator it is for": (
        {"hugo.toml": "languages = [\n"},
        ("Hugo", (), ""),
    ),
    "no configuration at all": ({"docs/a.md": "x"}, (None, (), "")),
}


@pytest.mark.parametrize("name", SITES)
def test_the_configuration_of_a_generator_is_read(name: str) -> None:
    site, expected = SITES[name]
    hint = read_hint(site, lambda path: site[path].encode()) or Hint("")

    assert (hint.generator, hint.languages, hint.default) == expected


@pytest.mark.parametrize(
    "text", ["locales: {", "locales: [", "i18n = {locales: {a: {b: [", "\0" * 10, "locales: {}}}}"]
)
def test_no_program_is_too_broken_to_be_read(text: str) -> None:
    site = {"docusaurus.config.js": text}

    assert read_hint(site, lambda path: site[path].encode()) is not None


@pytest.mark.parametrize(
    ("path", "text", "generator"),
    [
        ("site/config.yaml", "baseURL: https://example.org\n", "Hugo"),
        ("config.json", '{"title": "Tea"}', "Hugo"),
        ("tools/src/config.json", '[{"code": "en"}, {"code": "de"}]', None),
        ("tools/config.yml", "retries: 3\n", None),
    ],
)
def test_a_configuration_of_any_program_is_no_sign_of_a_generator(path: str, text: str, generator: str | None) -> None:
    hint = read_hint([path], lambda _: text.encode())

    assert hint is not None
    assert hint.generator == generator
