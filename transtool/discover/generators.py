"""Recognise the generator that builds a site, and what its configuration says about languages: a hint, no more."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from transtool import document
from transtool.discover.sightings import meant
from transtool.document import Document, Scalar, Value
from transtool.languages import canonical, exists, is_wellformed
from transtool.model import Language

Name = Literal[
    "Jekyll", "Hexo", "Hugo", "Zola", "Astro", "Docusaurus", "MkDocs", "VitePress", "Eleventy", "Quarto", "Pelican"
]

_FILES: tuple[tuple[Name, str], ...] = (
    ("Docusaurus", r"docusaurus\.config\.[cm]?[jt]s"),
    ("VitePress", r"\.vitepress/config(?:/(?:index|shared|locales))?\.[cm]?[jt]s"),
    ("Astro", r"astro\.config\.[cm]?[jt]s"),
    ("Eleventy", r"\.eleventy\.[cm]?js|eleventy\.config\.[cm]?[jt]s"),
    ("Quarto", r"_quarto\.ya?ml"),
    ("Pelican", r"pelicanconf\.py"),
    ("MkDocs", r"mkdocs\.ya?ml"),
    ("Hugo", r"(?:config/_default/)?hugo\.(?:toml|ya?ml|json)|config/_default/config\.(?:toml|ya?ml|json)"),
    ("Hugo", r"config/_default/languages(?:\.[\w-]+)?\.(?:toml|ya?ml|json)"),
    ("Zola", r"config\.toml"),
    ("Hugo", r"config\.(?:ya?ml|json)"),
    ("Jekyll", r"_config\.ya?ml"),
)
"""Which generator a configuration is of, by its path below the site's folder; the first that fits."""

_ANYBODYS = re.compile(r"(?<!\w)(?<!_default/)config\.(?:ya?ml|json)$")
_OF_HUGO = ("baseURL", "baseurl", "languageCode", "defaultContentLanguage", "languages", "theme", "title", "params")
"""The configuration whose name programs of all kinds use, and what Hugo's has one of."""

_LISTS = ("languages", "langs", "locales", "babelquarto.languages", "i18n.locales", "i18n.languages")
_DEFAULTS = (
    *("default_lang", "defaultLang", "default_language", "default_locale", "defaultContentLanguage", "mainlanguage"),
    *("babelquarto.mainlanguage", "theme.language", "i18n.default_locale", "lang", "locale", "language"),
)
_QUOTED = re.compile(r"""["'`]([A-Za-z0-9_-]+)["'`]""")
_SCRIPTED_DEFAULT = re.compile(
    r"""\b(?:defaultLocale|defaultLanguage|default_lang|DEFAULT_LANG)["']?\s*[:=]\s*["'`]([A-Za-z0-9_-]+)["'`]"""
)
_SCRIPTED_LIST = re.compile(r"""\b(?:locales|languages)["']?\s*[:=]\s*(?:\{|\[)""")
_KEY = re.compile(r"""(?:["']([^"'\n]++)["']|(?<![\w$])([A-Za-z_$][\w$]*+))\s*+:""")
_LANG = re.compile(r"""\blang["']?\s*:\s*["'`]([A-Za-z0-9_-]+)["'`]""")
# A configuration that is longer than this is data, not settings; characters.
_LONGEST = 400_000


@dataclass(frozen=True, slots=True)
class Hint:
    """What the configuration at `path` says: the languages it lists, and the one it calls its default (empty: none).

    `generator` is the program it is for; `folder` holds the site, with a slash at its end unless it is the top.
    """

    path: str
    languages: tuple[str, ...] = ()
    default: str = ""
    generator: Name | None = None
    folder: str = ""

    @property
    def source(self) -> Language | None:
        """The default language as a tag, if there is one."""
        return canonical(meant(self.default)) if self.default else None

    def source_among(self, languages: Collection[Language]) -> Language | None:
        """Return the default language as `languages` have it: `en` where it is `en-US`."""
        plain = None if self.source is None else Language(self.source.partition("-")[0])
        return plain if self.source not in languages and plain in languages else self.source


def read_hint(paths: Iterable[str], read: Callable[[str], bytes]) -> Hint | None:
    """Return what the generator's configuration nearest to the top says; one that names no language if none does."""
    named = [(path, *found) for path in sorted(paths) if (found := _generator(path)) is not None]
    groups: dict[tuple[int, str, str], list[str]] = {}
    for path, generator, folder in named:
        groups.setdefault((folder.count("/"), folder, generator), []).append(path)
    hints = [_together(group, read) for _, group in sorted(groups.items(), key=lambda item: item[0][:2])]
    told = next((hint for hint in hints if hint.languages or hint.default), None)
    return told or next(iter(hints), None)


def _generator(path: str) -> tuple[Name, str] | None:
    for name, pattern in _FILES:
        found = re.fullmatch(rf"(?P<folder>(?:.*?/)??)(?:{pattern})", path)
        if found is not None and "node_modules/" not in path:
            return name, found["folder"]
    return None


def _together(paths: Sequence[str], read: Callable[[str], bytes]) -> Hint:
    """Return one hint from the files that configure one site."""
    hints = [_hint(path, read(path)) for path in paths]
    first = next((hint for hint in hints if hint.default), hints[0])
    listed = tuple(dict.fromkeys(tag for hint in hints for tag in hint.languages))
    return Hint(first.path, listed, first.default, first.generator, first.folder)


def _hint(path: str, data: bytes) -> Hint:
    found = _generator(path)
    assert found is not None  # noqa: S101  (the caller chose `path` by it)
    generator, folder = found
    if re.search(r"\.(?:[cm]?[jt]s|py)$", path):
        text = data[:_LONGEST].decode("utf-8", "replace")
        return Hint(path, *_scripted(text), generator, folder)
    # Settings are YAML, TOML or JSON, and only `document` reads these: as the front matter of a page.
    toml = path.endswith(".toml")
    fence = b"+++\n" if toml else b"---\n"
    # Tags of Python (`!!python/name:…`) are MkDocs's own; they say nothing about languages.
    plain = data if toml else re.sub(rb"!!?[\w/:.-]+", b"", data)
    settings = document.parse(path, fence + plain.removeprefix(fence) + b"\n" + fence)
    if not isinstance(settings, Document):
        return Hint(path, generator=None if _ANYBODYS.search(path) else generator, folder=folder)
    return Hint(path, *_settings(settings, path), _named(generator, settings, path), folder)


def _named(generator: Name, settings: Document, path: str) -> Name | None:
    """Tell apart the generators whose configurations have the same name; None where it may be anything's."""
    if _ANYBODYS.search(path) and not any(map(settings.has, _OF_HUGO)):
        return None
    if generator == "Zola" and (settings.has("baseURL") or settings.has("defaultContentLanguage")):
        return "Hugo"
    if generator == "Jekyll" and (settings.has("new_post_name") or settings.has("source_dir")):
        return "Hexo"
    return generator


def _settings(settings: Document, path: str) -> tuple[tuple[str, ...], str]:
    """Return the languages that settings list, and their default."""
    own = re.search(r"/languages(?:\.([\w-]+))?\.\w+$", path)
    if own is not None:
        named = [own[1]] if own[1] else [field.name for field in settings.fields]
        return tuple(filter(is_wellformed, named)), ""
    listed = next((tags for name in _LISTS if (tags := _tags(settings.value(name)))), ())
    default = next((tag for name in _DEFAULTS if is_wellformed(tag := settings.raw(name) or "")), "")
    if listed or not settings.has("plugins"):
        return listed, default
    return _plugins(settings.value("plugins"), default)


def _plugins(plugins: Value | None, default: str) -> tuple[tuple[str, ...], str]:
    """Return the languages that the plugin i18n of MkDocs lists, and their default."""
    tags: list[str] = []
    for plugin in plugins.items if isinstance(plugins, document.Sequence) else ():
        for name, options in plugin.items if isinstance(plugin, document.Mapping) else ():
            if name != "i18n" or not isinstance(options, document.Mapping):
                continue
            for each in _listed(dict(options.items).get("languages")):
                locale = each.get("locale")
                if isinstance(locale, Scalar) and is_wellformed(locale.text):
                    tags.append(locale.text)
                    main = each.get("default")
                    default = locale.text if isinstance(main, Scalar) and main.text == "true" else default
    return tuple(tags), default


def _listed(value: Value | None) -> Iterator[dict[str, Value]]:
    for item in value.items if isinstance(value, document.Sequence) else ():
        if isinstance(item, document.Mapping):
            yield dict(item.items)


def _tags(value: Value | None) -> tuple[str, ...]:
    """Return the tags in a list, or the keys of a mapping."""
    match value:
        case document.Sequence(items=items):
            texts = [item.text for item in items if isinstance(item, Scalar)]
        case document.Mapping(items=pairs):
            texts = [key for key, _ in pairs]
        case _:
            texts = []
    return tuple(text for text in texts if is_wellformed(text))


def _scripted(text: str) -> tuple[tuple[str, ...], str]:
    """Return the languages that a program lists as literals, and their default."""
    text = re.sub(r"(?m)/\*(?:[^*\n]++|\*(?!/))*+(?:\*/)?+|(?<![:\"'])//[^\n]*", "", text)
    found = _SCRIPTED_DEFAULT.search(text)
    default = found[1] if found else ""
    tags: list[str] = []
    for start in _SCRIPTED_LIST.finditer(text):
        body = _bracketed(text, start.end() - 1)
        if body.startswith("["):
            tags += _QUOTED.findall(re.sub(r"\{[^{}]*\}", _path_of, body))
            continue
        for name, inside in _members(body):
            own = _LANG.search(inside)
            if name != "root":
                tags.append(name)
            elif own is not None:
                default = default if default and default != "root" else own[1]
    default = "" if default == "root" else default
    listed = tuple(dict.fromkeys(tag for tag in tags if is_wellformed(tag) and exists(tag)))
    return listed, default if is_wellformed(default) else ""


def _path_of(found: re.Match[str]) -> str:
    """Return only the path (else the code) of a language in a list of objects."""
    named = re.search(r"""\b(?:path|code|locale)["']?\s*:\s*(["'`][^"'`]+["'`])""", found[0])
    return named[1] if named else ""


def _bracketed(text: str, start: int) -> str:
    """Return what stands between the bracket at `start` and its partner, both included."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in "[{(") - (text[at] in "]})")
        if depth == 0:
            return text[start : at + 1]
    return text[start:]


def _members(body: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every member of the object literal `body`."""
    at = 1
    while (key := _KEY.search(body, at)) is not None:
        name, at = key[1] or key[2], key.end()
        rest = body[at:].lstrip()
        inside = _bracketed(body, body.index("{", at)) if rest.startswith("{") else ""
        yield name, inside
        at = body.index("{", at) + len(inside) if inside else at
