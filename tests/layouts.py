"""Layouts of sites that `init` understands: their files, the source, the languages, and the series it proposes."""

import json
from collections.abc import Callable, Iterable, Mapping

Site = Mapping[str, str]


def page(language: str | None = None, **fields: object) -> str:
    """The text of a page with front matter; values are written as they are."""
    lines = [f"{name}: {value}\n" for name, value in ({} if language is None else {"lang": language} | fields).items()]
    lines = lines or [f"{name}: {value}\n" for name, value in fields.items()]
    return "---\n" + "".join(lines) + "---\n\nSome words.\n"


def rewritten(files: Site, kind: str) -> dict[str, str]:
    """The same pages with another kind of front matter: toml, json, header or none (which leaves configurations be)."""
    return {path: _as(text, kind) if text.startswith("---\n") else text for path, text in files.items()}


def _as(text: str, kind: str) -> str:
    head, body = text.removeprefix("---\n").split("---\n", 1)
    fields = [line.split(": ", 1) for line in head.splitlines()]
    match kind:
        case "toml":
            lines = [f"{name} = {value if value == 'true' else json.dumps(value)}\n" for name, value in fields]
            return f"+++\n{''.join(lines)}+++\n{body}"
        case "json":
            return json.dumps(dict(fields), indent=2, ensure_ascii=False) + "\n" + body
        case "header":
            return "".join(f"{name.capitalize()}: {value}\n" for name, value in fields) + body
    return body.lstrip("\n")


def site_of(path: Callable[[str, str], str], languages: str, keys: Iterable[object], **fields: str) -> dict[str, str]:
    """Pages at `path(language, key)`, each with a title of its own."""
    return {
        path(language, str(key)): page(title=f"The {key} in {language}", **fields)
        for language in languages.split()
        for key in keys
    }


def unless(source: str, language: str, text: str) -> str:
    return "" if language == source else text


LAYOUTS: dict[str, tuple[Site, str, list[str], dict[str, list[str]]]] = {
    "language folder inside a numbered folder": (
        site_of(lambda tag, n: f"docs/shows/show-{n}/{tag}/show.md", "en es fr", range(1, 5)),
        "en",
        ["es", "fr"],
        {"shows": ["docs/shows/show-{number}/{lang}/show.md"]},
    ),
    "a series that was renamed": (
        site_of(lambda tag, n: f"notes/old-{n}/{tag}/x.md", "en es", [1, 2, 3])
        | site_of(lambda tag, n: f"notes/new-{n}/{tag}/x.md", "en es", [4, 5, 6]),
        "en",
        ["es"],
        {"notes": ["notes/(old|new)-{number}/{lang}/x.md"]},
    ),
    "two series that count side by side": (
        site_of(lambda tag, n: f"a/long-{n}/{tag}/x.md", "en es", [1, 2, 3])
        | site_of(lambda tag, n: f"a/short-{n}/{tag}/x.md", "en es", [1, 2]),
        "en",
        ["es"],
        {"a": ["a/long-{number}/{lang}/x.md"], "a-2": ["a/short-{number}/{lang}/x.md"]},
    ),
    "copies without a language beside folders that have one": (
        site_of(lambda tag, n: f"shows/show-{n}/{tag}/show.md", "en es", range(1, 5))
        | {"shows/show-2/show.md": page(title="The 2")},
        "en",
        ["es"],
        {"shows": ["shows/show-{number}/{lang}/show.md", "shows/show-{number}/show.md"]},
    ),
    "padded numbers, with names, in language folders": (
        site_of(lambda tag, n: f"{tag}/posts/{n:>03}-name-in-{tag}.md", "en de", range(1, 12)),
        "en",
        ["de"],
        {"posts": ["{lang}/posts/{number}-{_}.md"]},
    ),
    "dates, and the language a second time": (
        site_of(
            lambda tag, n: f"_posts/{tag}/news/2024-0{n}-15-news{unless('en', tag, f'-{tag}')}.md", "en ja", range(1, 8)
        ),
        "en",
        ["ja"],
        {"news": ["_posts/{lang}/news/{date}-news[-{lang}].md"]},
    ),
    "language folder above": (
        site_of(lambda tag, key: f"content/{tag}/{key}.md", "en pt-BR fr", ["about", "posts/one", "posts/two"]),
        "en",
        ["fr", "pt-BR"],
        {"content": ["content/{lang}/{key**}.md"]},
    ),
    "source at the root, translations in folders": (
        site_of(
            lambda tag, key: f"_guides/{unless('en', tag, f'{tag}/')}{key}.md", "en es zh-hans", ["one", "two", "x"]
        ),
        "en",
        ["es", "zh-hans"],
        {"guides": ["_guides/[{lang}/]{key}.md"]},
    ),
    "file suffix": (
        site_of(
            lambda tag, key: f"pages/{key}{unless('en', tag, f'.{tag}')}.md", "en zh-hans", ["a/b", "v1.11.0", "c"]
        ),
        "en",
        ["zh-hans"],
        {"pages": ["pages/{key**}[.{lang}].md"]},
    ),
    "a folder for every page, and a file suffix": (
        site_of(
            lambda tag, key: f"content/{key}/index{unless('en', tag, f'.{tag}')}.md",
            "en es",
            ["v1.0.0-beta.1", "v1.0.0-beta.2", "presentations"],
        ),
        "en",
        ["es"],
        {"content": ["content/{key}/index[.{lang}].md"]},
    ),
    "folder suffix": (
        site_of(
            lambda tag, key: f"pages{unless('en', tag, f'.{tag}')}/{key}.md",
            "en pt_BR zh",
            ["common/tar", "linux/ip6tables", "common/python3"],
        ),
        "en",
        ["pt_BR", "zh"],
        {"pages": ["pages[.{lang}]/{key**}.md"]},
    ),
    "the language is the name of the file": (
        site_of(lambda tag, key: f"wiki/{key}/{tag}.md", "en fr pt-br", ["Play", "Skin/Parts", "Skin/Parts/More"]),
        "en",
        ["fr", "pt-br"],
        {"wiki": ["wiki/{key**}/{lang}.md"]},
    ),
    "a folder for every page, with a language folder inside": (
        site_of(lambda tag, key: f"docs/{key}/{tag}/index.md", "en es", ["one", "two", "three"]),
        "en",
        ["es"],
        {"docs": ["docs/{key}/{lang}/index.md"]},
    ),
    "translations in a folder of their own": (
        site_of(lambda tag, key: f"{unless('en', tag, f'translations/{tag}/')}{key}.md", "en es ja", ["a", "b", "c"]),
        "en",
        ["es", "ja"],
        {"translations": ["{key}.md", "translations/{lang}/{key}.md"]},
    ),
    "sources and translations in two trees": (
        site_of(lambda tag, key: f"docs/{key}.md", "en", ["intro", "guides/a", "guides/b", "api/c"])
        | site_of(lambda tag, key: f"i18n/{tag}/plugin/current/{key}.md", "fr ja", ["intro", "guides/a", "api/c"]),
        "en",
        ["fr", "ja"],
        {"docs": ["docs/{key**}.md", "i18n/{lang}/plugin/current/{key**}.md"]},
    ),
    "a source that is not English, and parts that vary": (
        {
            path: text
            for h in (0, 1, 2)
            for n in (1, 2, 3)
            for path, text in {
                f"tasks/{h}00-{h}99/0{h}{n}.Some Name {n}/README.md": "# 问题\n\n这里是中文的说明文字\n",
                f"tasks/{h}00-{h}99/0{h}{n}.Some Name {n}/README_EN.md": "# Task\n\nThe words.\n",
            }.items()
        },
        "zh",
        ["EN"],
        {"tasks": ["tasks/{_}/{number}.{_}/README[_{lang}].md"]},
    ),
    "spellings that are no tags": (
        {
            f"docs/{tag}/part-{n}.md": page(tag, title=f"Part {n} {tag}")
            for tag in ("en", "gr", "iw", "pt_br")
            for n in range(1, 4)
        },
        "en",
        ["el", "he", "pt_br"],
        {"docs": ["docs/{lang}/part-{number}.md"]},
    ),
    "a translated README": (
        {"README.md": "# Tool\n", "README.es.md": "# Útil\n", "README.fr.md": "# Outil\n", "src/notes.md": "# x\n"},
        "en",
        ["es", "fr"],
        {"pages": ["{key}[.{lang}].md"]},
    ),
    "names with what is special in templates and TOML": (
        site_of(lambda tag, key: f'say "(hi)"/{tag}/{key}.md', "en es", ["a [b]", "c {d}", "e\\f", "é\xa0g"]),
        "en",
        ["es"],
        {'say-"(hi)"': [r'say "\(hi\)"/{lang}/{key}.md']},
    ),
    "a numbered folder inside a tree of pages": (
        site_of(
            lambda tag, key: f"docs/{tag}/{key}.mdx",
            "en fr",
            ["index", "guide/a", "guide/b", "guide/c", *(f"tutorial/{n}" for n in range(1, 4)), "v/v4", "v/v5"],
        ),
        "en",
        ["fr"],
        {"docs": ["docs/{lang}/{key**}.mdx"]},
    ),
    "numbered folders, none of which is most of the tree": (
        site_of(
            lambda tag, key: f"src/{tag}/{key}/text.mdx",
            "en ko",
            [f"{part}_Part/{n}_Name" for part in ("01", "02", "03", "04") for n in range(1, 4)],
        ),
        "en",
        ["ko"],
        {"src": ["src/{lang}/{key**}/text.mdx"]},
    ),
    "several endings": (
        site_of(lambda tag, key: f"content/{tag}/{key}", "en ja", ["a.md", "b/c.md", "d.html", "e.md"]),
        "en",
        ["ja"],
        {"content": ["content/{lang}/{key**}.(md|html)"]},
    ),
    "Quarto": (
        site_of(lambda tag, key: f"{key}{unless('en', tag, f'.{tag}')}.qmd", "en es", ["index", "intro", "data"])
        | {"_quarto.yml": "babelquarto:\n  mainlanguage: en\n  languages: [es]\n"},
        "en",
        ["es"],
        {"pages": ["{key}[.{lang}].qmd"]},
    ),
    "Pelican": (
        site_of(
            lambda tag, key: f"content/{key}{unless('en', tag, f'-{tag}')}.md",
            "en fr ru",
            ["news/a", "news/b", "about"],
        ),
        "en",
        ["fr", "ru"],
        {"content": ["content/{key**}[-{lang}].md"]},
    ),
    "Docusaurus, whose pages are some here, some there": (
        site_of(lambda tag, key: f"docs/{key}.md", "en", ["intro", "guides/a", "guides/b", "api/c"])
        | site_of(
            lambda tag, key: f"i18n/{tag}/docusaurus-plugin-content-docs/current/{key}.md", "fr", ["intro", "api/c"]
        )
        | site_of(lambda tag, key: f"blog/{key}.md", "en", ["2024-01-01-a", "2024-02-01-b"])
        | site_of(lambda tag, key: f"i18n/{tag}/docusaurus-plugin-content-blog/{key}.md", "fr", ["2024-01-01-a"])
        | site_of(lambda tag, key: f"i18n/{tag}/docusaurus-plugin-content-blog/{key}.md", "fr", ["2024-02-01-b"])
        | {"docusaurus.config.js": "export default { i18n: { defaultLocale: 'en', locales: ['en', 'fr'] } };"},
        "en",
        ["fr"],
        {
            "blog": ["blog/{key}.md", "i18n/{lang}/docusaurus-plugin-content-blog/{key}.md"],
            "docs": ["docs/{key**}.md", "i18n/{lang}/docusaurus-plugin-content-docs/current/{key**}.md"],
        },
    ),
    "a single translated file": (
        site_of(lambda tag, key: f"docs/{key}.md", "en", ["a", "b", "guide/c"])
        | site_of(lambda tag, key: f"docs/{key}.{tag}.md", "es", ["a"]),
        "en",
        ["es"],
        {"docs": ["docs/{key**}[.{lang}].md"]},
    ),
    "a single translated file in a folder": (
        site_of(lambda tag, key: f"content/{tag}/{key}.md", "en", ["a", "b", "guide/c"])
        | site_of(lambda tag, key: f"content/{tag}/{key}.md", "es", ["a"]),
        "en",
        ["es"],
        {"content": ["content/{lang}/{key**}.md"]},
    ),
    "a folder for each language beside the source's": (
        site_of(lambda tag, key: f"content{unless('en', tag, f'.{tag}')}/{key}.md", "en de", ["a", "b/c", "d"]),
        "en",
        ["de"],
        {"content": ["content[.{lang}]/{key**}.md"]},
    ),
    "reStructuredText": (
        site_of(lambda tag, key: f"docs/{tag}/{key}.rst", "en de", ["a", "b/c", "d"]),
        "en",
        ["de"],
        {"docs": ["docs/{lang}/{key**}.rst"]},
    ),
    "a file without a language that is no copy": (
        site_of(lambda tag, key: f"{tag}/{key}.md", "en de", ["404", *(f"news/{n}x" for n in range(30))])
        | {"404.md": page(title="Not found"), "README.md": "# A site\n"},
        "en",
        ["de"],
        {"pages": ["{lang}/{key**}.md"]},
    ),
}

COMPLETE = [name for name, (site, *_) in LAYOUTS.items() if not name.startswith("copies")]
"""Layouts in which every file has a place of its own."""
