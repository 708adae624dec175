"""Reading `transtool.toml`."""

import json
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transtool import config, schemas
from transtool.errors import ConfigError
from transtool.model import Key, Language, Severity
from transtool.rules import RULES
from transtool.settings import (
    DEFAULT_PLACEHOLDERS,
    DEFAULT_TRANSLATED,
    Config,
    Dialect,
    Exemption,
    FieldIs,
    KeyField,
    Labels,
    Learn,
    Pattern,
    Pin,
    PinKind,
    PointsTo,
    Reading,
    Side,
    StampNames,
    TitleOf,
)

SMALLEST = """\
source = "en"
languages = ["es"]
[series.episodes]
path = "ep-{number}/{lang}.md"
"""

FULL = """\
source = "en"
languages = ["es", "pt_br", "he", "en"]
repository = "https://example.org/owner/site/"
draft_share = 0.7
placeholders = ["^todo$"]

[series.episodes]
path = "docs/ep-{number}/{lang}/episode.md"

[series.briefs]
path = ["docs/edw-{_}/{lang}/episode.md", "docs/edtw-{_}/{lang}/episode.md"]
languages = ["es", "ja"]
since = 4
key = { field = ["number", "meta.number"], pattern = '\\d+' }
exempt = [{ key = 12, languages = ["ja"] }, { key = "20-29" }, { languages = ["es"], key = "part-2" }]

[series.briefs.fields]
translated = ["title"]
local.parent = { labels = true }
local.permalink = "brief-{number}-{lang}"

[series.briefs.labels]
parent.ja = "short ones"

[fields]
translated = ["title", "summary"]
ignored = ["nav_exclude"]
[fields.local]
lang = "{lang}"
permalink = "episode-{number}-{lang}"
parent = { title_of = "docs/{lang}/episodes.md" }
shelf = { learn = true }

[labels.parent]
es = "Episodios"
"pt-BR" = "Episódios"
ja = "never seen"

[aliases]
iw = "he"

[rules]
stale = "error"
markup = "off"

[stamp]
digest = "tt_digest"

[pin]
field = "l10n.commit"
kind = "commit"
"""


DESIGN = """\
source = "en"
languages = ["es", "fr", "de", "it", "pt"]
repository = "https://example.org/owner/site"

[series.episodes]
path = "docs/episodes/edt-{number}/{lang}/episode.md"

[series.briefs]
path = ["docs/briefs/edw-{number}/{lang}/episode.md", "docs/briefs/edtw-{number}/{lang}/episode.md"]
languages = ["es", "fr", "de", "it", "pt", "ar", "ja"]
since = 4
key = { field = "number" }
exempt = [{ key = "12", languages = ["ja"] }]

[fields]
translated = ["title", "summary", "description"]
ignored    = ["nav_exclude"]
[fields.local]
lang         = "{lang}"
permalink    = "episode-EDT{number}-{lang}"
parent       = { title_of = "docs/{lang}/episodes.md" }
grand_parent = { title_of = "docs/{lang}/index.md" }

[aliases]
iw = "he"
gr = "el"

[rules]
stale = "warning"
"""


def read(text: str) -> Config:
    return config.parse(text.encode(), "transtool.toml")


def complaints(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


def complaints_about(addition: str, *, after: str = SMALLEST) -> list[str]:
    """What is said of `addition`, with the part of the place that is always the same cut off."""
    return [text.removeprefix("transtool.toml:") for text in complaints(after + addition)]


def test_the_smallest_configuration_has_every_default() -> None:
    smallest = read(SMALLEST)

    assert smallest.path == "transtool.toml"
    assert smallest.source == "en"
    assert smallest.known_languages == ("en", "es")
    assert smallest.repository == ""
    assert smallest.draft_share == 0.5
    assert smallest.placeholders == DEFAULT_PLACEHOLDERS
    assert smallest.stamp == StampNames("source_digest", "source_blob")
    assert smallest.pins == ()
    assert smallest.severities == {rule: RULES[rule].severity for rule in RULES}
    [series] = smallest.series
    assert (series.name, series.languages, series.since, series.key) == ("episodes", ("es",), None, None)
    assert series.fields.translated == DEFAULT_TRANSLATED
    assert series.fields.local == {}
    assert [template.build(language=Language("es"), key=Key("3")) for template in series.templates] == ["ep-3/es.md"]


def test_a_full_configuration_is_read_completely() -> None:
    full = read(FULL)
    episodes, briefs = full.series

    assert full.languages == ("es", "pt-BR", "he")
    assert full.known_languages == ("en", "es", "pt-BR", "he", "ja")
    assert full.repository == "https://example.org/owner/site"
    assert full.placeholders == ("^todo$",)
    assert full.severities["stale"] is Severity.ERROR
    assert full.severities["markup"] is Severity.OFF
    assert full.severities["missing"] is Severity.WARNING
    assert full.stamp == StampNames("tt_digest", "source_blob")
    assert full.pins == (Pin(fields=("l10n.commit",), kind=PinKind.COMMIT),)
    assert full.named("briefs") is briefs
    assert full.named("notes") is None
    assert episodes.languages == ("es", "pt-BR", "he")
    assert episodes.labels == {"parent": {"es": "Episodios", "pt-BR": "Episódios", "ja": "never seen"}}
    assert briefs.languages == ("es", "ja")
    assert briefs.key == KeyField(("number", "meta.number"), r"\d+")
    assert len(briefs.templates) == 2


def test_a_language_is_spelled_in_paths_as_the_configuration_spells_it() -> None:
    full = read(FULL)

    assert full.spellings.resolve("PT-BR") == "pt-BR"
    assert full.spellings.spell(Language("pt-BR")) == "pt_br"
    assert full.spellings.resolve("iw") == "he"


def test_the_configuration_of_the_design_is_accepted() -> None:
    design = read(DESIGN)

    assert [series.name for series in design.series] == ["episodes", "briefs"]
    assert design.known_languages == ("en", "es", "fr", "de", "it", "pt", "ar", "ja")


def test_an_alias_of_a_language_that_the_site_has_not_makes_no_language_known() -> None:
    assert read(SMALLEST + '[aliases]\ngr = "el"\n').spellings.resolve("gr") is None


def test_an_alias_may_stand_in_a_list_of_languages() -> None:
    hebrew = read(SMALLEST.replace('["es"]', '["iw"]') + '[aliases]\niw = "he"\n')

    assert hebrew.languages == ("he",)


def test_a_series_is_read_as_the_site_is_unless_it_says_otherwise() -> None:
    text = (
        'dialect = "hugo"\nprose_attributes = ["title", "CTA"]\n'
        + SMALLEST
        + "[series.docs]\npath = 'd/{lang}/{key}.mdx'\n"
    )

    episodes, docs = read(text + 'dialect = "mdx"\nprose_attributes = []\n').series

    assert episodes.reading == Reading(Dialect.HUGO, ("title", "cta"))
    assert docs.reading == Reading(Dialect.MDX, ())
    assert read(SMALLEST).series[0].reading == Reading()


def test_fields_of_a_series_replace_lists_and_add_local_fields_one_by_one() -> None:
    episodes, briefs = read(FULL).series

    assert episodes.fields.translated == ("title", "summary")
    assert episodes.fields.local["parent"] == TitleOf("docs/{lang}/episodes.md")
    assert briefs.fields.translated == ("title",)
    assert briefs.fields.local == {
        "lang": Pattern("{lang}"),
        "permalink": Pattern("brief-{number}-{lang}"),
        "parent": Labels(),
        "shelf": Learn(),
    }
    assert briefs.labels["parent"] == {"es": "Episodios", "pt-BR": "Episódios", "ja": "short ones"}


def test_a_role_given_in_a_series_takes_the_one_of_the_site_away() -> None:
    text = SMALLEST + 'fields.ignored = ["title", "lang"]\n[fields]\ntranslated = ["title"]\nlocal.lang = "{lang}"\n'

    [series] = read(text).series

    assert series.fields.translated == ()
    assert series.fields.local == {}
    assert series.fields.ignored[:2] == ("title", "lang")


def test_the_first_pin_is_that_of_the_single_table_and_the_fields_of_all_are_bookkeeping() -> None:
    text = SMALLEST + "[[pins]]\nfield = 'b'\nkind = 'md5'\n[[pins]]\nfield = 'c'\nkind = 'blob'\n"

    several = read(text + "[pin]\nfield = 'a'\nkind = 'commit'\n")

    assert [pin.fields for pin in several.pins] == [("a",), ("b",), ("c",)]
    assert several.series[0].fields.ignored[-3:] == ("a", "b", "c")


def test_a_site_excludes_globs_and_so_does_a_series() -> None:
    text = SMALLEST.replace("[series", 'exclude = ["drafts", "**/_*"]\n[series') + 'exclude = ["ep-0*"]\n'

    found = read(text)

    assert [path for path in ("drafts/x/es.md", "draft", "a/_b.md", "_b", "a/b_c") if found.leaves_out(path)] == [
        "drafts/x/es.md",
        "a/_b.md",
        "_b",
    ]
    assert [path for path in ("ep-01/es.md", "ep-1/es.md") if found.series[0].leaves_out(path)] == ["ep-01/es.md"]


@pytest.mark.parametrize(
    ("exempt", "wanted"),
    [
        ('{ keys = ["2019-*", "old/**"] }', Exemption(globs=("2019-*", "old/**"))),
        ("{ before = 2020-01-01 }", Exemption(before=date(2020, 1, 1))),
        ('{ after = "2020-01-01" }', Exemption(after=date(2020, 1, 1))),
        ('{ field = "stub" }', Exemption(field=FieldIs("stub", "true", Side.EITHER))),
        ('{ field = "a.b", is = 3, of = "source" }', Exemption(field=FieldIs("a.b", "3", Side.SOURCE))),
    ],
)
def test_an_exemption_may_be_by_glob_by_date_and_by_field(exempt: str, wanted: Exemption) -> None:
    assert read(SMALLEST + f"exempt = [{exempt}]\n").series[0].exempt == (wanted,)


def test_pyproject_has_the_same_in_a_table_of_its_own() -> None:
    text = "[project]\nname = 'x'\n\n[tool.transtool]\n" + SMALLEST.replace("[series", "[tool.transtool.series")

    found = config.parse(text.encode(), "site/pyproject.toml")

    assert replace(found, path="") == replace(read(SMALLEST), path="")
    assert config.holds(text.encode())
    assert not config.holds(b"[project]\ndependencies = ['transtool']\n")
    assert config.holds(b"[tool.transtool]\nsource = \n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[project]\nname = 'x'\n", "pyproject.toml: no [tool.transtool] table is here"),
        (
            "[project]\nname = 'x'\n[tool.transtool]\nsource = 'en'\n[tool.transtool.series.a]\npath = 3\n",
            "pyproject.toml:6: series.a.path must be text, or a list of texts that is not empty, not 3",
        ),
    ],
)
def test_a_mistake_in_pyproject_is_shown_with_its_line_there(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(text.encode(), "pyproject.toml")

    assert said in map(str, caught.value.problems)


def test_the_bookkeeping_of_stamps_pins_and_pointers_is_never_compared() -> None:
    pointing = SMALLEST + 'key = { points_to = "translationOf" }\n[pin]\nfield = ["a", "b"]\nkind = "md5"\n'

    [series] = read(pointing).series

    assert series.key == PointsTo("translationOf")
    assert series.fields.ignored == ("translationOf", "source_digest", "source_blob", "source_reviewed", "a", "b")


def test_a_date_pin_is_compared_with_the_same_field_unless_another_is_named() -> None:
    same = read(SMALLEST + '[pin]\nfield = "lastmod"\nkind = "date"\n').pins[0]
    other = read(SMALLEST + '[pin]\nfield = "seen"\nkind = "date"\nsource_field = "lastmod"\ncomment = true\n').pins[0]

    assert same == Pin(fields=("lastmod",), kind=PinKind.DATE, source_field="lastmod")
    assert other == Pin(fields=("seen",), kind=PinKind.DATE, source_field="lastmod", comment=True)


@pytest.mark.parametrize(
    ("key", "language", "exempt"),
    [
        ("3", "es", True),  # older than `since`
        ("4", "es", False),
        ("12", "ja", True),
        ("12", "es", False),
        ("25", "es", True),
        ("30", "es", False),
        ("part-2", "es", True),
        ("part-2", "ja", False),
        ("40", "pt-BR", True),  # not a language of this series
    ],
)
def test_exemptions_are_by_age_by_key_by_range_and_by_language(key: str, language: str, exempt: bool) -> None:
    briefs = read(FULL).series[1]

    assert briefs.is_exempt(Key(key), Language(language)) is exempt


def test_line_ends_of_windows_and_a_byte_order_mark_are_forgiven() -> None:
    data = b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode()

    assert config.parse(data, "x").series == read(FULL).series


def test_every_mistake_is_reported_at_once_with_its_line_and_the_key_that_was_meant() -> None:
    text = """\
sorce = "en"
languages = ["es", "es", 3, "fr!"]
draft_share = 3

[series.episodes]
path = "docs/{lang/x.md"
since = "four"
exempt = [{ key = "9-4", languages = ["jp"] }, {}]

[fields]
translated = ["title", "lang"]
[fields.local]
lang = "{langg}"
parent = { title_off = "x" }
[labels.paren]
es = "v"
[aliases]
iw = "he"
[rules]
stael = "warning"
stale = "warn"
"""
    problems = complaints(text)

    assert problems == [
        "transtool.toml:1: unknown key sorce (did you mean source?)",
        "transtool.toml:1: source is missing: the language episodes are written in",
        'transtool.toml:2: languages[2] must be a language tag such as "es" or "pt-BR", not 3',
        'transtool.toml:2: languages[3] must be a language tag such as "es" or "pt-BR", not "fr!"',
        "transtool.toml:2: languages[1]: es appears twice in this list",
        "transtool.toml:3: draft_share must be a number above 0, at most 1, not 3",
        'transtool.toml:7: series.episodes.since must be a whole number of 0 or more, not "four"',
        "transtool.toml:8: series.episodes.exempt[0].key: the range 9-4 runs backwards (did you mean 4-9?)",
        "transtool.toml:8: series.episodes.exempt[0].languages[0]: jp is not one of the configured languages"
        " (configured: es)",
        "transtool.toml:8: series.episodes.exempt[1] exempts everything: give it keys, languages, dates or a field",
        "transtool.toml:13: fields.local.lang: lang is in translated too; a field has one role",
        "transtool.toml:13: fields.local.lang: unknown place {langg}; there are {lang}, {Language}, {number}, {key}"
        " (did you mean lang?)",
        "transtool.toml:14: unknown key fields.local.parent.title_off (did you mean title_of?)",
        "transtool.toml:15: labels.paren is never used: paren is not a local field with title_of, labels or learn",
        "transtool.toml:20: rules.stael: unknown rule stael (did you mean stale?)",
        'transtool.toml:21: rules.stale must be one of error, warning, info, off, not "warn"',
    ]


MISTAKES = {
    "unknown key": ('pathh = "x"\n', ["5: unknown key series.episodes.pathh (did you mean path?)"]),
    "key of the top inside a table": (
        'repository = "https://example.org"\n',
        ["5: unknown key series.episodes.repository (it belongs at the top of the file, above the first [table])"],
    ),
    "key unlike any other": (
        "[pin]\nfield = 'x'\nkind = 'md5'\nzzz = 1\n",
        ["8: unknown key pin.zzz (known here: field, kind, comment, source_field)"],
    ),
    "series without path": ("[series.briefs]\n", ["5: series.briefs.path is missing: the path template of the files"]),
    "no list": (
        'languages = "es"\n',
        ['5: series.episodes.languages must be a list of language tags such as ["es", "fr"], not "es"'],
    ),
    "no table": ("fields = 3\n", ["5: series.episodes.fields must be a table, not 3"]),
    "series no table": ("[series]\nbriefs = 1\n", ["6: series.briefs must be a table, not 1"]),
    "label no table": ("[labels]\nparent = 'x'\n", ['6: labels.parent must be a table, not "x"']),
    "empty text": (
        "key = { field = '' }\n",
        ['5: series.episodes.key.field must be text, or a list of texts that is not empty, not ""'],
    ),
    "empty list": (
        "key = { field = [] }\n",
        ["5: series.episodes.key.field must be text, or a list of texts that is not empty, not []"],
    ),
    "wrong element": (
        "[fields]\ntranslated = [\n'a',\n2020-01-01]\n",
        ["8: fields.translated[1] must be text that is not empty, not 2020-01-01"],
    ),
    "key without way": ("key = { pattern = 'x' }\n", ["5: series.episodes.key needs field or points_to"]),
    "key both ways": (
        "key = { field = 'a', points_to = 'b' }\n",
        ["5: series.episodes.key: points_to cannot be combined with field or pattern"],
    ),
    "broken expression": (
        "key = { field = 'a', pattern = '(' }\n",
        ["5: series.episodes.key.pattern is not a regular expression: missing ): ("],
    ),
    "no dialect": (
        'dialect = "mdxx"\n',
        [
            "5: series.episodes.dialect must be one of commonmark, jekyll, hugo, mdx, mkdocs, pandoc, vitepress,"
            ' not "mdxx"'
        ],
    ),
    "unknown table": (
        "[x]\n[labels]\n",
        [
            "5: unknown key x (known here: source, languages, repository, noun, exclude, dialect, prose_attributes,"
            " draft_share, max_file_size, corrections, unaffected, placeholders, series, fields, labels, dashboard,"
            " aliases, rules, stamps, mark, stamp, pin, pins)"
        ],
    ),
    "two ways": (
        "[fields.local]\nx = { labels = true, learn = true }\n",
        ["6: fields.local.x needs exactly one of title_of, labels, learn and from_source"],
    ),
    "no way": (
        "[fields.local]\nx = {}\n",
        ["6: fields.local.x needs exactly one of title_of, labels, learn and from_source"],
    ),
    "false way": (
        "[fields.local]\nx = { learn = false }\n",
        ["6: fields.local.x.learn can only be true: leave it out instead"],
    ),
    "neither text nor table": (
        "[fields.local]\nx = [1]\n",
        [
            '6: fields.local.x must be a pattern such as "{lang}" or one of title_of, labels, learn, from_source,'
            " not […]"
        ],
    ),
    "one page for all": (
        "[fields.local]\nx = { title_of = 'a.md' }\n",
        ["6: fields.local.x.title_of has no {lang}: it would be the same page for every language"],
    ),
    "page outside": (
        "[fields.local]\nx = { title_of = '../{lang}.md' }\n",
        ["6: fields.local.x.title_of leaves the site: ../{lang}.md"],
    ),
    "same stamp names": ("[stamp]\ndigest = 'd'\nblob = 'd'\n", ["7: stamp.blob and stamp.digest have the same name"]),
    "pin without anything": ("[pin]\n", ["5: pin.field is missing", "5: pin.kind is missing"]),
    "pin kind": (
        "[pin]\nfield = 'x'\nkind = 'sha1'\n",
        ['7: pin.kind must be one of commit, blob, md5, sha256, date, not "sha1"'],
    ),
    "source field": (
        "[pin]\nfield = 'x'\nkind = 'md5'\nsource_field = 'y'\n",
        ['8: pin.source_field is for kind = "date" only'],
    ),
    "claimed twice": (
        '[series.briefs]\npath = "ep-{number}/{lang}.md"\n',
        ["6: series.briefs.path: ep-{number}/{lang}.md is already used on line 4"],
    ),
    "name of a series": (
        '[series."a, b"]\npath = "x-{number}/{lang}.md"\n',
        ['5: series."a, b": the name of a series has no spaces and no commas'],
    ),
    "nothing to translate into": (
        "languages = ['en']\n",
        ["3: series.episodes has no languages to translate into: give it some, or the site as a whole"],
    ),
    "alias no tag": (
        "[aliases]\nx = 'toolonglanguage'\n",
        ['6: aliases.x must be a language tag such as "es" or "pt-BR", not "toolonglanguage"'],
    ),
    "tag by shape only": ("[aliases]\nx = 'es-a'\n", ["6: aliases.x: es-a is not a language tag"]),
    "no glob of a path": (
        "exclude = ['a//b', '/a', '../a', 'a/**/b/']\n",
        [
            f"5: series.episodes.exclude[{at}]: {glob} is no path inside the site; globs are relative to it"
            for at, glob in enumerate(("a//b", "/a", "../a"))
        ],
    ),
    "no date": (
        "exempt = [{ before = 'yesterday' }]\n",
        ['5: series.episodes.exempt[0].before must be a date such as 2024-05-31, not "yesterday"'],
    ),
    "empty range of dates": (
        "exempt = [{ before = 2020-01-01, after = 2020-01-01 }]\n",
        ["5: series.episodes.exempt[0].before is not later than after"],
    ),
    "value without its field": (
        "exempt = [{ is = true, languages = ['es'] }]\n",
        ["5: series.episodes.exempt[0].is says nothing without field"],
    ),
    "nobody's front matter": (
        "exempt = [{ field = 'stub', of = 'both' }]\n",
        ['5: series.episodes.exempt[0].of must be one of source, translation, either, not "both"'],
    ),
    "unknown place of a path": (
        "fields.local.x = '{slugg}'\n[series.texts]\npath = '{slug}/{lang}.md'\nfields.local.x = '{slugg}'\n",
        [
            "5: series.episodes.fields.local.x: unknown place {slugg}; there are {lang}, {Language}, {number}, {key}",
            "8: series.texts.fields.local.x: unknown place {slugg}; there are {lang}, {Language}, {number}, {key},"
            " {slug} (did you mean slug?)",
        ],
    ),
    "noun inside a table": (
        "noun = 'saga'\n",
        ["5: unknown key series.episodes.noun (it belongs at the top of the file, above the first [table])"],
    ),
    "pins without anything": ("[[pins]]\n", ["5: pins[0].field is missing", "5: pins[0].kind is missing"]),
    "pins no list": ("[pins]\nfield = 'x'\n", ["5: pins must be tables, each under [[pins]], not {…}"]),
}


@pytest.mark.parametrize(("addition", "expected"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_with_its_line_and_key(addition: str, expected: list[str]) -> None:
    assert complaints_about(addition) == expected


def test_a_template_that_cannot_be_understood_is_reported_at_its_line() -> None:
    [problem] = complaints(SMALLEST.replace("{lang}", "{lang"))

    assert problem.startswith("transtool.toml:4: series.episodes.path: ep-{number}/{lang.md: nothing closes {")


def test_a_regular_expression_for_placeholders_must_be_one() -> None:
    [problem] = complaints('placeholders = ["a", "["]\n' + SMALLEST)

    assert problem == ("transtool.toml:1: placeholders[1] is not a regular expression: missing ]: [")


def test_an_empty_file_is_told_what_it_needs() -> None:
    assert complaints("") == [
        "transtool.toml:1: source is missing: the language episodes are written in",
        "transtool.toml:1: series is missing: no [series.NAME] says where the episodes are",
    ]


def test_a_wrong_value_is_not_reported_again_as_missing() -> None:
    assert complaints('source = 3\nlanguages = "es"\n[series.a]\npath = 5\n') == [
        'transtool.toml:1: source must be a language tag such as "es" or "pt-BR", not 3',
        'transtool.toml:2: languages must be a list of language tags such as ["es", "fr"], not "es"',
        "transtool.toml:4: series.a.path must be text, or a list of texts that is not empty, not 5",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a = 1\nb = \n", "t:2: not valid TOML: Invalid value"),
        (b"a = 1\n\nb = [1,\n", "t:3: not valid TOML: "),
        (b"a = 1\na = 2\n", "t:2: not valid TOML: Cannot overwrite a value"),
        (b"a = 1\n# caf\xe9\n", "t:2: not UTF-8: byte 0xe9"),
        (b"\xff\xfea\x00", "t:1: not UTF-8: byte 0xff"),
        (b"x = " + b"[" * 100_000, "t: not valid TOML: it is nested too deeply"),
        (b"x = " + b"9" * 10_000, "t: not valid TOML: "),
        (b"x = 2020-02-31\n", "t:1: not valid TOML: "),
    ],
)
def test_what_is_no_toml_is_one_problem_with_its_line(data: bytes, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(data, "t")

    [problem] = caught.value.problems
    assert str(problem).startswith(expected)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_crash(data: bytes) -> None:
    with pytest.raises(ConfigError):
        config.parse(data, "t")


JUNK = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-2, 3),
        st.floats(),
        st.sampled_from(["", "es", "{lang}", "a/{number}/{lang}.md", "("]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(
            st.sampled_from(
                [
                    "source",
                    "languages",
                    "series",
                    "fields",
                    "local",
                    "path",
                    "key",
                    "field",
                    "pattern",
                    "points_to",
                    "exempt",
                    "since",
                    "labels",
                    "title_of",
                    "translated",
                    "aliases",
                    "rules",
                    "stale",
                    "pin",
                    "kind",
                    "stamp",
                    "digest",
                    "a",
                ]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=15,
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["source", "languages", "series", "fields", "labels", "aliases", "rules", "pin", "stamp", "draft_share"]
        ),
        JUNK,
    )
)
def test_no_document_makes_it_crash_and_what_the_schema_refuses_is_refused(document: dict) -> None:
    try:
        config.parse(as_toml(document).encode(), "t")
    except ConfigError as error:
        assert error.problems
        assert all(problem.line for problem in error.problems)
    else:
        jsonschema.validate(document, config.schema())


def as_toml(value: object) -> str:
    """Write a document as TOML, all in inline tables."""
    assert isinstance(value, dict)
    return "\n".join(f"{name} = {inline(part)}" for name, part in value.items())


def inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {inline(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    if isinstance(value, str | bool):
        return json.dumps(value)
    return repr(value)


def test_the_shipped_schema_is_the_one_the_tables_describe() -> None:
    shipped = Path(schemas.__file__).parent / "config.schema.json"

    assert shipped.read_text(encoding="utf-8") == json.dumps(config.schema(), indent=2, ensure_ascii=False) + "\n"


def test_a_schema_is_known_by_the_address_of_its_file() -> None:
    for name, file in schemas.SCHEMAS.items():
        address = json.loads(schemas.schema_text(file))["$id"]

        assert address == schemas.schema_id(name)
        assert address.endswith(f"/transtool/schemas/{file}")


def test_the_schema_is_a_valid_schema_and_accepts_what_is_accepted() -> None:
    jsonschema.Draft202012Validator.check_schema(config.schema())

    for text in (SMALLEST, FULL):
        jsonschema.validate(tomllib.loads(text), config.schema())


SEEN_BY_EYES_ONLY = {
    "two roles",
    "broken expression",
    "one page for all",
    "page outside",
    "same stamp names",
    "source field",
    "claimed twice",
    "nothing to translate into",
    "no glob of a path",
    "no date",
    "empty range of dates",
    "unknown place of a path",
    "tag by shape only",
}
"""Mistakes that a JSON Schema cannot express."""


@pytest.mark.parametrize("name", sorted(set(MISTAKES) - SEEN_BY_EYES_ONLY))
def test_the_schema_refuses_what_is_refused(name: str) -> None:
    document = tomllib.loads(SMALLEST + MISTAKES[name][0])

    assert not jsonschema.Draft202012Validator(config.schema()).is_valid(document)


def test_every_key_of_the_schema_is_described() -> None:
    for name, table in config.schema()["$defs"].items():
        for key, value in table.get("properties", {}).items():
            assert value.get("description"), f"{name}.{key}"
