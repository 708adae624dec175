"""Path templates: every layout of real sites matches, builds, and leaves alone what only looks like it."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from transtool.languages import Spellings, canonical
from transtool.layout import Template, TemplateError, compile_template
from transtool.model import Key, Language

TAGS = ["en", "es", "fr", "de", "it", "pt", "pt-BR", "zh", "zh-Hans", "ja", "ar", "no", "nb"]
SPELLINGS = Spellings.of(TAGS, {"iw": "he", "gr": "el"})
LANGUAGES = tuple(dict.fromkeys(SPELLINGS.known.values()))


def template(text: str, source: str = "en", spellings: Spellings = SPELLINGS) -> Template:
    return compile_template(text, spellings, source=Language(source))


# Template, source, then paths: (path, language, key) of what it is, or (path,) of what it is not.
LAYOUTS: list[tuple[str, str, list[tuple[str, ...]]]] = [
    (
        "docs/episodes/edt-{number}/{lang}/episode.md",
        "en",
        [
            ("docs/episodes/edt-157/es/episode.md", "es", "157"),
            ("docs/episodes/edt-7/pt_br/episode.md", "pt-BR", "7"),
            ("docs/episodes/edt-0/en/episode.md", "en", "0"),
            ("docs/episodes/edt-157/episode.md",),
            ("docs/episodes/edt-157/nl/episode.md",),
            ("docs/episodes/edt-15b/es/episode.md",),
            ("docs/episodes/edt-/es/episode.md",),
            ("docs/episodes/edt-١٥/es/episode.md",),
            ("docs/episodes/edt-157/es/notes/episode.md",),
            ("docs/episodes/edt-157/es/episode.md.orig",),
            ("old/docs/episodes/edt-157/es/episode.md",),
            ("/docs/episodes/edt-157/es/episode.md",),
        ],
    ),
    (
        "docs/briefs/(edw|edtw)-{number}/{lang}/episode.md",
        "en",
        [
            ("docs/briefs/edw-1/it/episode.md", "it", "1"),
            ("docs/briefs/edtw-44/ja/episode.md", "ja", "44"),
            ("docs/briefs/ed-44/ja/episode.md",),
            ("docs/briefs/edwedtw-44/ja/episode.md",),
        ],
    ),
    (
        "_posts/{lang}/newsletters/{date}-newsletter[-{lang}].md",
        "en",
        [
            ("_posts/en/newsletters/2018-06-26-newsletter.md", "en", "2018-06-26"),
            ("_posts/ja/newsletters/2018-06-26-newsletter-ja.md", "ja", "2018-06-26"),
            ("_posts/zh-Hans/newsletters/2018-06-26-newsletter-zh_hans.md", "zh-Hans", "2018-06-26"),
            ("_posts/ja/newsletters/2018-06-26-newsletter.md", "ja", "2018-06-26"),
            ("_posts/ja/newsletters/2018-06-26-newsletter-es.md",),
            ("_posts/ja/newsletters/soon-newsletter.md",),
        ],
    ),
    (
        "content/{lang}/{key**}.(md|html)",
        "en",
        [
            ("content/de/posts/2024/über uns.md", "de", "posts/2024/über uns"),
            ("content/de/a.b.html", "de", "a.b"),
            ("content/de/_index.md", "de", "_index"),
            ("content/posts/hello.md",),
            ("content/de/hello.txt",),
            ("content/de/.md",),
        ],
    ),
    (
        "_articles/[{lang}/]{key}.md",
        "en",
        [
            ("_articles/legal.md", "en", "legal"),
            ("_articles/zh-hans/legal.md", "zh-Hans", "legal"),
            ("_articles/presentations/legal.md",),
            ("_articles/de/old/legal.md",),
        ],
    ),
    (
        "pages/{key**}[.{lang}].(md|html)",
        "en",
        [
            ("pages/a/polyglot.1.11.0.md", "en", "a/polyglot.1.11.0"),
            ("pages/about.zh-hans.html", "zh-Hans", "about"),
            ("pages/about.pt-BR.md", "pt-BR", "about"),
            ("pages/about.v2.md", "en", "about.v2"),
            ("pages/es.md", "en", "es"),
        ],
    ),
    (
        "content/{key}/index[.{lang}].md",
        "en",
        [
            ("content/v1.0.0-beta.2/index.md", "en", "v1.0.0-beta.2"),
            ("content/v1.0.0-beta.2/index.fr.md", "fr", "v1.0.0-beta.2"),
            ("content/presentations/index.md", "en", "presentations"),
            ("content/index.md",),
            ("content/a/index.nl.md",),
        ],
    ),
    (
        "pages[.{lang}]/{key**}.md",
        "en",
        [
            ("pages.de/common/tar.md", "de", "common/tar"),
            ("pages.pt_BR/linux/ip.md", "pt-BR", "linux/ip"),
            ("pages/common/tar.md", "en", "common/tar"),
            ("pages.old/common/tar.md",),
        ],
    ),
    (
        "{lang}/news/_posts/{key}.md",
        "en",
        [("fr/news/_posts/2019-01-01-un.md", "fr", "2019-01-01-un"), ("news/news/_posts/a.md",)],
    ),
    (
        "solution/{_}/{number}.{_}/README[_{lang}].md",
        "zh",
        [
            ("solution/0000-0099/0010.Regular Matching/README.md", "zh", "10"),
            ("solution/0000-0099/0010.Regular Matching/README_EN.md", "en", "10"),
            ("solution/0000-0099/10.1.Odd name/README_EN.md", "en", "10"),
            ("solution/0000-0099/Ten.Regular/README.md",),
        ],
    ),
    ("{key}.md", "en", [("intro.md", "en", "intro"), ("translations/es/intro.md",), ("a/b.md",)]),
    ("translations/{lang}/{key}.md", "en", [("translations/es/intro.md", "es", "intro"), ("intro.md",)]),
    ("docs/{key**}.md", "en", [("docs/guides/start.md", "en", "guides/start"), ("i18n/fr/guides/start.md",)]),
    (
        "i18n/{lang}/docusaurus-plugin-content-docs/current/{key**}.md",
        "en",
        [
            ("i18n/fr/docusaurus-plugin-content-docs/current/guides/start.md", "fr", "guides/start"),
            ("i18n/fr/docusaurus-plugin-content-docs/version-2/guides/start.md",),
        ],
    ),
    (
        "wiki/{key**}/{lang}.md",
        "en",
        [("wiki/Beatmap/Overall/pt-br.md", "pt-BR", "Beatmap/Overall"), ("wiki/Beatmap/img.md",), ("wiki/en.md",)],
    ),
    ("{lang}/_doc/{path**}.md", "en", [("es/_doc/a/b.md", "es", "a/b"), ("es/doc/a.md",)]),
    (
        "content/{lang}/blog/posts/{_}.md",
        "en",
        [("content/es/blog/posts/hola.md", "es", ""), ("content/es/blog/x.md",)],
    ),
    # An optional language that the key could also be: the folder decides what may follow.
    (
        "{lang}/{key}[-{lang}].md",
        "en",
        [
            ("en/where-it.md", "en", "where-it"),
            ("fr/intro-fr.md", "fr", "intro"),
            ("fr/how-to-nb.md", "fr", "how-to-nb"),
        ],
    ),
    # Numbers that stand twice are compared by value, texts as they are.
    (
        "{lang}/{number}/ep-{number}.md",
        "en",
        [("es/007/ep-7.md", "es", "7"), ("es/0/ep-000.md", "es", "0"), ("es/7/ep-70.md",)],
    ),
    ("{lang}/{key}/{key}.md", "en", [("es/a/a.md", "es", "a"), ("es/a/b.md",), ("es/a/a.b.md",)]),
    # A number wins over other names; several names without one make the key together.
    ("{lang}/{number}-{slug}.md", "en", [("es/12-uno.md", "es", "12"), ("es/uno-12.md",)]),
    ("{lang}/{year}/{slug}.md", "en", [("es/2024/uno.md", "es", "2024/uno")]),
    ("({number}|about-{key}).md", "en", [("12.md", "en", "12"), ("about-us.md", "en", "us"), ("us.md",)]),
    # What is special in a template can stand in a name.
    (r"app/\[{lang}\]/\(blog\)/{key}.md", "en", [("app/[es]/(blog)/a {b}.md", "es", "a {b}"), ("app/es/blog/a.md",)]),
]
CASES = [(text, source, *case) for text, source, cases in LAYOUTS for case in cases]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[2]}")
def test_a_path_is_what_its_layout_says_or_not_of_it(case: tuple[str, ...]) -> None:
    text, source, path, *expected = case
    match = template(text, source).match(path)

    assert expected == ([] if match is None else [match.language, match.key])


@pytest.mark.parametrize("case", [case for case in CASES if len(case) > 3], ids=lambda case: f"{case[0]} {case[2]}")
def test_a_path_builds_itself_and_every_other_language_of_its_episode(case: tuple[str, ...]) -> None:
    text, source, path, _, _ = case
    layout = template(text, source)
    match = layout.match(path)
    assert match is not None

    assert layout.build(language=match.language, key=match.key, like=match) == path
    for language in LANGUAGES:
        built = layout.build(language=language, key=match.key, like=match)
        if built is not None:
            again = layout.match(built)
            assert again is not None
            assert (again.language, again.key) == (language, match.key)
        else:
            assert not layout.has_language or "presentations" in path, "only a layout without languages lacks a place"


@pytest.mark.parametrize(
    ("text", "like", "language", "expected"),
    [
        ("d/(edw|edtw)-{number}/{lang}/e.md", "d/edtw-4/en/e.md", "es", "d/edtw-4/es/e.md"),
        ("d/ep-{number}/{lang}.md", "d/ep-0010/en.md", "fr", "d/ep-0010/fr.md"),
        ("d/{key}[.{lang}].md", "d/a.md", "es", "d/a.es.md"),
        ("d/{key}[.{lang}].md", "d/a.es.md", "en", "d/a.md"),
        ("d/{key}[.{lang}].md", "d/a.en.md", "en", "d/a.en.md"),
        ("d/{key}[.{lang}].(md|html)", "d/a.html", "es", "d/a.es.html"),
        ("{lang}/{key}[-{lang}].md", "fr/a-fr.md", "de", "de/a-de.md"),
        ("{lang}/{key}[-{lang}].md", "fr/a.md", "de", "de/a.md"),
        ("{lang}/{key}[/index].md", "fr/a/index.md", "de", "de/a/index.md"),
        ("{lang}/{key}[/index].md", "fr/a.md", "de", "de/a.md"),
        ("s/{_}/{number}.{_}/README[_{lang}].md", "s/0-99/0010.A b/README.md", "fr", "s/0-99/0010.A b/README_fr.md"),
        ("s/{_}/{number}.{_}/README[_{lang}].md", "s/0-99/0010.A b/README_ES.md", "fr", "s/0-99/0010.A b/README_FR.md"),
        ("{lang}/{key}.md", "zh_hans/a.md", "pt-BR", "pt_br/a.md"),
        ("{lang}/{key}.md", "zh-Hans/a.md", "pt-BR", "pt-BR/a.md"),
        ("{lang}/{key}.md", "zh-hans/a.md", "he", "iw/a.md"),
        ("{lang}/{key}.md", "pt_BR/a.md", "pt-BR", "pt_BR/a.md"),
        ("{lang}/{number}-{slug}.md", "en/12-one.md", "es", "es/12-one.md"),
    ],
)
def test_a_missing_file_goes_where_the_site_would_put_it(text: str, like: str, language: str, expected: str) -> None:
    layout = template(text)
    match = layout.match(like)
    assert match is not None

    assert layout.build(language=canonical(language), key=match.key, like=match) == expected


def test_another_episode_of_the_site_gives_the_width_of_numbers() -> None:
    layout = template("ep-{number}/{lang}.md")
    padded, plain = layout.match("ep-007/en.md"), layout.match("ep-7/en.md")

    assert layout.build(language=Language("es"), key=Key("12"), like=padded) == "ep-012/es.md"
    assert layout.build(language=Language("es"), key=Key("12"), like=plain) == "ep-12/es.md"
    assert layout.build(language=Language("es"), key=Key("1234"), like=padded) == "ep-1234/es.md"
    assert layout.build(language=Language("es"), key=Key("0012"), like=None) == "ep-12/es.md"


def test_a_file_of_another_template_tells_what_the_names_have_in_common() -> None:
    source, translations = template("{key}.md"), template("translations/{lang}/{key}.md")
    match = source.match("intro.md")
    assert match is not None

    assert translations.build(language=Language("es"), key=match.key, like=match) == "translations/es/intro.md"
    assert source.build(language=Language("es"), key=match.key, like=match) is None


def test_the_spelling_that_a_caller_knows_is_used() -> None:
    layout = template("{lang}/{key}.md")

    assert layout.build(language=Language("pt-BR"), key=Key("a"), spelling="pt_br") == "pt_br/a.md"
    assert layout.build(language=Language("pt-BR"), key=Key("a"), spelling="..") is None
    assert layout.build(language=Language("pt-BR"), key=Key("a"), spelling="es") is None


def test_what_is_not_compared_cannot_be_invented() -> None:
    assert template("s/{_}/{number}.md").build(language=Language("en"), key=Key("1")) is None


@pytest.mark.parametrize(
    "key",
    [
        "..",
        ".",
        "",
        "a/b",
        "a/../b",
        "../../etc/passwd",
        "/etc/passwd",
        "a\\b",
        "a\0b",
        "a\nb",
        "x" * 300,
        "a.es",
        "c/",
    ],
)
@pytest.mark.parametrize("text", ["{key}.{lang}/x.md", "d/{key}[.{lang}].md", "{lang}/{key}", "{key}/[{lang}/]x.md"])
def test_a_key_cannot_lead_out_of_the_site_or_into_another_place(text: str, key: str) -> None:
    for language in ("en", "es"):
        built = template(text).build(language=Language(language), key=Key(key))
        assert built is None or key in {"a.es", "..", "."}, built
        assert built is None or not re.search(r"(^|/)\.{0,2}(/|$)", built)


@pytest.mark.parametrize("key", ["../x", "a/../x", "/x", "a//x", "./x", "C:/x", "x/."])
def test_a_key_across_folders_cannot_lead_out_of_the_site(key: str) -> None:
    assert template("{key**}.md").build(language=Language("en"), key=Key(key)) in {None, "x/..md"}


@pytest.mark.parametrize("path", ["d/../x.md", "d/./x.md", "d//x.md", "../d/x.md", "d/x.md/", "d/" + "x" * 300 + ".md"])
def test_a_path_that_no_site_has_is_not_matched(path: str) -> None:
    assert template("{key**}").match(path) is None
    assert template("[{lang}/]{key**}.md").match(path) is None


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("e/ep-{number}/{lang}/x.md", "e/ep-1/nl/x.md", "e/ep-1/nl"),
        ("_articles/[{lang}/]{key**}.md", "_articles/nl/legal.md", "_articles/nl"),
        ("{lang}/{key}.md", "nl/a.md", "nl"),
        ("{lang}/{key}.md", "zh-TW/a.md", "zh-TW"),
        ("{lang}/{key}.md", "css/a.md", None),
        ("{lang}/{key}.md", "es/a.md", None),
        ("_articles/[{lang}/]{key**}.md", "_articles/legal.md", None),
        ("{key}[.{lang}].md", "a.nl.md", None),
        ("{key**}.md", "nl/a.md", None),
    ],
)
def test_a_folder_of_a_language_that_is_not_configured_is_told_apart(
    text: str, path: str, expected: str | None
) -> None:
    assert template(text).foreign(path) == expected


def test_the_more_specific_template_has_the_higher_rank() -> None:
    texts = ["{key**}.md", "d/{key**}.md", "d/{lang}/{key**}.md", "d/{_}/{key}.md", "d/{key}.md", "d/ep-{number}.md",
             "d/ep-{number}/{lang}/x.md"]  # fmt: skip
    ranks = [template(text).rank for text in texts]

    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("docs/episodes/edt-{number}/{lang}/x.md", "docs/episodes"),
        ("{lang}/x/{key}.md", ""),
        ("pages[.{lang}]/{key}.md", ""),
        ("a/(b|c)/{key}.md", "a"),
        ("a/b/index.md", "a/b"),
    ],
)
def test_the_scan_can_start_in_the_folder_that_never_changes(text: str, expected: str) -> None:
    assert template(text).static_prefix == expected


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("", None, "empty"),
        ("x" * 1001, None, "1001 characters"),
        ("a/{lang/x.md", 3, "nothing closes {"),
        ("a/[{lang}/x.md", 3, "nothing closes ["),
        ("a/(b|c/x.md", 3, "nothing closes ("),
        ("a}b.md", 2, "} closes nothing"),
        ("(a]b).md", 3, "] closes nothing"),
        ("{key}.md | x/{key}.md", 10, "alternatives go in parentheses"),
        ("posts/*.md", 7, "{_} matches anything"),
        ("{}.md", 1, "braces contain one name"),
        ("{ lang }/x.md", 1, "braces contain one name"),
        ("{lang**}/{key}.md", 1, "stay within one folder name"),
        ("{language}/{key}.md", 1, "did you mean {lang}"),
        ("{lang}/{Number}.md", 8, "did you mean {number}"),
        ("x[]/{key}.md", 2, "these brackets are empty"),
        ("((((({key})))))", 5, "nested too deeply"),
        ("{key}{lang}.md", 6, "where {key} ends and {lang} begins"),
        ("{key}[{lang}].md", 7, "where {key} ends and {lang} begins"),
        ("{key}[.x]{lang}.md", 10, "where {key} ends and {lang} begins"),
        ("{key}/{key**}.md", 7, "with ** here and without it elsewhere"),
        ("/docs/{key}.md", 1, "without a leading /"),
        ("C:/docs/{key}.md", 1, "without a leading /"),
        ("docs\\en\\{key}.md", 5, "folders end with /"),
        ("../{key}.md", None, "'..'"),
        ("a/./{key}.md", None, "'..'"),
        ("a//{key}.md", None, "empty folder names"),
        ("a/{key}/", None, "or end with /"),
        ("a/\t{key}", 3, "control character"),
        ("[a][b][c][d][e][f][g][h][i]{key}", None, "more than 8"),
        ("{lang}/{lang}/{lang}/{lang}/{lang}/{key}", None, "more than 4 times {lang}"),
        ("{a**}/{b**}.md", None, "only one of {a**}, {b**}"),
        ("{key**}.{_}.{lang}-{a}-{number}-{c}.md", None, "end anywhere"),
    ],
)
def test_a_template_that_cannot_be_meant_is_refused_saying_where(text: str, column: int | None, says: str) -> None:
    with pytest.raises(TemplateError) as refused:
        template(text)

    message = str(refused.value.message)
    assert says in message
    assert (f"(character {column})" in message) if column else "(character" not in message


@pytest.mark.parametrize(
    "text",
    [
        "{a}-{b}-{c}-{d}-{e}-{f}-{g}/x.md",
        "{a}-{b}[-{lang}]-{c}/{d}-{e}.md",
        "{a**}-{b}-{c}-{d}.md",
        "{a**}/x/{key**}-{b}.md",
        "{key}-{_}-{_}/{key}.md",
        "[{lang}-][{lang}-][{lang}-][{lang}-]{key**}.md",
        "{a}-{number}-{b}-{number}-{c}.(md|html)",
        "[-][-][-][-][-][-][-][-]{key**}x",
    ],
)
@pytest.mark.parametrize("filler", ["-", "a-", "en-", "1-", "x/-", "-x/x/", "en-1-"])
def test_no_path_makes_a_template_run_away(text: str, filler: str) -> None:
    """Without the guards in `layout_pattern` these take longer than the time limit of a test, or of a life."""
    layout = template(text)
    for name in (filler * 250)[:250], (filler * 4000)[:4000], "/".join([(filler * 120)[:240]] * 16):
        for end in ("", ".md", "!"):
            layout.match(name + end)
            layout.foreign(name + end)


TEXTS = st.text(
    st.sampled_from("abcé文 09._-+~") | st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="/\\"),
    min_size=1,
    max_size=8,
)
LITERALS = st.sampled_from(["-", "_", ".", "ep", "/", "/x/", "index", ".md", "a", "1", " ", "[", "(", "{"])
PARTS = st.sampled_from(["{lang}", "{number}", "{key}", "{key**}", "{date}", "{slug}", "{_}", "{year}"])


def escaped(literal: str) -> str:
    return re.sub(r"([\[\](){}|*\\])", r"\\\1", literal)


def sequences(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(inner, min_size=1, max_size=6).map("".join)


PIECES = LITERALS.map(escaped) | PARTS
GROUPS = st.one_of(
    PIECES,
    sequences(PIECES).map(lambda text: f"[{text}]"),
    st.lists(sequences(PIECES), min_size=1, max_size=3).map(lambda options: f"({'|'.join(options)})"),
)
TEMPLATES = st.one_of(
    sequences(GROUPS), st.sampled_from([text for text, _, _ in LAYOUTS]), st.lists(GROUPS, max_size=3).map("/".join)
)


@given(TEMPLATES, st.sampled_from(LANGUAGES), TEXTS | st.integers(0, 10**12).map(str), st.data())
@settings(max_examples=800)
def test_what_is_built_matches_again_with_the_same_values(
    text: str, language: Language, key: str, data: st.DataObject
) -> None:
    try:
        layout = template(text)
    except TemplateError as refused:
        assert str(refused)
        assume(False)
    key = key.lstrip("0") or "0" if key.isdigit() and key.isascii() else key
    built = layout.build(language=language, key=Key(key))
    if built is None:
        return
    match = layout.match(built)
    assert match is not None
    assert (match.language, match.key) == (language, key)
    assert layout.build(language=language, key=match.key, like=match) == built

    other = data.draw(st.sampled_from(LANGUAGES))
    again = layout.build(language=other, key=match.key, like=match)
    found = None if again is None else layout.match(again)
    assert again is None or (found is not None and (found.language, found.key) == (other, key))


NAMES = st.from_regex(r"\w{1,12}", fullmatch=True).filter(
    lambda name: not name.isdigit() and SPELLINGS.resolve(name) is None
)


@given(st.sampled_from(LAYOUTS), st.sampled_from(LANGUAGES), NAMES, st.integers(0, 10**6), st.integers(1, 6))
def test_every_layout_of_the_list_builds_for_ordinary_values(
    layout: tuple[str, str, list[tuple[str, ...]]], language: Language, name: str, number: int, width: int
) -> None:
    """A name is ordinary if it holds nothing that the template itself gives a meaning to."""
    text, source, cases = layout
    compiled = template(text, source)
    like = compiled.match(next(case[0] for case in cases if len(case) > 1))
    assert like is not None
    values = {"number": str(number), "date": "2024-02-29"}
    key = "/".join(values.get(part, name) for part in compiled.key_names)

    built = compiled.build(language=language, key=Key(key), like=like)

    if compiled.has_language or language == source:
        assert built is not None
        match = compiled.match(built)
        assert match is not None
        assert (match.language, match.key) == (language, key)
    else:
        assert built is None


@given(st.text(max_size=40))
def test_any_text_is_a_template_or_refused_with_a_message(text: str) -> None:
    try:
        layout = template(text)
    except TemplateError as refused:
        assert refused.message.template
        assert str(refused)
    else:
        layout.match("a/b.md")


@given(st.text(st.sampled_from("{}[]()|*\\/._-{key}{lang}{number}ab"), max_size=30), st.text(max_size=30))
def test_whatever_matches_stays_inside_the_site(text: str, path: str) -> None:
    try:
        layout = template(text)
    except TemplateError:
        return
    if layout.match(path) is not None:
        assert not path.startswith("/")
        assert ".." not in path.split("/")
